/*
 * test_fold_order.c - the same events in any order make the same state: random
 * histories against plain lists.
 */
#include "histories.h"

#include "state/model.h"

#include <stdlib.h>

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_order_gives_the_same_state),
		cmocka_unit_test(one_alliance_is_a_part),
		cmocka_unit_test(lists_hold_the_latest),
		cmocka_unit_test(a_stance_counts_each_event_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
