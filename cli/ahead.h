/*
 * ahead.h - JSON Lines read and checked ahead of who takes them, in chunks, by
 * threads of their own.
 *
 * Chunks come in the order of the input, and only who takes them prints.
 */
#ifndef CLI_AHEAD_H
#define CLI_AHEAD_H

#include "chunk.h"

struct ahead;

/*
 * Start to read the files of those names, which are borrowed; the standard input
 * where there is none.  Where step is not 0, each step lines end a chunk.
 * Returns an exit code.
 */
int ahead_open(struct ahead **out, char **names, size_t count, uint64_t step);

/* The next chunk, borrowed until the next call; NULL after the last. */
struct chunk *ahead_next(struct ahead *ahead);

/* Ends the threads, also while they wait for input.  NULL is allowed. */
void ahead_close(struct ahead *ahead);

#endif
