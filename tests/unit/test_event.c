/*
 * test_event.c - every rule that needs no log, with its message and place.
 */
#include "check.h"

#include <stdlib.h>

#include "doors/json.h"
#include "values/event.h"

#define SOURCE "\"source\":{\"url\":\"u\"}"
#define JOINED(rest) "{\"type\":\"member.joined\",\"alliance\":\"CSTO\"," \
	"\"actor\":\"ARM\",\"date\":\"2024\"," SOURCE rest "}"
#define DATED(dates) "{\"type\":\"x.a\"," dates "}"
#define SAID(published) "\"source\":{\"url\":\"u\",\"published\":\"" published "\"}"
#define ID "febf2a79-4b62-574d-bb6b-396376db1716"

static int check(const char *json, struct arena *arena, struct ent_event *out,
		 struct event_fault *fault, struct ent_error *err)
{
	struct ent_value root;

	if (json_read(json, strlen(json), arena, &root, err) < 0)
		fail_msg("%s: %s", json, err->msg);
	return event_check(&root, arena, out, fault, err);
}

static void good_events(void **state)
{
	static const char *const rows[] = {
		JOINED(""),
		JOINED(",\"modality\":\"claim\",\"attributed_to\":\"someone\""),
		JOINED(",\"summary\":\"a\\tb\\nc\",\"data\":{\"a\":\"\\n\"}"),
		JOINED(",\"corrects\":\"" ID "\",\"id\":\"" ID "\""),
		JOINED(",\"until\":\"2024-01-01\""),
		JOINED(",\"seq\":1,\"recorded\":\"2024-01-01T00:00:00Z\",\"hash\":"
		       "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b"
		       "7852b855\""),
		DATED("\"date\":\"XXXX\"," SAID("2024")),
		DATED("\"date\":\"2024\",\"target\":\"SUN\"," SOURCE),
		("{\"type\":\"event.retracted\",\"retracts\":\"" ID "\",\"data\":"
		 "{\"reason\":\"r\"}}"),
		("{\"type\":\"exercise.held\",\"alliance\":\"3-A\",\"date\":"
		 "\"2024\",\"source\":{\"title\":\"t\",\"quote\":\"a\\nb\"}}"),
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct event_fault fault;
		struct arena arena = { 0 };
		struct ent_error err = { 0 };
		struct ent_event event;

		if (check(rows[i], &arena, &event, &fault, &err) < 0)
			fail_msg("%s: %s", rows[i], err.msg);
		arena_release(&arena);
	}
}

static void bad_events(void **state)
{
	static const struct {
		const char *json, *key, *member, *msg;
	} rows[] = {
		{ "[]", NULL, NULL, "an event is a JSON object, not a list" },
		{ "{}", NULL, NULL, "the event has no type" },
		{ "{\"type\":\"x.a\"," SOURCE "}", NULL, NULL, "x.a needs date" },
		{ "{\"type\":\"x.a\",\"date\":\"2024\"}", NULL, NULL,
		  "x.a needs source" },
		{ "{\"type\":\"member.joined\",\"actor\":\"ARM\"}", NULL, NULL,
		  "member.joined needs alliance" },
		{ "{\"type\":\"member.joined\",\"alliance\":\"A\"}", NULL, NULL,
		  "member.joined needs actor" },
		{ "{\"type\":\"alliance.renamed\",\"alliance\":\"A\",\"data\":"
		  "{\"name\":\"\"}}", "data", "name",
		  "alliance.renamed needs data.name, and not an empty one" },
		{ "{\"type\":\"event.retracted\"}", NULL, NULL,
		  "event.retracted needs retracts" },
		{ "{\"type\":\"event.retracted\",\"retracts\":\"" ID "\"}", NULL,
		  NULL, "event.retracted needs data.reason, and not an empty one" },
		{ JOINED(",\"retracts\":\"" ID "\""), "retracts", NULL,
		  "retracts stands only on event.retracted" },
		{ JOINED(",\"targt\":\"RUS\""), "targt", NULL,
		  "unknown field \"targt\"; did you mean \"target\"?" },
		{ JOINED(",\"qqqqqq\":1"), "qqqqqq", NULL,
		  "unknown field \"qqqqqq\"; what has no field goes into data" },
		{ JOINED(",\"target\":1"), "target", NULL,
		  "target is a whole number, not a text" },
		{ JOINED(",\"target\":null"), "target", NULL,
		  "target is null, not a text; leave out what is not there" },
		{ JOINED(",\"target\":\"russia\""), "target", NULL,
		  "target \"russia\" is no code; it is 2 to 32 of A-Z, 0-9 and -, "
		  "a letter first, as ARM" },
		{ "{\"alliance\":\"csto\"}", "alliance", NULL,
		  "alliance \"csto\" is no code; it is 1 to 32 of A-Z, 0-9 and -, "
		  "as CSTO" },
		{ JOINED(",\"modality\":\"maybe\""), "modality", NULL,
		  "modality \"maybe\" is not fact, claim, possible, planned or "
		  "denied" },
		{ JOINED(",\"modality\":\"claim\""), "modality", NULL,
		  "modality claim needs attributed_to: who says so" },
		{ JOINED(",\"modality\":\"claim\",\"attributed_to\":\"\""),
		  "attributed_to", NULL,
		  "modality claim needs attributed_to: who says so" },
		{ JOINED(",\"object\":\"a\\u0085b\""), "object", NULL,
		  "object has the control character U+0085 at character 2" },
		{ JOINED(",\"object\":\"\\t\""), "object", NULL,
		  "object has the control character U+0009 at character 1" },
		{ JOINED(",\"summary\":\"a\\r\""), "summary", NULL,
		  "summary has the control character U+000D at character 2" },
		{ JOINED(",\"data\":{\"k\":[{\"x\":\"\\u007f\"}]}"), "data", "k",
		  "data.k has the control character U+007F at character 1" },
		{ JOINED(",\"data\":{\"k\":{\"\\n\":1}}"), "data", "k",
		  "a key in data has the control character U+000A" },
		{ JOINED(",\"data\":[]"), "data", NULL,
		  "data is a list, not an object" },
		{ JOINED(",\"data\":{\"name\":1}"), "data", "name",
		  "data.name is a whole number, not a text" },
		{ JOINED(",\"data\":{\"lead\":\"Rus\"}"), "data", "lead",
		  "data.lead \"Rus\" is no code of an actor" },
		{ JOINED(",\"corrects\":\"1\""), "corrects", NULL,
		  "corrects: \"1\" is not a UUID" },
		{ JOINED(",\"seq\":0"), "seq", NULL, "seq is 0, but starts at 1" },
		{ JOINED(",\"seq\":\"1\""), "seq", NULL,
		  "seq is a text, not a whole number" },
		{ JOINED(",\"recorded\":\"now\""), "recorded", NULL,
		  "recorded: \"now\" is not a time; write 2025-07-18T09:14:02Z" },
		{ JOINED(",\"hash\":\"E3\""), "hash", NULL,
		  "hash is not 64 digits of lower-case hex" },
		{ JOINED(",\"until\":\"2023\""), "until", NULL,
		  "until is before date: it ends on 2023-12-31, date starts on "
		  "2024-01-01" },
		{ DATED("\"date\":\"2023-02-29\"," SOURCE), "date", NULL,
		  "date: 2023-02 has 28 days, not 29" },
		{ DATED("\"date\":\"XXXX\"," SOURCE), "date", NULL,
		  "date XXXX needs a source.published with a last day" },
		{ DATED("\"date\":\"XXXX\"," SAID("2024/..")), "date", NULL,
		  "date XXXX needs a source.published with a last day" },
		{ DATED("\"date\":\"2024\",\"until\":\"XXXX\"," SAID("2023")),
		  "until", NULL,
		  "until is before date: it ends on 2023-12-31, date starts on "
		  "2024-01-01" },
		{ DATED("\"date\":\"2024\"," SAID("2024-13")), "source",
		  "published", "source.published: month 13 does not exist" },
		{ DATED("\"date\":\"2024\",\"source\":{\"author\":\"a\",\"url\":"
			"\"\"}"), "source", NULL,
		  "source needs a url, a publisher or a title" },
		{ DATED("\"date\":\"2024\",\"source\":{\"titel\":\"a\"}"), "source",
		  "titel", "source has the unknown field \"titel\"; did you mean "
			   "\"title\"?" },
		{ DATED("\"date\":\"2024\",\"source\":{\"url\":\"a\\nb\"}"),
		  "source", "url",
		  "source.url has the control character U+000A at character 2" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct event_fault fault = { 0 };
		struct arena arena = { 0 };
		struct ent_error err = { 0 };
		struct ent_event event = { .seq = 42 };

		check_failure(check(rows[i].json, &arena, &event, &fault, &err),
			      ENT_EINPUT, &err, rows[i].msg);
		assert_int_equal(event.seq, 42);
		assert_int_equal(fault.key != NULL, rows[i].key != NULL);
		if (rows[i].key)
			assert_string_equal(fault.key, rows[i].key);
		assert_int_equal(fault.member != NULL, rows[i].member != NULL);
		if (rows[i].member)
			assert_string_equal(fault.member, rows[i].member);
		arena_release(&arena);
	}
}

/* data is the first level; what it holds may go on to the sixteenth. */
static void data_depth(void **state)
{
	for (int levels = ENT_DATA_DEPTH_MAX; levels <= ENT_DATA_DEPTH_MAX + 1;
	     levels++) {
		struct event_fault fault;
		struct arena arena = { 0 };
		struct ent_error err;
		struct ent_event event;
		char json[512], nested[128] = "";
		int rc;

		for (int i = 1; i < levels; i++)
			strcat(nested, "[");
		strcat(nested, "1");
		for (int i = 1; i < levels; i++)
			strcat(nested, "]");
		snprintf(json, sizeof(json), JOINED(",\"data\":{\"a\":%s}"),
			 nested);
		rc = check(json, &arena, &event, &fault, &err);
		if (levels == ENT_DATA_DEPTH_MAX)
			assert_int_equal(rc, ENT_OK);
		else
			check_failure(rc, ENT_EINPUT, &err,
				      "data has more than 16 levels");
		arena_release(&arena);
	}
	(void)state;
}

static void summary_length(void **state)
{
	struct event_fault fault;
	struct arena arena = { 0 };
	struct ent_error err;
	struct ent_event event;
	char json[5000], text[4098];

	(void)state;
	memset(text, 'x', 4097);
	text[4097] = '\0';
	snprintf(json, sizeof(json), JOINED(",\"summary\":\"%s\""), text);
	check_failure(check(json, &arena, &event, &fault, &err), ENT_EINPUT,
		      &err, "summary has 4097 bytes, at most 4096");
	text[4096] = '\0';
	snprintf(json, sizeof(json), JOINED(",\"summary\":\"%s\""), text);
	assert_int_equal(check(json, &arena, &event, &fault, &err), ENT_OK);
	arena_release(&arena);
}

static void view(void **state)
{
	static const char json[] =
		"{\"type\":\"member.joined\",\"alliance\":\"CSTO\",\"actor\":"
		"\"ARM\",\"date\":\"XXXX\",\"until\":\"2030\",\"modality\":\"fact\","
		"\"id\":\"" ID "\",\"seq\":3,\"corrects\":"
		"\"FEBF2A79-4B62-574D-BB6B-396376DB1717\",\"data\":{\"name\":\"n\"},"
		SAID("2024-02") "}";
	struct event_fault fault;
	struct arena arena = { 0 };
	struct ent_error err = { 0 };
	struct ent_event event;
	char *body;

	(void)state;
	assert_int_equal(check(json, &arena, &event, &fault, &err), ENT_OK);
	ent_value_json(event.body, ENT_JSON_CANONICAL, &body, NULL, NULL);
	assert_string_equal(body, "{\"actor\":\"ARM\",\"alliance\":\"CSTO\","
		"\"corrects\":\"febf2a79-4b62-574d-bb6b-396376db1717\",\"data\":"
		"{\"name\":\"n\"},\"date\":\"XXXX\",\"source\":{\"published\":"
		"\"2024-02\",\"url\":\"u\"},\"type\":\"member.joined\",\"until\":"
		"\"2030\"}");
	ent_free(body);
	assert_string_equal(event.modality, "fact");
	assert_int_equal(event_modality(&event), MODALITY_FACT);
	assert_true(event.when.lo == ENT_DAY_OPEN_START);
	assert_int_equal(event.when.hi, ent_day(2024, 2, 29));
	assert_int_equal(event.held.hi, ent_day(2030, 12, 31));
	assert_int_equal(event_published_hi(&event), ent_day(2024, 2, 29));
	assert_string_equal(event_data_text(&event, "name"), "n");
	assert_null(event_data_text(&event, "kind"));
	assert_false(ent_id_is_nil(&event.id));
	assert_true(ent_id_is_nil(&event.retracts));
	assert_int_equal(event.corrects.bytes[15], 0x17);
	assert_true(event.has_source);
	assert_int_equal(event.seq, 0);
	arena_release(&arena);
}

static void codes(void **state)
{
	static const struct {
		const char *text;
		bool alliance, actor;
	} rows[] = {
		{ "CSTO", true, true },
		{ "A", true, false },
		{ "3A", true, false },
		{ "A-1", true, true },
		{ "-A", false, false },
		{ "", false, false },
		{ "Csto", false, false },
		{ "A B", false, false },
		{ "ABCDEFGHIJABCDEFGHIJABCDEFGHIJAB", true, true },
		{ "ABCDEFGHIJABCDEFGHIJABCDEFGHIJABC", false, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(event_is_alliance_code(rows[i].text),
				 rows[i].alliance);
		assert_int_equal(event_is_actor_code(rows[i].text),
				 rows[i].actor);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_events),
		cmocka_unit_test(bad_events),
		cmocka_unit_test(data_depth),
		cmocka_unit_test(summary_length),
		cmocka_unit_test(view),
		cmocka_unit_test(codes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
