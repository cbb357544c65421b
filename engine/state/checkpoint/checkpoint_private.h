/*
 * checkpoint_private.h - what the files of checkpoints share.
 */
#ifndef ENGINE_CHECKPOINT_PRIVATE_H
#define ENGINE_CHECKPOINT_PRIVATE_H

#include "state/checkpoint/checkpoint.h"

enum { CHECKPOINT_KEY_BYTES = 13 };

void checkpoint_key(uint8_t key[CHECKPOINT_KEY_BYTES], uint64_t group,
		    uint64_t first);

int checkpoint_put_span(struct store_txn *txn, const struct span *span,
			struct ent_error *err);

struct items {
	struct item *items;
	size_t count, room;
};

/* The items of a span, or those of one group (0 for all), sorted; the caller frees
 * them, also after a failure. */
int checkpoint_items_of(struct store_txn *txn, const struct span *span,
			uint64_t group, struct items *out,
			struct ent_error *err);

/* Merge the items of one group from several spans, ascending; likewise. */
int checkpoint_merge(struct store_txn *txn, uint64_t group,
		     const struct span *spans, size_t count, struct items *out,
		     struct ent_error *err);

#endif
