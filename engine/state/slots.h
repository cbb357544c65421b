/*
 * slots.h - the state as slots: every put of every slot, in the order of the
 * fold, and what a slot holds on a day.
 *
 * This part does not know what an alliance is.  A slot is named by three
 * numbers, a value is a number, and reducers put.
 */
#ifndef ENGINE_SLOTS_H
#define ENGINE_SLOTS_H

#include "ground/map.h"
#include "ground/mem.h"
#include "log/row.h"

struct slot_key {
	uint32_t scope;
	uint32_t aspect;
	uint64_t element;
};

/* From this event on the slot has the value. */
struct put {
	int32_t lo, hi;
	int32_t until_lo, until_hi;
	uint64_t seq;
	uint32_t value;
	uint32_t over; /* of a sweep: a bit for each value (< 32) that it changes;
	                * 0 for a plain put */
	uint8_t phase;
};

struct puts {
	struct put *items; /* in order (lo, phase, seq) */
	size_t count;
	size_t room;
};

struct slot {
	struct slot_key key;
	struct puts puts;
};

/* A put into every slot of one scope and aspect, where it has certain values. */
struct sweep {
	uint32_t scope;
	uint32_t aspect;
	struct puts puts;
};

/* { 0 } is an empty set. */
struct slots {
	struct slot *items;
	size_t count;
	size_t room;
	struct map index;
	struct sweep *sweeps;
	size_t sweeps_count;
	size_t sweeps_room;
	struct map sweeps_index;
};

/* Rows must come in the order of the fold. */
int slots_put(struct slots *slots, struct slot_key key, const struct row *row,
	      uint32_t value, struct ent_error *err);

/* over: a bit for each value that becomes value. */
int slots_sweep(struct slots *slots, uint32_t scope, uint32_t aspect,
		const struct row *row, uint32_t value, uint32_t over,
		struct ent_error *err);

/* The sweeps over a slot, or NULL. */
const struct puts *slots_sweeps_of(const struct slots *slots,
				   struct slot_key key);

const struct slot *slots_find(const struct slots *slots, struct slot_key key);

void slots_release(struct slots *slots);

int slot_key_compare(struct slot_key a, struct slot_key b);

/* ---- what a slot holds -------------------------------------------------- */

bool put_counts(const struct put *put, int32_t day);
bool put_ran_out(const struct put *put, int32_t day);
int put_compare(const struct put *a, const struct put *b);

enum { SLOT_NONE = 0 }; /* the value of an empty slot; no put has it */

/* What a slot holds on a day, and may hold. */
struct cell {
	struct slot_key key;
	uint32_t value;   /* SLOT_NONE where it is empty */
	uint64_t decider; /* the event of value; 0 for SLOT_NONE */
	bool certain;
	uint32_t *possible; /* all values, unsorted, value itself among them */
	size_t possible_count;
	uint64_t *events; /* of the other possible values, in order */
	size_t events_count;
};

/*
 * The put that decides the slot on day, or NULL: section 5.  sweeps may be NULL.
 */
const struct put *slot_hold(const struct puts *puts, const struct puts *sweeps,
			    int32_t day, struct arena *arena, int *out_rc,
			    struct ent_error *err);

/* What it holds, with its certainty; lists are in arena. */
int slot_resolve(const struct slot *slot, const struct puts *sweeps,
		 int32_t day, struct arena *arena, struct cell *out,
		 struct ent_error *err);

#endif
