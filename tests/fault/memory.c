/*
 * memory.c - allocations in front of those of the C library, which fail when the
 * plan says so.
 */
#include "interpose.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

#define INTERPOSE __attribute__((visibility("default")))

/* What the C library has for those who take its names; under a sanitizer, what that
 * has (memory_next.c), so that it sees them all. */
#ifdef FAULT_NEXT
void *fault_next_malloc(size_t size);
void *fault_next_calloc(size_t count, size_t size);
void *fault_next_realloc(void *old, size_t size);
void *fault_next_memalign(size_t to, size_t size);
#define __libc_malloc fault_next_malloc
#define __libc_calloc fault_next_calloc
#define __libc_realloc fault_next_realloc
#define __libc_memalign fault_next_memalign
#else
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t to, size_t size);
#endif

static bool refused(void)
{
	const struct fault_plan *plan = &failing.plan;
	uint64_t n;

	if (!failing.armed)
		return false;
	n = __atomic_add_fetch(&failing.allocations, 1, __ATOMIC_RELAXED);
	if (plan->kind != FAULT_MEMORY || n < plan->at ||
	    (n > plan->at && !plan->persistent))
		return false;
	__atomic_add_fetch(&failing.hits, 1, __ATOMIC_RELAXED);
	errno = ENOMEM;
	return true;
}

INTERPOSE void *malloc(size_t size)
{
	return refused() ? NULL : __libc_malloc(size);
}

INTERPOSE void *calloc(size_t count, size_t size)
{
	return refused() ? NULL : __libc_calloc(count, size);
}

INTERPOSE void *realloc(void *old, size_t size)
{
	return refused() ? NULL : __libc_realloc(old, size);
}

INTERPOSE void *memalign(size_t to, size_t size);
INTERPOSE void *memalign(size_t to, size_t size)
{
	return refused() ? NULL : __libc_memalign(to, size);
}

INTERPOSE void *aligned_alloc(size_t to, size_t size)
{
	return memalign(to, size);
}

INTERPOSE int posix_memalign(void **out, size_t to, size_t size)
{
	void *memory = memalign(to, size);

	if (!memory)
		return ENOMEM;
	*out = memory;
	return 0;
}
