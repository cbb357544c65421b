/*
 * when_season.c - seasons, quarters and weekends that stand on the day of
 * publication.
 */
#include "news/dates/when_private.h"
#include "values/day.h"

enum { DAYS_A_WEEK = 7, SATURDAY = 5 };

/* The year in which the season began that holds today, or stands next before. */
static int season_year(const struct scan *scan, int season)
{
	struct side side = { .year = scan->now.year, .month = season };

	return when_side_first(&side) <= scan->today ? side.year : side.year - 1;
}

static bool season_has_article(const struct match *match)
{
	return (match->the || match->head_kind == IN || match->head_kind == SINCE ||
		match->head_kind == BY || match->head_kind == UNTIL) &&
	       !word_is(match_behind(match), OF) &&
	       match_before(match, 1)->sign != SIGN_FEAST;
}

static bool season_of_story(const struct match *match, struct span *out)
{
	if (match->scan->year == 0)
		return when_span_refuse_vague(out);
	*out = when_span_of((struct side){ .year = match->scan->year,
					   .month = match_value(match, SEASON) });
	return true;
}

/* "this summer" in December is the one that was; "this winter" never is. */
static bool this_year(const struct scan *scan, const struct side *side)
{
	return side->month != WINTER && side->year == scan->now.year;
}

/* arg -1: last, 0: this, 1: next, 2: "in the summer", 3: "that summer" */
bool when_make_season_step(const struct match *match, int arg, struct span *out)
{
	const struct scan *scan = match->scan;
	struct side side = { .month = match_value(match, SEASON) };
	bool is_over;

	if (arg == 2 && !season_has_article(match))
		return false;
	if (arg == 3)
		return season_of_story(match, out);
	if (!scan->published)
		return when_span_refuse(out);
	side.year = season_year(scan, side.month);
	if (!when_side_exists(&side))
		return false;
	is_over = when_side_last(&side) < scan->today;
	if (arg == -1 && !is_over)
		side.year--;
	if (arg == 1 || (is_over && ((arg == 0 && !this_year(scan, &side)) ||
				     (arg == 2 && when_match_is_ahead(match)))))
		side.year++;
	return when_span_relative(when_span_of(side), out);
}

/* Saturday and Sunday; arg -1: last, 0: this, 1: next, 2: "at the weekend" */
bool when_make_weekend(const struct match *match, int arg, struct span *out)
{
	int32_t today = match->scan->today;
	int32_t saturday = when_day_monday(today) + SATURDAY;

	if (arg == 2 && (!match->the || word_is(match_behind(match), OF)))
		return false;
	if (!match->scan->published)
		return when_span_refuse(out);
	if (arg != 2)
		saturday += arg * DAYS_A_WEEK;
	else if (saturday > today && !when_match_is_ahead(match))
		saturday -= DAYS_A_WEEK;
	return when_span_relative(when_span_days(saturday, saturday + 1), out);
}
