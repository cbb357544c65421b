/*
 * be.h - big-endian numbers: LMDB orders keys by memcmp().
 */
#ifndef ENGINE_BE_H
#define ENGINE_BE_H

#include <stdint.h>

static inline void be32_put(uint8_t *at, uint32_t number)
{
	for (int i = 3; i >= 0; i--, number >>= 8)
		at[i] = (uint8_t)number;
}

static inline void be64_put(uint8_t *at, uint64_t number)
{
	for (int i = 7; i >= 0; i--, number >>= 8)
		at[i] = (uint8_t)number;
}

static inline uint32_t be32_get(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
	       (uint32_t)at[2] << 8 | at[3];
}

static inline uint64_t be64_get(const uint8_t *at)
{
	return (uint64_t)be32_get(at) << 32 | be32_get(at + 4);
}

/* Signed days in the order of their value. */
static inline void be_day_put(uint8_t *at, int32_t day)
{
	be32_put(at, (uint32_t)day ^ 0x80000000u);
}

static inline int32_t be_day_get(const uint8_t *at)
{
	return (int32_t)(be32_get(at) ^ 0x80000000u);
}

#endif
