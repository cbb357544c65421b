/*
 * mem.h - the only place that allocates, so that sizes are checked once.
 */
#ifndef ENGINE_MEM_H
#define ENGINE_MEM_H

#include "entente/error.h"

/* count * size zeroed bytes, or NULL.  Never NULL for 0 bytes. */
void *mem_new(size_t count, size_t size);

/* The same, not zeroed: for what is written whole. */
void *mem_raw(size_t size);

/*
 * Make room for need items of size bytes in *items, which has room for *room.
 * ENT_ENOMEM: *items and *room are as they were.
 */
int mem_grow(void *items, size_t *room, size_t need, size_t size,
	     struct ent_error *err);

void mem_free(void *memory); /* NULL is allowed */

int mem_error(struct ent_error *err); /* ENT_ENOMEM with its message */

/* Memory that is freed all at once.  { 0 } is an empty arena. */
struct arena {
	struct arena_block *blocks;
};

/* size bytes, zeroed, aligned for anything; NULL when there is no memory. */
void *arena_alloc(struct arena *arena, size_t size);

/* A copy with a NUL behind it; NULL when there is no memory. */
char *arena_text(struct arena *arena, const char *text, size_t len);

void arena_release(struct arena *arena);

/* arena_release(), but a block is kept for what comes next. */
void arena_reset(struct arena *arena);

/* Move the memory of from, which is then empty, into arena. */
void arena_join(struct arena *arena, struct arena *from);

#endif
