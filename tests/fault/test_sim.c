/*
 * test_sim.c - many seeds, on as many processes as there are processors.
 *
 *     test_sim SEEDS [STEPS [FIRST]]   so many seeds from FIRST on
 *     test_sim --hours N               new seeds until then
 *     test_sim --planted               each planted fault is found in 100 seeds, one
 *                                  of them in 2,000
 *     test_sim --show SEED [STEPS]     one seed, step by step
 *
 * A failure prints the seed, which brings it back.
 */
#include "plant.h"
#include "sim.h"
#include "workers.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { STEPS = 60, PLANTED_SEEDS = 100, PLANTED_SEEDS_OF_NAMES = 2000 };

struct work {
	uint64_t first, seeds; /* all of them */
	unsigned steps;
	time_t until; /* 0: no end but that of the seeds */
};

struct result {
	struct sim_counts counts;
	char failure[WORKERS_TEXT];
	uint64_t seed; /* the last one */
	bool ended;
};

static struct result *results; /* shared, one for each worker */
static volatile uint64_t *failed_seed; /* likewise; those below it go on, so that the
					* smallest that fails is always the same */

static bool goes_on(const struct work *work, uint64_t seed)
{
	if (seed >= *failed_seed || seed >= work->first + work->seeds)
		return false;
	return work->until == 0 || time(NULL) < work->until;
}

static void run_worker(unsigned number, const char *dir, void *arg)
{
	static struct sim sim;
	const struct work *work = arg;
	struct result *result = &results[number];
	char log[96];

	snprintf(log, sizeof(log), "%s/log", dir);
	sim.home = dir;
	sim.dir = log;
	if (!sim_prepare(dir, log))
		_exit(EXIT_FAILURE);
	for (uint64_t seed = work->first + number; goes_on(work, seed);
	     seed += workers_count()) {
		result->seed = seed;
		if (!sim_run(&sim, seed, work->steps)) {
			memcpy(result->failure, sim.failure,
			       sizeof(result->failure));
			if (seed < *failed_seed)
				*failed_seed = seed;
		}
		result->counts = sim.counts;
	}
	result->ended = true;
}

static void add(struct sim_counts *to, const struct sim_counts *from)
{
	uint64_t *sums = (uint64_t *)to;
	const uint64_t *parts = (const uint64_t *)from;

	for (size_t i = 0; i < sizeof(*to) / sizeof(*sums); i++)
		sums[i] += parts[i];
}

/* The failure of the smallest seed, or NULL. */
static const struct result *run_all(struct work *work, struct sim_counts *counts)
{
	const struct result *failed = NULL;

	memset(results, 0, WORKERS_MAX * sizeof(*results));
	memset(counts, 0, sizeof(*counts));
	*failed_seed = UINT64_MAX;
	workers_run(run_worker, work);
	for (unsigned i = 0; i < workers_count(); i++) {
		struct result *result = &results[i];

		if (!result->ended)
			snprintf(result->failure, sizeof(result->failure),
				 "seed %" PRIu64 ": the process ended with it",
				 result->seed);
		add(counts, &result->counts);
		if (result->failure[0] &&
		    (!failed || result->seed < failed->seed))
			failed = result;
	}
	return failed;
}

static void print(const struct work *work, const struct sim_counts *c)
{
	printf("simulator: %" PRIu64 " seeds x %u steps from seed %" PRIu64
	       ": %" PRIu64 " power cuts, %" PRIu64 " kills, %" PRIu64
	       " I/O errors, %" PRIu64 " commits, %" PRIu64
	       " in doubt, %" PRIu64 " retries;\n"
	       "           %" PRIu64 " redactions, %" PRIu64 " backups, %" PRIu64
	       " restored, %" PRIu64 " compacted; %" PRIu64
	       " healthy states verified clean\n",
	       c->seeds, work->steps, work->first, c->cuts, c->kills,
	       c->errors, c->commits, c->doubts, c->retries, c->redactions,
	       c->backups, c->restores, c->compactions, c->verified);
}

static int run_seeds(struct work *work)
{
	struct sim_counts counts;
	const struct result *failed = run_all(work, &counts);

	print(work, &counts);
	if (!failed)
		return EXIT_SUCCESS;
	printf("  FAIL  %s\n", failed->failure);
	printf("        again: test_sim --show %" PRIu64 " %u\n",
	       failed->seed, work->steps);
	return EXIT_FAILURE;
}

/* ---- planted faults ------------------------------------------------------------- */

static bool is_found(const char *name, struct work *work)
{
	struct sim_counts counts;
	const struct result *failed = run_all(work, &counts);

	printf("planted: %s: %s%s\n", name, failed ? "found: " : "NOT FOUND",
	       failed ? failed->failure : "");
	return failed != NULL;
}

static int run_planted(struct work *work)
{
	bool all = true;

	work->seeds = PLANTED_SEEDS;
	sim_plant = (struct sim_plant){ .no_sync = true };
	all &= is_found("no sync", work);
	sim_plant = (struct sim_plant){ .no_meta_sync = true };
	all &= is_found("no sync of the meta page", work);
	sim_plant = (struct sim_plant){ .no_sync = false };
	plant = PLANT_EARLY_ACK;
	all &= is_found("acknowledged before the commit", work);
	plant = PLANT_CHECKPOINTS_APART;
	all &= is_found("checkpoints outside of the transaction", work);
	plant = PLANT_COPY_UNSYNCED;
	all &= is_found("copies that are named before they are on disk", work);
	plant = PLANT_NAMES_UNSYNCED;
	all &= is_found("copies that are told before their names are", work);
	/* It takes a kill between a rename and a sync, an append, and a power cut: about
	 * one seed in three hundred. */
	plant = PLANT_OPEN_UNSYNCED;
	work->seeds = PLANTED_SEEDS_OF_NAMES;
	all &= is_found("logs that are written to before their names are", work);
	plant = PLANT_NONE;
	work->seeds = PLANTED_SEEDS;
	if (run_seeds(work) != EXIT_SUCCESS)
		all = false;
	return all ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* ---- one seed ---------------------------------------------------------------------- */

static int show(uint64_t seed, unsigned steps)
{
	static struct sim sim;
	char log[96];
	bool good;

	snprintf(log, sizeof(log), "%s/log", workers_folder);
	sim.home = workers_folder;
	sim.dir = log;
	sim.talk = true;
	good = sim_prepare(workers_folder, log) && sim_run(&sim, seed, steps);
	printf("seed %" PRIu64 ": %s\n", seed, good ? "passed" : sim.failure);
	return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

static uint64_t number(int argc, char **argv, int at, uint64_t otherwise)
{
	return at < argc ? strtoull(argv[at], NULL, 10) : otherwise;
}

static int run(int argc, char **argv, struct work *work)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (strcmp(what, "--planted") == 0)
		return run_planted(work);
	if (strcmp(what, "--show") == 0)
		return show(number(argc, argv, 2, 1),
			    (unsigned)number(argc, argv, 3, STEPS));
	if (strcmp(what, "--hours") == 0) {
		work->first = (uint64_t)time(NULL) << 20;
		work->seeds = UINT64_MAX - work->first;
		work->until = time(NULL) +
			      (time_t)(strtod(argc > 2 ? argv[2] : "1", NULL) *
				       3600);
		return run_seeds(work);
	}
	work->seeds = number(argc, argv, 1, 200);
	work->steps = (unsigned)number(argc, argv, 2, STEPS);
	work->first = number(argc, argv, 3, 1);
	return run_seeds(work);
}

int main(int argc, char **argv)
{
	struct work work = { .first = 1, .steps = STEPS };
	int rc;

	results = workers_share(WORKERS_MAX * sizeof(*results));
	failed_seed = workers_share(sizeof(*failed_seed));
	workers_start();
	rc = run(argc, argv, &work);
	workers_end();
	return rc;
}
