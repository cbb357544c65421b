/*
 * when_relative.c - dates that stand on the day of publication, or on the date
 * that was named last.
 */
#include "news/when_private.h"
#include "values/day.h"

enum { DAYS_A_WEEK = 7, MONDAY = 4, COUNT_MAX = 200 };

/* Nothing can be said without the day of publication. */
static bool refuse(struct span *out)
{
	*out = (struct span){ .relative = true, .refused = true };
	return true;
}

/* ... nor without a date that the text has named. */
static bool refuse_vague(struct span *out)
{
	refuse(out);
	out->vague = true;
	return true;
}

static bool keep_relative(struct span span, struct span *out)
{
	*out = span;
	out->relative = true;
	return true;
}

static bool keep_day(int32_t day, struct span *out)
{
	return keep_relative(span_of(side_of_day(day)), out);
}

/* What stands on a date that stands on publication does so, too. */
static bool keep_anchored(const struct match *match, struct span span,
			  struct span *out)
{
	*out = span;
	out->relative = match->scan->anchor_is_relative;
	return span_exists(out);
}

static enum unit unit_of(const struct match *match)
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

static int32_t monday_before(int32_t day)
{
	int32_t since = (day - MONDAY) % DAYS_A_WEEK;

	return day - (since < 0 ? since + DAYS_A_WEEK : since);
}

/* The unit as a whole, count of them from base. */
static struct span whole_unit(struct side base, enum unit unit, int count)
{
	struct side side = side_shift(base, unit, count);

	if (unit == UNIT_WEEK && side_exists(&side))
		return span_week(side_first(&side));
	return span_of(side);
}

static bool is_ahead_of_today(const struct scan *scan, const struct span *span)
{
	return span_exists(span) && side_first(&span->from) > scan->today;
}

bool make_today(const struct match *match, int arg, struct span *out)
{
	const struct word *word =
		words_at(&match->scan->words, match->at + match->count - 1);

	if (word->capital && match_before(match, 1)->letters &&
	    match_before(match, 1)->capital)
		return false; /* "Russia Today" */
	if (arg != 0 && match_value(match, TODAY) != arg)
		return false;
	if (!match->scan->published)
		return refuse(out);
	return keep_day(match->scan->today + match_value(match, TODAY) + arg, out);
}

/* "this morning", "last night" */
bool make_night(const struct match *match, int arg, struct span *out)
{
	if (arg != 0 && match_value(match, HOURS) != -1)
		return false;
	if (!match->scan->published)
		return refuse(out);
	return keep_day(match->scan->today + arg, out);
}

/* "Good Friday", "the Sunday Times" */
static bool is_a_name(const struct match *match)
{
	return match_before(match, 1)->sign == SIGN_FEAST ||
	       match_behind(match)->sign == SIGN_PAPER;
}

/* arg -1: before today, 1: after, 0: as what stands before says */
bool make_weekday(const struct match *match, int arg, struct span *out)
{
	int32_t today = match->scan->today;
	int since;

	if (is_a_name(match))
		return false;
	if (!match->scan->published)
		return refuse(out);
	since = today - monday_before(today) - match_value(match, WEEKDAY);
	if (since < 0)
		since += DAYS_A_WEEK;
	if (arg < 0 && since == 0)
		since = DAYS_A_WEEK;
	if (arg > 0 || (arg == 0 && (match->head_kind == UNTIL || match_is_ahead(match))))
		since -= arg == 0 && since == 0 ? 0 : DAYS_A_WEEK;
	return keep_day(today - since, out);
}

/* "the following Friday": than the day that was named last */
bool make_weekday_after(const struct match *match, int arg, struct span *out)
{
	const struct side *anchor = &match->scan->anchor;
	int32_t day;

	(void)arg;
	if (!match->the || is_a_name(match))
		return false;
	if (!side_exists(anchor) || anchor->day == 0)
		return refuse_vague(out);
	day = monday_before(side_first(anchor)) + match_value(match, WEEKDAY);
	if (day <= side_first(anchor))
		day += DAYS_A_WEEK;
	return keep_anchored(match, span_of(side_of_day(day)), out);
}

/* "this Friday", "Friday next week" */
bool make_weekday_week(const struct match *match, int arg, struct span *out)
{
	if (is_a_name(match))
		return false;
	if (!match->scan->published)
		return refuse(out);
	return keep_day(monday_before(match->scan->today) + arg * DAYS_A_WEEK +
			match_value(match, WEEKDAY), out);
}

/* "that year", "the following month", "the previous day" */
bool make_same(const struct match *match, int arg, struct span *out)
{
	const struct side *anchor = &match->scan->anchor;
	enum unit unit = unit_of(match);

	if (keep_anchored(match, whole_unit(*anchor, unit, arg), out))
		return true;
	if (arg >= 0 || !match->scan->published)
		return refuse_vague(out);
	return keep_relative(whole_unit(match->scan->now, unit, arg), out);
}

/* "last year", "this month", "next week" */
bool make_step(const struct match *match, int arg, struct span *out)
{
	enum unit unit = unit_of(match);

	if (match->the && arg == -1 && word_is(match_behind(match), OF))
		return false; /* "the last month of the war" */
	if (match->the && arg == 1 && match_has(match, NEXT) && unit == UNIT_YEAR && make_same(match, 1, out) &&
	    !out->refused)
		return true; /* "the next year" */
	if (!match->scan->published)
		return refuse(out);
	keep_relative(whole_unit(match->scan->now, unit, arg), out);
	out->future = arg > 0;
	return true;
}

/* "last February", "this March", "next May" */
bool make_month_step(const struct match *match, int arg, struct span *out)
{
	const struct side *now = &match->scan->now;
	struct side side = { .month = match_value(match, MONTH), .year = now->year };

	if (!match->scan->published)
		return refuse(out);
	if (arg < 0 && side.month >= now->month)
		side.year--;
	if (arg > 0 && side.month <= now->month)
		side.year++;
	return keep_relative(span_of(side), out);
}

/* "the following March": than the date that was named last */
bool make_month_after(const struct match *match, int arg, struct span *out)
{
	const struct side *anchor = &match->scan->anchor;
	struct side side = { .month = match_value(match, MONTH) };

	(void)arg;
	if (!match->the)
		return false;
	if (!side_exists(anchor))
		return refuse_vague(out);
	side.year = anchor->year + (anchor->month == 0 || anchor->month >= side.month);
	return keep_anchored(match, span_of(side), out);
}

/* The year in which the season began that holds today, or stands next before. */
static int season_year(const struct scan *scan, int season)
{
	struct side side = { .year = scan->now.year, .month = season };

	return side_first(&side) <= scan->today ? side.year : side.year - 1;
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
		return refuse_vague(out);
	*out = span_of((struct side){ .year = match->scan->year,
				      .month = match_value(match, SEASON) });
	return true;
}

/* arg -1: last, 0: this, 1: next, 2: "in the summer", 3: "that summer" */
bool make_season_step(const struct match *match, int arg, struct span *out)
{
	const struct scan *scan = match->scan;
	struct side side = { .month = match_value(match, SEASON) };

	if (arg == 2 && !season_has_article(match))
		return false;
	if (arg == 3)
		return season_of_story(match, out);
	if (!scan->published)
		return refuse(out);
	side.year = season_year(scan, side.month);
	if (!side_exists(&side))
		return false;
	if (arg == -1 && side_last(&side) >= scan->today)
		side.year--;
	if (arg == 1 || (arg == 0 && side_last(&side) < scan->today &&
			 (side.month == WINTER || side.year < scan->now.year)) ||
	    (arg == 2 && match_is_ahead(match) && side_last(&side) < scan->today))
		side.year++;
	return keep_relative(span_of(side), out);
}

/* The whole unit that holds today. */
static struct span this_unit(const struct match *match)
{
	return whole_unit(match->scan->now, unit_of(match), 0);
}

/* "earlier this month": from its start to today */
bool make_since_start(const struct match *match, int arg, struct span *out)
{
	enum unit unit = unit_of(match);

	(void)arg;
	if (unit == UNIT_DECADE)
		return false;
	if (!match->scan->published)
		return refuse(out);
	keep_relative(this_unit(match), out);
	if (unit == UNIT_YEAR)
		out->from.month = 1;
	else if (unit == UNIT_MONTH)
		out->from.day = 1;
	out->to = match->scan->now;
	return true;
}

/* "later this year": from today to its end */
bool make_until_end(const struct match *match, int arg, struct span *out)
{
	enum unit unit = unit_of(match);

	(void)arg;
	if (unit == UNIT_DECADE)
		return false;
	if (!match->scan->published)
		return refuse(out);
	keep_relative(this_unit(match), out);
	if (unit == UNIT_YEAR)
		out->to.month = MONTHS;
	else if (unit == UNIT_MONTH)
		out->to = side_of_day(side_last(&out->to));
	out->from = match->scan->now;
	out->future = true;
	return true;
}

/* "the end of the year"; arg 1: "late in the year", 2: "year-end" */
bool make_part_now(const struct match *match, int arg, struct span *out)
{
	int part = match_value(match, PART);
	struct span whole;

	if ((arg == 1 && (part == PART_END || part == PART_START)) ||
	    (arg == 2 && part != PART_END))
		return false;
	if (!match->scan->published)
		return refuse(out);
	whole = this_unit(match);
	if (unit_of(match) != UNIT_WEEK)
		whole = span_part(&whole, (enum part)part);
	keep_relative(whole, out);
	out->future = is_ahead_of_today(match->scan, out);
	return true;
}

/* arg 1: "about two years ago" */
bool make_ago(const struct match *match, int arg, struct span *out)
{
	int count = match_value(match, COUNT);

	if (!match->scan->published)
		return refuse(out);
	if (count > COUNT_MAX)
		return false;
	keep_relative(whole_unit(match->scan->now, unit_of(match), -count), out);
	if (arg == 1)
		out->from.about = out->to.about = true;
	return true;
}

static bool is_plural(const struct match *match)
{
	const struct word *unit =
		words_at(&match->scan->words, match->at + match->count - 1);

	return unit->end > unit->start + 1 &&
	       match->scan->words.text[unit->end - 1] == 's';
}

/* As many units as "a few" may be, and "a couple". */
static int few_most(const struct match *match)
{
	return match_value(match, FEW) == 2 ? 3 : 6;
}

bool make_few_ago(const struct match *match, int arg, struct span *out)
{
	enum unit unit = unit_of(match);
	struct side now = match->scan->now;

	(void)arg;
	if (!match->scan->published)
		return refuse(out);
	keep_relative(whole_unit(now, unit, -few_most(match)), out);
	out->to = whole_unit(now, unit, -2).to;
	out->vague = true;
	return true;
}

/* "a year later", "two days earlier": than the date that was named last.  "A day
 * after the vote" is a day after what nobody has dated. */
bool make_later(const struct match *match, int arg, struct span *out)
{
	bool clause = match_has(match, AFTER) || match_has(match, BEFORE);
	const struct word *behind = match_behind(match);
	int count = match_value(match, COUNT);

	if (count > COUNT_MAX)
		return false;
	if (clause && behind->is != 0 && !behind->mark)
		return refuse_vague(out);
	return keep_anchored(match, whole_unit(match->scan->anchor, unit_of(match),
					       arg * count), out) ||
	       refuse_vague(out);
}

/* "two days after 23 February" */
bool make_offset(const struct match *match, int arg, struct span *out)
{
	int count = match_value(match, COUNT);
	struct span moved;

	*out = match->inner;
	if (out->refused)
		return true;
	if (count > COUNT_MAX || out->duration)
		return false;
	moved = whole_unit(out->from, unit_of(match), arg * count);
	if (!span_exists(&moved))
		return refuse_vague(out);
	out->from = moved.from;
	out->to = moved.to;
	return true;
}

/* "in two weeks' time"; arg 1: "a year from now" */
bool make_in_time(const struct match *match, int arg, struct span *out)
{
	const struct word *unit = words_at(&match->scan->words, match->at + 1);
	int count = match_value(match, COUNT);

	if ((arg == 0 && !unit->possessive) || count > COUNT_MAX)
		return false;
	if (!match->scan->published)
		return refuse(out);
	keep_relative(whole_unit(match->scan->now, unit_of(match), count), out);
	out->future = true;
	return true;
}

/* From count units before today to today, or from today on (way 1). */
static bool over(const struct match *match, int count, int way, struct span *out)
{
	enum unit unit = unit_of(match);
	struct side now = match->scan->now;
	struct side other;

	if (!match->scan->published)
		return refuse(out);
	if (unit == UNIT_DECADE)
		other = side_shift(now, UNIT_YEAR, way * count * 10);
	else
		other = side_shift(now, unit, way * count);
	keep_relative(span_of(now), out);
	if (way < 0)
		out->from = other;
	else
		out->to = other;
	out->future = way > 0;
	return true;
}

/* "over the past five years", "in the next two years", "the past year", "the past
 * months" */
bool make_over(const struct match *match, int arg, struct span *out)
{
	int count = match_has(match, COUNT) ? match_value(match, COUNT) : 1;

	if (count > COUNT_MAX || word_is(match_behind(match), OF))
		return false;
	if (match_has(match, COUNT))
		return over(match, count, arg, out);
	if (is_plural(match))
		return make_recent(match, arg, out);
	return (match->the || match->head_kind != NONE) && over(match, 1, arg, out);
}

bool make_over_few(const struct match *match, int arg, struct span *out)
{
	if (!over(match, few_most(match), arg, out))
		return false;
	out->vague = true;
	return true;
}

/* "in recent weeks", "the coming months" */
bool make_recent(const struct match *match, int arg, struct span *out)
{
	static const int most[] = { [UNIT_DAY] = 7, [UNIT_WEEK] = 6,
				    [UNIT_MONTH] = 6, [UNIT_YEAR] = 5,
				    [UNIT_DECADE] = 3 };

	if (!over(match, most[unit_of(match)], arg, out))
		return false;
	out->vague = true;
	return true;
}

bool make_recently(const struct match *match, int arg, struct span *out)
{
	(void)arg;
	if (!match->scan->published)
		return refuse_vague(out);
	keep_relative(span_of(match->scan->now), out);
	out->from = side_shift(match->scan->now, UNIT_MONTH, -3);
	out->vague = true;
	return true;
}

/* "since then", "until then"; arg 1: "since that time" */
bool make_then(const struct match *match, int arg, struct span *out)
{
	enum kind head = match->head_kind;

	if (head != SINCE && head != UNTIL && head != BY && head != FROM &&
	    !(arg == 1 && head == AT))
		return false;
	return keep_anchored(match, span_of(match->scan->anchor), out) ||
	       refuse_vague(out);
}

/* "for two years", "within five years", arg 1: "a 30-day ultimatum", 2: "for
 * years" */
bool make_duration(const struct match *match, int arg, struct span *out)
{
	const struct word *unit =
		words_at(&match->scan->words, match->at + match->count - 1);

	if (arg == 0 && match->head_kind != FOR && match->head_kind != IN)
		return false;
	if (arg == 1 && !unit->glued)
		return false;
	if (arg == 2 && (match->head_kind != FOR || !is_plural(match)))
		return false;
	*out = (struct span){ .duration = true };
	return true;
}

/* "the week of March 4" */
bool make_week_of(const struct match *match, int arg, struct span *out)
{
	struct span week;

	(void)arg;
	*out = match->inner;
	if (out->refused)
		return true;
	week = span_week(side_first(&out->from));
	out->from = week.from;
	out->to = week.to;
	return true;
}
