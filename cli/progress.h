/*
 * progress.h - how far long work is: one line on stderr that is drawn over itself.
 *
 * Only where stderr is a terminal, and TERM is not "dumb": a terminal that cannot
 * go back to the start of a line.  Short work shows nothing.  Whoever writes to
 * the terminal wipes the line first; out.c and fail.c do.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdint.h>

/* The time of the work is counted from here, or else from the first call below. */
void progress_begin(void);

/* "entente: verify: 1,234,567 of 10,000,000 (12 %), 38 s left" */
void progress_of(const char *command, uint64_t done, uint64_t total);

/* "entente: append: 1,234,567 lines", where nobody knows how many will come. */
void progress_count(const char *command, uint64_t done, const char *unit);

/* "entente: append: writing 1,234,567 events": work that does not tell how far it
 * is.  Drawn at once, where it is so much that somebody may wonder. */
void progress_long(const char *command, const char *doing, uint64_t count,
		   const char *unit);

/* A signal handler may call it: it only writes. */
void progress_wipe(void);

/* The work is done: the line is wiped, and the next one begins a time of its
 * own. */
void progress_done(void);

#endif
