/*
 * ids_private.h - the two tables of ids, which finding and adding share.
 */
#ifndef ENGINE_IDS_PRIVATE_H
#define ENGINE_IDS_PRIVATE_H

#include "log/ids.h"
#include "log/spans.h"

enum {
	RUN_KEY_BYTES = 8,
	HASH_BYTES = 6,
	WAITING_KEY_BYTES = HASH_BYTES + 8
};

/* All runs; borrowed from the transaction, until its next write. */
struct runs {
	struct id_run items[SPANS_MAX];
	struct spans spans;
};

int ids_read_runs(struct store_txn *txn, struct runs *out,
		  struct ent_error *err);

void ids_waiting_key(uint8_t key[WAITING_KEY_BYTES], uint64_t hash,
		     uint64_t seq);
int ids_read_waiting(struct ent_bytes key, struct ent_bytes value,
		     struct id_entry *out, struct ent_error *err);

#endif
