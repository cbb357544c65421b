/*
 * tallies.h - how often an actor did what weighs in a stance: in an alliance, and
 * to a target.
 *
 * Who leads an alliance is known only when all events have been folded.  So an
 * event is counted under the alliance that it names and under its target, and
 * where it has both, that is noted too: if the one leads the other, the event
 * was counted twice.
 */
#ifndef ENGINE_TALLIES_H
#define ENGINE_TALLIES_H

#include "ground/positions.h"
#include "values/vocabulary.h"

enum tally_kind { TALLY_NAMED, TALLY_TARGETED };

struct tally {
	enum tally_kind kind;
	uint32_t about; /* the alliance, or the target */
	uint32_t actor;
	uint32_t counts[TYPE_COUNT];
};

/* Something that weighs in a stance. */
struct weight {
	uint32_t alliance;
	uint32_t actor;
	uint32_t target;
	uint8_t type;
};

/* { 0 } is empty. */
struct tallies {
	struct tally *items;
	size_t count;
	size_t room;
	struct positions index;
	struct weight *twofold; /* what has both an alliance and a target */
	size_t twofold_count;
	size_t twofold_room;
};

/* Codes that are 0 are not there. */
int tallies_add(struct tallies *tallies, const struct weight *weight,
		struct ent_error *err);
void tallies_release(struct tallies *tallies);

#endif
