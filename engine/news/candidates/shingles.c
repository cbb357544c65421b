/*
 * shingles.c - from a text to its shingles, in one pass and in little memory.
 */
#include <stdlib.h>
#include <string.h>

#include "ground/mem.h"
#include "ground/mix.h"
#include "ground/utf8.h"
#include "news/candidates/shingles.h"

enum { RUN = 3, PENDING_MAX = 2 * SHINGLES_MAX };

struct walk {
	uint64_t pending[PENDING_MAX]; /* not sorted, some of them twice */
	size_t count;
	unsigned level;
	uint64_t before[RUN - 1]; /* the words ahead of this one */
	uint64_t word;
	bool in_word;
	size_t words;
};

/* ---- letters ----------------------------------------------------------- */

enum letter { LETTER, SILENT, BREAK };

/* Apostrophes, and what is there but not seen: no part of a word, no end of it. */
static bool is_silent(int32_t code)
{
	return code == '\'' || code == 0x2019 || code == 0x2018 ||
	       code == 0x02BC || code == 0xAD || code == 0xFEFF ||
	       (code >= 0x200B && code <= 0x200F) || code == 0x2060;
}

/* Punctuation and spaces of Latin-1, General Punctuation, CJK, full width. */
static bool is_break(int32_t code)
{
	return (code >= 0x80 && code <= 0xBF && code != 0xAA && code != 0xBA) ||
	       code == 0xD7 || code == 0xF7 ||
	       (code >= 0x2000 && code <= 0x206F) ||
	       (code >= 0x3000 && code <= 0x303F) ||
	       (code >= 0xFF01 && code <= 0xFF0F);
}

static bool is_ascii_letter(int32_t code)
{
	return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') ||
	       (code >= '0' && code <= '9');
}

static enum letter letter_of(int32_t code)
{
	if (is_ascii_letter(code))
		return LETTER;
	if (is_silent(code))
		return SILENT;
	return code < 0x80 || is_break(code) ? BREAK : LETTER;
}

/* ---- numbers ----------------------------------------------------------- */

#define FNV_START 0xcbf29ce484222325u
#define FNV_PRIME 0x100000001b3u

static uint64_t fnv(uint64_t hash, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		char byte = bytes[i];

		if (byte >= 'A' && byte <= 'Z')
			byte = (char)(byte - 'A' + 'a');
		hash = (hash ^ (unsigned char)byte) * FNV_PRIME;
	}
	return hash;
}

static int by_value(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

bool shingles_keep(uint64_t hash, unsigned level)
{
	return (hash & ((UINT64_C(1) << level) - 1)) == 0;
}

static size_t thin(uint64_t *hashes, size_t count, unsigned level)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (shingles_keep(hashes[i], level))
			hashes[kept++] = hashes[i];
	return kept;
}

static size_t drop_doubles(uint64_t *hashes, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (kept == 0 || hashes[kept - 1] != hashes[i])
			hashes[kept++] = hashes[i];
	return kept;
}

/*
 * Sorted, no doubles, and not too many.  Whatever the order of the text, the level
 * ends where its whole set brings it.  At the highest level four numbers are left
 * at most, so that there is room again.
 */
static void settle(struct walk *walk)
{
	qsort(walk->pending, walk->count, sizeof(*walk->pending), by_value);
	walk->count = drop_doubles(walk->pending, walk->count);
	while (walk->count > SHINGLES_MAX && walk->level < SHINGLES_LEVEL_MAX)
		walk->count = thin(walk->pending, walk->count, ++walk->level);
}

/* ---- the walk ---------------------------------------------------------- */

static void add_shingle(struct walk *walk)
{
	uint64_t hash = mix(mix(mix(walk->before[0]) ^ walk->before[1]) ^
			    walk->word);

	if (walk->count == PENDING_MAX)
		settle(walk);
	if (shingles_keep(hash, walk->level))
		walk->pending[walk->count++] = hash;
}

static void end_word(struct walk *walk)
{
	if (!walk->in_word)
		return;
	walk->in_word = false;
	if (++walk->words >= RUN)
		add_shingle(walk);
	walk->before[0] = walk->before[1];
	walk->before[1] = walk->word;
}

static void add_letter(struct walk *walk, const char *bytes, size_t len)
{
	if (!walk->in_word)
		walk->word = FNV_START;
	walk->in_word = true;
	walk->word = fnv(walk->word, bytes, len);
}

static void walk_text(struct walk *walk, const char *text, size_t len)
{
	for (size_t at = 0; at < len;) {
		size_t start = at;
		int32_t code = utf8_next(text, len, &at);
		enum letter letter = code < 0 ? BREAK : letter_of(code);

		if (code < 0)
			at++;
		if (letter == LETTER)
			add_letter(walk, text + start, at - start);
		else if (letter == BREAK)
			end_word(walk);
	}
	end_word(walk);
	settle(walk);
}

int shingles_of(const char *text, size_t len, struct shingles *out,
		struct ent_error *err)
{
	struct walk walk = { 0 };
	uint64_t *hashes;

	walk_text(&walk, text, len);
	hashes = mem_new(walk.count, sizeof(*hashes));
	if (!hashes)
		return mem_error(err);
	memcpy(hashes, walk.pending, walk.count * sizeof(*hashes));
	*out = (struct shingles){ hashes, walk.count, walk.level, walk.words };
	return ENT_OK;
}

void shingles_release(struct shingles *shingles)
{
	mem_free(shingles->hashes);
	*shingles = (struct shingles){ 0 };
}

/* ---- comparing --------------------------------------------------------- */

size_t shingles_count_at(const struct shingles *shingles, unsigned level)
{
	size_t count = 0;

	for (size_t i = 0; i < shingles->count; i++)
		count += shingles_keep(shingles->hashes[i], level);
	return count;
}

size_t shingles_shared(const struct shingles *a, const struct shingles *b)
{
	size_t i = 0, j = 0, shared = 0;
	unsigned level = a->level > b->level ? a->level : b->level;

	while (i < a->count && j < b->count) {
		uint64_t x = a->hashes[i], y = b->hashes[j];

		shared += x == y && shingles_keep(x, level);
		i += x <= y;
		j += y <= x;
	}
	return shared;
}
