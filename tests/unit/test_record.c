/*
 * test_record.c - JSON to event to bytes, and back.
 */
#include "check.h"

#include "doors/codec.h"
#include "log/record.h"

#define REST "\"alliance\":\"CSTO\",\"actor\":\"ARM\",\"date\":\"2024-02\"," \
	"\"source\":{\"url\":\"u\"}"

static const char frozen[] = "{\"type\":\"member.frozen\"," REST "}";

static struct ent_event *parse(const char *json)
{
	struct ent_event *event = NULL;
	struct ent_error err = { 0 };

	if (ent_event_parse(json, strlen(json), &event, &err) < 0)
		fail_msg("%s: %s", json, err.msg);
	return event;
}

static void check_printed(const struct ent_event *event, const char *wanted)
{
	char *text = NULL;
	size_t len = 0;

	assert_int_equal(ent_event_json(event, &text, &len, NULL), ENT_OK);
	assert_string_equal(text, wanted);
	assert_int_equal(len, strlen(wanted));
	ent_free(text);
}

static void equal_events_have_equal_ids(void **state)
{
	static const char *const same[] = {
		"{\"type\":\"member.frozen\",\"modality\":\"fact\"," REST "}",
		"{" REST ",\"type\":\"member.frozen\"}",
		"{\"seq\":4,\"type\":\"member.frozen\"," REST "}",
	};
	struct ent_event *event = parse(frozen);
	struct ent_event *other = parse(
		"{\"type\":\"member.frozen\",\"coder\":\"m\"," REST "}");

	(void)state;
	for (size_t i = 0; i < COUNT(same); i++) {
		struct ent_event *again = parse(same[i]);

		assert_true(ent_id_equal(&event->id, &again->id));
		assert_true(ent_value_equal(event->body, again->body));
		ent_event_free(again);
	}
	assert_int_equal(event->id.bytes[6] >> 4, 5);
	assert_false(ent_id_equal(&event->id, &other->id));
	ent_event_free(event);
	ent_event_free(other);
	ent_event_free(NULL);
}

static void a_given_id_stays(void **state)
{
	struct ent_event *event = parse(
		"{\"id\":\"FEBF2A79-4B62-574D-BB6B-396376DB1716\",\"type\":"
		"\"member.frozen\"," REST "}");

	(void)state;
	check_printed(event, "{\"actor\":\"ARM\",\"alliance\":\"CSTO\",\"date\":"
		"\"2024-02\",\"id\":\"febf2a79-4b62-574d-bb6b-396376db1716\","
		"\"modality\":\"fact\",\"source\":{\"url\":\"u\"},\"type\":"
		"\"member.frozen\"}");
	ent_event_free(event);
}

static void printed_events_parse_again(void **state)
{
	struct ent_event *event = parse(
		"{\"type\":\"x.a\",\"date\":\"2024\",\"source\":{\"title\":\"\\u202e<"
		"\"},\"data\":{\"r\":1.25,\"n\":null,\"l\":[1,true]},\"summary\":"
		"\"a\\tb\"}");
	struct ent_event *again;
	char *text = NULL;

	(void)state;
	assert_int_equal(ent_event_json(event, &text, NULL, NULL), ENT_OK);
	again = parse(text);
	assert_true(ent_value_equal(event->body, again->body));
	assert_true(ent_id_equal(&event->id, &again->id));
	ent_free(text);
	ent_event_free(event);
	ent_event_free(again);
}

static void failures_have_columns(void **state)
{
	static const struct {
		const char *json;
		int column;
		const char *msg;
	} rows[] = {
		{ "{\"type\":\"x.a\",\"dat\":\"2024\"}", 15,
		  "unknown field \"dat\"; did you mean \"data\"?" },
		{ "{\"type\":\"x.a\",\"date\":\"2024-13\",\"source\":{\"url\":\"u\"}}",
		  22, "date: month 13 does not exist" },
		{ "{\"type\":\"x.a\",\"date\":\"2024\",\"source\":{\"ur\":\"u\"}}",
		  39, "source has the unknown field \"ur\"; did you mean \"url\"?" },
		{ "{\"type\":\"x.a\"}", 1, "x.a needs date" },
		{ "{\"type\":\"x.a\"", 14,
		  "not JSON: '}' expected near end of file" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ent_event *event = (struct ent_event *)1;
		struct ent_error err = { 0 };

		check_failure(ent_event_parse(rows[i].json, strlen(rows[i].json),
					      &event, &err), ENT_EINPUT, &err,
			      rows[i].msg);
		assert_int_equal(err.column, rows[i].column);
		assert_ptr_equal(event, (struct ent_event *)1);
	}
}

static void too_large(void **state)
{
	static char json[70500];
	struct ent_event *event = (struct ent_event *)1;
	struct ent_error err;
	size_t len;

	(void)state;
	len = (size_t)snprintf(json, sizeof(json),
			       "{\"type\":\"x.a\",\"date\":\"2024\",\"source\":"
			       "{\"url\":\"u\"},\"object\":\"%065536d\"}", 0);
	check_failure(ent_event_parse(json, len, &event, &err), ENT_EINPUT, &err,
		      "event has 65582 bytes packed, at most 65536");
	assert_ptr_equal(event, (struct ent_event *)1);
}

/* The record of an event as a block would give it. */
static struct record record_of(const struct ent_event *event, uint64_t seq,
			       struct buf *body)
{
	struct record record = { .seq = seq,
				 .recorded_us = event->recorded_us };
	struct ent_hash leaf;

	buf_clear(body);
	assert_int_equal(codec_pack(event->body, body, NULL), ENT_OK);
	record.body = (struct ent_bytes){ body->data, body->len };
	assert_int_equal(record_leaf(&record, &leaf, NULL), ENT_OK);
	memcpy(record.mark, leaf.bytes, sizeof(record.mark));
	return record;
}

static void records_round_trip(void **state)
{
	struct ent_event *event = parse(frozen), *back = NULL;
	struct buf body = { 0 };
	struct record record;
	struct ent_hash leaf;

	(void)state;
	event->recorded_us = 1752830042000001;
	record = record_of(event, 7, &body);
	assert_int_equal(record_check(&record, &leaf, NULL), ENT_OK);
	assert_int_equal(record_unpack(&record, &back, NULL), ENT_OK);
	assert_int_equal(back->seq, 7);
	assert_true(back->recorded_us == event->recorded_us);
	assert_memory_equal(back->hash.bytes, leaf.bytes, sizeof(leaf.bytes));
	assert_true(ent_id_equal(&back->id, &event->id));
	assert_true(ent_value_equal(back->body, event->body));
	assert_string_equal(back->actor, "ARM");
	assert_int_equal(back->when.lo, ent_day(2024, 2, 1));
	ent_event_free(back);
	ent_event_free(event);
	buf_release(&body);
}

/* SHA-256(0x00 || seq || recorded_us || id || SHA-256(body)), worked out
 * elsewhere: a log on disk depends on it. */
static void known_leaf(void **state)
{
	struct record record = {
		.seq = 7,
		.recorded_us = 0x3030303030303030,
		.body = TEXT_BYTES("\x80"),
		.has_id = true,
	};
	char hex[ENT_HASH_TEXT_SIZE];
	struct ent_hash leaf;

	(void)state;
	memset(record.stored_id.bytes, '0', sizeof(record.stored_id.bytes));
	assert_int_equal(record_leaf(&record, &leaf, NULL), ENT_OK);
	ent_hash_text(&leaf, hex);
	assert_string_equal(hex, "9a38fe9f016619be9bbdbe832f8b6d9b"
				 "a10338d3b3b6b173adf7d86a4ca9d034");
}

static void check_changed(const struct record *record)
{
	struct ent_event *back = (struct ent_event *)1;
	struct ent_error err;

	check_failure(record_unpack(record, &back, &err), ENT_ECORRUPT, &err,
		      "event 7: its bytes do not have the hash in the tree");
	assert_ptr_equal(back, (struct ent_event *)1);
}

/* Every byte, the time, the id and the number are under the hash. */
static void changed_bytes_are_found(void **state)
{
	struct ent_event *event = parse(frozen), *back = NULL;
	struct buf body = { 0 };
	struct record record = record_of(event, 7, &body), changed;

	(void)state;
	for (size_t i = 0; i < body.len; i++) {
		body.data[i] ^= 1;
		check_changed(&record);
		body.data[i] ^= 1;
	}
	changed = record;
	changed.recorded_us++;
	check_changed(&changed);
	changed = record;
	changed.has_id = true;
	changed.stored_id = event->id;
	assert_int_equal(record_unpack(&changed, &back, NULL), ENT_OK);
	ent_event_free(back);
	changed.stored_id.bytes[15] ^= 1;
	check_changed(&changed);
	changed = record;
	changed.seq = 8;
	assert_int_equal(record_check(&changed, &(struct ent_hash){ { 0 } }, NULL),
			 ENT_ECORRUPT);
	ent_event_free(event);
	buf_release(&body);
}

/* A sound hash over bytes that are no event. */
static void bad_bodies_are_found(void **state)
{
	const struct {
		struct ent_bytes body;
		const char *msg;
	} rows[] = {
		{ TEXT_BYTES("\xc1"), "event 1: byte 0: a MessagePack type that is "
				      "not allowed" },
		{ TEXT_BYTES("\x80"), "event 1: the event has no type, or a "
				      "modality that does not exist" },
		{ TEXT_BYTES("\x82\xa4" "date\xa1" "9\xa4type\xa3x.a"),
		  "event 1: \"9\" is not a date; write 2024-02-23, 2024-02 or 2024 "
		  "(EDTF)" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ent_event *event = (struct ent_event *)1;
		struct ent_error err = { 0 };
		struct record record = { .seq = 1, .body = rows[i].body };
		struct ent_hash leaf;

		assert_int_equal(record_leaf(&record, &leaf, NULL), ENT_OK);
		memcpy(record.mark, leaf.bytes, sizeof(record.mark));
		check_failure(record_unpack(&record, &event, &err),
			      ENT_ECORRUPT, &err, rows[i].msg);
		assert_ptr_equal(event, (struct ent_event *)1);
	}
}

static void printed_with_its_position(void **state)
{
	struct ent_event *event = parse(frozen);
	char *text = NULL;

	(void)state;
	event->seq = 3;
	event->recorded_us = 1;
	event->hash.bytes[0] = 0xab;
	assert_int_equal(ent_event_json(event, &text, NULL, NULL), ENT_OK);
	assert_non_null(strstr(text, "\"hash\":\"ab000000000000000000000000000000"
				     "00000000000000000000000000000000\""));
	assert_non_null(strstr(text,
			       "\"recorded\":\"1970-01-01T00:00:00.000001Z\""));
	assert_non_null(strstr(text, "\"seq\":3,"));
	ent_free(text);
	ent_event_free(event);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_events_have_equal_ids),
		cmocka_unit_test(a_given_id_stays),
		cmocka_unit_test(printed_events_parse_again),
		cmocka_unit_test(failures_have_columns),
		cmocka_unit_test(too_large),
		cmocka_unit_test(records_round_trip),
		cmocka_unit_test(known_leaf),
		cmocka_unit_test(changed_bytes_are_found),
		cmocka_unit_test(bad_bodies_are_found),
		cmocka_unit_test(printed_with_its_position),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
