/*
 * fold.c - every alive event of the basis through the reducer of its type.
 */
#include "state/fold.h"

#include <stdlib.h>

/* ---- alliances ------------------------------------------------------------ */

static inline uint64_t hash_code(uint32_t code)
{
	return positions_hash(0, code);
}

static uint64_t hash_alliance(const void *items, size_t position)
{
	return hash_code(((const struct fold_alliance *)items)[position].code);
}

static inline struct fold_alliance *find_alliance(const struct fold *fold,
						  uint32_t code)
{
	const struct positions *index = &fold->alliances_index;
	size_t place;

	if (index->room == 0)
		return NULL;
	for (place = positions_home(index, hash_code(code)); index->at[place];
	     place = positions_next(index, place)) {
		struct fold_alliance *alliance =
			&fold->alliances[index->at[place] - 1];

		if (alliance->code == code)
			return alliance;
	}
	return NULL;
}

struct fold_alliance *fold_alliance_of(const struct fold *fold, uint32_t code)
{
	return find_alliance(fold, code);
}

static int add_alliance(struct fold *fold, uint32_t code, struct ent_error *err)
{
	int rc = mem_grow(&fold->alliances, &fold->alliances_room,
			  fold->alliances_count + 1, sizeof(*fold->alliances),
			  err);

	if (rc == ENT_OK)
		rc = positions_add(&fold->alliances_index, hash_code(code),
				   hash_alliance, fold->alliances, err);
	if (rc < 0)
		return rc;
	fold->named = &fold->alliances[fold->alliances_count++];
	*fold->named = (struct fold_alliance){ .code = code };
	return ENT_OK;
}

static inline int name_alliance(struct fold *fold, const struct row *row,
				struct ent_error *err)
{
	fold->named = find_alliance(fold, row->alliance);
	if (!fold->named) {
		int rc = add_alliance(fold, row->alliance, err);

		if (rc < 0)
			return rc;
	}
	fold->row_counts = row->lo != ENT_DAY_OPEN_START ||
			   row->hi <= fold->day;
	fold->named->counts |= fold->row_counts;
	return ENT_OK;
}

uint32_t fold_lead(const struct fold *fold, uint32_t alliance)
{
	struct slot_key key = { alliance, ASPECT_LEAD, 0 };
	const struct slot *slot = slots_find(&fold->slots, key);

	return slot ? slot->as.one.value : 0;
}

/* ---- rows ------------------------------------------------------------------- */

/* In the window of the stances; an open start lies before every window. */
static inline bool weighs(const struct fold *fold, const struct row *row)
{
	return row->lo > fold->day - STANCE_DAYS && row->actor != 0 &&
	       fold->plans[row->type].weighs &&
	       (row->modality == MODALITY_FACT ||
		row->modality == MODALITY_CLAIM);
}

static int reduce_ours(struct fold *fold, const struct row *row,
		       struct ent_error *err)
{
	reduce_fn *fact = fold->plans[row->type].fact;
	int rc = ENT_OK;

	if (row->alliance) {
		rc = name_alliance(fold, row, err);
		if (rc == ENT_OK && row->modality != MODALITY_FACT)
			rc = fold_entry(fold, LIST_SIGNALS, row, err);
		else if (rc == ENT_OK && fact)
			rc = fact(fold, row, err);
	}
	if (rc == ENT_OK && weighs(fold, row))
		rc = reduce_stance(fold, row, row->alliance, err);
	return rc;
}

/* They see events in the order of the fold, so all must be there first. */
static int keep_for_user(struct fold *fold, const struct row *row,
			 struct ent_error *err)
{
	int rc = mem_grow(&fold->told, &fold->told_room, fold->told_count + 1,
			  sizeof(*fold->told), err);

	if (rc == ENT_OK)
		fold->told[fold->told_count++] = *row;
	return rc;
}

int fold_row(struct fold *fold, const struct row *row, struct ent_error *err)
{
	int rc = ENT_OK;

	if (row->lo > fold->day || row->type == TYPE_RETRACTED ||
	    !selection_alive_by(fold->selection, &fold->alive, row))
		return ENT_OK;
	/* What somebody did to a lead weighs, whatever alliance it names. */
	if (fold->ask.codes_count != SIZE_MAX &&
	    !find_alliance(fold, row->alliance))
		return weighs(fold, row) ? reduce_stance(fold, row, 0, err) :
					   ENT_OK;
	if (fold->texts)
		rc = keep_for_user(fold, row, err);
	if (rc == ENT_OK && row->type != TYPE_USER)
		rc = reduce_ours(fold, row, err);
	return rc;
}

/* ---- the whole ---------------------------------------------------------------- */

static void make_plans(struct fold *fold)
{
	static reduce_fn *const facts[] = {
		[FAMILY_NONE] = NULL,
		[FAMILY_ALLIANCE] = reduce_alliance,
		[FAMILY_MEMBER] = reduce_member,
		[FAMILY_CHAIR] = reduce_chair,
		[FAMILY_EXERCISE] = reduce_exercise,
		[FAMILY_COMMITMENT] = reduce_commitment,
		[FAMILY_SIGNAL] = reduce_signal,
	};

	for (unsigned t = 0; t < TYPE_COUNT; t++) {
		const struct vocabulary_row *row = vocabulary_row(t);

		fold->plans[t] = (struct fold_plan){ facts[row->family],
						     row->type.weighed };
	}
}

int fold_begin(struct store_txn *txn, const struct selection *selection,
	       const struct fold_ask *ask, struct fold *out,
	       struct ent_error *err)
{
	struct fold fold = { .txn = txn,
			     .selection = selection,
			     .ask = *ask,
			     .day = selection->basis.at,
			     .slots = { .day = selection->basis.at } };
	int rc = ENT_OK;

	make_plans(&fold);
	if (ask->view->reducers_count > 0) {
		fold.texts = mem_new(1, sizeof(*fold.texts));
		if (!fold.texts)
			rc = mem_error(err);
	}
	for (size_t i = 0; rc == ENT_OK && ask->codes_count != SIZE_MAX &&
			   i < ask->codes_count; i++)
		rc = add_alliance(&fold, ask->codes[i], err);
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

int fold_end(struct fold *fold, struct ent_error *err)
{
	int rc = ENT_OK;

	if (fold->told_count > 0)
		qsort(fold->told, fold->told_count, sizeof(*fold->told),
		      by_place);
	for (size_t i = 0; rc == ENT_OK && i < fold->told_count; i++)
		rc = reduce_user(fold, &fold->told[i], err);
	return rc;
}

int fold_run(struct store_txn *txn, const struct selection *selection,
	     const struct fold_ask *ask, struct fold *out,
	     struct ent_error *err)
{
	struct fold fold = { 0 };
	int rc = fold_begin(txn, selection, ask, &fold, err);

	if (rc == ENT_OK)
		rc = fold_hand_rows(&fold, err);
	if (rc == ENT_OK)
		rc = fold_end(&fold, err);
	if (rc < 0) {
		fold_release(&fold);
		return rc;
	}
	*out = fold;
	return ENT_OK;
}

int fold_found(struct store_txn *txn, const struct selection *selection,
	       const struct fold_ask *ask, const struct row *rows, size_t count,
	       struct fold *out, struct ent_error *err)
{
	struct fold fold = { 0 };
	int rc = fold_begin(txn, selection, ask, &fold, err);

	for (size_t i = 0; rc == ENT_OK && i < count; i++)
		rc = fold_row(&fold, &rows[i], err);
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
	tallies_release(&fold->tallies);
	for (size_t i = 0; i < fold->alliances_count; i++)
		for (unsigned l = 0; l < LIST_COUNT; l++)
			mem_free(fold->alliances[i].lists[l].items);
	mem_free(fold->causes);
	mem_free(fold->told);
	mem_free(fold->alliances);
	positions_release(&fold->alliances_index);
	if (fold->texts) {
		mem_free(fold->texts->items);
		arena_release(&fold->texts->arena);
		mem_free(fold->texts);
	}
	*fold = (struct fold){ 0 };
}

/* ---- for reducers --------------------------------------------------------------- */

int fold_put(struct fold *fold, uint32_t alliance, enum aspect aspect,
	     uint64_t element, const struct row *row, uint32_t value,
	     struct ent_error *err)
{
	struct slot_key key = { alliance, aspect, element };

	return slots_put(&fold->slots, key, aspect_kind(aspect), row, value,
			 err);
}

int fold_entry(struct fold *fold, enum list list, const struct row *row,
	       struct ent_error *err)
{
	if (!fold->row_counts || row->until_hi < fold->day)
		return ENT_OK;
	return entries_add(&fold->named->lists[list], fold->ask.view->last,
			   row_place(row), err);
}
