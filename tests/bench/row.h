/*
 * row.h - an event as the peers take it: its canonical bytes and some columns.
 *
 * The columns come from the public event, the bytes from its body by the rules
 * for canonical MessagePack, so every peer stores what the log stores.
 */
#ifndef BENCH_ROW_H
#define BENCH_ROW_H

#include <entente/entente.h>

#include "generate.h"
#include "pack.h"

enum { BATCH = 1000, CHUNK = 10 * BATCH };

/* Statuses that events set, from 1; 0 where an event sets none. */
enum { STATUSES = 10 };

struct row {
	uint64_t seq;
	uint64_t fixes; /* the number of what it corrects or retracts, or 0 */
	struct ent_id id;
	size_t line_at, line_len; /* in chunk->lines */
	size_t body_at, body_len; /* in chunk->bodies */
	int32_t day;   /* first possible */
	int32_t until; /* last possible; ENT_DAY_OPEN_END where there is none */
	uint8_t alliance, actor, type, phase, status;
};

struct chunk {
	struct row *rows;
	size_t count;
	struct pool lines, bodies;
};

void chunk_init(struct chunk *chunk);
void chunk_release(struct chunk *chunk);

/* The next count (at most CHUNK) events. */
void chunk_fill(struct chunk *chunk, struct generator *generator, size_t count);

/* One event, dated the first day of all. */
void chunk_fill_oldest(struct chunk *chunk, struct generator *generator);

/* The code of a status as answers name it, 0 for none of them. */
uint8_t status_code(const char *name);

/* Where the batch that begins with row i ends. */
static inline size_t batch_end(const struct chunk *chunk, size_t i)
{
	return i + BATCH < chunk->count ? i + BATCH : chunk->count;
}

static inline const char *row_line(const struct chunk *chunk,
				   const struct row *row)
{
	return chunk->lines.data + row->line_at;
}

static inline const char *row_body(const struct chunk *chunk,
				   const struct row *row)
{
	return chunk->bodies.data + row->body_at;
}

#endif
