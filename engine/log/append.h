/*
 * append.h - appending within a transaction of the caller's.
 */
#ifndef ENGINE_APPEND_H
#define ENGINE_APPEND_H

#include "log/batch.h"
#include "log/log.h"

/*
 * All of ent_log_append() but the commit.  *out_writes says whether there is
 * anything to commit.  STORE_GROW, and the error codes of ent_log_append().
 */
int append_in(struct store_txn *txn, const struct ent_batch *batch,
	      const struct ent_append_options *options,
	      struct ent_appended *out, bool *out_writes,
	      struct ent_error *err);

#endif
