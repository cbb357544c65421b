/*
 * entries.h - one list of events: all of them, or the latest so many, from events
 * that come in any order.
 */
#ifndef ENGINE_ENTRIES_H
#define ENGINE_ENTRIES_H

#include "ground/mem.h"
#include "state/puts.h"

enum list { LIST_EXERCISES, LIST_COMMITMENTS, LIST_SIGNALS, LIST_COUNT };

/* One element of a list: an event. */
struct entry {
	uint32_t alliance;
	enum list list;
	int32_t lo; /* its place in the order of the fold */
	uint8_t phase;
	uint64_t seq;
};

/* By alliance, list, place. */
int entry_compare(const struct entry *a, const struct entry *b);

/* The places of its events.  { 0 } is empty; items go to mem_free(). */
struct entries {
	struct place *items;
	size_t count;
	size_t room;
	bool is_cut;      /* items[0] is the oldest that is still of use */
	bool is_unsorted;
};

/* last: how many of the latest are asked for; 0 = all. */
int entries_add(struct entries *entries, size_t last, struct place place,
		struct ent_error *err);

/* Leave those that are asked for, in order. */
void entries_end(struct entries *entries, size_t last);

#endif
