/*
 * appending.h - one append under way: what identity.c and append.c share.
 */
#ifndef ENGINE_APPENDING_H
#define ENGINE_APPENDING_H

#include "log/batch.h"
#include "log/fixes.h"
#include "log/tree.h"

/* What the log holds of a draft. */
struct place {
	uint64_t seq; /* where it is already, or 0 */
	bool skip;    /* in the log, or the second time in the batch */
	bool differs; /* the id is there with other content */
};

struct appending {
	struct store_txn *txn;
	const struct ent_batch *batch;
	const struct ent_append_options *options;
	struct place *places;
	struct tree_edge edge;
	uint64_t last;
	int64_t recorded_us;
	uint64_t redacting; /* of the request */
	struct buf stored; /* scratch: one record */
	uint64_t obstacles;
	uint64_t untrue;   /* of those: that say that another is redacted */
	bool checked;    /* every target is there: fixes may be put */
	size_t *by_id;   /* the drafts' indexes, by id */
	uint32_t *codes; /* of the batch's texts; 0 = not looked up yet */
};

/* Tell the caller of an event that stands in the way, and count it. */
void append_obstacle(struct appending *a, const char *label, const char *fmt,
		     ...) ENT_PRINTF(3, 4);

/*
 * Find every draft in the log and in the batch itself, and fill places and
 * by_id.  *out_already is how many the log has, with the same content.
 *
 * ENT_ECONFLICT  an id with other content, or the same event twice
 */
int append_identify(struct appending *a, uint64_t *out_already,
		    struct ent_error *err);

/* The log has some of the batch, but not all: tell which. */
int append_refuse_partial(struct appending *a, uint64_t already,
			  struct ent_error *err);

/* Write what is not skipped.  a->last becomes the last number.  STORE_GROW.
 *
 * ENT_ECONFLICT  an event corrects or retracts what is no event before it
 */
int append_write(struct appending *a, struct ent_error *err);

/* Each event without content must be followed by one that says why.
 *
 * ENT_ECONFLICT  one is not
 */
int append_check_redacted(struct appending *a, struct ent_error *err);

/* Where the draft says that what it fixes is redacted, it must be: an obstacle. */
int append_check_redaction(struct appending *a, const struct draft *draft,
			   const struct fix *fix, struct ent_error *err);

/* fix_put(), and the note of a redaction.  STORE_GROW. */
int append_put_fix(struct appending *a, const struct draft *draft,
		   const struct fix *fix, struct ent_error *err);

#endif
