/*
 * test_when.c - the dates that a text names.
 */
#include "check.h"

#include <stdlib.h>

#include "news/dates/when.h"
#include "when_cases.h"

enum { FOUND_MAX = 32, LINE_MAX_BYTES = 1024 };

static struct when_context friday(void)
{
	return (struct when_context){ .has_published = true,
				      .published = ent_day(2024, 2, 23) };
}

/* What holds of whatever was found in whatever text. */
static void check_sound(const char *text, size_t len, const struct when *found,
			size_t count)
{
	size_t end = 0;

	for (size_t i = 0; i < count; i++) {
		const struct when *when = &found[i];
		struct ent_error err = { 0 };
		struct ent_date date;

		if (when->start < end || when->end <= when->start || when->end > len)
			fail_msg("%.*s: bytes %zu to %zu", (int)len, text,
				 when->start, when->end);
		end = when->end;
		assert_true(memchr(when->edtf, '\0', WHEN_TEXT_SIZE) != NULL);
		if ((when->edtf[0] == '\0') != (when->refused || when->duration))
			fail_msg("%.*s: \"%s\"", (int)len, text, when->edtf);
		if (when->edtf[0] != '\0' &&
		    ent_date_parse(when->edtf, &date, &err) < 0)
			fail_msg("%.*s: %s", (int)len, text, err.msg);
		assert_false(when->refused && !when->relative);
	}
}

/* One date as the tables have it. */
static int describe(const struct when *when, char *out, size_t size)
{
	static const char *const relations[] = { "ON", "SINCE", "UNTIL", "AFTER",
						 "BEFORE", "FROM", "BETWEEN" };
	bool letters = when->relative || when->refused || when->vague ||
		       when->future || when->duration;

	return snprintf(out, size, "%s%s%s%s%s%s%s%s%s", relations[when->relation],
			when->edtf[0] ? " " : "", when->edtf, letters ? " " : "",
			when->relative ? "r" : "", when->refused ? "x" : "",
			when->vague ? "v" : "", when->future ? "f" : "",
			when->duration ? "d" : "");
}

static void check_text(const char *text, struct when_context context,
		       const char *dates)
{
	struct when found[FOUND_MAX];
	size_t count = when_find(text, strlen(text), &context, found, FOUND_MAX);
	char line[LINE_MAX_BYTES] = "";
	size_t len = 0;

	check_sound(text, strlen(text), found, count);
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			len += (size_t)snprintf(line + len, sizeof(line) - len, "; ");
		len += (size_t)describe(&found[i], line + len, sizeof(line) - len);
	}
	if (strcmp(line, dates) != 0)
		fail_msg("%s\nis    %s\nwants %s", text, line, dates);
}

static void check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		check_text(rows[i].text, friday(), rows[i].dates);
}

#define TABLE(name) \
	static void name##_are_read(void **state) \
	{ \
		(void)state; \
		check_rows(name, COUNT(name)); \
	}

TABLE(absolute)
TABLE(years)
TABLE(no_dates)
TABLE(parts)
TABLE(ranges)
TABLE(days)
TABLE(relative)
TABLE(later)
TABLE(duration)
TABLE(sentences)

static void the_text_before_names_the_year(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(stories); i++) {
		struct when_context context = friday();

		context.year = stories[i].year;
		context.month = stories[i].month;
		check_text(stories[i].text, context, stories[i].dates);
	}
}

static void nothing_is_guessed_without_publication(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(unpublished); i++) {
		struct when_context context = { .year = unpublished[i].year,
						.month = unpublished[i].month };

		check_text(unpublished[i].text, context, unpublished[i].dates);
	}
}

/* The same words on other days. */
static void other_days(void **state)
{
	static const struct {
		int year, month, day;
		const char *text, *dates;
	} rows[] = {
		{ 2024, 1, 1, "yesterday", "ON 2023-12-31 r" },
		{ 2024, 1, 1, "last month", "ON 2023-12 r" },
		{ 2024, 1, 1, "in January", "ON 2024-01 r" },
		{ 2024, 1, 1, "this week", "ON 2024-01-01/2024-01-07 r" },
		{ 2024, 1, 1, "earlier this year", "ON 2024-01/2024-01-01 r" },
		{ 2024, 12, 31, "tomorrow", "ON 2025-01-01 rf" },
		{ 2024, 12, 31, "next month", "ON 2025-01 rf" },
		{ 2024, 12, 31, "this week", "ON 2024-12-30/2025-01-05 r" },
		{ 2024, 12, 31, "will meet in January", "ON 2025-01 rf" },
		{ 2024, 12, 31, "this winter", "ON 2024-24 r" },
		{ 2024, 7, 14, "on Sunday", "ON 2024-07-14 r" },
		{ 2024, 7, 14, "on Monday", "ON 2024-07-08 r" },
		{ 2024, 7, 14, "next Monday", "ON 2024-07-15 rf" },
		{ 2024, 7, 14, "this summer", "ON 2024-22 r" },
		{ 2024, 7, 14, "last summer", "ON 2023-22 r" },
		{ 2024, 7, 14, "next summer", "ON 2025-22 rf" },
		{ 2024, 7, 14, "last winter", "ON 2023-24 r" },
		{ 2024, 7, 14, "this winter", "ON 2024-24 rf" },
		{ 2024, 3, 31, "a month ago", "ON 2024-02 r" },
		{ 2023, 3, 1, "on 29 February", "ON 2020-02-29 r" },
		{ 2024, 2, 29, "on 29 February", "ON 2024-02-29 r" },
		{ 1, 1, 1, "yesterday", "" },
		{ 1, 1, 1, "last year", "" },
		{ 1, 1, 1, "last week", "" },
		{ 1, 1, 1, "recently", "" },
		{ 9999, 12, 31, "tomorrow", "" },
		{ 9999, 12, 31, "next year", "" },
		{ 9999, 12, 31, "this winter", "ON 9999-24 r" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct when_context context = {
			.has_published = true,
			.published = ent_day(rows[i].year, rows[i].month,
					     rows[i].day),
		};

		check_text(rows[i].text, context, rows[i].dates);
	}
}

static void a_day_that_is_none_is_not_known(void **state)
{
	static const int32_t outside[] = { ENT_DAY_OPEN_START, ENT_DAY_OPEN_END,
					-800000, 3000000 };

	(void)state;
	for (size_t i = 0; i < COUNT(outside); i++) {
		struct when_context context = { .has_published = true,
						.published = outside[i] };

		check_text("yesterday", context, "ON rx");
		check_text("since 2020", context, "SINCE 2020/..");
	}
}

static void a_story_that_is_none_is_not_known(void **state)
{
	static const struct { int year, month; } rows[] = {
		{ INT32_MAX, 0 }, { INT32_MIN, 0 }, { -1, 3 }, { 10000, 3 },
		{ 2012, 13 }, { 2012, 24 }, { 2012, -1 }, { 0, 3 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct when_context context = { .year = rows[i].year,
						.month = rows[i].month };

		check_text("in February", context, "ON rx");
		check_text("a year later", context, "ON rxv");
		context.has_published = true;
		context.published = ent_day(2024, 2, 23);
		check_text("in February", context, "ON 2024-02 r");
	}
}

static void bytes_are_those_of_the_date(void **state)
{
	static const struct {
		const char *text, *date;
	} rows[] = {
		{ "It left in 2012.", "in 2012" },
		{ "It left on 4 March, he said", "on 4 March" },
		{ "since the early 1990s, it", "since the early 1990s" },
		{ "Friday's summit", "Friday" },
		{ "(2012)", "2012" },
		{ "a summit in Feb. It", "in Feb." },
		{ "on Monday night it", "on Monday night" },
		{ "from 1995 to 2003 it", "from 1995 to 2003" },
		{ "from 2005 on, it", "from 2005 on" },
		{ "prior to the end of 2012 it", "prior to the end of 2012" },
		{ "no later than March 2025", "later than March 2025" },
		{ "a 30-day ultimatum", "30-day" },
		{ "\xe2\x80\x9c" "2012\xe2\x80\x9d, in 2014.", "in 2014" },
		{ "\xd0\x95\xd1\x80 on\xc2\xa0" "4 March", "on\xc2\xa0" "4 March" },
		{ "in March\xe2\x80\x93June 2020", "in March\xe2\x80\x93June 2020" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct when_context context = friday();
		struct when when;

		if (when_find(rows[i].text, strlen(rows[i].text), &context, &when,
			      1) != 1 ||
		    when.end - when.start != strlen(rows[i].date) ||
		    memcmp(rows[i].text + when.start, rows[i].date,
			   strlen(rows[i].date)) != 0)
			fail_msg("%s", rows[i].text);
	}
}

static void notes_are_kept(void **state)
{
	static const struct {
		const char *text;
		int year, month;
	} rows[] = {
		{ "in 2012", 2012, 0 },
		{ "in March 2012", 2012, 3 },
		{ "on 4 March 2012", 2012, 3 },
		{ "since March 2012", 2012, 3 },
		{ "from 1995 to 2003", 2003, 0 },
		{ "between March and June 2020", 2020, 6 },
		{ "spring 2020", 2020, 0 },
		{ "last year", 2023, 0 },
		{ "in December", 2023, 12 },
		{ "on 4 December", 2023, 12 },
		{ "circa 1994", 1994, 0 },
		{ "on Friday", 1999, 9 },
		{ "yesterday", 1999, 9 },
		{ "in the 1990s", 1999, 9 },
		{ "in the 20th century", 1999, 9 },
		{ "recently", 1999, 9 },
		{ "for two years", 1999, 9 },
		{ "a day after the vote", 1999, 9 },
		{ "the 1990 treaty", 1999, 9 },
		{ "its 2020 summit", 1999, 9 },
		{ "in the summer of 2022 it", 2022, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct when_context context = friday();
		struct when when;

		context.year = 1999;
		context.month = 9;
		assert_int_equal(when_find(rows[i].text, strlen(rows[i].text),
					   &context, &when, 1), 1);
		when_note(&context, &when);
		if (context.year != rows[i].year || context.month != rows[i].month)
			fail_msg("%s: %d, %d", rows[i].text, context.year,
				 context.month);
	}
}

static void no_more_than_asked_for(void **state)
{
	static const char text[] = "in 2012, in 2013 and in 2014";
	struct when_context context = friday();
	struct when found[3];

	(void)state;
	assert_int_equal(when_find(text, strlen(text), &context, NULL, 0), 0);
	assert_int_equal(when_find(text, strlen(text), &context, found, 2), 2);
	assert_string_equal(found[1].edtf, "2013");
	assert_int_equal(when_find(text, strlen(text), &context, found, 3), 3);
	assert_int_equal(when_find(text, 7, &context, found, 3), 1);
	assert_int_equal(when_find(NULL, 0, &context, found, 3), 0);
}

/* What a text says does not hang on where the window stands. */
static void windows_slide(void **state)
{
	enum { TEXT_MAX = 8192 };
	static const char date[] = "from 4 March to 6 April 2020";
	char *text = malloc(TEXT_MAX);

	(void)state;
	assert_non_null(text);
	for (int words = 0; words < 400; words++) {
		struct when_context context = friday();
		struct when found[2];
		size_t len = 0;

		for (int i = 0; i < words; i++, len += 4)
			memcpy(text + len, "war ", 4);
		memcpy(text + len, date, sizeof(date));
		assert_int_equal(when_find(text, strlen(text), &context, found, 2), 1);
		assert_string_equal(found[0].edtf, "2020-03-04/2020-04-06");
		assert_int_equal(found[0].start, len);
	}
	free(text);
}

/* Every row's text, one behind the other; *out is for free(). */
static size_t long_text(char **out)
{
	static const struct {
		const struct row *rows;
		size_t count;
	} tables[] = { { absolute, COUNT(absolute) }, { ranges, COUNT(ranges) },
		       { relative, COUNT(relative) }, { parts, COUNT(parts) } };
	size_t len = 0;
	char *text = malloc(1 << 16);

	assert_non_null(text);
	for (size_t t = 0; t < COUNT(tables); t++)
		for (size_t i = 0; i < tables[t].count; i++) {
			size_t add = strlen(tables[t].rows[i].text);

			memcpy(text + len, tables[t].rows[i].text, add);
			text[len + add] = ' ';
			len += add + 1;
		}
	*out = text;
	return len;
}

static void check_bytes(const char *text, size_t len)
{
	struct when first[FOUND_MAX], again[FOUND_MAX];
	struct when_context context = friday();
	char *copy = malloc(len ? len : 1);
	size_t count;

	/* A block of its own, so that a sanitizer sees a byte too many. */
	assert_non_null(copy);
	memcpy(copy, text, len);
	count = when_find(copy, len, &context, first, FOUND_MAX);
	check_sound(copy, len, first, count);
	assert_int_equal(when_find(copy, len, &context, again, FOUND_MAX), count);
	for (size_t i = 0; i < count; i++)
		assert_true(first[i].start == again[i].start &&
			    first[i].end == again[i].end &&
			    strcmp(first[i].edtf, again[i].edtf) == 0);
	free(copy);
}

static void every_piece_of_a_text_is_safe(void **state)
{
	char *text = NULL;
	size_t len = long_text(&text);

	(void)state;
	for (size_t end = 0; end <= len; end++)
		check_bytes(text + (end > 200 ? end - 200 : 0),
			    end > 200 ? 200 : end);
	free(text);
}

static uint32_t next_random(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

static void any_bytes_are_safe(void **state)
{
	uint32_t seed = 20240223;
	char bytes[96];

	(void)state;
	for (int round = 0; round < 20000; round++) {
		size_t len = next_random(&seed) % sizeof(bytes);

		for (size_t i = 0; i < len; i++)
			bytes[i] = (char)next_random(&seed);
		check_bytes(bytes, len);
	}
}

/* Words of dates in any order, with a byte broken now and then. */
static void any_words_are_safe(void **state)
{
	static const char *const words[] = {
		"in", "on", "since", "until", "between", "from", "to", "and", "the",
		"of", "early", "late", "end", "March", "May", "Friday", "2012",
		"1990s", "23", "4th", "last", "next", "this", "year", "month",
		"week", "days", "ago", "later", "two", "a", "few", "99", "-", ",",
		"summer", "quarter", "first", "half", "20th", "century", "today",
		"before", "after", "following", "same", "recent", "coming", "(",
		")", "2024-02-23", "more", "than", "about", "Q4", "9999", "999",
	};
	uint32_t seed = 42;
	char text[256];

	(void)state;
	for (int round = 0; round < 20000; round++) {
		size_t len = 0;

		while (len < sizeof(text) - 16) {
			const char *word = words[next_random(&seed) % COUNT(words)];

			len += (size_t)snprintf(text + len, 16, "%s%s", word,
						next_random(&seed) % 8 ? " " : "");
		}
		if (next_random(&seed) % 4 == 0)
			text[next_random(&seed) % len] = (char)next_random(&seed);
		check_bytes(text, len);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(absolute_are_read),
		cmocka_unit_test(years_are_read),
		cmocka_unit_test(no_dates_are_read),
		cmocka_unit_test(parts_are_read),
		cmocka_unit_test(ranges_are_read),
		cmocka_unit_test(days_are_read),
		cmocka_unit_test(relative_are_read),
		cmocka_unit_test(later_are_read),
		cmocka_unit_test(duration_are_read),
		cmocka_unit_test(sentences_are_read),
		cmocka_unit_test(the_text_before_names_the_year),
		cmocka_unit_test(nothing_is_guessed_without_publication),
		cmocka_unit_test(other_days),
		cmocka_unit_test(a_day_that_is_none_is_not_known),
		cmocka_unit_test(a_story_that_is_none_is_not_known),
		cmocka_unit_test(bytes_are_those_of_the_date),
		cmocka_unit_test(notes_are_kept),
		cmocka_unit_test(no_more_than_asked_for),
		cmocka_unit_test(windows_slide),
		cmocka_unit_test(every_piece_of_a_text_is_safe),
		cmocka_unit_test(any_bytes_are_safe),
		cmocka_unit_test(any_words_are_safe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
