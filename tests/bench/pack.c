/*
 * pack.c - canonical MessagePack: shortest forms, keys as sorted in the value.
 */
#include "pack.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"

void pool_add(struct pool *pool, const void *data, size_t len)
{
	if (pool->len + len > pool->room) {
		pool->room = 2 * (pool->len + len);
		pool->data = realloc(pool->data, pool->room);
		if (!pool->data)
			die("out of memory");
	}
	memcpy(pool->data + pool->len, data, len);
	pool->len += len;
}

/* A first byte and the lowest `bytes` bytes of n, most significant first. */
static void put(struct pool *pool, unsigned first, uint64_t n, int bytes)
{
	unsigned char out[9] = { (unsigned char)first };

	for (int i = 0; i < bytes; i++)
		out[1 + i] = (unsigned char)(n >> 8 * (bytes - 1 - i));
	pool_add(pool, out, (size_t)bytes + 1);
}

/* fix: the form whose length is in its first byte; 0 where there is no such. */
static void put_length(struct pool *pool, unsigned fix, size_t fix_max,
		       unsigned form8, unsigned form16, size_t len)
{
	if (len <= fix_max)
		put(pool, fix | (unsigned)len, 0, 0);
	else if (form8 && len <= UINT8_MAX)
		put(pool, form8, len, 1);
	else if (len <= UINT16_MAX)
		put(pool, form16, len, 2);
	else
		put(pool, form16 + 1, len, 4);
}

static void put_text(struct pool *pool, const char *text, size_t len)
{
	put_length(pool, 0xa0, 31, 0xd9, 0xda, len);
	pool_add(pool, text, len);
}

static void put_integer(struct pool *pool, int64_t n)
{
	uint64_t u = (uint64_t)n;

	if (n >= -32 && n < 128)
		put(pool, (unsigned)(u & 0xff), 0, 0);
	else if (n < 0)
		put(pool, n >= INT8_MIN ? 0xd0 : n >= INT16_MIN ? 0xd1 :
			  n >= INT32_MIN ? 0xd2 : 0xd3, u,
		    n >= INT8_MIN ? 1 : n >= INT16_MIN ? 2 :
		    n >= INT32_MIN ? 4 : 8);
	else
		put(pool, u <= UINT8_MAX ? 0xcc : u <= UINT16_MAX ? 0xcd :
			  u <= UINT32_MAX ? 0xce : 0xcf, u,
		    u <= UINT8_MAX ? 1 : u <= UINT16_MAX ? 2 :
		    u <= UINT32_MAX ? 4 : 8);
}

static void put_map(struct pool *pool, const struct ent_value *map)
{
	put_length(pool, 0x80, 15, 0, 0xde, map->len);
	for (size_t i = 0; i < map->len; i++) {
		const struct ent_member *member = &map->as.members[i];

		put_text(pool, member->key, strlen(member->key));
		pack_value(pool, &member->value);
	}
}

void pack_value(struct pool *pool, const struct ent_value *value)
{
	switch (value->kind) {
	case ENT_TEXT:
		put_text(pool, value->as.text, value->len);
		return;
	case ENT_MAP:
		put_map(pool, value);
		return;
	case ENT_INT:
		put_integer(pool, value->as.integer);
		return;
	case ENT_BOOL:
		put(pool, value->as.boolean ? 0xc3 : 0xc2, 0, 0);
		return;
	case ENT_LIST:
		put_length(pool, 0x90, 15, 0, 0xdc, value->len);
		for (size_t i = 0; i < value->len; i++)
			pack_value(pool, &value->as.items[i]);
		return;
	case ENT_NULL:
	case ENT_REAL:
		die("the generator makes no such value");
	}
}
