/*
 * when_relative.c - dates that stand on the day of publication.
 */
#include "news/dates/when_private.h"
#include "values/day.h"

enum { DAYS_A_WEEK = 7, MONDAY = 4, COUNT_MAX = 200 };

/* Nothing can be said without the day of publication. */
bool when_span_refuse(struct span *out)
{
	*out = (struct span){ .relative = true, .refused = true };
	return true;
}

/* ... nor without a date that the text has named. */
bool when_span_refuse_vague(struct span *out)
{
	when_span_refuse(out);
	out->vague = true;
	return true;
}

bool when_span_relative(struct span span, struct span *out)
{
	*out = span;
	out->relative = true;
	return true;
}

bool when_span_relative_day(int32_t day, struct span *out)
{
	return when_span_relative(when_span_of(when_side_of_day(day)), out);
}

/* What stands on a date that stands on publication does so, too. */
bool when_span_anchored(const struct match *match, struct span span, struct span *out)
{
	*out = span;
	out->relative = match->scan->anchor_is_relative;
	return when_span_exists(out);
}

enum unit when_match_unit(const struct match *match)
{
	if (match_has(match, ONE_DAY))
		return UNIT_DAY;
	if (match_has(match, ONE_WEEK))
		return UNIT_WEEK;
	if (match_has(match, ONE_MONTH))
		return UNIT_MONTH;
	if (match_has(match, ONE_YEAR))
		return UNIT_YEAR;
	return (enum unit)match_value(match, UNIT);
}

int32_t when_day_monday(int32_t day)
{
	int32_t since = (day - MONDAY) % DAYS_A_WEEK;

	return day - (since < 0 ? since + DAYS_A_WEEK : since);
}

/* The unit as a whole, count of them from base. */
struct span when_span_unit(struct side base, enum unit unit, int count)
{
	struct side side = when_side_shift(base, unit, count);

	if (unit == UNIT_WEEK && when_side_exists(&side))
		return when_span_week(when_side_first(&side));
	return when_span_of(side);
}

static bool is_ahead_of_today(const struct scan *scan, const struct span *span)
{
	return when_span_exists(span) && when_side_first(&span->from) > scan->today;
}

bool when_make_today(const struct match *match, int arg, struct span *out)
{
	const struct word *word =
		when_words_at(&match->scan->words, match->at + match->count - 1);

	if (word->capital && match_before(match, 1)->letters &&
	    match_before(match, 1)->capital)
		return false; /* "Russia Today" */
	if (arg != 0 && match_value(match, TODAY) != arg)
		return false;
	if (!match->scan->published)
		return when_span_refuse(out);
	return when_span_relative_day(match->scan->today + match_value(match, TODAY) +
				      arg, out);
}

/* "this morning", "last night" */
bool when_make_night(const struct match *match, int arg, struct span *out)
{
	if (arg != 0 && match_value(match, HOURS) != -1)
		return false;
	if (!match->scan->published)
		return when_span_refuse(out);
	return when_span_relative_day(match->scan->today + arg, out);
}

/* "Good Friday", "the Sunday Times" */
bool when_match_is_feast(const struct match *match)
{
	return match_before(match, 1)->sign == SIGN_FEAST ||
	       match_behind(match)->sign == SIGN_PAPER;
}

static bool looks_ahead(const struct match *match)
{
	return when_match_heads_ahead(match) || when_match_is_ahead(match);
}

/* arg -1: before today, 1: after, 0: as what stands before says */
bool when_make_weekday(const struct match *match, int arg, struct span *out)
{
	int32_t today = match->scan->today;
	int since;

	if (when_match_is_feast(match))
		return false;
	if (!match->scan->published)
		return when_span_refuse(out);
	since = today - when_day_monday(today) - match_value(match, WEEKDAY);
	if (since < 0)
		since += DAYS_A_WEEK;
	if (arg < 0 && since == 0)
		since = DAYS_A_WEEK;
	if (arg > 0 || (arg == 0 && since > 0 && looks_ahead(match)))
		since -= DAYS_A_WEEK;
	return when_span_relative_day(today - since, out);
}

/* "this Friday", "Friday next week" */
bool when_make_weekday_week(const struct match *match, int arg, struct span *out)
{
	if (when_match_is_feast(match))
		return false;
	if (!match->scan->published)
		return when_span_refuse(out);
	return when_span_relative_day(when_day_monday(match->scan->today) +
				      arg * DAYS_A_WEEK +
				      match_value(match, WEEKDAY), out);
}

/* "last year", "this month", "next week" */
bool when_make_step(const struct match *match, int arg, struct span *out)
{
	enum unit unit = when_match_unit(match);

	if (match->the && arg == -1 && word_is(match_behind(match), OF))
		return false; /* "the last month of the war" */
	if (match->the && match_has(match, NEXT) && unit == UNIT_YEAR &&
	    when_make_same(match, 1, out) && !out->refused)
		return true; /* "the next year" */
	if (!match->scan->published)
		return when_span_refuse(out);
	when_span_relative(when_span_unit(match->scan->now, unit, arg), out);
	out->future = arg > 0;
	return true;
}

/* "last February", "this March", "next May" */
bool when_make_month_step(const struct match *match, int arg, struct span *out)
{
	const struct side *now = &match->scan->now;
	struct side side = { .month = match_value(match, MONTH), .year = now->year };

	if (!match->scan->published)
		return when_span_refuse(out);
	if (arg < 0 && side.month >= now->month)
		side.year--;
	if (arg > 0 && side.month <= now->month)
		side.year++;
	return when_span_relative(when_span_of(side), out);
}

/* The whole unit that holds today. */
static struct span this_unit(const struct match *match)
{
	return when_span_unit(match->scan->now, when_match_unit(match), 0);
}

/* "earlier this month": from its start to today */
bool when_make_since_start(const struct match *match, int arg, struct span *out)
{
	enum unit unit = when_match_unit(match);

	(void)arg;
	if (unit == UNIT_DECADE)
		return false;
	if (!match->scan->published)
		return when_span_refuse(out);
	when_span_relative(this_unit(match), out);
	if (unit == UNIT_YEAR)
		out->from.month = 1;
	else if (unit == UNIT_MONTH)
		out->from.day = 1;
	out->to = match->scan->now;
	return true;
}

/* "later this year": from today to its end */
bool when_make_until_end(const struct match *match, int arg, struct span *out)
{
	enum unit unit = when_match_unit(match);

	(void)arg;
	if (unit == UNIT_DECADE)
		return false;
	if (!match->scan->published)
		return when_span_refuse(out);
	when_span_relative(this_unit(match), out);
	if (unit == UNIT_YEAR)
		out->to.month = MONTHS;
	else if (unit == UNIT_MONTH)
		out->to = when_side_of_day(when_side_last(&out->to));
	out->from = match->scan->now;
	out->future = true;
	return true;
}

/* "the end of the year"; arg 1: "late in the year", 2: "year-end" */
bool when_make_part_now(const struct match *match, int arg, struct span *out)
{
	int part = match_value(match, PART);
	struct span whole;

	if ((arg == 1 && (part == PART_END || part == PART_START)) ||
	    (arg == 2 && part != PART_END))
		return false;
	if (!match->scan->published)
		return when_span_refuse(out);
	whole = this_unit(match);
	if (when_match_unit(match) != UNIT_WEEK)
		whole = when_span_part(&whole, (enum part)part);
	when_span_relative(whole, out);
	out->future = is_ahead_of_today(match->scan, out);
	return true;
}

/* arg 1: "about two years ago" */
bool when_make_ago(const struct match *match, int arg, struct span *out)
{
	int count = match_value(match, COUNT);

	if (!match->scan->published)
		return when_span_refuse(out);
	if (count > COUNT_MAX)
		return false;
	when_span_relative(when_span_unit(match->scan->now, when_match_unit(match),
					  -count), out);
	if (arg == 1)
		out->from.about = out->to.about = true;
	return true;
}

/* "the week of March 4" */
bool when_make_week_of(const struct match *match, int arg, struct span *out)
{
	struct span week;

	(void)arg;
	*out = match->inner;
	if (out->refused)
		return true;
	week = when_span_week(when_side_first(&out->from));
	out->from = week.from;
	out->to = week.to;
	return true;
}
