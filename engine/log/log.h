/*
 * log.h - the open log, and reading events by number within a transaction.
 */
#ifndef ENGINE_LOG_H
#define ENGINE_LOG_H

#include "doors/store.h"
#include "entente/log.h"
#include "ground/mem.h"
#include "log/block.h"

/* Texts of codes that were asked for; by code, NULL where not. */
struct log_names {
	struct arena arena;
	const char **items;
	size_t room;
};

struct ent_log {
	struct store *store;
	struct log_names names;
};

/* The number of the last event. */
int log_last(struct store_txn *txn, uint64_t *out, struct ent_error *err);

/* The stored event; borrowed from txn.  ENT_END. */
int log_record(struct store_txn *txn, uint64_t seq, struct record *out,
	       struct ent_error *err);

/* The same where it must be there.  ENT_ECORRUPT. */
int log_record_there(struct store_txn *txn, uint64_t seq, struct record *out,
		     struct ent_error *err);

/* The leaf of event seq: a tree_leaf_fn. */
int log_leaf(struct store_txn *txn, uint64_t seq, struct ent_hash *out,
	     struct ent_error *err);

/* The root over events 1..seq. */
int log_root(struct store_txn *txn, uint64_t seq, struct ent_hash *out,
	     struct ent_error *err);

/* When event seq was recorded.  ENT_ECORRUPT: it is not there. */
int log_recorded_us(struct store_txn *txn, uint64_t seq, int64_t *out,
		    struct ent_error *err);

/* The event, its hash checked; owned.  ENT_END. */
int log_event(struct store_txn *txn, uint64_t seq, struct ent_event **out,
	      struct ent_error *err);

int log_find(struct store_txn *txn, const struct ent_id *id, uint64_t *out_seq,
	     struct ent_error *err);

#endif
