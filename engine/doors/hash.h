/*
 * hash.h - the door to SHA-256, and to SHA-1 for names.
 */
#ifndef ENGINE_HASH_H
#define ENGINE_HASH_H

#include "entente/id.h"

/* SHA-256 of the parts, one behind the other. */
int hash_parts(const struct ent_bytes parts[], size_t count,
	       struct ent_hash *out, struct ent_error *err);

enum { HASH_SHA1_BYTES = 20 };

/* SHA-1, which UUIDs of version 5 are made of.  ENT_EIO: the system has it
 * forbidden. */
int hash_sha1(const struct ent_bytes parts[], size_t count,
	      uint8_t out[HASH_SHA1_BYTES], struct ent_error *err);

#endif
