/*
 * read_ahead.h - a second thread that reads and checks lines while the first one
 * writes those before.
 *
 * Nothing is printed by it but that a file cannot be read; signals come to the
 * first thread.
 */
#ifndef CLI_READ_AHEAD_H
#define CLI_READ_AHEAD_H

#include "reading.h"

struct read_ahead;

/* Lines for one transaction. */
struct piece {
	struct reading reading;
	uint64_t line; /* the number of the last one, in its file */
	int rc;        /* 0; INPUT_END: the last piece; else an exit code */
};

/* Begin to read the files in pieces of that many events.  NULL where no thread can
 * be had. */
struct read_ahead *read_ahead_begin(size_t count, char **names, uint64_t events);

/* The next piece, to be given back before the one behind it.  Behind a piece that has
 * bad lines, or an exit code, there is none. */
struct piece *read_ahead_next(struct read_ahead *ahead);
void read_ahead_give_back(struct read_ahead *ahead);

/* Behind the last piece, or where the program ends anyway: then a thread that waits
 * for its input is left alone. */
void read_ahead_end(struct read_ahead *ahead);

#endif
