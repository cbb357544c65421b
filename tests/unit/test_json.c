/*
 * test_json.c - strict reading, and columns.
 */
#include "check.h"

#include <stdlib.h>

#include "doors/json.h"
#include "doors/json_private.h"
#include "ground/buf.h"
#include "ground/utf8.h"
#include "values/value.h"

static void good_texts(void **state)
{
	static const struct {
		const char *text, *canonical;
	} rows[] = {
		{ " {\"b\" : 1 ,\n\"a\":[ ] } ", "{\"a\":[],\"b\":1}" },
		{ "1.0", "1" },
		{ "1e3", "1000" },
		{ "-0.0", "0" },
		{ "1.5", "1.5" },
		{ "1e19", "1e+19" },
		{ "-9223372036854775808", "-9223372036854775808" },
		{ "9223372036854775807", "9223372036854775807" },
		{ "\"\\u00e9\\ud83d\\ude00\\/\"", "\"\xc3\xa9\xf0\x9f\x98\x80/\"" },
		{ "null", "null" },
		{ "[true,false]", "[true,false]" },
		{ "{\"\":{\"\\u0001\":2}}", "{\"\":{\"\\u0001\":2}}" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena arena = { 0 };
		struct ent_error err = { 0 };
		struct ent_value value;
		char *text;

		if (json_read(rows[i].text, strlen(rows[i].text), &arena, &value,
			      &err) < 0)
			fail_msg("%s: %s", rows[i].text, err.msg);
		ent_value_json(&value, ENT_JSON_CANONICAL, &text, NULL, NULL);
		assert_string_equal(text, rows[i].canonical);
		ent_free(text);
		arena_release(&arena);
	}
}

static void bad_texts(void **state)
{
	static const struct {
		const char *text;
		int column;
		const char *msg;
	} rows[] = {
		{ "", 1, "not JSON: unexpected token near end of file" },
		{ "{\"a\":1,}", 8, "not JSON: string or '}' expected near '}'" },
		{ "{\"a\" 1}", 6, "not JSON: ':' expected near '1'" },
		{ "{\"a\":1,\"a\":2}", 8,
		  "not JSON: duplicate object key near '\"a\"'" },
		{ "{\"\xc3\xa9\":1,\"b\":nul}", 12,
		  "not JSON: invalid token near 'nul'" },
		{ "1 2", 3, "not JSON: end of file expected near '2'" },
		{ "[99999999999999999999]", 2,
		  "not JSON: too big integer near '99999999999999999999'" },
		{ "[1e999]", 2, "not JSON: real number overflow near '1e999'" },
		{ "\"\\u0000\"", 1, "\\u0000 cannot stand in a text" },
		{ "[\"\\ud800\"]", 2, "not JSON: invalid Unicode '\\uD800' near "
				      "'\"\\ud800\"'" },
		{ "[\"a\xff\"]", 4, "byte 0xFF is not UTF-8" },
		{ "[\"a\xc3\xa9\xed\xa0\x80\"]", 5, "byte 0xED is not UTF-8" },
		{ "[1,\n2 3]", 3, "not JSON: ']' expected near '3'" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ent_value value = value_int(42);
		struct arena arena = { 0 };
		struct ent_error err = { 0 };

		check_failure(json_read(rows[i].text, strlen(rows[i].text),
					&arena, &value, &err), ENT_EINPUT, &err,
			      rows[i].msg);
		assert_int_equal(err.column, rows[i].column);
		assert_int_equal(value.as.integer, 42);
		arena_release(&arena);
	}
}

static void limits(void **state)
{
	struct arena arena = { 0 };
	struct ent_error err;
	struct ent_value value;
	char deep[2 * JSON_DEPTH_MAX + 3];
	char *large = calloc(1, JSON_BYTES_MAX + 2);

	(void)state;
	assert_non_null(large);
	memset(deep, '[', JSON_DEPTH_MAX);
	memset(deep + JSON_DEPTH_MAX, ']', JSON_DEPTH_MAX);
	assert_int_equal(json_read(deep, 2 * JSON_DEPTH_MAX, &arena, &value, NULL),
			 ENT_OK);
	memset(deep, '[', JSON_DEPTH_MAX + 1);
	check_failure(json_read(deep, 2 * JSON_DEPTH_MAX, &arena, &value, &err),
		      ENT_EINPUT, &err, "more than 64 levels of JSON");
	assert_int_equal(err.column, JSON_DEPTH_MAX + 1);

	memset(large, ' ', JSON_BYTES_MAX + 1);
	large[0] = '1';
	assert_int_equal(json_read(large, JSON_BYTES_MAX, &arena, &value, NULL),
			 ENT_OK);
	check_failure(json_read(large, JSON_BYTES_MAX + 1, &arena, &value, &err),
		      ENT_EINPUT, &err,
		      "the JSON has 1048577 bytes, at most 1048576");
	free(large);
	arena_release(&arena);
}

static void columns(void **state)
{
	static const char text[] =
		" {\"\xc3\xa9\":\"},\\\"\", \"a\" : [{\"x\":1},2], "
		"\"s\\u00e9\\n\\ud83d\\ude00\":{\"k\":-1.5e3,\"u\":\"v\"}}";
	static const char emoji[] = "s\xc3\xa9\n\xf0\x9f\x98\x80";
	static const struct {
		const char *key, *member;
		bool name;
		int column;
	} rows[] = {
		{ NULL, NULL, false, 1 },
		{ "none", NULL, false, 1 },
		{ "\xc3\xa9", NULL, false, 7 },
		{ "\xc3\xa9", NULL, true, 3 },
		{ "a", NULL, false, 21 },
		{ "a", NULL, true, 15 },
		{ "x", NULL, false, 1 }, /* not at the top */
		{ emoji, NULL, true, 34 },
		{ emoji, "k", false, 63 },
		{ emoji, "u", false, 74 },
		{ emoji, "u", true, 70 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(json_column(text, sizeof(text) - 1, rows[i].key,
					     rows[i].member, rows[i].name),
				 rows[i].column);
	assert_int_equal(json_column("[1]", 3, "a", NULL, false), 1);
}

/* A list of count zeros, behind spaces up to len bytes. */
static void check_long(size_t count, size_t len, size_t max, const char *msg)
{
	struct arena arena = { 0 };
	struct ent_error err = { 0 };
	struct ent_value value;
	struct buf text = { 0 };
	int rc;

	for (size_t i = 2 * count + 1; i < len; i++)
		buf_byte(&text, ' ');
	for (size_t i = 0; i < count; i++)
		buf_text(&text, i ? ",0" : "[0");
	buf_byte(&text, ']');
	rc = json_read_long(text.data, text.len, max, &arena, &value, &err);
	if (msg) {
		check_failure(rc, ENT_EINPUT, &err, msg);
	} else {
		assert_int_equal(rc, ENT_OK);
		assert_int_equal(value.len, count);
	}
	arena_release(&arena);
	buf_release(&text);
}

static void long_texts_have_limits_of_their_own(void **state)
{
	(void)state;
	check_long(3, 2 * JSON_BYTES_MAX, 2 * JSON_BYTES_MAX, NULL);
	check_long(3, 2 * JSON_BYTES_MAX + 1, 2 * JSON_BYTES_MAX,
		   "the JSON has 2097153 bytes, at most 2097152");
	check_long(JSON_VALUES_MAX, 0, 4 * JSON_BYTES_MAX, NULL);
	check_long(JSON_VALUES_MAX + 1, 0, 4 * JSON_BYTES_MAX,
		   "more than 524288 values of JSON");
}

/* ---- the plain reader beside jansson ------------------------------------ */

static const char *const plain_texts[] = {
	"{}", "[]", "null", " true ", "false", "\"\"", "0", "-0", "-1.5e3", "1.0",
	"999999999999999999", "-999999999999999999", "[1,[2,[3]],{}]",
	"{\"b\":[true,{\"c\":null}],\"a\":\"\\u00e9\\n\\\\\\\"\\/\\uFFFD\"}",
	"{ \"type\" : \"x.y\" , \"date\" : \"2024\" ,\t\"data\":\r\n{\"n\":0.25} }",
	"{\"a\":1,\"ab\":2,\"A\":3,\"\":4,\"\xc3\xa9\":5,\"aa\":6}",
	"[[],[{}],[[\"]\",\"}\"]],-7,12345678901234567,1e2]",
};

static const char *const other_texts[] = {
	"1234567890123456789", "\"\\ud83d\\ude00\"", /* right, but not plain */
	"", "{\"a\":1,\"a\":2}", "\"\\ud800\"", "\"\\u0000\"", "01", "-", "1.",
	"1e", ".5", "+1", "nul", "truex", "[1,]", "{\"a\":1,}", "{a:1}", "[1 2]",
	"1 2", "\"\t\"", "\"\\x\"", "\"\\u12g4\"", "\"a", "[", "{\"a\"", "1e999",
	"99999999999999999999", "[1}", "\xef\xbb\xbf{}", "1e5-3", "--1",
};

/* What the plain reader takes must be what jansson makes of it; where text is
 * right and plain says so, it must take it. */
static bool check_plain(const char *text, size_t len)
{
	struct ent_value plain, library;
	struct arena arena = { 0 };
	bool taken = json_plain(text, len, &arena, &plain);
	struct ent_error err = { 0 };

	if (taken && json_library(text, len, &arena, &library, &err) < 0)
		fail_msg("%.*s: taken, but %s", (int)len, text, err.msg);
	if (taken && !ent_value_equal(&plain, &library))
		fail_msg("%.*s: read as another value", (int)len, text);
	arena_release(&arena);
	return taken;
}

static void plain_texts_are_taken(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(plain_texts); i++)
		if (!check_plain(plain_texts[i], strlen(plain_texts[i])))
			fail_msg("%s: not taken", plain_texts[i]);
	for (size_t i = 0; i < COUNT(other_texts); i++)
		if (check_plain(other_texts[i], strlen(other_texts[i])))
			fail_msg("%s: taken", other_texts[i]);
}

/* NULs end the loops of the reader: one within the text is no end of it. */
static void nul_bytes_are_not_plain(void **state)
{
	(void)state;
	assert_false(check_plain("1\0", 2));
	assert_false(check_plain("\"a\0b\"", 5));
	assert_false(check_plain("[1]\0[2]", 7));
	assert_false(check_plain("{\"a\":1\0}", 8));
}

static void many_entries_are_left_to_the_library(void **state)
{
	struct arena arena = { 0 };
	struct ent_value value;
	char text[1024] = "[0";

	(void)state;
	for (size_t i = 1; i < 256; i++)
		memcpy(text + 2 * i, ",0", 2);
	text[512] = ']';
	assert_true(check_plain(text, 513));
	memcpy(text + 512, ",0]", 3);
	assert_false(check_plain(text, 515));
	assert_int_equal(json_read(text, 515, &arena, &value, NULL), ENT_OK);
	assert_int_equal(value.len, 257);
	arena_release(&arena);
}

static uint64_t dice_state = 42;

static size_t dice(size_t sides)
{
	uint64_t z = dice_state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	return (size_t)(z >> 33) % sides;
}

/* One byte left out, put in or replaced: by what JSON is made of, mostly. */
static size_t mutate(char *text, size_t len)
{
	static const char bytes[] = "{}[]:,\"\\ \t\n0123456789-+.eEutrnfals/bx\x01";
	char byte = bytes[dice(sizeof(bytes))];
	size_t at = dice(len + 1), how = dice(3);

	if (how == 0 || at == len) {
		memmove(text + at + 1, text + at, len - at);
		text[at] = byte;
		return len + 1;
	}
	if (how == 1) {
		text[at] = byte;
		return len;
	}
	memmove(text + at, text + at + 1, len - at - 1);
	return len - 1;
}

static void mutants_are_read_alike(void **state)
{
	size_t taken = 0, rounds = 100000;

	(void)state;
	for (size_t i = 0; i < rounds; i++) {
		const char *from = plain_texts[dice(COUNT(plain_texts))];
		size_t len = strlen(from), times = 1 + dice(3);
		char text[256];

		memcpy(text, from, len);
		for (size_t k = 0; k < times; k++)
			len = mutate(text, len);
		if (utf8_check(text, len) == len)
			taken += check_plain(text, len);
	}
	assert_in_range(taken, rounds / 20, rounds / 2); /* both kinds */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_texts),
		cmocka_unit_test(bad_texts),
		cmocka_unit_test(limits),
		cmocka_unit_test(columns),
		cmocka_unit_test(long_texts_have_limits_of_their_own),
		cmocka_unit_test(plain_texts_are_taken),
		cmocka_unit_test(nul_bytes_are_not_plain),
		cmocka_unit_test(many_entries_are_left_to_the_library),
		cmocka_unit_test(mutants_are_read_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
