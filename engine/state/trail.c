/*
 * trail.c - every step between two days, without folding all events for each of
 * them.
 *
 * A slot, a list or a stance changes only on a day on which one of its own rows
 * turns. So a step folds the rows that turn, and with them all that bear on the
 * same: once for the day before and once for the day itself.  What is there
 * only in part has no row that turns, is the same in both, and is not told.
 */
#include "state/diff.h"
#include "state/trail_rows.h"

/* Who leads an alliance on the day reached so far; 0 for nobody. */
struct led {
	uint32_t alliance;
	uint32_t lead;
};

struct trail {
	struct store_txn *txn;
	struct selection selection;
	struct fold_ask ask;
	struct ent_diff *diff;
	struct trail_rows rows;
	struct whole whole;
	struct led *leads;
	size_t leads_count, leads_room;
	struct row *attributes; /* of one alliance */
	size_t attributes_room;
	struct arena codes;
};

/* ---- who leads ---------------------------------------------------------- */

static int set_lead(struct trail *t, uint32_t alliance, uint32_t lead,
		    struct ent_error *err)
{
	size_t i = 0;
	int rc;

	while (i < t->leads_count && t->leads[i].alliance != alliance)
		i++;
	if (i == t->leads_count) {
		rc = mem_grow(&t->leads, &t->leads_room, i + 1,
			      sizeof(*t->leads), err);
		if (rc < 0)
			return rc;
		t->leads_count++;
	}
	t->leads[i] = (struct led){ alliance, lead };
	return ENT_OK;
}

static uint32_t lead_of(const struct trail *t, uint32_t alliance)
{
	for (size_t i = 0; i < t->leads_count; i++)
		if (t->leads[i].alliance == alliance)
			return t->leads[i].lead;
	return 0;
}

/* By the rows of its attributes alone. */
static int lead_on(struct trail *t, uint32_t alliance, int32_t day,
		   uint32_t *out, struct ent_error *err)
{
	const uint64_t group = series_group(GROUP_ALLIANCE, alliance);
	const uint64_t series = series_key(SERIES_ATTRIBUTES, 0);
	const struct bearing *at = trail_rows_series(&t->rows, group, series);
	struct selection selection = t->selection;
	struct fold fold = { 0 };
	size_t count = 0;
	int rc = ENT_OK;

	for (; rc == ENT_OK && at && trail_rows_in(&t->rows, at, group, series);
	     at++) {
		rc = mem_grow(&t->attributes, &t->attributes_room, count + 1,
			      sizeof(*t->attributes), err);
		if (rc == ENT_OK)
			t->attributes[count++] = t->rows.items[at->row];
	}
	selection.basis.at = day;
	if (rc == ENT_OK)
		rc = fold_found(t->txn, &selection, &t->ask, t->attributes,
				count, &fold, err);
	if (rc == ENT_OK)
		*out = fold_lead(&fold, alliance);
	fold_release(&fold);
	return rc;
}

/* Another lead is another target of what weighs. */
static int take_leads(struct trail *t, uint32_t alliance, int32_t day,
		      struct ent_error *err)
{
	uint32_t before = lead_of(t, alliance), lead = 0;
	int rc = lead_on(t, alliance, day, &lead, err);

	if (rc < 0 || lead == before)
		return rc;
	if (before)
		rc = take_aimed(&t->rows, before, err);
	if (rc == ENT_OK && lead)
		rc = take_aimed(&t->rows, lead, err);
	return rc < 0 ? rc : set_lead(t, alliance, lead, err);
}

/* ---- what goes with a row that turns ------------------------------------ */

static int take_attributes(struct trail *t, uint32_t alliance,
			   struct ent_error *err)
{
	return take_series(&t->rows, series_group(GROUP_ALLIANCE, alliance),
			   series_key(SERIES_ATTRIBUTES, 0), err);
}

/* Stances need to know who leads, and whether the alliance is shown. */
static int take_stances(struct trail *t, const struct row *row,
			struct ent_error *err)
{
	int rc = take_weights(&t->rows, row->actor, err);

	if (rc == ENT_OK && row->alliance)
		rc = take_attributes(t, row->alliance, err);
	for (size_t i = 0; rc == ENT_OK && row->target && i < t->leads_count;
	     i++) {
		if (t->leads[i].lead != row->target)
			continue;
		rc = take_attributes(t, t->leads[i].alliance, err);
		if (rc == ENT_OK)
			rc = take_shown(&t->rows, t->leads[i].alliance, err);
	}
	return rc;
}

static int take_item(struct trail *t, const struct row *row,
		     const struct item *item, struct ent_error *err)
{
	int rc;

	switch (series_kind(item->series)) {
	case SERIES_DISSOLVED:
		return take_members(&t->rows, row->alliance, err);
	case SERIES_MEMBER:
		rc = take_series(&t->rows, item->group, item->series, err);
		if (rc < 0)
			return rc;
		return take_series(&t->rows, item->group,
				   series_key(SERIES_DISSOLVED, 0), err);
	case SERIES_ATTRIBUTES:
	case SERIES_CHAIR:
	case SERIES_EXERCISE:
		return take_series(&t->rows, item->group, item->series, err);
	default:
		return ENT_OK;
	}
}

static int take_all_of(struct trail *t, uint32_t at, struct ent_error *err)
{
	const struct row *row = &t->rows.items[at];
	struct item items[ITEMS_OF_ROW_MAX];
	size_t count = series_of_row(row, items);
	int rc = take_row(&t->rows, at, err);

	for (size_t i = 0; rc == ENT_OK && i < count; i++)
		rc = take_item(t, row, &items[i], err);
	if (rc == ENT_OK && row->alliance)
		rc = take_shown(&t->rows, row->alliance, err);
	if (rc == ENT_OK && row->actor && row_weighs(row))
		rc = take_stances(t, row, err);
	return rc;
}

static bool bears_on_attributes(const struct row *row)
{
	struct item items[ITEMS_OF_ROW_MAX];

	return series_of_row(row, items) > 0 && row->alliance &&
	       series_kind(items[0].series) == SERIES_ATTRIBUTES;
}

/* By some of its attributes an alliance might be led by somebody else, on both days,
 * and what turns would weigh there: so all or none of them. */
static int complete_attributes(struct trail *t, struct ent_error *err)
{
	int rc = ENT_OK;

	for (size_t i = 0; rc == ENT_OK && i < t->rows.taken_count; i++)
		if (bears_on_attributes(&t->rows.taken[i]))
			rc = take_attributes(t, t->rows.taken[i].alliance, err);
	return rc;
}

static int take(struct trail *t, const struct turn *turns, size_t count,
		int32_t day, struct ent_error *err)
{
	int rc = ENT_OK;

	for (size_t i = 0; rc == ENT_OK && i < count; i++)
		rc = take_all_of(t, turns[i].row, err);
	for (size_t i = 0; rc == ENT_OK && i < count; i++) {
		const struct row *row = &t->rows.items[turns[i].row];

		if (bears_on_attributes(row))
			rc = take_leads(t, row->alliance, day, err);
	}
	return rc < 0 ? rc : complete_attributes(t, err);
}

/* ---- steps -------------------------------------------------------------- */

static int fold_taken(struct trail *t, int32_t day, struct arena *arena,
		      struct model *out, struct ent_error *err)
{
	struct selection selection = t->selection;
	struct fold fold = { 0 };
	int rc;

	selection.basis.at = day;
	out->basis = selection.basis;
	out->shared_until = ENT_DAY_OPEN_START;
	rc = fold_found(t->txn, &selection, &t->ask, t->rows.taken,
			t->rows.taken_count, &fold, err);
	if (rc == ENT_OK)
		rc = model_settle(&fold, arena, out, err);
	if (rc == ENT_OK)
		rc = model_make_stances(&fold, arena, out, err);
	fold_release(&fold);
	return rc;
}

/* From the state of a day to that of the next on which these rows turn. */
static int step(struct trail *t, int32_t from, int32_t to,
		const struct turn *turns, size_t count, struct ent_error *err)
{
	struct model a = { 0 }, b = { 0 };
	struct arena arena = { 0 };
	struct comparing c = { .diff = t->diff,
			       .a = &a,
			       .b = &b,
			       .selection_b = &t->selection,
			       .whole = &t->whole,
			       .part = ENT_WORLD,
			       .day = to };
	int rc;

	trail_rows_begin(&t->rows, from, to);
	rc = take(t, turns, count, to, err);
	if (rc == ENT_OK)
		rc = fold_taken(t, from, &arena, &a, err);
	if (rc == ENT_OK)
		rc = fold_taken(t, to, &arena, &b, err);
	if (rc == ENT_OK)
		rc = changes_collect(&c, err);
	if (rc == ENT_OK)
		rc = whole_move(&t->whole, &a, &b, err);
	arena_release(&arena);
	return rc;
}

static size_t count_of_day(const struct trail_rows *rows, size_t from)
{
	size_t count = 1;

	while (from + count < rows->turns_count &&
	       rows->turns[from + count].day == rows->turns[from].day)
		count++;
	return count;
}

static int walk(struct trail *t, int32_t day, struct ent_error *err)
{
	const struct turn *turns = t->rows.turns;
	size_t count;
	int rc = ENT_OK;

	for (size_t i = 0; rc == ENT_OK && i < t->rows.turns_count;
	     i += count) {
		count = count_of_day(&t->rows, i);
		rc = step(t, day, turns[i].day, turns + i, count, err);
		day = turns[i].day;
	}
	return rc;
}

/* A turn on day d is undone when day d - 1 is asked. */
static int walk_back(struct trail *t, int32_t day, struct ent_error *err)
{
	const struct turn *turns = t->rows.turns;
	size_t end = t->rows.turns_count;
	int rc = ENT_OK;

	while (rc == ENT_OK && end > 0) {
		size_t from = end - 1;

		while (from > 0 && turns[from - 1].day == turns[end - 1].day)
			from--;
		rc = step(t, day, turns[from].day - 1, turns + from, end - from,
			  err);
		day = turns[from].day - 1;
		end = from;
	}
	return rc;
}

/* The lists and the leads of the state that it begins with. */
static int begin(struct trail *t, const struct model *a, struct ent_error *err)
{
	const struct model none = { 0 };
	int rc = whole_move(&t->whole, &none, a, err);

	for (size_t i = 0; rc == ENT_OK && i < a->cells_count; i++)
		if (a->cells[i].key.aspect == ASPECT_LEAD)
			rc = set_lead(t, a->cells[i].key.scope,
				      a->cells[i].value, err);
	return rc;
}

int diff_trail(struct store_txn *txn, const struct ent_view *view,
	       const struct model *a, const struct ent_basis *to,
	       struct ent_diff *diff, struct ent_error *err)
{
	int32_t from = a->basis.at;
	bool back = to->at < from;
	struct trail t = { .txn = txn,
			   .ask = { .view = view, .causes = true },
			   .diff = diff };
	uint32_t *codes = NULL;
	int rc = selection_make(txn, to, &t.selection, err);

	if (rc == ENT_OK)
		rc = model_codes(txn, view, &t.codes, &codes,
				 &t.ask.codes_count, err);
	t.ask.codes = codes;
	if (rc == ENT_OK)
		rc = begin(&t, a, err);
	if (rc == ENT_OK)
		rc = trail_rows_make(txn, &t.selection, back ? to->at : from,
				     back ? from : to->at, &t.rows, err);
	if (rc == ENT_OK)
		rc = back ? walk_back(&t, from, err) : walk(&t, from, err);
	trail_rows_release(&t.rows);
	whole_release(&t.whole);
	selection_release(&t.selection);
	mem_free(t.leads);
	mem_free(t.attributes);
	arena_release(&t.codes);
	return rc;
}
