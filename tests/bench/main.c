/*
 * main.c - how fast it is, beside what else one would take: the same events, the
 * same questions, answers that are checked.
 *
 *     bench PROGRAM FOLDER SCRIPT
 *
 * N events (a million where N is not set) in stores below FOLDER, which also gets
 * bench.json; SCRIPT is duckdb.cjs.  DUCKDB_NODE names the folder whose
 * node_modules has @duckdb/node-api.  On a shared machine only ratios of one run
 * mean something.
 *
 *     clock             time, samples, the folder of the run
 *     generate*         the history
 *     pack row          an event as bytes and columns
 *     peer reference    what is asked, and the plain answer
 *     ours raw sqlite* duckdb*
 *     table process
 *     bench_*           what is measured, in order
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "bench.h"

static uint64_t count_wanted(void)
{
	const char *number = getenv("N");
	uint64_t count = number && *number ? strtoull(number, NULL, 10)
					   : 1000000;

	if (count < 1000 || count > 100000000)
		die("N must be 1,000 to 100,000,000");
	return count;
}

static void write_setting(const struct bench *bench)
{
	struct utsname system;

	results_number("events", (double)bench->count);
	results_number("rounds", bench->rounds);
	results_number("processors", (double)sysconf(_SC_NPROCESSORS_ONLN));
	if (uname(&system) == 0)
		results_text("system", system.release);
	results_text("lmdb", raw_version());
	results_text("sqlite", sqlite_version());
}

static void measure(struct bench *bench)
{
	bench_append(bench);
	bench_sizes(bench);
	bench_prepare(bench);
	bench_fold(bench);
	bench_as_of(bench);
	bench_diff(bench);
	bench_open(bench);
	bench_late(bench);
	bench_single(bench);
	for (int i = 0; i < PEERS; i++)
		if (!bench->peers[i]->skipped)
			bench->peers[i]->close(bench->peers[i]);
	reference_end();
	bench_programs(bench);
}

int main(int argc, char **argv)
{
	const char *package = getenv("DUCKDB_NODE");
	struct bench bench = { .count = count_wanted() };
	char results[4096];

	if (argc != 4) {
		fprintf(stderr, "usage: bench PROGRAM FOLDER SCRIPT\n");
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	snprintf(results, sizeof(results), "%s/bench.json", argv[2]);
	bench.program = argv[1];
	bench.rounds = rounds_for(bench.count);
	bench.peers[OURS] = ours_peer();
	bench.peers[RAW] = raw_peer();
	bench.peers[RAW_INDEXED] = raw_indexed_peer();
	bench.peers[SQLITE] = sqlite_peer();
	bench.peers[DUCKDB] = duckdb_peer(argv[3], package ? package : "");
	bench_folder_make(argv[2]);
	chunk_init(&bench.chunk);
	results_begin(results);
	write_setting(&bench);
	measure(&bench);
	results_end(results);
	printf("\n%s\n", results);
	chunk_release(&bench.chunk);
	bench_folder_remove();
	return 0;
}
