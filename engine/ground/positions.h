/*
 * positions.h - where things stand in an array, by the hash of a key that only
 * the array holds: four bytes a place, so that the table of ten thousand things
 * stays in the nearest caches, and inline, because a fold asks for every event.
 *
 * Neighbouring numbers as keys are the usual case; nobody chooses keys to collide.
 */
#ifndef ENGINE_POSITIONS_H
#define ENGINE_POSITIONS_H

#include "entente/error.h"

#include <stddef.h>
#include <stdint.h>

/* { 0 } is an empty table. */
struct positions {
	uint32_t *at; /* a position plus one, or 0; at most half of them are used */
	size_t room;  /* a power of two, or 0 */
	size_t count;
	unsigned shift; /* from a hash to a place of the table */
};

static inline uint64_t positions_hash(uint64_t a, uint64_t b)
{
	return (a * 0x9e3779b97f4a7c15u + b) * 0xbf58476d1ce4e5b9u;
}

/* The places that a key may be at are walked from here, up to one that is 0. */
static inline size_t positions_home(const struct positions *p, uint64_t hash)
{
	return (size_t)(hash >> p->shift);
}

static inline size_t positions_next(const struct positions *p, size_t place)
{
	return (place + 1) & (p->room - 1);
}

/* The hash of what stands at a position of the array. */
typedef uint64_t position_hash_fn(const void *items, size_t position);

/* The thing at the next position, p->count, is new: note where it stands.  The
 * array must not hold more than UINT32_MAX - 1 things. */
int positions_add(struct positions *p, uint64_t hash, position_hash_fn *hash_of,
		  const void *items, struct ent_error *err);

void positions_release(struct positions *p);

#endif
