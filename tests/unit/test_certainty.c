/*
 * test_certainty.c - what a slot may hold, on puts made by hand.
 */
#include "check.h"

#include "state/certainty.h"

enum { MEMBER = 5, LAPSED = 10, FROZEN = 7, GONE = 2, OPEN_END = INT32_MAX };

#define OPEN_START INT32_MIN

/* One put: days, value, number; until open where it is 0, 0. */
#define PUT(lo_, hi_, phase_, seq_, value_)                               \
	{ .lo = lo_, .hi = hi_, .until_lo = OPEN_END,                     \
	  .until_hi = OPEN_END, .seq = seq_, .value = value_,             \
	  .phase = phase_ }
#define PUT_UNTIL(lo_, hi_, until_lo_, until_hi_, seq_, value_)           \
	{ .lo = lo_, .hi = hi_, .until_lo = until_lo_,                    \
	  .until_hi = until_hi_, .seq = seq_, .value = value_, .phase = 1 }
#define SWEEP(lo_, hi_, seq_)                                             \
	{ .lo = lo_, .hi = hi_, .until_lo = OPEN_END,                     \
	  .until_hi = OPEN_END, .seq = seq_, .value = GONE,               \
	  .over = 1u << MEMBER | 1u << FROZEN, .phase = 2 }

enum { PUTS = 4, SWEEPS = 2 };

struct question {
	const char *what;
	struct put puts[PUTS]; /* seq 0 ends the list */
	struct put sweeps[SWEEPS];
	int32_t day;
	const char *seqs; /* of those that may decide, ascending */
	bool may_be_empty;
};

static size_t count_puts(const struct put *puts, size_t room)
{
	size_t count = 0;

	while (count < room && puts[count].seq != 0)
		count++;
	return count;
}

typedef int outcomes_fn(const struct puts *, const struct puts *, int32_t,
			struct outcomes *, struct ent_error *);

static void check_row(const struct question *row, outcomes_fn *ask)
{
	struct put plain[PUTS], sweeping[SWEEPS];
	struct puts puts = { .items = plain }, sweeps = { .items = sweeping };
	struct outcomes outcomes = { 0 };
	bool seen[10] = { false };
	char got[COUNT(seen) + 1] = "";

	memcpy(plain, row->puts, sizeof(plain));
	memcpy(sweeping, row->sweeps, sizeof(sweeping));
	puts.count = count_puts(plain, PUTS);
	sweeps.count = count_puts(sweeping, SWEEPS);
	assert_int_equal(ask(&puts, &sweeps, row->day, &outcomes, NULL),
			 ENT_OK);
	for (size_t i = 0; i < outcomes.count; i++)
		seen[outcomes.puts[i]->seq] = true;
	for (size_t i = 0; i < COUNT(seen); i++)
		if (seen[i])
			got[strlen(got)] = (char)('0' + i);
	if (strcmp(got, row->seqs) != 0)
		print_error("%s, day %d\n", row->what, (int)row->day);
	assert_string_equal(got, row->seqs);
	if (outcomes.may_be_empty != row->may_be_empty)
		print_error("%s, day %d\n", row->what, (int)row->day);
	assert_int_equal(outcomes.may_be_empty, row->may_be_empty);
	outcomes_release(&outcomes);
	assert_null(outcomes.puts);
}

/* Both ways of finding out must agree with what is written here. */
static void check_rows(const struct question *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		check_row(&rows[i], slot_outcomes);
		check_row(&rows[i], outcomes_try_all);
	}
}

static void single_puts(void **state)
{
	static const struct question rows[] = {
		{ "nothing", { { 0 } }, { { 0 } }, 5, "", true },
		{ "a day", { PUT(5, 5, 0, 1, MEMBER) }, { { 0 } }, 4, "", true },
		{ "a day", { PUT(5, 5, 0, 1, MEMBER) }, { { 0 } }, 5, "1",
		  false },
		{ "a span", { PUT(5, 8, 0, 1, MEMBER) }, { { 0 } }, 7, "1",
		  true },
		{ "a span", { PUT(5, 8, 0, 1, MEMBER) }, { { 0 } }, 8, "1",
		  false },
		{ "an open start", { PUT(OPEN_START, 8, 0, 1, MEMBER) },
		  { { 0 } }, 7, "1", true },
		{ "an open start", { PUT(OPEN_START, 8, 0, 1, MEMBER) },
		  { { 0 } }, 8, "1", false },
		{ "an open end", { PUT(5, OPEN_END, 0, 1, MEMBER) },
		  { { 0 } }, 1000, "1", true },
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

static void puts_displace_each_other(void **state)
{
	static const struct question rows[] = {
		{ "two days", { PUT(5, 5, 1, 1, MEMBER), PUT(6, 6, 1, 2, LAPSED) },
		  { { 0 } }, 6, "2", false },
		{ "two days", { PUT(5, 5, 1, 1, MEMBER), PUT(6, 6, 1, 2, LAPSED) },
		  { { 0 } }, 5, "1", false },
		{ "one day, by phase",
		  { PUT(5, 5, 0, 2, MEMBER), PUT(5, 5, 2, 1, LAPSED) },
		  { { 0 } }, 5, "1", false },
		{ "one day, by number",
		  { PUT(5, 5, 1, 1, MEMBER), PUT(5, 5, 1, 2, LAPSED) },
		  { { 0 } }, 5, "2", false },
		{ "spans that overlap",
		  { PUT(1, 9, 1, 1, MEMBER), PUT(5, 6, 1, 2, LAPSED) },
		  { { 0 } }, 9, "12", false },
		{ "spans that touch",
		  { PUT(1, 5, 1, 1, MEMBER), PUT(5, 9, 1, 2, LAPSED) },
		  { { 0 } }, 9, "2", false },
		{ "spans that touch, the other first",
		  { PUT(1, 5, 1, 2, MEMBER), PUT(5, 9, 1, 1, LAPSED) },
		  { { 0 } }, 9, "12", false },
		{ "the end of one is the start of the other, by phase",
		  { PUT(1, 5, 2, 1, MEMBER), PUT(5, 5, 0, 2, LAPSED) },
		  { { 0 } }, 5, "12", false },
		{ "not yet over", { PUT(1, 5, 1, 1, MEMBER), PUT(3, 9, 1, 2, LAPSED) },
		  { { 0 } }, 5, "12", false },
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

/* Folded at the earliest days (1, then 2) the second holds, and at the latest
 * (6, then 8) it holds as well.  But let the second fall early and the first late. */
static void earliest_and_latest_agree_and_it_is_open(void **state)
{
	static const struct question rows[] = {
		{ "counter-example",
		  { PUT(1, 6, 1, 1, MEMBER), PUT(2, 8, 1, 2, LAPSED) },
		  { { 0 } }, 9, "12", false },
		{ "counter-example with three",
		  { PUT(1, 5, 1, 1, MEMBER), PUT(1, 8, 1, 2, LAPSED),
		    PUT(4, 9, 1, 3, MEMBER) },
		  { { 0 } }, 9, "123", false },
		{ "one that comes too early for it",
		  { PUT(1, 3, 1, 1, FROZEN), PUT(1, 8, 1, 2, LAPSED),
		    PUT(4, 9, 1, 3, MEMBER) },
		  { { 0 } }, 9, "23", false },
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

static void ends_known_in_part(void **state)
{
	static const struct question rows[] = {
		{ "before the first last day",
		  { PUT_UNTIL(1, 1, 5, 8, 1, MEMBER) }, { { 0 } }, 5, "1",
		  false },
		{ "between", { PUT_UNTIL(1, 1, 5, 8, 1, MEMBER) }, { { 0 } }, 6,
		  "1", true },
		{ "on the last", { PUT_UNTIL(1, 1, 5, 8, 1, MEMBER) }, { { 0 } },
		  8, "1", true },
		{ "behind", { PUT_UNTIL(1, 1, 5, 8, 1, MEMBER) }, { { 0 } }, 9,
		  "", true },
		{ "back to another",
		  { PUT(1, 1, 1, 1, MEMBER), PUT_UNTIL(3, 3, 5, 8, 2, FROZEN) },
		  { { 0 } }, 7, "12", false },
		{ "back for sure",
		  { PUT(1, 1, 1, 1, MEMBER), PUT_UNTIL(3, 3, 5, 8, 2, FROZEN) },
		  { { 0 } }, 9, "1", false },
		{ "an open end", { PUT_UNTIL(1, 1, 5, OPEN_END, 1, MEMBER) },
		  { { 0 } }, 900, "1", true },
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

static void sweeps_take_what_is_current(void **state)
{
	static const struct question rows[] = {
		{ "a member", { PUT(1, 1, 0, 1, MEMBER) }, { SWEEP(5, 5, 2) }, 5,
		  "2", false },
		{ "too early", { PUT(1, 1, 0, 1, MEMBER) }, { SWEEP(5, 5, 2) },
		  4, "1", false },
		{ "no member", { PUT(1, 1, 0, 1, LAPSED) }, { SWEEP(5, 5, 2) },
		  5, "1", false },
		{ "nobody", { { 0 } }, { SWEEP(5, 5, 2) }, 5, "", true },
		{ "some day", { PUT(1, 1, 0, 1, MEMBER) }, { SWEEP(3, 7, 2) }, 5,
		  "12", false },
		{ "member before or behind", { PUT(1, 9, 0, 1, MEMBER) },
		  { SWEEP(5, 5, 2) }, 9, "12", false },
		{ "member on the day", { PUT(5, 5, 0, 1, MEMBER) },
		  { SWEEP(5, 5, 2) }, 9, "2", false },
		{ "lapsed before it, or not yet",
		  { PUT(1, 1, 0, 1, MEMBER), PUT(3, 7, 2, 2, LAPSED) },
		  { SWEEP(5, 5, 3) }, 6, "23", false },
		{ "lapsed before or behind it",
		  { PUT(1, 1, 0, 1, MEMBER), PUT(3, 7, 2, 2, LAPSED) },
		  { SWEEP(5, 5, 3) }, 7, "2", false },
		{ "again a member behind it",
		  { PUT(1, 1, 0, 1, MEMBER), PUT(7, 7, 0, 2, MEMBER) },
		  { SWEEP(5, 5, 3) }, 9, "2", false },
		{ "two of them", { PUT(1, 1, 0, 1, MEMBER) },
		  { SWEEP(3, 6, 2), SWEEP(5, 8, 3) }, 9, "23", false },
		{ "two in order", { PUT(1, 1, 0, 1, MEMBER) },
		  { SWEEP(3, 3, 2), SWEEP(5, 5, 3) }, 9, "2", false },
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

/* A membership that had run out before the end is not ended by it. */
static void sweeps_and_ends_meet(void **state)
{
	static const struct question rows[] = {
		{ "run out before",
		  { PUT_UNTIL(1, 1, 3, 3, 1, MEMBER) }, { SWEEP(5, 5, 2) }, 9,
		  "", true },
		{ "holds then", { PUT_UNTIL(1, 1, 7, 7, 1, MEMBER) },
		  { SWEEP(5, 5, 2) }, 9, "2", false },
		{ "may hold then", { PUT_UNTIL(1, 1, 4, 6, 1, MEMBER) },
		  { SWEEP(5, 5, 2) }, 9, "2", true },
		{ "may hold then, and there is another",
		  { PUT(1, 1, 1, 1, LAPSED), PUT_UNTIL(2, 2, 4, 6, 2, MEMBER) },
		  { SWEEP(5, 5, 3) }, 9, "13", false },
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

/* ---- cells ---------------------------------------------------------------------- */

static void a_cell_says_it_all(void **state)
{
	struct put puts[] = { PUT(1, 6, 1, 1, MEMBER), PUT(2, 8, 1, 2, LAPSED),
			      PUT(3, 7, 1, 3, MEMBER) };
	struct slot_key key = { 1, 2, 3 };
	struct puts held = { .items = puts, .count = 3 };
	struct arena arena = { 0 };
	struct cell cell = { 0 };

	(void)state;
	assert_int_equal(slot_resolve(key, &held, NULL, 9, &arena, &cell,
				      NULL), ENT_OK);
	assert_int_equal(cell.key.element, 3);
	assert_int_equal(cell.value, MEMBER);
	assert_int_equal(cell.decider, 3);
	assert_false(cell.certain);
	assert_int_equal(cell.possible_count, 2);
	assert_int_equal(cell.possible[0] + cell.possible[1], MEMBER + LAPSED);
	assert_int_equal(cell.events_count, 1); /* not 1: its value is shown */
	assert_int_equal(cell.events[0], 2);
	held.count = 1;
	assert_int_equal(slot_resolve(key, &held, NULL, 9, &arena, &cell,
				      NULL), ENT_OK);
	assert_true(cell.certain);
	assert_int_equal(cell.decider, 1);
	assert_int_equal(cell.events_count, 0);
	arena_release(&arena);
}

static void one_value_is_certain_whoever_decides(void **state)
{
	struct put puts[] = { PUT(1, 9, 1, 1, MEMBER), PUT(5, 6, 1, 2, MEMBER) };
	struct puts held = { .items = puts, .count = 2 };
	struct arena arena = { 0 };
	struct cell cell = { .possible_count = 7 };

	(void)state;
	assert_int_equal(slot_resolve((struct slot_key){ 1, 2, 3 }, &held, NULL, 9,
				      &arena, &cell, NULL), ENT_OK);
	assert_true(cell.certain);
	assert_int_equal(cell.value, MEMBER);
	assert_int_equal(cell.decider, 2);
	assert_int_equal(cell.possible_count, 0);
	assert_int_equal(cell.events_count, 0);
	arena_release(&arena);
}

static void an_empty_cell_may_not_be(void **state)
{
	struct put puts[] = { PUT(OPEN_START, 6, 1, 1, MEMBER) };
	struct slot_key key = { 1, 2, 3 };
	struct puts held = { .items = puts, .count = 1 };
	struct arena arena = { 0 };
	struct cell cell = { 0 };

	(void)state;
	assert_int_equal(slot_resolve(key, &held, NULL, 5, &arena, &cell,
				      NULL), ENT_OK);
	assert_int_equal(cell.value, SLOT_NONE);
	assert_int_equal(cell.decider, 0);
	assert_false(cell.certain);
	assert_int_equal(cell.possible_count, 2);
	assert_int_equal(cell.events_count, 1);
	assert_int_equal(cell.events[0], 1);
	arena_release(&arena);
}

/* Six that fall on one of five days, and six that happened today or not yet: a million
 * choices, which are tried; one more, and whatever may hold is told. */
static void a_million_choices_are_tried(void **state)
{
	enum { EACH = 6, ALL = 2 * EACH + 1 };
	struct put items[ALL];
	struct puts puts = { .items = items };
	const struct puts none = { 0 };

	(void)state;
	for (uint64_t i = 0; i < ALL; i++)
		items[i] = i < EACH ?
				   (struct put)PUT(1, 5, 1, i + 1, MEMBER) :
				   (struct put)PUT(5, OPEN_END, 1, i + 1,
						   LAPSED);
	for (puts.count = ALL - 1; puts.count <= ALL; puts.count++) {
		struct outcomes outcomes = { 0 };

		assert_int_equal(outcomes_try_all(&puts, &none, 5, &outcomes,
						  NULL), ENT_OK);
		assert_int_equal(outcomes.count, puts.count);
		assert_int_equal(outcomes.may_be_empty, puts.count == ALL);
		outcomes_release(&outcomes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(single_puts),
		cmocka_unit_test(puts_displace_each_other),
		cmocka_unit_test(earliest_and_latest_agree_and_it_is_open),
		cmocka_unit_test(ends_known_in_part),
		cmocka_unit_test(sweeps_take_what_is_current),
		cmocka_unit_test(sweeps_and_ends_meet),
		cmocka_unit_test(a_cell_says_it_all),
		cmocka_unit_test(one_value_is_certain_whoever_decides),
		cmocka_unit_test(an_empty_cell_may_not_be),
		cmocka_unit_test(a_million_choices_are_tried),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
