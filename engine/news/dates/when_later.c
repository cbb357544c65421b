/*
 * when_later.c - dates that stand on the one that was named last, spans up to today
 * or from today on, and mere durations.
 */
#include "news/dates/when_private.h"
#include "values/day.h"

enum { COUNT_MAX = 200, DAYS_A_WEEK = 7 };

/* "that year", "the following month", "the previous day" */
bool when_make_same(const struct match *match, int arg, struct span *out)
{
	const struct side *anchor = &match->scan->anchor;
	enum unit unit = when_match_unit(match);

	if (when_span_anchored(match, when_span_unit(*anchor, unit, arg), out))
		return true;
	if (arg >= 0 || !match->scan->published)
		return when_span_refuse_vague(out);
	return when_span_relative(when_span_unit(match->scan->now, unit, arg), out);
}

/* "the following Friday": than the day that was named last */
bool when_make_weekday_after(const struct match *match, int arg, struct span *out)
{
	const struct side *anchor = &match->scan->anchor;
	int32_t day;

	(void)arg;
	if (!match->the || when_match_is_feast(match))
		return false;
	if (!when_side_exists(anchor) || anchor->day == 0)
		return when_span_refuse_vague(out);
	day = when_day_monday(when_side_first(anchor)) + match_value(match, WEEKDAY);
	if (day <= when_side_first(anchor))
		day += DAYS_A_WEEK;
	return when_span_anchored(match, when_span_of(when_side_of_day(day)), out);
}

/* "the following March": than the date that was named last */
bool when_make_month_after(const struct match *match, int arg, struct span *out)
{
	const struct side *anchor = &match->scan->anchor;
	struct side side = { .month = match_value(match, MONTH) };

	(void)arg;
	if (!match->the)
		return false;
	if (!when_side_exists(anchor))
		return when_span_refuse_vague(out);
	side.year = anchor->year + (anchor->month == 0 || anchor->month >= side.month);
	return when_span_anchored(match, when_span_of(side), out);
}

static bool is_plural(const struct match *match)
{
	const struct word *unit =
		when_words_at(&match->scan->words, match->at + match->count - 1);

	return unit->end > unit->start + 1 &&
	       match->scan->words.text[unit->end - 1] == 's';
}

/* As many units as "a few" may be, and "a couple". */
static int few_most(const struct match *match)
{
	return match_value(match, FEW) == 2 ? 3 : 6;
}

bool when_make_few_ago(const struct match *match, int arg, struct span *out)
{
	enum unit unit = when_match_unit(match);
	struct side now = match->scan->now;

	(void)arg;
	if (!match->scan->published)
		return when_span_refuse(out);
	when_span_relative(when_span_unit(now, unit, -few_most(match)), out);
	out->to = when_span_unit(now, unit, -2).to;
	out->vague = true;
	return true;
}

/* "the day before", not "the days before" */
static bool is_the_unit(const struct match *match)
{
	const uint64_t units = KIND(ONE_DAY) | KIND(ONE_WEEK) | KIND(ONE_MONTH) |
			       KIND(ONE_YEAR);

	return match->the && (when_words_at(&match->scan->words, match->at)->is & units);
}

/* "a year later", "two days earlier": than the date that was named last.  "A day
 * after the vote" is a day after what nobody has dated. */
bool when_make_later(const struct match *match, int arg, struct span *out)
{
	bool clause = match_has(match, AFTER) || match_has(match, BEFORE);
	const struct word *behind = match_behind(match);
	int count = match_has(match, COUNT) ? match_value(match, COUNT) : 1;
	struct span moved;

	if (count > COUNT_MAX || (!match_has(match, COUNT) && !is_the_unit(match)))
		return false;
	if (clause && behind->is != 0 && !behind->mark)
		return when_span_refuse_vague(out);
	moved = when_span_unit(match->scan->anchor, when_match_unit(match), arg * count);
	return when_span_anchored(match, moved, out) || when_span_refuse_vague(out);
}

/* "two days after 23 February" */
bool when_make_offset(const struct match *match, int arg, struct span *out)
{
	int count = match_value(match, COUNT);
	struct span moved;

	*out = match->inner;
	if (out->refused)
		return true;
	if (count > COUNT_MAX || out->duration)
		return false;
	moved = when_span_unit(out->from, when_match_unit(match), arg * count);
	if (!when_span_exists(&moved))
		return when_span_refuse_vague(out);
	out->from = moved.from;
	out->to = moved.to;
	return true;
}

/* "in two weeks' time"; arg 1: "a year from now" */
bool when_make_in_time(const struct match *match, int arg, struct span *out)
{
	const struct word *unit = when_words_at(&match->scan->words, match->at + 1);
	int count = match_value(match, COUNT);

	if ((arg == 0 && !unit->possessive) || count > COUNT_MAX)
		return false;
	if (!match->scan->published)
		return when_span_refuse(out);
	when_span_relative(when_span_unit(match->scan->now, when_match_unit(match),
					  count), out);
	out->future = true;
	return true;
}

/* From count units before today to today, or from today on (way 1). */
static bool over(const struct match *match, int count, int way, struct span *out)
{
	enum unit unit = when_match_unit(match);
	struct side now = match->scan->now;
	struct side other;

	if (!match->scan->published)
		return when_span_refuse(out);
	if (unit == UNIT_DECADE)
		other = when_side_shift(now, UNIT_YEAR, way * count * 10);
	else
		other = when_side_shift(now, unit, way * count);
	when_span_relative(when_span_of(now), out);
	if (way < 0)
		out->from = other;
	else
		out->to = other;
	out->future = way > 0;
	return true;
}

/* "over the past five years", "in the next two years", "the past year", "the past
 * months" */
bool when_make_over(const struct match *match, int arg, struct span *out)
{
	int count = match_has(match, COUNT) ? match_value(match, COUNT) : 1;

	if (count > COUNT_MAX || word_is(match_behind(match), OF))
		return false;
	if (match_has(match, COUNT))
		return over(match, count, arg, out);
	if (is_plural(match))
		return when_make_recent(match, arg, out);
	return (match->the || match->head_kind != NONE) && over(match, 1, arg, out);
}

bool when_make_over_few(const struct match *match, int arg, struct span *out)
{
	if (!over(match, few_most(match), arg, out))
		return false;
	out->vague = true;
	return true;
}

/* "in recent weeks", "the coming months" */
bool when_make_recent(const struct match *match, int arg, struct span *out)
{
	static const int most[] = { [UNIT_DAY] = 7, [UNIT_WEEK] = 6,
				    [UNIT_MONTH] = 6, [UNIT_YEAR] = 5,
				    [UNIT_DECADE] = 3 };

	if (!over(match, most[when_match_unit(match)], arg, out))
		return false;
	out->vague = true;
	return true;
}

bool when_make_recently(const struct match *match, int arg, struct span *out)
{
	const struct word *behind = match_behind(match);

	(void)arg;
	if (behind->sign == SIGN_AS)
		return false; /* "as recently as March" */
	if (!match->scan->published)
		return when_span_refuse_vague(out);
	when_span_relative(when_span_of(match->scan->now), out);
	out->from = when_side_shift(match->scan->now, UNIT_MONTH, -3);
	out->vague = true;
	return true;
}

/* "since then", "until then"; arg 1: "since that time" */
bool when_make_then(const struct match *match, int arg, struct span *out)
{
	enum kind head = match->head_kind;

	if (head != SINCE && head != UNTIL && head != BY && head != FROM &&
	    !(arg == 1 && head == AT))
		return false;
	return when_span_anchored(match, when_span_of(match->scan->anchor), out) ||
	       when_span_refuse_vague(out);
}

/* "for two years", "within five years", arg 1: "a 30-day ultimatum", 2: "for
 * years" */
bool when_make_duration(const struct match *match, int arg, struct span *out)
{
	const struct word *unit =
		when_words_at(&match->scan->words, match->at + match->count - 1);

	if (arg == 0 && match->head_kind != FOR && match->head_kind != IN)
		return false;
	if (arg == 1 && !unit->glued)
		return false;
	if (arg == 2 && (match->head_kind != FOR || match->the || !is_plural(match)))
		return false;
	*out = (struct span){ .duration = true };
	return true;
}
