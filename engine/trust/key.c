/*
 * key.c - keys and their text forms.
 *
 *   name+ID+base64(0x01, public key)
 *   PRIVATE+KEY+name+ID+base64(0x01, seed)
 *
 * with ID as 8 digits of hex.  A secret stands in arrays of fixed size only, which
 * are wiped: memory that grows leaves copies behind.
 */
#include "trust/key.h"

#include "doors/hash.h"
#include "ground/mem.h"
#include "ground/text_bytes.h"
#include "ground/utf8.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum {
	DATA_BYTES = 1 + SIGN_PUBLIC_BYTES, /* as many as with a seed */
	DATA_TEXT = (DATA_BYTES + 2) / 3 * 4
};

static const uint8_t ED25519 = 0x01;
static const char secret_mark[] = "PRIVATE+KEY+";

static_assert(SIGN_SEED_BYTES == SIGN_PUBLIC_BYTES, "one length of both texts");
static_assert(ENT_KEY_NAME_SIZE + 2 * KEY_ID_BYTES + DATA_TEXT + 2 <
		      ENT_PUBLIC_TEXT_SIZE, "room for the text of a key");
static_assert(ENT_PUBLIC_TEXT_SIZE + sizeof(secret_mark) < KEY_TEXT_MAX,
	      "room for the text of a secret key");

/* ---- names ------------------------------------------------------------- */

int key_line_check(const char *what, const char *text, size_t max,
		   struct ent_error *err)
{
	size_t len = strlen(text);

	if (len == 0 || len > max)
		return ent_error_set(err, ENT_EINPUT,
				     "%s has %zu bytes, not 1 to %zu", what,
				     len, max);
	if (utf8_check(text, len) != len)
		return ent_error_set(err, ENT_EINPUT, "%s is no UTF-8", what);
	for (size_t at = 0; at < len;)
		if (utf8_is_unsafe(utf8_next(text, len, &at)))
			return ent_error_set(err, ENT_EINPUT,
					     "%s has a control character, or one that is not seen",
					     what);
	return ENT_OK;
}

/* White_Space of Unicode, but for controls. */
static bool is_space(int32_t code)
{
	return code == ' ' || code == 0xa0 || code == 0x1680 ||
	       (code >= 0x2000 && code <= 0x200a) || code == 0x2028 ||
	       code == 0x2029 || code == 0x202f || code == 0x205f ||
	       code == 0x3000;
}

int ent_key_name_check(const char *name, struct ent_error *err)
{
	size_t len = strlen(name);
	int rc = key_line_check("the name of the key", name,
				ENT_KEY_NAME_SIZE - 1, err);

	for (size_t at = 0; rc == ENT_OK && at < len;) {
		int32_t code = utf8_next(name, len, &at);

		if (code == '+' || is_space(code))
			rc = ent_error_set(err, ENT_EINPUT,
					   "the name of the key has a space or a '+'");
	}
	return rc;
}

static int fill_id(struct ent_public *key, struct ent_error *err)
{
	struct ent_bytes parts[] = {
		{ key->name, strlen(key->name) },
		{ "\n", 1 },
		{ &ED25519, 1 },
		{ key->bytes, sizeof(key->bytes) },
	};
	struct ent_hash hash;
	int rc = hash_parts(parts, 4, &hash, err);

	if (rc == ENT_OK)
		memcpy(key->id, hash.bytes, sizeof(key->id));
	return rc;
}

/* ---- keys -------------------------------------------------------------- */

void ent_key_free(struct ent_key *key)
{
	if (key)
		sign_wipe(key, sizeof(*key));
	mem_free(key);
}

const struct ent_public *ent_key_public(const struct ent_key *key)
{
	return &key->public_key;
}

/* What follows from the seed and the name. */
static int finish_key(struct ent_key *key, struct ent_error *err)
{
	int rc = sign_public(key->seed, key->public_key.bytes, err);

	return rc == ENT_OK ? fill_id(&key->public_key, err) : rc;
}

int ent_key_new(const char *name, struct ent_key **out, struct ent_error *err)
{
	struct ent_key *key = NULL;
	int rc = ent_key_name_check(name, err);

	if (rc < 0)
		return rc;
	key = mem_new(1, sizeof(*key));
	if (!key)
		return mem_error(err);
	rc = sign_new_seed(key->seed, err);
	if (rc == ENT_OK) {
		memcpy(key->public_key.name, name, strlen(name) + 1);
		rc = finish_key(key, err);
	}
	if (rc == ENT_OK) {
		*out = key;
		key = NULL;
	}
	ent_key_free(key);
	return rc;
}

/* ---- texts ------------------------------------------------------------- */

/* Of a half of the key, public or secret. */
static size_t put_text(const char *mark, const struct ent_public *key,
		       const uint8_t half[SIGN_PUBLIC_BYTES], char *out,
		       size_t room)
{
	uint8_t data[DATA_BYTES] = { ED25519 };
	int at = snprintf(out, room, "%s%s+%02x%02x%02x%02x+", mark, key->name,
			  key->id[0], key->id[1], key->id[2], key->id[3]);
	size_t len = (size_t)at; /* that there is room is asserted above */

	memcpy(data + 1, half, SIGN_PUBLIC_BYTES);
	len += base64_put(data, sizeof(data), out + len);
	out[len] = '\0';
	sign_wipe(data, sizeof(data));
	return len;
}

void ent_public_text(const struct ent_public *key,
		     char out[ENT_PUBLIC_TEXT_SIZE])
{
	put_text("", key, key->bytes, out, ENT_PUBLIC_TEXT_SIZE);
}

size_t key_secret_text(const struct ent_key *key, char out[KEY_TEXT_MAX])
{
	size_t len = put_text(secret_mark, &key->public_key, key->seed, out,
			      KEY_TEXT_MAX);

	out[len++] = '\n';
	out[len] = '\0';
	return len;
}

static const char *find_plus(const char *text, const char *end)
{
	return text < end ? memchr(text, '+', (size_t)(end - text)) : NULL;
}

/* name+ID+data: the name goes to *out, the id and what is behind the kind of key to
 * where they belong.  False where it has another form. */
static bool split_text(const char *text, size_t len, struct ent_public *out,
		       uint8_t half[SIGN_PUBLIC_BYTES])
{
	const char *end = text + len, *first, *second;
	uint8_t data[DATA_BYTES] = { 0 };
	size_t data_len = 0;
	bool good;

	if (len > 0 && end[-1] == '\n')
		end--;
	first = find_plus(text, end);
	second = first ? find_plus(first + 1, end) : NULL;
	good = second && first - text < ENT_KEY_NAME_SIZE &&
	       !memchr(text, '\0', (size_t)(first - text)) &&
	       hex_read_whole(first + 1, (size_t)(second - first - 1), out->id,
			      KEY_ID_BYTES) &&
	       base64_read(second + 1, (size_t)(end - second - 1), data,
			   sizeof(data), &data_len) &&
	       data_len == sizeof(data) && data[0] == ED25519;
	if (good) {
		memcpy(out->name, text, (size_t)(first - text));
		out->name[first - text] = '\0';
		memcpy(half, data + 1, SIGN_PUBLIC_BYTES);
	}
	sign_wipe(data, sizeof(data));
	return good;
}

/* The id that the text gives must be that of its name and key: a slip in either
 * shows. */
static int check_id(const struct ent_public *read, struct ent_public *key,
		    struct ent_error *err)
{
	int rc = ent_key_name_check(key->name, err);

	if (rc == ENT_OK)
		rc = fill_id(key, err);
	if (rc == ENT_OK && memcmp(key->id, read->id, KEY_ID_BYTES) != 0)
		rc = ent_error_set(err, ENT_EINPUT,
				   "the key's id is not that of its name and key");
	return rc;
}

int ent_public_parse(const char *text, size_t len, struct ent_public *out,
		     struct ent_error *err)
{
	struct ent_public read = { 0 }, key;
	int rc;

	if (!split_text(text, len, &read, read.bytes))
		return ent_error_set(err, ENT_EINPUT,
				     "it is no public key of Ed25519 (name+id+key)");
	key = read;
	rc = check_id(&read, &key, err);
	if (rc == ENT_OK)
		*out = key;
	return rc;
}

int key_secret_parse(const char *text, size_t len, struct ent_key **out,
		     struct ent_error *err)
{
	size_t mark = sizeof(secret_mark) - 1;
	struct ent_key *key = mem_new(1, sizeof(*key));
	struct ent_public read = { 0 };
	int rc = ENT_OK;

	if (!key)
		return mem_error(err);
	if (len < mark || memcmp(text, secret_mark, mark) != 0 ||
	    !split_text(text + mark, len - mark, &read, key->seed))
		rc = ent_error_set(err, ENT_EINPUT,
				   "it is no secret key of Ed25519 (PRIVATE+KEY+name+id+key)");
	if (rc == ENT_OK) {
		memcpy(key->public_key.name, read.name, sizeof(read.name));
		rc = finish_key(key, err);
	}
	if (rc == ENT_OK)
		rc = check_id(&read, &key->public_key, err);
	if (rc == ENT_OK) {
		*out = key;
		key = NULL;
	}
	ent_key_free(key);
	return rc;
}
