/*
 * le.h - little-endian numbers: what is read in masses, and never compared as bytes.
 */
#ifndef ENGINE_LE_H
#define ENGINE_LE_H

#include "ground/buf.h"

#include <stdint.h>

static inline uint32_t le16_get(const uint8_t *at)
{
	return at[0] | (uint32_t)at[1] << 8;
}

static inline uint32_t le32_get(const uint8_t *at)
{
	return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
	       (uint32_t)at[3] << 24;
}

static inline uint64_t le64_get(const uint8_t *at)
{
	return le32_get(at) | (uint64_t)le32_get(at + 4) << 32;
}

/* Append the lowest bytes of a number. */
static inline void le_add(struct buf *out, uint64_t number, unsigned bytes)
{
	uint8_t at[8];

	for (unsigned i = 0; i < bytes; i++, number >>= 8)
		at[i] = (uint8_t)number;
	buf_add(out, at, bytes);
}

#endif
