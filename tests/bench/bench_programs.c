/*
 * bench_programs.c - the program as people run it.
 */
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "process.h"

enum { LINES_MAX = 1000000, REPLAYS = 21 };

static const double append_limit_s = 60, replay_limit_s = 20;

static void write_lines(struct bench *bench, FILE *file, uint64_t count)
{
	generate_begin(&bench->generator, count);
	while (bench->generator.next < count) {
		uint64_t left = count - bench->generator.next;

		chunk_fill(&bench->chunk, &bench->generator,
			   left < CHUNK ? (size_t)left : CHUNK);
		for (size_t i = 0; i < bench->chunk.count; i++) {
			const struct row *row = &bench->chunk.rows[i];

			fwrite(row_line(&bench->chunk, row), row->line_len, 1,
			       file);
			fputc('\n', file);
		}
	}
}

static char *make_lines(struct bench *bench, uint64_t count)
{
	char *path = bench_path("lines.jsonl");
	FILE *file = fopen(path, "w");

	if (file)
		write_lines(bench, file, count);
	if (!file || ferror(file) || fclose(file) != 0)
		die("%s cannot be written", path);
	return path;
}

/* ---- append ----------------------------------------------------------- */

static void append_once(const char *const *argv, struct samples *samples,
			size_t rounds)
{
	if (!wants_more(samples, rounds, append_limit_s))
		return;
	bench_remove("program");
	samples_add(samples, process_time(argv));
}

static void print_memory(const char *who, const char *const *argv)
{
	struct process_memory memory;
	char label[64];

	if (!process_memory(argv, &memory)) {
		table_skipped(who, "the process could not be watched");
		return;
	}
	snprintf(label, sizeof(label), "%s, private", who);
	table_value(label, (double)memory.private_bytes);
	snprintf(label, sizeof(label), "%s, peak", who);
	table_value(label, (double)memory.peak_bytes);
}

static void program_append(struct bench *bench)
{
	uint64_t count = bench->count < LINES_MAX ? bench->count : LINES_MAX;
	char *lines = make_lines(bench, count), *log = bench_path("program");
	const char *const whole[] = { bench->program, "--log", log, "append",
				      lines, NULL };
	const char *const batches[] = { bench->program, "--log", log, "append",
					"--batch=1000", lines, NULL };
	struct samples times[2] = { 0 };

	progress("entente append");
	for (unsigned round = 0; round < bench->rounds; round++) {
		append_once(whole, &times[0], bench->rounds);
		append_once(batches, &times[1], bench->rounds);
	}
	table_begin("JSON Lines into a new log, whole process", EVENTS_PER_S,
		    false);
	table_rates("entente append", &times[0], (double)count);
	table_rates("entente append --batch=1000", &times[1], (double)count);
	table_end("%llu events from a file, all or nothing and each 1,000 by "
		  "themselves; medians of up to %u rounds within %.0f s each.",
		  (unsigned long long)count, bench->rounds, append_limit_s);

	table_begin("memory at the end of an append", MEBIBYTES, false);
	bench_remove("program");
	print_memory("entente append", whole);
	bench_remove("program");
	print_memory("entente append --batch=1000", batches);
	table_end("At the end of the process: Private_Clean and Private_Dirty "
		  "of smaps_rollup, and VmHWM, which has pages of the map.");
	bench_remove("program");
	for (int i = 0; i < 2; i++)
		samples_release(&times[i]);
	free(lines);
	free(log);
}

/* ---- replay ----------------------------------------------------------- */

static void program_replay(struct bench *bench)
{
	char *log = bench_path("ours");
	char code[GENERATE_CODE_SIZE];
	const char *const one[] = { bench->program, "--log", log, "replay",
				    "2000-01-01", "-a", code, NULL };
	const char *const all[] = { bench->program, "--log", log, "replay",
				    "2000-01-01", NULL };
	const char *const nothing[] = { "true", NULL };
	struct samples times[3] = { 0 };

	generate_alliance_code(0, code);
	progress("entente replay");
	for (int round = 0; round < REPLAYS; round++) {
		if (wants_more(&times[0], REPLAYS, replay_limit_s))
			samples_add(&times[0], process_time(one));
		if (wants_more(&times[1], REPLAYS, replay_limit_s))
			samples_add(&times[1], process_time(all));
		samples_add(&times[2], process_time(nothing));
	}
	table_begin("the state on 2000-01-01, whole process", MILLISECONDS,
		    true);
	table_samples("entente replay -a PACT-00, the largest", &times[0]);
	table_samples("entente replay, all", &times[1]);
	table_samples("true(1)", &times[2]);
	table_end("Median and p99 of %zu, %zu and %zu runs; output to "
		  "/dev/null. What a process costs by itself is the last row.",
		  times[0].count, times[1].count, times[2].count);

	table_begin("memory at the end of a replay", MEBIBYTES, false);
	print_memory("entente replay -a", one);
	print_memory("entente replay, all", all);
	print_memory("true(1)", nothing);
	table_end("As above; %llu events.", (unsigned long long)bench->count);
	for (int i = 0; i < 3; i++)
		samples_release(&times[i]);
	free(log);
}

void bench_programs(struct bench *bench)
{
	program_append(bench);
	program_replay(bench);
}
