/*
 * test_slots.c - what slots keep, tallies count, and lists and days are sorted by, at
 * their edges; and certainty where it has to give up.
 */
#include "logs.h"

#include "state/certainty.h"
#include "state/days.h"
#include "state/entries.h"
#include "state/slots.h"
#include "state/tallies.h"

enum { OPEN_END = INT32_MAX, FAR = 40000, MANY = 10, DAY = 25 };

/* ---- slots -------------------------------------------------------------------------- */

static const struct slot_key some_slot = { 1, 2, 3 };

static void put(struct slots *slots, int32_t lo, int32_t hi, uint64_t seq)
{
	struct row row = { .seq = seq, .lo = lo, .hi = hi, .phase = 1,
			   .until_lo = OPEN_END, .until_hi = OPEN_END };

	assert_int_equal(slots_put(slots, some_slot, SLOT_POSSIBLE, &row,
				   (uint32_t)seq, NULL), ENT_OK);
}

static void check_kept(const struct slots *slots, size_t count, uint64_t last)
{
	struct puts puts = slot_puts(slots_find(slots, some_slot));

	assert_int_equal(puts.count, count);
	assert_int_equal(puts.items[count - 1].seq, last);
}

/* A slot that had many puts and has one again keeps it where they were.  The days are
 * later than any that half an address could be taken for. */
static void one_put_that_is_left_of_many(void **state)
{
	struct slots slots = { .day = FAR + 100 };

	(void)state;
	put(&slots, FAR, FAR + 10, 1);
	put(&slots, FAR + 1, FAR + 200, 2);
	check_kept(&slots, 2, 2);
	put(&slots, FAR + 1, FAR + 12, 3);
	check_kept(&slots, 3, 3);
	slots_release(&slots);
	put(&slots, FAR, FAR + 10, 1); /* day 0: nothing counts */
	assert_null(slots_find(&slots, some_slot));
	slots.day = FAR + 100;
	put(&slots, FAR, FAR + 10, 1);
	put(&slots, FAR + 1, FAR + 12, 2);
	put(&slots, FAR + 50, FAR + 50, 3);
	check_kept(&slots, 1, 3);
	put(&slots, FAR + 60, FAR + 60, 4);
	check_kept(&slots, 1, 4);
	assert_true(slots_find(&slots, some_slot)->room > 0);
	slots_release(&slots);
}

/* A sweep has bits for values up to 31 only. */
static void sweeps_leave_large_values_alone(void **state)
{
	struct put one = { .lo = 1, .hi = 1, .until_lo = OPEN_END,
			   .until_hi = OPEN_END, .seq = 1, .value = 32 };
	struct put over = { .lo = 2, .hi = 2, .until_lo = OPEN_END,
			    .until_hi = OPEN_END, .seq = 2, .value = 5,
			    .over = 1u | 1u << 31 };
	struct puts puts = { .items = &one, .count = 1 };
	struct puts sweeps = { .items = &over, .count = 1 };
	struct arena arena = { 0 };
	int rc;

	(void)state;
	for (uint32_t value = 30; value <= 33; value++) {
		bool swept = value == 31;
		struct outcomes outcomes;

		one.value = value;
		assert_ptr_equal(slot_hold(&puts, &sweeps, DAY, &arena, &rc, NULL),
				 swept ? &over : &one);
		memset(&outcomes, 0x55, sizeof(outcomes));
		assert_int_equal(slot_outcomes(&puts, &sweeps, DAY, &outcomes, NULL),
				 ENT_OK);
		assert_int_equal(outcomes.count, 1);
		assert_ptr_equal(outcomes.puts[0], swept ? &over : &one);
		assert_false(outcomes.may_be_empty);
		outcomes_release(&outcomes);
	}
	arena_release(&arena);
}

/* ---- certainty with too many choices ---------------------------------------------------- */

/* Days and ends all known in part; the first is over by DAY, the last not begun. */
static void make_vague(struct put items[MANY])
{
	for (int i = 0; i < MANY; i++)
		items[i] = (struct put){ .lo = 2 * i, .hi = 2 * i + 20,
					 .until_lo = DAY - 5, .until_hi = DAY + i,
					 .seq = (uint64_t)i + 1, .value = 5,
					 .phase = 1 };
	items[0].until_hi = DAY - 1;
	items[MANY - 1].lo = DAY + 1;
	items[MANY - 1].hi = DAY + 2;
}

static void beyond_the_limit_everything_is_possible(void **state)
{
	struct put items[MANY], over = { .lo = 3, .hi = 9, .until_lo = OPEN_END,
					 .until_hi = OPEN_END, .seq = 99, .value = 2,
					 .over = 1u << 5, .phase = 2 };
	struct puts puts = { .items = items, .count = MANY };
	struct puts sweeps = { .items = &over, .count = 1 };
	struct outcomes outcomes;

	(void)state;
	make_vague(items);
	assert_int_equal(slot_outcomes(&puts, &sweeps, DAY, &outcomes, NULL), ENT_OK);
	assert_true(outcomes.may_be_empty);
	assert_int_equal(outcomes.count, MANY - 2 + 1);
	for (size_t i = 0; i < MANY - 2; i++)
		assert_ptr_equal(outcomes.puts[i], &items[i + 1]);
	assert_ptr_equal(outcomes.puts[MANY - 2], &over);
	outcomes_release(&outcomes);
}

/* Where there is no sweep nothing has to be tried, and there is no limit. */
static void no_sweeps_have_no_limit(void **state)
{
	struct put items[MANY];
	struct puts puts = { .items = items, .count = MANY };
	struct puts none = { .items = NULL, .count = 0 };
	struct outcomes outcomes;

	(void)state;
	make_vague(items);
	items[MANY - 1] = (struct put){ .lo = 20, .hi = 21, .until_lo = OPEN_END,
					.until_hi = OPEN_END, .seq = MANY,
					.value = 5, .phase = 1 };
	for (int i = 0; i < 2; i++) {
		assert_int_equal(slot_outcomes(&puts, i ? &none : NULL, DAY, &outcomes,
					       NULL), ENT_OK);
		assert_false(outcomes.may_be_empty);
		assert_int_equal(outcomes.count, MANY - 1);
		outcomes_release(&outcomes);
	}
}

/* All may begin behind the day, and nothing says so but that. */
static void what_may_not_have_begun_may_not_be(void **state)
{
	struct put one = { .lo = DAY - 5, .hi = DAY + 5, .until_lo = DAY,
			   .until_hi = DAY + 2, .seq = 1, .value = 5, .phase = 1 };
	struct put over = { .lo = 3, .hi = 3, .until_lo = DAY, .until_hi = DAY + 2,
			    .seq = 2, .value = 2, .over = 1u << 5, .phase = 2 };
	struct puts puts = { .items = &one, .count = 1 };
	struct puts sweeps = { .items = &over, .count = 1 };
	struct outcomes outcomes;

	(void)state;
	assert_int_equal(slot_outcomes(&puts, &sweeps, DAY, &outcomes, NULL), ENT_OK);
	assert_int_equal(outcomes.count, 1);
	assert_ptr_equal(outcomes.puts[0], &one);
	assert_true(outcomes.may_be_empty);
	outcomes_release(&outcomes);
}

/* ---- tallies ------------------------------------------------------------------------------ */

static const struct tally *tally_of(const struct tallies *tallies, enum tally_kind kind,
				    uint32_t about, uint32_t actor)
{
	for (size_t i = 0; i < tallies->count; i++)
		if (tallies->items[i].kind == kind &&
		    tallies->items[i].about == about &&
		    tallies->items[i].actor == actor)
			return &tallies->items[i];
	return NULL;
}

static void each_is_counted_in_one_place(void **state)
{
	struct tallies tallies = { 0 };

	(void)state;
	for (uint32_t round = 0; round < 3; round++)
		for (uint32_t about = 1; about <= 9; about++)
			for (uint32_t actor = 1; actor <= 9; actor++) {
				struct weight weight = { .alliance = about,
							 .actor = actor,
							 .target = 10 - about };

				assert_int_equal(tallies_add(&tallies, &weight, NULL),
						 ENT_OK);
			}
	assert_int_equal(tallies.count, 2 * 9 * 9);
	assert_int_equal(tallies.twofold_count, 3 * 9 * 9);
	for (uint32_t about = 1; about <= 9; about++)
		for (uint32_t actor = 1; actor <= 9; actor++)
			for (enum tally_kind k = TALLY_NAMED; k <= TALLY_TARGETED; k++)
				assert_int_equal(tally_of(&tallies, k, about, actor)
							 ->counts[0], 3);
	tallies_release(&tallies);
}

/* ---- order ------------------------------------------------------------------------------- */

/* Ascending: what comes first in the order decides. */
static void entries_are_in_one_order(void **state)
{
	static const struct entry order[] = {
		{ .alliance = 1, .list = 1, .lo = 9, .phase = 2, .seq = 9 },
		{ .alliance = 2, .list = 0, .lo = 9, .phase = 2, .seq = 9 },
		{ .alliance = 2, .list = 1, .lo = -4, .phase = 2, .seq = 9 },
		{ .alliance = 2, .list = 1, .lo = 3, .phase = 0, .seq = 9 },
		{ .alliance = 2, .list = 1, .lo = 3, .phase = 1, .seq = 7 },
		{ .alliance = 2, .list = 1, .lo = 3, .phase = 1, .seq = 8 },
		{ .alliance = 2, .list = 1, .lo = 3, .phase = 2, .seq = 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(order); i++)
		for (size_t k = 0; k < COUNT(order); k++) {
			int sign = entry_compare(&order[i], &order[k]);

			assert_int_equal((sign > 0) - (sign < 0), (i > k) - (i < k));
		}
}

static void days_are_sorted_and_there_once(void **state)
{
	static const int32_t thrown[] = { 5, -2, 5, INT32_MAX, 0, -2, INT32_MIN, 5 };
	static const int32_t sorted[] = { INT32_MIN, -2, 0, 5, INT32_MAX };
	struct days days = { 0 };

	(void)state;
	days_sort(&days);
	assert_int_equal(days.count, 0);
	for (size_t i = 0; i < COUNT(thrown); i++)
		assert_int_equal(days_add(&days, thrown[i], NULL), ENT_OK);
	assert_int_equal(days.count, COUNT(thrown));
	days_sort(&days);
	assert_int_equal(days.count, COUNT(sorted));
	assert_memory_equal(days.items, sorted, sizeof(sorted));
	mem_free(days.items);
}

/* ---- which blocks are read ------------------------------------------------------------------ */

/* Each in a block of its own, which is left out where it names none of those that are
 * asked about and is too old to weigh in a stance. */
static void all_that_are_asked_about_are_read(void **state)
{
	static const char *const codes[] = { "AA", "CC", "BB" };
	struct ent_view view = { .alliances = codes, .no_checkpoints = true };
	struct ent_basis basis = logs_basis("2010");

	(void)state;
	APPEND("'type':'member.joined','alliance':'AA','actor':'ARM','date':'2001'");
	APPEND("'type':'member.joined','alliance':'BB','actor':'ARM','date':'2001'");
	APPEND("'type':'member.joined','alliance':'CC','actor':'ARM','date':'2001'");
	for (size_t n = 1; n <= COUNT(codes); n++) {
		struct ent_state *answer;

		view.alliances_count = n;
		answer = logs_replay(&basis, &view);
		for (size_t i = 0; i < COUNT(codes); i++) {
			char pointer[40];

			snprintf(pointer, sizeof(pointer), "/%s/members/ARM/status",
				 codes[i]);
			check_value(ent_value_at(ent_state_alliances(answer), pointer),
				    i < n ? "'member'" : "null");
		}
		ent_state_free(answer);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_put_that_is_left_of_many),
		cmocka_unit_test(sweeps_leave_large_values_alone),
		cmocka_unit_test(beyond_the_limit_everything_is_possible),
		cmocka_unit_test(no_sweeps_have_no_limit),
		cmocka_unit_test(what_may_not_have_begun_may_not_be),
		cmocka_unit_test(each_is_counted_in_one_place),
		cmocka_unit_test(entries_are_in_one_order),
		cmocka_unit_test(days_are_sorted_and_there_once),
		LOG_TEST(all_that_are_asked_about_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
