/*
 * bench.h - the parts of the run, in the order in which they are done.
 */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include "clock.h"
#include "peer.h"
#include "table.h"

enum { OURS, RAW, RAW_INDEXED, SQLITE, DUCKDB, PEERS };

struct bench {
	uint64_t count;
	unsigned rounds;
	const char *program; /* build/entente */
	struct peer *peers[PEERS];
	struct generator generator;
	struct chunk chunk;
	uint64_t body_bytes;
};

/* Five rounds where one is short, fewer where it is long. */
unsigned rounds_for(uint64_t count);

/* Builds all stores, and leaves those of the last round. */
void bench_append(struct bench *bench);
void bench_sizes(struct bench *bench);
void bench_prepare(struct bench *bench);
void bench_fold(struct bench *bench);
void bench_as_of(struct bench *bench);
void bench_diff(struct bench *bench);
void bench_open(struct bench *bench);
void bench_late(struct bench *bench);
void bench_single(struct bench *bench);

/* Whole processes; the log is closed before. */
void bench_programs(struct bench *bench);

/* Still worth another sample: there are fewer than most, and time is left. */
static inline bool wants_more(const struct samples *samples, size_t most,
			      double limit_s)
{
	return samples->count < most && samples->sum < limit_s;
}

#endif
