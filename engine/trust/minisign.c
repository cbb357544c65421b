/*
 * minisign.c - public keys and signatures as minisign 0.8 and later write them.
 *
 *   "Ed", id (8), public key (32)                       of a key
 *   "ED", id (8), Ed25519 over BLAKE2b-512 of the file  of a signature
 *   Ed25519 over that signature and the trusted comment
 *
 * each in base64 on a line of its own, below a line that says what it is.
 */
#include "entente/head.h"
#include "trust/key.h"

#include "doors/hash.h"
#include "ground/text_bytes.h"

#include <assert.h>
#include <string.h>

enum { COMMENT_MAX = 255, ID_BYTES = sizeof(((struct ent_public *)0)->id) };

static void add_packed(struct buf *out, const char kind[2],
		       const struct ent_public *key, const uint8_t *bytes,
		       size_t len)
{
	uint8_t packed[2 + ID_BYTES + SIGN_BYTES];

	memcpy(packed, kind, 2);
	memcpy(packed + 2, key->id, ID_BYTES);
	memcpy(packed + 2 + ID_BYTES, bytes, len);
	base64_add(out, packed, 2 + ID_BYTES + len);
	buf_byte(out, '\n');
}

int ent_public_minisign(const struct ent_public *key, char **out,
			size_t *out_len, struct ent_error *err)
{
	struct buf text = { 0 };
	int rc;

	buf_printf(&text, "untrusted comment: minisign public key of %s\n",
		   key->name);
	add_packed(&text, "Ed", key, key->bytes, sizeof(key->bytes));
	rc = buf_take(&text, out, out_len, err);
	buf_release(&text);
	return rc;
}

/* Over the signature and the comment, which is thereby trusted. */
static int sign_both(const struct ent_key *key,
		     const uint8_t signature[SIGN_BYTES], const char *comment,
		     uint8_t out[SIGN_BYTES], struct ent_error *err)
{
	uint8_t both[SIGN_BYTES + COMMENT_MAX];
	size_t len = strlen(comment);

	assert(len <= COMMENT_MAX);
	memcpy(both, signature, SIGN_BYTES);
	/* NOLINTNEXTLINE(bugprone-not-null-terminated-result): bytes, no text */
	memcpy(both + SIGN_BYTES, comment, len);
	return sign_make(key->seed, (struct ent_bytes){ both, SIGN_BYTES + len },
			 out, err);
}

static void add_signature(struct buf *text, const struct ent_public *key,
			  const uint8_t signature[SIGN_BYTES],
			  const uint8_t global[SIGN_BYTES], const char *comment)
{
	buf_printf(text, "untrusted comment: signature of %s\n", key->name);
	add_packed(text, "ED", key, signature, SIGN_BYTES);
	buf_printf(text, "trusted comment: %s\n", comment);
	base64_add(text, global, SIGN_BYTES);
	buf_byte(text, '\n');
}

int ent_minisign(const struct ent_key *key, struct ent_bytes file,
		 const char *comment, char **out, size_t *out_len,
		 struct ent_error *err)
{
	uint8_t hash[HASH_BLAKE2B_BYTES];
	uint8_t signature[SIGN_BYTES], global[SIGN_BYTES];
	struct buf text = { 0 };
	int rc = key_line_check("the comment", comment, COMMENT_MAX, err);

	if (rc == ENT_OK)
		rc = hash_blake2b(file, hash, err);
	if (rc == ENT_OK)
		rc = sign_make(key->seed,
			       (struct ent_bytes){ hash, sizeof(hash) },
			       signature, err);
	if (rc == ENT_OK)
		rc = sign_both(key, signature, comment, global, err);
	if (rc < 0)
		return rc;
	add_signature(&text, &key->public_key, signature, global, comment);
	rc = buf_take(&text, out, out_len, err);
	buf_release(&text);
	return rc;
}
