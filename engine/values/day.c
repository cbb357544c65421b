/*
 * day.c - the proleptic Gregorian calendar, counted in days.
 *
 * Source of the conversions: H. Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms": years begin in March, so that the leap day is their last.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "values/day.h"

enum {
	DAYS_A_CYCLE = 146097,     /* 400 years */
	DAYS_TO_1970 = 719468,     /* from 0000-03-01 */
	DAY_FIRST = -719162,       /* 0001-01-01 */
	DAY_LAST = 2932896         /* 9999-12-31 */
};

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in_month(int year, int month)
{
	static const int days[MONTHS] = { 31, 28, 31, 30, 31, 30,
					  31, 31, 30, 31, 30, 31 };

	assert(month >= 1 && month <= MONTHS);
	return days[month - 1] + (month == 2 && is_leap(year));
}

bool day_exists(int32_t day)
{
	return day >= DAY_FIRST && day <= DAY_LAST;
}

int32_t ent_day(int year, int month, int day)
{
	int march_year = year - (month <= 2);
	int cycle = march_year / 400; /* years are positive, or 0 here */
	int in_cycle = march_year - cycle * 400;
	int march_month = (month + 9) % MONTHS;
	int in_year = (153 * march_month + 2) / 5 + day - 1;
	int in_days = in_cycle * 365 + in_cycle / 4 - in_cycle / 100 + in_year;

	assert(year >= YEAR_FIRST && year <= YEAR_LAST);
	assert(month >= 1 && month <= MONTHS);
	assert(day >= 1 && day <= days_in_month(year, month));

	return cycle * DAYS_A_CYCLE + in_days - DAYS_TO_1970;
}

static void civil(int32_t day, int *out_year, int *out_month, int *out_day)
{
	int shifted = day + DAYS_TO_1970;
	int cycle = shifted / DAYS_A_CYCLE;
	int in_days = shifted % DAYS_A_CYCLE;
	int in_cycle = (in_days - in_days / 1460 + in_days / 36524 -
			in_days / 146096) / 365;
	int in_year = in_days - (365 * in_cycle + in_cycle / 4 - in_cycle / 100);
	int march_month = (5 * in_year + 2) / 153;

	*out_day = in_year - (153 * march_month + 2) / 5 + 1;
	*out_month = march_month < 10 ? march_month + 3 : march_month - 9;
	*out_year = cycle * 400 + in_cycle + (*out_month <= 2);
}

/* Digits from the right; printf() would have to be told that years are short. */
static void put_digits(char *at, int digits, int64_t number)
{
	while (digits-- > 0) {
		at[digits] = (char)('0' + number % 10);
		number /= 10;
	}
}

static void put_day(char out[10], int32_t day_number)
{
	int year, month, day;

	civil(day_number, &year, &month, &day);
	put_digits(out, 4, year);
	out[4] = '-';
	put_digits(out + 5, 2, month);
	out[7] = '-';
	put_digits(out + 8, 2, day);
}

void ent_day_text(int32_t day, char out[ENT_DAY_TEXT_SIZE])
{
	if (!day_exists(day)) {
		memcpy(out, "..", 3);
		return;
	}
	put_day(out, day);
	out[ENT_DAY_TEXT_SIZE - 1] = '\0';
}

void ent_time_text(int64_t us, char out[ENT_TIME_TEXT_SIZE])
{
	const int64_t day_us = INT64_C(86400000000);
	int64_t day = us / day_us - (us % day_us < 0);
	int64_t rest = us - day * day_us;

	/* What a calendar cannot say is shown as its nearest instant. */
	if (day < DAY_FIRST || day > DAY_LAST) {
		rest = day < DAY_FIRST ? 0 : day_us - 1;
		day = day < DAY_FIRST ? DAY_FIRST : DAY_LAST;
	}
	memcpy(out, "YYYY-MM-DDThh:mm:ss.ffffffZ", ENT_TIME_TEXT_SIZE);
	put_day(out, (int32_t)day);
	put_digits(out + 11, 2, rest / INT64_C(3600000000));
	put_digits(out + 14, 2, rest / 60000000 % 60);
	put_digits(out + 17, 2, rest / 1000000 % 60);
	put_digits(out + 20, 6, rest % 1000000);
}

int calendar_check(int year, int month, int day, struct ent_error *err)
{
	if (year < YEAR_FIRST)
		return ent_error_set(err, ENT_EINPUT, "year 0000 does not exist");
	if (month < 1 || month > MONTHS)
		return ent_error_set(err, ENT_EINPUT, "month %02d does not exist",
				     month);
	if (day < 1)
		return ent_error_set(err, ENT_EINPUT, "day 00 does not exist");
	if (day > days_in_month(year, month))
		return ent_error_set(err, ENT_EINPUT,
				     "%04d-%02d has %d days, not %d", year, month,
				     days_in_month(year, month), day);
	return ENT_OK;
}
