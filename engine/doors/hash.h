/*
 * hash.h - the door to OpenSSL for what is hashed: SHA-256, SHA-1 for names,
 * BLAKE2b for minisign.  sign.h is the same door for what is signed.
 */
#ifndef ENGINE_HASH_H
#define ENGINE_HASH_H

#include "entente/id.h"

/* SHA-256 of the parts, one behind the other. */
int hash_parts(const struct ent_bytes parts[], size_t count,
	       struct ent_hash *out, struct ent_error *err);

enum { HASH_SHA1_BYTES = 20 };

/* SHA-1, which UUIDs of version 5 are made of.  ENT_ENOMEM also where the system has
 * it forbidden. */
int hash_sha1(const struct ent_bytes parts[], size_t count,
	      uint8_t out[HASH_SHA1_BYTES], struct ent_error *err);

enum { HASH_BLAKE2B_BYTES = 64 };

/* BLAKE2b-512, which signatures of minisign are made over.  ENT_ENOMEM: likewise. */
int hash_blake2b(struct ent_bytes bytes, uint8_t out[HASH_BLAKE2B_BYTES],
		 struct ent_error *err);

/* In a time that does not depend on where they differ. */
bool hash_equal(const struct ent_hash *a, const struct ent_hash *b);

#endif
