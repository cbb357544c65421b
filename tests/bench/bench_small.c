/*
 * bench_small.c - single events, at the end and at the very beginning of time,
 * and the first answer of a log that was closed.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"

enum { SINGLES = 50, LATE = 5, OPENS = 21, PAGE = 4096 };

static struct question last_of_first(void)
{
	return (struct question){ generate_last_day(), UINT64_MAX, 0 };
}

static void ask_checked(struct bench *bench, int which,
			const struct question *question,
			struct samples *samples)
{
	struct peer *peer = bench->peers[which];
	static struct answer expected, got;

	samples_add(samples, peer->ask(peer, question, &got));
	reference_ask(question, &expected);
	reference_check(peer->name, &got, &expected, which == OURS);
}

void bench_open(struct bench *bench)
{
	struct question question = last_of_first();
	static struct answer expected, got;
	struct samples times[PEERS] = { 0 };

	reference_ask(&question, &expected);
	for (int round = 0; round < OPENS; round++) {
		for (int i = 0; i < PEERS; i++) {
			struct peer *peer = bench->peers[i];

			if (!peer->reopen || peer->skipped ||
			    !wants_more(&times[i], OPENS, 10))
				continue;
			samples_add(&times[i],
				    peer->reopen(peer, &question, &got));
			reference_check(peer->name, &got, &expected, i == OURS);
		}
	}
	table_begin("open to first answer, one alliance", MILLISECONDS, false);
	table_samples("entente", &times[OURS]);
	table_samples("SQLite", &times[SQLITE]);
	table_end("In one process, the largest alliance on the last day; medians "
		  "of %zu and %zu rounds.",
		  times[OURS].count, times[SQLITE].count);
	for (int i = 0; i < PEERS; i++)
		samples_release(&times[i]);
}

/* ---- one late event --------------------------------------------------- */

static bool appends_late(const struct bench *bench, int which)
{
	const struct peer *peer = bench->peers[which];

	return peer->ask && !peer->skipped;
}

static void late_round(struct bench *bench, struct samples appends[PEERS],
		       struct samples asks[PEERS])
{
	struct question question = last_of_first();

	chunk_fill_oldest(&bench->chunk, &bench->generator);
	reference_add(&bench->chunk);
	for (int i = 0; i < PEERS; i++) {
		struct peer *peer = bench->peers[i];

		if (!appends_late(bench, i))
			continue;
		samples_add(&appends[i], peer->append(peer, &bench->chunk));
		ask_checked(bench, i, &question, &asks[i]);
	}
}

static void print_late(struct bench *bench, const char *title,
		       struct samples times[PEERS], const char *setting)
{
	table_begin(title, MILLISECONDS, false);
	for (int i = 0; i < PEERS; i++) {
		if (appends_late(bench, i))
			table_samples(bench->peers[i]->name, &times[i]);
		samples_release(&times[i]);
	}
	table_end("%s", setting);
}

void bench_late(struct bench *bench)
{
	struct samples appends[PEERS] = { 0 }, asks[PEERS] = { 0 };

	progress("late events");
	for (int round = 0; round < LATE; round++)
		late_round(bench, appends, asks);
	print_late(bench, "one event at the oldest day, durable", appends,
		   "Medians of 5 events dated 1949-01-01, of the largest "
		   "alliance.");
	print_late(bench, "the next answer after it", asks,
		   "The same alliance on the last day, asked at once after each "
		   "of the 5.");
}

/* ---- one event -------------------------------------------------------- */

/* Bytes that this process has given to write() and its kin; 0 if unknown. */
static uint64_t bytes_written(void)
{
	FILE *file = fopen("/proc/self/io", "r");
	unsigned long long value = 0;
	char line[128];

	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "wchar: %llu", &value) == 1)
			break;
	if (file)
		fclose(file);
	return value;
}

static int floor_file(size_t pages)
{
	char *path = bench_path("floor");
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	char *block = need(pages * PAGE);

	if (fd < 0 || pwrite(fd, block, pages * PAGE, 0) < 0 || fsync(fd) != 0)
		die("%s cannot be written", path);
	free(block);
	free(path);
	return fd;
}

static double write_floor(int fd, size_t pages, unsigned round)
{
	char *block = need(pages * PAGE);
	double start;

	memset(block, (int)round, pages * PAGE);
	start = now();
	if (pwrite(fd, block, pages * PAGE, 0) < 0 || fdatasync(fd) != 0)
		die("the floor cannot be written");
	start = now() - start;
	free(block);
	return start;
}

/* What one append of ours writes; 0 where the system does not tell. */
static size_t pages_of_append(struct bench *bench)
{
	struct peer *ours = bench->peers[OURS];
	uint64_t before = bytes_written();

	ours->append(ours, &bench->chunk);
	return (size_t)((bytes_written() - before + PAGE - 1) / PAGE);
}

static void next_event(struct bench *bench)
{
	chunk_fill(&bench->chunk, &bench->generator, 1);
	reference_add(&bench->chunk);
}

static size_t measure_pages(struct bench *bench)
{
	size_t pages;

	next_event(bench);
	pages = pages_of_append(bench);
	for (int i = RAW; i < PEERS; i++)
		if (!bench->peers[i]->skipped && i != RAW_INDEXED)
			bench->peers[i]->append(bench->peers[i], &bench->chunk);
	return pages;
}

void bench_single(struct bench *bench)
{
	static const int who[] = { OURS, RAW, SQLITE, DUCKDB };
	struct samples times[PEERS] = { 0 }, floor = { 0 };
	size_t pages;
	int fd = -1;

	progress("single events");
	pages = measure_pages(bench);
	if (pages)
		fd = floor_file(pages);
	for (unsigned round = 0; round < SINGLES; round++) {
		next_event(bench);
		for (size_t i = 0; i < sizeof(who) / sizeof(who[0]); i++) {
			struct peer *peer = bench->peers[who[i]];

			if (!peer->skipped)
				samples_add(&times[who[i]],
					    peer->append(peer, &bench->chunk));
		}
		if (pages)
			samples_add(&floor, write_floor(fd, pages, round));
	}
	if (pages)
		close(fd);
	table_begin("one event, durable", MILLISECONDS, true);
	for (size_t i = 0; i < sizeof(who) / sizeof(who[0]); i++)
		if (times[who[i]].count)
			table_samples(bench->peers[who[i]]->name,
				      &times[who[i]]);
	if (pages)
		table_samples("pwrite and fdatasync of as many pages", &floor);
	else
		table_skipped("pwrite and fdatasync of as many pages",
			      "the system does not count what is written");
	table_end("Median and p99 of %d. entente writes %zu pages of 4 KiB for "
		  "one event; the last row writes as many, at once, over those "
		  "that a file has.",
		  SINGLES, pages);
	for (int i = 0; i < PEERS; i++)
		samples_release(&times[i]);
	samples_release(&floor);
}
