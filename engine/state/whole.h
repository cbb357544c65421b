/*
 * whole.h - the lists of a state with all their entries, from one step of a trail to
 * the next: where an entry stands in its list, when a step has only those that change.
 */
#ifndef ENGINE_WHOLE_H
#define ENGINE_WHOLE_H

#include "ground/map.h"
#include "state/model.h"

struct whole_list {
	struct place *items; /* in order */
	size_t count, room;
};

/* { 0 } has none. */
struct whole {
	struct whole_list *lists;
	size_t count, room;
	struct map index; /* alliance, list -> position in lists */
};

/* Before which one of its list the entry stands, or would. */
size_t whole_place(const struct whole *whole, const struct entry *entry);

/* What a has and b has not goes; what only b has comes.  Both in order. */
int whole_move(struct whole *whole, const struct model *a,
	       const struct model *b, struct ent_error *err);
void whole_release(struct whole *whole);

#endif
