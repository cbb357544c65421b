/*
 * id.c - UUIDs through libuuid, and names in hex.
 *
 * Source: RFC 9562, section 5.5 (version 5).
 */
#include <assert.h>
#include <pthread.h>
#include <string.h>
#include <uuid/uuid.h>

#include "doors/hash.h"
#include "doors/id.h"
#include "ground/utf8.h"

static_assert(sizeof(uuid_t) == sizeof(struct ent_id), "a UUID is an id");

static const char namespace_name[] = "urn:entente:event";
static pthread_once_t once = PTHREAD_ONCE_INIT;
static uuid_t event_namespace;

static void make_namespace(void)
{
	uuid_generate_sha1(event_namespace, *uuid_get_template("url"),
			   namespace_name, sizeof(namespace_name) - 1);
}

/* libuuid makes the same of it, with a SHA-1 of its own that takes half as
 * long again. */
void id_derive(struct ent_bytes body, struct ent_id *out)
{
	struct ent_bytes parts[2] = { { event_namespace, sizeof(event_namespace) },
				      body };
	uint8_t hash[HASH_SHA1_BYTES];

	pthread_once(&once, make_namespace);
	if (hash_sha1(parts, 2, hash, NULL) < 0) {
		uuid_generate_sha1(out->bytes, event_namespace, body.data,
				   body.len);
		return;
	}
	memcpy(out->bytes, hash, sizeof(out->bytes));
	out->bytes[6] = (uint8_t)((out->bytes[6] & 0x0f) | 5 << 4);
	out->bytes[8] = (uint8_t)((out->bytes[8] & 0x3f) | 0x80);
}

int ent_id_parse(const char *text, struct ent_id *out, struct ent_error *err)
{
	struct ent_id id;

	assert(text && out);

	if (uuid_parse(text, id.bytes) != 0)
		return ent_error_set(err, ENT_EINPUT,
				     "\"%.*s\" is not a UUID",
				     (int)utf8_cut(text, 60), text);
	if (ent_id_is_nil(&id))
		return ent_error_set(err, ENT_EINPUT,
				     "the nil UUID is no event's id");
	*out = id;
	return ENT_OK;
}

void ent_id_text(const struct ent_id *id, char out[ENT_ID_TEXT_SIZE])
{
	uuid_unparse_lower(id->bytes, out);
}

bool ent_id_is_nil(const struct ent_id *id)
{
	return uuid_is_null(id->bytes);
}

bool ent_id_equal(const struct ent_id *a, const struct ent_id *b)
{
	return memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

void ent_hash_text(const struct ent_hash *hash, char out[ENT_HASH_TEXT_SIZE])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < sizeof(hash->bytes); i++) {
		out[2 * i] = digits[hash->bytes[i] >> 4];
		out[2 * i + 1] = digits[hash->bytes[i] & 0x0f];
	}
	out[ENT_HASH_TEXT_SIZE - 1] = '\0';
}
