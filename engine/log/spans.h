/*
 * spans.h - pieces of a log that follow each other without a gap, and when to join
 * them: four of about the same size become one, so that there are few, and each
 * event is written anew only as often as the log grows fourfold.
 */
#ifndef ENGINE_SPANS_H
#define ENGINE_SPANS_H

#include <stddef.h>
#include <stdint.h>

enum { SPANS_MAX = 64, SPANS_FAN = 4, SPANS_UNIT = 1024 };

/* Events first to last. */
struct span {
	uint64_t first, last;
};

struct spans {
	struct span items[SPANS_MAX]; /* ascending, from event 1 on */
	size_t count;
};

/* The last event that they cover; 0 for none. */
uint64_t spans_last(const struct spans *spans);

/*
 * How many at the end are to be joined; 0 for none.  What would hold more than
 * events_max events waits, for as long as there is room.
 */
size_t spans_to_join(const struct spans *spans, uint64_t events_max);

/* The last count of them as one. */
struct span spans_whole(const struct spans *spans, size_t count);

#endif
