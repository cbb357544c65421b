/*
 * key.h - what the files about keys, notes and signatures share.
 */
#ifndef ENGINE_KEY_H
#define ENGINE_KEY_H

#include "doors/sign.h"
#include "entente/key.h"
#include "ground/buf.h"

enum {
	KEY_ID_BYTES = 4,   /* of signed notes */
	KEY_TEXT_MAX = 512  /* of a key's file */
};

struct ent_key {
	struct ent_public public_key;
	uint8_t seed[SIGN_SEED_BYTES];
};

/* ENT_EINPUT: "WHAT ..." where text has a control, is no UTF-8, or has fewer than 1
 * or more than max bytes. */
int key_line_check(const char *what, const char *text, size_t max,
		   struct ent_error *err);

/* "PRIVATE+KEY+name+ID+..." and a newline, as a key's file has it; out and text are
 * secret. */
size_t key_secret_text(const struct ent_key *key, char out[KEY_TEXT_MAX]);
int key_secret_parse(const char *text, size_t len, struct ent_key **out,
		     struct ent_error *err);

#endif
