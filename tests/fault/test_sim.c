/*
 * test_sim.c - many seeds, on as many processes as there are processors.
 *
 *     test_sim SEEDS [STEPS [FIRST]]   so many seeds from FIRST on
 *     test_sim --hours N               new seeds until then
 *     test_sim --planted               each planted fault is found in 100 seeds
 *     test_sim --show SEED [STEPS]     one seed, step by step
 *
 * A failure prints the seed, which brings it back.
 */
#include "plant.h"
#include "sim.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { STEPS = 60, WORKERS_MAX = 16, PLANTED_SEEDS = 100 };

struct work {
	uint64_t first, seeds; /* all of them */
	unsigned steps, workers;
	time_t until; /* 0: no end but that of the seeds */
};

struct result {
	struct sim_counts counts;
	char failure[600];
	uint64_t failed_seed;
};

static struct result *results; /* shared, one for each worker */
static volatile bool *stop;    /* likewise: another one failed */
static char folder[64];

static void make_folder(void)
{
	strcpy(folder, access("/dev/shm", W_OK) == 0 ?
			       "/dev/shm/entente-sim-XXXXXX" :
			       "/tmp/entente-sim-XXXXXX");
	if (!mkdtemp(folder)) {
		perror(folder);
		exit(EXIT_FAILURE);
	}
}

static bool goes_on(const struct work *work, uint64_t seed)
{
	if (*stop || seed >= work->first + work->seeds)
		return false;
	return work->until == 0 || time(NULL) < work->until;
}

static void run_worker(const struct work *work, unsigned number)
{
	static struct sim sim;
	struct result *result = &results[number];
	char dir[80], log[96];

	snprintf(dir, sizeof(dir), "%s/%u", folder, number);
	snprintf(log, sizeof(log), "%s/log", dir);
	mkdir(dir, 0700);
	sim.dir = log;
	if (!sim_prepare(log))
		_exit(EXIT_FAILURE);
	for (uint64_t seed = work->first + number; goes_on(work, seed);
	     seed += work->workers) {
		result->failed_seed = seed;
		if (!sim_run(&sim, seed, work->steps)) {
			memcpy(result->failure, sim.failure,
			       sizeof(result->failure));
			*stop = true;
		}
		result->counts = sim.counts;
	}
	sim_remove(dir);
	_exit(EXIT_SUCCESS);
}

static void add(struct sim_counts *to, const struct sim_counts *from)
{
	uint64_t *sums = (uint64_t *)to;
	const uint64_t *parts = (const uint64_t *)from;

	for (size_t i = 0; i < sizeof(*to) / sizeof(*sums); i++)
		sums[i] += parts[i];
}

/* The failure of the smallest seed, or NULL. */
static const struct result *run_all(const struct work *work,
				    struct sim_counts *counts)
{
	const struct result *failed = NULL;
	pid_t pids[WORKERS_MAX];
	int status;

	memset(results, 0, WORKERS_MAX * sizeof(*results));
	memset(counts, 0, sizeof(*counts));
	*stop = false;
	for (unsigned i = 0; i < work->workers; i++) {
		pids[i] = fork();
		if (pids[i] == 0)
			run_worker(work, i);
	}
	for (unsigned i = 0; i < work->workers; i++) {
		struct result *result = &results[i];

		waitpid(pids[i], &status, 0);
		if (status != 0 && !result->failure[0])
			snprintf(result->failure, sizeof(result->failure),
				 "seed %" PRIu64 ": ended with status 0x%x",
				 result->failed_seed, (unsigned)status);
		if (status != 0)
			*stop = true;
		add(counts, &result->counts);
		if (result->failure[0] &&
		    (!failed || result->failed_seed < failed->failed_seed))
			failed = result;
	}
	return failed;
}

static void print(const struct work *work, const struct sim_counts *c)
{
	printf("simulator: %" PRIu64 " seeds x %u steps from seed %" PRIu64
	       ": %" PRIu64 " power cuts, %" PRIu64 " I/O errors, %" PRIu64
	       " commits, %" PRIu64 " in doubt, %" PRIu64 " retries, %" PRIu64
	       " verified\n",
	       c->seeds, work->steps, work->first, c->cuts, c->errors,
	       c->commits, c->doubts, c->retries, c->verified);
}

static int run_seeds(const struct work *work)
{
	struct sim_counts counts;
	const struct result *failed = run_all(work, &counts);

	print(work, &counts);
	if (!failed)
		return EXIT_SUCCESS;
	printf("  FAIL  %s\n", failed->failure);
	printf("        again: test_sim --show %" PRIu64 " %u\n",
	       failed->failed_seed, work->steps);
	return EXIT_FAILURE;
}

/* ---- planted faults ------------------------------------------------------------- */

static bool is_found(const char *name, const struct work *work)
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
	plant = PLANT_NONE;
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

	snprintf(log, sizeof(log), "%s/log", folder);
	sim.dir = log;
	sim.talk = true;
	good = sim_prepare(log) && sim_run(&sim, seed, steps);
	printf("seed %" PRIu64 ": %s\n", seed, good ? "passed" : sim.failure);
	return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

static uint64_t number(int argc, char **argv, int at, uint64_t otherwise)
{
	return at < argc ? strtoull(argv[at], NULL, 10) : otherwise;
}

static void *share(size_t size)
{
	void *shared = mmap(NULL, size, PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (shared == MAP_FAILED) {
		perror("mmap");
		exit(EXIT_FAILURE);
	}
	return shared;
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
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	struct work work = { .first = 1, .steps = STEPS };
	int rc;

	work.workers = processors < 1		? 1 :
		       processors > WORKERS_MAX ? WORKERS_MAX :
						  (unsigned)processors;
	results = share(WORKERS_MAX * sizeof(*results));
	stop = share(sizeof(*stop));
	make_folder();
	rc = run(argc, argv, &work);
	sim_remove(folder);
	return rc;
}
