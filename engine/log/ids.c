/*
 * ids.c - finding ids in runs and in the table of those that wait, and adding them.
 */
#include "log/ids.h"

#include "ground/be.h"
#include "ground/mem.h"
#include "log/log.h"
#include "log/record.h"
#include "log/spans.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
	RUN_KEY_BYTES = 8,
	HASH_BYTES = 6,
	WAITING_KEY_BYTES = HASH_BYTES + 8,
	LOOK_AHEAD = 12 /* ids, in a sweep */
};

/* ---- the tables -------------------------------------------------------------- */

struct runs {
	struct id_run items[SPANS_MAX];
	struct spans spans;
};

static int read_run(struct ent_bytes key, struct ent_bytes value,
		    struct runs *runs, struct ent_error *err)
{
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

static int read_runs(struct store_txn *txn, struct runs *out,
		     struct ent_error *err)
{
	static const struct ent_bytes start = { "", 1 };
	struct store_cursor *cursor = NULL;
	struct ent_bytes key, value;
	int rc = store_cursor_open(txn, STORE_ID_RUNS, &cursor, err);

	out->spans.count = 0;
	if (rc == ENT_OK)
		rc = store_cursor_seek(cursor, start, &key, &value, err);
	while (rc == ENT_OK) {
		rc = read_run(key, value, out, err);
		if (rc == ENT_OK)
			rc = store_cursor_next(cursor, &key, &value, err);
	}
	store_cursor_close(cursor);
	return rc < 0 ? rc : ENT_OK;
}

static void waiting_key(uint8_t key[WAITING_KEY_BYTES], uint64_t hash,
			uint64_t seq)
{
	uint8_t bytes[8];

	be64_put(bytes, hash);
	memcpy(key, bytes + sizeof(bytes) - HASH_BYTES, HASH_BYTES);
	be64_put(key + HASH_BYTES, seq);
}

static int read_waiting(struct ent_bytes key, struct ent_bytes value,
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

static int find_waiting(struct store_txn *txn, const struct ent_id *id,
			uint64_t hash, uint64_t *out_seq, struct ent_error *err)
{
	uint8_t from[WAITING_KEY_BYTES];
	struct store_cursor *cursor = NULL;
	struct ent_bytes key, value;
	struct id_entry entry = { 0 };
	int rc = store_cursor_open(txn, STORE_IDS, &cursor, err);

	waiting_key(from, hash, 0);
	if (rc == ENT_OK)
		rc = store_cursor_seek(cursor,
				       (struct ent_bytes){ from, sizeof(from) },
				       &key, &value, err);
	while (rc == ENT_OK) {
		rc = read_waiting(key, value, &entry, err);
		if (rc == ENT_OK && entry.hash != hash)
			rc = ENT_END;
		if (rc != ENT_OK)
			break;
		*out_seq = entry.seq;
		rc = confirm(txn, entry.seq, id, err);
		if (rc != ENT_END)
			break;
		rc = store_cursor_next(cursor, &key, &value, err);
	}
	store_cursor_close(cursor);
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

	for (size_t i = 0; rc >= 0 && waiting > 0 && i < count; i++) {
		size_t at = sought[i].at;
		uint64_t seq = 0;

		if (seqs[at] == 0)
			rc = find_waiting(txn, ids[at], sought[i].hash, &seq,
					  err);
		if (seqs[at] == 0 && rc == ENT_OK)
			seqs[at] = seq;
	}
	return rc < 0 ? rc : ENT_OK;
}

static int find_sought(struct store_txn *txn, const struct sought *sought,
		       size_t count, const struct ent_id *const *ids,
		       uint64_t *seqs, struct ent_error *err)
{
	struct runs *runs = mem_new(1, sizeof(*runs));
	int rc = runs ? read_runs(txn, runs, err) : mem_error(err);

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
	int rc = runs ? read_runs(txn, runs, err) : mem_error(err);

	if (rc == ENT_OK)
		rc = store_count(txn, STORE_IDS, &waiting, err);
	if (rc == ENT_OK)
		*out = spans_last(&runs->spans) + waiting;
	mem_free(runs);
	return rc;
}

/* ---- adding -------------------------------------------------------------------- */

struct entries {
	struct id_entry *items;
	size_t count, room;
};

static int add_waiting(struct store_txn *txn, const struct id_entry *entries,
		       size_t count, struct ent_error *err)
{
	uint8_t key[WAITING_KEY_BYTES];
	int rc = ENT_OK;

	for (size_t i = 0; rc == ENT_OK && i < count; i++) {
		waiting_key(key, entries[i].hash, entries[i].seq);
		rc = store_put(txn, STORE_IDS,
			       (struct ent_bytes){ key, sizeof(key) },
			       (struct ent_bytes){ "", 0 }, err);
	}
	return rc;
}

static int take_waiting(struct store_txn *txn, struct entries *entries,
			struct ent_error *err)
{
	static const struct ent_bytes start = { "", 1 };
	struct store_cursor *cursor = NULL;
	struct ent_bytes key, value;
	int rc = store_cursor_open(txn, STORE_IDS, &cursor, err);

	if (rc == ENT_OK)
		rc = store_cursor_seek(cursor, start, &key, &value, err);
	while (rc == ENT_OK) {
		rc = mem_grow(&entries->items, &entries->room,
			      entries->count + 1, sizeof(*entries->items), err);
		if (rc == ENT_OK)
			rc = read_waiting(key, value,
					  &entries->items[entries->count++],
					  err);
		if (rc == ENT_OK)
			rc = store_cursor_next(cursor, &key, &value, err);
	}
	store_cursor_close(cursor);
	return rc < 0 ? rc : ENT_OK;
}

static int put_run(struct store_txn *txn, struct entries *entries,
		   uint64_t first, struct ent_error *err)
{
	uint8_t key[RUN_KEY_BYTES];
	struct buf packed = { 0 };
	int rc;

	be64_put(key, first);
	id_run_pack(entries->items, entries->count, first, &packed);
	rc = buf_check(&packed, err);
	if (rc == ENT_OK)
		rc = store_put(txn, STORE_ID_RUNS,
			       (struct ent_bytes){ key, sizeof(key) },
			       (struct ent_bytes){ packed.data, packed.len },
			       err);
	buf_release(&packed);
	return rc;
}

static int take_run(struct store_txn *txn, const struct id_run *run,
		    struct entries *entries, struct ent_error *err)
{
	uint8_t key[RUN_KEY_BYTES];
	uint32_t bucket = 0;
	int rc = mem_grow(&entries->items, &entries->room,
			  entries->count + run->count, sizeof(*entries->items),
			  err);

	for (uint32_t i = 0; rc == ENT_OK && i < run->count; i++)
		entries->items[entries->count++] =
			id_run_entry(run, i, &bucket);
	be64_put(key, run->first);
	if (rc == ENT_OK)
		rc = store_delete(txn, STORE_ID_RUNS,
				  (struct ent_bytes){ key, sizeof(key) }, err);
	return rc;
}

/* Two sorted parts, the second of which begins at middle, into one. */
static int merge(struct entries *entries, size_t middle, struct ent_error *err)
{
	struct id_entry *first = mem_raw(middle * sizeof(*first) + 1);
	size_t i = 0, j = middle, out = 0;

	if (!first)
		return mem_error(err);
	if (middle > 0)
		memcpy(first, entries->items, middle * sizeof(*first));
	while (i < middle)
		entries->items[out++] =
			j < entries->count && id_entry_compare(
						      &entries->items[j],
						      &first[i]) < 0 ?
				entries->items[j++] : first[i++];
	mem_free(first);
	return ENT_OK;
}

/* A run's bytes are the transaction's until it writes, so they are read first. */
static int join(struct store_txn *txn, struct runs *runs, size_t count,
		struct ent_error *err)
{
	struct entries entries = { 0 };
	struct span whole = spans_whole(&runs->spans, count);
	int rc = ENT_OK;

	for (size_t i = 0; rc == ENT_OK && i < count; i++) {
		size_t middle = entries.count;

		rc = read_runs(txn, runs, err);
		if (rc == ENT_OK)
			rc = take_run(txn,
				      &runs->items[runs->spans.count - 1],
				      &entries, err);
		if (rc == ENT_OK)
			rc = merge(&entries, middle, err);
	}
	if (rc == ENT_OK)
		rc = put_run(txn, &entries, whole.first, err);
	mem_free(entries.items);
	return rc;
}

static int join_small(struct store_txn *txn, uint64_t events_max,
		      struct ent_error *err)
{
	struct runs *runs = mem_new(1, sizeof(*runs));
	size_t count = 1;
	int rc = runs ? ENT_OK : mem_error(err);

	while (rc == ENT_OK && count > 0) {
		rc = read_runs(txn, runs, err);
		if (rc != ENT_OK)
			break;
		count = spans_to_join(&runs->spans, events_max);
		if (count > 0)
			rc = join(txn, runs, count, err);
	}
	mem_free(runs);
	return rc;
}

static uint64_t first_of(const struct entries *entries)
{
	uint64_t first = UINT64_MAX;

	for (size_t i = 0; i < entries->count; i++)
		if (entries->items[i].seq < first)
			first = entries->items[i].seq;
	return first;
}

/* What waited and what is new as one run. */
static int add_run(struct store_txn *txn, const struct id_entry *new,
		   size_t count, struct ent_error *err)
{
	struct entries entries = { 0 };
	int rc = take_waiting(txn, &entries, err);

	if (rc == ENT_OK)
		rc = mem_grow(&entries.items, &entries.room,
			      entries.count + count, sizeof(*new), err);
	if (rc < 0)
		goto out;
	memcpy(entries.items + entries.count, new, count * sizeof(*new));
	entries.count += count;
	qsort(entries.items, entries.count, sizeof(*new), id_entry_compare);
	rc = store_clear(txn, STORE_IDS, err);
	if (rc == ENT_OK)
		rc = put_run(txn, &entries, first_of(&entries), err);
	if (rc == ENT_OK)
		rc = join_small(txn, count >= IDS_LARGE ? UINT64_MAX :
							  IDS_JOINED, err);
out:
	mem_free(entries.items);
	return rc;
}

int ids_add(struct store_txn *txn, struct id_entry *entries, size_t count,
	    struct ent_error *err)
{
	uint64_t waiting = 0;
	int rc = count > 0 ? store_count(txn, STORE_IDS, &waiting, err) : ENT_OK;

	if (rc < 0 || count == 0)
		return rc;
	if (count >= IDS_LARGE || waiting + count > IDS_WAITING)
		return add_run(txn, entries, count, err);
	return add_waiting(txn, entries, count, err);
}
