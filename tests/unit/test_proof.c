/*
 * test_proof.c - proofs of events as documents: each of a log that grows, each with
 * anything in it changed, and documents that are none.
 */
#include "logs.h"

#include "ground/text_bytes.h"
#include "log/record.h"

static struct ent_key *key;
static const struct ent_public *public_key;

static int make_key(void **state)
{
	(void)state;
	if (ent_key_new("example.org/a", &key, NULL) < 0)
		return -1;
	public_key = ent_key_public(key);
	return 0;
}

static int free_key(void **state)
{
	(void)state;
	ent_key_free(key);
	return 0;
}

static void append(unsigned count)
{
	char fields[128];

	for (unsigned i = 0; i < count; i++) {
		snprintf(fields, sizeof(fields),
			 "'type':'x.t','date':'2001','object':'%u'", i);
		APPEND(fields);
	}
}

static char *prove(uint64_t seq, const struct ent_key *with, size_t *len)
{
	char *text = NULL;
	struct ent_error err;

	if (ent_prove(logs_log, seq, NULL, with, &text, len, &err) != ENT_OK)
		fail_msg("%s", err.msg);
	assert_int_equal(strlen(text), *len);
	return text;
}

static void check_proven(const char *text, size_t len, uint64_t seq)
{
	struct ent_proven proven;
	struct ent_event *event = NULL;
	struct ent_head head;
	struct ent_error err;
	char *a = NULL, *b = NULL;

	if (ent_proof_check(text, len, public_key, &proven, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(ent_log_head(logs_log, &head.size, &head.root, NULL),
			 ENT_OK);
	assert_memory_equal(&proven.head, &head, sizeof(head));
	assert_true(proven.has_note && proven.note.is_signed);
	assert_string_equal(proven.note.origin, "example.org/a");
	assert_int_equal(ent_log_get(logs_log, seq, &event, NULL), ENT_OK);
	assert_int_equal(ent_event_json(event, &a, NULL, NULL), ENT_OK);
	assert_int_equal(ent_event_json(proven.event, &b, NULL, NULL), ENT_OK);
	assert_string_equal(a, b);
	ent_free(a);
	ent_free(b);
	ent_event_free(event);
	ent_event_free(proven.event);
}

static void every_event_of_every_size(void **state)
{
	(void)state;
	for (uint64_t size = 1; size <= 70; size++) {
		append(1);
		for (uint64_t seq = 1; seq <= size; seq += 1 + size / 9) {
			size_t len = 0;
			char *text = prove(seq, key, &len);

			check_proven(text, len, seq);
			ent_free(text);
		}
	}
}

static void no_such_event(void **state)
{
	char *text = NULL;

	(void)state;
	append(2);
	assert_int_equal(ent_prove(logs_log, 3, NULL, NULL, &text, NULL, NULL),
			 ENT_END);
	assert_int_equal(ent_prove(logs_log, 0, NULL, NULL, &text, NULL, NULL),
			 ENT_END);
	assert_int_equal(ent_prove(logs_log, 1, "a\nb", key, &text, NULL, NULL),
			 ENT_EINPUT);
	assert_null(text);
}

static void without_a_note(void **state)
{
	struct ent_proven proven;
	struct ent_error err;
	size_t len = 0;
	char *text;

	(void)state;
	append(5);
	text = prove(4, NULL, &len);
	assert_non_null(strstr(text, "\"note\":null"));
	assert_int_equal(ent_proof_check(text, len, NULL, &proven, &err), ENT_OK);
	assert_false(proven.has_note);
	assert_int_equal(proven.event->seq, 4);
	ent_event_free(proven.event);
	check_failure(ent_proof_check(text, len, public_key, &proven, &err),
		      ENT_EPROOF, &err,
		      "the proof has no note, and so no signature of example.org/a");
	ent_free(text);
}

/* ---- mutations ----------------------------------------------------------- */

static size_t refused;

static void must_fail(const char *text, size_t len)
{
	struct ent_proven proven;
	int rc = ent_proof_check(text, len, public_key, &proven, NULL);

	if (rc != ENT_EPROOF && rc != ENT_EINPUT)
		fail_msg("rc %d: %.*s", rc, (int)len, text);
	refused++;
}

/* Every bit, every end, every byte left out. */
static void every_mutation_is_refused(void **state)
{
	size_t len = 0;
	char *text, *other;

	(void)state;
	append(37);
	text = prove(23, key, &len);
	other = malloc(len);
	assert_non_null(other);
	for (size_t i = 0; i < 8 * len; i++) {
		memcpy(other, text, len);
		other[i / 8] = (char)(other[i / 8] ^ 1 << i % 8);
		must_fail(other, len);
	}
	for (size_t cut = 0; cut < len; cut++) {
		must_fail(text, cut);
		memcpy(other, text, cut);
		memcpy(other + cut, text + cut + 1, len - cut - 1);
		must_fail(other, len - 1);
	}
	assert_int_equal(refused, 10 * len);
	free(other);
	ent_free(text);
}

/* A part of one proof in another: what stands between two texts of both. */
static void graft(const char *from, const char *into, const char *begin,
		  const char *end)
{
	const char *a = strstr(from, begin), *b = strstr(into, begin);
	char text[16384];

	assert_non_null(a);
	assert_non_null(b);
	snprintf(text, sizeof(text), "%.*s%.*s%s", (int)(b - into), into,
		 (int)(strstr(a, end) - a), a, strstr(b, end));
	assert_true(strcmp(text, into) != 0);
	must_fail(text, strlen(text));
}

static void parts_of_other_proofs(void **state)
{
	static const char *const parts[][2] = {
		{ "\"body\"", "," },    { "\"id\"", "," },
		{ "\"seq\"", "}" },     { "\"event\"", ",\"format" },
		{ "\"head\"", ",\"leaf" }, { "\"note\"", ",\"path" },
		{ "\"path\"", "}" },    { "\"leaf_index\"", "," },
	};
	size_t len = 0;
	char *a, *b;

	(void)state;
	append(20);
	a = prove(3, key, &len);
	append(20);
	b = prove(25, key, &len);
	for (size_t i = 0; i < COUNT(parts); i++) {
		graft(a, b, parts[i][0], parts[i][1]);
		graft(b, a, parts[i][0], parts[i][1]);
	}
	ent_free(a);
	ent_free(b);
}

static void other_keys(void **state)
{
	struct ent_key *other = NULL;
	struct ent_proven proven;
	struct ent_error err;
	size_t len = 0;
	char *text;

	(void)state;
	append(3);
	text = prove(2, key, &len);
	assert_int_equal(ent_key_new("example.org/a", &other, NULL), ENT_OK);
	assert_int_equal(ent_proof_check(text, len, ent_key_public(other), &proven,
					 &err), ENT_EPROOF);
	ent_free(text);
	ent_key_free(other);
}

/* ---- documents that are none ---------------------------------------------- */

#define HASH "0000000000000000000000000000000000000000000000000000000000000000"
#define ID "00000000-0000-4000-8000-000000000001"
#define EVENT(body, id, us, seq) \
	"{'body':'" body "','id':'" id "','recorded_us':" us ",'seq':" seq "}"
#define DOC(event, root, size, index, note, path) \
	"{'event':" event ",'format':'entente-proof-1','head':{'root':'" root \
	"','size':" size "},'leaf_index':" index ",'note':" note ",'path':" path "}"
#define GOOD EVENT("80", ID, "0", "1")

static void other_forms(void **state)
{
	static const struct {
		const char *json, *why;
	} rows[] = {
		{ "[]", "its format is not entente-proof-1" },
		{ "{'format':'entente-proof-2'}", "its format is not entente-proof-1" },
		{ "{'format':'entente-proof-1'}",
		  "it has not just event, format, head, leaf_index, note, path" },
		{ DOC("7", HASH, "1", "0", "null", "[]"),
		  "\"event\" has not just body, id, recorded_us, seq" },
		{ DOC("{'body':'80','id':'" ID "','recorded_us':0,'seq':1,'z':1}",
		      HASH, "1", "0", "null", "[]"),
		  "\"event\" has not just body, id, recorded_us, seq" },
		{ DOC(EVENT("80", ID, "0.5", "1"), HASH, "1", "0", "null", "[]"),
		  "recorded_us or seq is no whole number" },
		{ DOC(EVENT("80", ID, "0", "0"), HASH, "1", "0", "null", "[]"),
		  "recorded_us or seq is no whole number" },
		{ DOC(EVENT("80", ID, "0", "-1"), HASH, "1", "0", "null", "[]"),
		  "recorded_us or seq is no whole number" },
		{ DOC(EVENT("80", "x", "0", "1"), HASH, "1", "0", "null", "[]"),
		  "the event's id is no UUID in lower case" },
		{ DOC(EVENT("8", ID, "0", "1"), HASH, "1", "0", "null", "[]"),
		  "its event's body is no lower-case hex" },
		{ DOC(EVENT("8A", ID, "0", "1"), HASH, "1", "0", "null", "[]"),
		  "its event's body is no lower-case hex" },
		{ DOC("{'body':7,'id':'" ID "','recorded_us':0,'seq':1}", HASH, "1",
		      "0", "null", "[]"),
		  "its event has no body of at most 65,536 bytes" },
		{ DOC("{'body_sha256':7,'id':'" ID "','recorded_us':0,'seq':1}", HASH,
		      "1", "0", "null", "[]"),
		  "its event's body_sha256 is no hash in lower-case hex" },
		{ DOC("{'body_sha256':'80','id':'" ID "','recorded_us':0,'seq':1}",
		      HASH, "1", "0", "null", "[]"),
		  "its event's body_sha256 is no hash in lower-case hex" },
		{ DOC("{'body':'80','id':7,'recorded_us':0,'seq':1}", HASH, "1", "0",
		      "null", "[]"),
		  "the event's id is no UUID in lower case" },
		{ DOC(EVENT("80", "0000000000000000000000000000000000001", "0", "1"),
		      HASH, "1", "0", "null", "[]"),
		  "the event's id is no UUID in lower case" },
		{ DOC(EVENT("80", "000000000000000000000000000000000000", "0", "1"),
		      HASH, "1", "0", "null", "[]"),
		  "the event's id is no UUID in lower case" },
		{ DOC(EVENT("80", "AAAAAAAA-0000-4000-8000-000000000001", "0", "1"),
		      HASH, "1", "0", "null", "[]"),
		  "the event's id is no UUID in lower case" },
		{ DOC(GOOD, HASH, "1", "'0'", "null", "[]"),
		  "leaf_index is not one less than seq" },
		{ DOC(GOOD, HASH, "1", "-1", "null", "[]"),
		  "leaf_index is not one less than seq" },
		{ DOC(GOOD, HASH "00", "1", "0", "null", "[]"),
		  "\"head\" has not just a root and a size" },
		{ DOC(GOOD, HASH, "-1", "0", "null", "[]"),
		  "\"head\" has not just a root and a size" },
		{ DOC(GOOD, HASH, "1", "1", "null", "[]"),
		  "leaf_index is not one less than seq" },
		{ DOC(GOOD, HASH, "1", "0", "7", "[]"),
		  "\"note\" is neither text nor null" },
		{ DOC(GOOD, HASH, "1", "0", "null", "{}"),
		  "\"path\" is no list of at most 64 hashes" },
		{ DOC(GOOD, HASH, "1", "0", "null", "['" HASH "',7]"),
		  "\"path\" has what is no hash in lower-case hex" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *json = logs_json(rows[i].json);
		struct ent_error err = { .msg = "" };
		struct ent_proven proven;
		char msg[128];

		snprintf(msg, sizeof(msg), "it is no proof: %s", rows[i].why);
		check_failure(ent_proof_check(json, strlen(json), NULL, &proven,
					      &err), ENT_EINPUT, &err, msg);
	}
}

static void too_large_a_body(void **state)
{
	size_t digits = 2 * 65537;
	char *json = malloc(digits + 1024);
	struct ent_proven proven;
	struct ent_error err;
	int len;

	(void)state;
	assert_non_null(json);
	len = sprintf(json, "%s", logs_json("{'event':{'body':'"));
	memset(json + len, '0', digits);
	sprintf(json + (size_t)len + digits, "%s",
		logs_json("','id':'" ID "','recorded_us':0,'seq':1},"
			  "'format':'entente-proof-1','head':{'root':'" HASH
			  "','size':1},'leaf_index':0,'note':null,'path':[]}"));
	check_failure(ent_proof_check(json, strlen(json), NULL, &proven, &err),
		      ENT_EINPUT, &err,
		      "it is no proof: its event has no body of at most 65,536 bytes");
	free(json);
}

static void too_long_a_path(void **state)
{
	static const char document[] = DOC(GOOD, HASH, "1", "0", "null", "");
	char *json = malloc(8192);
	struct ent_proven proven;
	struct ent_error err;
	int len;

	(void)state;
	assert_non_null(json);
	len = snprintf(json, 8192, "%.*s", (int)sizeof(document) - 2, document);
	for (int i = 0; i < 65; i++)
		len += sprintf(json + len, "%s'" HASH "'", i ? "," : "[");
	strcpy(json + len, "]}");
	check_failure(ent_proof_check(logs_json(json), strlen(json), NULL, &proven,
				      &err), ENT_EINPUT, &err,
		      "it is no proof: \"path\" is no list of at most 64 hashes");
	free(json);
}

/* The root of one leaf is the leaf: a body that the log would never take, in a tree
 * of somebody's own. */
static void a_body_that_is_no_event(void **state)
{
	static const char *const bodies[] = { "80", "", "c1", "01", "81a17801",
					      "a0", "dfffffffff" };

	(void)state;
	for (size_t i = 0; i < COUNT(bodies); i++) {
		char text[1024], root[ENT_HASH_TEXT_SIZE];
		uint8_t body[8];
		struct record record = { .seq = 1, .has_id = true };
		struct ent_proven proven;
		struct ent_error err = { .msg = "" };
		struct ent_hash leaf;

		assert_true(hex_read(bodies[i], strlen(bodies[i]), body,
				     sizeof(body), &record.body.len));
		record.body.data = body;
		assert_int_equal(ent_id_parse(ID, &record.stored_id, NULL), ENT_OK);
		assert_int_equal(record_leaf(&record, &leaf, NULL), ENT_OK);
		ent_hash_text(&leaf, root);
		snprintf(text, sizeof(text),
			 DOC(EVENT("%s", ID, "0", "1"), "%s", "1", "0", "null", "[]"),
			 bodies[i], root);
		assert_int_equal(ent_proof_check(logs_json(text),
						 strlen(logs_json(text)), NULL,
						 &proven, &err), ENT_EINPUT);
		assert_int_equal(err.code, ENT_EINPUT);
		assert_null(strstr(err.msg, "it is no proof"));
	}
}

/* ---- the proofs by themselves ---------------------------------------------- */

static void consistency(void **state)
{
	struct ent_hash hashes[ENT_PROOF_HASHES_MAX];
	struct ent_head was, now;
	struct ent_error err;
	size_t count = 0;

	(void)state;
	append(13);
	assert_int_equal(ent_log_head(logs_log, &was.size, &was.root, NULL), ENT_OK);
	append(30);
	assert_int_equal(ent_log_head(logs_log, &now.size, &now.root, NULL), ENT_OK);
	assert_int_equal(ent_consistency(logs_log, 13, 43, hashes, &count, NULL),
			 ENT_OK);
	assert_int_equal(ent_consistency_check(&was, &now, hashes, count, NULL),
			 ENT_OK);
	hashes[0].bytes[0] ^= 1;
	check_failure(ent_consistency_check(&was, &now, hashes, count, &err),
		      ENT_EPROOF, &err,
		      "the first 13 of 43 events are not those of the older head");
	check_failure(ent_consistency(logs_log, 13, 44, hashes, &count, &err),
		      ENT_EINPUT, &err, "the log has 43 events, not 44");
	check_failure(ent_consistency(logs_log, 14, 13, hashes, &count, &err),
		      ENT_EINPUT, &err, "14 events are no beginning of 13");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LOG_TEST(every_event_of_every_size),
		LOG_TEST(no_such_event),
		LOG_TEST(without_a_note),
		LOG_TEST(every_mutation_is_refused),
		LOG_TEST(parts_of_other_proofs),
		LOG_TEST(other_keys),
		cmocka_unit_test(other_forms),
		cmocka_unit_test(too_large_a_body),
		cmocka_unit_test(too_long_a_path),
		cmocka_unit_test(a_body_that_is_no_event),
		LOG_TEST(consistency),
	};

	return cmocka_run_group_tests(tests, make_key, free_key);
}
