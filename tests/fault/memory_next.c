/*
 * memory_next.c - the allocator of a sanitizer, which stands behind ours.
 *
 * Looking up its functions allocates, and so does the sanitizer while it starts:
 * those first allocations come from a room of our own and are never freed.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define INTERPOSE __attribute__((visibility("default")))

enum { ROOM = 1 << 16, ALIGN = 16 };

static _Alignas(ALIGN) unsigned char room[ROOM];
static size_t used;
static bool looking;

static struct {
	void *(*malloc)(size_t size);
	void *(*calloc)(size_t count, size_t size);
	void *(*realloc)(void *old, size_t size);
	void *(*memalign)(size_t to, size_t size);
	void (*free)(void *memory);
} next;

static void look_up(const char *name, void *slot)
{
	void *found = dlsym(RTLD_NEXT, name);

	memcpy(slot, &found, sizeof(found));
}

/* Whether there is something to call. */
static bool ready(void)
{
	if (next.free || looking)
		return next.free != NULL;
	looking = true;
	look_up("malloc", &next.malloc);
	look_up("calloc", &next.calloc);
	look_up("realloc", &next.realloc);
	look_up("memalign", &next.memalign);
	look_up("free", &next.free);
	looking = false;
	return true;
}

static bool is_ours(const void *memory)
{
	const unsigned char *at = memory;

	return at >= room && at < room + ROOM;
}

static void *from_room(size_t size)
{
	size_t from = used;

	if (size > ROOM - used) {
		errno = ENOMEM;
		return NULL;
	}
	used += (size + ALIGN - 1) / ALIGN * ALIGN;
	return room + from;
}

void *fault_next_malloc(size_t size);
void *fault_next_malloc(size_t size)
{
	return ready() ? next.malloc(size) : from_room(size);
}

void *fault_next_calloc(size_t count, size_t size);
void *fault_next_calloc(size_t count, size_t size)
{
	return ready() ? next.calloc(count, size) : from_room(count * size);
}

void *fault_next_realloc(void *old, size_t size);
void *fault_next_realloc(void *old, size_t size)
{
	void *moved;

	if (ready() && !is_ours(old))
		return next.realloc(old, size);
	moved = fault_next_malloc(size);
	if (moved && old) {
		size_t most = (size_t)(room + ROOM - (unsigned char *)old);

		memcpy(moved, old, size < most ? size : most);
	}
	return moved;
}

void *fault_next_memalign(size_t to, size_t size);
void *fault_next_memalign(size_t to, size_t size)
{
	return ready() ? next.memalign(to, size) : from_room(size);
}

INTERPOSE void free(void *memory);
INTERPOSE void free(void *memory)
{
	if (!is_ours(memory) && ready())
		next.free(memory);
}
