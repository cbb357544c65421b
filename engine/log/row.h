/*
 * row.h - the columns of an event that a fold needs, without opening its body.
 */
#ifndef ENGINE_ROW_H
#define ENGINE_ROW_H

#include "values/event.h"

enum {
	ROW_HAS_NAME = 1, /* of a founding: data.name, kind, lead, predecessor */
	ROW_HAS_KIND = 2,
	ROW_HAS_LEAD = 4,
	ROW_HAS_PREDECESSOR = 8
};

/* Codes are those of codes.h, 0 for none. */
struct row {
	uint64_t seq;
	int32_t lo; /* ENT_DAY_OPEN_START for an open start */
	int32_t hi;
	int32_t until_lo; /* ENT_DAY_OPEN_END where there is no until */
	int32_t until_hi;
	int32_t published_hi; /* ENT_DAY_OPEN_END where it is not said */
	uint32_t alliance;
	uint32_t actor;
	uint32_t target;
	uint32_t name; /* role of a chair, data.name of an exercise, lead of a
	                * founding */
	uint8_t phase;
	uint8_t type;     /* enum event_type */
	uint8_t modality; /* enum modality */
	uint8_t flags;
};

/* The order of the fold: lo, phase, seq. */
int row_compare(const struct row *a, const struct row *b);

/* All columns but the codes. */
void row_of_event(const struct ent_event *event, enum event_type type,
		  struct row *out);

bool row_has_open_start(const struct row *row);

/* It counts on day: section 5. */
bool row_counts(const struct row *row, int32_t day);

bool row_ran_out(const struct row *row, int32_t day);

/* Facts and claims of a weighed type. */
bool row_weighs(const struct row *row);

#endif
