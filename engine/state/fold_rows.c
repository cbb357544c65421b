/*
 * fold_rows.c - the one place that takes rows from the log and hands them to a fold.
 * The fold takes them in any order: here it is that of recording.
 */
#include "state/fold.h"

/* Of a block that names none of the alliances asked about, only what weighs in
 * stances may be of use. */
static struct row_filter filter_of(const struct fold *fold)
{
	const struct fold_ask *ask = &fold->ask;
	struct row_filter filter = { .known = fold->selection->basis.known,
				     .last_day = fold->day };

	if (ask->codes_count == SIZE_MAX)
		return filter;
	for (size_t i = 0; i < ask->codes_count; i++)
		filter.alliances |= columns_alliance_bit(ask->codes[i]);
	filter.weighed_after = fold->day - STANCE_DAYS;
	return filter;
}

int fold_hand_rows(struct fold *fold, struct ent_error *err)
{
	struct row_filter filter = filter_of(fold);
	struct row_scan scan = { 0 };
	const struct row *rows;
	size_t count;
	int rc;

	if (fold->ask.codes_count == 0)
		return ENT_OK;
	rc = row_scan_begin(fold->txn, &filter, &scan, err);
	while (rc == ENT_OK &&
	       (rc = row_scan_next(&scan, &rows, &count, err)) == ENT_OK)
		for (size_t i = 0; rc == ENT_OK && i < count; i++)
			rc = fold_row(fold, &rows[i], err);
	row_scan_end(&scan);
	return rc == ENT_END ? ENT_OK : rc;
}
