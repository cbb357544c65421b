/*
 * head.c - that a log today extends what it was.
 */
#include "entente/proof.h"
#include "log/log.h"
#include "log/tree_proof.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

static_assert((int)ENT_PROOF_HASHES_MAX == (int)TREE_LEVELS,
	      "a proof has at most a hash a level");

static int check_range(struct store_txn *txn, uint64_t from, uint64_t to,
		       struct ent_error *err)
{
	uint64_t last = 0;
	int rc = log_last(txn, &last, err);

	if (rc == ENT_OK && to > last)
		rc = ent_error_set(err, ENT_EINPUT,
				   "the log has %" PRIu64 " events, not %" PRIu64,
				   last, to);
	if (rc == ENT_OK && from > to)
		rc = ent_error_set(err, ENT_EINPUT,
				   "%" PRIu64 " events are no beginning of %" PRIu64,
				   from, to);
	return rc;
}

int ent_consistency(struct ent_log *log, uint64_t from, uint64_t to,
		    struct ent_hash out[ENT_PROOF_HASHES_MAX],
		    size_t *out_count, struct ent_error *err)
{
	struct store_txn *txn = NULL;
	struct tree_proof proof;
	int rc = store_begin_read(log->store, &txn, err);

	if (rc == ENT_OK)
		rc = check_range(txn, from, to, err);
	if (rc == ENT_OK)
		rc = tree_consistency(txn, from, to, log_leaf, &proof, err);
	store_abort(txn);
	if (rc != ENT_OK)
		return rc;
	memcpy(out, proof.hashes, proof.count * sizeof(*out));
	*out_count = proof.count;
	return ENT_OK;
}

int ent_consistency_check(const struct ent_head *from,
			  const struct ent_head *to,
			  const struct ent_hash hashes[], size_t count,
			  struct ent_error *err)
{
	int rc = tree_consistency_check(from->size, &from->root, to->size,
					&to->root, hashes, count, err);

	return rc != ENT_EPROOF ? rc :
	       ent_error_set(err, rc,
			     "the first %" PRIu64 " of %" PRIu64
			     " events are not those of the older head",
			     from->size, to->size);
}

int ent_head_extends(struct ent_log *log, const struct ent_head *old,
		     const struct ent_head *now, struct ent_error *err)
{
	struct ent_hash hashes[ENT_PROOF_HASHES_MAX];
	struct ent_head head;
	size_t count = 0;
	int rc = ENT_OK;

	if (now)
		head = *now;
	else
		rc = ent_log_head(log, &head.size, &head.root, err);
	if (rc == ENT_OK && head.size < old->size)
		rc = ent_error_set(err, ENT_EPROOF,
				   "the log has %" PRIu64 " events, and had %" PRIu64
				   ": events were taken away, or it is an older copy",
				   head.size, old->size);
	if (rc == ENT_OK)
		rc = ent_consistency(log, old->size, head.size, hashes, &count,
				     err);
	return rc == ENT_OK ?
		       ent_consistency_check(old, &head, hashes, count, err) :
		       rc;
}
