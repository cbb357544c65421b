/*
 * checkpoint_items.c - the rows of a span in the order of series: sorted from the
 * columns of the log, or merged from checkpoints that cover it.
 */
#include "state/checkpoint/checkpoint_private.h"

#include "ground/mem.h"
#include "log/fixes.h"
#include "log/row_walk.h"

#include <stdlib.h>
#include <string.h>

/* ---- from the log ---------------------------------------------------------- */

static int add_row(struct items *items, const struct row *row, uint64_t group,
		   bool fixed, struct ent_error *err)
{
	struct item made[ITEMS_OF_ROW_MAX];
	int rc = mem_grow(&items->items, &items->room,
			  items->count + ITEMS_OF_ROW_MAX,
			  sizeof(*items->items), err);
	size_t count = rc == ENT_OK ? series_of_row(row, made) : 0;

	for (size_t i = 0; i < count; i++) {
		if (group != 0 && made[i].group != group)
			continue;
		made[i].fixed = fixed;
		items->items[items->count++] = made[i];
	}
	return rc;
}

static int add_rows(struct store_txn *txn, const struct span *span,
		    uint64_t group, struct items *items, struct ent_error *err)
{
	struct row_filter filter = { .first = span->first,
				     .known = span->last,
				     .last_day = ENT_DAY_OPEN_END };
	struct row_scan scan = { 0 };
	const struct row *rows;
	size_t count;
	int rc = row_scan_begin(txn, &filter, &scan, err);

	while (rc == ENT_OK &&
	       (rc = row_scan_next(&scan, &rows, &count, err)) == ENT_OK)
		for (size_t i = 0; rc == ENT_OK && i < count; i++)
			rc = add_row(items, &rows[i], group, false, err);
	row_scan_end(&scan);
	return rc == ENT_END ? ENT_OK : rc;
}

static int by_number(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return a < b ? -1 : a > b;
}

/* A mark at the place of each event that an event of the span corrects or
 * retracts. */
static int add_fixes(struct store_txn *txn, const struct span *span,
		     uint64_t group, struct items *items, struct ent_error *err)
{
	struct row_reader reader = { .txn = txn };
	uint64_t *targets = NULL;
	const struct row *row;
	size_t count = 0;
	int rc = fix_targets(txn, span->first, span->last, &targets, &count,
			     err);

	if (rc == ENT_OK && count > 0)
		qsort(targets, count, sizeof(*targets), by_number);
	for (size_t i = 0; rc == ENT_OK && i < count; i++) {
		rc = row_read(&reader, targets[i], &row, err);
		if (rc == ENT_OK)
			rc = add_row(items, row, group, true, err);
	}
	row_reader_release(&reader);
	mem_free(targets);
	return rc;
}

static int by_series(const void *left, const void *right)
{
	return item_compare(left, right);
}

int checkpoint_items_of(struct store_txn *txn, const struct span *span,
			uint64_t group, struct items *out,
			struct ent_error *err)
{
	int rc = add_rows(txn, span, group, out, err);

	if (rc == ENT_OK)
		rc = add_fixes(txn, span, group, out, err);
	if (rc == ENT_OK && out->count > 0)
		qsort(out->items, out->count, sizeof(*out->items), by_series);
	return rc;
}

/* ---- from checkpoints ------------------------------------------------------- */

/* All rows of a packed group, behind what items has. */
static int unpack(const struct group *group, struct items *items,
		  struct ent_error *err)
{
	int rc = mem_grow(&items->items, &items->room,
			  items->count + group->rows, sizeof(*items->items),
			  err);
	uint32_t row = 0, end;

	for (uint32_t s = 0; rc == ENT_OK && s < group->series; s++) {
		uint32_t expected = row;

		group_series_rows(group, s, &row, &end);
		if (row != expected)
			return ent_error_set(err, ENT_ECORRUPT,
					     "series %u of a checkpoint begins at row %u instead of %u",
					     s, row, expected);
		for (; rc == ENT_OK && row < end; row++)
			rc = group_item(group, s, row,
					&items->items[items->count++], err);
	}
	return rc;
}

/* Two sorted halves, the second of which begins at middle, into one. */
static int merge(struct items *items, size_t middle, struct ent_error *err)
{
	size_t i = 0, j = middle, out = 0;
	struct item *first = mem_raw(middle * sizeof(*first) + 1);

	if (!first)
		return mem_error(err);
	if (middle > 0)
		memcpy(first, items->items, middle * sizeof(*first));
	while (i < middle)
		items->items[out++] =
			j < items->count &&
					item_compare(&items->items[j],
						     &first[i]) < 0 ?
				items->items[j++] : first[i++];
	mem_free(first);
	return ENT_OK;
}

int checkpoint_merge(struct store_txn *txn, uint64_t group,
		     const struct span *spans, size_t count, struct items *out,
		     struct ent_error *err)
{
	struct group packed;
	int rc = ENT_OK;

	for (size_t i = 0; rc == ENT_OK && i < count; i++) {
		size_t middle = out->count;

		rc = checkpoint_group(txn, group, spans[i].first, &packed, err);
		if (rc == ENT_OK)
			rc = unpack(&packed, out, err);
		if (rc == ENT_OK)
			rc = merge(out, middle, err);
		if (rc == ENT_END)
			rc = ENT_OK;
	}
	return rc;
}
