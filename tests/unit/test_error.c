/*
 * test_error.c - messages: one line, cut between characters, wrapped.
 */
#include "check.h"

static void sets_all_members(void **state)
{
	struct ent_error err = { 7, 9, "old" };

	(void)state;
	check_failure(ent_error_set(&err, ENT_EINPUT, "%d of %s", 3, "x"),
		      ENT_EINPUT, &err, "3 of x");
	assert_int_equal(err.column, 0);
	assert_int_equal(ent_error_set(NULL, ENT_EIO, "unheard"), ENT_EIO);
}

static void keeps_one_line(void **state)
{
	struct ent_error err;

	(void)state;
	ent_error_set(&err, ENT_EIO, "a\nb\tc\x1b[1m\x7f");
	assert_string_equal(err.msg, "a?b?c?[1m?");
}

static void cuts_between_characters(void **state)
{
	char long_text[sizeof(((struct ent_error *)NULL)->msg) + 8];
	struct ent_error err;

	(void)state;
	/* "é" would lie across the last byte. */
	memset(long_text, 'a', sizeof(long_text));
	memcpy(long_text + sizeof(err.msg) - 2, "\xc3\xa9", 2);
	long_text[sizeof(long_text) - 1] = '\0';
	ent_error_set(&err, ENT_EIO, "%s", long_text);
	assert_int_equal(strlen(err.msg), sizeof(err.msg) - 2);
	assert_int_equal(err.msg[sizeof(err.msg) - 3], 'a');
}

static void wraps(void **state)
{
	struct ent_error err;
	char long_text[600];

	(void)state;
	ent_error_wrap(NULL, "unheard");
	ent_error_set(&err, ENT_EIO, "mkdir: %s", "No");
	err.column = 5;
	ent_error_wrap(&err, "open %s", "x");
	assert_string_equal(err.msg, "open x: mkdir: No");
	assert_int_equal(err.code, ENT_EIO);
	assert_int_equal(err.column, 5);

	memset(long_text, 'b', sizeof(long_text));
	long_text[sizeof(long_text) - 1] = '\0';
	ent_error_wrap(&err, "%s", long_text);
	assert_int_equal(strlen(err.msg), sizeof(err.msg) - 1);
}

static void may_print_its_own_message(void **state)
{
	struct ent_error err;

	(void)state;
	ent_error_set(&err, ENT_EIO, "inner");
	ent_error_set(&err, ENT_EINPUT, "outer %s", err.msg);
	assert_string_equal(err.msg, "outer inner");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sets_all_members),
		cmocka_unit_test(keeps_one_line),
		cmocka_unit_test(cuts_between_characters),
		cmocka_unit_test(wraps),
		cmocka_unit_test(may_print_its_own_message),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
