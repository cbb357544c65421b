/*
 * generate.h - the same history every time, one event after the other.
 *
 * The n-th event depends on the count and on n alone, so a stream of ten million
 * needs no more memory than one of a thousand.
 */
#ifndef BENCH_GENERATE_H
#define BENCH_GENERATE_H

#include <stddef.h>
#include <stdint.h>

enum {
	GENERATE_ALLIANCES = 50,
	GENERATE_LASTING = 47, /* those from here on may be dissolved */
	GENERATE_ACTORS = 195,
	GENERATE_FIRST_YEAR = 1949,
	GENERATE_LAST_YEAR = 2025,
	GENERATE_LINE_MAX = 2048,
	GENERATE_PENDING = 256,
	GENERATE_CODE_SIZE = 8
};

/* An event that a later one is going to correct or retract. */
struct generate_pending {
	uint64_t seq, due;
	char id[37];
	unsigned kind, alliance, actor;
	int32_t day;
};

struct generator {
	uint64_t dice;
	uint64_t count; /* events between the first and the last day */
	uint64_t next;  /* from 0; its number in the log is one more */
	struct generate_pending pending[GENERATE_PENDING];
	size_t pending_first, pending_count;
};

struct generated {
	char line[GENERATE_LINE_MAX]; /* JSON, no newline behind it */
	size_t len;
	unsigned alliance, actor;
	uint64_t fixes; /* the number of what it corrects or retracts, or 0 */
};

void generate_begin(struct generator *generator, uint64_t count);
void generate_next(struct generator *generator, struct generated *out);

/* One more of the largest alliance, dated the first day of all. */
void generate_oldest(struct generator *generator, struct generated *out);

void generate_alliance_code(unsigned alliance, char out[GENERATE_CODE_SIZE]);
void generate_actor_code(unsigned actor, char out[GENERATE_CODE_SIZE]);

/* splitmix64 (Steele, Lea, Flood 2014), below sides, which is not 0. */
uint64_t generate_dice(uint64_t *state, uint64_t sides);

/* Alliance k is drawn 1 / (k + 1) as often as the first: Zipf. */
unsigned generate_draw_alliance(uint64_t *state);

int32_t generate_first_day(void);
int32_t generate_last_day(void);

#endif
