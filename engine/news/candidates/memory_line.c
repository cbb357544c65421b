/*
 * memory_line.c - an article that was seen, as one line of JSON and back.
 *
 *     {"digest":"<64 hex>","name":"feed.xml#3","published":"2024-02-23",
 *      "sampled":4,"shingles":"<16 hex each, ascending>","url":"https://..."}
 *
 * A copy has `copies`, the digest of an article of a line above, in the place of
 * `sampled` and `shingles`.
 */
#include <assert.h>
#include <string.h>

#include "doors/json.h"
#include "entente/date.h"
#include "ground/buf.h"
#include "news/candidates/memory.h"

enum { HASH_HEX = 16, MEMBERS_MAX = 7 };

/* ---- writing ------------------------------------------------------------ */

static void add_text(struct ent_value *map, const char *key, const char *text)
{
	struct ent_member *member = &map->as.members[map->len];

	if (!text)
		return;
	map->len++;
	member->key = key;
	member->value.kind = ENT_TEXT;
	member->value.len = strlen(text);
	member->value.as.text = text;
}

static void add_number(struct ent_value *map, const char *key, int64_t number)
{
	struct ent_member *member = &map->as.members[map->len++];

	member->key = key;
	member->value.kind = ENT_INT;
	member->value.as.integer = number;
}

static void put_hex(struct buf *hex, const struct shingles *shingles)
{
	static const char digits[] = "0123456789abcdef";

	buf_text(hex, ""); /* none is the empty text, not no text */
	for (size_t i = 0; i < shingles->count; i++)
		for (int shift = 60; shift >= 0; shift -= 4)
			buf_byte(hex, (unsigned char)digits
					[shingles->hashes[i] >> shift & 15]);
}

int ent_memory_line(const struct ent_memory *memory, size_t i, char **out,
		    size_t *out_len, struct ent_error *err)
{
	const struct entry *entry;
	struct ent_member members[MEMBERS_MAX] = { 0 };
	struct ent_value map = { .kind = ENT_MAP, .as.members = members };
	char digest[ENT_HASH_TEXT_SIZE], copies[ENT_HASH_TEXT_SIZE];
	struct buf hex = { 0 };
	int rc;

	assert(memory && i < memory->count && out);

	entry = &memory->entries[i];
	put_hex(&hex, &entry->shingles);
	rc = buf_check(&hex, err);
	if (rc < 0)
		goto out;
	ent_hash_text(&entry->digest, digest);
	ent_hash_text(&memory->entries[entry->original].digest, copies);

	if (entry->original != i)
		add_text(&map, "copies", copies);
	add_text(&map, "digest", digest);
	add_text(&map, "name", entry->name);
	add_text(&map, "published", entry->published);
	if (entry->original == i) {
		add_number(&map, "sampled",
			   (int64_t)1 << entry->shingles.level);
		add_text(&map, "shingles", hex.data);
	}
	add_text(&map, "url", entry->url);
	rc = ent_value_json(&map, ENT_JSON_SAFE, out, out_len, err);
out:
	buf_release(&hex);
	return rc;
}

/* ---- reading ------------------------------------------------------------ */

static int bad(struct ent_error *err, const char *what)
{
	return ent_error_set(err, ENT_EINPUT, "%s", what);
}

static int digit_of(char hex)
{
	if (hex >= '0' && hex <= '9')
		return hex - '0';
	return hex >= 'a' && hex <= 'f' ? hex - 'a' + 10 : -1;
}

static bool read_number(const char *hex, uint64_t *out)
{
	*out = 0;
	for (int i = 0; i < HASH_HEX; i++) {
		int digit = digit_of(hex[i]);

		if (digit < 0)
			return false;
		*out = *out << 4 | (uint64_t)digit;
	}
	return true;
}

static int read_digest(const char *hex, const char *key, struct ent_hash *out,
		       struct ent_error *err)
{
	struct ent_hash hash;

	if (!hex || strlen(hex) != 2 * sizeof(hash.bytes))
		goto bad;
	for (size_t i = 0; i < sizeof(hash.bytes); i++) {
		int high = digit_of(hex[2 * i]), low = digit_of(hex[2 * i + 1]);

		if (high < 0 || low < 0)
			goto bad;
		hash.bytes[i] = (uint8_t)(high << 4 | low);
	}
	*out = hash;
	return ENT_OK;
bad:
	return ent_error_set(err, ENT_EINPUT, "%s is not 64 digits of lower-case "
			     "hex", key);
}

static int read_level(const struct ent_value *line, unsigned *out,
		      struct ent_error *err)
{
	const struct ent_value *sampled = ent_value_get(line, "sampled");

	if (sampled && sampled->kind == ENT_INT)
		for (unsigned level = 0; level <= SHINGLES_LEVEL_MAX; level++)
			if (sampled->as.integer == (int64_t)1 << level) {
				*out = level;
				return ENT_OK;
			}
	return bad(err, "sampled is no power of two");
}

/* As shingles_of() leaves them: few enough, ascending, all kept at their level. */
static int read_hashes(const char *hex, struct shingles *shingles,
		       struct ent_error *err)
{
	for (size_t i = 0; i < shingles->count; i++) {
		uint64_t *hash = &shingles->hashes[i];

		if (!read_number(hex + i * HASH_HEX, hash))
			return bad(err, "shingles are not lower-case hex");
		if (i > 0 && hash[-1] >= *hash)
			return bad(err, "shingles are not in order");
		if (!shingles_keep(*hash, shingles->level))
			return bad(err, "a shingle does not belong to that "
				   "sample");
	}
	return ENT_OK;
}

static int read_shingles(const struct ent_value *line, struct shingles *out,
			 struct ent_error *err)
{
	const char *hex = ent_value_get_text(line, "shingles");
	struct shingles shingles = { 0 };
	size_t len = hex ? strlen(hex) : 0;
	int rc;

	rc = read_level(line, &shingles.level, err);
	if (rc < 0)
		return rc;
	if (!hex || len % HASH_HEX != 0 || len / HASH_HEX > SHINGLES_MAX)
		return ent_error_set(err, ENT_EINPUT, "shingles are not up to %d "
				     "times %d digits", SHINGLES_MAX, HASH_HEX);
	shingles.count = len / HASH_HEX;
	shingles.hashes = mem_new(shingles.count, sizeof(*shingles.hashes));
	if (!shingles.hashes)
		return mem_error(err);
	rc = read_hashes(hex, &shingles, err);
	if (rc < 0)
		shingles_release(&shingles);
	else
		*out = shingles;
	return rc;
}

static bool is_known(const char *key, bool copy)
{
	static const char *const keys[] = { "digest", "name", "published", "url" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (strcmp(key, keys[i]) == 0)
			return true;
	if (copy)
		return strcmp(key, "copies") == 0;
	return strcmp(key, "sampled") == 0 || strcmp(key, "shingles") == 0;
}

/* Every member is one that belongs there, and only `sampled` is no text. */
static int check_members(const struct ent_value *line, struct ent_error *err)
{
	bool copy = ent_value_get(line, "copies") != NULL;

	if (line->kind != ENT_MAP)
		return bad(err, "it is not a JSON object");
	for (size_t i = 0; i < line->len; i++) {
		const struct ent_member *member = &line->as.members[i];

		if (!is_known(member->key, copy))
			return ent_error_set(err, ENT_EINPUT, "%s does not "
					     "belong there", member->key);
		if (member->value.kind != ENT_TEXT &&
		    strcmp(member->key, "sampled") != 0)
			return ent_error_set(err, ENT_EINPUT, "%s is no text",
					     member->key);
	}
	return ENT_OK;
}

static int read_texts(const struct ent_value *line, struct entry *out,
		      struct ent_error *err)
{
	struct ent_date date;

	out->name = ent_value_get_text(line, "name");
	out->url = ent_value_get_text(line, "url");
	out->published = ent_value_get_text(line, "published");
	if (!out->name)
		return bad(err, "name is missing");
	if (out->published && ent_date_parse(out->published, &date, err) < 0) {
		ent_error_wrap(err, "published");
		return ENT_EINPUT;
	}
	return read_digest(ent_value_get_text(line, "digest"), "digest",
			   &out->digest, err);
}

static int read_origin(const struct ent_memory *memory,
		       const struct ent_value *line, struct entry *out,
		       struct ent_error *err)
{
	const char *copies = ent_value_get_text(line, "copies");
	const struct entry *original;
	struct ent_hash digest;
	int rc;

	out->original = memory->count;
	if (!copies)
		return read_shingles(line, &out->shingles, err);
	rc = read_digest(copies, "copies", &digest, err);
	if (rc < 0)
		return rc;
	original = memory_digest(memory, &digest);
	if (!original)
		return bad(err, "it copies an article that is not above it");
	out->original = original->original;
	return ENT_OK;
}

static int read_entry(const struct ent_memory *memory,
		      const struct ent_value *line, struct entry *out,
		      struct ent_error *err)
{
	int rc = check_members(line, err);

	if (rc == ENT_OK)
		rc = read_texts(line, out, err);
	if (rc == ENT_OK)
		rc = read_origin(memory, line, out, err);
	return rc;
}

int ent_memory_load(struct ent_memory *memory, const char *line, size_t len,
		    struct ent_error *err)
{
	struct arena arena = { 0 };
	struct ent_value value;
	struct entry entry = { 0 };
	int rc;

	assert(memory && (line || len == 0));

	rc = json_read(line, len, &arena, &value, err);
	if (rc == ENT_OK)
		rc = read_entry(memory, &value, &entry, err);
	if (rc == ENT_OK && !memory_same(memory, &entry.digest, entry.url)) {
		rc = memory_add(memory, &entry, err);
		if (rc == ENT_OK)
			entry.shingles = (struct shingles){ 0 };
	}
	shingles_release(&entry.shingles);
	arena_release(&arena);
	return rc;
}
