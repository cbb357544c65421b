/*
 * date.c - EDTF to the days that it may mean.
 *
 * Source: ISO 8601-2:2019, clause 4 and Annex A; EDTF level 1, Library of
 * Congress.
 */
#include <assert.h>
#include <string.h>

#include "ground/utf8.h"
#include "values/day.h"

enum {
	TEXT_MAX = 128, /* longer than any date with a reasonable fraction */
	SEASON_FIRST = 21,
	SEASON_WINTER = 24
};

static int bad_form(const char *text, struct ent_error *err)
{
	return ent_error_set(err, ENT_EINPUT,
			     "\"%.*s\" is not a date; write 2024-02-23, 2024-02 "
			     "or 2024 (EDTF)", (int)utf8_cut(text, 40), text);
}

static void set_months(struct ent_date *out, int year, int first, int last)
{
	out->lo = ent_day(year, first, 1);
	out->hi = ent_day(year, last, days_in_month(year, last));
}

/* ?, ~ or % and nothing behind it. */
static int take_qualifier(const char *text, const char *at,
			  struct ent_date *date, struct ent_error *err)
{
	unsigned flags = 0;

	if (*at == '\0')
		return ENT_OK;
	if (*at == '?')
		flags = ENT_DATE_UNCERTAIN;
	else if (*at == '~')
		flags = ENT_DATE_APPROXIMATE;
	else if (*at == '%')
		flags = ENT_DATE_UNCERTAIN | ENT_DATE_APPROXIMATE;
	if (flags == 0 || at[1] != '\0')
		return bad_form(text, err);
	date->flags |= flags;
	return ENT_OK;
}

/* YYYX and YYXX.  There is no year 0000. */
static int take_unknown_years(const char *text, struct ent_date *date,
			      struct ent_error *err)
{
	int high = digits2(text);
	bool decade = text[2] != 'X';
	int first, years;

	if (high < 0 || text[3] != 'X' ||
	    (decade && (text[2] < '0' || text[2] > '9')))
		return bad_form(text, err);
	if (text[4] == '-')
		return ent_error_set(err, ENT_EINPUT,
				     "\"%.*s\": a month needs a whole year",
				     (int)utf8_cut(text, 40), text);

	first = high * 100 + (decade ? (text[2] - '0') * 10 : 0);
	years = decade ? 10 : 100;
	date->lo = ent_day(first < YEAR_FIRST ? YEAR_FIRST : first, 1, 1);
	date->hi = ent_day(first + years - 1, MONTHS, 31);
	return take_qualifier(text, text + 4, date, err);
}

static void set_season(struct ent_date *date, int year, int season)
{
	int first = (season - SEASON_FIRST) * 3 + 3;

	if (season != SEASON_WINTER) {
		set_months(date, year, first, first + 2);
		return;
	}
	date->lo = ent_day(year, first, 1);
	date->hi = year == YEAR_LAST ? ent_day(year, MONTHS, 31)
				     : ent_day(year + 1, 2,
					       days_in_month(year + 1, 2));
}

static int take_time(const char *at, struct ent_date *date,
		     struct ent_error *err)
{
	struct clock_time time;
	int rc;

	rc = clock_parse(at + 1, &time, err);
	if (rc < 0)
		return rc;
	date->lo += clock_days(&time);
	if (!day_exists(date->lo))
		return ent_error_set(err, ENT_EINPUT,
				     "its UTC day is not within the years 0001 "
				     "to 9999");
	date->hi = date->lo;
	date->flags |= ENT_DATE_TIME;
	return ENT_OK;
}

/* What stands behind YYYY-MM-. */
static int take_day(const char *text, int year, int month,
		    struct ent_date *date, struct ent_error *err)
{
	const char *at = text + 8;
	int day = digits2(at);
	int rc;

	if (strncmp(at, "XX", 2) == 0) {
		set_months(date, year, month, month);
		return take_qualifier(text, at + 2, date, err);
	}
	if (day < 0)
		return bad_form(text, err);
	rc = calendar_check(year, month, day, err);
	if (rc < 0)
		return rc;
	date->lo = date->hi = ent_day(year, month, day);
	if (at[2] == 'T')
		return take_time(at + 2, date, err);
	return take_qualifier(text, at + 2, date, err);
}

/* What stands behind YYYY-. */
static int take_month(const char *text, int year, struct ent_date *date,
		      struct ent_error *err)
{
	const char *at = text + 5;
	int month = digits2(at);
	int rc;

	if (strncmp(at, "XX", 2) == 0) {
		set_months(date, year, 1, MONTHS);
		if (strncmp(at + 2, "-XX", 3) == 0)
			return take_qualifier(text, at + 5, date, err);
		if (at[2] == '-')
			return ent_error_set(err, ENT_EINPUT,
					     "\"%.*s\": a day needs a month",
					     (int)utf8_cut(text, 40), text);
		return take_qualifier(text, at + 2, date, err);
	}
	if (month < 0)
		return bad_form(text, err);
	if (month >= SEASON_FIRST && month <= SEASON_WINTER) {
		set_season(date, year, month);
		return take_qualifier(text, at + 2, date, err);
	}
	rc = calendar_check(year, month, 1, err);
	if (rc < 0)
		return rc;
	if (at[2] == '-')
		return take_day(text, year, month, date, err);
	set_months(date, year, month, month);
	return take_qualifier(text, at + 2, date, err);
}

/* A date without a slash. */
static int take_side(const char *text, struct ent_date *date,
		     struct ent_error *err)
{
	int year = digits4(text);

	if (strcmp(text, "XXXX") == 0) {
		*date = (struct ent_date){ ENT_DAY_OPEN_START, ENT_DAY_OPEN_END,
					   ENT_DATE_UNKNOWN };
		return ENT_OK;
	}
	if (year < 0 && strlen(text) >= 4 && text[3] == 'X')
		return take_unknown_years(text, date, err);
	if (year < 0)
		return bad_form(text, err);
	if (year < YEAR_FIRST)
		return calendar_check(year, 1, 1, err);
	if (text[4] == '-')
		return take_month(text, year, date, err);
	set_months(date, year, 1, MONTHS);
	return take_qualifier(text, text + 4, date, err);
}

/* One side of A/B; `..` leaves the bounds as they are. */
static int take_bound(const char *text, struct ent_date *side, bool *open,
		      struct ent_error *err)
{
	int rc;

	*open = strcmp(text, "..") == 0;
	if (*open)
		return ENT_OK;
	if (*text == '\0')
		return ent_error_set(err, ENT_EINPUT,
				     "an open side of an interval is written ..");
	rc = take_side(text, side, err);
	if (rc < 0)
		return rc;
	if (side->flags & ENT_DATE_UNKNOWN)
		return ent_error_set(err, ENT_EINPUT,
				     "XXXX cannot stand in an interval; an open "
				     "side is written ..");
	return ENT_OK;
}

/* text is from/to, cut at the slash. */
static int take_interval(const char *from, const char *to,
			 struct ent_date *date, struct ent_error *err)
{
	struct ent_date a = { ENT_DAY_OPEN_START, 0, 0 };
	struct ent_date b = { 0, ENT_DAY_OPEN_END, 0 };
	bool a_open, b_open;
	int rc;

	rc = take_bound(from, &a, &a_open, err);
	if (rc < 0)
		return rc;
	rc = take_bound(to, &b, &b_open, err);
	if (rc < 0)
		return rc;
	if (a_open && b_open)
		return ent_error_set(err, ENT_EINPUT,
				     "../.. says nothing; an unknown date is "
				     "written XXXX");
	if (a.lo > b.hi)
		return ent_error_set(err, ENT_EINPUT,
				     "the interval %s/%s ends before it starts",
				     from, to);
	*date = (struct ent_date){ a.lo, b.hi,
				   a.flags | b.flags | ENT_DATE_INTERVAL };
	return ENT_OK;
}

int ent_date_parse(const char *text, struct ent_date *out,
		   struct ent_error *err)
{
	struct ent_date date = { 0 };
	char copy[TEXT_MAX + 1];
	char *slash;
	int rc;

	assert(text && out);

	if (*text == '\0')
		return ent_error_set(err, ENT_EINPUT, "a date cannot be empty");
	if (strlen(text) > TEXT_MAX)
		return bad_form(text, err);
	memcpy(copy, text, strlen(text) + 1);

	slash = strchr(copy, '/');
	if (slash && strchr(slash + 1, '/'))
		return bad_form(text, err);
	if (slash) {
		*slash = '\0';
		rc = take_interval(copy, slash + 1, &date, err);
	} else {
		rc = take_side(copy, &date, err);
	}
	if (rc < 0)
		return rc;
	*out = date;
	return ENT_OK;
}
