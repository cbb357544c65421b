/*
 * reference.h - a second implementation of the contract's sections 4 and 5.
 *
 * It shares nothing with the engine but the contract and its readings.  It is
 * slow and plain on purpose: lists are walked from end to end, and certainty is
 * found by trying every choice of days.
 */
#ifndef PROPERTY_REFERENCE_H
#define PROPERTY_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

/* What lo and hi are where a date is open on that side. */
#define REFERENCE_BEFORE_ALL (-100000000L)
#define REFERENCE_AFTER_ALL 100000000L

/* The days, counted from 1970-01-01, on which something may have happened. */
struct reference_days {
	long lo;
	long hi;
};

/*
 * Mistakes that a fold can make, to see whether the histories would show them.
 */
enum reference_fault {
	REFERENCE_RIGHT,           /* none */
	REFERENCE_RECORDED_ORDER,  /* folds in the order of recording */
	REFERENCE_ONE_HOP,         /* a retraction that is retracted still works */
	REFERENCE_KNOWN_ONE_SIDED, /* events after known still take others back */
	REFERENCE_LATEST_SEQ,      /* the last recorded hides what came later */
	REFERENCE_OPEN_START,      /* an open start counts from the beginning */
	REFERENCE_UNTIL_EMPTIES,   /* what ran out leaves its slot empty */
	REFERENCE_FAULTS
};

struct reference_basis {
	long at;
	size_t known;
	bool has_published;
	long published;
	size_t last; /* entries of a list; 0 = all */
};

/* The days of an EDTF text; false where it is none.  `XXXX` is open on both
 * sides: who asks must know the day of publication. */
bool reference_days_read(const char *text, struct reference_days *out);

long reference_day(long year, long month, long day);

/* The day as YYYY-MM-DD; text has room for 11 bytes. */
void reference_day_text(long day, char text[11]);

/*
 * The map `alliances` for a list of events, the first of which has number 1.
 * Every event carries its id.  New reference.
 */
json_t *reference_replay(const json_t *events,
			 const struct reference_basis *basis,
			 enum reference_fault fault);

/* The last day that a date of these events has; open ends do not count. */
long reference_last_day(const json_t *events);

/* The largest number of choices that any slot of these events asks for. */
double reference_cost(const json_t *events);

/* Slots that were not answered, as they had too many choices, so far. */
size_t reference_skipped(void);

/* Whether to try every day, or days enough for every order, where both can be
 * done; for comparing the two.  Every day is the default. */
void reference_prefer_few_days(bool few);

#endif
