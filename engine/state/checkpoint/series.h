/*
 * series.h - which rows bear on the same slots: a series is the rows of one of
 * them, or of one list, in the order of the fold.
 *
 * A question about an alliance then walks each series from the day asked about
 * backwards, and stops at the first row that surely decides.
 */
#ifndef ENGINE_SERIES_H
#define ENGINE_SERIES_H

#include "log/row.h"

/* Series are grouped by what a question names first. */
enum group_kind { GROUP_ALLIANCE = 'A', GROUP_TARGET = 'T' };

/* Stored: append at the end, never renumber. */
enum series_kind {
	SERIES_ATTRIBUTES,  /* founded, renamed, led, dissolved */
	SERIES_DISSOLVED,   /* once more by itself: it reaches every membership */
	SERIES_CHAIR,       /* element: role */
	SERIES_MEMBER,      /* element: actor */
	SERIES_EXERCISE,    /* element: name */
	SERIES_EXERCISES,   /* without a name */
	SERIES_COMMITMENTS,
	SERIES_SIGNALS,     /* and whatever is no fact */
	SERIES_WEIGHED      /* of a target: what weighs in a stance */
};

/* A row within a series. */
struct item {
	uint64_t group;  /* series_group() */
	uint64_t series; /* series_key() */
	uint64_t seq;
	int32_t lo, hi;
	int32_t until_lo, until_hi;
	uint32_t who;   /* the actor, or the lead of a founding */
	uint32_t other; /* in SERIES_WEIGHED: the alliance */
	uint8_t type;
	uint8_t modality;
	uint8_t flags;
	uint8_t phase;
	bool fixed; /* not the row, but that something corrects or retracts it */
};

enum { ITEMS_OF_ROW_MAX = 3 };

static inline uint64_t series_group(enum group_kind kind, uint32_t code)
{
	return (uint64_t)kind << 32 | code;
}

static inline uint64_t series_key(enum series_kind kind, uint32_t element)
{
	return (uint64_t)kind << 32 | element;
}

static inline enum series_kind series_kind(uint64_t key)
{
	return (enum series_kind)(key >> 32);
}

/* Where the row belongs; how many there are. */
size_t series_of_row(const struct row *row, struct item out[ITEMS_OF_ROW_MAX]);

/* The row again, of an alliance's group, as far as a fold needs it: without target
 * and publication. */
void series_row(const struct item *item, struct row *out);

/* By group, series, place in the order of the fold; a fix behind its row. */
int item_compare(const struct item *a, const struct item *b);

/* By place alone. */
int item_compare_place(const struct item *a, const struct item *b);

/* Its day or its end is known in part only. */
bool item_is_vague(const struct item *item);

#endif
