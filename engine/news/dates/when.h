/*
 * when.h - the dates that a text names, as EDTF: absolute ones ("23 February
 * 2024", "in 2012", "the 1990s") and ones that stand on the day of publication
 * ("on Friday", "last month", "yesterday", "in February", "next week").
 */
#ifndef NEWS_WHEN_H
#define NEWS_WHEN_H

#include "entente/date.h"

enum when_relation {
	WHEN_ON,     /* in, on, at, of, for, or nothing in front */
	WHEN_SINCE,  /* since 2020: from then on; edtf is 2020/PUB where PUB is known
	              * and not before, 2020/.. where not */
	WHEN_UNTIL,  /* until 2028, by 2027: edtf is what stands behind */
	WHEN_AFTER,  /* after, following: likewise */
	WHEN_BEFORE, /* before, prior to, ahead of: likewise */
	WHEN_FROM,   /* from 2005 (on), starting Monday: likewise */
	WHEN_BETWEEN /* two dates that were both written, as an interval: between 1995
	              * and 2003, from 1995 to 2003, 1994-1999, on 17-18 March */
};

enum { WHEN_TEXT_SIZE = 32 };

struct when {
	size_t start, end; /* bytes of the text, with the preposition and article */
	enum when_relation relation;
	bool relative;     /* it stands on the day of publication */
	bool refused;      /* relative, and that day is not known, or (with vague) the
	                    * date that it is later than: edtf is "" */
	bool vague;        /* "recently", "in recent years": edtf is an interval */
	bool future;       /* "next week", "tomorrow", or behind publication */
	bool duration;     /* "for two years", "in five years" (= within): edtf is "" */
	bool passing;      /* it names no year that the text goes on in: "on Friday",
	                    * "the 1990 treaty" */
	char edtf[WHEN_TEXT_SIZE];
};

struct when_context {
	bool has_published;
	int32_t published; /* a day; for a month or year, its last day */
	int year;          /* the last year that the text named, 0 for none: what
	                    * "in February" of a story about that year, "that year"
	                    * and "the same year" mean.  Where publication is known,
	                    * "in February" takes it only if it is that day's year or
	                    * the one before */
	int month;         /* the last month named with it, 0 for none */
};

/*
 * Find the dates in text, in order, without overlaps; at most max.  Returns how
 * many.  context->year and month are those before text, and are left as they are
 * behind it.  "and"-lists ("in 2020 and 2023") are one struct each.  Any bytes may
 * stand in text; the time is proportional to len, and nothing is allocated.
 */
size_t when_find(const char *text, size_t len, const struct when_context *context,
		 struct when *out, size_t max);

/*
 * Remember a date that when_find() has found, for the text behind it: the year
 * and month that it names.  What is passing changes nothing, nor what was refused,
 * is vague or no date.
 */
void when_note(struct when_context *context, const struct when *when);

/*
 * A date in a header: RFC 5322 ("Fri, 23 Feb 2024 10:00:00 +0400", old zones and
 * two-digit years too), ISO 8601 or RFC 3339, "23 February 2024", "February 23,
 * 2024".  out gets the day as EDTF, in the zone that is written (a newspaper's
 * day); returns false where text is no date or the day does not exist.
 */
bool when_header(const char *text, char out[WHEN_TEXT_SIZE]);

#endif
