/*
 * hash.h - the door to SHA-256.
 */
#ifndef ENGINE_HASH_H
#define ENGINE_HASH_H

#include "entente/id.h"

/* SHA-256 of the parts, one behind the other. */
int hash_parts(const struct ent_bytes parts[], size_t count,
	       struct ent_hash *out, struct ent_error *err);

#endif
