/*
 * arena.c - memory that is freed all at once, in blocks that grow.
 *
 * No byte is given twice before a reset.  Blocks are not zeroed: what is given is, but texts,
 * which are written whole.
 */
#include <assert.h>
#include <stdalign.h>
#include <string.h>

#include "ground/mem.h"

enum { BLOCK_FIRST = 4096, BLOCK_MAX = 65536 };

struct arena_block {
	struct arena_block *next;
	size_t used;
	size_t room;
	alignas(max_align_t) char bytes[];
};

static struct arena_block *new_block(size_t room)
{
	struct arena_block *block;

	if (room > SIZE_MAX - sizeof(*block))
		return NULL;
	block = mem_raw(sizeof(*block) + room);
	if (block)
		*block = (struct arena_block){ .room = room };
	return block;
}

/* A block for itself, behind the first, whose rest can still be used. */
static void *alloc_alone(struct arena *arena, size_t size)
{
	struct arena_block *block = new_block(size);

	if (!block)
		return NULL;
	block->used = size;
	if (arena->blocks) {
		block->next = arena->blocks->next;
		arena->blocks->next = block;
	} else {
		arena->blocks = block;
	}
	return block->bytes;
}

static size_t next_room(const struct arena_block *block)
{
	if (!block)
		return BLOCK_FIRST;
	return block->room >= BLOCK_MAX / 2 ? BLOCK_MAX : block->room * 2;
}

static void *take(struct arena *arena, size_t size)
{
	struct arena_block *block = arena->blocks;
	size_t rest = size % alignof(max_align_t);
	size_t pad = rest ? alignof(max_align_t) - rest : 0;
	size_t room;
	void *given;

	if (size > SIZE_MAX - pad)
		return NULL;
	size = size + pad ? size + pad : alignof(max_align_t);

	if (!block || block->room - block->used < size) {
		room = next_room(block);
		if (size > room / 4)
			return alloc_alone(arena, size);
		block = new_block(room);
		if (!block)
			return NULL;
		block->next = arena->blocks;
		arena->blocks = block;
	}
	given = block->bytes + block->used;
	block->used += size;
	return given;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	void *given = take(arena, size);

	return given ? memset(given, 0, size) : NULL;
}

char *arena_text(struct arena *arena, const char *text, size_t len)
{
	char *copy;

	if (len == SIZE_MAX)
		return NULL;
	copy = take(arena, len + 1);
	if (!copy)
		return NULL;
	if (len > 0)
		memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

static void free_blocks(struct arena_block *block)
{
	while (block) {
		struct arena_block *next = block->next;

		mem_free(block);
		block = next;
	}
}

void arena_release(struct arena *arena)
{
	free_blocks(arena->blocks);
	arena->blocks = NULL;
}

/* Behind the first, whose rest can still be used. */
void arena_join(struct arena *arena, struct arena *from)
{
	struct arena_block **end = &from->blocks;

	if (arena->blocks) {
		while (*end)
			end = &(*end)->next;
		*end = arena->blocks->next;
		arena->blocks->next = from->blocks;
	} else {
		arena->blocks = from->blocks;
	}
	from->blocks = NULL;
}

/* The first block is the newest, and so the largest but for those alone. */
void arena_reset(struct arena *arena)
{
	struct arena_block *block = arena->blocks;

	if (!block || block->room > BLOCK_MAX) {
		arena_release(arena);
		return;
	}
	free_blocks(block->next);
	block->next = NULL;
	block->used = 0;
}
