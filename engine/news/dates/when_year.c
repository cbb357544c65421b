/*
 * when_year.c - whether four digits are a year, a word a month, and which year a
 * month without one is of.
 */
#include "news/dates/when_private.h"
#include "values/day.h"

enum {
	MONTHS_NEAR = 3, /* "the March summit", "until March" look ahead this far */
	YEARS_NEAR = 1,  /* a year that the story named counts this long */
	LIST_WORDS = 16, /* "in March, May and June 2020" looks ahead this far */
	LEAP_YEARS = 8   /* the longest that one waits for 29 February */
};

static bool heads_year(enum kind kind)
{
	return KIND(kind) & (KIND(IN) | KIND(SINCE) | KIND(UNTIL) | KIND(BY) |
			     KIND(AFTER) | KIND(BEFORE) | KIND(FROM) |
			     KIND(BETWEEN) | KIND(OF) | KIND(LATER) |
			     KIND(EARLIER) | KIND(FOLLOWING) | KIND(FOR) |
			     KIND(TO));
}

/* "the 2008 war", "its 2020 decision", "Armenia's 2020 presidency" */
bool when_match_is_attribute(const struct match *match)
{
	const struct word *before = match_before(match, 1);

	return match_behind(match)->letters &&
	       (match->the || before->sign == SIGN_OWNER || before->possessive);
}

/* "(2012)", "(2012-2014)", "(2012, Moscow)" */
static bool is_in_brackets(const struct match *match)
{
	const struct word *behind = match_behind(match);

	return match_before(match, 1)->first == '(' &&
	       (behind->first == ')' || behind->first == ';' ||
		word_is(behind, COMMA) || word_is(behind, DASH));
}

/* "in 2020 and 2023", "Moscow, 2012." */
static bool is_in_list(const struct match *match)
{
	const struct word *before = match_before(match, 1);
	const struct word *behind = match_behind(match);

	if (!word_is(before, AND) && !word_is(before, COMMA))
		return false;
	if (word_is(match_before(match, 2), YEAR) ||
	    (word_is(match_before(match, 2), COMMA) &&
	     word_is(match_before(match, 3), YEAR)))
		return true;
	return word_is(before, COMMA) && (behind->is == 0 || behind->mark);
}

bool when_match_is_year(const struct match *match)
{
	const struct word *behind = match_behind(match);

	if (behind->sign == SIGN_CLOCK)
		return false;
	if (match->nested)
		return true;
	if (match->head_kind == IN &&
	    when_words_at(&match->scan->words, match->head)->value > 0)
		return false; /* "over 2000 shells" */
	if (behind->sign == SIGN_COUNTED && match->head_kind != IN &&
	    match->head_kind != SINCE)
		return false;
	return heads_year(match->head_kind) || when_match_is_attribute(match) ||
	       when_words_at(&match->scan->words, match->at)->possessive ||
	       match_before(match, 1)->sign == SIGN_DATED ||
	       is_in_brackets(match) || is_in_list(match) ||
	       word_is(match_before(match, 1), ONE_YEAR);
}

/* "March-June 2020" */
static bool is_to_month(const struct match *match)
{
	const struct word *next =
		when_words_at(&match->scan->words, match->at + match->count + 1);

	return word_is(next, MONTH) && (word_is(match_behind(match), DASH) ||
					word_is(match_behind(match), TO));
}

static bool heads_month(enum kind kind)
{
	return kind != NONE && kind != AT && kind != ABOUT;
}

static bool has_dot(const struct match *match, const struct word *word)
{
	return match->scan->words.text[word->end - 1] == '.';
}

bool when_match_is_month(const struct match *match)
{
	const struct word *word = when_words_at(&match->scan->words, match->at);
	const struct word *before = match_before(match, 1);
	const struct word *other = match_before(match, 2);
	bool may = word->value == 5;

	if (match->nested)
		return true;
	if (before->sign == SIGN_PERSON || (may && word->possessive))
		return false;
	if (word->brief && !has_dot(match, word) && match_behind(match)->capital)
		return false; /* "Jan Egeland" */
	if (heads_month(match->head_kind) || match->the || is_to_month(match))
		return true;
	if (word_is(before, AND) || word_is(before, COMMA))
		return word_is(other, MONTH) || word_is(other, YEAR);
	return word->possessive;
}

/* The date in that year, or the next one (step) where a leap day needs it. */
static bool try_year(struct side *side, int year, int step)
{
	for (int i = 0; i <= LEAP_YEARS; i++) {
		side->year = year + i * step;
		if (when_side_exists(side))
			return true;
	}
	return false;
}

/* The last one that is not after the day of publication, or the coming one. */
static bool by_publication(const struct match *match, struct side *side, bool ahead)
{
	int32_t today = match->scan->today;
	int step = ahead ? 1 : -1;
	bool passed;

	if (!try_year(side, match->scan->now.year, step))
		return false;
	passed = ahead ? when_side_last(side) < today : when_side_first(side) > today;
	return !passed || try_year(side, side->year + step, step);
}

/* Has the story gone on into the next year?  "In December 2011 ... in January"; of
 * a sentence before, the year may have been left out later. */
static bool turns_year(const struct scan *scan, int month)
{
	if (scan->published && !scan->year_is_near)
		return month < scan->month;
	return scan->month >= 10 && scan->month <= MONTHS && month <= 3;
}

/* The year that the story named, or the next one.  Where we know the day, a year
 * named long before is of another story. */
static bool by_story(const struct match *match, struct side *side, bool ahead)
{
	const struct scan *scan = match->scan;
	int ago = scan->now.year - scan->year;

	side->year = scan->year + turns_year(scan, side->month);
	if (scan->year == 0 || !when_side_exists(side))
		return false;
	if (!scan->published)
		return true;
	if (!scan->year_is_near && (ago < 0 || ago > YEARS_NEAR))
		return false;
	return ahead ? when_side_last(side) >= scan->today
		     : when_side_first(side) <= scan->today;
}

/* "the March summit" and "until March" in February: not a year ago. */
static bool looks_ahead(const struct match *match, int month)
{
	int months = (month - match->scan->now.month + MONTHS) % MONTHS;
	bool attribute = match->the && !match_has(match, DAY) &&
			 match_behind(match)->letters;

	return (attribute || when_match_heads_ahead(match)) && months > 0 &&
	       months <= MONTHS_NEAR;
}

/* "in March, May and June 2020" */
static int year_of_list(const struct match *match)
{
	const uint64_t inside = KIND(COMMA) | KIND(AND) | KIND(DAY);
	size_t at = match->at + match->count;
	bool month = false;

	for (int i = 0; i < LIST_WORDS; i++, at++) {
		const struct word *word = when_words_at(&match->scan->words, at);

		if (word_is(word, MONTH))
			month = true;
		else if (word_is(word, YEAR))
			return month ? word->value : 0;
		else if (!(word->is & inside))
			return 0;
	}
	return 0;
}

bool when_match_guess_year(const struct match *match, struct side side, struct span *out)
{
	bool ahead = when_match_is_ahead(match) || looks_ahead(match, side.month);

	*out = (struct span){ .assumed = true };
	side.year = year_of_list(match);
	if (!when_side_exists(&side) && !by_story(match, &side, ahead)) {
		out->relative = true;
		out->refused = !match->scan->published;
		if (out->refused)
			side.year = 0;
		else if (!by_publication(match, &side, ahead))
			return false;
	}
	out->from = out->to = side;
	return true;
}
