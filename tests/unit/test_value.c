/*
 * test_value.c - trees of plain data, their JSON, and pointers into them.
 */
#include "check.h"

#include <locale.h>
#include <stdlib.h>

#include "values/value.h"

static struct arena arena;

static int release(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static void check_json(const struct ent_value *value, enum ent_json_style style,
		       const char *wanted)
{
	char *text = NULL;
	size_t len = 0;

	assert_int_equal(ent_value_json(value, style, &text, &len, NULL), ENT_OK);
	assert_string_equal(text, wanted);
	assert_int_equal(len, strlen(wanted));
	ent_free(text);
}

static void maps_stay_sorted(void **state)
{
	struct ent_value map = value_map();
	static const char *const keys[] = { "m", "a", "z", "\xc3\xa9", "b", "m" };

	(void)state;
	for (size_t i = 0; i < COUNT(keys); i++)
		assert_int_equal(value_put(&arena, &map, keys[i],
					   value_int((int64_t)i), NULL), ENT_OK);
	check_json(&map, ENT_JSON_CANONICAL,
		   "{\"a\":1,\"b\":4,\"m\":5,\"z\":2,\"\xc3\xa9\":3}");
	assert_int_equal(ent_value_get(&map, "z")->as.integer, 2);
	assert_null(ent_value_get(&map, "y"));
	assert_null(ent_value_get(NULL, "y"));
	assert_null(ent_value_get_text(&map, "z"));
}

static void many_entries(void **state)
{
	struct ent_value list = value_list(), map = value_map();
	static char keys[1000][16];

	(void)state;
	for (int i = 999; i >= 0; i--) {
		snprintf(keys[i], sizeof(keys[i]), "k%03d", i);
		value_push(&arena, &list, value_int(i), NULL);
		value_put(&arena, &map, keys[i], value_int(i), NULL);
	}
	assert_int_equal(list.len, 1000);
	assert_int_equal(map.len, 1000);
	for (int i = 0; i < 1000; i++) {
		assert_int_equal(list.as.items[i].as.integer, 999 - i);
		assert_int_equal(map.as.members[i].value.as.integer, i);
	}
}

static void copies_are_deep(void **state)
{
	struct arena other = { 0 };
	struct ent_value map = value_map(), list = value_list(), copy;
	char text[] = "text";

	(void)state;
	value_push(&arena, &list, value_borrowed(text), NULL);
	value_push(&arena, &list, value_bool(true), NULL);
	value_put(&arena, &map, "list", list, NULL);
	value_put(&arena, &map, "none", value_null(), NULL);
	assert_int_equal(value_copy(&other, &map, &copy, NULL), ENT_OK);
	assert_true(ent_value_equal(&map, &copy));
	text[0] = 'T';
	assert_false(ent_value_equal(&map, &copy));
	check_json(&copy, ENT_JSON_CANONICAL,
		   "{\"list\":[\"text\",true],\"none\":null}");
	assert_int_equal(value_depth(&copy), 3);
	assert_int_equal(value_depth(&copy.as.members[1].value), 1);
	arena_release(&other);
}

static void texts_are_escaped(void **state)
{
	struct ent_value value = value_borrowed(
		"\"\\/\b\t\n\f\r\x01\x7f<>&\xc3\xa9\xe2\x80\xae\xe2\x80\xa8"
		"\xf3\xa0\x80\x81\xf0\x9f\x98\x80");

	(void)state;
	check_json(&value, ENT_JSON_CANONICAL,
		   "\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0001\x7f<>&\xc3\xa9\xe2\x80\xae"
		   "\xe2\x80\xa8\xf3\xa0\x80\x81\xf0\x9f\x98\x80\"");
	check_json(&value, ENT_JSON_SAFE,
		   "\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0001\\u007f\\u003c\\u003e\\u0026"
		   "\xc3\xa9\\u202e\\u2028\\udb40\\udc01\xf0\x9f\x98\x80\"");
}

static void reals_are_shortest(void **state)
{
	static const struct {
		double real;
		const char *text;
	} rows[] = {
		{ 0.1, "0.1" },
		{ 1.5, "1.5" },
		{ -2.25, "-2.25" },
		{ 0.30000000000000004, "0.30000000000000004" },
		{ 1e300, "1e+300" },
		{ 5e-324, "5e-324" },
		{ 1.7976931348623157e308, "1.7976931348623157e+308" },
		{ 123456789.125, "123456789.125" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ent_value value = { .kind = ENT_REAL,
					   .as.real = rows[i].real };

		check_json(&value, ENT_JSON_CANONICAL, rows[i].text);
	}
}

/* Only where the system has a locale with a comma. */
static void reals_ignore_the_locale(void **state)
{
	struct ent_value value = { .kind = ENT_REAL, .as.real = 1.5 };

	(void)state;
	if (!setlocale(LC_NUMERIC, "de_DE.UTF-8") &&
	    !setlocale(LC_NUMERIC, "fr_FR.UTF-8"))
		skip();
	check_json(&value, ENT_JSON_CANONICAL, "1.5");
	setlocale(LC_NUMERIC, "C");
}

static void integers(void **state)
{
	struct ent_value low = value_int(INT64_MIN), high = value_int(INT64_MAX);

	(void)state;
	check_json(&low, ENT_JSON_CANONICAL, "-9223372036854775808");
	check_json(&high, ENT_JSON_CANONICAL, "9223372036854775807");
	assert_false(ent_value_equal(&low, &high));
}

static void pointers_are_taken_apart(void **state)
{
	struct buf built = { 0 }, token = { 0 };
	static const char *const tokens[] = { "a/b", "", "m~n", "0" };
	const char *at;

	(void)state;
	for (size_t i = 0; i < COUNT(tokens); i++)
		pointer_add(&built, tokens[i]);
	assert_string_equal(built.data, "/a~1b//m~0n/0");
	at = built.data;
	for (size_t i = 0; i < COUNT(tokens); i++) {
		assert_int_equal(pointer_next(&at, &token, NULL), ENT_OK);
		assert_string_equal(token.data, tokens[i]);
	}
	assert_int_equal(pointer_next(&at, &token, NULL), ENT_END);
	buf_release(&built);
	buf_release(&token);
}

static void bad_pointers(void **state)
{
	const char *bare = "a", *tilde = "/a~2", *end = "/a~", *at;
	struct buf token = { 0 };
	struct ent_error err;

	(void)state;
	at = bare;
	check_failure(pointer_next(&at, &token, &err), ENT_EUSAGE, &err,
		      "a JSON Pointer starts with /");
	assert_ptr_equal(at, bare);
	at = tilde;
	check_failure(pointer_next(&at, &token, &err), ENT_EUSAGE, &err,
		      "in a JSON Pointer ~ is written ~0 and / is written ~1");
	assert_ptr_equal(at, tilde);
	at = end;
	assert_int_equal(pointer_next(&at, &token, NULL), ENT_EUSAGE);
	buf_release(&token);
}

static void values_are_found(void **state)
{
	struct ent_value map = value_map(), list = value_list();

	(void)state;
	value_push(&arena, &list, value_int(7), NULL);
	value_push(&arena, &list, value_int(8), NULL);
	value_put(&arena, &map, "a/b", list, NULL);
	value_put(&arena, &map, "", value_int(9), NULL);
	assert_ptr_equal(ent_value_at(&map, ""), &map);
	assert_int_equal(ent_value_at(&map, "/a~1b/1")->as.integer, 8);
	assert_int_equal(ent_value_at(&map, "/")->as.integer, 9);
	assert_null(ent_value_at(&map, "/a~1b/2"));
	assert_null(ent_value_at(&map, "/a~1b/01"));
	assert_null(ent_value_at(&map, "/a~1b/-"));
	assert_null(ent_value_at(&map, "/a~1b/18446744073709551617"));
	assert_null(ent_value_at(&map, "/x/y"));
	assert_null(ent_value_at(&map, "x"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(maps_stay_sorted),
		cmocka_unit_test(many_entries),
		cmocka_unit_test(copies_are_deep),
		cmocka_unit_test(texts_are_escaped),
		cmocka_unit_test(reals_are_shortest),
		cmocka_unit_test(reals_ignore_the_locale),
		cmocka_unit_test(integers),
		cmocka_unit_test(pointers_are_taken_apart),
		cmocka_unit_test(bad_pointers),
		cmocka_unit_test(values_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, release);
}
