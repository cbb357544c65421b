/*
 * chunk.h - some lines of JSON Lines, and the events that they are.
 */
#ifndef CLI_CHUNK_H
#define CLI_CHUNK_H

#include "input.h"

/* A line that is no event. */
struct bad_line {
	size_t good;    /* lines of the chunk before it that are */
	size_t message; /* offset in messages: "FILE:LINE:COLUMN: why" */
};

struct chunk_line {
	size_t at, len; /* in text */
	uint64_t number;
	bool too_long;
};

struct chunk {
	const char *name; /* of the file; borrowed */
	struct text text; /* of the lines */
	struct chunk_line *lines;
	size_t count, room;
	struct input_fault fault; /* behind the lines */
	bool last;                /* no other chunk follows */

	struct ent_batch *batch; /* the good lines */
	struct bad_line *bad;
	size_t bad_count, bad_room;
	struct text messages;
	struct ent_error err; /* code is not 0: checking ended at line failed_at */
	uint64_t failed_at;
};

int chunk_make(struct chunk *chunk); /* an exit code; no message */
void chunk_clear(struct chunk *chunk);
void chunk_release(struct chunk *chunk);

/*
 * At least one line, and up to max that can be had without waiting.  What
 * input_try_next() said last; its fault is that of the chunk.
 */
int chunk_read(struct chunk *chunk, struct input *input, uint64_t max);

/* Fill batch and bad.  Prints nothing, so any thread may. */
void chunk_check(struct chunk *chunk);

#endif
