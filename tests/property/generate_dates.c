/*
 * generate_dates.c - random dates, and random questions about them.
 */
#include <stdio.h>
#include <string.h>

#include "generate_private.h"

static long window(enum generate_family family)
{
	switch (family) {
	case GENERATE_WIDE:
		return 6 * 365;
	case GENERATE_TIES:
		return 6;
	default:
		return 40;
	}
}

long generate_day(struct dice *dice, enum generate_family family, long base)
{
	return base + dice_between(dice, 0, window(family) - 1);
}

/* Two days, or one of them open. */
static void interval(long from, long to, char out[GENERATE_DATE_SIZE])
{
	char a[11] = "..";
	char b[11] = "..";

	if (from > REFERENCE_BEFORE_ALL)
		reference_day_text(from, a);
	if (to < REFERENCE_AFTER_ALL)
		reference_day_text(to, b);
	snprintf(out, GENERATE_DATE_SIZE, "%s/%s", a, b);
}

/* A time whose UTC day is often another than the one that is written. */
static void add_time(struct dice *dice, char out[GENERATE_DATE_SIZE])
{
	static const char *const times[] = {
		"T00:00:00Z", "T23:59:59Z",      "T23:30-02:00",
		"T00:30+01:00", "T12:00:00.5+05:45",
	};

	strcat(out, times[dice_index(dice, sizeof(times) / sizeof(times[0]))]);
}

static void flag(struct dice *dice, char out[GENERATE_DATE_SIZE])
{
	static const char *const flags[] = { "?", "~", "%" };

	strcat(out, flags[dice_index(dice, 3)]);
}

static void narrow_date(struct dice *dice, long day,
			char out[GENERATE_DATE_SIZE])
{
	long kind = dice_between(dice, 0, 99);

	reference_day_text(day, out);
	if (kind < 26)
		interval(day, day + dice_between(dice, 0, 5), out);
	else if (kind < 31)
		interval(REFERENCE_BEFORE_ALL, day, out);
	else if (kind < 35)
		interval(day, REFERENCE_AFTER_ALL, out);
	else if (kind < 39)
		strcpy(out, "XXXX");
	else if (kind < 43)
		add_time(dice, out);
	else if (kind < 47)
		flag(dice, out);
}

/* Cuts YYYY-MM-DD to a form with fewer parts. */
static void partial_date(struct dice *dice, char out[GENERATE_DATE_SIZE])
{
	static const struct {
		size_t keep;
		const char *behind;
	} forms[] = {
		{ 7, "" },   { 7, "" },   { 4, "" },    { 8, "XX" },
		{ 4, "-21" }, { 4, "-22" }, { 4, "-23" }, { 4, "-24" },
		{ 3, "X" },  { 5, "XX-XX" }, { 5, "XX" }, { 2, "XX" },
	};
	size_t form = dice_index(dice, sizeof(forms) / sizeof(forms[0]));

	strcpy(out + forms[form].keep, forms[form].behind);
	if (dice_percent(dice, 20) && !strchr(forms[form].behind, 'X'))
		flag(dice, out);
}

static void wide_date(struct dice *dice, long day, char out[GENERATE_DATE_SIZE])
{
	long kind = dice_between(dice, 0, 99);

	reference_day_text(day, out);
	if (kind < 40) {
		partial_date(dice, out);
	} else if (kind < 48) {
		interval(day, day + dice_between(dice, 20, 400), out);
	} else if (kind < 54) {
		/* YYYY-MM/YYYY-MM: the days are cut off. */
		out[7] = '/';
		reference_day_text(day + 200, out + 8);
		out[15] = '\0';
	} else if (kind < 58) {
		interval(REFERENCE_BEFORE_ALL, day, out);
		out[7] = '\0'; /* ../YYYY */
	} else if (kind < 61) {
		interval(day, REFERENCE_AFTER_ALL, out);
	} else if (kind < 64) {
		strcpy(out, "XXXX");
	}
}

void generate_date(struct dice *dice, enum generate_family family, long base,
		   char out[GENERATE_DATE_SIZE])
{
	long day = generate_day(dice, family, base);

	switch (family) {
	case GENERATE_NARROW:
		narrow_date(dice, day, out);
		break;
	case GENERATE_WIDE:
		wide_date(dice, day, out);
		break;
	default:
		reference_day_text(day, out);
		if (dice_percent(dice, 4))
			interval(REFERENCE_BEFORE_ALL, day, out);
		break;
	}
}

/* A day on which some date of the event begins or ends; else the fallback. */
static long edge(struct dice *dice, const json_t *event, long fallback)
{
	static const char *const keys[] = { "date", "date", "until" };
	const char *text = json_string_value(
		json_object_get(event, keys[dice_index(dice, 3)]));
	struct reference_days days;
	long day;

	if (!text || !reference_days_read(text, &days))
		return fallback;
	day = dice_percent(dice, 50) ? days.lo : days.hi;
	if (day <= REFERENCE_BEFORE_ALL)
		day = days.hi;
	if (day >= REFERENCE_AFTER_ALL)
		day = days.lo;
	if (day <= REFERENCE_BEFORE_ALL || day >= REFERENCE_AFTER_ALL)
		return fallback;
	return day;
}

static const json_t *any_event(struct dice *dice, const json_t *events)
{
	return json_array_get(events,
			      dice_index(dice, json_array_size(events)));
}

static long basis_day(struct dice *dice, const json_t *events)
{
	long day = reference_last_day(events);
	long kind = dice_between(dice, 0, 99);

	/* One after the other: compilers differ in the order of arguments. */
	for (int tries = 0; tries < 2; tries++) {
		const json_t *event = any_event(dice, events);

		day = edge(dice, event, day);
	}

	if (kind < 60)
		return day + dice_between(dice, -1, 1);
	if (kind < 70) /* where a stance forgets */
		return day + dice_between(dice, 1825, 1827);
	if (kind < 73)
		return day + dice_between(dice, -8000, 8000);
	return day + dice_between(dice, -9, 9);
}

struct reference_basis generate_basis(struct dice *dice, const json_t *events)
{
	size_t n = json_array_size(events);
	struct reference_basis basis = { .at = basis_day(dice, events),
					 .known = n + 3,
					 .last = 20 };
	const char *text = json_string_value(json_object_get(
		json_object_get(any_event(dice, events), "source"), "published"));
	struct reference_days days;

	if (dice_percent(dice, 30))
		basis.known = dice_index(dice, n + 1);
	if (dice_percent(dice, 30) && text && reference_days_read(text, &days) &&
	    days.hi < REFERENCE_AFTER_ALL) {
		basis.has_published = true;
		basis.published = days.hi + dice_between(dice, -1, 20);
	}
	if (dice_percent(dice, 40))
		basis.last = (size_t)dice_between(dice, 0, 3);
	return basis;
}
