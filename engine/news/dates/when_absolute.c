/*
 * when_absolute.c - dates that name their year, or that only lack it.
 */
#include "news/dates/when_private.h"
#include "values/day.h"

/* "circa 1994", "since about 1994", but not "about 1994 others" */
static bool about_year(const struct match *match)
{
	const uint64_t heads = KIND(IN) | KIND(SINCE) | KIND(UNTIL) | KIND(BY) |
			       KIND(FROM);
	int about = match_value(match, ABOUT);

	return about == 1 || (about == 0 && (KIND(match->head_kind) & heads));
}

/* arg 1: "circa 1994", 2: "the year 1994" */
bool when_make_year(const struct match *match, int arg, struct span *out)
{
	enum sign behind = match_behind(match)->sign;
	bool about = arg == 1;

	if (about ? !about_year(match) || behind != SIGN_NONE
		  : arg == 2 ? behind == SIGN_CLOCK : !when_match_is_year(match))
		return false;
	*out = when_span_of((struct side){ .year = match_value(match, YEAR),
					   .about = about });
	out->attribute = !about && when_match_is_attribute(match);
	return true;
}

/* "1994-1999", "2020-21"; "2024-02" is a month. */
bool when_make_years(const struct match *match, int arg, struct span *out)
{
	struct side from = { .year = match_value(match, YEAR) };
	struct side to = from;
	int two = match_value(match, TWO);

	(void)arg;
	if (match_behind(match)->sign == SIGN_CLOCK)
		return false;
	if (!match_has(match, TWO))
		to.year = match->second[YEAR];
	else if (!when_words_at(&match->scan->words, match->at + 2)->glued)
		return false;
	else if (two > from.year % 100 || two == (from.year + 1) % 100)
		to.year += (two - from.year % 100 + 100) % 100;
	else
		from.month = to.month = two > 0 ? two : MONTHS + 1;
	*out = (struct span){ .from = from, .to = to, .range = from.month == 0 };
	return from.month > 0 || from.year < to.year;
}

bool when_make_month(const struct match *match, int arg, struct span *out)
{
	struct side side = { .month = match_value(match, MONTH) };

	(void)arg;
	return when_match_is_month(match) && when_match_guess_year(match, side, out);
}

/* The inner phrase, as a whole year, made more precise. */
static void refine(struct span *span, int month, int day)
{
	span->from.month = month;
	span->from.day = day;
	span->to = span->from;
}

bool when_make_month_year(const struct match *match, int arg, struct span *out)
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
	const struct word *first = when_words_at(&match->scan->words, match->at);
	const struct word *behind = match_behind(match);

	if (word_is(first, MONTH))
		return behind->sign != SIGN_COUNTED && behind->sign != SIGN_CLOCK;
	return true;
}

bool when_make_day(const struct match *match, int arg, struct span *out)
{
	struct side side = { .month = match_value(match, MONTH),
			     .day = match_value(match, DAY) };

	(void)arg;
	if (side.month == 9 && side.day == 11 &&
	    match_behind(match)->sign == SIGN_ATTACKS) {
		side.year = 2001;
		*out = when_span_of(side);
		return true;
	}
	return day_is_free(match) && when_match_guess_year(match, side, out);
}

bool when_make_day_inner(const struct match *match, int arg, struct span *out)
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
bool when_make_month_days(const struct match *match, int arg, struct span *out)
{
	const struct word *last =
		when_words_at(&match->scan->words, match->at + match->count - 1);
	struct side side = { .month = match_value(match, MONTH),
			     .day = match_value(match, DAY) };

	(void)arg;
	if (match_has(match, MONTH) && word_is(last, DAY)) {
		if (!day_is_free(match) || !when_match_guess_year(match, side, out))
			return false;
		return set_days(match, out);
	}
	*out = match->inner;
	if (match_has(match, MONTH))
		out->from.month = match_value(match, MONTH);
	return set_days(match, out);
}

/* "3/4/2023" may be the 3rd of April or the 4th of March: from the first of the two
 * to the last. */
static struct span span_two_ways(struct side side)
{
	struct side other = side;

	other.month = side.day;
	other.day = side.month;
	return when_span_days(when_side_first(side.month < side.day ? &side : &other),
			      when_side_first(side.month < side.day ? &other : &side));
}

bool when_make_full(const struct match *match, int arg, struct span *out)
{
	int value = match_value(match, FULL), date = value < 0 ? -value : value;
	struct side side = { .year = date / 10000, .month = date / 100 % 100,
			     .day = date % 100 };

	(void)arg;
	*out = value < 0 ? span_two_ways(side) : when_span_of(side);
	return true;
}

/* "Friday, March 1" is of a year in which that is a Friday. */
static void heed_weekday(const struct match *match, struct span *span)
{
	static const int years[] = { 0, 1, -1, 2, -2 };
	struct side side = span->from;
	int year = side.year;

	for (size_t i = 0; i < sizeof(years) / sizeof(years[0]); i++) {
		int32_t day;

		side.year = year + years[i];
		if (!when_side_exists(&side))
			continue;
		day = when_side_first(&side);
		if (day - when_day_monday(day) == match_value(match, WEEKDAY)) {
			span->from = span->to = side;
			return;
		}
	}
}

/* "Friday, 23 February", "late on Monday"; arg 1: "Friday (23 February)" */
bool when_make_inner(const struct match *match, int arg, struct span *out)
{
	const struct word *mark = when_words_at(&match->scan->words, match->at + 1);
	int part = match_value(match, PART);

	*out = match->inner;
	if (match_has(match, PART) && (part == PART_END || part == PART_START))
		return false; /* "talks start Friday" */
	if (match_has(match, WEEKDAY) && out->assumed && !out->refused)
		heed_weekday(match, out);
	return arg == 0 || mark->first == '(';
}

bool when_make_season(const struct match *match, int arg, struct span *out)
{
	int year = match_value(match, YEAR);

	(void)arg;
	if (match_has(match, YEAR)) {
		*out = when_span_of((struct side){ .year = year });
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
	*out = when_span_of((struct side){ .year = match->scan->now.year });
	out->relative = true;
	out->refused = !match->scan->published;
	return true;
}

static void set_months(struct span *out, int first, int last)
{
	struct span months = when_span_months(out->from.year, first, last);

	out->from = months.from;
	out->to = months.to;
}

/* "Q3", "the third quarter", or fallback where neither says; 0 for none */
static int quarter_of(const struct match *match, int fallback)
{
	int quarter = match_value(match, QUARTER);

	if (quarter == 0)
		quarter = match_has(match, ORDINAL) ? match_value(match, ORDINAL)
						    : fallback;
	return quarter <= 4 ? quarter : 0;
}

/* arg: the quarter, where no ordinal says it */
bool when_make_quarter(const struct match *match, int arg, struct span *out)
{
	int quarter = quarter_of(match, arg);

	if (quarter == 0 || !whole_year(match, out))
		return false;
	set_months(out, quarter * 3 - 2, quarter * 3);
	return true;
}

/* "in the third quarter" */
bool when_make_quarter_guess(const struct match *match, int arg, struct span *out)
{
	int quarter = quarter_of(match, arg);
	struct side side = { .month = quarter * 3 - 2 };

	if (quarter == 0 || (!match->the && match->head_kind == NONE) ||
	    word_is(match_behind(match), OF) ||
	    !when_match_guess_year(match, side, out))
		return false;
	if (!out->refused)
		set_months(out, quarter * 3 - 2, quarter * 3);
	return true;
}

bool when_make_half(const struct match *match, int arg, struct span *out)
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

bool when_make_half_decade(const struct match *match, int arg, struct span *out)
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

bool when_make_part(const struct match *match, int arg, struct span *out)
{
	if (!part_is_one(match, arg))
		return false;
	*out = when_span_part(&match->inner, (enum part)match_value(match, PART));
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
	const struct word *word = when_words_at(&match->scan->words, match->at);

	return !word_is(word, TWO) || match->the ||
	       (word->glued && word_is(match_before(match, 1), OTHER) &&
		match_before(match, 1)->mark);
}

bool when_make_decade(const struct match *match, int arg, struct span *out)
{
	(void)arg;
	*out = when_span_of(decade_of(match_value(match, DECADE)));
	return decade_is_one(match);
}

bool when_make_part_decade(const struct match *match, int arg, struct span *out)
{
	struct span whole = when_span_of(decade_of(match_value(match, DECADE)));

	(void)arg;
	*out = when_span_part(&whole, (enum part)match_value(match, PART));
	return true;
}

bool when_make_century(const struct match *match, int arg, struct span *out)
{
	int nth = match_value(match, COUNT) + match_value(match, ORDINAL);

	(void)arg;
	*out = when_span_of((struct side){ .year = (nth - 1) * 100, .blur = 2 });
	return nth >= 2 && nth <= 21;
}

bool when_make_part_century(const struct match *match, int arg, struct span *out)
{
	struct span whole;

	if (!when_make_century(match, arg, &whole))
		return false;
	*out = when_span_part(&whole, (enum part)match_value(match, PART));
	return true;
}

bool when_make_half_century(const struct match *match, int arg, struct span *out)
{
	int half = match_value(match, ORDINAL);
	int nth = match->second[ORDINAL];
	int year = (nth - 1) * 100 + (half - 1) * 50;

	(void)arg;
	*out = (struct span){ .from = { .year = year }, .to = { .year = year + 49 } };
	return (half == 1 || half == 2) && nth >= 2 && nth <= 21;
}

/* "the first week of March", "the last day of March"; arg: which, for "last" */
bool when_make_nth(const struct match *match, int arg, struct span *out)
{
	int days = match_has(match, ONE_WEEK) ? 7 : 1;
	int nth = match_has(match, ORDINAL) ? match_value(match, ORDINAL) : arg;
	int length;

	*out = match->inner;
	if (out->refused)
		return true;
	if (!when_side_exists(&out->from) || out->from.month < 1 || out->from.month > MONTHS)
		return false;
	length = days_in_month(out->from.year, out->from.month);
	out->to.day = nth * days < length ? nth * days : length;
	if (match_has(match, ORDINAL) && nth * days > length)
		return false;
	out->from.day = out->to.day - days + 1;
	return true;
}
