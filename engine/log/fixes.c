/*
 * fixes.c - corrections and retractions.
 *
 * An event is alive when no alive event of the basis corrects or retracts it.
 * Since a target always lies before what fixes it, one pass from the highest
 * number down settles every fix before it is asked about, and so a retraction of
 * a retraction brings the first event back.
 */
#include "log/fixes.h"

#include "ground/be.h"
#include "ground/mem.h"

#include <stdlib.h>

enum { SEQ_BYTES = 8 };

int fix_put(struct store_txn *txn, const struct fix *fix,
	    struct ent_error *err)
{
	uint8_t key[FIX_KEY_BYTES], value[FIX_VALUE_BYTES];
	int rc;

	be64_put(key, fix->target);
	be64_put(key + 8, fix->by);
	value[0] = fix->retracts;
	be_day_put(value + 1, fix->published_hi);
	rc = store_put(txn, STORE_FIXES,
		       (struct ent_bytes){ key, sizeof(key) },
		       (struct ent_bytes){ value, sizeof(value) }, err);
	be64_put(key, fix->by);
	be64_put(key + SEQ_BYTES, fix->target);
	return rc == ENT_OK ? store_put(txn, STORE_FIXERS,
					(struct ent_bytes){ key, sizeof(key) },
					(struct ent_bytes){ "", 0 }, err) : rc;
}

int fix_delete(struct store_txn *txn, uint64_t target, uint64_t by,
	       struct ent_error *err)
{
	uint8_t bytes[FIX_KEY_BYTES];
	struct ent_bytes key = { bytes, sizeof(bytes) };
	int rc;

	be64_put(bytes, target);
	be64_put(bytes + SEQ_BYTES, by);
	rc = store_delete(txn, STORE_FIXES, key, err);
	be64_put(bytes, by);
	be64_put(bytes + SEQ_BYTES, target);
	return rc == ENT_OK ? store_delete(txn, STORE_FIXERS, key, err) : rc;
}

static int read_fixer(struct ent_bytes key, uint64_t *out_by,
		      uint64_t *out_target, struct ent_error *err)
{
	const uint8_t *k = key.data;

	if (key.len != FIX_KEY_BYTES)
		return ent_error_set(err, ENT_ECORRUPT,
				     "a key of the fixers has %zu bytes instead of 16",
				     key.len);
	*out_by = be64_get(k);
	*out_target = be64_get(k + SEQ_BYTES);
	return ENT_OK;
}

struct targets {
	uint64_t last; /* fixing event */
	uint64_t *items;
	size_t count, room;
};

static int add_target(struct ent_bytes key, struct ent_bytes value, void *arg,
		      struct ent_error *err)
{
	struct targets *list = arg;
	uint64_t by = 0, target = 0;
	int rc = read_fixer(key, &by, &target, err);

	(void)value;
	if (rc == ENT_OK && by > list->last)
		return ENT_END;
	if (rc == ENT_OK)
		rc = mem_grow(&list->items, &list->room, list->count + 1,
			      sizeof(*list->items), err);
	if (rc == ENT_OK)
		list->items[list->count++] = target;
	return rc;
}

int fix_targets(struct store_txn *txn, uint64_t first, uint64_t last,
		uint64_t **out, size_t *out_count, struct ent_error *err)
{
	struct targets list = { .last = last };
	uint8_t from[SEQ_BYTES];
	int rc;

	be64_put(from, first);
	rc = store_each(txn, STORE_FIXERS,
			(struct ent_bytes){ from, sizeof(from) }, add_target,
			&list, err);
	if (rc < 0) {
		mem_free(list.items);
		return rc;
	}
	*out = list.items;
	*out_count = list.count;
	return ENT_OK;
}

static int read_fix(struct ent_bytes key, struct ent_bytes value,
		    struct fix *out, struct ent_error *err)
{
	const uint8_t *k = key.data, *v = value.data;

	if (key.len != FIX_KEY_BYTES || value.len != FIX_VALUE_BYTES)
		return ent_error_set(err, ENT_ECORRUPT,
				     "an entry of fixes has %zu + %zu bytes instead of 16 + 5",
				     key.len, value.len);
	if (v[0] > 1)
		return ent_error_set(err, ENT_ECORRUPT,
				     "an entry of fixes says %u instead of 0 or 1",
				     v[0]);
	*out = (struct fix){ .target = be64_get(k),
			     .by = be64_get(k + 8),
			     .retracts = v[0] == 1,
			     .published_hi = be_day_get(v + 1) };
	return ENT_OK;
}

int fix_get(struct store_txn *txn, uint64_t target, uint64_t by,
	    struct fix *out, struct ent_error *err)
{
	uint8_t bytes[FIX_KEY_BYTES];
	struct ent_bytes key = { bytes, sizeof(bytes) }, value;
	int rc;

	be64_put(bytes, target);
	be64_put(bytes + SEQ_BYTES, by);
	rc = store_get(txn, STORE_FIXES, key, &value, err);
	if (rc == ENT_OK)
		rc = read_fix(key, value, out, err);
	be64_put(bytes, by);
	be64_put(bytes + SEQ_BYTES, target);
	if (rc == ENT_OK)
		rc = store_get(txn, STORE_FIXERS, key, &value, err);
	if (rc == ENT_OK && value.len > 0)
		return ent_error_set(err, ENT_ECORRUPT,
				     "an entry of fixers has %zu bytes instead of none",
				     value.len);
	return rc;
}

struct fixes {
	uint64_t target; /* 0: any */
	struct fix *items;
	size_t count, room;
};

static int add_fix(struct ent_bytes key, struct ent_bytes value, void *arg,
		   struct ent_error *err)
{
	struct fixes *list = arg;
	struct fix fix = { 0 };
	int rc = read_fix(key, value, &fix, err);

	if (rc == ENT_OK && list->target != 0 && fix.target != list->target)
		return ENT_END;
	if (rc == ENT_OK)
		rc = mem_grow(&list->items, &list->room, list->count + 1,
			      sizeof(*list->items), err);
	if (rc == ENT_OK)
		list->items[list->count++] = fix;
	return rc;
}

int fix_list(struct store_txn *txn, uint64_t target, struct fix **out,
	     size_t *out_count, struct ent_error *err)
{
	struct fixes list = { .target = target };
	uint8_t from[SEQ_BYTES];
	int rc;

	be64_put(from, target);
	rc = store_each(txn, STORE_FIXES,
			(struct ent_bytes){ from, sizeof(from) }, add_fix, &list,
			err);
	if (rc < 0) {
		mem_free(list.items);
		return rc;
	}
	*out = list.items;
	*out_count = list.count;
	return ENT_OK;
}

/* The latest fix of target by an event up to by.  ENT_END. */
static int find_last(struct store_txn *txn, uint64_t target, uint64_t by,
		     struct fix *out, struct ent_error *err)
{
	uint8_t bytes[FIX_KEY_BYTES];
	struct ent_bytes key, value;
	struct fix fix = { 0 };
	int rc;

	be64_put(bytes, target);
	be64_put(bytes + SEQ_BYTES, by);
	rc = store_get_floor(txn, STORE_FIXES,
			     (struct ent_bytes){ bytes, sizeof(bytes) }, &key,
			     &value, err);
	if (rc == ENT_OK)
		rc = read_fix(key, value, &fix, err);
	if (rc == ENT_OK && fix.target != target)
		return ENT_END;
	if (rc == ENT_OK)
		*out = fix;
	return rc;
}

/* What fixes an event has a higher number than it, so this ends. */
int fix_in_effect(struct store_txn *txn, uint64_t seq, fix_in_fn *in,
		  const void *arg, struct fix *out, struct ent_error *err)
{
	struct fix fix = { .by = UINT64_MAX }, of_fix;
	int rc = find_last(txn, seq, fix.by, &fix, err);

	while (rc == ENT_OK && fix.by > seq) {
		if (in(&fix, arg)) {
			rc = fix_in_effect(txn, fix.by, in, arg, &of_fix, err);
			if (rc == ENT_END) {
				*out = fix;
				return ENT_OK;
			}
		}
		if (rc == ENT_OK)
			rc = find_last(txn, seq, fix.by - 1, &fix, err);
	}
	return rc == ENT_OK ? ENT_END : rc;
}

static int by_fixer_down(const void *left, const void *right)
{
	const struct fix *a = left, *b = right;

	return a->by > b->by ? -1 : a->by < b->by;
}

int fix_find_dead(struct fix *fixes, size_t count, fix_in_fn *in,
		  const void *arg, struct map *dead, struct ent_error *err)
{
	int rc = ENT_OK;

	if (count > 0)
		qsort(fixes, count, sizeof(*fixes), by_fixer_down);
	for (size_t i = 0; rc == ENT_OK && i < count; i++) {
		struct map_key by = { fixes[i].by, 0 };
		struct map_key target = { fixes[i].target, 0 };

		if ((!in || in(&fixes[i], arg)) && !map_find(dead, by) &&
		    !map_find(dead, target))
			rc = map_add(dead, target, i, err);
	}
	return rc;
}
