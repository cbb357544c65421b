/*
 * reference_days.c - EDTF as the contract lists it, read into days.
 *
 * Every form is reduced to a first and a last calendar date; only then are days
 * counted, so each rule can be held against the contract's own words.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reference.h"

enum { TEXT_MAX = 40 };

struct calendar {
	long year, month, day;
};

static bool is_leap(long year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static long month_days(long year, long month)
{
	static const long days[] = { 31, 28, 31, 30, 31, 30,
				     31, 31, 30, 31, 30, 31 };

	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

static long days_before_year(long year)
{
	long y = year - 1;

	return 365 * y + y / 4 - y / 100 + y / 400;
}

long reference_day(long year, long month, long day)
{
	long days = days_before_year(year) - days_before_year(1970);

	for (long m = 1; m < month; m++)
		days += month_days(year, m);
	return days + day - 1;
}

void reference_day_text(long day, char text[11])
{
	long year = 1;
	long month = 1;
	unsigned y, m, d;

	while (reference_day(year + 1, 1, 1) <= day)
		year++;
	while (month < 12 && reference_day(year, month + 1, 1) <= day)
		month++;
	y = (unsigned)year % 10000u;
	m = (unsigned)month % 100u;
	d = (unsigned)(day - reference_day(year, month, 1) + 1) % 100u;
	snprintf(text, 11, "%04u-%02u-%02u", y, m, d);
}

/* Does text look like pattern, where `9` is a digit and the rest is itself? */
static bool looks_like(const char *text, const char *pattern)
{
	size_t i = 0;

	for (; pattern[i]; i++) {
		if (pattern[i] == '9' ? !isdigit((unsigned char)text[i])
				      : text[i] != pattern[i])
			return false;
	}
	return text[i] == '\0';
}

static long number(const char *text, size_t at, size_t len)
{
	char digits[8];

	memcpy(digits, text + at, len);
	digits[len] = '\0';
	return strtol(digits, NULL, 10);
}

static bool years(long first, long last, struct reference_days *out)
{
	if (last < 1)
		return false;
	out->lo = reference_day(first < 1 ? 1 : first, 1, 1);
	out->hi = reference_day(last, 12, 31);
	return true;
}

static bool months(long year, long month, struct reference_days *out)
{
	if (year < 1 || month < 1 || month > 12)
		return false;
	out->lo = reference_day(year, month, 1);
	out->hi = reference_day(year, month, month_days(year, month));
	return true;
}

static bool season(long year, long code, struct reference_days *out)
{
	long first = 3 * (code - 20);

	if (year < 1)
		return false;
	out->lo = reference_day(year, first, 1);
	if (code < 24)
		out->hi = reference_day(year, first + 2,
					month_days(year, first + 2));
	else if (year == 9999)
		out->hi = reference_day(9999, 12, 31);
	else
		out->hi = reference_day(year + 1, 2, month_days(year + 1, 2));
	return true;
}

static bool one_day(const char *text, struct reference_days *out)
{
	struct calendar c = { number(text, 0, 4), number(text, 5, 2),
			      number(text, 8, 2) };

	if (c.year < 1 || c.month < 1 || c.month > 12 || c.day < 1 ||
	    c.day > month_days(c.year, c.month))
		return false;
	out->lo = out->hi = reference_day(c.year, c.month, c.day);
	return true;
}

/* The offset in minutes behind the time; false where there is none. */
static bool offset_minutes(const char *zone, long *out)
{
	if (looks_like(zone, "Z")) {
		*out = 0;
		return true;
	}
	if (!looks_like(zone, "+99:99") && !looks_like(zone, "-99:99"))
		return false;
	*out = 60 * number(zone, 1, 2) + number(zone, 4, 2);
	if (zone[0] == '-')
		*out = -*out;
	return true;
}

/* YYYY-MM-DDThh:mm[:ss[.f]] and a zone: the day that it was in UTC then. */
static bool time_of_day(const char *text, struct reference_days *out)
{
	char date[11];
	long minutes, offset;
	const char *zone = text + 16;

	if (strlen(text) < 17)
		return false;
	memcpy(date, text, 10);
	date[10] = '\0';
	if (!looks_like(date, "9999-99-99") || !one_day(date, out))
		return false;
	while (isdigit((unsigned char)*zone) || *zone == ':' || *zone == '.')
		zone++;
	if (!offset_minutes(zone, &offset))
		return false;
	minutes = 60 * number(text, 11, 2) + number(text, 14, 2) - offset;
	if (minutes < 0)
		out->lo--;
	if (minutes >= 24 * 60)
		out->lo++;
	out->hi = out->lo;
	return true;
}

/* One date that is no interval, with its flag taken off. */
static bool simple(const char *text, struct reference_days *out)
{
	if (strchr(text, 'T'))
		return time_of_day(text, out);
	if (looks_like(text, "9999-99-99"))
		return one_day(text, out);
	if (looks_like(text, "9999-99-XX"))
		return months(number(text, 0, 4), number(text, 5, 2), out);
	if (looks_like(text, "9999-XX-XX") || looks_like(text, "9999-XX") ||
	    looks_like(text, "9999"))
		return years(number(text, 0, 4), number(text, 0, 4), out);
	if (looks_like(text, "9999-99") && number(text, 5, 2) > 20 &&
	    number(text, 5, 2) < 25)
		return season(number(text, 0, 4), number(text, 5, 2), out);
	if (looks_like(text, "9999-99"))
		return months(number(text, 0, 4), number(text, 5, 2), out);
	if (looks_like(text, "999X"))
		return years(10 * number(text, 0, 3),
			     10 * number(text, 0, 3) + 9, out);
	if (looks_like(text, "99XX"))
		return years(100 * number(text, 0, 2),
			     100 * number(text, 0, 2) + 99, out);
	return false;
}

static bool flagged(const char *text, size_t len, struct reference_days *out)
{
	char bare[TEXT_MAX];

	if (len == 0 || len >= sizeof(bare))
		return false;
	memcpy(bare, text, len);
	bare[len] = '\0';
	if (strchr("?~%", bare[len - 1]))
		bare[len - 1] = '\0';
	return simple(bare, out);
}

static bool interval(const char *text, const char *slash,
		     struct reference_days *out)
{
	struct reference_days a = { REFERENCE_BEFORE_ALL, REFERENCE_BEFORE_ALL };
	struct reference_days b = { REFERENCE_AFTER_ALL, REFERENCE_AFTER_ALL };
	bool open_start = strncmp(text, "../", 3) == 0;
	bool open_end = strcmp(slash, "/..") == 0;

	if (open_start && open_end)
		return false;
	if (!open_start && !flagged(text, (size_t)(slash - text), &a))
		return false;
	if (!open_end && !flagged(slash + 1, strlen(slash + 1), &b))
		return false;
	out->lo = a.lo;
	out->hi = b.hi;
	return out->lo <= out->hi;
}

bool reference_days_read(const char *text, struct reference_days *out)
{
	const char *slash = strchr(text, '/');

	if (slash)
		return interval(text, slash, out);
	if (strcmp(text, "XXXX") == 0) {
		*out = (struct reference_days){ REFERENCE_BEFORE_ALL,
						REFERENCE_AFTER_ALL };
		return true;
	}
	return flagged(text, strlen(text), out);
}
