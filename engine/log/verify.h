/*
 * verify.h - verifying what the log keeps, and what stands above it in the same
 * transaction.
 */
#ifndef ENGINE_VERIFY_H
#define ENGINE_VERIFY_H

#include "log/log.h"

/* Tells what is wrong; seq is 0 where it is no event's. */
typedef void verify_find_fn(void *find_arg, uint64_t seq, const char *what);

/* Verifies something more; find_arg goes with every finding. */
typedef int verify_more_fn(struct store_txn *txn, verify_find_fn *find,
			   void *find_arg, struct ent_error *err);

/* ent_log_verify() with more; called behind the rest. */
int log_verify(struct ent_log *log, verify_more_fn *more,
	       ent_finding_fn *finding, ent_progress_fn *progress, void *arg,
	       struct ent_verified *out, struct ent_error *err);

#endif
