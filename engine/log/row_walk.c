/*
 * row_walk.c - reading the columns of a log.
 */
#include "log/row_walk.h"

#include "ground/be.h"
#include "ground/mem.h"
#include "log/block.h"

#include <inttypes.h>
#include <stdlib.h>

enum { KEY_BYTES = 8 };

static int read_entry(struct ent_bytes key, struct ent_bytes value,
		      struct columns *out, struct ent_error *err)
{
	if (key.len != KEY_BYTES)
		return ent_error_set(err, ENT_ECORRUPT,
				     "a key of the columns has %zu bytes instead of 8",
				     key.len);
	return columns_read(be64_get(key.data), value, out, err);
}

static int find_columns(struct store_txn *txn, uint64_t seq,
			struct columns *out, struct ent_error *err)
{
	struct ent_bytes key, value;
	uint8_t wanted[KEY_BYTES];
	int rc;

	be64_put(wanted, seq);
	rc = store_get_floor(txn, STORE_COLUMNS,
			     (struct ent_bytes){ wanted, sizeof(wanted) }, &key,
			     &value, err);
	if (rc == ENT_OK)
		rc = read_entry(key, value, out, err);
	if (rc == ENT_END || (rc == ENT_OK && seq - out->first >= out->count))
		return ent_error_set(err, ENT_ECORRUPT,
				     "event %" PRIu64 " has no columns", seq);
	return rc;
}

int row_read(struct row_reader *reader, uint64_t seq, const struct row **out,
	     struct ent_error *err)
{
	struct columns columns;
	int rc = ENT_OK;

	if (!reader->rows)
		reader->rows = mem_raw(BLOCK_EVENTS * sizeof(*reader->rows));
	if (!reader->rows)
		return mem_error(err);
	if (reader->count == 0 || seq - reader->first >= reader->count) {
		reader->count = 0;
		rc = find_columns(reader->txn, seq, &columns, err);
		if (rc == ENT_OK)
			rc = columns_unpack(&columns, reader->rows, err);
		if (rc != ENT_OK)
			return rc;
		reader->first = columns.first;
		reader->count = columns.count;
	}
	*out = &reader->rows[seq - reader->first];
	return ENT_OK;
}

void row_reader_release(struct row_reader *reader)
{
	mem_free(reader->rows);
	*reader = (struct row_reader){ 0 };
}

int row_scan_begin(struct store_txn *txn, const struct row_filter *filter,
		   struct row_scan *out, struct ent_error *err)
{
	struct row_scan scan = { .filter = *filter };
	struct columns columns;
	int rc = ENT_OK;

	if (filter->first > 1) {
		rc = find_columns(txn, filter->first, &columns, err);
		scan.from = columns.first;
	}
	if (rc < 0)
		return rc;

	scan.rows = mem_raw(BLOCK_EVENTS * sizeof(*scan.rows));
	rc = scan.rows ? store_cursor_open(txn, STORE_COLUMNS, &scan.cursor, err) :
			 mem_error(err);
	if (rc < 0) {
		mem_free(scan.rows);
		return rc;
	}
	*out = scan;
	return ENT_OK;
}

static int step(struct row_scan *scan, struct columns *out,
		struct ent_error *err)
{
	struct ent_bytes key, value;
	uint8_t from[KEY_BYTES];
	int rc;

	be64_put(from, scan->from);
	if (scan->started)
		rc = store_cursor_next(scan->cursor, &key, &value, err);
	else
		rc = store_cursor_seek(scan->cursor,
				       (struct ent_bytes){ from, sizeof(from) },
				       &key, &value, err);
	scan->started = true;
	return rc == ENT_OK ? read_entry(key, value, out, err) : rc;
}

static bool is_wanted(const struct row_filter *filter,
		      const struct columns *columns)
{
	return columns_may_count(columns, filter->last_day) &&
	       (filter->alliances == 0 ||
		(columns->alliances & filter->alliances) != 0 ||
		columns->last_day > filter->weighed_after);
}

int row_scan_next(struct row_scan *scan, const struct row **out,
		  size_t *out_count, struct ent_error *err)
{
	struct columns columns;
	size_t skip = 0;
	int rc;

	do {
		rc = step(scan, &columns, err);
		if (rc != ENT_OK)
			return rc;
		if (columns.first > scan->filter.known)
			return ENT_END;
	} while (!is_wanted(&scan->filter, &columns));
	rc = columns_unpack(&columns, scan->rows, err);
	if (rc < 0)
		return rc;
	if (scan->filter.first > columns.first)
		skip = (size_t)(scan->filter.first - columns.first);
	*out = scan->rows + skip;
	*out_count = columns.count - skip;
	if (scan->filter.known - columns.first < columns.count)
		*out_count = (size_t)(scan->filter.known - columns.first) + 1 -
			     skip;
	return ENT_OK;
}

void row_scan_end(struct row_scan *scan)
{
	store_cursor_close(scan->cursor);
	mem_free(scan->rows);
	*scan = (struct row_scan){ 0 };
}

/* ---- in the order of the fold ---------------------------------------------- */

static bool is_between(const struct row *row, uint32_t alliance,
		       int32_t from_day, int32_t last_day)
{
	return row->type != TYPE_RETRACTED && row->lo >= from_day &&
	       row->lo <= last_day &&
	       (alliance == 0 || row->alliance == alliance);
}

static int by_place(const void *left, const void *right)
{
	return row_compare(left, right);
}

int row_walk_begin(struct store_txn *txn, uint32_t alliance, int32_t from_day,
		   int32_t last_day, struct row_walk *out,
		   struct ent_error *err)
{
	struct row_filter filter = { .known = UINT64_MAX,
				     .last_day = last_day,
				     .weighed_after = ENT_DAY_OPEN_END };
	struct row_walk walk = { 0 };
	struct row_scan scan = { 0 };
	const struct row *rows;
	size_t count;
	int rc;

	if (alliance)
		filter.alliances = columns_alliance_bit(alliance);
	rc = row_scan_begin(txn, &filter, &scan, err);
	while (rc == ENT_OK &&
	       (rc = row_scan_next(&scan, &rows, &count, err)) == ENT_OK) {
		rc = mem_grow(&walk.rows, &walk.room, walk.count + count,
			      sizeof(*rows), err);
		for (size_t i = 0; rc == ENT_OK && i < count; i++)
			if (is_between(&rows[i], alliance, from_day, last_day))
				walk.rows[walk.count++] = rows[i];
	}
	row_scan_end(&scan);
	if (rc < 0) {
		row_walk_end(&walk);
		return rc;
	}
	if (walk.count > 0)
		qsort(walk.rows, walk.count, sizeof(*walk.rows), by_place);
	*out = walk;
	return ENT_OK;
}

bool row_walk_next(struct row_walk *walk, const struct row **out)
{
	if (walk->at == walk->count)
		return false;
	*out = &walk->rows[walk->at++];
	return true;
}

void row_walk_end(struct row_walk *walk)
{
	mem_free(walk->rows);
	*walk = (struct row_walk){ 0 };
}
