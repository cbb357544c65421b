/*
 * positions.c - open addressing with linear probing.
 */
#include "ground/positions.h"

#include "ground/mem.h"

enum { BITS_FIRST = 6, HASH_BITS = 64 };

static void note(struct positions *p, uint64_t hash, size_t position)
{
	size_t place = positions_home(p, hash);

	while (p->at[place])
		place = positions_next(p, place);
	p->at[place] = (uint32_t)position + 1;
}

static int grow(struct positions *p, position_hash_fn *hash_of,
		const void *items, struct ent_error *err)
{
	unsigned bits = p->room ? HASH_BITS - p->shift + 1 : BITS_FIRST;
	struct positions grown = { .room = (size_t)1 << bits,
				   .count = p->count,
				   .shift = HASH_BITS - bits };

	grown.at = mem_new(grown.room, sizeof(*grown.at));
	if (!grown.at)
		return mem_error(err);
	for (size_t i = 0; i < p->count; i++)
		note(&grown, hash_of(items, i), i);
	mem_free(p->at);
	*p = grown;
	return ENT_OK;
}

int positions_add(struct positions *p, uint64_t hash, position_hash_fn *hash_of,
		  const void *items, struct ent_error *err)
{
	if (p->count >= UINT32_MAX - 1)
		return ent_error_set(err, ENT_ENOMEM,
				     "a table holds %zu things, and takes no more",
				     p->count);
	if (p->count * 2 >= p->room) {
		int rc = grow(p, hash_of, items, err);

		if (rc < 0)
			return rc;
	}
	note(p, hash, p->count++);
	return ENT_OK;
}

void positions_release(struct positions *p)
{
	mem_free(p->at);
	*p = (struct positions){ 0 };
}
