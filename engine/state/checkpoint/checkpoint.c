/*
 * checkpoint.c - the table of checkpoints: which there are, and their groups.
 *
 * Keys: 0 and the first event (8 bytes), for each checkpoint its version and last
 * event; and kind, code, first event for each group.
 */
#include "state/checkpoint/checkpoint.h"

#include "ground/be.h"
#include "state/checkpoint/checkpoint_private.h"

#include <inttypes.h>
#include <string.h>

enum { SPAN_VALUE_BYTES = 12 };

void checkpoint_key(uint8_t key[CHECKPOINT_KEY_BYTES], uint64_t group,
		    uint64_t first)
{
	key[0] = (uint8_t)(group >> 32);
	be32_put(key + 1, (uint32_t)group);
	be64_put(key + 5, first);
}

static uint64_t group_of_key(const uint8_t *key)
{
	return (uint64_t)key[0] << 32 | be32_get(key + 1);
}

int checkpoint_put_span(struct store_txn *txn, const struct span *span,
			struct ent_error *err)
{
	uint8_t key[CHECKPOINT_KEY_BYTES], value[SPAN_VALUE_BYTES];

	checkpoint_key(key, 0, span->first);
	be32_put(value, CHECKPOINT_VERSION);
	be64_put(value + 4, span->last);
	return store_put(txn, STORE_CHECKPOINTS,
			 (struct ent_bytes){ key, sizeof(key) },
			 (struct ent_bytes){ value, sizeof(value) }, err);
}

/* ENT_END: the entry is no span that goes on where the last one ended. */
static int take_span(struct ent_bytes key, struct ent_bytes value, void *arg,
		     struct ent_error *err)
{
	const uint8_t *k = key.data, *v = value.data;
	struct spans *spans = arg;
	struct span span;

	(void)err;
	if (key.len != CHECKPOINT_KEY_BYTES || group_of_key(k) != 0 ||
	    value.len != SPAN_VALUE_BYTES ||
	    be32_get(v) != CHECKPOINT_VERSION ||
	    spans->count == SPANS_MAX)
		return ENT_END;
	span = (struct span){ be64_get(k + 5), be64_get(v + 4) };
	if (span.first != spans_last(spans) + 1 || span.last < span.first)
		return ENT_END;
	spans->items[spans->count++] = span;
	return ENT_OK;
}

int checkpoint_list(struct store_txn *txn, struct spans *out,
		    struct ent_error *err)
{
	struct spans spans = { .count = 0 };
	int rc = store_each(txn, STORE_CHECKPOINTS, store_start, take_span,
			    &spans, err);

	if (rc < 0)
		return rc;
	*out = spans;
	return ENT_OK;
}

int checkpoint_group(struct store_txn *txn, uint64_t group, uint64_t first,
		     struct group *out, struct ent_error *err)
{
	uint8_t key[CHECKPOINT_KEY_BYTES];
	struct ent_bytes value;
	int rc;

	checkpoint_key(key, group, first);
	rc = store_get(txn, STORE_CHECKPOINTS,
		       (struct ent_bytes){ key, sizeof(key) }, &value, err);
	return rc == ENT_OK ? group_read(group, value, out, err) : rc;
}

int checkpoint_next_group(struct store_txn *txn, uint64_t *group,
			  struct ent_error *err)
{
	uint8_t from[CHECKPOINT_KEY_BYTES];
	struct store_cursor *cursor = NULL;
	struct ent_bytes key, value;
	int rc = store_cursor_open(txn, STORE_CHECKPOINTS, &cursor, err);

	checkpoint_key(from, *group, UINT64_MAX);
	if (rc == ENT_OK)
		rc = store_cursor_seek(cursor,
				       (struct ent_bytes){ from, sizeof(from) },
				       &key, &value, err);
	store_cursor_close(cursor);
	if (rc != ENT_OK)
		return rc;
	if (key.len != CHECKPOINT_KEY_BYTES)
		return ent_error_set(err, ENT_ECORRUPT,
				     "a key of the checkpoints has %zu bytes instead of %d",
				     key.len, CHECKPOINT_KEY_BYTES);
	*group = group_of_key(key.data);
	return ENT_OK;
}

int checkpoint_drop(struct store_txn *txn, struct ent_error *err)
{
	return store_clear(txn, STORE_CHECKPOINTS, err);
}
