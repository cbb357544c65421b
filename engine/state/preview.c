/*
 * preview.c - what a batch would change: append it, look, and abort.
 *
 * LMDB shows a writer its own writes, so the answer is that of the log with the
 * batch in it, by the same code, and nothing has to be simulated.
 */
#include "log/append.h"
#include "log/fixes.h"
#include "state/days.h"
#include "state/diff.h"


static int add_bounds(struct days *days, const struct row *row,
		      struct ent_error *err)
{
	const int32_t bounds[] = { row->lo, row->hi, row->until_lo,
				   row->until_hi };
	int rc = ENT_OK;

	for (size_t i = 0;
	     rc == ENT_OK && i < sizeof(bounds) / sizeof(bounds[0]); i++)
		if (bounds[i] != ENT_DAY_OPEN_START &&
		    bounds[i] != ENT_DAY_OPEN_END)
			rc = days_add(days, bounds[i], err);
	return rc;
}

/* Today, and the bounds of every date and until of the batch and of the events
 * that it corrects or retracts. */
static int find_days(struct store_txn *txn, uint64_t before, int32_t today,
		     struct days *out, struct ent_error *err)
{
	struct row_walk walk = { 0 };
	struct fix *fixes = NULL;
	struct map touched = { 0 };
	size_t fixes_count = 0;
	const struct row *row;
	int rc = fix_list(txn, 0, &fixes, &fixes_count, err);

	for (size_t i = 0; rc == ENT_OK && i < fixes_count; i++) {
		struct map_key key = { fixes[i].target, 0 };

		if (fixes[i].by > before && !map_find(&touched, key))
			rc = map_add(&touched, key, 0, err);
	}
	if (rc == ENT_OK)
		rc = days_add(out, today, err);
	if (rc == ENT_OK)
		rc = row_walk_begin(txn, 0, ENT_DAY_OPEN_START,
				    ENT_DAY_OPEN_END, &walk, err);
	while (rc == ENT_OK && row_walk_next(&walk, &row)) {
		struct map_key key = { row->seq, 0 };

		if (row->seq > before || map_find(&touched, key))
			rc = add_bounds(out, row, err);
	}
	row_walk_end(&walk);
	map_release(&touched);
	mem_free(fixes);
	days_sort(out);
	return rc;
}

static int preview_day(struct store_txn *txn, int32_t day, uint64_t before,
		       ent_preview_fn *preview, void *arg,
		       struct ent_error *err)
{
	struct ent_basis from = { .at = day, .known = before };
	struct ent_basis to = { .at = day, .known = ENT_KNOWN_ALL };
	struct ent_diff *diff = NULL;
	int rc = diff_in(txn, &from, &to, NULL, &diff, err);

	if (rc == ENT_OK && ent_diff_count(diff) > 0)
		rc = preview(day, diff, arg, err);
	ent_diff_free(diff);
	return rc;
}

struct asked {
	int32_t today;
	ent_preview_fn *preview;
	void *arg;
};

static int look(struct store_txn *txn, const struct ent_appended *appended,
		void *arg, struct ent_error *err)
{
	const struct asked *asked = arg;
	uint64_t before = appended->head_seq - appended->appended;
	struct days days = { 0 };
	int rc = ENT_OK;

	if (appended->appended == 0)
		return ENT_OK;
	rc = find_days(txn, before, asked->today, &days, err);
	for (size_t i = 0; rc == ENT_OK && i < days.count; i++)
		rc = preview_day(txn, days.items[i], before, asked->preview,
				 asked->arg, err);
	mem_free(days.items);
	return rc;
}

int ent_log_preview(struct ent_log *log, const struct ent_batch *batch,
		    const struct ent_append_options *options, int32_t today,
		    ent_preview_fn *preview, void *arg,
		    struct ent_appended *out, struct ent_error *err)
{
	static const struct ent_append_options defaults;
	struct asked asked = { today, preview, arg };
	struct append_request request = {
		.batch = batch,
		.options = options ? options : &defaults,
		.look = look,
		.arg = &asked,
	};

	return append_request(log, &request, out, err);
}
