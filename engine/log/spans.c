/*
 * spans.c - which spans to join.
 */
#include "log/spans.h"

uint64_t spans_last(const struct spans *spans)
{
	return spans->count ? spans->items[spans->count - 1].last : 0;
}

static uint64_t size_of(struct span span)
{
	return span.last - span.first + 1;
}

/* Sizes are told apart by how often they hold the unit, fourfold. */
static unsigned level_of(struct span span)
{
	unsigned level = 0;

	for (uint64_t size = size_of(span) / SPANS_UNIT; size >= SPANS_FAN;
	     size /= SPANS_FAN)
		level++;
	return level;
}

/* Four of one level, with those between them; or what is smaller than the last. */
static size_t count_joined(const struct spans *spans)
{
	size_t count = 0, same = 0;
	unsigned level = 0;

	for (size_t i = spans->count; i-- > 0; count++) {
		unsigned here = level_of(spans->items[i]);

		if (count == 0)
			level = here;
		if (here > level)
			break;
		same += here == level;
	}
	return same >= SPANS_FAN || count > same ? count : 0;
}

struct span spans_whole(const struct spans *spans, size_t count)
{
	return (struct span){ spans->items[spans->count - count].first,
			      spans_last(spans) };
}

size_t spans_to_join(const struct spans *spans, uint64_t events_max)
{
	size_t count = count_joined(spans);

	if (spans->count > SPANS_MAX - 2)
		return count > 1 ? count : 2;
	if (count < 2 || size_of(spans_whole(spans, count)) > events_max)
		return 0;
	return count;
}
