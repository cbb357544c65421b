/*
 * test_fold_order.c - the same events in any order make the same state, and what
 * slots leave out was of no use: random histories against plain lists.
 */
#include "check.h"

#include "state/certainty.h"
#include "state/model.h"

#include <stdlib.h>

enum { ROWS_MAX = 60, HISTORIES = 4000, SHUFFLES = 4, ALLIANCES = 2, DAYS = 20 };
enum { FIRST_ACTOR = 11, ACTORS = 3, FIRST_NAME = 31, NAMES = 2 };

/* ---- random histories ------------------------------------------------------- */

static uint64_t dice_state;

static uint64_t dice(uint64_t sides)
{
	uint64_t z = dice_state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (z ^ z >> 31) % sides;
}

static int32_t day_of(uint64_t range)
{
	return (int32_t)dice(range);
}

/* A day, a span, or one that is open at an end. */
static void throw_days(int32_t *lo, int32_t *hi)
{
	*lo = *hi = day_of(DAYS);
	if (dice(3) == 0)
		*hi += day_of(8);
	if (dice(12) == 0)
		*lo = ENT_DAY_OPEN_START;
	if (dice(20) == 0)
		*hi = ENT_DAY_OPEN_END;
}

static void throw_until(struct row *row)
{
	row->until_lo = row->until_hi = ENT_DAY_OPEN_END;
	if (dice(5) != 0)
		return;
	row->until_lo = row->until_hi =
		(row->lo == ENT_DAY_OPEN_START ? 0 : row->lo) + day_of(10);
	if (dice(3) == 0)
		row->until_hi += day_of(4);
}

static uint32_t throw_actor(void)
{
	return FIRST_ACTOR + (uint32_t)dice(ACTORS);
}

/* Many rows of few slots: dissolutions and leads among memberships. */
static uint8_t throw_type(void)
{
	static const uint8_t often[] = {
		TYPE_MEMBER_JOINED,    TYPE_MEMBER_FROZEN,
		TYPE_MEMBER_WITHDREW,  TYPE_MEMBER_APPLIED,
		TYPE_ALLIANCE_LED,     TYPE_ALLIANCE_FOUNDED,
		TYPE_CHAIR_ASSUMED,    TYPE_EXERCISE_HELD,
		TYPE_ACCUSATION_MADE,  TYPE_AID_SENT,
	};

	if (dice(14) == 0)
		return TYPE_ALLIANCE_DISSOLVED;
	return dice(4) == 0 ? (uint8_t)dice(TYPE_COUNT) :
			      often[dice(COUNT(often))];
}

static struct row throw_row(uint64_t seq)
{
	struct row row = { .seq = seq,
			   .published_hi = day_of(DAYS),
			   .type = throw_type(),
			   .modality = dice(4) ? MODALITY_FACT :
						 (uint8_t)dice(5) };

	throw_days(&row.lo, &row.hi);
	throw_until(&row);
	row.phase = (uint8_t)vocabulary_row(row.type)->type.phase;
	row.actor = throw_actor();
	row.alliance = 1 + (uint32_t)dice(ALLIANCES);
	if (vocabulary_row(row.type)->type.weighed) {
		row.target = dice(3) ? throw_actor() : 0;
		row.alliance = dice(4) ? row.alliance : 0;
	}
	if (row.type == TYPE_ALLIANCE_FOUNDED) {
		row.flags = (uint8_t)dice(16);
		row.name = row.flags & ROW_HAS_LEAD ? throw_actor() : 0;
	} else if (row.type == TYPE_CHAIR_ASSUMED || dice(2)) {
		row.name = FIRST_NAME + (uint32_t)dice(NAMES);
	}
	return row;
}

struct history {
	struct row rows[ROWS_MAX];
	size_t count;
	struct selection selection;
	uint64_t dead[ROWS_MAX];
};

static void throw_history(struct history *h, uint64_t seed)
{
	dice_state = seed;
	*h = (struct history){ .count = 1 + dice(ROWS_MAX) };
	for (size_t i = 0; i < h->count; i++)
		h->rows[i] = throw_row(i + 1);
	h->selection = (struct selection){
		.basis = { .at = day_of(DAYS + 8), .known = dice(h->count + 2),
			   .has_published = dice(4) == 0,
			   .published = day_of(DAYS) },
		.dead_seqs = h->dead,
	};
	for (size_t i = 0; i < h->count; i++)
		if (dice(8) == 0)
			h->dead[h->selection.dead_count++] = i + 1;
}

static void shuffle(struct row *rows, size_t count)
{
	for (size_t i = count; i > 1; i--) {
		size_t other = (size_t)dice(i);
		struct row row = rows[i - 1];

		rows[i - 1] = rows[other];
		rows[other] = row;
	}
}

static int by_place(const void *left, const void *right)
{
	return row_compare(left, right);
}

/* ---- the same in any order ---------------------------------------------------- */

static void fold_history(const struct history *h, const struct fold_ask *ask,
			 struct arena *arena, struct model *out)
{
	struct fold fold = { 0 };

	assert_int_equal(fold_begin(NULL, &h->selection, ask, &fold, NULL),
			 ENT_OK);
	for (size_t i = 0; i < h->count; i++)
		assert_int_equal(fold_row(&fold, &h->rows[i], NULL), ENT_OK);
	assert_int_equal(fold_end(&fold, NULL), ENT_OK);
	*out = (struct model){ 0 };
	assert_int_equal(model_settle(&fold, arena, out, NULL), ENT_OK);
	assert_int_equal(model_make_stances(&fold, arena, out, NULL), ENT_OK);
	fold_release(&fold);
}

static void check_stances(const struct model *a, const struct model *b)
{
	assert_int_equal(a->stances_count, b->stances_count);
	for (size_t i = 0; i < a->stances_count; i++) {
		const struct stance *x = &a->stances[i], *y = &b->stances[i];

		assert_int_equal(x->alliance, y->alliance);
		assert_int_equal(x->actor, y->actor);
		assert_true(stance_equal(x, y));
		assert_int_equal(x->seqs_count, y->seqs_count);
		for (size_t s = 0; s < x->seqs_count; s++)
			assert_int_equal(x->seqs[s], y->seqs[s]);
	}
}

static void check_models(const struct model *a, const struct model *b)
{
	assert_int_equal(a->alliances_count, b->alliances_count);
	for (size_t i = 0; i < a->alliances_count; i++)
		assert_int_equal(a->alliances[i], b->alliances[i]);
	assert_int_equal(a->cells_count, b->cells_count);
	for (size_t i = 0; i < a->cells_count; i++) {
		assert_int_equal(slot_key_compare(a->cells[i].key,
						  b->cells[i].key), 0);
		assert_true(cell_equal(&a->cells[i], &b->cells[i]));
	}
	assert_int_equal(a->entries_count, b->entries_count);
	for (size_t i = 0; i < a->entries_count; i++)
		assert_int_equal(entry_compare(&a->entries[i], &b->entries[i]),
				 0);
	check_stances(a, b);
}

static void any_order_gives_the_same_state(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
		struct ent_view view = { .last = (size_t)(seed % 4) };
		struct fold_ask ask = { .view = &view,
					.codes_count = SIZE_MAX,
					.causes = seed % 2 };
		struct arena arena = { 0 };
		struct model sorted, shuffled;
		struct history h;

		throw_history(&h, seed);
		qsort(h.rows, h.count, sizeof(h.rows[0]), by_place);
		fold_history(&h, &ask, &arena, &sorted);
		for (int i = 0; i < SHUFFLES; i++) {
			shuffle(h.rows, h.count);
			fold_history(&h, &ask, &arena, &shuffled);
			check_models(&sorted, &shuffled);
		}
		arena_release(&arena);
	}
}

/* ---- only what is asked for ------------------------------------------------------ */

/* Cells, entries and stances of alliance 1 alone. */
static void keep_first_alliance(struct model *model)
{
	size_t count = 0;

	while (model->alliances_count > 0 &&
	       model->alliances[model->alliances_count - 1] != 1)
		model->alliances_count--;
	while (count < model->cells_count && model->cells[count].key.scope == 1)
		count++;
	model->cells_count = count;
	for (count = 0; count < model->entries_count &&
			model->entries[count].alliance == 1;)
		count++;
	model->entries_count = count;
	for (count = 0; count < model->stances_count &&
			model->stances[count].alliance == 1;)
		count++;
	model->stances_count = count;
}

static void one_alliance_is_a_part(void **state)
{
	static const struct ent_view view;
	static const uint32_t first = 1;

	(void)state;
	for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
		struct fold_ask all = { &view, NULL, SIZE_MAX, true };
		struct fold_ask one = { &view, &first, 1, true };
		struct arena arena = { 0 };
		struct model whole, part;
		struct history h;

		throw_history(&h, seed);
		fold_history(&h, &all, &arena, &whole);
		fold_history(&h, &one, &arena, &part);
		keep_first_alliance(&whole);
		check_models(&whole, &part);
		arena_release(&arena);
	}
}

static void lists_hold_the_latest(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
		struct ent_view all = { 0 }, few = { .last = 1 + seed % 3 };
		struct fold_ask ask_all = { &all, NULL, SIZE_MAX, false };
		struct fold_ask ask_few = { &few, NULL, SIZE_MAX, false };
		struct arena arena = { 0 };
		struct model whole, part;
		struct history h;
		size_t p = 0;

		throw_history(&h, seed);
		fold_history(&h, &ask_all, &arena, &whole);
		fold_history(&h, &ask_few, &arena, &part);
		for (size_t i = 0; i < whole.entries_count; i++) {
			const struct entry *entry = &whole.entries[i];
			size_t behind = i + few.last;

			if (behind < whole.entries_count &&
			    whole.entries[behind].alliance == entry->alliance &&
			    whole.entries[behind].list == entry->list)
				continue;
			assert_true(p < part.entries_count);
			assert_int_equal(entry_compare(entry,
						       &part.entries[p++]), 0);
		}
		assert_int_equal(p, part.entries_count);
		arena_release(&arena);
	}
}

/* ---- stances, by their definition ------------------------------------------------ */

static bool is_alive(const struct history *h, const struct row *row)
{
	for (size_t i = 0; i < h->selection.dead_count; i++)
		if (h->dead[i] == row->seq)
			return false;
	return selection_has(&h->selection, row->seq, row->published_hi);
}

static bool weighs_in(const struct history *h, const struct model *model,
		      const struct stance *stance, const struct row *row)
{
	const struct cell *lead = model_cell(
		model, (struct slot_key){ stance->alliance, ASPECT_LEAD, 0 });

	return is_alive(h, row) && row_weighs(row) &&
	       row->lo <= h->selection.basis.at &&
	       row->lo > h->selection.basis.at - STANCE_DAYS &&
	       row->actor == stance->actor &&
	       (row->alliance == stance->alliance ||
		(lead && row->target == lead->value));
}

static void a_stance_counts_each_event_once(void **state)
{
	static const struct ent_view view;
	size_t stances = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
		struct fold_ask ask = { &view, NULL, SIZE_MAX, true };
		struct arena arena = { 0 };
		struct model model;
		struct history h;

		throw_history(&h, seed);
		fold_history(&h, &ask, &arena, &model);
		stances += model.stances_count;
		for (size_t i = 0; i < model.stances_count; i++) {
			const struct stance *stance = &model.stances[i];
			size_t count = 0;
			int64_t score = 0;

			for (size_t r = 0; r < h.count; r++) {
				if (!weighs_in(&h, &model, stance, &h.rows[r]))
					continue;
				assert_true(count < stance->seqs_count);
				assert_int_equal(stance->seqs[count++],
						 h.rows[r].seq);
				score += vocabulary_row(h.rows[r].type)
						 ->type.weight;
			}
			assert_int_equal(count, stance->seqs_count);
			assert_int_equal(score, stance->score);
		}
		arena_release(&arena);
	}
	assert_true(stances > HISTORIES / 2);
}

/* ---- what slots leave out ------------------------------------------------------------ */

enum { VALUES = STATUS_COUNT - 1, PUTS_MAX = 7, SWEEPS_MAX = 3 };

struct plain_slot {
	struct row rows[PUTS_MAX + SWEEPS_MAX];
	struct put items[PUTS_MAX], sweeping[SWEEPS_MAX];
	struct puts puts, sweeps; /* all of them, in order */
};

static int by_put(const void *left, const void *right)
{
	return put_compare(left, right);
}

static void note_put(struct puts *puts, const struct row *row)
{
	puts->items[puts->count++] = (struct put){
		.lo = row->lo, .hi = row->hi, .until_lo = row->until_lo,
		.until_hi = row->until_hi, .seq = row->seq, .value = row->name,
		.over = row->flags ? 1u << STATUS_MEMBER | 1u << STATUS_FROZEN :
				     0,
		.phase = row->phase };
	qsort(puts->items, puts->count, sizeof(struct put), by_put);
}

/* flags says that a row is a sweep, name what it puts. */
static size_t throw_slot(struct plain_slot *slot, enum slot_kind kind)
{
	size_t puts = (size_t)dice(PUTS_MAX + 1);
	size_t sweeps = kind == SLOT_SWEPT ? (size_t)dice(SWEEPS_MAX + 1) : 0;

	*slot = (struct plain_slot){ 0 };
	slot->puts.items = slot->items;
	slot->sweeps.items = slot->sweeping;
	for (size_t i = 0; i < puts + sweeps; i++) {
		struct row *row = &slot->rows[i];

		*row = throw_row(i + 1);
		row->flags = i >= puts;
		row->phase = (uint8_t)dice(3);
		row->name = row->flags ? STATUS_DISSOLVED :
					 1 + (uint32_t)dice(VALUES);
		note_put(row->flags ? &slot->sweeps : &slot->puts, row);
	}
	return puts + sweeps;
}

static void put_rows(struct slots *slots, const struct row *rows, size_t count,
		     enum slot_kind kind)
{
	const struct slot_key key = { 1, ASPECT_MEMBER, 2 };

	for (size_t i = 0; i < count; i++) {
		const struct row *row = &rows[i];
		int rc = row->flags ?
				 slots_sweep(slots, 1, ASPECT_MEMBER, row,
					     row->name,
					     1u << STATUS_MEMBER |
						     1u << STATUS_FROZEN,
					     NULL) :
				 slots_put(slots, key, kind, row, row->name,
					   NULL);

		assert_int_equal(rc, ENT_OK);
	}
}

static void check_outcomes(const struct outcomes *all,
			   const struct outcomes *kept)
{
	assert_int_equal(all->may_be_empty, kept->may_be_empty);
	assert_int_equal(all->count, kept->count);
	for (size_t i = 0; i < all->count; i++) {
		bool found = false;

		for (size_t j = 0; j < kept->count; j++)
			found |= all->puts[i]->seq == kept->puts[j]->seq;
		assert_true(found);
	}
}

/* What was kept against all that was put; how many puts were kept. */
static size_t check_slot(const struct slots *slots,
			 const struct plain_slot *plain, enum slot_kind kind,
			 struct arena *arena)
{
	const struct slot_key key = { 1, ASPECT_MEMBER, 2 };
	const struct slot *slot = slots_find(slots, key);
	struct puts kept = slot ? slot_puts(slot) : (struct puts){ 0 };
	const struct puts *sweeps = slots_sweeps_of(slots, key);
	struct outcomes x = { 0 }, y = { 0 };
	int rc_x, rc_y;
	const struct put *a = slot_hold(&plain->puts, &plain->sweeps,
					slots->day, arena, &rc_x, NULL);
	const struct put *b =
		slot_hold(&kept, sweeps, slots->day, arena, &rc_y, NULL);

	assert_int_equal(rc_x, ENT_OK);
	assert_int_equal(rc_y, ENT_OK);
	assert_int_equal(a ? a->seq : 0, b ? b->seq : 0);
	if (kind == SLOT_LAST) {
		assert_true(kept.count <= 1);
		return kept.count;
	}
	assert_int_equal(slot_outcomes(&plain->puts, &plain->sweeps, slots->day,
				       &x, NULL), ENT_OK);
	assert_int_equal(slot_outcomes(&kept, sweeps, slots->day, &y, NULL),
			 ENT_OK);
	check_outcomes(&x, &y);
	outcomes_release(&x);
	outcomes_release(&y);
	return kept.count;
}

static void what_is_left_out_was_of_no_use(void **state)
{
	static const enum slot_kind kinds[] = { SLOT_LAST, SLOT_POSSIBLE,
						SLOT_SWEPT };
	size_t put = 0, kept = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
		enum slot_kind kind = kinds[seed % COUNT(kinds)];
		struct arena arena = { 0 };
		struct plain_slot plain;
		size_t count;

		dice_state = seed;
		count = throw_slot(&plain, kind);
		for (int i = 0; i < SHUFFLES; i++) {
			struct slots slots = { .day = day_of(DAYS + 8) };

			shuffle(plain.rows, count);
			put_rows(&slots, plain.rows, count, kind);
			put += plain.puts.count;
			kept += check_slot(&slots, &plain, kind, &arena);
			slots_release(&slots);
		}
		arena_release(&arena);
	}
	assert_true(kept < put / 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_order_gives_the_same_state),
		cmocka_unit_test(one_alliance_is_a_part),
		cmocka_unit_test(lists_hold_the_latest),
		cmocka_unit_test(a_stance_counts_each_event_once),
		cmocka_unit_test(what_is_left_out_was_of_no_use),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
