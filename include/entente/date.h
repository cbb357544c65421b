/*
 * date.h - dates as news gives them: EDTF (ISO 8601-2:2019, level 1 and a
 * time of day), read to the days on which the thing may have happened.
 *
 * A day is an int32_t: days since 1970-01-01 in the proleptic Gregorian
 * calendar.  Years run from 0001 to 9999.  No function reads a clock.
 */
#ifndef ENTENTE_DATE_H
#define ENTENTE_DATE_H

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ENT_DAY_OPEN_START INT32_MIN /* lo of `../2012` and of `XXXX` */
#define ENT_DAY_OPEN_END INT32_MAX   /* hi of `2012/..` and of a bare `XXXX` */

enum {
	ENT_DATE_UNCERTAIN = 1,   /* `?`: kept, widens nothing */
	ENT_DATE_APPROXIMATE = 2, /* `~`; `%` sets both */
	ENT_DATE_UNKNOWN = 4,     /* `XXXX`: hi waits for a publication date */
	ENT_DATE_INTERVAL = 8,    /* A/B, ../B or A/.. */
	ENT_DATE_TIME = 16        /* a time of day was given; its UTC day counts */
};

enum { ENT_DAY_TEXT_SIZE = 11 }; /* "2024-02-29" and the NUL */

/* lo <= hi: the first and the last day on which it may have happened. */
struct ent_date {
	int32_t lo;
	int32_t hi;
	unsigned flags;
};

/*
 * Read EDTF: YYYY-MM-DD, YYYY-MM, YYYY, each with `?`, `~` or `%`;
 * YYYY-MM-DDThh:mm[:ss[.f]] with Z or an offset; YYYY-MM-XX, YYYY-XX-XX, YYYX,
 * YYXX, XXXX; seasons YYYY-21 to YYYY-24; A/B, ../B, A/.. of these.
 * `XXXX` alone is [ENT_DAY_OPEN_START, ENT_DAY_OPEN_END] with ENT_DATE_UNKNOWN.
 * Source: ISO 8601-2:2019 clause 4 and Annex A; EDTF level 1, Library of
 * Congress.
 *
 * ENT_EINPUT  not such a form, or a day that does not exist; the message says
 *             which, and for a day out of range what the month has
 */
ENT_API int ent_date_parse(const char *text, struct ent_date *out,
			   struct ent_error *err);

/* The day number of a date in the calendar, which must exist. */
ENT_API int32_t ent_day(int year, int month, int day);

/* Write YYYY-MM-DD and a NUL; days outside 0001..9999 become ".." . */
ENT_API void ent_day_text(int32_t day, char out[ENT_DAY_TEXT_SIZE]);

enum { ENT_TIME_TEXT_SIZE = 28 }; /* "2025-07-18T09:14:02.000001Z" and the NUL */

/* An instant, us since 1970-01-01T00:00:00Z, as RFC 3339 with six digits. */
ENT_API void ent_time_text(int64_t us, char out[ENT_TIME_TEXT_SIZE]);

/*
 * Read an RFC 3339 instant (Z or offset; seconds may be left out) to us.
 *
 * ENT_EINPUT  not such a form
 */
ENT_API int ent_time_parse(const char *text, int64_t *out_us,
			   struct ent_error *err);

#ifdef __cplusplus
}
#endif

#endif
