/*
 * entries.c - a list that is cut whenever it holds twice what is asked for: what
 * lies before the oldest that is left then is not taken any more.
 */
#include "state/entries.h"

#include <stdlib.h>
#include <string.h>

enum { FEW = 128 }; /* so many are sorted by insertion: they nearly are already */

int entry_compare(const struct entry *a, const struct entry *b)
{
	if (a->alliance != b->alliance)
		return a->alliance < b->alliance ? -1 : 1;
	if (a->list != b->list)
		return a->list < b->list ? -1 : 1;
	if (a->lo != b->lo)
		return a->lo < b->lo ? -1 : 1;
	if (a->phase != b->phase)
		return a->phase < b->phase ? -1 : 1;
	return a->seq < b->seq ? -1 : a->seq > b->seq;
}

static int by_place(const void *left, const void *right)
{
	const struct place *a = left, *b = right;

	return place_compare(*a, *b);
}

static void sort_few(struct place *items, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct place place = items[i];
		size_t at = i;

		for (; at > 0 && place_compare(items[at - 1], place) > 0; at--)
			items[at] = items[at - 1];
		items[at] = place;
	}
}

void entries_end(struct entries *entries, size_t last)
{
	size_t count = entries->count;

	if (entries->is_unsorted && count <= FEW)
		sort_few(entries->items, count);
	else if (entries->is_unsorted)
		qsort(entries->items, count, sizeof(*entries->items), by_place);
	entries->is_unsorted = false;
	if (last == 0 || count <= last)
		return;
	memmove(entries->items, entries->items + (count - last),
		last * sizeof(*entries->items));
	entries->count = last;
	entries->is_cut = true;
}

int entries_add(struct entries *entries, size_t last, struct place place,
		struct ent_error *err)
{
	size_t count = entries->count;

	if (entries->is_cut && place_compare(place, entries->items[0]) < 0)
		return ENT_OK;
	if (count == entries->room) {
		int rc = mem_grow(&entries->items, &entries->room, count + 1,
				  sizeof(*entries->items), err);

		if (rc < 0)
			return rc;
	}
	if (count > 0 && place_compare(place, entries->items[count - 1]) < 0)
		entries->is_unsorted = true;
	entries->items[count] = place;
	entries->count = count + 1;
	if (last > 0 && entries->count / 2 >= last)
		entries_end(entries, last);
	return ENT_OK;
}
