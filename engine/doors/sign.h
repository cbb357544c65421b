/*
 * sign.h - the door to OpenSSL for what is signed: Ed25519 (RFC 8032, pure).
 * hash.h is the same door for what is hashed.
 */
#ifndef ENGINE_SIGN_H
#define ENGINE_SIGN_H

#include "entente/error.h"

enum { SIGN_SEED_BYTES = 32, SIGN_PUBLIC_BYTES = 32, SIGN_BYTES = 64 };

/* Random bytes that nobody else has; wipe them with sign_wipe().  ENT_EIO. */
int sign_new_seed(uint8_t out[SIGN_SEED_BYTES], struct ent_error *err);

/* The public key of a seed. */
int sign_public(const uint8_t seed[SIGN_SEED_BYTES],
		uint8_t out[SIGN_PUBLIC_BYTES], struct ent_error *err);

int sign_make(const uint8_t seed[SIGN_SEED_BYTES], struct ent_bytes bytes,
	      uint8_t out[SIGN_BYTES], struct ent_error *err);

/* ENT_OK, or ENT_EPROOF without a message: what it would be about is for the
 * caller to say. */
int sign_check(const uint8_t key[SIGN_PUBLIC_BYTES], struct ent_bytes bytes,
	       const uint8_t signature[SIGN_BYTES], struct ent_error *err);

/* Overwrite what was secret, whatever the compiler thinks of it. */
void sign_wipe(void *secret, size_t len);

#endif
