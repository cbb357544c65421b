/*
 * when_words.c - a text as words, numbers and marks, in a window that slides.
 */
#include <string.h>

#include "ground/utf8.h"
#include "news/dates/when_private.h"
#include "values/day.h"

enum { NO_BREAK_SPACE = 0xa0, YEAR_MIN = 1800, YEAR_MAX = 2100 };

/* What a code point is to us. */
enum class { SPACE, LETTER, DIGIT, MARK };

static bool is_space(int32_t code)
{
	return code <= ' ' || code == NO_BREAK_SPACE || code == 0x1680 ||
	       (code >= 0x2000 && code <= 0x200a) || code == 0x2028 ||
	       code == 0x2029 || code == 0x202f || code == 0x205f ||
	       code == 0x3000;
}

static bool is_letter(int32_t code)
{
	if (code >= 0x80)
		return !(code <= 0xbf || (code >= 0x2000 && code <= 0x2bff) ||
			 (code >= 0x3001 && code <= 0x303f));
	return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
}

static enum class class_of(int32_t code)
{
	if (code < 0)
		return MARK;
	if (is_space(code))
		return SPACE;
	if (code >= '0' && code <= '9')
		return DIGIT;
	return is_letter(code) ? LETTER : MARK;
}

/* The code point at `at`, -1 where the bytes are none; *next is behind it. */
static int32_t peek(const struct words *words, size_t at, size_t *next)
{
	int32_t code;

	*next = at + 1;
	if (at >= words->len)
		return -1;
	if ((unsigned char)words->text[at] < 0x80)
		return words->text[at];
	*next = at;
	code = utf8_next(words->text, words->len, next);
	if (code < 0)
		*next = at + 1;
	return code;
}

static bool is_apostrophe(int32_t code)
{
	return code == '\'' || code == 0x2019;
}

static bool is_digit_at(const struct words *words, size_t at)
{
	return at < words->len && words->text[at] >= '0' && words->text[at] <= '9';
}

static size_t digits_end(const struct words *words, size_t at)
{
	while (is_digit_at(words, at))
		at++;
	return at;
}

static size_t letters_end(const struct words *words, size_t at)
{
	size_t next;
	enum class class;

	for (; at < words->len; at = next) {
		class = class_of(peek(words, at, &next));
		if (class != LETTER && class != DIGIT)
			break;
	}
	return at;
}

/* "Friday's": the 's is stepped over, and so is the ' of "two weeks' time". */
static void take_possessive(struct words *words, struct word *word)
{
	size_t behind, next;

	if (!is_apostrophe(peek(words, word->end, &behind)))
		return;
	if (behind < words->len && words->text[behind] == 's') {
		if (letters_end(words, behind) != behind + 1)
			return;
		word->possessive = true;
		words->at = behind + 1;
	} else if (word->end > word->start && words->text[word->end - 1] == 's' &&
		   class_of(peek(words, behind, &next)) == SPACE) {
		word->possessive = true;
		words->at = behind;
	}
}

static void take_letters(struct words *words, struct word *word)
{
	word->end = letters_end(words, word->start);
	words->at = word->end;
	word->letters = true;
	word->capital = word->first >= 'A' && word->first <= 'Z';
	when_term_look_up(words->text + word->start, word->end - word->start, word);
	if (word->brief && word->end < words->len && words->text[word->end] == '.')
		words->at = ++word->end;
	take_possessive(words, word);
}

static int number_at(const char *text, size_t digits)
{
	int number = 0;

	while (digits-- > 0)
		number = number * 10 + (*text++ - '0');
	return number;
}

static void set_number(struct word *word, const char *digits, size_t count)
{
	word->is = KIND(OTHER);
	if (count > 4)
		return;
	word->value = number_at(digits, count);
	if (count <= 3)
		word->is |= KIND(COUNT);
	if (count <= 2 && word->value >= 1 && word->value <= 31)
		word->is |= KIND(DAY);
	if (count == 2)
		word->is |= KIND(TWO);
	if (count == 4 && word->value >= YEAR_MIN && word->value <= YEAR_MAX)
		word->is |= KIND(YEAR);
}

/* "23rd", "1990s", "90s"; other letters make it no number: "20m", "5pm". */
static void set_suffix(struct word *word, const char *suffix, size_t len,
		       size_t digits)
{
	static const char *const ordinals[] = { "st", "nd", "rd", "th" };
	int value = word->value;
	uint64_t was = word->is;

	word->is = KIND(OTHER);
	if (len == 1 && *suffix == 's' && value % 10 == 0) {
		if (digits == 4 && (was & KIND(YEAR)))
			word->is = KIND(DECADE);
		else if (digits == 2 && value >= 50)
			word->is = KIND(DECADE) | KIND(TWO);
		if (digits == 2)
			word->value += 1900;
	}
	for (size_t i = 0; len == 2 && i < 4; i++)
		if (memcmp(suffix, ordinals[i], 2) == 0 && digits <= 2)
			word->is = KIND(ORDINAL) | (was & KIND(DAY));
}

/* Read 1 or 2 digits, a mark, 1 or 2 digits, the mark again, 4 digits: the day
 * first unless that cannot be.  Only `/` is written month first, too: where that
 * can be another day, the value is negative. */
static size_t read_day_first(const struct words *words, size_t at, int *value)
{
	size_t first = digits_end(words, at), second, third;
	char mark = first < words->len ? words->text[first] : '\0';
	int day, month, year;

	if (first - at > 2 || (mark != '/' && mark != '.' && mark != '-'))
		return 0;
	second = digits_end(words, first + 1);
	if (second == first + 1 || second - first > 3 || second >= words->len ||
	    words->text[second] != mark)
		return 0;
	third = digits_end(words, second + 1);
	if (third - second != 5)
		return 0;
	day = number_at(words->text + at, first - at);
	month = number_at(words->text + first + 1, second - first - 1);
	year = number_at(words->text + second + 1, 4);
	if (month > MONTHS && day <= MONTHS)
		*value = year * 10000 + day * 100 + month;
	else
		*value = year * 10000 + month * 100 + day;
	if (mark == '/' && day <= MONTHS && month <= MONTHS && day != month)
		*value = -*value;
	return third;
}

/* 2024-02-23, with a time of day behind it or not. */
static size_t read_iso(const struct words *words, size_t at, int *value)
{
	const char *text = words->text + at;

	if (words->len - at < 10 || digits_end(words, at) != at + 4 ||
	    text[4] != '-' || digits_end(words, at + 5) != at + 7 ||
	    text[7] != '-' || digits_end(words, at + 8) != at + 10)
		return 0;
	*value = digits4(text) * 10000 + digits2(text + 5) * 100 +
		 digits2(text + 8);
	return at + 10;
}

static size_t time_end(const struct words *words, size_t at)
{
	static const char of_time[] = "0123456789T:.,+-Z";

	while (at < words->len &&
	       memchr(of_time, words->text[at], sizeof(of_time) - 1))
		at++;
	return at;
}

static bool exists(int value)
{
	int year = value / 10000;

	return year >= YEAR_MIN && year <= YEAR_MAX &&
	       calendar_check(year, value / 100 % 100, value % 100, NULL) == ENT_OK;
}

/* A date that is one number; one that does not exist is no date. */
static bool take_full(struct words *words, struct word *word)
{
	bool whole = true;
	int value = 0;
	size_t end = read_iso(words, word->start, &value);

	if (end == 0)
		end = read_day_first(words, word->start, &value);
	if (end == 0)
		return false;
	word->end = end;
	if (end < words->len && words->text[end] == 'T' && is_digit_at(words, end + 1))
		end = time_end(words, end);
	else if (letters_end(words, end) != end)
		whole = false;
	words->at = end;
	word->is = KIND(OTHER);
	word->value = value;
	if (whole && exists(value < 0 ? -value : value))
		word->is = KIND(FULL);
	return true;
}

/* "2,500" and "3.5" are one number, which is no year. */
static size_t grouped_end(const struct words *words, size_t at)
{
	size_t end = at;

	while (end < words->len &&
	       (words->text[end] == ',' || words->text[end] == '.')) {
		bool group = words->text[end] == ',';
		size_t digits = digits_end(words, end + 1) - end - 1;

		if (digits == 0 || (group && digits != 3))
			break;
		end += digits + 1;
	}
	return end;
}

static void take_digits(struct words *words, struct word *word)
{
	const char *digits = words->text + word->start;
	size_t count, end, last;

	if (take_full(words, word))
		return;
	end = digits_end(words, word->start);
	count = end - word->start;
	last = grouped_end(words, end);
	word->is = KIND(OTHER);
	if (last == end) {
		set_number(word, digits, count);
		last = letters_end(words, end);
		if (last != end)
			set_suffix(word, words->text + end, last - end, count);
	} else {
		last = letters_end(words, last);
	}
	word->end = words->at = last;
	take_possessive(words, word);
	if (word->possessive && (word->is & KIND(YEAR)) && word->value % 10 == 0 &&
	    word->value % 100 != 0)
		word->is |= KIND(DECADE); /* "the 1990's" */
}

/* value 1: one that may part two clauses */
static void take_dash(struct word *word, int32_t code)
{
	word->is = KIND(DASH);
	word->value = code == 0x2014 || code == 0x2015;
}

static void take_mark(struct words *words, struct word *word, int32_t code)
{
	word->mark = true;
	word->is = KIND(STOP);
	if (code == ',')
		word->is = KIND(COMMA);
	else if (code == '-' || (code >= 0x2010 && code <= 0x2015) ||
		 code == 0x2212)
		take_dash(word, code);
	else if (code == '/')
		word->is = KIND(SLASH);
	else if (is_apostrophe(code))
		word->is = KIND(OTHER);
	words->at = word->end;
}

/* Read the next word; false at the end. */
static bool take_word(struct words *words, struct word *word)
{
	size_t from = words->at, next = from;
	enum class class = SPACE;
	int32_t code = -1;

	for (; words->at < words->len; words->at = next) {
		code = peek(words, words->at, &next);
		class = class_of(code);
		if (class != SPACE)
			break;
	}
	if (words->at >= words->len)
		return false;
	*word = (struct word){ .start = words->at, .end = next,
			       .glued = words->at == from && from > 0,
			       .first = words->text[words->at] };
	if (class == LETTER)
		take_letters(words, word);
	else if (class == DIGIT)
		take_digits(words, word);
	else
		take_mark(words, word, code);
	return true;
}

static void fill(struct words *words)
{
	while (words->count < WINDOW &&
	       take_word(words, &words->items[words->count]))
		words->count++;
}

void when_words_start(struct words *words, const char *text, size_t len)
{
	words->text = text;
	words->len = len;
	words->at = 0;
	words->count = 0;
	fill(words);
}

size_t when_words_slide(struct words *words, size_t i)
{
	size_t drop = i > WINDOW_BACK ? i - WINDOW_BACK : 0;

	if (words->at >= words->len || i + WINDOW_AHEAD < words->count || drop == 0)
		return i;
	memmove(words->items, words->items + drop,
		(words->count - drop) * sizeof(words->items[0]));
	words->count -= drop;
	fill(words);
	return i - drop;
}

const struct word *when_words_at(const struct words *words, size_t i)
{
	static const struct word nothing = { 0 };

	return i < words->count ? &words->items[i] : &nothing;
}
