/*
 * fuzz_date.c - any text as a date: accepted exactly where a second opinion, made
 * of regular expressions and of counting through the calendar, accepts it, and
 * with the same days.
 *
 * fuzz: -max_len=80
 */
#include "fuzz.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "entente/date.h"

#define OFFSET "(Z|[+-]([0-9]{2})(:([0-9]{2}))?)"
#define CLOCK "([0-9]{2}):([0-9]{2})(:([0-9]{2})([.][0-9]+)?)?" OFFSET

enum { GROUPS = 16, TEXT_MAX = 128, YEARS = 10000 };

/* The groups of the expressions that stand for numbers. */
enum {
	AT_HOUR = 4,
	AT_MINUTE,
	AT_SECOND = 7,
	AT_OFFSET = 9,
	AT_HOURS,
	AT_MINUTES = 12
};

static regex_t plain; /* with X where something is not known */
static regex_t time_of_day;
static int32_t january[YEARS + 1]; /* 1970-01-01 is 0 */

static int days_of(int year, int month)
{
	if (month == 2)
		return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ?
			       29 : 28;
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* Counted up, a month at a time. */
static void count_years(void)
{
	january[1] = 0;
	for (int year = 1; year < YEARS; year++) {
		january[year + 1] = january[year];
		for (int month = 1; month <= 12; month++)
			january[year + 1] += days_of(year, month);
	}
	for (int year = 1, first = january[1970]; year <= YEARS; year++)
		january[year] -= first;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	count_years();
	FUZZ_CHECK(regcomp(&plain,
			   "^([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(-([0-9]{2}|XX)"
			   "(-([0-9]{2}|XX))?)?[?~%]?$",
			   REG_EXTENDED) == 0);
	FUZZ_CHECK(regcomp(&time_of_day,
			   "^([0-9]{4})-([0-9]{2})-([0-9]{2})T" CLOCK "$",
			   REG_EXTENDED) == 0);
	return 0;
}

static int number(const char *text, const regmatch_t *group)
{
	return group->rm_so < 0 ? 0 : atoi(text + group->rm_so);
}

static int32_t day_number(int year, int month, int day)
{
	int32_t number = january[year];

	for (int m = 1; m < month; m++)
		number += days_of(year, m);
	return number + day - 1;
}

static bool fits(const char *pattern, size_t len, int value)
{
	for (; len-- > 0; value /= 10)
		if (pattern[len] != 'X' && pattern[len] != '0' + value % 10)
			return false;
	return true;
}

/* The first day whose name fits, and the last: all are looked at. */
static bool span(const char *text, bool has_month, bool has_day,
		 struct ent_date *out)
{
	bool found = false;

	for (int year = 1; year < YEARS; year++) {
		if (!fits(text, 4, year))
			continue;
		for (int month = 1; month <= 12; month++) {
			if (has_month && !fits(text + 5, 2, month))
				continue;
			for (int day = 1; day <= days_of(year, month); day++) {
				if (has_day && !fits(text + 8, 2, day))
					continue;
				out->hi = day_number(year, month, day);
				out->lo = found ? out->lo : out->hi;
				found = true;
			}
		}
	}
	return found;
}

/* Three months from March, June, September, December on. */
static bool season(int year, int code, struct ent_date *out)
{
	int last = (code - 20) * 3 + 2;

	if (year < 1 || code > 24)
		return false;
	out->lo = day_number(year, last - 2, 1);
	if (code < 24)
		out->hi = day_number(year, last, days_of(year, last));
	else if (year == YEARS - 1)
		out->hi = january[YEARS] - 1;
	else
		out->hi = day_number(year + 1, 2, days_of(year + 1, 2));
	return true;
}

static bool judge_plain(const char *text, struct ent_date *out)
{
	regmatch_t g[GROUPS];
	bool has_month, has_day;

	if (regexec(&plain, text, GROUPS, g, 0) != 0)
		return false;
	has_month = g[3].rm_so >= 0;
	has_day = g[5].rm_so >= 0;
	if (has_month && text[3] == 'X') /* a month needs a year .. */
		return false;
	if (has_day && text[5] == 'X' && text[8] != 'X') /* a day a month */
		return false;
	if (has_month && !has_day && text[5] != 'X' && number(text, &g[3]) > 20)
		return season(atoi(text), number(text, &g[3]), out);
	return span(text, has_month, has_day, out);
}

static bool judge_time(const char *text, struct ent_date *out)
{
	regmatch_t g[GROUPS];
	int minutes, offset;
	int32_t day;

	if (regexec(&time_of_day, text, GROUPS, g, 0) != 0)
		return false;
	if (!span(text, true, true, out))
		return false;
	if (number(text, &g[AT_HOUR]) > 23 || number(text, &g[AT_MINUTE]) > 59 ||
	    number(text, &g[AT_SECOND]) > 60 ||
	    number(text, &g[AT_HOURS]) > 23 || number(text, &g[AT_MINUTES]) > 59)
		return false;
	offset = number(text, &g[AT_HOURS]) * 60 + number(text, &g[AT_MINUTES]);
	if (text[g[AT_OFFSET].rm_so] == '-')
		offset = -offset;
	minutes = number(text, &g[AT_HOUR]) * 60 + number(text, &g[AT_MINUTE]) -
		  offset;
	day = minutes < 0 ? -1 : minutes >= 1440;
	if (number(text, &g[AT_SECOND]) == 60 && minutes - day * 1440 != 1439)
		return false;
	out->lo = out->hi = out->lo + day;
	return out->lo >= january[1] && out->lo < january[YEARS];
}

static bool judge_side(const char *text, struct ent_date *out)
{
	return judge_time(text, out) || judge_plain(text, out);
}

static bool judge(char *text, struct ent_date *out)
{
	struct ent_date a = { .lo = ENT_DAY_OPEN_START };
	struct ent_date b = { .hi = ENT_DAY_OPEN_END };
	char *slash = strchr(text, '/');
	bool open;

	*out = (struct ent_date){ ENT_DAY_OPEN_START, ENT_DAY_OPEN_END, 0 };
	if (strlen(text) > TEXT_MAX)
		return false;
	if (!slash)
		return strcmp(text, "XXXX") == 0 || judge_side(text, out);
	*slash = '\0';
	open = strcmp(text, "..") == 0;
	if (open && strcmp(slash + 1, "..") == 0)
		return false;
	if (!open && !judge_side(text, &a))
		return false;
	if (strcmp(slash + 1, "..") != 0 && !judge_side(slash + 1, &b))
		return false;
	*out = (struct ent_date){ a.lo, b.hi, 0 };
	return a.lo <= b.hi;
}

/* The day as text is that day again. */
static void check_day(int32_t day)
{
	char text[ENT_DAY_TEXT_SIZE];
	struct ent_date date;

	ent_day_text(day, text);
	if (day == ENT_DAY_OPEN_START || day == ENT_DAY_OPEN_END) {
		FUZZ_CHECK(strcmp(text, "..") == 0);
		return;
	}
	FUZZ_CHECK(ent_date_parse(text, &date, NULL) == ENT_OK);
	FUZZ_CHECK(date.lo == day && date.hi == day && date.flags == 0);
}

static void check_time(const char *text)
{
	char out[ENT_TIME_TEXT_SIZE];
	int64_t us = 0, again = 1;
	struct ent_date date;

	if (ent_time_parse(text, &us, NULL) != ENT_OK)
		return;
	ent_time_text(us, out);
	FUZZ_CHECK(ent_time_parse(out, &again, NULL) == ENT_OK && again == us);
	FUZZ_CHECK(strlen(text) > TEXT_MAX ||
		   ent_date_parse(text, &date, NULL) == ENT_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	struct ent_date date = { 1, 2, 3 }, second;
	int rc = ent_date_parse(text, &date, NULL);

	check_time(text);
	if (rc == ENT_OK) {
		FUZZ_CHECK(date.lo <= date.hi);
		check_day(date.lo);
		check_day(date.hi);
	} else {
		FUZZ_CHECK(rc == ENT_EINPUT && date.lo == 1 && date.flags == 3);
	}
	FUZZ_CHECK(judge(text, &second) == (rc == ENT_OK));
	FUZZ_CHECK(rc != ENT_OK ||
		   (second.lo == date.lo && second.hi == date.hi));
	free(text);
	return 0;
}
