/*
 * clock.c - times of day with their offset, and instants.
 *
 * Source: RFC 3339, section 5.6; seconds may be left out, as ISO 8601 allows.
 */
#include <assert.h>
#include <string.h>

#include "ground/utf8.h"
#include "values/day.h"

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

int digits2(const char *text)
{
	if (!is_digit(text[0]) || !is_digit(text[1]))
		return -1;
	return (text[0] - '0') * 10 + (text[1] - '0');
}

int digits4(const char *text)
{
	int high = digits2(text);
	int low = high < 0 ? -1 : digits2(text + 2);

	return low < 0 ? -1 : high * 100 + low;
}

static int bad_form(const char *text, struct ent_error *err)
{
	return ent_error_set(err, ENT_EINPUT,
			     "time \"%.*s\" is not understood; write 10:00:00Z "
			     "or 10:00:00+03:00", (int)utf8_cut(text, 40), text);
}

/* .f, at least one digit; what is finer than a microsecond is dropped. */
static bool take_fraction(const char **at, int *micros)
{
	int weight = 100000;

	if (**at != '.')
		return true;
	if (!is_digit((*at)[1]))
		return false;
	for (++*at; is_digit(**at); ++*at, weight /= 10)
		*micros += (**at - '0') * weight;
	return true;
}

/* Z, +hh, +hh:mm; in minutes, to be taken off for UTC. */
static bool take_offset(const char *at, int *offset)
{
	int hours, minutes = 0;

	if (strcmp(at, "Z") == 0)
		return true;
	if (*at != '+' && *at != '-')
		return false;
	hours = digits2(at + 1);
	if (hours >= 0 && at[3] == ':')
		minutes = digits2(at + 4);
	if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 ||
	    at[at[3] == ':' ? 6 : 3] != '\0')
		return false;
	*offset = (hours * 60 + minutes) * (*at == '-' ? -1 : 1);
	return true;
}

static int check_clock(int hours, int minutes, int seconds,
		       const struct clock_time *time, struct ent_error *err)
{
	if (hours > 23)
		return ent_error_set(err, ENT_EINPUT, "hour %d does not exist",
				     hours);
	if (minutes > 59)
		return ent_error_set(err, ENT_EINPUT, "minute %d does not exist",
				     minutes);
	/* Leap seconds stand at the end of a UTC day. */
	if (seconds > 60 || (seconds == 60 &&
			     (time->minutes + 2 * MINUTES_A_DAY) % MINUTES_A_DAY !=
			     MINUTES_A_DAY - 1))
		return ent_error_set(err, ENT_EINPUT, "second %d does not exist",
				     seconds);
	return ENT_OK;
}

int clock_parse(const char *text, struct clock_time *out,
		struct ent_error *err)
{
	struct clock_time time = { 0 };
	const char *at = text;
	int hours = digits2(at);
	int minutes = hours >= 0 && at[2] == ':' ? digits2(at + 3) : -1;
	int offset = 0;
	int rc;

	if (minutes < 0)
		return bad_form(text, err);
	at += 5;
	if (*at == ':') {
		time.seconds = digits2(at + 1);
		if (time.seconds < 0)
			return bad_form(text, err);
		at += 3;
		if (!take_fraction(&at, &time.micros))
			return bad_form(text, err);
	}
	if (*at == '\0')
		return ent_error_set(err, ENT_EINPUT,
				     "time \"%.*s\" has no Z or offset behind it",
				     (int)utf8_cut(text, 40), text);
	if (!take_offset(at, &offset))
		return bad_form(text, err);

	time.minutes = hours * 60 + minutes - offset;
	rc = check_clock(hours, minutes, time.seconds, &time, err);
	if (rc < 0)
		return rc;
	*out = time;
	return ENT_OK;
}

int clock_days(const struct clock_time *time)
{
	if (time->minutes < 0)
		return -1;
	return time->minutes >= MINUTES_A_DAY ? 1 : 0;
}

int ent_time_parse(const char *text, int64_t *out_us, struct ent_error *err)
{
	struct clock_time time;
	int year, month, day;
	int64_t seconds;
	int rc;

	assert(text && out_us);

	if (strlen(text) < sizeof("YYYY-MM-DDThh:mmZ") - 1 || text[4] != '-' ||
	    text[7] != '-' || text[10] != 'T')
		goto bad;
	year = digits4(text);
	month = digits2(text + 5);
	day = digits2(text + 8);
	if (year < 0 || month < 0 || day < 0)
		goto bad;
	rc = calendar_check(year, month, day, err);
	if (rc < 0)
		return rc;
	rc = clock_parse(text + 11, &time, err);
	if (rc < 0)
		return rc;
	/* A leap second is the first of the next day. */
	if (!day_exists(ent_day(year, month, day) + clock_days(&time) +
			(time.seconds == 60)))
		return ent_error_set(err, ENT_EINPUT,
				     "its UTC day is not within the years 0001 "
				     "to 9999");

	seconds = ((int64_t)ent_day(year, month, day) * MINUTES_A_DAY +
		   time.minutes) * 60 + time.seconds;
	*out_us = seconds * 1000000 + time.micros;
	return ENT_OK;
bad:
	return ent_error_set(err, ENT_EINPUT,
			     "\"%.*s\" is not a time; write 2025-07-18T09:14:02Z",
			     (int)utf8_cut(text, 40), text);
}
