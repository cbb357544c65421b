/*
 * map.h - a hash map from a pair of numbers to a number, for indexes into arrays.
 * Its order is never shown to anyone.
 */
#ifndef ENGINE_MAP_H
#define ENGINE_MAP_H

#include "entente/error.h"

struct map_key {
	uint64_t a;
	uint64_t b;
};

struct map_entry {
	struct map_key key;
	size_t value;
	bool used;
};

/* { 0 } is an empty map. */
struct map {
	struct map_entry *entries;
	size_t room; /* a power of two, or 0 */
	size_t count;
};

/* NULL where the key is not there. */
const size_t *map_find(const struct map *map, struct map_key key);

/* The key must not be there yet. */
int map_add(struct map *map, struct map_key key, size_t value,
	    struct ent_error *err);

/* Take a key out; it must be there. */
void map_remove(struct map *map, struct map_key key);

void map_release(struct map *map);

#endif
