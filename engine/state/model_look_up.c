/*
 * model_look_up.c - a model through checkpoints: the rows that decide are looked up,
 * and folded as any rows are.
 */
#include "state/model.h"

#include "state/checkpoint/checkpoint_rows.h"

#include <stdlib.h>
#include <string.h>

static int add_code(struct found_rows *codes, uint32_t code,
		    struct ent_error *err)
{
	int rc = mem_grow(&codes->items, &codes->room, codes->count + 1,
			  sizeof(*codes->items), err);

	if (rc == ENT_OK)
		codes->items[codes->count++] = (struct row){ .alliance = code };
	return rc;
}

/* Those that checkpoints have a group for. */
static int add_covered(struct store_txn *txn, struct found_rows *codes,
		       struct ent_error *err)
{
	uint64_t group = series_group(GROUP_ALLIANCE, 0);
	int rc = ENT_OK;

	while (rc == ENT_OK &&
	       (rc = checkpoint_next_group(txn, &group, err)) == ENT_OK &&
	       group >> 32 == GROUP_ALLIANCE)
		rc = add_code(codes, (uint32_t)group, err);
	return rc < 0 ? rc : ENT_OK;
}

static int add_of_tail(const struct lookup *lookup, struct found_rows *codes,
		       struct ent_error *err)
{
	struct row_filter filter = { .first = lookup->tail.first,
				     .known = lookup->tail.last,
				     .last_day = lookup->day };
	struct row_scan scan = { 0 };
	const struct row *rows;
	size_t count;
	int rc;

	if (!lookup->has_tail)
		return ENT_OK;
	rc = row_scan_begin(lookup->txn, &filter, &scan, err);
	while (rc == ENT_OK &&
	       (rc = row_scan_next(&scan, &rows, &count, err)) == ENT_OK)
		for (size_t i = 0; rc == ENT_OK && i < count; i++)
			if (rows[i].alliance && rows[i].type != TYPE_RETRACTED)
				rc = add_code(codes, rows[i].alliance, err);
	row_scan_end(&scan);
	return rc == ENT_END ? ENT_OK : rc;
}

static int by_code(const void *left, const void *right)
{
	const struct row *a = left, *b = right;

	return a->alliance < b->alliance ? -1 : a->alliance > b->alliance;
}

/* Every alliance that there may be anything to say of. */
static int find_all(const struct lookup *lookup, struct arena *arena,
		    uint32_t **out, size_t *out_count, struct ent_error *err)
{
	struct found_rows codes = { 0 };
	size_t count = 0;
	int rc = add_covered(lookup->txn, &codes, err);

	if (rc == ENT_OK)
		rc = add_of_tail(lookup, &codes, err);
	if (rc == ENT_OK && codes.count > 0)
		qsort(codes.items, codes.count, sizeof(*codes.items), by_code);
	*out = arena_alloc(arena, codes.count * sizeof(**out));
	if (rc == ENT_OK && !*out)
		rc = mem_error(err);
	for (size_t i = 0; rc == ENT_OK && i < codes.count; i++)
		if (i == 0 || codes.items[i].alliance != (*out)[count - 1])
			(*out)[count++] = codes.items[i].alliance;
	*out_count = count;
	mem_free(codes.items);
	return rc;
}

/* ---- stances ------------------------------------------------------------------ */

/* The events of tallies, and those of each actor in its stance. */
static int keep_events(const struct stance_counts *tallies, struct arena *arena,
		       struct stance *out, struct ent_error *err)
{
	uint64_t *seqs = arena_alloc(arena,
				     tallies->events_count * sizeof(*seqs));
	size_t i = 0;

	if (!seqs)
		return mem_error(err);
	for (size_t e = 0; e < tallies->events_count; e++) {
		seqs[e] = tallies->events[e].seq;
		while (i < tallies->count &&
		       out[i].actor != tallies->events[e].actor)
			i++;
		if (i == tallies->count)
			break;
		if (!out[i].seqs)
			out[i].seqs = seqs + e;
		out[i].seqs_count++;
	}
	return ENT_OK;
}

static void keep_stances(const struct stance_counts *tallies, uint32_t alliance,
			 struct stance *out)
{
	for (size_t i = 0; i < tallies->count; i++) {
		const struct stance_count *tally = &tallies->items[i];
		struct stance *stance = &out[i];

		*stance = (struct stance){ .alliance = alliance,
					   .actor = tally->actor };
		memcpy(stance->counts, tally->counts, sizeof(stance->counts));
		for (unsigned t = 0; t < TYPE_COUNT; t++)
			stance->score += (int64_t)tally->counts[t] *
					 vocabulary_row(t)->type.weight;
	}
}

/* Stances so far, in memory that grows. */
struct stances {
	struct stance *items;
	size_t count, room;
};

static int add_stances(const struct lookup *lookup, const struct model *model,
		       uint32_t alliance, struct arena *arena,
		       struct stances *all, struct ent_error *err)
{
	struct slot_key key = { alliance, ASPECT_LEAD, 0 };
	const struct cell *lead = model_cell(model, key);
	int64_t after = (int64_t)lookup->day - STANCE_DAYS;
	struct stance_counts tallies = { 0 };
	int rc = lookup_counts(lookup, alliance, lead ? lead->value : 0,
				(int32_t)after, &tallies, err);

	if (rc == ENT_OK)
		rc = mem_grow(&all->items, &all->room,
			      all->count + tallies.count, sizeof(*all->items),
			      err);
	if (rc == ENT_OK && tallies.count > 0) /* else items may be NULL */
		keep_stances(&tallies, alliance, all->items + all->count);
	if (rc == ENT_OK && tallies.count > 0 && lookup->with_seqs)
		rc = keep_events(&tallies, arena, all->items + all->count, err);
	if (rc == ENT_OK)
		all->count += tallies.count;
	stance_counts_release(&tallies);
	return rc;
}

static int look_up_stances(const struct lookup *lookup, struct arena *arena,
			   struct model *model, struct ent_error *err)
{
	struct stances all = { 0 };
	int rc = ENT_OK;

	for (size_t i = 0; rc == ENT_OK && i < model->alliances_count; i++)
		rc = add_stances(lookup, model, model->alliances[i], arena,
				 &all, err);
	if (rc == ENT_OK) {
		model->stances = arena_alloc(arena, all.count *
						    sizeof(*all.items));
		if (!model->stances)
			rc = mem_error(err);
	}
	if (rc == ENT_OK && all.count > 0) {
		memcpy(model->stances, all.items,
		       all.count * sizeof(*all.items));
		model->stances_count = all.count;
	}
	mem_free(all.items);
	return rc;
}

/* ---- the whole ------------------------------------------------------------------ */

static int look_up(const struct lookup *lookup,
		   const struct selection *selection,
		   const struct ent_view *view, const uint32_t *codes,
		   size_t count, struct arena *arena, struct model *model,
		   struct ent_error *err)
{
	const struct fold_ask ask = { .view = view,
				      .codes = codes,
				      .codes_count = count };
	struct found_rows rows = { 0 };
	struct fold fold = { 0 };
	int rc = ENT_OK;

	for (size_t i = 0; rc == ENT_OK && i < count; i++)
		rc = lookup_rows(lookup, codes[i], &rows, err);
	if (rc == ENT_OK)
		rc = fold_found(lookup->txn, selection, &ask, rows.items,
				rows.count, &fold, err);
	if (rc == ENT_OK)
		rc = model_settle(&fold, arena, model, err);
	if (rc == ENT_OK && !lookup->members_only)
		rc = look_up_stances(lookup, arena, model, err);
	fold_release(&fold);
	mem_free(rows.items);
	return rc;
}

enum look_up { FOR_REPLAY, FOR_DIFF, FOR_MEMBERS };

static int look_up_for(struct store_txn *txn, const struct ent_basis *basis,
		       const struct ent_view *view, enum look_up purpose,
		       int32_t shared_until, struct arena *arena, struct model *out,
		       struct ent_error *err)
{
	struct selection selection = { 0 };
	struct model model = { 0 };
	struct lookup lookup = { 0 };
	uint32_t *codes = NULL;
	size_t count = 0;
	int rc = selection_make_basis(txn, basis, &selection, err);

	model.basis = selection.basis;
	if (rc == ENT_OK && purpose != FOR_MEMBERS)
		rc = log_root(txn, model.basis.known, &model.head, err);
	if (rc == ENT_OK)
		rc = lookup_begin(txn, model.basis.known, model.basis.at,
				  purpose == FOR_DIFF ? 0 : view->last, &lookup,
				  err);
	lookup.members_only = purpose == FOR_MEMBERS;
	lookup.with_seqs = purpose == FOR_DIFF;
	lookup.shared_until = model.shared_until = shared_until;
	if (rc == ENT_OK)
		rc = model_codes(txn, view, arena, &codes, &count, err);
	if (rc == ENT_OK && count == SIZE_MAX)
		rc = find_all(&lookup, arena, &codes, &count, err);
	if (rc == ENT_OK)
		rc = look_up(&lookup, &selection, view, codes, count, arena,
			     &model, err);
	selection_release(&selection);
	if (rc == ENT_OK)
		*out = model;
	return rc;
}

int model_look_up_members(struct store_txn *txn, const struct ent_basis *basis,
			  const struct ent_view *view, struct arena *arena,
			  struct model *out, struct ent_error *err)
{
	return look_up_for(txn, basis, view, FOR_MEMBERS,
			   ENT_DAY_OPEN_START, arena, out, err);
}

/* What checkpoints do not know: when events were published, and what the caller's
 * reducers make of them. */
static bool is_covered(const struct ent_basis *basis,
		       const struct ent_view *view)
{
	return !view->no_checkpoints && !basis->has_published &&
	       view->reducers_count == 0;
}

int model_shown(struct store_txn *txn, const struct ent_basis *basis,
		const struct ent_view *view, struct arena *arena,
		struct model *out, struct ent_error *err)
{
	if (!is_covered(basis, view))
		return model_make(txn, basis, view, false, arena, out, err);
	return look_up_for(txn, basis, view, FOR_REPLAY,
			   ENT_DAY_OPEN_START, arena, out, err);
}

int model_part(struct store_txn *txn, const struct ent_basis *basis,
	       const struct ent_view *view, int32_t shared_until,
	       struct arena *arena, struct model *out, struct ent_error *err)
{
	if (!is_covered(basis, view))
		return model_make(txn, basis, view, true, arena, out, err);
	return look_up_for(txn, basis, view, FOR_DIFF, shared_until, arena, out,
			   err);
}

int model_whole(struct store_txn *txn, const struct ent_basis *basis,
		const struct ent_view *view, struct arena *arena,
		struct model *out, struct ent_error *err)
{
	return model_part(txn, basis, view, ENT_DAY_OPEN_START, arena, out,
			  err);
}

static int count_left_out(struct store_txn *txn, const struct model *model,
			  const struct entry *entry, size_t *out,
			  struct ent_error *err)
{
	static const enum series_kind kinds[LIST_COUNT] = {
		[LIST_COMMITMENTS] = SERIES_COMMITMENTS,
		[LIST_SIGNALS] = SERIES_SIGNALS,
	};
	const struct item ahead_of = { .lo = entry->lo,
				       .phase = entry->phase,
				       .seq = entry->seq };
	struct lookup lookup = { 0 };
	int rc = lookup_begin(txn, model->basis.known, model->basis.at, 0,
			      &lookup, err);

	lookup.shared_until = model->shared_until;
	return rc < 0 ? rc :
			lookup_left_out(&lookup, entry->alliance,
					series_key(kinds[entry->list], 0),
					&ahead_of, out, err);
}

/* All that is left out lies ahead of what comes later. */
static bool remembers(const struct left_out *memory, const struct model *model,
		      const struct entry *entry)
{
	return memory->known == model->basis.known && memory->alliance == entry->alliance &&
	       memory->list == entry->list && entry->lo > model->shared_until;
}

int model_entry_place(struct store_txn *txn, const struct model *model, size_t i,
		      struct left_out *memory, size_t *out,
		      struct ent_error *err)
{
	const struct entry *entry = &model->entries[i];
	size_t count = 0;
	int rc = ENT_OK;

	if (remembers(memory, model, entry))
		count = memory->count;
	else if (model->shared_until != ENT_DAY_OPEN_START &&
		 entry->list != LIST_EXERCISES)
		rc = count_left_out(txn, model, entry, &count, err);
	if (rc < 0)
		return rc;
	if (entry->lo > model->shared_until)
		*memory = (struct left_out){ model->basis.known, entry->alliance,
					     entry->list, count };
	*out = i - model_first_entry(model, entry->alliance, entry->list) +
	       count;
	return ENT_OK;
}
