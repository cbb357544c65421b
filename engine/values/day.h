/*
 * day.h - the calendar below dates and instants.
 */
#ifndef ENGINE_DAY_H
#define ENGINE_DAY_H

#include "entente/date.h"

enum { YEAR_FIRST = 1, YEAR_LAST = 9999, MONTHS = 12, MINUTES_A_DAY = 1440 };

int days_in_month(int year, int month);

/* Whether the day is within the years 0001 to 9999. */
bool day_exists(int32_t day);

/* Two or four digits at text, or -1. */
int digits2(const char *text);
int digits4(const char *text);

/* Check a date in the calendar; messages like "2023-02 has 28 days, not 29". */
int calendar_check(int year, int month, int day, struct ent_error *err);

/* A time of day with its offset. */
struct clock_time {
	int minutes;   /* since midnight UTC of the date as written; may be
	                * negative, or a day and more */
	int seconds;   /* 60 in a leap second */
	int micros;
};

/* Read hh:mm[:ss[.f]] with Z or +hh:mm behind it, up to the NUL. */
int clock_parse(const char *text, struct clock_time *out,
		struct ent_error *err);

/* Days to add to the date as written for the UTC date. */
int clock_days(const struct clock_time *time);

#endif
