/*
 * when_header.c - the day of a date in a header, as it is written there.
 *
 * Source: RFC 5322, 3.3 and 4.3 (years of two and three digits); ISO 8601-1.
 */
#include <stdio.h>
#include <string.h>

#include "ground/ascii.h"
#include "news/dates/when.h"
#include "values/day.h"

enum { HEADER_MAX = 128 };

struct header_date {
	int year, month, day; /* 0: not met yet */
	bool day_first;       /* "23 Feb": what follows may be a short year */
	bool time_met;        /* "Fri Feb 23 10:00:00 MSK 2024" */
};

struct word {
	const char *text;
	size_t len;
};

static const char *const months[] = { "january", "february", "march", "april",
				      "may", "june", "july", "august",
				      "september", "october", "november",
				      "december" };
static const char *const weekdays[] = { "monday", "tuesday", "wednesday",
					"thursday", "friday", "saturday",
					"sunday" };

/* Whole or cut to three letters or more; 1 for the first name, 0 for none. */
static int find_name(struct word word, const char *const *names, size_t count)
{
	if (word.len > 0 && word.text[word.len - 1] == '.')
		word.len--;
	for (size_t i = 0; i < count; i++) {
		size_t at = 0;

		while (at < word.len && names[i][at] &&
		       ascii_lower(word.text[at]) == names[i][at])
			at++;
		if (at == word.len && at >= 3)
			return (int)i + 1;
	}
	return 0;
}

/* A space, a comma or a hyphen ("23-Feb-2024") ends a word. */
static bool next_word(const char **at, struct word *out)
{
	size_t len = strcspn(*at += strspn(*at, " \t,-"), " \t,-");

	*out = (struct word){ *at, len };
	*at += len;
	return len > 0;
}

static bool is_ordinal(struct word end)
{
	return end.len == 0 || ascii_same(end.text, end.len, "st") ||
	       ascii_same(end.text, end.len, "nd") ||
	       ascii_same(end.text, end.len, "rd") ||
	       ascii_same(end.text, end.len, "th");
}

static int full_year(int number, size_t digits)
{
	if (digits == 4)
		return number;
	if (digits == 3)
		return number + 1900;
	return number + (number < 50 ? 2000 : 1900);
}

static bool take_number(struct word word, struct header_date *date)
{
	size_t digits = 0;
	int number = 0;

	while (digits < word.len && digits < 5 && ascii_is_digit(word.text[digits]))
		number = number * 10 + (word.text[digits++] - '0');
	if (!is_ordinal((struct word){ word.text + digits, word.len - digits }))
		return false;
	if (digits <= 2 && date->day == 0) {
		date->day = number;
		date->day_first = date->month == 0;
		return number > 0;
	}
	if (digits > 4 || date->year != 0 || digits != word.len ||
	    (digits < 4 && !date->day_first))
		return false;
	date->year = full_year(number, digits);
	return date->year > 0;
}

static bool take_word(struct word word, struct header_date *date)
{
	int month = find_name(word, months, 12);

	if (memchr(word.text, ':', word.len)) {
		date->time_met = true;
		return true;
	}
	if (ascii_is_digit(word.text[0]))
		return take_number(word, date);
	if (month && date->month == 0) {
		date->month = month;
		return true;
	}
	return date->time_met || find_name(word, weekdays, 7) != 0;
}

static bool is_before_christ(struct word word)
{
	return ascii_same(word.text, word.len, "bc") ||
	       ascii_same(word.text, word.len, "bce") ||
	       ascii_starts(word.text, word.len, "b.c");
}

static bool take_words(const char *at, struct header_date *date)
{
	struct word word;

	while (date->year == 0 || date->month == 0 || date->day == 0)
		if (!next_word(&at, &word) || !take_word(word, date))
			return false;
	while (next_word(&at, &word))
		if (is_before_christ(word))
			return false;
	return true;
}

/* 2024-02-23, 2024/02/23 or 20240223, and a time behind it. */
static bool take_iso(const char *text, struct header_date *date)
{
	const char *at = text + 4, *mark = at;
	bool marked = *mark == '-' || *mark == '/';

	date->year = digits4(text);
	if (date->year <= 0)
		return false;
	date->month = digits2(at += marked);
	if (date->month <= 0 || (marked && at[2] != *mark))
		return false;
	date->day = digits2(at += 2 + marked);
	if (date->day <= 0)
		return false;
	return at[2] == '\0' || strchr("Tt ,Z+", at[2]) != NULL;
}

static int small_number(struct word word)
{
	int number = 0;

	if (word.len > 2)
		return 0;
	for (size_t i = 0; i < word.len; i++) {
		if (!ascii_is_digit(word.text[i]))
			return 0;
		number = number * 10 + (word.text[i] - '0');
	}
	return number;
}

/* 23.02.2024, 23-2-2024, 23/2/2024 or 2/23/2024, and a time behind it.  What might
 * be two days, as 3/4/2024, is none. */
static bool take_numeric(const char *text, struct header_date *date)
{
	size_t len = strspn(text, "0123456789");
	struct word first = { text, len };
	struct word second = { text + len + (text[len] != '\0'), 0 };
	char mark = text[len];
	int swap;

	second.len = strspn(second.text, "0123456789");
	text = second.text + second.len;
	if (!mark || !strchr("./-", mark) || *text != mark)
		return false;
	date->day = small_number(first);
	date->month = small_number(second);
	date->year = digits4(text + 1);
	if (date->day == 0 || date->month == 0 || date->year <= 0 ||
	    (text[5] && !strchr(" ,T", text[5])))
		return false;
	if (mark != '/' || date->day == date->month || date->day > 12)
		return true;
	swap = date->day;
	date->day = date->month;
	date->month = swap;
	return date->day > 12;
}

static bool starts_with_digits(const char *text, size_t count)
{
	size_t at = 0;

	while (at < count && ascii_is_digit(text[at]))
		at++;
	return at == count;
}

static bool take_date(const char *text, size_t len, struct header_date *date)
{
	size_t digits = strspn(text, "0123456789");

	if (len >= 8 && starts_with_digits(text, 4))
		return take_iso(text, date);
	if (digits > 0 && digits <= 2 && text[digits] && strchr("./-", text[digits]) &&
	    ascii_is_digit(text[digits + 1]))
		return take_numeric(text, date);
	return take_words(text, date);
}

bool when_header(const char *text, char out[WHEN_TEXT_SIZE])
{
	struct header_date date = { 0 };
	size_t len;

	while (ascii_is_space(*text))
		text++;
	len = strnlen(text, HEADER_MAX + 1);
	if (len > HEADER_MAX || *text == '-')
		return false;
	if (!take_date(text, len, &date))
		return false;
	if (calendar_check(date.year, date.month, date.day, NULL) < 0)
		return false;
	snprintf(out, WHEN_TEXT_SIZE, "%04d-%02d-%02d", date.year, date.month,
		 date.day);
	return true;
}
