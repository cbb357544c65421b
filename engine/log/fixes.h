/*
 * fixes.h - which events correct or retract which.
 */
#ifndef ENGINE_FIXES_H
#define ENGINE_FIXES_H

#include "doors/store.h"
#include "ground/map.h"

/* One entry of the table. */
struct fix {
	uint64_t target;
	uint64_t by;          /* the event that corrects or retracts it */
	int32_t published_hi; /* of that event */
	bool retracts;
};

enum { FIX_KEY_BYTES = 16, FIX_VALUE_BYTES = 5 };

int fix_put(struct store_txn *txn, const struct fix *fix,
	    struct ent_error *err);

/* ENT_END: it is not there. */
int fix_delete(struct store_txn *txn, uint64_t target, uint64_t by,
	       struct ent_error *err);

/* The targets of the fixes by events from first to last, ascending by the fixing
 * event; owned: mem_free(). */
int fix_targets(struct store_txn *txn, uint64_t first, uint64_t last,
		uint64_t **out, size_t *out_count, struct ent_error *err);

/* That of target by event by.  ENT_END: it is not there, in one order or the
 * other. */
int fix_get(struct store_txn *txn, uint64_t target, uint64_t by,
	    struct fix *out, struct ent_error *err);

/* Those of target, or all of them where target is 0, ascending; owned:
 * mem_free(). */
int fix_list(struct store_txn *txn, uint64_t target, struct fix **out,
	     size_t *out_count, struct ent_error *err);


/* Is the fix in the basis that is asked about? */
typedef bool fix_in_fn(const struct fix *fix, const void *arg);

/* The fix of event seq that is in effect: of those that in() takes, the latest that
 * no such fix takes back.  ENT_END: it is alive. */
int fix_in_effect(struct store_txn *txn, uint64_t seq, fix_in_fn *in,
		  const void *arg, struct fix *out, struct ent_error *err);

/*
 * Sort the fixes of a whole log, the latest first, and find what they take away:
 * *dead leads from a target to the index of the alive fix that corrects or
 * retracts it.  in may be NULL: all are in.  The caller releases *dead, also
 * after a failure.
 */
int fix_find_dead(struct fix *fixes, size_t count, fix_in_fn *in,
		  const void *arg, struct map *dead, struct ent_error *err);

#endif
