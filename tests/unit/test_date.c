/*
 * test_date.c - EDTF, days and instants.
 */
#include "check.h"

#include "entente/date.h"

static void good_dates(void **state)
{
	enum { U = ENT_DATE_UNCERTAIN, A = ENT_DATE_APPROXIMATE,
	       X = ENT_DATE_UNKNOWN, I = ENT_DATE_INTERVAL, T = ENT_DATE_TIME };
	static const struct {
		const char *text, *lo, *hi;
		unsigned flags;
	} rows[] = {
		{ "2024-02-23", "2024-02-23", "2024-02-23", 0 },
		{ "2024-02", "2024-02-01", "2024-02-29", 0 },
		{ "2023-02", "2023-02-01", "2023-02-28", 0 },
		{ "1900-02", "1900-02-01", "1900-02-28", 0 },
		{ "2000-02-29", "2000-02-29", "2000-02-29", 0 },
		{ "2024", "2024-01-01", "2024-12-31", 0 },
		{ "0001-01-01", "0001-01-01", "0001-01-01", 0 },
		{ "9999", "9999-01-01", "9999-12-31", 0 },
		{ "2024?", "2024-01-01", "2024-12-31", U },
		{ "2024-02~", "2024-02-01", "2024-02-29", A },
		{ "2024-02-23%", "2024-02-23", "2024-02-23", U | A },
		{ "2024-02-XX", "2024-02-01", "2024-02-29", 0 },
		{ "2024-XX-XX", "2024-01-01", "2024-12-31", 0 },
		{ "2024-XX", "2024-01-01", "2024-12-31", 0 },
		{ "201X", "2010-01-01", "2019-12-31", 0 },
		{ "19XX", "1900-01-01", "1999-12-31", 0 },
		{ "000X", "0001-01-01", "0009-12-31", 0 },
		{ "00XX?", "0001-01-01", "0099-12-31", U },
		{ "2024-21", "2024-03-01", "2024-05-31", 0 },
		{ "2024-22", "2024-06-01", "2024-08-31", 0 },
		{ "2024-23", "2024-09-01", "2024-11-30", 0 },
		{ "2023-24", "2023-12-01", "2024-02-29", 0 },
		{ "2024-24~", "2024-12-01", "2025-02-28", A },
		{ "9999-24", "9999-12-01", "9999-12-31", 0 },
		{ "2023/2024-02", "2023-01-01", "2024-02-29", I },
		{ "2024/2024-05", "2024-01-01", "2024-05-31", I },
		{ "2023?/2024~", "2023-01-01", "2024-12-31", I | U | A },
		{ "../2012", "..", "2012-12-31", I },
		{ "2012/..", "2012-01-01", "..", I },
		{ "XXXX", "..", "..", X },
		{ "2024-02-23T10:00:00Z", "2024-02-23", "2024-02-23", T },
		{ "2024-02-23T10:00Z", "2024-02-23", "2024-02-23", T },
		{ "2024-03-01T01:30:00+02:00", "2024-02-29", "2024-02-29", T },
		{ "2024-02-29T23:30:00-01:00", "2024-03-01", "2024-03-01", T },
		{ "2024-02-23T10:00:00.125+04", "2024-02-23", "2024-02-23", T },
		{ "2016-12-31T23:59:60Z", "2016-12-31", "2016-12-31", T },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char lo[ENT_DAY_TEXT_SIZE], hi[ENT_DAY_TEXT_SIZE];
		struct ent_error err = { 0 };
		struct ent_date date;

		if (ent_date_parse(rows[i].text, &date, &err) < 0)
			fail_msg("%s: %s", rows[i].text, err.msg);
		ent_day_text(date.lo, lo);
		ent_day_text(date.hi, hi);
		assert_string_equal(lo, rows[i].lo);
		assert_string_equal(hi, rows[i].hi);
		assert_int_equal(date.flags, rows[i].flags);
	}
}

static void open_sides(void **state)
{
	struct ent_date date;

	(void)state;
	assert_int_equal(ent_date_parse("../2012", &date, NULL), ENT_OK);
	assert_true(date.lo == ENT_DAY_OPEN_START);
	assert_int_equal(ent_date_parse("2012/..", &date, NULL), ENT_OK);
	assert_true(date.hi == ENT_DAY_OPEN_END);
}

#define NO_DATE "is not a date; write 2024-02-23, 2024-02 or 2024 (EDTF)"

static void bad_dates(void **state)
{
	static const struct {
		const char *text, *msg;
	} rows[] = {
		{ "2024-13", "month 13 does not exist" },
		{ "2024-00", "month 00 does not exist" },
		{ "2024-25", "month 25 does not exist" },
		{ "2023-02-29", "2023-02 has 28 days, not 29" },
		{ "2024-04-31", "2024-04 has 30 days, not 31" },
		{ "2024-04-00", "day 00 does not exist" },
		{ "0000", "year 0000 does not exist" },
		{ "0000-02-03", "year 0000 does not exist" },
		{ "", "a date cannot be empty" },
		{ "../..", "../.. says nothing; an unknown date is written XXXX" },
		{ "XXXX/2012", "XXXX cannot stand in an interval; an open side is "
			       "written .." },
		{ "/2012", "an open side of an interval is written .." },
		{ "2012/", "an open side of an interval is written .." },
		{ "2024/2023", "the interval 2024/2023 ends before it starts" },
		{ "201X-05", "\"201X-05\": a month needs a whole year" },
		{ "2024-XX-05", "\"2024-XX-05\": a day needs a month" },
		{ "2024/02/23", "\"2024/02/23\" " NO_DATE },
		{ "23.02.2024", "\"23.02.2024\" " NO_DATE },
		{ "2024-2-3", "\"2024-2-3\" " NO_DATE },
		{ "20240223", "\"20240223\" " NO_DATE },
		{ "24", "\"24\" " NO_DATE },
		{ "2024-02-23x", "\"2024-02-23x\" " NO_DATE },
		{ "2024??", "\"2024??\" " NO_DATE },
		{ "1XXX", "\"1XXX\" " NO_DATE },
		{ "XXXX?", "\"XXXX?\" " NO_DATE },
		{ " 2024", "\" 2024\" " NO_DATE },
		{ "-2024", "\"-2024\" " NO_DATE },
		{ "2024-02-23T10:00:00",
		  "time \"10:00:00\" has no Z or offset behind it" },
		{ "2024-02-23T24:00Z", "hour 24 does not exist" },
		{ "2024-02-23T10:60Z", "minute 60 does not exist" },
		{ "2024-02-23T10:00:60Z", "second 60 does not exist" },
		{ "2024-02-23T10Z", "time \"10Z\" is not understood; write "
				    "10:00:00Z or 10:00:00+03:00" },
		{ "0001-01-01T00:00+01:00",
		  "its UTC day is not within the years 0001 to 9999" },
		{ "9999-12-31T23:00-01:00",
		  "its UTC day is not within the years 0001 to 9999" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ent_date date = { 1, 2, 3 };
		struct ent_error err = { 0 };

		check_failure(ent_date_parse(rows[i].text, &date, &err),
			      ENT_EINPUT, &err, rows[i].msg);
		assert_int_equal(date.lo, 1);
		assert_int_equal(date.hi, 2);
		assert_int_equal(date.flags, 3);
	}
}

static void every_day_round_trips(void **state)
{
	int32_t expected = ent_day(1, 1, 1);
	static const int lengths[] = { 31, 28, 31, 30, 31, 30,
				       31, 31, 30, 31, 30, 31 };

	(void)state;
	assert_int_equal(ent_day(1970, 1, 1), 0);
	assert_int_equal(ent_day(2000, 3, 1), 11017);
	for (int year = 1; year <= 9999; year++) {
		bool leap = (year % 4 == 0 && year % 100) || year % 400 == 0;

		for (int month = 1; month <= 12; month++) {
			int days = lengths[month - 1] + (month == 2 && leap);

			for (int day = 1; day <= days; day++, expected++) {
				if (ent_day(year, month, day) != expected)
					fail_msg("%d-%d-%d", year, month, day);
			}
		}
	}
	for (int32_t day = ent_day(1, 1, 1); day < expected; day += 13) {
		char text[ENT_DAY_TEXT_SIZE];
		struct ent_date date;

		ent_day_text(day, text);
		if (ent_date_parse(text, &date, NULL) < 0 || date.lo != day)
			fail_msg("%s", text);
	}
}

static void instants(void **state)
{
	static const struct {
		const char *text;
		int64_t us;
		const char *back;
	} rows[] = {
		{ "1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00.000000Z" },
		{ "1969-12-31T23:59:59.999999Z", -1,
		  "1969-12-31T23:59:59.999999Z" },
		{ "2025-07-18T09:14:02.000001Z", 1752830042000001,
		  "2025-07-18T09:14:02.000001Z" },
		{ "2025-07-18T13:14:02.0000019+04:00", 1752830042000001,
		  "2025-07-18T09:14:02.000001Z" },
		{ "2025-07-18T09:14Z", 1752830040000000,
		  "2025-07-18T09:14:00.000000Z" },
	};
	static const char *const bad[] = { "", "2025-07-18", "2025-07-18T09:14:02",
					   "2025-07-18 09:14:02Z",
					   "2025-13-18T09:14:02Z",
					   "2025-07-18T09:14:02.Z",
					   "2025-07-18T09:14:02Zx" };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char text[ENT_TIME_TEXT_SIZE];
		int64_t us = 0;

		assert_int_equal(ent_time_parse(rows[i].text, &us, NULL), ENT_OK);
		assert_true(us == rows[i].us);
		ent_time_text(us, text);
		assert_string_equal(text, rows[i].back);
	}
	for (size_t i = 0; i < COUNT(bad); i++) {
		int64_t us = 42;

		assert_int_equal(ent_time_parse(bad[i], &us, NULL), ENT_EINPUT);
		assert_true(us == 42);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_dates),
		cmocka_unit_test(open_sides),
		cmocka_unit_test(bad_dates),
		cmocka_unit_test(every_day_round_trips),
		cmocka_unit_test(instants),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
