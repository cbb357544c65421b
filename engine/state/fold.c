/*
 * fold.c - every alive event of the basis, in order, through every reducer.
 */
#include "state/fold.h"

#include <stdlib.h>


static int mark_alliance(struct fold *fold, const struct row *row,
			 struct ent_error *err)
{
	struct map_key key = { row->alliance, 0 };
	const size_t *at = map_find(&fold->alliances_index, key);
	int rc;

	if (!at) {
		rc = mem_grow(&fold->alliances, &fold->alliances_room,
			      fold->alliances_count + 1,
			      sizeof(*fold->alliances), err);
		if (rc == ENT_OK)
			rc = map_add(&fold->alliances_index, key,
				     fold->alliances_count, err);
		if (rc < 0)
			return rc;
		fold->alliances[fold->alliances_count++] =
			(struct fold_alliance){ .code = row->alliance };
		at = map_find(&fold->alliances_index, key);
	}
	if (row_counts(row, fold->day))
		fold->alliances[*at].counts = true;
	return ENT_OK;
}

static int reduce_ours(struct fold *fold, const struct row *row,
		       struct ent_error *err)
{
	static int (*const reducers[])(struct fold *, const struct row *,
				       struct ent_error *) = {
		reduce_alliance, reduce_member, reduce_chair, reduce_lists,
		reduce_stance
	};
	int rc = ENT_OK;

	if (row->alliance)
		rc = mark_alliance(fold, row, err);
	for (size_t i = 0;
	     rc == ENT_OK && i < sizeof(reducers) / sizeof(reducers[0]); i++)
		rc = reducers[i](fold, row, err);
	return rc;
}

static int reduce(struct fold *fold, const struct row *row,
		  struct ent_error *err)
{
	int rc = ENT_OK;

	if (!selection_alive(fold->selection, row))
		return ENT_OK;
	if (row->type != TYPE_USER)
		rc = reduce_ours(fold, row, err);
	if (rc == ENT_OK && fold->view->reducers_count > 0)
		rc = reduce_user(fold, row, err);
	return rc;
}

static int walk(struct fold *fold, struct row_walk *rows,
		struct ent_error *err)
{
	const struct row *row;
	int rc = ENT_OK;

	while (rc == ENT_OK && row_walk_next(rows, &row))
		rc = reduce(fold, row, err);
	row_walk_end(rows);
	return rc;
}

static int walk_all(struct fold *fold, struct ent_error *err)
{
	struct row_walk rows;
	int rc = row_walk_begin(fold->txn, 0, ENT_DAY_OPEN_START, fold->day,
				&rows, err);

	return rc < 0 ? rc : walk(fold, &rows, err);
}

static int walk_alliance(struct fold *fold, uint32_t code,
			 struct ent_error *err)
{
	struct row_walk rows;
	int rc = row_walk_begin(fold->txn, code, ENT_DAY_OPEN_START, fold->day,
				&rows, err);

	return rc < 0 ? rc : walk(fold, &rows, err);
}

/* What others did to a lead weighs in the stance too, and does not have to name
 * the alliance. */
static int walk_target(struct fold *fold, uint32_t target,
		       struct ent_error *err)
{
	struct row_walk rows;
	const struct row *row;
	int64_t from = (int64_t)fold->day - STANCE_DAYS + 1;
	int rc = row_walk_begin(fold->txn, 0, (int32_t)from, fold->day, &rows,
				err);

	while (rc == ENT_OK && row_walk_next(&rows, &row))
		if (row->target == target &&
		    selection_alive(fold->selection, row))
			rc = reduce_stance(fold, row, err);
	row_walk_end(&rows);
	return rc;
}

/* Each that has led the alliance at some time up to the day, once. */
static int walk_leads(struct fold *fold, uint32_t alliance,
		      struct ent_error *err)
{
	struct slot_key slot_key = { alliance, ASPECT_LEAD, 0 };
	const struct slot *slot = slots_find(&fold->slots, slot_key);
	struct map walked = { 0 };
	int rc = ENT_OK;

	for (size_t i = 0; rc == ENT_OK && slot && i < slot->puts.count; i++) {
		uint32_t lead = slot->puts.items[i].value;
		struct map_key key = { lead, 0 };

		if (map_find(&walked, key))
			continue;
		rc = map_add(&walked, key, 0, err);
		if (rc == ENT_OK)
			rc = walk_target(fold, lead, err);
	}
	map_release(&walked);
	return rc;
}

int fold_run(struct store_txn *txn, const struct selection *selection,
	     const struct ent_view *view, const uint32_t *codes, size_t count,
	     struct fold *out, struct ent_error *err)
{
	struct fold fold = { .txn = txn,
			     .selection = selection,
			     .view = view,
			     .day = selection->basis.at };
	int rc = ENT_OK;

	if (view->reducers_count > 0) {
		fold.texts = mem_new(1, sizeof(*fold.texts));
		if (!fold.texts)
			rc = mem_error(err);
	}
	if (rc == ENT_OK && count == SIZE_MAX)
		rc = walk_all(&fold, err);
	for (size_t i = 0; rc == ENT_OK && count != SIZE_MAX && i < count; i++)
		rc = walk_alliance(&fold, codes[i], err);
	for (size_t i = 0; rc == ENT_OK && count != SIZE_MAX && i < count; i++)
		rc = walk_leads(&fold, codes[i], err);
	if (rc < 0) {
		fold_release(&fold);
		return rc;
	}
	*out = fold;
	return ENT_OK;
}

static int by_place(const void *left, const void *right)
{
	return row_compare(left, right);
}

int fold_rows(struct store_txn *txn, const struct selection *selection,
	      const struct ent_view *view, struct row *rows, size_t count,
	      struct fold *out, struct ent_error *err)
{
	struct fold fold = { .txn = txn,
			     .selection = selection,
			     .view = view,
			     .day = selection->basis.at };
	int rc = ENT_OK;

	if (count > 0)
		qsort(rows, count, sizeof(*rows), by_place);
	for (size_t i = 0; rc == ENT_OK && i < count; i++)
		if (i == 0 || rows[i].seq != rows[i - 1].seq)
			rc = reduce_ours(&fold, &rows[i], err);
	if (rc < 0) {
		fold_release(&fold);
		return rc;
	}
	*out = fold;
	return ENT_OK;
}

void fold_release(struct fold *fold)
{
	slots_release(&fold->slots);
	for (size_t i = 0; i < fold->alliances_count; i++)
		for (unsigned l = 0; l < LIST_COUNT; l++)
			mem_free(fold->alliances[i].lists[l].items);
	mem_free(fold->weights);
	mem_free(fold->alliances);
	map_release(&fold->alliances_index);
	if (fold->texts) {
		mem_free(fold->texts->items);
		arena_release(&fold->texts->arena);
		mem_free(fold->texts);
	}
	*fold = (struct fold){ 0 };
}

int fold_put(struct fold *fold, uint32_t alliance, enum aspect aspect,
	     uint64_t element, const struct row *row, uint32_t value,
	     struct ent_error *err)
{
	struct slot_key key = { alliance, aspect, element };

	return slots_put(&fold->slots, key, row, value, err);
}

int fold_entry(struct fold *fold, enum list list, const struct row *row,
	       struct ent_error *err)
{
	const size_t *at = map_find(&fold->alliances_index,
				    (struct map_key){ row->alliance, 0 });
	struct entries *entries;
	int rc;

	if (!at || !row_counts(row, fold->day) || row_ran_out(row, fold->day))
		return ENT_OK;
	entries = &fold->alliances[*at].lists[list];
	rc = mem_grow(&entries->items, &entries->room, entries->count + 1,
		      sizeof(*entries->items), err);
	if (rc == ENT_OK)
		entries->items[entries->count++] =
			(struct entry){ .alliance = row->alliance,
					.list = list,
					.lo = row->lo,
					.phase = row->phase,
					.seq = row->seq };
	return rc;
}
