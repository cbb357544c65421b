/*
 * ids_add.c - adding ids: to those that wait, or as a run that is joined with others.
 */
#include "log/ids_private.h"

#include "ground/be.h"
#include "ground/mem.h"

#include <stdlib.h>
#include <string.h>

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
		ids_waiting_key(key, entries[i].hash, entries[i].seq);
		rc = store_put(txn, STORE_IDS,
			       (struct ent_bytes){ key, sizeof(key) },
			       (struct ent_bytes){ "", 0 }, err);
	}
	return rc;
}

static int take_waiting(struct ent_bytes key, struct ent_bytes value, void *arg,
			struct ent_error *err)
{
	struct entries *entries = arg;
	int rc = mem_grow(&entries->items, &entries->room, entries->count + 1,
			  sizeof(*entries->items), err);

	return rc < 0 ? rc :
			ids_read_waiting(key, value,
					 &entries->items[entries->count++],
					 err);
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

		rc = ids_read_runs(txn, runs, err);
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
		rc = ids_read_runs(txn, runs, err);
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
	int rc = store_each(txn, STORE_IDS, store_start, take_waiting, &entries,
			    err);

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

int ids_add(struct store_txn *txn, const struct id_entry *entries, size_t count,
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
