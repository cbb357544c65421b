/*
 * map.c - open addressing with linear probing, at most half full.
 */
#include "ground/map.h"

#include "ground/mem.h"
#include "ground/mix.h"

enum { ROOM_FIRST = 64 };

static size_t home_of(size_t room, struct map_key key)
{
	return (size_t)mix(key.a + mix(key.b)) & (room - 1);
}

static struct map_entry *slot_of(struct map_entry *entries, size_t room,
				 struct map_key key)
{
	size_t at = home_of(room, key);

	while (entries[at].used &&
	       (entries[at].key.a != key.a || entries[at].key.b != key.b))
		at = (at + 1) & (room - 1);
	return &entries[at];
}

const size_t *map_find(const struct map *map, struct map_key key)
{
	struct map_entry *entry;

	if (map->room == 0)
		return NULL;
	entry = slot_of(map->entries, map->room, key);
	return entry->used ? &entry->value : NULL;
}

static int grow(struct map *map, struct ent_error *err)
{
	size_t room = map->room ? map->room * 2 : ROOM_FIRST;
	struct map_entry *entries = mem_new(room, sizeof(*entries));

	if (!entries)
		return mem_error(err);
	for (size_t i = 0; i < map->room; i++)
		if (map->entries[i].used)
			*slot_of(entries, room, map->entries[i].key) =
				map->entries[i];
	mem_free(map->entries);
	map->entries = entries;
	map->room = room;
	return ENT_OK;
}

int map_add(struct map *map, struct map_key key, size_t value,
	    struct ent_error *err)
{
	if (map->count * 2 >= map->room) {
		int rc = grow(map, err);

		if (rc < 0)
			return rc;
	}
	*slot_of(map->entries, map->room, key) =
		(struct map_entry){ key, value, true };
	map->count++;
	return ENT_OK;
}

/* Those behind the hole that would no longer be found move up into it. */
void map_remove(struct map *map, struct map_key key)
{
	struct map_entry *entries = map->entries;
	size_t mask = map->room - 1;
	size_t hole = (size_t)(slot_of(entries, map->room, key) - entries);

	for (size_t at = (hole + 1) & mask; entries[at].used;
	     at = (at + 1) & mask) {
		size_t home = home_of(map->room, entries[at].key);

		if (((at - home) & mask) < ((at - hole) & mask))
			continue;
		entries[hole] = entries[at];
		hole = at;
	}
	entries[hole].used = false;
	map->count--;
}

void map_release(struct map *map)
{
	mem_free(map->entries);
	*map = (struct map){ 0 };
}
