/*
 * model.c - from a fold to the arrays of a state.
 */
#include "state/model.h"

#include "log/codes.h"

#include <stdlib.h>
#include <string.h>

static int by_key(const void *left, const void *right)
{
	const struct cell *a = left, *b = right;

	return slot_key_compare(a->key, b->key);
}

static int by_code(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	return a < b ? -1 : a > b;
}

static void *keep(struct arena *arena, const void *items, size_t count,
		  size_t size)
{
	void *copy = arena_alloc(arena, count * size);

	if (copy && count > 0)
		memcpy(copy, items, count * size);
	return copy;
}

/* ---- cells --------------------------------------------------------------- */

static bool is_visible(const struct cell *cell)
{
	return cell->value != SLOT_NONE || !cell->certain;
}

/* An exercise that has a name is an entry of its list, by its last event. */
static int add_exercise(struct fold *fold, const struct slot *slot,
			struct ent_error *err)
{
	struct fold_alliance *alliance =
		fold_alliance_of(fold, slot->key.scope);

	return entries_add(&alliance->lists[LIST_EXERCISES],
			   fold->ask.view->last, put_earliest(&slot->as.one),
			   err);
}

/* The cell of a slot; an exercise is shown in its list only. */
static int make_cell(struct fold *fold, const struct slot *slot,
		     struct arena *arena, struct cell *out,
		     struct ent_error *err)
{
	struct puts puts = slot_puts(slot);

	*out = (struct cell){ .key = slot->key, .certain = true };
	if (slot->key.aspect == ASPECT_EXERCISE)
		return add_exercise(fold, slot, err);
	if (aspect_kind(slot->key.aspect) != SLOT_LAST)
		return slot_resolve(slot->key, &puts,
				    slots_sweeps_of(&fold->slots, slot->key),
				    fold->day, arena, out, err);
	out->value = puts.items[0].value;
	out->decider = puts.items[0].seq;
	return ENT_OK;
}

static int make_cells(struct fold *fold, struct arena *arena,
		      struct model *model, struct ent_error *err)
{
	struct cell *cells =
		arena_alloc(arena, fold->slots.count * sizeof(*cells));
	int rc = ENT_OK;

	if (!cells)
		return mem_error(err);
	for (size_t i = 0; rc == ENT_OK && i < fold->slots.count; i++) {
		struct cell *cell = &cells[model->cells_count];

		rc = make_cell(fold, &fold->slots.items[i], arena, cell, err);
		if (rc == ENT_OK && is_visible(cell))
			model->cells_count++;
	}
	if (model->cells_count > 0)
		qsort(cells, model->cells_count, sizeof(*cells), by_key);
	model->cells = cells;
	return rc;
}

/* ---- alliances ------------------------------------------------------------ */

/* Cells come by alliance: take each that has a membership or a chair, once. */
static size_t add_those_with_cells(const struct fold *fold,
				   const struct model *model, uint32_t *codes)
{
	size_t count = 0;

	for (size_t i = 0; i < model->cells_count; i++) {
		struct slot_key key = model->cells[i].key;

		if (key.aspect != ASPECT_MEMBER && key.aspect != ASPECT_CHAIR)
			continue;
		if (count > 0 && codes[count - 1] == key.scope)
			continue;
		if (!fold_alliance_of(fold, key.scope)->counts)
			codes[count++] = key.scope;
	}
	return count;
}

static int make_alliances(const struct fold *fold, struct arena *arena,
			  struct model *model, struct ent_error *err)
{
	uint32_t *codes = arena_alloc(arena, fold->alliances_count *
						     sizeof(*codes));
	size_t count;

	if (!codes)
		return mem_error(err);
	count = add_those_with_cells(fold, model, codes);
	for (size_t i = 0; i < fold->alliances_count; i++)
		if (fold->alliances[i].counts)
			codes[count++] = fold->alliances[i].code;
	if (count > 0)
		qsort(codes, count, sizeof(*codes), by_code);
	model->alliances = codes;
	model->alliances_count = count;
	return ENT_OK;
}

int model_first_event(struct store_txn *txn, const struct ent_basis *basis,
		      uint32_t alliance, uint64_t *out, struct ent_error *err)
{
	struct selection selection = { 0 };
	struct row_walk walk = { 0 };
	const struct row *row;
	int rc = selection_make(txn, basis, &selection, err);

	*out = 0;
	if (rc == ENT_OK)
		rc = row_walk_begin(txn, alliance, ENT_DAY_OPEN_START,
				    basis->at, &walk, err);
	while (rc == ENT_OK && *out == 0 && row_walk_next(&walk, &row))
		if (row->type != TYPE_USER && row_counts(row, basis->at) &&
		    selection_alive(&selection, row))
			*out = row->seq;
	row_walk_end(&walk);
	selection_release(&selection);
	return rc;
}

bool model_shows(const struct model *model, uint32_t alliance)
{
	return model->alliances_count > 0 &&
	       bsearch(&alliance, model->alliances, model->alliances_count,
		       sizeof(alliance), by_code);
}

const struct cell *model_cell(const struct model *model, struct slot_key key)
{
	struct cell wanted = { .key = key };

	if (model->cells_count == 0)
		return NULL;
	return bsearch(&wanted, model->cells, model->cells_count,
		       sizeof(wanted), by_key);
}

size_t model_first_entry(const struct model *model, uint32_t alliance,
			 enum list list)
{
	struct entry wanted = { .alliance = alliance,
				.list = list,
				.lo = ENT_DAY_OPEN_START };
	size_t lo = 0, hi = model->entries_count;

	while (lo < hi) {
		size_t middle = lo + (hi - lo) / 2;

		if (entry_compare(&model->entries[middle], &wanted) < 0)
			lo = middle + 1;
		else
			hi = middle;
	}
	return lo;
}

/* ---- the whole --------------------------------------------------------------- */

int model_codes(struct store_txn *txn, const struct ent_view *view,
		struct arena *arena, uint32_t **out, size_t *out_count,
		struct ent_error *err)
{
	uint32_t *codes;
	size_t count = 0;
	int rc;

	*out = NULL;
	*out_count = SIZE_MAX;
	if (!view->alliances)
		return ENT_OK;
	codes = arena_alloc(arena, view->alliances_count * sizeof(*codes));
	if (!codes)
		return mem_error(err);
	for (size_t i = 0; i < view->alliances_count; i++) {
		rc = codes_find(txn, view->alliances[i], &codes[count], err);
		if (rc < 0)
			return rc;
		for (size_t j = 0; rc == ENT_OK && j < count; j++)
			if (codes[j] == codes[count])
				rc = ENT_END; /* named twice */
		count += rc == ENT_OK;
	}
	*out = codes;
	*out_count = count;
	return ENT_OK;
}

static int keep_user_texts(const struct fold *fold, struct arena *arena,
			   struct model *model, struct ent_error *err)
{
	if (!fold->texts)
		return ENT_OK;
	model->user_texts_count = fold->texts->count;
	model->user_texts = keep(arena, fold->texts->items, fold->texts->count,
				 sizeof(*fold->texts->items));
	if (!model->user_texts)
		return mem_error(err);
	for (size_t i = 0; i < model->user_texts_count; i++) {
		const char *text = model->user_texts[i];

		model->user_texts[i] = arena_text(arena, text, strlen(text));
		if (!model->user_texts[i])
			return mem_error(err);
	}
	return ENT_OK;
}

static void append_list(struct model *model, uint32_t alliance, enum list list,
			const struct entries *entries)
{
	for (size_t i = 0; i < entries->count; i++) {
		struct place place = entries->items[i];

		model->entries[model->entries_count++] =
			(struct entry){ .alliance = alliance,
					.list = list,
					.lo = place.day,
					.phase = place.phase,
					.seq = place.seq };
	}
}

/* What is in a list counts, so that its alliance is shown. */
static int make_entries(struct fold *fold, struct arena *arena,
			struct model *model, struct ent_error *err)
{
	size_t count = 0;

	for (size_t i = 0; i < fold->alliances_count; i++)
		for (unsigned l = 0; l < LIST_COUNT; l++) {
			struct entries *list = &fold->alliances[i].lists[l];

			entries_end(list, fold->ask.view->last);
			count += list->count;
		}
	model->entries = arena_alloc(arena, count * sizeof(*model->entries));
	if (!model->entries)
		return mem_error(err);
	for (size_t i = 0; i < model->alliances_count; i++) {
		uint32_t alliance = model->alliances[i];
		const struct entries *lists =
			fold_alliance_of(fold, alliance)->lists;

		for (unsigned l = 0; l < LIST_COUNT; l++)
			append_list(model, alliance, l, &lists[l]);
	}
	return ENT_OK;
}

int model_settle(struct fold *fold, struct arena *arena, struct model *model,
		 struct ent_error *err)
{
	int rc = make_cells(fold, arena, model, err);

	if (rc == ENT_OK)
		rc = make_alliances(fold, arena, model, err);
	if (rc == ENT_OK)
		rc = keep_user_texts(fold, arena, model, err);
	if (rc == ENT_OK)
		rc = make_entries(fold, arena, model, err);
	return rc;
}

int model_make(struct store_txn *txn, const struct ent_basis *basis,
	       const struct ent_view *view, bool causes, struct arena *arena,
	       struct model *out, struct ent_error *err)
{
	struct fold_ask ask = { .view = view, .causes = causes };
	struct selection selection = { 0 };
	struct fold fold = { 0 };
	struct model model = { .shared_until = ENT_DAY_OPEN_START };
	uint32_t *codes = NULL;
	int rc = selection_make(txn, basis, &selection, err);

	if (rc == ENT_OK)
		rc = model_codes(txn, view, arena, &codes, &ask.codes_count,
				 err);
	ask.codes = codes;
	if (rc == ENT_OK)
		rc = fold_run(txn, &selection, &ask, &fold, err);
	if (rc == ENT_OK)
		rc = model_settle(&fold, arena, &model, err);
	if (rc == ENT_OK)
		rc = model_make_stances(&fold, arena, &model, err);
	model.basis = selection.basis;
	if (rc == ENT_OK)
		rc = log_root(txn, model.basis.known, &model.head, err);
	fold_release(&fold);
	selection_release(&selection);
	if (rc == ENT_OK)
		*out = model;
	return rc;
}

/* ---- comparing ----------------------------------------------------------------- */

static bool same_bytes(const void *a, const void *b, size_t count, size_t size)
{
	return count == 0 || memcmp(a, b, count * size) == 0;
}

bool cell_equal(const struct cell *a, const struct cell *b)
{
	return a->value == b->value && a->decider == b->decider &&
	       a->certain == b->certain &&
	       a->possible_count == b->possible_count &&
	       a->events_count == b->events_count &&
	       same_bytes(a->possible, b->possible, a->possible_count,
			  sizeof(*a->possible)) &&
	       same_bytes(a->events, b->events, a->events_count,
			  sizeof(*a->events));
}

bool stance_equal(const struct stance *a, const struct stance *b)
{
	return a->score == b->score &&
	       same_bytes(a->counts, b->counts, TYPE_COUNT, sizeof(*a->counts));
}
