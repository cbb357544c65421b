/*
 * test_when_header.c - dates in headers.
 */
#include "check.h"

#include "news/dates/when.h"

static void days_as_they_are_written(void **state)
{
	static const char *const rows[][2] = {
		{ "Fri, 23 Feb 2024 10:00:00 +0400", "2024-02-23" },
		{ "Fri, 23 Feb 2024 23:59:59 -1200", "2024-02-23" },
		{ "23 Feb 2024 00:10 GMT", "2024-02-23" },
		{ "Fri, 23 Feb 24 10:00:00 EST", "2024-02-23" },
		{ "Tue, 1 Jul 97 10:00:00 PDT", "1997-07-01" },
		{ "1 Jul 103 10:00:00 Z", "2003-07-01" },
		{ "Fri, 23-Feb-2024 10:00:00 GMT", "2024-02-23" },
		{ "Fri Feb 23 10:00:00 2024", "2024-02-23" },
		{ "Fri Feb 23 10:00:00 MSK 2024", "2024-02-23" },
		{ "Fri, 23 Feb 2024 10:00:00 NOZONE (a comment)", "2024-02-23" },
		{ "2024-02-23", "2024-02-23" },
		{ " 2024-02-23 ", "2024-02-23" },
		{ "2024-02-23T23:30:00-08:00", "2024-02-23" },
		{ "2024-02-23T10:00Z", "2024-02-23" },
		{ "2024-02-23 10:00:00", "2024-02-23" },
		{ "2024/02/23", "2024-02-23" },
		{ "20240223", "2024-02-23" },
		{ "20240223T100000Z", "2024-02-23" },
		{ "23 February 2024", "2024-02-23" },
		{ "23rd February 2024", "2024-02-23" },
		{ "February 23, 2024", "2024-02-23" },
		{ "Feb. 23, 2024", "2024-02-23" },
		{ "Sept. 1, 2024", "2024-09-01" },
		{ "Friday, February 23, 2024 at 10:00 AM", "2024-02-23" },
		{ "29 February 2024", "2024-02-29" },
		{ "1 May 0001", "0001-05-01" },
		{ "23.02.2024", "2024-02-23" },
		{ "3.4.2024 10:00", "2024-04-03" },
		{ "3-4-2024", "2024-04-03" },
		{ "13/4/2024", "2024-04-13" },
		{ "4/13/2024, 10:00", "2024-04-13" },
		{ "04/04/2024", "2024-04-04" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char day[WHEN_TEXT_SIZE] = "";

		if (!when_header(rows[i][0], day))
			fail_msg("no date: %s", rows[i][0]);
		assert_string_equal(day, rows[i][1]);
	}
}

#define LONG "Fri, 23 Feb 2024 10:00:00 +0400 and then very many words behind the " \
	"date which no header of a mail or of a page would ever have in it"

static void what_is_no_day(void **state)
{
	static const char *const rows[] = {
		"", " ", "yesterday", "2024", "2024-02", "February 2024",
		"0000-01-01", "-0044-03-15", "12024-01-01", "2024-02-30",
		"2023-02-29", "29 February 2023", "2024-13-01", "2024-00-10",
		"2024-01-00", "2024-1-1", "20241301", "2024-02-231",
		"2024-02/23", "15 March 44 BC", "15 Mar 0044 B.C.",
		"31 April 2024", "32 Jan 2024", "0 Jan 2024", "23 Feb 0000",
		"Feb 23 24", "23 Fe 2024", "23 23 2024", "Feb Feb 2024",
		"Updated 23 Feb 2024", "23 Feb 20245", "23xx Feb 2024", "T", "-",
		"1708646400", "3/4/2024", "03/08/2024", "13/13/2024", "3.4/2024",
		"3.13.2024", "0/4/2024", "3/4/24", "3/4/20245", "3.4.", "3/4",
		"003/4/2024", "3//2024", "13/4/2024x",
		LONG,
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char day[WHEN_TEXT_SIZE] = "as it was";

		if (when_header(rows[i], day))
			fail_msg("%s: %s", rows[i], day);
		assert_string_equal(day, "as it was");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_as_they_are_written),
		cmocka_unit_test(what_is_no_day),
	};

	return cmocka_run_group_tests_name("when_header", tests, NULL, NULL);
}
