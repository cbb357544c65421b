/*
 * test_atop.c [SEED [COUNT]] - two centuries of alliances as others coded them:
 * memberships by the engine against the rows of the table, day by day, and
 * against the table of states and years that the same project made.
 *
 * It is run in the project's root; the tables are looked for in
 * $ENTENTE_SHARED/data, else in ../shared/data.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "atop.h"
#include "dice.h"
#include "harness.h"

enum { YEARS = ATOP_LAST_YEAR - ATOP_FIRST_YEAR + 2, SHOWN_MAX = 10 };

/* All rows of one member of one alliance. */
struct pair {
	long alliance;
	long member;
	size_t first;
	size_t n;
	char code[32];
	char actor[32];
	bool was[YEARS]; /* a member at some time of the year, by the engine */
	bool listed[YEARS];
	bool state_listed; /* the table of years has this state at all */
};

struct test {
	struct atop atop;
	struct pair *pairs;
	size_t pairs_n;
	struct harness harness;
	unsigned long compared, certain, possible, wrong;
};

static void find_pairs(struct test *test)
{
	const struct atop *atop = &test->atop;

	test->pairs = calloc(atop->rows_n, sizeof(test->pairs[0]));
	if (!test->pairs)
		abort();
	for (size_t i = 0; i < atop->rows_n; i++) {
		const struct atop_row *row = &atop->rows[i];
		struct pair *pair = &test->pairs[test->pairs_n];

		if (i && row->alliance == row[-1].alliance &&
		    row->member == row[-1].member) {
			pair[-1].n++;
			continue;
		}
		pair->alliance = row->alliance;
		pair->member = row->member;
		pair->first = i;
		pair->n = 1;
		snprintf(pair->code, sizeof(pair->code), "ATOP-%ld",
			 row->alliance);
		snprintf(pair->actor, sizeof(pair->actor), "COW-%ld",
			 row->member);
		test->pairs_n++;
	}
}

/* ---- the tables as events --------------------------------------------- */

static void add_event(json_t *events, const struct atop_row *spell,
		      const char *type, const char *date)
{
	json_t *event = json_pack("{s:s, s:s, s:{s:s}}", "type", type, "date",
				  date, "source", "title", "ATOP 5.1");

	json_object_set_new(event, "alliance",
			    json_sprintf("ATOP-%ld", spell->alliance));
	json_object_set_new(event, "actor",
			    json_sprintf("COW-%ld", spell->member));
	json_array_append_new(events, event);
}

static json_t *make_events(const struct test *test)
{
	struct atop_row *spells = calloc(test->atop.rows_n, sizeof(spells[0]));
	json_t *events = json_array();
	size_t n;

	if (!spells)
		abort();
	n = atop_spells(&test->atop, spells);
	for (size_t i = 0; i < n; i++) {
		add_event(events, &spells[i], "member.joined",
			  spells[i].entry_text);
		if (*spells[i].exit_text)
			add_event(events, &spells[i], "member.withdrew",
				  spells[i].exit_text);
	}
	printf("%zu rows are %zu memberships in %zu spells, %zu events\n",
	       test->atop.rows_n, test->pairs_n, n, json_array_size(events));
	free(spells);
	return events;
}

static json_t *shuffled(struct dice *dice, json_t *events)
{
	json_t *out = json_array();

	while (json_array_size(events) > 0) {
		size_t last = json_array_size(events) - 1;
		size_t at = dice_index(dice, last + 1);

		json_array_append(out, json_array_get(events, at));
		json_array_set(events, at, json_array_get(events, last));
		json_array_remove(events, last);
	}
	json_decref(events);
	return out;
}

/* ---- day by day ------------------------------------------------------- */

/* What the rows themselves say, phase by phase: nothing is put together. */
struct said {
	bool member;   /* by the first possible days */
	bool open;     /* the dates leave it open */
	bool ever;     /* it had joined by then, for sure or not */
};

static struct said rows_say(const struct test *test, const struct pair *pair,
			    long day)
{
	struct said said = { false, false, false };
	bool surely = false;

	for (size_t i = 0; i < pair->n; i++) {
		const struct atop_row *row = &test->atop.rows[pair->first + i];
		bool may_be = row->entry.lo <= day && day < row->exit.hi;

		said.ever = said.ever || row->entry.lo <= day;
		said.member = said.member ||
			      (row->entry.lo <= day && day < row->exit.lo);
		said.open = said.open || may_be;
		surely = surely || (row->entry.hi <= day && day < row->exit.lo);
	}
	said.open = said.open && !surely;
	return said;
}

static const struct ent_value *entry_of(const struct ent_value *alliances,
					const struct pair *pair,
					const char *group)
{
	const struct ent_value *alliance = ent_value_get(alliances, pair->code);

	return ent_value_get(ent_value_get(alliance, group), pair->actor);
}

static bool agrees(const struct said *said, const struct ent_value *member,
		   const struct ent_value *former)
{
	const struct ent_value *entry = member ? member : former;
	const char *certainty = ent_value_get_text(entry, "certainty");

	if (!said->ever)
		return !entry;
	if (!entry || said->member != (member != NULL))
		return false;
	return strcmp(certainty, said->open ? "possible" : "certain") == 0;
}

static void compare_day(struct test *test, long day)
{
	struct reference_basis basis = { .at = day, .known = SIZE_MAX };
	struct ent_state *state = harness_replay(&test->harness, &basis, NULL);
	const struct ent_value *alliances = ent_state_alliances(state);

	for (size_t i = 0; i < test->pairs_n; i++) {
		const struct pair *pair = &test->pairs[i];
		struct said said = rows_say(test, pair, day);
		char text[11];

		test->compared++;
		test->certain += said.ever && !said.open;
		test->possible += said.open;
		if (agrees(&said, entry_of(alliances, pair, "members"),
			   entry_of(alliances, pair, "former")))
			continue;
		if (test->wrong++ >= SHOWN_MAX)
			continue;
		reference_day_text(day, text);
		printf("%s in %s at %s: the rows say %s, %s\n", pair->actor,
		       pair->code, text, said.member ? "member" : "none",
		       said.open ? "possible" : "certain");
	}
	ent_state_free(state);
}

static void compare_days(struct test *test, struct dice *dice,
			 unsigned long count)
{
	for (unsigned long i = 0; i < count; i++) {
		const struct atop_row *row =
			&test->atop.rows[dice_index(dice, test->atop.rows_n)];
		const struct reference_days *days = &row->entry;
		long day;

		if (*row->exit_text && dice_percent(dice, 50))
			days = &row->exit;
		day = dice_percent(dice, 50) ? days->lo : days->hi;
		if (days->lo != days->hi && dice_percent(dice, 50))
			day = dice_between(dice, days->lo, days->hi);
		compare_day(test, day + dice_between(dice, -1, 1));
	}
	printf("%lu days, %lu memberships compared (%lu certain, %lu possible): "
	       "%lu wrong\n", count, test->compared, test->certain,
	       test->possible, test->wrong);
}

/* ---- year by year ----------------------------------------------------- */

static size_t year_of(long day)
{
	size_t year = 0;

	while (reference_day(ATOP_FIRST_YEAR + (long)year + 1, 1, 1) <= day)
		year++;
	return year;
}

/* The end of a day is the beginning of the next: who leaves on the first of
 * January was still in that year when it began. */
static void mark_day(struct test *test, long day)
{
	struct reference_basis basis = { .at = day, .known = SIZE_MAX };
	struct ent_state *state = harness_replay(&test->harness, &basis, NULL);
	const struct ent_value *alliances = ent_state_alliances(state);
	size_t year = year_of(day);
	size_t next = year_of(day + 1);

	for (size_t i = 0; i < test->pairs_n; i++) {
		if (!entry_of(alliances, &test->pairs[i], "members"))
			continue;
		test->pairs[i].was[year] = true;
		test->pairs[i].was[next] = true;
	}
	ent_state_free(state);
}

static int compare_longs(const void *a, const void *b)
{
	const long *x = a;
	const long *y = b;

	return (*x > *y) - (*x < *y);
}

/* Every day on which something changes, and the end of every year. */
static size_t mark_days(struct test *test)
{
	size_t most = 2 * test->atop.rows_n + YEARS;
	long *days = calloc(most, sizeof(days[0]));
	size_t n = 0;
	size_t asked = 0;

	if (!days)
		abort();
	for (size_t i = 0; i < test->atop.rows_n; i++) {
		const struct atop_row *row = &test->atop.rows[i];

		days[n++] = row->entry.lo;
		if (*row->exit_text)
			days[n++] = row->exit.lo;
	}
	for (long year = ATOP_FIRST_YEAR; year <= ATOP_LAST_YEAR; year++)
		days[n++] = reference_day(year, 12, 31);
	qsort(days, n, sizeof(days[0]), compare_longs);
	for (size_t i = 0; i < n; i++) {
		if (i && days[i] == days[i - 1])
			continue;
		mark_day(test, days[i]);
		asked++;
	}
	free(days);
	return asked;
}

static unsigned long read_listed(struct test *test)
{
	unsigned long unknown = 0;

	for (size_t i = 0; i < test->atop.years_n; i++) {
		const struct atop_year *year = &test->atop.years[i];
		bool found = false;

		for (size_t k = 0; k < test->pairs_n; k++) {
			struct pair *pair = &test->pairs[k];

			if (pair->member != year->member)
				continue;
			pair->state_listed = true;
			if (pair->alliance != year->alliance)
				continue;
			pair->listed[year->year - ATOP_FIRST_YEAR] = true;
			found = true;
		}
		unknown += !found;
	}
	return unknown;
}

/* How many state-years the two tables do not agree on. */
static unsigned long compare_years(struct test *test)
{
	unsigned long wrong = read_listed(test);
	unsigned long left_out = 0;
	size_t asked = mark_days(test);

	for (size_t i = 0; i < test->pairs_n; i++) {
		const struct pair *pair = &test->pairs[i];

		for (size_t y = 0; y + 1 < YEARS; y++) {
			if (pair->was[y] == pair->listed[y])
				continue;
			if (!pair->state_listed) {
				left_out++;
				continue;
			}
			if (wrong++ < SHOWN_MAX)
				printf("%s in %s in %zu: %s\n", pair->actor,
				       pair->code, ATOP_FIRST_YEAR + y,
				       pair->listed[y] ? "only listed"
						       : "not listed");
		}
	}
	printf("%zu state-years listed, seen on %zu days: %lu contradictions "
	       "(%lu years of states that the table does not have left out)\n",
	       test->atop.years_n, asked, wrong, left_out);
	return wrong;
}

int main(int argc, char **argv)
{
	const char *shared = getenv("ENTENTE_SHARED");
	struct dice dice = { harness_number(argc, argv, 1, 1) };
	unsigned long count = harness_number(argc, argv, 2, 2000);
	struct test test = { .pairs_n = 0 };
	unsigned long wrong_years;
	json_t *events;

	if (!atop_read(&test.atop, shared && *shared ? shared : "../shared")) {
		printf("the tables of ATOP are not there\n");
		printf("property atop: 0 passed, 0 failed, 1 skipped\n");
		atop_release(&test.atop);
		return EXIT_SUCCESS;
	}
	find_pairs(&test);
	events = shuffled(&dice, make_events(&test));
	harness_open(&test.harness);
	harness_fill(&test.harness, events);
	compare_days(&test, &dice, count);
	wrong_years = compare_years(&test);
	harness_close(&test.harness);
	printf("property atop: %lu passed, %lu failed, 0 skipped\n",
	       test.compared - test.wrong + test.atop.years_n - wrong_years,
	       test.wrong + wrong_years);
	json_decref(events);
	free(test.pairs);
	atop_release(&test.atop);
	return test.wrong || wrong_years ? EXIT_FAILURE : EXIT_SUCCESS;
}
