/*
 * further.h - further sources of an event: the `x.source` events that name it, or
 * that name the article which it was read in as the one they copy.
 */
#ifndef CLI_FURTHER_H
#define CLI_FURTHER_H

#include <entente/entente.h>

struct further {
	struct ent_event **items; /* in the order of the log */
	size_t count;
};

/* Those that hold.  0, or the exit code after a message; give it to
 * further_release() either way. */
int further_read(struct ent_log *log, const struct ent_event *event,
		 struct further *out);
void further_release(struct further *further);

#endif
