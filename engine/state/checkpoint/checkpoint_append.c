/*
 * checkpoint_append.c - appending, with checkpoints that follow.
 */
#include "log/append.h"
#include "state/checkpoint/checkpoint.h"

/* What a small append may wait for, in rows that are joined. */
enum { JOIN_ROWS = 65536, LARGE_APPEND = 256 };

static int keep_checkpoints(struct store_txn *txn,
			    const struct ent_appended *appended, void *arg,
			    struct ent_error *err)
{
	(void)arg;
	return checkpoint_update(txn, appended->head_seq, CHECKPOINT_EVENTS,
				 appended->appended >= LARGE_APPEND ? UINT64_MAX :
								      JOIN_ROWS,
				 err);
}

int ent_log_append(struct ent_log *log, const struct ent_batch *batch,
		   const struct ent_append_options *options,
		   struct ent_appended *out, struct ent_error *err)
{
	static const struct ent_append_options defaults;
	struct append_request request = { .batch = batch,
					  .options = options ? options :
							       &defaults,
					  .keep = keep_checkpoints };

	return append_request(log, &request, out, err);
}
