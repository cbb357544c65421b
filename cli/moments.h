/*
 * moments.h - the days on which a membership can change, alliance by alliance.
 */
#ifndef CLI_MOMENTS_H
#define CLI_MOMENTS_H

#include "text.h"

struct moment {
	char *alliance;
	int32_t day;
};

/* Sorted by alliance and day; a day may come twice. */
struct moments {
	struct moment *items;
	size_t count;
	size_t cap;
};

/* 0, or the exit code after a message; give it to moments_release() either way. */
int moments_read(struct ent_log *log, struct moments *out);
void moments_release(struct moments *moments);

#endif
