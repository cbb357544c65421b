/*
 * row.c - columns of an event: from an event, to and from the indexes.
 */
#include "log/row.h"

#include "ground/be.h"

#include <stdlib.h>
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

static int by_place(const void *left, const void *right)
{
	return row_compare(left, right);
}

static int by_alliance(const void *left, const void *right)
{
	const struct row *a = left, *b = right;

	if (a->alliance != b->alliance)
		return a->alliance < b->alliance ? -1 : 1;
	return row_compare(a, b);
}

static int by_target_code(const void *left, const void *right)
{
	const struct row *a = left, *b = right;

	if (a->target != b->target)
		return a->target < b->target ? -1 : 1;
	return row_compare(a, b);
}

static int put_time(struct store_txn *txn, const struct row *rows, size_t count,
		    struct ent_error *err)
{
	uint8_t key[ROW_KEY_BYTES], value[ROW_VALUE_BYTES];
	bool at_end = true;
	int rc = ENT_OK;

	for (size_t i = 0; rc == ENT_OK && i < count; i++) {
		put_key(key, &rows[i]);
		put_value(value, &rows[i]);
		rc = store_put_ascending(txn, STORE_TIME,
					 (struct ent_bytes){ key, sizeof(key) },
					 (struct ent_bytes){ value,
							     sizeof(value) },
					 &at_end, err);
	}
	return rc;
}

static int put_subject(struct store_txn *txn, enum row_subject kind,
		       const struct row *row, bool *at_end,
		       struct ent_error *err)
{
	uint8_t key[ROW_SUBJECT_KEY_BYTES], value[ROW_VALUE_BYTES];

	key[0] = (uint8_t)kind;
	be32_put(key + 1, kind == ROW_ALLIANCE ? row->alliance : row->target);
	put_key(key + 5, row);
	put_value(value, row);
	return store_put_ascending(txn, STORE_SUBJECT,
				   (struct ent_bytes){ key, sizeof(key) },
				   (struct ent_bytes){ value, sizeof(value) },
				   at_end, err);
}

/* Each index gets its entries in its own order: neighbours then lie on one page,
 * and LMDB touches each page once. */
int row_put_all(struct store_txn *txn, struct row *rows, size_t count,
		struct ent_error *err)
{
	bool at_end = true;
	int rc;

	if (count == 0)
		return ENT_OK;
	qsort(rows, count, sizeof(*rows), by_place);
	rc = put_time(txn, rows, count, err);
	qsort(rows, count, sizeof(*rows), by_alliance);
	for (size_t i = 0; rc == ENT_OK && i < count; i++)
		if (rows[i].alliance != 0)
			rc = put_subject(txn, ROW_ALLIANCE, &rows[i], &at_end,
					 err);
	qsort(rows, count, sizeof(*rows), by_target_code);
	for (size_t i = 0; rc == ENT_OK && i < count; i++)
		if (by_target(&rows[i]))
			rc = put_subject(txn, ROW_TARGET, &rows[i], &at_end,
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

/* key without its prefix */
static int read_entry(struct ent_bytes key, struct ent_bytes value,
		      struct row *out, struct ent_error *err)
{
	if (key.len != ROW_KEY_BYTES || value.len != ROW_VALUE_BYTES)
		return ent_error_set(err, ENT_ECORRUPT,
				     "an index entry has %zu + %zu bytes instead of %d + %d",
				     key.len, value.len, ROW_KEY_BYTES,
				     ROW_VALUE_BYTES);
	read_row(key.data, value.data, out);
	if (out->type < TYPE_COUNT)
		return ENT_OK;
	return ent_error_set(err, ENT_ECORRUPT,
			     "an index entry has the unknown type %u",
			     out->type);
}

int row_walk_next(struct row_walk *walk, struct row *out,
		  struct ent_error *err)
{
	struct ent_bytes key, value;
	int rc = step(walk, &key, &value, err);

	if (rc != ENT_OK)
		return rc;
	if (key.len < walk->prefix_len ||
	    memcmp(key.data, walk->prefix, walk->prefix_len) != 0)
		return ENT_END;
	key.data = (const uint8_t *)key.data + walk->prefix_len;
	key.len -= walk->prefix_len;
	rc = read_entry(key, value, out, err);
	if (rc < 0)
		return rc;
	return out->lo > walk->last_day ? ENT_END : ENT_OK;
}

void row_walk_end(struct row_walk *walk)
{
	store_cursor_close(walk->cursor);
	walk->cursor = NULL;
}

int row_get(struct store_txn *txn, enum row_subject kind, uint32_t code,
	    const struct row *key, struct row *out, struct ent_error *err)
{
	uint8_t bytes[ROW_SUBJECT_KEY_BYTES], *place = bytes + 5;
	struct ent_bytes subject = { bytes, sizeof(bytes) };
	struct ent_bytes time = { place, ROW_KEY_BYTES }, value;
	int rc;

	bytes[0] = (uint8_t)kind;
	be32_put(bytes + 1, code);
	put_key(place, key);
	if (code)
		rc = store_get(txn, STORE_SUBJECT, subject, &value, err);
	else
		rc = store_get(txn, STORE_TIME, time, &value, err);
	return rc == ENT_OK ? read_entry(time, value, out, err) : rc;
}
