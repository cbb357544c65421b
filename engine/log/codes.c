/*
 * codes.c - texts to numbers and back.
 *
 * LMDB's keys end at 511 bytes, so a long text is looked up by its hash.
 */
#include "log/codes.h"

#include "doors/hash.h"
#include "ground/be.h"
#include "ground/utf8.h"

#include <stdio.h>
#include <string.h>

enum { KEY_TEXT_MAX = 200 };

struct code_key {
	uint8_t bytes[1 + KEY_TEXT_MAX];
	size_t len;
};

static int key_of(const char *text, struct code_key *out,
		  struct ent_error *err)
{
	size_t len = strlen(text);
	struct ent_bytes part = { text, len };
	struct ent_hash hash;
	int rc;

	if (len <= KEY_TEXT_MAX) {
		out->bytes[0] = 't';
		memcpy(out->bytes + 1, text, len);
		out->len = 1 + len;
		return ENT_OK;
	}
	rc = hash_parts(&part, 1, &hash, err);
	if (rc < 0)
		return rc;
	out->bytes[0] = 'h';
	memcpy(out->bytes + 1, hash.bytes, sizeof(hash.bytes));
	out->len = 1 + sizeof(hash.bytes);
	return ENT_OK;
}

static int find(struct store_txn *txn, const struct code_key *key,
		uint32_t *out, struct ent_error *err)
{
	struct ent_bytes value;
	int rc = store_get(txn, STORE_CODES,
			   (struct ent_bytes){ key->bytes, key->len }, &value,
			   err);

	if (rc != ENT_OK)
		return rc;
	if (value.len != sizeof(uint32_t))
		return ent_error_set(err, ENT_ECORRUPT,
				     "a code has %zu bytes instead of 4",
				     value.len);
	*out = be32_get(value.data);
	return ENT_OK;
}

int codes_find(struct store_txn *txn, const char *text, uint32_t *out,
	       struct ent_error *err)
{
	struct code_key key = { .len = 0 };
	int rc = key_of(text, &key, err);

	return rc < 0 ? rc : find(txn, &key, out, err);
}

int codes_intern(struct store_txn *txn, const char *text, uint32_t *out,
		 struct ent_error *err)
{
	struct code_key key = { .len = 0 };
	uint8_t number[sizeof(uint32_t)];
	struct ent_bytes value = { number, sizeof(number) };
	uint64_t count = 0;
	int rc = key_of(text, &key, err);

	if (rc == ENT_OK)
		rc = find(txn, &key, out, err);
	if (rc != ENT_END)
		return rc;
	rc = store_count(txn, STORE_TEXTS, &count, err);
	if (rc < 0)
		return rc;
	be32_put(number, (uint32_t)count + 1);
	rc = store_put(txn, STORE_CODES,
		       (struct ent_bytes){ key.bytes, key.len }, value, err);
	if (rc == ENT_OK)
		rc = store_append(txn, STORE_TEXTS, value,
				  (struct ent_bytes){ text, strlen(text) },
				  err);
	if (rc == ENT_OK)
		*out = (uint32_t)count + 1;
	return rc;
}

/* No hash protects the two tables, but each can be held to the other. */
static int check_text(struct store_txn *txn, uint32_t code, const char *text,
		      size_t len, struct ent_error *err)
{
	uint32_t back = 0;
	int rc = ENT_END;

	if (strlen(text) == len && utf8_check(text, len) == len)
		rc = codes_find(txn, text, &back, err);
	if (rc < 0 || (rc == ENT_OK && back == code))
		return rc;
	return ent_error_set(err, ENT_ECORRUPT,
			     "the text of code %u is another one's", code);
}

int codes_text(struct store_txn *txn, uint32_t code, struct arena *arena,
	       const char **out, struct ent_error *err)
{
	uint8_t number[sizeof(uint32_t)];
	struct ent_bytes value;
	char *text;
	int rc;

	be32_put(number, code);
	rc = store_get(txn, STORE_TEXTS,
		       (struct ent_bytes){ number, sizeof(number) }, &value,
		       err);
	if (rc == ENT_END)
		return ent_error_set(err, ENT_ECORRUPT,
				     "code %u has no text", code);
	if (rc < 0)
		return rc;
	text = arena_text(arena, value.data, value.len);
	if (!text)
		return mem_error(err);
	rc = check_text(txn, code, text, value.len, err);
	if (rc == ENT_OK)
		*out = text;
	return rc;
}

static int put_code(struct store_txn *txn, const char *text, uint32_t code,
		    struct ent_error *err)
{
	uint8_t number[sizeof(uint32_t)];
	struct ent_bytes value = { number, sizeof(number) };
	struct code_key key = { .len = 0 };
	int rc = key_of(text, &key, err);

	be32_put(number, code);
	if (rc == ENT_OK)
		rc = store_replace(txn, STORE_CODES,
				   (struct ent_bytes){ key.bytes, key.len },
				   value, err);
	if (rc == ENT_OK)
		rc = store_replace(txn, STORE_TEXTS, value,
				   (struct ent_bytes){ text, strlen(text) },
				   err);
	return rc;
}

int codes_forget(struct store_txn *txn, uint32_t code, struct ent_error *err)
{
	struct arena arena = { 0 };
	struct code_key key = { .len = 0 };
	const char *text = NULL;
	char instead[32];
	int rc = codes_text(txn, code, &arena, &text, err);

	snprintf(instead, sizeof(instead), "(redacted %u)", code);
	if (rc == ENT_OK)
		rc = key_of(text, &key, err);
	if (rc == ENT_OK)
		rc = store_delete(txn, STORE_CODES,
				  (struct ent_bytes){ key.bytes, key.len }, err);
	if (rc == ENT_OK)
		rc = put_code(txn, instead, code, err);
	arena_release(&arena);
	return rc;
}
