/*
 * mem.c - memory from the system, every size checked for overflow.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ground/mem.h"

enum { ROOM_FIRST = 8 };

void *mem_new(size_t count, size_t size)
{
	if (count == 0 || size == 0)
		return calloc(1, 1);
	/* No object is larger; some allocators abort when asked. */
	if (count > PTRDIFF_MAX / size)
		return NULL;
	return calloc(count, size);
}

void *mem_raw(size_t size)
{
	return size > PTRDIFF_MAX ? NULL : malloc(size ? size : 1);
}

/* Half as much again as there is, so that n single additions cost O(n). */
static size_t next_room(size_t room, size_t need)
{
	size_t next = room < ROOM_FIRST ? ROOM_FIRST : room;

	if (next <= SIZE_MAX - next / 2)
		next += next / 2;
	return next < need ? need : next;
}

int mem_grow(void *items, size_t *room, size_t need, size_t size,
	     struct ent_error *err)
{
	void *old;
	void *grown;
	size_t next;

	assert(items && room && size > 0);

	if (need <= *room)
		return ENT_OK;
	next = next_room(*room, need);
	if (next > PTRDIFF_MAX / size)
		return mem_error(err);

	/* items is a T **: C has no pointer to any pointer, hence the copies. */
	memcpy(&old, items, sizeof(old));
	grown = realloc(old, next * size);
	if (!grown)
		return mem_error(err);
	memcpy(items, &grown, sizeof(grown));
	*room = next;
	/* cppcheck-suppress memleak ; *items has it */
	return ENT_OK;
}

void mem_free(void *memory)
{
	free(memory);
}

void ent_free(void *memory)
{
	mem_free(memory);
}

int mem_error(struct ent_error *err)
{
	return ent_error_set(err, ENT_ENOMEM, "out of memory");
}
