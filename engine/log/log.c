/*
 * log.c - opening a log, and reading single events.
 */
#include "log/log.h"

#include "log/fixes.h"
#include "log/ids.h"
#include "log/record.h"
#include "log/tree.h"

#include <inttypes.h>
#include <string.h>

int ent_log_open(const char *dir, const struct ent_log_options *options,
		 struct ent_log **out, struct ent_error *err)
{
	static const struct ent_log_options defaults;
	const struct ent_log_options *o = options ? options : &defaults;
	struct store_options store_options = {
		.read_only = o->read_only,
		.create = o->create && !o->read_only,
		.map_bytes = o->map_bytes,
		.lock_timeout_ms = o->lock_timeout_ms,
		.format = ENT_FORMAT_VERSION,
		.trust = o->trust,
	};
	struct ent_log *log = mem_new(1, sizeof(*log));
	int rc;

	if (!log)
		return mem_error(err);
	rc = store_open(dir, &store_options, &log->store, err);
	if (rc < 0) {
		mem_free(log);
		return rc;
	}
	*out = log;
	return ENT_OK;
}

void ent_log_close(struct ent_log *log)
{
	if (!log)
		return;
	store_close(log->store);
	arena_release(&log->names.arena);
	mem_free(log->names.items);
	mem_free(log);
}

int log_last(struct store_txn *txn, uint64_t *out, struct ent_error *err)
{
	return block_last(txn, out, err);
}

int log_record(struct store_txn *txn, uint64_t seq, struct record *out,
	       struct ent_error *err)
{
	struct block block;
	int rc = block_find(txn, seq, &block, err);

	return rc == ENT_OK ? block_get(&block, seq, out, err) : rc;
}

int log_record_there(struct store_txn *txn, uint64_t seq, struct record *out,
		     struct ent_error *err)
{
	int rc = log_record(txn, seq, out, err);

	if (rc == ENT_END)
		return ent_error_set(err, ENT_ECORRUPT,
				     "event %" PRIu64 " is missing", seq);
	return rc;
}

int log_event(struct store_txn *txn, uint64_t seq, struct ent_event **out,
	      struct ent_error *err)
{
	struct record record;
	int rc = log_record(txn, seq, &record, err);

	return rc == ENT_OK ? record_unpack(&record, out, err) : rc;
}

int log_leaf(struct store_txn *txn, uint64_t seq, struct ent_hash *out,
	     struct ent_error *err)
{
	struct record record;
	int rc = log_record_there(txn, seq, &record, err);

	if (rc == ENT_OK)
		rc = record_check(&record, out, err);
	if (rc < 0 && rc != ENT_ENOMEM)
		ent_error_wrap(err, "event %" PRIu64, seq);
	return rc;
}

int log_root(struct store_txn *txn, uint64_t seq, struct ent_hash *out,
	     struct ent_error *err)
{
	return tree_root(txn, seq, log_leaf, out, err);
}

int log_find(struct store_txn *txn, const struct ent_id *id, uint64_t *out_seq,
	     struct ent_error *err)
{
	return ids_find(txn, id, out_seq, err);
}

int ent_log_head(struct ent_log *log, uint64_t *out_seq,
		 struct ent_hash *out_root, struct ent_error *err)
{
	struct store_txn *txn = NULL;
	struct ent_hash root;
	uint64_t last = 0;
	int rc = store_begin_read(log->store, &txn, err);

	if (rc == ENT_OK)
		rc = log_last(txn, &last, err);
	if (rc == ENT_OK)
		rc = log_root(txn, last, &root, err);
	if (rc == ENT_OK && out_seq)
		*out_seq = last;
	if (rc == ENT_OK && out_root)
		*out_root = root;
	store_abort(txn);
	return rc;
}

int ent_log_root(struct ent_log *log, uint64_t seq, struct ent_hash *out,
		 struct ent_error *err)
{
	struct store_txn *txn = NULL;
	uint64_t last = 0;
	int rc = store_begin_read(log->store, &txn, err);

	if (rc == ENT_OK)
		rc = log_last(txn, &last, err);
	if (rc == ENT_OK && seq > last)
		rc = ent_error_set(err, ENT_EINPUT,
				   "the log has %" PRIu64 " events, not %" PRIu64,
				   last, seq);
	if (rc == ENT_OK)
		rc = log_root(txn, seq, out, err);
	store_abort(txn);
	return rc;
}

int log_recorded_us(struct store_txn *txn, uint64_t seq, int64_t *out,
		    struct ent_error *err)
{
	struct record record;
	int rc = log_record_there(txn, seq, &record, err);

	if (rc == ENT_OK)
		*out = record.recorded_us;
	return rc;
}

int ent_log_known_at(struct ent_log *log, int64_t us, uint64_t *out_seq,
		     struct ent_error *err)
{
	struct store_txn *txn = NULL;
	uint64_t below = 0, above = 0; /* recorded(below) <= us < recorded(above) */
	int64_t when = 0;
	int rc = store_begin_read(log->store, &txn, err);

	if (rc == ENT_OK)
		rc = log_last(txn, &above, err);
	above++;
	while (rc == ENT_OK && above - below > 1) {
		uint64_t middle = below + (above - below) / 2;

		rc = log_recorded_us(txn, middle, &when, err);
		if (when <= us)
			below = middle;
		else
			above = middle;
	}
	if (rc == ENT_OK)
		*out_seq = below;
	store_abort(txn);
	return rc;
}

int ent_log_get(struct ent_log *log, uint64_t seq, struct ent_event **out,
		struct ent_error *err)
{
	struct store_txn *txn = NULL;
	int rc = store_begin_read(log->store, &txn, err);

	if (rc == ENT_OK)
		rc = log_event(txn, seq, out, err);
	store_abort(txn);
	return rc;
}

int ent_log_find(struct ent_log *log, const struct ent_id *id,
		 uint64_t *out_seq, struct ent_error *err)
{
	struct store_txn *txn = NULL;
	int rc = store_begin_read(log->store, &txn, err);

	if (rc == ENT_OK)
		rc = log_find(txn, id, out_seq, err);
	store_abort(txn);
	return rc;
}

int ent_log_fixes(struct ent_log *log, uint64_t seq, uint64_t **out,
		  size_t *out_n, struct ent_error *err)
{
	struct store_txn *txn = NULL;
	struct fix *fixes = NULL;
	uint64_t *list = NULL;
	size_t count = 0;
	int rc = store_begin_read(log->store, &txn, err);

	if (rc == ENT_OK && seq != 0)
		rc = fix_list(txn, seq, &fixes, &count, err);
	if (rc == ENT_OK && count > 0) {
		list = mem_new(count, sizeof(*list));
		if (!list)
			rc = mem_error(err);
	}
	if (rc != ENT_OK)
		goto out;
	for (size_t i = 0; i < count; i++)
		list[i] = fixes[i].by;
	*out = list;
	*out_n = count;
out:
	mem_free(fixes);
	store_abort(txn);
	return rc;
}
