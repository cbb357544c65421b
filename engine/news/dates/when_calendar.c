/*
 * when_calendar.c - dates as EDTF writes them, and their arithmetic.
 */
#include <stdio.h>
#include <string.h>

#include "news/dates/when_private.h"
#include "values/day.h"

enum { DAYS_A_WEEK = 7, MONDAY = 4 }; /* 1970-01-05 was a Monday */

static bool is_season(const struct side *side)
{
	return side->month >= SPRING;
}

bool when_side_exists(const struct side *side)
{
	if (side->year < YEAR_FIRST || side->year > YEAR_LAST)
		return false;
	if (is_season(side))
		return side->month <= WINTER && side->day == 0;
	return side->month >= 0 && side->month <= MONTHS && side->day >= 0 &&
	       (side->day == 0 ||
		(side->month > 0 &&
		 side->day <= days_in_month(side->year, side->month)));
}

static int min(int a, int b)
{
	return a < b ? a : b;
}

int32_t when_side_first(const struct side *side)
{
	int month = is_season(side) ? (side->month - SPRING) * 3 + 3 : side->month;

	return ent_day(side->year, month ? month : 1, side->day ? side->day : 1);
}

int32_t when_side_last(const struct side *side)
{
	static const int years[] = { 0, 9, 99 };
	int year = min(side->year + years[side->blur], YEAR_LAST);
	int month = side->month ? side->month : MONTHS;

	if (side->month == WINTER && year < YEAR_LAST)
		return ent_day(year + 1, 2, days_in_month(year + 1, 2));
	if (is_season(side))
		month = min((month - SPRING) * 3 + 5, MONTHS);
	return ent_day(year, month,
		       side->day ? side->day : days_in_month(year, month));
}

struct side when_side_of_day(int32_t day)
{
	char text[ENT_DAY_TEXT_SIZE];

	if (!day_exists(day))
		return (struct side){ 0 };
	ent_day_text(day, text);
	return (struct side){ .year = digits4(text), .month = digits2(text + 5),
			      .day = digits2(text + 8) };
}

static struct side shift_months(struct side side, int count)
{
	int months = side.year * MONTHS + side.month - 1 + count;

	if (months < MONTHS)
		return (struct side){ 0 };
	return (struct side){ .year = months / MONTHS,
			      .month = months % MONTHS + 1 };
}

struct side when_side_shift(struct side side, enum unit unit, int count)
{
	if (!when_side_exists(&side))
		return (struct side){ 0 };
	switch (unit) {
	case UNIT_DAY:
	case UNIT_WEEK:
		if (side.day == 0)
			return (struct side){ 0 };
		return when_side_of_day(when_side_first(&side) +
				   count * (unit == UNIT_WEEK ? DAYS_A_WEEK : 1));
	case UNIT_MONTH:
		if (side.month == 0 || is_season(&side))
			return (struct side){ 0 };
		return shift_months(side, count);
	case UNIT_YEAR:
		return (struct side){ .year = side.year + count };
	case UNIT_DECADE:
		break;
	}
	return (struct side){ .year = side.year + count * 10, .about = true };
}

struct span when_span_of(struct side side)
{
	return (struct span){ .from = side, .to = side };
}

struct span when_span_days(int32_t first, int32_t last)
{
	return (struct span){ .from = when_side_of_day(first), .to = when_side_of_day(last) };
}

struct span when_span_week(int32_t day)
{
	int32_t since = (day - MONDAY) % DAYS_A_WEEK;

	if (since < 0)
		since += DAYS_A_WEEK;
	return when_span_days(day - since, day - since + DAYS_A_WEEK - 1);
}

struct span when_span_months(int year, int first, int last)
{
	return (struct span){ .from = { .year = year, .month = first },
			      .to = { .year = year, .month = last } };
}

static struct span part_of_years(int year, int years, enum part part)
{
	int third = years / 3;
	int first = part == PART_MID ? third + 1
		    : part == PART_LATE || part == PART_END ? years - third : 0;
	int last = part == PART_MID ? years - third - 1
		   : part == PART_LATE || part == PART_END ? years - 1 : third;

	return (struct span){ .from = { .year = year + first },
			      .to = { .year = year + last } };
}

static struct span part_of_year(int year, enum part part)
{
	static const int months[][2] = { [PART_EARLY] = { 1, 4 },
					 [PART_MID] = { 5, 8 },
					 [PART_LATE] = { 9, 12 },
					 [PART_END] = { 12, 12 },
					 [PART_START] = { 1, 1 } };

	return when_span_months(year, months[part][0], months[part][1]);
}

static struct span part_of_month(struct side side, enum part part)
{
	int32_t first = when_side_first(&side);

	if (part == PART_EARLY || part == PART_START)
		return when_span_days(first, first + 9);
	if (part == PART_MID)
		return when_span_days(first + 10, first + 19);
	return when_span_days(first + 20, when_side_last(&side));
}

struct span when_span_part(const struct span *whole, enum part part)
{
	struct span out = *whole;
	struct span inner = out;

	if (!when_side_exists(&whole->from))
		return out;
	if (whole->from.blur == 1)
		inner = part_of_years(whole->from.year, 10, part);
	else if (whole->from.blur == 2)
		inner = part_of_years(whole->from.year, 100, part);
	else if (whole->from.month == 0)
		inner = part_of_year(whole->from.year, part);
	else if (!is_season(&whole->from) && whole->from.day == 0)
		inner = part_of_month(whole->from, part);
	out.from = inner.from;
	out.to = inner.to;
	return out;
}

bool when_span_exists(const struct span *span)
{
	return when_side_exists(&span->from) && when_side_exists(&span->to) &&
	       when_side_first(&span->from) <= when_side_last(&span->to);
}

/* snprintf() writes what no locale changes here: plain digits. */
static int write_side(const struct side *side, char *out, size_t size)
{
	const char *about = side->about ? "~" : "";

	if (side->blur == 2)
		return snprintf(out, size, "%02dXX%s", side->year / 100, about);
	if (side->blur == 1)
		return snprintf(out, size, "%03dX%s", side->year / 10, about);
	if (side->month == 0)
		return snprintf(out, size, "%04d%s", side->year, about);
	if (side->day == 0)
		return snprintf(out, size, "%04d-%02d%s", side->year, side->month,
				about);
	return snprintf(out, size, "%04d-%02d-%02d%s", side->year, side->month,
			side->day, about);
}

static bool is_one(const struct span *span)
{
	const struct side *a = &span->from, *b = &span->to;

	return a->year == b->year && a->month == b->month && a->day == b->day &&
	       a->blur == b->blur;
}

void when_span_text(const struct span *span, char out[WHEN_TEXT_SIZE])
{
	int len = write_side(&span->from, out, WHEN_TEXT_SIZE);

	if (is_one(span))
		return;
	out[len] = '/';
	write_side(&span->to, out + len + 1, WHEN_TEXT_SIZE - (size_t)len - 1);
}
