/*
 * key.h - keys that sign heads: Ed25519, under a name, in the text forms of
 * signed notes (C2SP signed-note; "vkey" and "skey" of golang.org/x/mod/sumdb/note).
 *
 * A name is what a signature is filed under, best an address without a scheme
 * ("example.org/alliances"): UTF-8, 1 to 255 bytes, no white space, no controls, no
 * '+'.  It is part of the key: the same key under another name is another key.
 */
#ifndef ENTENTE_KEY_H
#define ENTENTE_KEY_H

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
	ENT_KEY_NAME_SIZE = 256,    /* with the NUL */
	ENT_PUBLIC_TEXT_SIZE = 320  /* likewise */
};

/* A secret key.  Its memory is wiped when it is freed. */
struct ent_key;

/* Filled by ent_key_public() and ent_public_parse() alone. */
struct ent_public {
	char name[ENT_KEY_NAME_SIZE];
	uint8_t bytes[32];
	uint8_t id[8]; /* of SHA-256(name, newline, 0x01, bytes) the first; signed
	                * notes take 4 of them, minisign 8 */
};

/* ENT_EINPUT where it is no name of a key. */
ENT_API int ent_key_name_check(const char *name, struct ent_error *err);

/*
 * A new key of that name.  *out is owned: ent_key_free().
 *
 * ENT_EINPUT  it is no name of a key
 * ENT_EIO     OpenSSL gives no random bytes
 */
ENT_API int ent_key_new(const char *name, struct ent_key **out,
			struct ent_error *err);
ENT_API void ent_key_free(struct ent_key *key); /* NULL is allowed */

/* Its public half; borrowed from the key. */
ENT_API const struct ent_public *ent_key_public(const struct ent_key *key);

/*
 * Make the file path (mode 0600) and write the secret key to it, through to the
 * disk.  What is there already is never replaced, nor a symbolic link followed; on
 * failure nothing is left.
 *
 * ENT_ECONFLICT  there is something of that name
 * ENT_EIO, ENT_EFULL
 */
ENT_API int ent_key_save(const struct ent_key *key, const char *path,
			 struct ent_error *err);

/*
 * Read what ent_key_save() wrote.  *out is owned: ent_key_free().
 *
 * ENT_EINPUT  it is no ordinary file (or a symbolic link), others than its owner
 *             may read or write it, or its text is no secret key
 * ENT_EIO     it cannot be opened or read
 */
ENT_API int ent_key_load(const char *path, struct ent_key **out,
			 struct ent_error *err);

/* "name+0a1b2c3d+AQ...": without a newline, with a NUL. */
ENT_API void ent_public_text(const struct ent_public *key,
			     char out[ENT_PUBLIC_TEXT_SIZE]);

/*
 * Read that text; one newline behind it is allowed.
 *
 * ENT_EINPUT  it is no such text, of another algorithm, or its key id is not that
 *             of its name and key
 */
ENT_API int ent_public_parse(const char *text, size_t len,
			     struct ent_public *out, struct ent_error *err);

/* The two lines of the public key's file for minisign.  *out is owned, ends with a
 * NUL and goes to ent_free(); *out_len (may be NULL) is without it. */
ENT_API int ent_public_minisign(const struct ent_public *key, char **out,
				size_t *out_len, struct ent_error *err);

#ifdef __cplusplus
}
#endif

#endif
