/*
 * generate.h - random histories, each valid by the contract and named by a seed.
 */
#ifndef PROPERTY_GENERATE_H
#define PROPERTY_GENERATE_H

#include <jansson.h>

#include "dice.h"
#include "reference.h"

/* What the dates of a history look like. */
enum generate_family {
	GENERATE_NARROW, /* ranges of some days within a few weeks */
	GENERATE_WIDE,   /* months, seasons, years, decades */
	GENERATE_TIES,   /* many events on few days, all dates known */
	GENERATE_FAMILIES
};

/* A list of events, in the order of recording, each with its id.  New
 * reference. */
json_t *generate_history(uint64_t seed);

/*
 * The same, but no two events share a day, every day is known and nothing is
 * corrected or taken back: the order of recording should not matter.
 */
json_t *generate_distinct(uint64_t seed);

/* A question about the events, mostly on days on which they say something. */
struct reference_basis generate_basis(struct dice *dice, const json_t *events);

/* A random id, in lower case. */
void generate_id(struct dice *dice, char out[37]);

/* A random JSON value as `data` may hold it, at most `levels` deep.  New
 * reference. */
json_t *generate_data(struct dice *dice, unsigned levels);

#endif
