/*
 * whole.c - keeping lists in order.  What comes and goes stands near their
 * ends, as days go by.
 */
#include "state/whole.h"

#include <string.h>

static struct map_key key_of(const struct entry *entry)
{
	return (struct map_key){ entry->alliance, entry->list };
}

static struct place place_of(const struct entry *entry)
{
	return (struct place){ entry->lo, entry->phase, entry->seq };
}

static size_t search(const struct whole_list *list, struct place place)
{
	size_t lo = 0, hi = list->count;

	while (lo < hi) {
		size_t middle = lo + (hi - lo) / 2;

		if (place_compare(list->items[middle], place) < 0)
			lo = middle + 1;
		else
			hi = middle;
	}
	return lo;
}

size_t whole_place(const struct whole *whole, const struct entry *entry)
{
	const size_t *at = map_find(&whole->index, key_of(entry));

	return at ? search(&whole->lists[*at], place_of(entry)) : 0;
}

static int find_or_add(struct whole *whole, const struct entry *entry,
		       struct whole_list **out, struct ent_error *err)
{
	const size_t *at = map_find(&whole->index, key_of(entry));
	int rc;

	if (at) {
		*out = &whole->lists[*at];
		return ENT_OK;
	}
	rc = mem_grow(&whole->lists, &whole->room, whole->count + 1,
		      sizeof(*whole->lists), err);
	if (rc == ENT_OK)
		rc = map_add(&whole->index, key_of(entry), whole->count, err);
	if (rc < 0)
		return rc;
	*out = &whole->lists[whole->count++];
	**out = (struct whole_list){ 0 };
	return ENT_OK;
}

static int insert(struct whole *whole, const struct entry *entry,
		  struct ent_error *err)
{
	struct whole_list *list = NULL;
	size_t at;
	int rc = find_or_add(whole, entry, &list, err);

	if (rc == ENT_OK)
		rc = mem_grow(&list->items, &list->room, list->count + 1,
			      sizeof(*list->items), err);
	if (rc < 0)
		return rc;
	at = search(list, place_of(entry));
	memmove(list->items + at + 1, list->items + at,
		(list->count - at) * sizeof(*list->items));
	list->items[at] = place_of(entry);
	list->count++;
	return ENT_OK;
}

/* It is there. */
static void take_out(struct whole *whole, const struct entry *entry)
{
	struct whole_list *list =
	    &whole->lists[*map_find(&whole->index, key_of(entry))];
	size_t at = search(list, place_of(entry));

	list->count--;
	memmove(list->items + at, list->items + at + 1,
		(list->count - at) * sizeof(*list->items));
}

int whole_move(struct whole *whole, const struct model *a,
	       const struct model *b, struct ent_error *err)
{
	size_t i = 0, j = 0;
	int rc = ENT_OK;

	while (rc == ENT_OK && (i < a->entries_count || j < b->entries_count)) {
		int order = i == a->entries_count ? 1
			    : j == b->entries_count
				? -1
				: entry_compare(&a->entries[i], &b->entries[j]);

		if (order < 0)
			take_out(whole, &a->entries[i]);
		else if (order > 0)
			rc = insert(whole, &b->entries[j], err);
		i += order <= 0;
		j += order >= 0;
	}
	return rc;
}

void whole_release(struct whole *whole)
{
	for (size_t i = 0; i < whole->count; i++)
		mem_free(whole->lists[i].items);
	mem_free(whole->lists);
	map_release(&whole->index);
	*whole = (struct whole){ 0 };
}
