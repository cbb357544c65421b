/*
 * checkpoint_log.c - checkpoints as a caller sees them.
 */
#include "entente/checkpoint.h"

#include "log/log.h"
#include "state/checkpoint/checkpoint.h"

/* ---- listing -------------------------------------------------------------- */

static int measure(struct store_txn *txn, const struct span *span,
		   struct ent_checkpoint *out, struct ent_error *err)
{
	struct group packed;
	uint64_t group = 0;
	int rc;

	*out = (struct ent_checkpoint){ .first_seq = span->first,
					.last_seq = span->last };
	while ((rc = checkpoint_next_group(txn, &group, err)) == ENT_OK) {
		rc = checkpoint_group(txn, group, span->first, &packed, err);
		if (rc < 0)
			return rc;
		out->groups += rc == ENT_OK;
		out->bytes += rc == ENT_OK ? packed.bytes : 0;
	}
	return rc < 0 ? rc : ENT_OK;
}

int ent_checkpoint_list(struct ent_log *log, ent_checkpoint_fn *each, void *arg,
			struct ent_error *err)
{
	struct store_txn *txn = NULL;
	struct spans spans = { .count = 0 };
	struct ent_checkpoint checkpoint;
	int rc = store_begin_read(log->store, &txn, err);

	if (rc == ENT_OK)
		rc = checkpoint_list(txn, &spans, err);
	for (size_t i = 0; rc == ENT_OK && i < spans.count; i++) {
		rc = measure(txn, &spans.items[i], &checkpoint, err);
		if (rc == ENT_OK && each(&checkpoint, arg) != 0)
			break;
	}
	store_abort(txn);
	return rc;
}

/* ---- changing -------------------------------------------------------------- */

typedef int change_fn(struct store_txn *txn, uint64_t events,
		      struct ent_error *err);

static int build(struct store_txn *txn, uint64_t events, struct ent_error *err)
{
	uint64_t last = 0;
	int rc = log_last(txn, &last, err);

	if (rc < 0)
		return rc;
	return checkpoint_update(txn, last, events ? events : CHECKPOINT_EVENTS,
				 UINT64_MAX, err);
}

static int drop(struct store_txn *txn, uint64_t events, struct ent_error *err)
{
	(void)events;
	return checkpoint_drop(txn, err);
}

/* The map grows as often as needed. */
static int change_all(struct ent_log *log, change_fn *change, uint64_t events,
		      struct ent_error *err)
{
	struct store_txn *txn = NULL;
	int rc;

	do {
		rc = store_begin_write(log->store, false, &txn, err);
		if (rc < 0)
			return rc;
		rc = change(txn, events, err);
		if (rc == ENT_OK)
			rc = store_commit(txn, err);
		else
			store_abort(txn);
		if (rc == STORE_GROW && store_grow(log->store, err) < 0)
			return ENT_EFULL;
	} while (rc == STORE_GROW);
	return rc;
}

int ent_checkpoint_build(struct ent_log *log, uint64_t events,
			 struct ent_error *err)
{
	return change_all(log, build, events, err);
}

int ent_checkpoint_drop(struct ent_log *log, struct ent_error *err)
{
	return change_all(log, drop, 0, err);
}
