/*
 * when_absolute.c - dates that name their year, or that only lack it.
 */
#include "news/when_private.h"
#include "values/day.h"

/* arg 1: "circa 1994", 2: "the year 1994" */
bool make_year(const struct match *match, int arg, struct span *out)
{
	enum sign behind = match_behind(match)->sign;
	bool about = arg == 1;

	if (about ? match_value(match, ABOUT) != 1 || behind != SIGN_NONE
		  : arg == 2 ? behind == SIGN_CLOCK : !match_is_year(match))
		return false;
	*out = span_of((struct side){ .year = match_value(match, YEAR),
				      .about = about });
	return true;
}

/* "1994-1999", "2020-21"; "2024-02" is a month. */
bool make_years(const struct match *match, int arg, struct span *out)
{
	struct side from = { .year = match_value(match, YEAR) };
	struct side to = from;
	int two = match_value(match, TWO);

	(void)arg;
	if (match_behind(match)->sign == SIGN_CLOCK)
		return false;
	if (!match_has(match, TWO))
		to.year = match->second[YEAR];
	else if (!words_at(&match->scan->words, match->at + 2)->glued)
		return false;
	else if (two > from.year % 100 || two == (from.year + 1) % 100)
		to.year += (two - from.year % 100 + 100) % 100;
	else
		from.month = to.month = two > 0 ? two : MONTHS + 1;
	*out = (struct span){ .from = from, .to = to, .range = from.month == 0 };
	return from.month > 0 || from.year < to.year;
}

bool make_month(const struct match *match, int arg, struct span *out)
{
	struct side side = { .month = match_value(match, MONTH) };

	(void)arg;
	return match_is_month(match) && match_guess_year(match, side, out);
}

/* The inner phrase, as a whole year, made more precise. */
static void refine(struct span *span, int month, int day)
{
	span->from.month = month;
	span->from.day = day;
	span->to = span->from;
}

bool make_month_year(const struct match *match, int arg, struct span *out)
{
	(void)arg;
	if (match_value(match, MONTH) == 5 &&
	    match_before(match, 1)->sign == SIGN_PERSON)
		return false;
	*out = match->inner;
	refine(out, match_value(match, MONTH), 0);
	return true;
}

/* "20 percent of the 100 March ..." is none: the day must stand free. */
static bool day_is_free(const struct match *match)
{
	const struct word *first = words_at(&match->scan->words, match->at);
	const struct word *behind = match_behind(match);

	if (word_is(first, MONTH))
		return behind->sign != SIGN_COUNTED && behind->sign != SIGN_CLOCK;
	return true;
}

bool make_day(const struct match *match, int arg, struct span *out)
{
	struct side side = { .month = match_value(match, MONTH),
			     .day = match_value(match, DAY) };

	(void)arg;
	return day_is_free(match) && match_guess_year(match, side, out);
}

bool make_day_inner(const struct match *match, int arg, struct span *out)
{
	int month = match_has(match, MONTH) ? match_value(match, MONTH)
					    : match->inner.from.month;

	(void)arg;
	*out = match->inner;
	refine(out, month, match_value(match, DAY));
	return true;
}

static bool set_days(const struct match *match, struct span *out)
{
	out->to = out->from;
	out->range = true;
	out->from.day = match_value(match, DAY);
	out->to.day = match->second[DAY];
	return out->from.day < out->to.day;
}

/* "17-18 March 2016", "March 17-18, 2016", "March 17-18" */
bool make_month_days(const struct match *match, int arg, struct span *out)
{
	const struct word *last =
		words_at(&match->scan->words, match->at + match->count - 1);
	struct side side = { .month = match_value(match, MONTH),
			     .day = match->second[DAY] };

	(void)arg;
	if (match_has(match, MONTH) && word_is(last, DAY)) {
		if (!day_is_free(match) || !match_guess_year(match, side, out))
			return false;
		return set_days(match, out);
	}
	*out = match->inner;
	if (match_has(match, MONTH))
		out->from.month = match_value(match, MONTH);
	return set_days(match, out);
}

bool make_full(const struct match *match, int arg, struct span *out)
{
	int value = match_value(match, FULL);

	(void)arg;
	*out = span_of((struct side){ .year = value / 10000,
				      .month = value / 100 % 100,
				      .day = value % 100 });
	return true;
}

/* "Friday, 23 February", "late on Monday"; arg 1: "Friday (23 February)" */
bool make_inner(const struct match *match, int arg, struct span *out)
{
	const struct word *mark = words_at(&match->scan->words, match->at + 1);

	int part = match_value(match, PART);

	*out = match->inner;
	if (match_has(match, PART) && (part == PART_END || part == PART_START))
		return false; /* "talks start Friday" */
	return arg == 0 || mark->first == '(';
}

bool make_season(const struct match *match, int arg, struct span *out)
{
	int year = match_value(match, YEAR);

	(void)arg;
	if (match_has(match, YEAR)) {
		*out = span_of((struct side){ .year = year });
		if (match_value(match, SEASON) != WINTER)
			return false;
	} else {
		*out = match->inner;
	}
	refine(out, match_value(match, SEASON), 0);
	return true;
}

/* The year of the rule's phrase, or this one for "of the year". */
static bool whole_year(const struct match *match, struct span *out)
{
	if (!match_has(match, ONE_YEAR)) {
		*out = match->inner;
		return true;
	}
	*out = span_of((struct side){ .year = match->scan->now.year });
	out->relative = true;
	out->refused = !match->scan->published;
	return true;
}

static void set_months(struct span *out, int first, int last)
{
	struct span months = span_months(out->from.year, first, last);

	out->from = months.from;
	out->to = months.to;
}

/* arg: the quarter, where no ordinal says it */
bool make_quarter(const struct match *match, int arg, struct span *out)
{
	int quarter = match_has(match, Q) ? match_value(match, Q)
		      : match_has(match, ORDINAL) ? match_value(match, ORDINAL) : arg;

	if (quarter < 1 || quarter > 4 || !whole_year(match, out))
		return false;
	set_months(out, quarter * 3 - 2, quarter * 3);
	return true;
}

bool make_half(const struct match *match, int arg, struct span *out)
{
	int half = match_value(match, ORDINAL);
	struct side side;

	(void)arg;
	if (half < 1 || half > 2 || !whole_year(match, out))
		return false;
	if (out->from.month == 0) {
		set_months(out, half * 6 - 5, half * 6);
		return true;
	}
	side = out->from;
	if (!out->refused) {
		out->from.day = half == 1 ? 1 : 16;
		out->to.day = half == 1 ? 15 : days_in_month(side.year, side.month);
	}
	return true;
}

bool make_half_decade(const struct match *match, int arg, struct span *out)
{
	int half = match_value(match, ORDINAL);
	int year = match_value(match, DECADE);

	(void)arg;
	out->from = (struct side){ .year = half == 1 ? year : year + 5 };
	out->to = (struct side){ .year = out->from.year + 4 };
	return half == 1 || half == 2;
}

/* "to end March" and "starts in March" speak of no part of March. */
static bool part_is_one(const struct match *match, int arg)
{
	int part = match_value(match, PART);

	if (part != PART_END && part != PART_START)
		return true;
	if (match_has(match, OF) || match_has(match, DASH))
		return arg == 0;
	return arg == 0 && part == PART_END &&
	       (match->head_kind == BY || match->head_kind == AT);
}

bool make_part(const struct match *match, int arg, struct span *out)
{
	if (!part_is_one(match, arg))
		return false;
	*out = span_part(&match->inner, (enum part)match_value(match, PART));
	return true;
}

static struct side decade_of(int year)
{
	bool century = year % 100 == 0 && year != 2000;

	return (struct side){ .year = year, .blur = century ? 2 : 1 };
}

/* "the 90s" needs its article, or an apostrophe: there are temperatures. */
static bool decade_is_one(const struct match *match)
{
	const struct word *word = words_at(&match->scan->words, match->at);

	return !word_is(word, TWO) || match->the ||
	       (word->glued && word_is(match_before(match, 1), OTHER) &&
		match_before(match, 1)->mark);
}

bool make_decade(const struct match *match, int arg, struct span *out)
{
	(void)arg;
	*out = span_of(decade_of(match_value(match, DECADE)));
	return decade_is_one(match);
}

bool make_part_decade(const struct match *match, int arg, struct span *out)
{
	struct span whole = span_of(decade_of(match_value(match, DECADE)));

	(void)arg;
	*out = span_part(&whole, (enum part)match_value(match, PART));
	return true;
}

bool make_century(const struct match *match, int arg, struct span *out)
{
	int nth = match_value(match, COUNT) + match_value(match, ORDINAL);

	(void)arg;
	*out = span_of((struct side){ .year = (nth - 1) * 100, .blur = 2 });
	return nth >= 2 && nth <= 21;
}

bool make_part_century(const struct match *match, int arg, struct span *out)
{
	struct span whole;

	if (!make_century(match, arg, &whole))
		return false;
	*out = span_part(&whole, (enum part)match_value(match, PART));
	return true;
}

bool make_half_century(const struct match *match, int arg, struct span *out)
{
	int half = match_value(match, ORDINAL);
	int nth = match->second[ORDINAL];
	int year = (nth - 1) * 100 + (half - 1) * 50;

	(void)arg;
	*out = (struct span){ .from = { .year = year }, .to = { .year = year + 49 } };
	return (half == 1 || half == 2) && nth >= 2 && nth <= 21;
}
