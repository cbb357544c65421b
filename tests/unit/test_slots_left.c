/*
 * test_slots_left.c - what slots leave out was of no use: random puts, in any order,
 * against all of them.
 */
#include "histories.h"

#include "state/certainty.h"

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
		cmocka_unit_test(what_is_left_out_was_of_no_use),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
