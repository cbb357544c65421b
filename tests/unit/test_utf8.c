/*
 * test_utf8.c - strict UTF-8, every code point and the well-known bad forms.
 */
#include "check.h"

#include "ground/near.h"
#include "ground/utf8.h"

static void every_code_round_trips(void **state)
{
	(void)state;
	for (int32_t code = 0; code <= 0x10ffff; code++) {
		char bytes[4];
		size_t at = 0, len;

		if (code >= 0xd800 && code <= 0xdfff)
			continue;
		len = utf8_put(code, bytes);
		if (utf8_next(bytes, len, &at) != code || at != len)
			fail_msg("U+%04X", (unsigned)code);
	}
}

static void bad_forms_are_found(void **state)
{
	static const struct {
		const char *text;
		size_t len, bad;
	} rows[] = {
		{ "abc", 3, 3 },
		{ "\xc3\xa9", 2, 2 },
		{ "a\x80", 2, 1 },
		{ "a\xc3", 2, 1 },
		{ "\xc0\x80", 2, 0 },         /* overlong */
		{ "\xc1\xbf", 2, 0 },
		{ "\xe0\x9f\xbf", 3, 0 },
		{ "\xf0\x8f\xbf\xbf", 4, 0 },
		{ "\xed\xa0\x80", 3, 0 },     /* surrogate */
		{ "\xf4\x90\x80\x80", 4, 0 }, /* above 10FFFF */
		{ "\xf5\x80\x80\x80", 4, 0 },
		{ "ab\xe2\x82", 4, 2 },
		{ "\xe2\x28\xa1", 3, 0 },
		{ "", 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(utf8_check(rows[i].text, rows[i].len),
				 rows[i].bad);
}

static void failure_leaves_the_place(void **state)
{
	size_t at = 1;

	(void)state;
	assert_int_equal(utf8_next("a\xff", 2, &at), -1);
	assert_int_equal(at, 1);
}

static void unsafe_codes(void **state)
{
	static const int32_t bad[] = { 0, 0x1b, 0x7f, 0x80, 0x9f, 0x61c, 0x200b,
				       0x200e, 0x200f, 0x2028, 0x2029, 0x202a,
				       0x202e, 0x2066, 0x2069, 0xfeff, 0xe0001,
				       0xe007f };
	static const int32_t good[] = { ' ', '~', 0xa0, 0xe9, 0x410, 0x2010,
					0x2019, 0x202f, 0x20ac, 0x1f600, 0xe0100 };

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_true(utf8_is_unsafe(bad[i]));
	for (size_t i = 0; i < COUNT(good); i++)
		assert_false(utf8_is_unsafe(good[i]));
	assert_true(utf8_is_control('\n'));
	assert_false(utf8_is_control(0xa0));
	assert_false(utf8_is_control(-1));
}

static void cuts_between_characters(void **state)
{
	(void)state;
	assert_int_equal(utf8_cut("abc", 10), 3);
	assert_int_equal(utf8_cut("abc", 2), 2);
	assert_int_equal(utf8_cut("a\xc3\xa9z", 2), 1);
	assert_int_equal(utf8_cut("a\xc3\xa9z", 3), 3);
	assert_int_equal(utf8_cut("\xf0\x9f\x98\x80", 3), 0);
}

static void nearest_word(void **state)
{
	static const struct {
		const char *word, *candidate;
		bool near;
	} rows[] = {
		{ "actr", "actor", true },
		{ "atcor", "actor", true },
		{ "alliances", "alliance", true },
		{ "zzz", "actor", false },
		{ "", "actor", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct near near = near_start(rows[i].word);

		near_offer(&near, rows[i].candidate);
		assert_int_equal(near.best != NULL, rows[i].near);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_round_trips),
		cmocka_unit_test(bad_forms_are_found),
		cmocka_unit_test(failure_leaves_the_place),
		cmocka_unit_test(unsafe_codes),
		cmocka_unit_test(cuts_between_characters),
		cmocka_unit_test(nearest_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
