/*
 * slots.h - the state as slots: of every slot the puts that can still matter on
 * the day of the fold, in whatever order the events come, and what a slot holds.
 *
 * This part does not know what an alliance is.  A slot is named by three
 * numbers, a value is a number, and reducers put.
 */
#ifndef ENGINE_SLOTS_H
#define ENGINE_SLOTS_H

#include "ground/map.h"
#include "ground/mem.h"
#include "ground/positions.h"
#include "state/puts.h"

struct slot_key {
	uint32_t scope;
	uint32_t aspect;
	uint64_t element;
};

/* What is asked of a slot decides which puts it keeps. */
enum slot_kind {
	SLOT_LAST,     /* only its value: the last put that is in effect */
	SLOT_POSSIBLE, /* what it may hold too */
	SLOT_SWEPT     /* the same, under sweeps */
};

/* Of the size of a cache line: nearly all slots keep one put, and need no more
 * than this for it. */
struct slot {
	struct slot_key key;
	uint32_t count;
	uint32_t room; /* 0: the put is `one` */
	union {
		struct put one;
		struct put *many; /* in order (lo, phase, seq) */
	} as;
};

/* A put into every slot of one scope and aspect, where it has certain values. */
struct sweep {
	uint32_t scope;
	uint32_t aspect;
	struct puts puts;
};

/* { .day = the day of the fold } is an empty set. */
struct slots {
	int32_t day;
	struct slot *items;
	size_t count;
	size_t room;
	struct positions index;
	struct sweep *sweeps;
	size_t sweeps_count;
	size_t sweeps_room;
	struct map sweeps_index;
};

/* Rows may come in any order.  A slot always has the same kind. */
int slots_put(struct slots *slots, struct slot_key key, enum slot_kind kind,
	      const struct row *row, uint32_t value, struct ent_error *err);

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

/* Borrowed, until the next put. */
struct puts slot_puts(const struct slot *slot);

/* ---- what a slot holds -------------------------------------------------- */

enum { SLOT_NONE = 0 }; /* the value of an empty slot; no put has it */

/* What a slot holds on a day, and may hold. */
struct cell {
	struct slot_key key;
	uint32_t value;   /* SLOT_NONE where it is empty */
	uint64_t decider; /* the event of value; 0 for SLOT_NONE */
	bool certain;
	uint32_t *possible; /* where it is not certain: all values, unsorted,
	                     * value itself among them */
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

/* What a slot with these puts holds, with its certainty; lists are in arena. */
int slot_resolve(struct slot_key key, const struct puts *puts,
		 const struct puts *sweeps, int32_t day, struct arena *arena,
		 struct cell *out, struct ent_error *err);

#endif
