/*
 * ids.h - where each id is: exact, and for ever.
 *
 * Ids are random keys, and a tree of pages takes those slowly: every one touches a
 * page of its own.  So they go into sorted runs of many (id_run.h), joined as
 * spans.h says; only the ids of small appends wait in a table of their own until
 * there are enough.
 */
#ifndef ENGINE_IDS_H
#define ENGINE_IDS_H

#include "doors/store.h"
#include "log/id_run.h"

enum {
	IDS_LARGE = 256,    /* new ids that become a run at once */
	IDS_WAITING = 1024, /* that may wait */
	IDS_JOINED = 65536  /* what a small append may join */
};

/* The event of an id.  ENT_END: there is none. */
int ids_find(struct store_txn *txn, const struct ent_id *id, uint64_t *out_seq,
	     struct ent_error *err);

/* The events of many ids, 0 where there is none: much faster than one by one. */
int ids_find_all(struct store_txn *txn, const struct ent_id *const *ids,
		 size_t count, uint64_t *out_seqs, struct ent_error *err);

/* Add the ids of the events that follow on those that are there.  STORE_GROW. */
int ids_add(struct store_txn *txn, const struct id_entry *entries, size_t count,
	    struct ent_error *err);

/* How many there are. */
int ids_count(struct store_txn *txn, uint64_t *out, struct ent_error *err);

#endif
