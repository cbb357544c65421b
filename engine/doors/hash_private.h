/*
 * hash_private.h - what the two files of the door to OpenSSL share: hash.c, and
 * sign.c.
 */
#ifndef ENGINE_HASH_PRIVATE_H
#define ENGINE_HASH_PRIVATE_H

#include <openssl/crypto.h>

#include "entente/error.h"

/*
 * OpenSSL, started once.  The system's configuration has no say in what a hash is.
 * And it is a library context of our own: where there is no memory for the one that
 * all share, OpenSSL 3.0 goes on with a half of it, and crashes.  NULL: ENT_ENOMEM.
 */
OSSL_LIB_CTX *hash_library(struct ent_error *err);

#endif
