/*
 * stat.c - the figures of a log.
 */
#include "log/log.h"

#include "log/fixes.h"
#include "log/record.h"
#include "log/row_walk.h"

static int count_block(const struct block *block, struct ent_stat *stat,
		       struct ent_error *err)
{
	struct record record;
	int rc = ENT_OK;

	for (uint32_t i = 0; rc == ENT_OK && i < block->count; i++) {
		rc = block_get(block, block->first + i, &record, err);
		if (rc == ENT_OK)
			stat->event_bytes += record.body.len;
	}
	stat->last_recorded_us = block->recorded_us;
	if (stat->first_recorded_us == 0)
		stat->first_recorded_us = block->recorded_us;
	return rc;
}

static int count_bytes(struct store_txn *txn, struct ent_stat *stat,
		       struct ent_error *err)
{
	struct block_walk walk;
	struct block block;
	int rc = block_walk_begin(txn, &walk, err);

	while (rc == ENT_OK &&
	       (rc = block_walk_next(&walk, &block, err)) == ENT_OK)
		rc = count_block(&block, stat, err);
	block_walk_end(&walk);
	return rc == ENT_END ? ENT_OK : rc;
}

/* One bit for each code, to count different ones. */
struct seen {
	uint8_t *bits;
	uint64_t count;
};

static void see(struct seen *seen, uint32_t code, uint64_t codes)
{
	uint8_t bit = (uint8_t)(1u << (code & 7));

	if (code == 0 || code > codes || (seen->bits[code >> 3] & bit))
		return;
	seen->bits[code >> 3] |= bit;
	seen->count++;
}

static void count_row(const struct row *row, struct seen *alliances,
		      struct seen *actors, uint64_t codes,
		      struct ent_stat *stat)
{
	bool any = stat->first_day <= stat->last_day;

	if (row->type == TYPE_RETRACTED)
		return;
	see(alliances, row->alliance, codes);
	see(actors, row->actor, codes);
	if (row_has_open_start(row))
		return;
	if (!any || row->lo < stat->first_day)
		stat->first_day = row->lo;
	if (!any || row->lo > stat->last_day)
		stat->last_day = row->lo;
}

static int count_codes(struct store_txn *txn, struct ent_stat *stat,
		       struct ent_error *err)
{
	struct seen alliances = { 0 }, actors = { 0 };
	static const struct row_filter all = {
		.known = UINT64_MAX, .last_day = ENT_DAY_OPEN_END
	};
	struct row_scan scan = { 0 };
	const struct row *rows;
	size_t count;
	uint64_t codes = 0;
	int rc = store_count(txn, STORE_TEXTS, &codes, err);

	alliances.bits = mem_new((size_t)codes / 8 + 1, 1);
	actors.bits = mem_new((size_t)codes / 8 + 1, 1);
	if (rc == ENT_OK && (!alliances.bits || !actors.bits))
		rc = mem_error(err);
	if (rc == ENT_OK)
		rc = row_scan_begin(txn, &all, &scan, err);
	while (rc == ENT_OK &&
	       (rc = row_scan_next(&scan, &rows, &count, err)) == ENT_OK)
		for (size_t i = 0; i < count; i++)
			count_row(&rows[i], &alliances, &actors, codes, stat);
	row_scan_end(&scan);
	stat->alliances = alliances.count;
	stat->actors = actors.count;
	mem_free(alliances.bits);
	mem_free(actors.bits);
	return rc == ENT_END ? ENT_OK : rc;
}

static int count_alive(struct store_txn *txn, struct ent_stat *stat,
		       struct ent_error *err)
{
	struct map dead = { 0 };
	struct fix *fixes = NULL;
	size_t count = 0;
	int rc = fix_list(txn, 0, &fixes, &count, err);

	if (rc == ENT_OK)
		rc = fix_find_dead(fixes, count, NULL, NULL, &dead, err);
	stat->alive = stat->events - dead.count;
	map_release(&dead);
	mem_free(fixes);
	return rc;
}

int ent_log_stat(struct ent_log *log, struct ent_stat *out,
		 struct ent_error *err)
{
	struct ent_stat stat = { .last_day = -1,
				 .format = ENT_FORMAT_VERSION };
	struct store_readers readers = { 0 };
	struct store_txn *txn = NULL;
	int rc = store_begin_read(log->store, &txn, err);

	if (rc == ENT_OK)
		rc = log_last(txn, &stat.events, err);
	if (rc == ENT_OK)
		rc = count_bytes(txn, &stat, err);
	if (rc == ENT_OK)
		rc = count_codes(txn, &stat, err);
	if (rc == ENT_OK)
		rc = count_alive(txn, &stat, err);
	if (rc == ENT_OK)
		rc = store_file_bytes(log->store, &stat.file_bytes, err);
	store_clear_readers(log->store);
	if (rc == ENT_OK)
		rc = store_readers(log->store, &readers, err);
	store_abort(txn);
	if (rc < 0)
		return rc;
	stat.readers = readers.count;
	stat.oldest_reader = readers.oldest;
	stat.behind = readers.behind;
	*out = stat;
	return ENT_OK;
}
