/*
 * log.h - the open log, and reading events by number within a transaction.
 */
#ifndef ENGINE_LOG_H
#define ENGINE_LOG_H

#include "doors/store.h"
#include "entente/log.h"
#include "ground/mem.h"

struct ent_log {
	struct store *store;
};

/* The number of the last event. */
int log_last(struct store_txn *txn, uint64_t *out, struct ent_error *err);

/* The stored bytes of event seq; borrowed from txn.  ENT_END. */
int log_stored(struct store_txn *txn, uint64_t seq, struct ent_bytes *out,
	       struct ent_error *err);

/* The same where it must be there, with the body in it.  ENT_ECORRUPT. */
int log_record(struct store_txn *txn, uint64_t seq, struct ent_bytes *out,
	       struct ent_bytes *out_body, struct ent_error *err);

/* When event seq was recorded.  ENT_ECORRUPT: it is not there. */
int log_recorded_us(struct store_txn *txn, uint64_t seq, int64_t *out,
		    struct ent_error *err);

/* The event, its hash checked; owned.  ENT_END. */
int log_event(struct store_txn *txn, uint64_t seq, struct ent_event **out,
	      struct ent_error *err);

int log_find(struct store_txn *txn, const struct ent_id *id, uint64_t *out_seq,
	     struct ent_error *err);

#endif
