/*
 * checkpoint.h - folded state that is kept beside the log, so that a question about
 * any day, as known at any point, reads a few rows instead of all.
 *
 * A checkpoint covers the events from one number to another: their rows sorted by
 * what they bear on (series.h) and by the order of the fold, so that the row that
 * decides a slot on a day is found by search.  Checkpoints follow each other without
 * a gap; four of about the same size become one, so that there are few, and each
 * event is written anew only as often as the log grows fourfold.
 *
 * None is ever wrong: what is late goes into the newest, and a question takes from
 * each the rows up to the last known event.  What corrects or retracts an event
 * stands as a mark beside the place of that event.  So nothing that is appended
 * makes a checkpoint unusable, and there is no rule of usability to get wrong.
 *
 * It is a cache.  It carries the version of the reducers and of its form; another
 * version is not read, and is replaced at the next append.
 */
#ifndef ENGINE_CHECKPOINT_H
#define ENGINE_CHECKPOINT_H

#include "ground/buf.h"
#include "state/checkpoint/group.h"

#include "doors/store.h"
#include "log/spans.h"

enum {
	CHECKPOINT_VERSION = 1, /* of series, form, and the order of the fold */
	CHECKPOINT_EVENTS = SPANS_UNIT /* the smallest */
};

/* Those that this program reads, from event 1 on without a gap. */
int checkpoint_list(struct store_txn *txn, struct spans *out,
		    struct ent_error *err);

/* The packed group of one checkpoint.  ENT_END: no row of it is in there. */
int checkpoint_group(struct store_txn *txn, uint64_t group, uint64_t first,
		     struct group *out, struct ent_error *err);

/* The groups that any checkpoint has, ascending: that after *group, into *group.
 * ENT_END after the last.  Begin with 0. */
int checkpoint_next_group(struct store_txn *txn, uint64_t *group,
			  struct ent_error *err);

/*
 * Bring them up to date within a writing transaction: cover what is not covered,
 * where that is `least` events or more, and join small ones; joining stops at about
 * rows_max rows, so that a small append does not wait for large work.  STORE_GROW.
 */
int checkpoint_update(struct store_txn *txn, uint64_t last, uint64_t least,
		      uint64_t rows_max, struct ent_error *err);

/* Make the one that covers event seq anew, where there is one.  STORE_GROW. */
int checkpoint_remake(struct store_txn *txn, uint64_t seq,
		      struct ent_error *err);

int checkpoint_drop(struct store_txn *txn, struct ent_error *err);

/* The groups of one as they follow from the log: called for each, ascending. */
typedef int checkpoint_group_fn(uint64_t group, struct ent_bytes packed,
				void *arg, struct ent_error *err);
int checkpoint_derive(struct store_txn *txn, const struct span *span,
		      checkpoint_group_fn *each, void *arg,
		      struct ent_error *err);

#endif
