/*
 * checkpoint_update.c - keeping checkpoints up to date, and joining them.
 */
#include "state/checkpoint/checkpoint_private.h"

#include "ground/mem.h"

#include <string.h>

static int put_group(struct store_txn *txn, uint64_t group, uint64_t first,
		     struct ent_bytes packed, struct ent_error *err)
{
	uint8_t key[CHECKPOINT_KEY_BYTES];

	checkpoint_key(key, group, first);
	return store_put(txn, STORE_CHECKPOINTS,
			 (struct ent_bytes){ key, sizeof(key) }, packed, err);
}

/* ---- making one ---------------------------------------------------------- */

/* Call each() for every run of items of one group. */
static int each_group(const struct items *items, checkpoint_group_fn *each,
		      void *arg, struct ent_error *err)
{
	struct buf packed = { 0 };
	int rc = ENT_OK;

	for (size_t i = 0, end; rc == ENT_OK && i < items->count; i = end) {
		uint64_t group = items->items[i].group;

		for (end = i + 1; end < items->count &&
				  items->items[end].group == group;)
			end++;
		buf_clear(&packed);
		group_pack(items->items + i, end - i, &packed);
		rc = buf_check(&packed, err);
		if (rc == ENT_OK)
			rc = each(group,
				  (struct ent_bytes){ packed.data, packed.len },
				  arg, err);
	}
	buf_release(&packed);
	return rc;
}

int checkpoint_derive(struct store_txn *txn, const struct span *span,
		      checkpoint_group_fn *each, void *arg,
		      struct ent_error *err)
{
	struct items items = { 0 };
	int rc = checkpoint_items_of(txn, span, 0, &items, err);

	if (rc == ENT_OK)
		rc = each_group(&items, each, arg, err);
	mem_free(items.items);
	return rc;
}

struct making {
	struct store_txn *txn;
	uint64_t first;
};

static int put_made(uint64_t group, struct ent_bytes packed, void *arg,
		    struct ent_error *err)
{
	struct making *making = arg;

	return put_group(making->txn, group, making->first, packed, err);
}

static int make(struct store_txn *txn, const struct span *span,
		struct ent_error *err)
{
	struct making making = { txn, span->first };
	int rc = checkpoint_derive(txn, span, put_made, &making, err);

	return rc == ENT_OK ? checkpoint_put_span(txn, span, err) : rc;
}

/* ---- joining --------------------------------------------------------------- */

static int take_away(struct store_txn *txn, uint64_t group,
		     const struct span *spans, size_t count,
		     struct ent_error *err)
{
	uint8_t key[CHECKPOINT_KEY_BYTES];
	int rc = ENT_OK;

	for (size_t i = 0; rc >= 0 && rc != STORE_GROW && i < count; i++) {
		checkpoint_key(key, group, spans[i].first);
		rc = store_delete(txn, STORE_CHECKPOINTS,
				  (struct ent_bytes){ key, sizeof(key) }, err);
	}
	return rc == ENT_END ? ENT_OK : rc;
}

static int join_group(struct store_txn *txn, uint64_t group,
		      const struct span *spans, size_t count,
		      struct ent_error *err)
{
	struct items items = { 0 };
	struct buf packed = { 0 };
	int rc = checkpoint_merge(txn, group, spans, count, &items, err);

	if (rc == ENT_OK && items.count > 0)
		group_pack(items.items, items.count, &packed);
	if (rc == ENT_OK)
		rc = buf_check(&packed, err);
	if (rc == ENT_OK)
		rc = take_away(txn, group, spans, count, err);
	if (rc == ENT_OK && items.count > 0)
		rc = put_group(txn, group, spans[0].first,
			       (struct ent_bytes){ packed.data, packed.len },
			       err);
	buf_release(&packed);
	mem_free(items.items);
	return rc;
}

static int join(struct store_txn *txn, struct spans *spans, size_t count,
		struct ent_error *err)
{
	struct span *from = &spans->items[spans->count - count];
	struct span whole = spans_whole(spans, count);
	uint64_t group = 0;
	int rc = take_away(txn, 0, from, count, err);

	while (rc == ENT_OK) {
		rc = checkpoint_next_group(txn, &group, err);
		if (rc == ENT_OK)
			rc = join_group(txn, group, from, count, err);
	}
	if (rc == ENT_END)
		rc = checkpoint_put_span(txn, &whole, err);
	*from = whole;
	spans->count -= count - 1;
	return rc;
}

static int join_small(struct store_txn *txn, struct spans *spans,
		      uint64_t rows_max, struct ent_error *err)
{
	size_t count;
	int rc = ENT_OK;

	while (rc == ENT_OK && (count = spans_to_join(spans, rows_max)) > 0)
		rc = join(txn, spans, count, err);
	return rc;
}

int checkpoint_update(struct store_txn *txn, uint64_t last, uint64_t least,
		      uint64_t rows_max, struct ent_error *err)
{
	struct spans spans;
	struct span span = { .last = last };
	uint64_t entries = 0;
	int rc = checkpoint_list(txn, &spans, err);

	if (rc == ENT_OK && spans.count == 0)
		rc = store_count(txn, STORE_CHECKPOINTS, &entries, err);
	if (rc == ENT_OK && entries > 0)
		rc = checkpoint_drop(txn, err); /* of another version */
	if (rc != ENT_OK || last - spans_last(&spans) < least)
		return rc;
	span.first = spans_last(&spans) + 1;
	rc = make(txn, &span, err);
	if (rc != ENT_OK)
		return rc;
	spans.items[spans.count++] = span;
	return join_small(txn, &spans, rows_max, err);
}

/* ---- anew ---------------------------------------------------------------------- */

static int take_away_all(struct store_txn *txn, const struct span *span,
			 struct ent_error *err)
{
	uint64_t group = 0;
	int rc = take_away(txn, 0, span, 1, err);

	while (rc == ENT_OK) {
		rc = checkpoint_next_group(txn, &group, err);
		if (rc == ENT_OK)
			rc = take_away(txn, group, span, 1, err);
	}
	return rc == ENT_END ? ENT_OK : rc;
}

int checkpoint_remake(struct store_txn *txn, uint64_t seq,
		      struct ent_error *err)
{
	struct spans spans;
	int rc = checkpoint_list(txn, &spans, err);

	for (size_t i = 0; rc == ENT_OK && i < spans.count; i++) {
		const struct span *span = &spans.items[i];

		if (seq < span->first || seq > span->last)
			continue;
		rc = take_away_all(txn, span, err);
		return rc == ENT_OK ? make(txn, span, err) : rc;
	}
	return rc;
}
