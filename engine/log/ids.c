/*
 * ids.c - finding ids in runs and in the table of those that wait.
 */
#include "log/ids_private.h"

#include "ground/be.h"
#include "ground/mem.h"
#include "log/log.h"
#include "log/record.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LOOK_AHEAD = 12 /* ids, in a sweep */ };

/* ---- the tables -------------------------------------------------------------- */

static int read_run(struct ent_bytes key, struct ent_bytes value, void *arg,
		    struct ent_error *err)
{
	struct runs *runs = arg;
	struct spans *spans = &runs->spans;
	struct id_run run = { 0 };
	int rc = key.len == RUN_KEY_BYTES ?
			 id_run_read(value, &run, err) :
			 ent_error_set(err, ENT_ECORRUPT,
				       "a key of the ids has %zu bytes instead of 8",
				       key.len);

	if (rc < 0)
		return rc;
	if (run.first != be64_get(key.data))
		return ent_error_set(err, ENT_ECORRUPT,
				     "the ids of event %" PRIu64
				     " are under %" PRIu64 " in their table",
				     run.first, be64_get(key.data));
	if (spans->count == SPANS_MAX || run.count == 0 ||
	    run.first != spans_last(spans) + 1)
		return ent_error_set(err, ENT_ECORRUPT,
				     "the ids of event %" PRIu64
				     " do not follow on those of event %" PRIu64,
				     run.first, spans_last(spans));
	runs->items[spans->count] = run;
	spans->items[spans->count++] = (struct span){
		run.first, run.first + run.count - 1
	};
	return ENT_OK;
}

int ids_read_runs(struct store_txn *txn, struct runs *out,
		  struct ent_error *err)
{
	out->spans.count = 0;
	return store_each(txn, STORE_ID_RUNS, store_start, read_run, out, err);
}

void ids_waiting_key(uint8_t key[WAITING_KEY_BYTES], uint64_t hash,
		     uint64_t seq)
{
	uint8_t bytes[8];

	be64_put(bytes, hash);
	memcpy(key, bytes + sizeof(bytes) - HASH_BYTES, HASH_BYTES);
	be64_put(key + HASH_BYTES, seq);
}

int ids_read_waiting(struct ent_bytes key, struct ent_bytes value,
		     struct id_entry *out, struct ent_error *err)
{
	uint8_t bytes[8] = { 0 };

	if (key.len != WAITING_KEY_BYTES || value.len > 0)
		return ent_error_set(err, ENT_ECORRUPT,
				     "an entry of the ids has %zu + %zu bytes instead of %d + 0",
				     key.len, value.len, WAITING_KEY_BYTES);
	memcpy(bytes + sizeof(bytes) - HASH_BYTES, key.data, HASH_BYTES);
	out->hash = be64_get(bytes);
	out->seq = be64_get((const uint8_t *)key.data + HASH_BYTES);
	return ENT_OK;
}

/* ---- finding ------------------------------------------------------------------ */

/* ENT_OK: event seq has the id. */
static int confirm(struct store_txn *txn, uint64_t seq,
		   const struct ent_id *id, struct ent_error *err)
{
	struct record record;
	struct ent_id there;
	int rc = log_record(txn, seq, &record, err);

	if (rc != ENT_OK)
		return rc;
	there = record_id(&record);
	return ent_id_equal(&there, id) ? ENT_OK : ENT_END;
}

static int find_in_run(struct store_txn *txn, const struct id_run *run,
		       const struct ent_id *id, uint64_t hash,
		       uint64_t *out_seq, struct ent_error *err)
{
	uint32_t from, end;
	int rc = ENT_END;

	id_run_bucket(run, hash, &from, &end);
	while (rc == ENT_END &&
	       (from = id_run_search(run, hash, from, end)) < end) {
		*out_seq = id_run_seq(run, from++);
		rc = confirm(txn, *out_seq, id, err);
	}
	return rc;
}

struct waiting {
	struct store_txn *txn;
	const struct ent_id *id;
	uint64_t hash;
	uint64_t seq; /* 0: not found */
};

static int look_at_waiting(struct ent_bytes key, struct ent_bytes value,
			   void *arg, struct ent_error *err)
{
	struct waiting *w = arg;
	struct id_entry entry = { 0 };
	int rc = ids_read_waiting(key, value, &entry, err);

	if (rc < 0 || entry.hash != w->hash)
		return rc < 0 ? rc : ENT_END;
	rc = confirm(w->txn, entry.seq, w->id, err);
	if (rc == ENT_OK)
		w->seq = entry.seq;
	return rc == ENT_END ? ENT_OK : rc == ENT_OK ? ENT_END : rc;
}

/* *out_seq: 0 where it does not wait. */
static int find_waiting(struct store_txn *txn, const struct ent_id *id,
			uint64_t hash, uint64_t *out_seq, struct ent_error *err)
{
	struct waiting waiting = { .txn = txn, .id = id, .hash = hash };
	uint8_t from[WAITING_KEY_BYTES];
	int rc;

	ids_waiting_key(from, hash, 0);
	rc = store_each(txn, STORE_IDS,
			(struct ent_bytes){ from, sizeof(from) },
			look_at_waiting, &waiting, err);
	*out_seq = waiting.seq;
	return rc;
}

/* An id that is looked for, and where its answer goes. */
struct sought {
	uint64_t hash;
	size_t at;
};

static int by_hash(const void *left, const void *right)
{
	const struct sought *a = left, *b = right;

	return a->hash < b->hash ? -1 : a->hash > b->hash;
}

/* In the order of hashes, so that a run is read from its start to its end. */
static int sweep(struct store_txn *txn, const struct id_run *run,
		 const struct sought *sought, size_t count,
		 const struct ent_id *const *ids, uint64_t *seqs,
		 struct ent_error *err)
{
	int rc = ENT_OK;

	for (size_t i = 0; rc >= 0 && i < count; i++) {
		size_t at = sought[i].at;
		uint64_t seq = 0;

		if (i + LOOK_AHEAD < count)
			id_run_expect(run, sought[i + LOOK_AHEAD].hash);
		if (seqs[at] != 0)
			continue;
		rc = find_in_run(txn, run, ids[at], sought[i].hash, &seq, err);
		if (rc == ENT_OK)
			seqs[at] = seq;
	}
	return rc < 0 ? rc : ENT_OK;
}

static int sweep_waiting(struct store_txn *txn, const struct sought *sought,
			 size_t count, const struct ent_id *const *ids,
			 uint64_t *seqs, struct ent_error *err)
{
	uint64_t waiting = 0;
	int rc = store_count(txn, STORE_IDS, &waiting, err);

	for (size_t i = 0; rc == ENT_OK && waiting > 0 && i < count; i++) {
		size_t at = sought[i].at;

		if (seqs[at] == 0)
			rc = find_waiting(txn, ids[at], sought[i].hash,
					  &seqs[at], err);
	}
	return rc;
}

static int find_sought(struct store_txn *txn, const struct sought *sought,
		       size_t count, const struct ent_id *const *ids,
		       uint64_t *seqs, struct ent_error *err)
{
	struct runs *runs = mem_new(1, sizeof(*runs));
	int rc = runs ? ids_read_runs(txn, runs, err) : mem_error(err);

	for (size_t i = 0; rc == ENT_OK && i < runs->spans.count; i++)
		rc = sweep(txn, &runs->items[i], sought, count, ids, seqs, err);
	if (rc == ENT_OK)
		rc = sweep_waiting(txn, sought, count, ids, seqs, err);
	mem_free(runs);
	return rc;
}

int ids_find_all(struct store_txn *txn, const struct ent_id *const *ids,
		 size_t count, uint64_t *out_seqs, struct ent_error *err)
{
	struct sought *sought = mem_raw(count * sizeof(*sought) + 1);
	int rc;

	if (!sought)
		return mem_error(err);
	for (size_t i = 0; i < count; i++) {
		sought[i] = (struct sought){ id_hash(ids[i]), i };
		out_seqs[i] = 0;
	}
	if (count > 1)
		qsort(sought, count, sizeof(*sought), by_hash);
	rc = find_sought(txn, sought, count, ids, out_seqs, err);
	mem_free(sought);
	return rc;
}

int ids_find(struct store_txn *txn, const struct ent_id *id, uint64_t *out_seq,
	     struct ent_error *err)
{
	uint64_t seq = 0;
	int rc = ids_find_all(txn, &id, 1, &seq, err);

	if (rc < 0 || seq == 0)
		return rc < 0 ? rc : ENT_END;
	*out_seq = seq;
	return ENT_OK;
}

int ids_count(struct store_txn *txn, uint64_t *out, struct ent_error *err)
{
	struct runs *runs = mem_new(1, sizeof(*runs));
	uint64_t waiting = 0;
	int rc = runs ? ids_read_runs(txn, runs, err) : mem_error(err);

	if (rc == ENT_OK)
		rc = store_count(txn, STORE_IDS, &waiting, err);
	if (rc == ENT_OK)
		*out = spans_last(&runs->spans) + waiting;
	mem_free(runs);
	return rc;
}
