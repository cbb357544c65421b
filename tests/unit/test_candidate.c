/*
 * test_candidate.c - candidates: their making, their lines, their keys, and
 * further sources.
 */
#include "check.h"

#include "entente/entente.h"
#include "ground/buf.h"
#include "news/candidates/candidate.h"
#include "values/value.h"

#define EVENT \
	"\"type\":\"member.frozen\",\"alliance\":\"CSTO\",\"actor\":\"ARM\"," \
	"\"date\":\"2024-02\",\"source\":{\"title\":\"T\"}"

static const struct ent_article article = {
	.name = "feed.xml#3",
	.url = "https://example.org/a",
	.publisher = "Example",
	.title = "A\nheadline",
	.published = "2024-02-23",
	.digest = { { 0xab } }
};

#define DIGEST \
	"ab00000000000000000000000000000000000000000000000000000000000000"

static struct ent_candidate *parse(const char *json)
{
	struct ent_candidate *candidate = NULL;
	struct ent_error err;

	if (ent_candidate_parse(json, strlen(json), &candidate, &err) < 0)
		fail_msg("%s: %s", json, err.msg);
	return candidate;
}

static void check_json(const struct ent_candidate *candidate, const char *expected)
{
	char *json = NULL;
	size_t len = 0;

	assert_int_equal(ent_candidate_json(candidate, &json, &len, NULL), ENT_OK);
	assert_string_equal(json, expected);
	assert_int_equal(strlen(json), len);
	ent_free(json);
}

static void check_event_json(const struct ent_candidate *candidate,
			     const char *expected)
{
	char *json = NULL;

	assert_int_equal(ent_candidate_event_json(candidate, &json, NULL, NULL),
			 ENT_OK);
	assert_string_equal(json, expected);
	ent_free(json);
}

/* It fails at that column with that message, and leaves *out alone. */
static void check_bad(const char *json, int column, const char *msg)
{
	struct ent_candidate *out = (struct ent_candidate *)&article;
	struct ent_error err = { 0 };
	int rc = ent_candidate_parse(json, strlen(json), &out, &err);

	check_failure(rc, ENT_EINPUT, &err, msg);
	if (err.column != column)
		fail_msg("%s: column %d, not %d", json, err.column, column);
	assert_ptr_equal(out, &article);
}

/* ---- lines ------------------------------------------------------------- */

static void test_event_alone_is_candidate(void **state)
{
	struct ent_candidate *candidate = parse("{" EVENT "}");

	(void)state;
	assert_null(candidate->rule);
	assert_null(candidate->quote);
	assert_int_equal(candidate->score, 1000);
	check_event_json(candidate,
			 "{\"actor\":\"ARM\",\"alliance\":\"CSTO\","
			 "\"date\":\"2024-02\",\"source\":{\"title\":\"T\"},"
			 "\"type\":\"member.frozen\"}");
	ent_candidate_free(candidate);
}

static const char whole[] =
	"{\"actor\":\"ARM\",\"alliance\":\"CSTO\",\"candidate\":{"
	"\"after\":\" Then.\",\"already\":\"00000000-0000-4000-8000-000000000001\","
	"\"article\":\"" DIGEST "\",\"before\":\"First. \",\"coded_by\":\"c0\","
	"\"effect\":\"ARM: member \xE2\x86\x92 frozen\",\"end\":40,"
	"\"file\":\"a.txt\",\"note\":\"look\",\"own_note\":\"own\","
	"\"own_score\":800,\"quote\":\"It froze \\u202eit.\",\"rule\":\"r1\","
	"\"score\":400,\"start\":10,\"trigger\":[13,18]},\"date\":\"2024-02\","
	"\"source\":{\"title\":\"T\"},\"type\":\"member.frozen\"}";

static void test_line_and_back(void **state)
{
	struct ent_candidate *candidate = parse(whole);

	(void)state;
	assert_string_equal(candidate->rule, "r1");
	assert_string_equal(candidate->quote, "It froze \xE2\x80\xAEit.");
	assert_string_equal(candidate->before, "First. ");
	assert_string_equal(candidate->after, " Then.");
	assert_string_equal(candidate->file, "a.txt");
	assert_string_equal(candidate->article, DIGEST);
	assert_string_equal(candidate->coded_by, "c0");
	assert_string_equal(candidate->note, "look");
	assert_int_equal(candidate->score, 400);
	assert_int_equal(candidate->start, 10);
	assert_int_equal(candidate->end, 40);
	assert_int_equal(candidate->trigger_start, 13);
	assert_int_equal(candidate->trigger_end, 18);
	assert_null(ent_value_get(candidate->event, "candidate"));
	check_json(candidate, whole);
	ent_candidate_free(candidate);
}

static void test_unknown_members_of_candidate_are_left_alone(void **state)
{
	struct ent_candidate *candidate =
		parse("{" EVENT ",\"candidate\":{\"rule\":\"r\",\"new\":[1]}}");

	(void)state;
	assert_string_equal(candidate->rule, "r");
	ent_candidate_free(candidate);
}

static void test_what_a_log_added_is_dropped(void **state)
{
	struct ent_candidate *candidate =
		parse("{" EVENT ",\"seq\":7,\"recorded\":\"2024-01-01T00:00:00Z\","
		      "\"hash\":\"" DIGEST "\",\"id\":"
		      "\"00000000-0000-4000-8000-00000000000a\"}");

	(void)state;
	assert_null(ent_value_get(candidate->event, "seq"));
	assert_null(ent_value_get(candidate->event, "recorded"));
	assert_null(ent_value_get(candidate->event, "hash"));
	assert_non_null(ent_value_get(candidate->event, "id"));
	ent_candidate_free(candidate);
}

static void test_bad_event_tells_its_column(void **state)
{
	(void)state;
	check_bad("{\"candidate\":{\"rule\":\"r\"},\"type\":\"member.froze\","
		  "\"alliance\":\"CSTO\"}", 34,
		  "there is no type \"member.froze\"; did you mean "
		  "\"member.frozen\"?");
	check_bad("[1]", 1, "an event is a JSON object, not a list");
	check_bad("{\"candidate\":{},\"kandidat\":1," EVENT "}", 17,
		  "unknown field \"kandidat\"; what has no field goes into data");
	check_bad("{" EVENT ",\"until\":\"2023\"}", 105,
		  "until is before date: it ends on 2023-12-31, date starts on "
		  "2024-02-01");
}

static void test_bad_candidate_tells_its_column(void **state)
{
	(void)state;
	check_bad("{\"candidate\":3," EVENT "}", 14, "candidate is not an object");
	check_bad("{\"candidate\":{\"rule\":4}," EVENT "}", 22,
		  "candidate.rule is not a text");
	check_bad("{\"candidate\":{\"quote\":null}," EVENT "}", 23,
		  "candidate.quote is not a text");
	check_bad("{\"candidate\":{\"score\":1001}," EVENT "}", 23,
		  "candidate.score is not a whole number from 0 to 1000");
	check_bad("{\"candidate\":{\"start\":-1}," EVENT "}", 23,
		  "candidate.start is not a whole number from 0 to 2147483647");
	check_bad("{\"candidate\":{\"end\":\"9\"}," EVENT "}", 21,
		  "candidate.end is not a whole number from 0 to 2147483647");
	check_bad("{\"candidate\":{\"trigger\":[1]}," EVENT "}", 25,
		  "candidate.trigger is not a list of two numbers");
	check_bad("{\"candidate\":{\"trigger\":[1,true]}," EVENT "}", 25,
		  "candidate.trigger is not a whole number from 0 to 2147483647");
	check_bad("{\"candidate\":{\"start\":5,\"end\":9,\"trigger\":[4,6]},"
		  EVENT "}", 43, "candidate.trigger 4 to 6 is not within 5 to 9");
	check_bad("{\"candidate\":{\"already\":\"x\"}," EVENT "}", 25,
		  "candidate.already: \"x\" is not a UUID");
}

static void test_large_event_is_refused(void **state)
{
	struct ent_candidate *out = NULL;
	struct ent_error err = { 0 };
	struct buf json = { 0 };

	(void)state;
	buf_text(&json, "{" EVENT ",\"data\":{\"text\":\"");
	for (int i = 0; i < ENT_EVENT_BYTES_MAX; i++)
		buf_byte(&json, 'a');
	buf_text(&json, "\"}}");
	assert_int_equal(ent_candidate_parse(json.data, json.len, &out, &err),
			 ENT_EINPUT);
	assert_non_null(strstr(err.msg, "at most 65536"));
	assert_null(out);
	buf_release(&json);
}

/* What is taken is written as a line that says the same. */
static void check_fixed_point(const char *json, size_t len)
{
	struct ent_candidate *candidate = NULL, *again = NULL;
	char *first = NULL, *second = NULL;
	size_t first_len = 0;

	if (ent_candidate_parse(json, len, &candidate, NULL) < 0) {
		assert_null(candidate);
		return;
	}
	assert_int_equal(ent_candidate_json(candidate, &first, &first_len, NULL),
			 ENT_OK);
	assert_int_equal(ent_candidate_parse(first, first_len, &again, NULL),
			 ENT_OK);
	assert_int_equal(ent_candidate_json(again, &second, NULL, NULL), ENT_OK);
	assert_string_equal(first, second);
	ent_free(first);
	ent_free(second);
	ent_candidate_free(candidate);
	ent_candidate_free(again);
}

static void test_damaged_lines(void **state)
{
	static const char bytes[] = "\"\\{}[],:0-9.eE\x80\xff\x1f ntu";
	char line[sizeof(whole)];

	(void)state;
	for (size_t i = 0; i < sizeof(whole); i++) {
		check_fixed_point(whole, i);
		for (size_t j = 0; j < sizeof(bytes); j++) {
			memcpy(line, whole, sizeof(whole));
			line[i] = bytes[j];
			check_fixed_point(line, sizeof(whole) - 1);
		}
	}
}

/* ---- making ------------------------------------------------------------ */

static struct candidate *make(void)
{
	struct candidate *candidate = NULL;

	assert_int_equal(candidate_new(&candidate, NULL), ENT_OK);
	return candidate;
}

static void check_source(const struct ent_article *from, const char *quote,
			 const char *expected)
{
	struct candidate *candidate = make();

	assert_int_equal(candidate_source(candidate, from, quote, NULL), ENT_OK);
	check_event_json(&candidate->view, expected);
	ent_candidate_free(&candidate->view);
}

static void test_article_becomes_source(void **state)
{
	struct candidate *candidate = make();

	(void)state;
	assert_int_equal(candidate_put(candidate, "type", "x.a", NULL), ENT_OK);
	assert_int_equal(candidate_put(candidate, "actor", NULL, NULL), ENT_OK);
	assert_int_equal(candidate_put_data(candidate, "name", "N", NULL), ENT_OK);
	assert_int_equal(candidate_source(candidate, &article, "It\nfroze.", NULL),
			 ENT_OK);
	check_event_json(&candidate->view,
			 "{\"data\":{\"article\":\"" DIGEST "\",\"name\":\"N\"},"
			 "\"source\":{\"published\":\"2024-02-23\","
			 "\"publisher\":\"Example\",\"quote\":\"It\\nfroze.\","
			 "\"title\":\"A headline\","
			 "\"url\":\"https://example.org/a\"},\"type\":\"x.a\"}");
	assert_string_equal(candidate->view.file, "feed.xml#3");
	assert_string_equal(candidate->view.article, DIGEST);
	ent_candidate_free(&candidate->view);
}

static void test_article_without_a_name_of_its_own(void **state)
{
	struct ent_article bare = { .name = "b\xff\n.txt", .url = "",
				    .publisher = "" };

	(void)state;
	check_source(&bare, NULL,
		     "{\"data\":{\"article\":\"00000000000000000000000000000000"
		     "00000000000000000000000000000000\"},\"source\":{\"title\":"
		     "\"b\xEF\xBF\xBD .txt\"}}");
}

static void test_long_texts_are_cut(void **state)
{
	static char text[70000], quote[70000];
	struct ent_article big = { .name = "n", .title = text, .url = text };
	struct candidate *candidate = make();
	const struct ent_value *source;

	(void)state;
	memset(text, 'u', sizeof(text) - 1);
	memset(quote, 'q', sizeof(quote) - 1);
	assert_int_equal(candidate_source(candidate, &big, quote, NULL), ENT_OK);
	source = ent_value_get(candidate->view.event, "source");
	assert_null(ent_value_get(source, "url"));
	assert_int_equal(ent_value_get(source, "title")->len, CANDIDATE_LINE_MAX);
	assert_int_equal(ent_value_get(source, "quote")->len, CANDIDATE_QUOTE_MAX);
	ent_candidate_free(&candidate->view);
}

/* ---- keys -------------------------------------------------------------- */

static struct ent_hash key_of(const char *json)
{
	struct ent_candidate *candidate = parse(json);
	struct ent_hash key;

	assert_int_equal(ent_candidate_key(candidate, &key, NULL), ENT_OK);
	ent_candidate_free(candidate);
	return key;
}

static void check_keys(const char *a, const char *b, bool same)
{
	struct ent_hash left = key_of(a), right = key_of(b);

	assert_int_equal(memcmp(&left, &right, sizeof(left)) == 0, same);
}

#define ABOUT "\"candidate\":{\"article\":\"aa\",\"rule\":\"r\",\"start\":1,\"end\":9"

static void test_key_is_of_article_rule_place_and_saying(void **state)
{
	static const char base[] = "{" EVENT "," ABOUT "}}";

	(void)state;
	check_keys(base, "{" EVENT "," ABOUT ",\"score\":3,\"note\":\"n\","
			 "\"effect\":\"e\",\"coded_by\":\"c\"}}", true);
	check_keys(base, "{" EVENT ",\"coder\":\"entente 9\",\"modality\":\"fact\","
			 "\"summary\":\"s\"," ABOUT "}}", true);
	check_keys(base, "{" EVENT ",\"object\":\"FIN\"," ABOUT "}}", false);
	check_keys(base, "{" EVENT ",\"modality\":\"possible\"," ABOUT "}}", false);
	check_keys(base, "{" EVENT ",\"candidate\":{\"article\":\"ab\","
			 "\"rule\":\"r\",\"start\":1,\"end\":9}}", false);
	check_keys(base, "{" EVENT ",\"candidate\":{\"article\":\"aa\","
			 "\"rule\":\"s\",\"start\":1,\"end\":9}}", false);
	check_keys(base, "{" EVENT ",\"candidate\":{\"article\":\"aa\","
			 "\"rule\":\"r\",\"start\":2,\"end\":9}}", false);
	check_keys(base, "{" EVENT "}", false);
}

static void test_key_without_article_is_of_the_event(void **state)
{
	(void)state;
	check_keys("{" EVENT "}", "{" EVENT ",\"coder\":\"maria\"}", true);
	check_keys("{" EVENT "}", "{" EVENT ",\"summary\":\"s\"}", false);
	check_keys("{" EVENT "}", "{" EVENT ",\"data\":{\"a\":1}}", false);
}

/* ---- further sources --------------------------------------------------- */

static void test_support(void **state)
{
	struct ent_candidate *candidate = parse(whole), *support = NULL;

	(void)state;
	assert_int_equal(ent_candidate_support(candidate, &support, NULL), ENT_OK);
	ent_candidate_free(candidate);
	check_event_json(support,
			 "{\"actor\":\"ARM\",\"alliance\":\"CSTO\",\"data\":{"
			 "\"article\":\"" DIGEST "\",\"supports\":"
			 "\"00000000-0000-4000-8000-000000000001\"},"
			 "\"date\":\"2024-02\",\"source\":{\"title\":\"T\"},"
			 "\"type\":\"x.source\"}");
	assert_string_equal(support->quote, "It froze \xE2\x80\xAEit.");
	assert_int_equal(support->trigger_end, 18);
	ent_candidate_free(support);
}

static void test_support_of_nothing(void **state)
{
	struct ent_candidate *candidate = parse("{" EVENT "}");
	struct ent_candidate *support = candidate;
	struct ent_error err;

	(void)state;
	check_failure(ent_candidate_support(candidate, &support, &err), ENT_EUSAGE,
		      &err, "the log has no event that says what the candidate "
			    "says");
	assert_ptr_equal(support, candidate);
	ent_candidate_free(candidate);
}

static struct ent_candidate *propose_copy(const struct ent_article *of)
{
	struct ent_met met = { .copy = true, .shared_permille = 875,
			       .original = { { 0xcd } },
			       .original_name = "https://example.org/first" };
	struct ent_candidate *candidate = NULL;

	assert_int_equal(ent_propose_source(of, &met, &candidate, NULL), ENT_OK);
	return candidate;
}

/* What was made must be what the log takes. */
static void check_takes(const struct ent_candidate *candidate)
{
	struct ent_event *event = NULL;
	struct ent_error err;
	char *json = NULL;
	size_t len = 0;

	assert_int_equal(ent_candidate_event_json(candidate, &json, &len, NULL),
			 ENT_OK);
	if (ent_event_parse(json, len, &event, &err) < 0)
		fail_msg("%s: %s", json, err.msg);
	ent_event_free(event);
	ent_free(json);
}

static void test_copy_is_a_further_source(void **state)
{
	struct ent_candidate *candidate = propose_copy(&article);
	const struct ent_value *data = ent_value_get(candidate->event, "data");

	(void)state;
	check_takes(candidate);
	assert_string_equal(ent_value_get_text(candidate->event, "type"),
			    "x.source");
	assert_string_equal(ent_value_get_text(candidate->event, "date"),
			    "2024-02-23");
	assert_string_equal(ent_value_get_text(data, "article"), DIGEST);
	assert_string_equal(ent_value_get_text(data, "copies"),
			    "cd000000000000000000000000000000000000000000000000"
			    "00000000000000");
	assert_string_equal(candidate->note,
			    "a copy of https://example.org/first (87.5 % of the "
			    "shorter one is in the other)");
	assert_string_equal(candidate->rule, "copy");
	ent_candidate_free(candidate);
}

static void test_copy_without_a_day(void **state)
{
	struct ent_article undated = article;
	struct ent_met met = { .copy = true, .original_name = "first" };
	struct ent_candidate *candidate = NULL;

	(void)state;
	undated.published = NULL;
	assert_int_equal(ent_propose_source(&undated, &met, &candidate, NULL),
			 ENT_END);
	undated.published = "";
	assert_int_equal(ent_propose_source(&undated, &met, &candidate, NULL),
			 ENT_END);
	assert_null(candidate);
}

static void test_free_takes_nothing(void **state)
{
	(void)state;
	ent_candidate_free(NULL);
	ent_candidates_free(NULL, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_event_alone_is_candidate),
		cmocka_unit_test(test_line_and_back),
		cmocka_unit_test(test_unknown_members_of_candidate_are_left_alone),
		cmocka_unit_test(test_what_a_log_added_is_dropped),
		cmocka_unit_test(test_bad_event_tells_its_column),
		cmocka_unit_test(test_bad_candidate_tells_its_column),
		cmocka_unit_test(test_large_event_is_refused),
		cmocka_unit_test(test_damaged_lines),
		cmocka_unit_test(test_article_becomes_source),
		cmocka_unit_test(test_article_without_a_name_of_its_own),
		cmocka_unit_test(test_long_texts_are_cut),
		cmocka_unit_test(test_key_is_of_article_rule_place_and_saying),
		cmocka_unit_test(test_key_without_article_is_of_the_event),
		cmocka_unit_test(test_support),
		cmocka_unit_test(test_support_of_nothing),
		cmocka_unit_test(test_copy_is_a_further_source),
		cmocka_unit_test(test_copy_without_a_day),
		cmocka_unit_test(test_free_takes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
