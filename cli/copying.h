/*
 * copying.h - what backup, restore and compact share: how far they are, the check of
 * the copy in a process of its own, and the answer.
 */
#ifndef CLI_COPYING_H
#define CLI_COPYING_H

#include "cli.h"

struct copying {
	const char *command;
	bool other; /* what is copied is not the log of --log */
	uint64_t findings;
	struct ent_copy_options options;
};

/* From here on a signal is noted, so that nothing is left half made. */
void copying_begin(struct copying *copying, const char *command);

/* The line of progress is wiped; where rc is a failure it is told.  Returns the exit
 * code. */
int copying_end(struct copying *copying, int rc, const struct ent_error *err);

#endif
