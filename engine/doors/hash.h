/*
 * hash.h - the door to SHA-256, and to SHA-1 for names only.
 */
#ifndef ENGINE_HASH_H
#define ENGINE_HASH_H

#include "entente/id.h"

/* SHA-256 of the parts, one behind the other. */
int hash_parts(const struct ent_bytes parts[], size_t count,
	       struct ent_hash *out, struct ent_error *err);

enum { HASH_NAME_BYTES = 20 };

/* SHA-1 of the parts, which UUIDs of version 5 are made of; false where there is
 * none. */
bool hash_name(const struct ent_bytes parts[], size_t count,
	       uint8_t out[HASH_NAME_BYTES]);

#endif
