/*
 * hash_private.h - what the two files of the door to OpenSSL share: hash.c, and
 * sign.c.
 */
#ifndef ENGINE_HASH_PRIVATE_H
#define ENGINE_HASH_PRIVATE_H

#include "entente/error.h"

/* OpenSSL, started once, without the system's configuration.  ENT_EIO. */
int hash_start(struct ent_error *err);

#endif
