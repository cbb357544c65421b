/*
 * row.c - columns of an event: from an event, to and from the indexes.
 */
#include "log/row.h"

#include "ground/be.h"

#include <assert.h>
#include <string.h>

int row_compare(const struct row *a, const struct row *b)
{
	if (a->lo != b->lo)
		return a->lo < b->lo ? -1 : 1;
	if (a->phase != b->phase)
		return a->phase < b->phase ? -1 : 1;
	if (a->seq != b->seq)
		return a->seq < b->seq ? -1 : 1;
	return 0;
}

static uint8_t founding_flags(const struct ent_event *event)
{
	unsigned flags = 0;

	if (event_data_text(event, "name"))
		flags |= ROW_HAS_NAME;
	if (event_data_text(event, "kind"))
		flags |= ROW_HAS_KIND;
	if (event_data_text(event, "lead"))
		flags |= ROW_HAS_LEAD;
	if (event_data_text(event, "predecessor"))
		flags |= ROW_HAS_PREDECESSOR;
	return (uint8_t)flags;
}

void row_of_event(const struct ent_event *event, enum event_type type,
		  struct row *out)
{
	*out = (struct row){
		.seq = event->seq,
		.lo = event->when.lo,
		.hi = event->when.hi,
		.until_lo = event->until ? event->held.lo : ENT_DAY_OPEN_END,
		.until_hi = event->until ? event->held.hi : ENT_DAY_OPEN_END,
		.published_hi = event_published_hi(event),
		.phase = (uint8_t)vocabulary_row(type)->type.phase,
		.type = (uint8_t)type,
		.modality = (uint8_t)event_modality(event),
	};
	if (type == TYPE_ALLIANCE_FOUNDED)
		out->flags = founding_flags(event);
}

bool row_has_open_start(const struct row *row)
{
	return row->lo == ENT_DAY_OPEN_START;
}

bool row_counts(const struct row *row, int32_t day)
{
	return row_has_open_start(row) ? row->hi <= day : row->lo <= day;
}

bool row_ran_out(const struct row *row, int32_t day)
{
	return row->until_hi < day;
}

bool row_weighs(const struct row *row)
{
	return vocabulary_row(row->type)->type.weighed &&
	       (row->modality == MODALITY_FACT ||
		row->modality == MODALITY_CLAIM);
}

static void put_key(uint8_t key[ROW_KEY_BYTES], const struct row *row)
{
	be_day_put(key, row->lo);
	key[4] = row->phase;
	be64_put(key + 5, row->seq);
}

static void put_value(uint8_t value[ROW_VALUE_BYTES], const struct row *row)
{
	be_day_put(value, row->hi);
	be_day_put(value + 4, row->until_lo);
	be_day_put(value + 8, row->until_hi);
	be_day_put(value + 12, row->published_hi);
	be32_put(value + 16, row->alliance);
	be32_put(value + 20, row->actor);
	be32_put(value + 24, row->target);
	be32_put(value + 28, row->name);
	value[32] = row->type;
	value[33] = row->modality;
	value[34] = row->flags;
	value[35] = 0;
}

static void read_row(const uint8_t *key, const uint8_t *value, struct row *out)
{
	*out = (struct row){
		.lo = be_day_get(key),
		.phase = key[4],
		.seq = be64_get(key + 5),
		.hi = be_day_get(value),
		.until_lo = be_day_get(value + 4),
		.until_hi = be_day_get(value + 8),
		.published_hi = be_day_get(value + 12),
		.alliance = be32_get(value + 16),
		.actor = be32_get(value + 20),
		.target = be32_get(value + 24),
		.name = be32_get(value + 28),
		.type = value[32],
		.modality = value[33],
		.flags = value[34],
	};
}

static bool by_target(const struct row *row)
{
	return row->target != 0 && row_weighs(row);
}

unsigned row_subject_entries(const struct row *row)
{
	return (row->alliance != 0 ? 1u : 0u) + (by_target(row) ? 1u : 0u);
}

static int put_subject(struct store_txn *txn, enum row_subject kind,
		       uint32_t code, const struct row *row,
		       struct ent_bytes value, struct ent_error *err)
{
	uint8_t key[ROW_SUBJECT_KEY_BYTES];

	key[0] = (uint8_t)kind;
	be32_put(key + 1, code);
	put_key(key + 5, row);
	return store_put(txn, STORE_SUBJECT,
			 (struct ent_bytes){ key, sizeof(key) }, value, err);
}

int row_put(struct store_txn *txn, const struct row *row,
	    struct ent_error *err)
{
	uint8_t key[ROW_KEY_BYTES], value[ROW_VALUE_BYTES];
	struct ent_bytes columns = { value, sizeof(value) };
	int rc;

	put_key(key, row);
	put_value(value, row);
	rc = store_put(txn, STORE_TIME, (struct ent_bytes){ key, sizeof(key) },
		       columns, err);
	if (rc == ENT_OK && row->alliance != 0)
		rc = put_subject(txn, ROW_ALLIANCE, row->alliance, row, columns,
				 err);
	if (rc == ENT_OK && by_target(row))
		rc = put_subject(txn, ROW_TARGET, row->target, row, columns,
				 err);
	return rc;
}

int row_walk_time(struct store_txn *txn, int32_t from_day, int32_t last_day,
		  struct row_walk *out, struct ent_error *err)
{
	*out = (struct row_walk){ .from_day = from_day, .last_day = last_day };
	return store_cursor_open(txn, STORE_TIME, &out->cursor, err);
}

int row_walk_subject(struct store_txn *txn, enum row_subject kind,
		     uint32_t code, int32_t from_day, int32_t last_day,
		     struct row_walk *out, struct ent_error *err)
{
	*out = (struct row_walk){ .from_day = from_day, .last_day = last_day };
	out->prefix[0] = (uint8_t)kind;
	be32_put(out->prefix + 1, code);
	out->prefix_len = sizeof(out->prefix);
	return store_cursor_open(txn, STORE_SUBJECT, &out->cursor, err);
}

static int step(struct row_walk *walk, struct ent_bytes *key,
		struct ent_bytes *value, struct ent_error *err)
{
	uint8_t from[ROW_SUBJECT_KEY_BYTES];

	if (walk->started)
		return store_cursor_next(walk->cursor, key, value, err);
	walk->started = true;
	memcpy(from, walk->prefix, walk->prefix_len);
	be_day_put(from + walk->prefix_len, walk->from_day);
	return store_cursor_seek(walk->cursor,
				 (struct ent_bytes){ from,
						     walk->prefix_len + 4 },
				 key, value, err);
}

int row_walk_next(struct row_walk *walk, struct row *out,
		  struct ent_error *err)
{
	struct ent_bytes key, value;
	const uint8_t *at;
	int rc = step(walk, &key, &value, err);

	if (rc != ENT_OK)
		return rc;
	if (key.len < walk->prefix_len ||
	    memcmp(key.data, walk->prefix, walk->prefix_len) != 0)
		return ENT_END;
	if (key.len != walk->prefix_len + ROW_KEY_BYTES ||
	    value.len != ROW_VALUE_BYTES)
		return ent_error_set(err, ENT_ECORRUPT,
				     "an index entry has %zu + %zu bytes instead of %zu + %d",
				     key.len, value.len,
				     walk->prefix_len + ROW_KEY_BYTES,
				     ROW_VALUE_BYTES);
	at = (const uint8_t *)key.data + walk->prefix_len;
	read_row(at, value.data, out);
	if (out->type >= TYPE_COUNT)
		return ent_error_set(err, ENT_ECORRUPT,
				     "an index entry has the unknown type %u",
				     out->type);
	return out->lo > walk->last_day ? ENT_END : ENT_OK;
}

void row_walk_end(struct row_walk *walk)
{
	store_cursor_close(walk->cursor);
	walk->cursor = NULL;
}
