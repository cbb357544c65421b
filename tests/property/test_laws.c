/*
 * test_laws.c [SEED [COUNT [HASTE]]] - the laws of laws.h for random histories.  With
 * HASTE it ends at the first that breaks one.
 */
#include <stdio.h>
#include <stdlib.h>

#include "laws.h"

enum { PAIRS = 4, SHOWN_MAX = 5 };

static const struct {
	const char *name;
	law_fn *holds;
	int times; /* for each history */
} laws[] = {
	{ "diff(a, a) is empty", law_diff_with_itself, 1 },
	{ "diff(b, a) is the inverse", law_diff_turned_round, PAIRS },
	{ "knowledge and world compose", law_diff_composes, PAIRS },
	{ "patch(a, diff(a, b)) = b", law_patch_leads_there, PAIRS },
	{ "a trail is what day by day shows", law_trail_is_day_by_day, 2 },
	{ "the order of recording does not matter", law_order_does_not_matter, 1 },
	{ "retracted twice is as before", law_retracted_twice, 1 },
	{ "export and append gives the same", law_exported_and_back, 1 },
	{ "one alliance is a part of all", law_one_alliance_is_a_part, 2 },
	{ "appended again writes nothing", law_appended_again, 1 },
	{ "data comes back", law_data_comes_back, 2 },
	{ "verify finds nothing", law_verify_finds_nothing, 1 },
	{ "checkpoints change nothing", law_checkpoints_change_nothing, 8 },
	{ "checkpoints change no diff", law_checkpoints_change_no_diff, 12 },
	{ "standings are those of the state",
	  law_standings_are_those_of_the_state, 4 },
	{ "redacted is as if it had not been",
	  law_redacted_is_as_if_it_had_not_been, 1 },
};

enum { LAWS = sizeof(laws) / sizeof(laws[0]) };

static unsigned broken[LAWS];
static unsigned kept[LAWS];

/* How many laws it breaks. */
static unsigned try_history(uint64_t seed)
{
	struct trial trial = { .seed = seed, .dice = { ~seed } };
	unsigned failed = 0;

	trial.events = generate_history(seed);
	harness_open(&trial.harness);
	harness_fill(&trial.harness, trial.events);
	for (size_t i = 0; i < LAWS; i++) {
		for (int k = 0; k < laws[i].times; k++) {
			if (laws[i].holds(&trial)) {
				kept[i]++;
				continue;
			}
			failed++;
			if (broken[i]++ < SHOWN_MAX) {
				printf("seed %llu breaks: %s\n",
				       (unsigned long long)seed, laws[i].name);
				harness_print(trial.events);
			}
		}
	}
	harness_close(&trial.harness);
	json_decref(trial.events);
	return failed;
}

int main(int argc, char **argv)
{
	uint64_t seed = harness_number(argc, argv, 1, 1);
	uint64_t count = harness_number(argc, argv, 2, 500);
	bool haste = harness_number(argc, argv, 3, 0) > 0;
	unsigned passed = 0;
	unsigned failed = 0;

	for (uint64_t i = 0; i < count; i++)
		if (try_history(seed + i) > 0 && haste)
			return EXIT_FAILURE;
	for (size_t i = 0; i < LAWS; i++) {
		printf("%-40s %6u held, %u broken\n", laws[i].name, kept[i],
		       broken[i]);
		passed += kept[i];
		failed += broken[i];
	}
	printf("property laws: %u passed, %u failed, 0 skipped\n", passed,
	       failed);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
