/*
 * pack.h - a value as canonical MessagePack.
 */
#ifndef BENCH_PACK_H
#define BENCH_PACK_H

#include <entente/value.h>

/* Bytes behind each other; all-zero is an empty one. */
struct pool {
	char *data;
	size_t len, room;
};

void pool_add(struct pool *pool, const void *data, size_t len);
void pack_value(struct pool *pool, const struct ent_value *value);

#endif
