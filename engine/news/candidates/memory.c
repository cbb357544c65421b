/*
 * memory.c - articles that were seen, and whether another is a copy of one.
 *
 * Cutting, a new headline and other quotation marks leave nearly all runs of three
 * words as they are; two reports of one event share few of them.  Between the two
 * lies a wide gap, and half is in the middle of it.
 *
 * To be a copy is one thing, to have been read in the other another: what has more
 * than a new headline of its own, or corrects what stood at its address, has to be
 * read itself.
 */
#include <assert.h>
#include <string.h>

#include "ground/be.h"
#include "news/candidates/memory.h"

enum {
	SHARED_MIN = 500,  /* per mille */
	READ_MIN = 900,    /* per mille of an article that, where they were read in
	                    * another, leave nothing to read in it */
	COMPARED_MIN = 8,  /* shingles; fewer say too little */
	SHORT_MAX = 32,    /* shingles of a text in which one word may be all that
	                    * makes it another: "Niger has left the bloc ..." */
	CUT_MAX = 2        /* shingles that a cut through words breaks, at both
	                    * ends */
};

int ent_memory_new(struct ent_memory **out, struct ent_error *err)
{
	struct ent_memory *memory = mem_new(1, sizeof(*memory));

	assert(out);
	if (!memory)
		return mem_error(err);
	*out = memory;
	return ENT_OK;
}

void ent_memory_free(struct ent_memory *memory)
{
	if (!memory)
		return;
	for (size_t i = 0; i < memory->count; i++)
		shingles_release(&memory->entries[i].shingles);
	mem_free(memory->entries);
	map_release(&memory->digests);
	map_release(&memory->addresses);
	index_release(&memory->index);
	arena_release(&memory->texts);
	mem_free(memory);
}

size_t ent_memory_count(const struct ent_memory *memory)
{
	assert(memory);
	return memory->count;
}

/* ---- finding by name ---------------------------------------------------- */

static struct map_key digest_key(const struct ent_hash *digest)
{
	return (struct map_key){ be64_get(digest->bytes),
				 be64_get(digest->bytes + 8) };
}

/* Articles without an address have one in common: none. */
static struct map_key address_key(const struct ent_hash *digest, const char *url)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (const char *at = url ? url : ""; *at; at++)
		hash = (hash ^ (unsigned char)*at) * 0x100000001b3u;
	return (struct map_key){ be64_get(digest->bytes), hash };
}

/* Of all that stood at that address; a digest of zeros is that of no text. */
static struct map_key place_key(const char *url)
{
	static const struct ent_hash any = { { 0 } };

	return address_key(&any, url);
}

static bool same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static const struct entry *entry_at(const struct ent_memory *memory,
				    const struct map *map, struct map_key key,
				    const struct ent_hash *digest)
{
	const size_t *i = map_find(map, key);
	const struct entry *entry;

	if (!i || *i >= memory->count)
		return NULL;
	entry = &memory->entries[*i];
	return memcmp(&entry->digest, digest, sizeof(*digest)) == 0 ? entry : NULL;
}

const struct entry *memory_digest(const struct ent_memory *memory,
				  const struct ent_hash *digest)
{
	return entry_at(memory, &memory->digests, digest_key(digest), digest);
}

const struct entry *memory_same(const struct ent_memory *memory,
				const struct ent_hash *digest, const char *url)
{
	const struct entry *entry = entry_at(memory, &memory->addresses,
					     address_key(digest, url), digest);

	return entry && same_text(entry->url, url) ? entry : NULL;
}

static bool is_seen_address(const struct ent_memory *memory, const char *url)
{
	const size_t *i = url ? map_find(&memory->addresses, place_key(url)) :
				NULL;

	return i && *i < memory->count &&
	       same_text(memory->entries[*i].url, url);
}

/* ---- remembering -------------------------------------------------------- */

static int keep_text(struct ent_memory *memory, const char **text,
		     struct ent_error *err)
{
	if (!*text)
		return ENT_OK;
	*text = arena_text(&memory->texts, *text, strlen(*text));
	return *text ? ENT_OK : mem_error(err);
}

/* A key that is taken (by two addresses of one hash) stays with its first. */
static int enter(struct map *map, struct map_key key, size_t value,
		 struct ent_error *err)
{
	return map_find(map, key) ? ENT_OK : map_add(map, key, value, err);
}

static int make_room(struct ent_memory *memory, const struct shingles *shingles,
		     struct ent_error *err)
{
	int rc;

	if (memory->count >= UINT32_MAX)
		return ent_error_set(err, ENT_EFULL, "more than %u articles are "
				     "remembered", UINT32_MAX);
	rc = mem_grow(&memory->entries, &memory->room, memory->count + 1,
		      sizeof(*memory->entries), err);
	if (rc == ENT_OK)
		rc = index_reserve(&memory->index, shingles->count, err);
	return rc;
}

int memory_add(struct ent_memory *memory, const struct entry *entry,
	       struct ent_error *err)
{
	struct entry kept = *entry;
	size_t i = memory->count;
	int rc;

	rc = make_room(memory, &kept.shingles, err);
	if (rc == ENT_OK)
		rc = keep_text(memory, &kept.name, err);
	if (rc == ENT_OK)
		rc = keep_text(memory, &kept.url, err);
	if (rc == ENT_OK)
		rc = keep_text(memory, &kept.published, err);
	if (rc < 0)
		return rc;

	memory->entries[i] = kept;
	rc = enter(&memory->digests, digest_key(&kept.digest), i, err);
	if (rc == ENT_OK)
		rc = enter(&memory->addresses,
			   address_key(&kept.digest, kept.url), i, err);
	if (rc == ENT_OK && kept.url)
		rc = enter(&memory->addresses, place_key(kept.url), i, err);
	if (rc < 0)
		return rc;
	memory->count++;
	for (size_t at = 0; at < kept.shingles.count; at++)
		index_add(&memory->index, kept.shingles.hashes[at], (uint32_t)i);
	return ENT_OK;
}

/* Unless it leads to an earlier entry. */
static void leave(struct map *map, struct map_key key, size_t value)
{
	const size_t *found = map_find(map, key);

	if (found && *found == value)
		map_remove(map, key);
}

void ent_memory_forget(struct ent_memory *memory,
		       const struct ent_article *article)
{
	struct entry *last;
	size_t i;

	assert(memory && article);

	if (memory->count == 0)
		return;
	i = memory->count - 1;
	last = &memory->entries[i];
	if (memory_same(memory, &article->digest, article->url) != last)
		return;
	leave(&memory->digests, digest_key(&last->digest), i);
	leave(&memory->addresses, address_key(&last->digest, last->url), i);
	if (last->url)
		leave(&memory->addresses, place_key(last->url), i);
	index_remove_last(&memory->index, (uint32_t)i);
	shingles_release(&last->shingles);
	memory->count--;
}

/* ---- meeting ------------------------------------------------------------ */

struct match {
	const struct entry *entry; /* NULL: none */
	unsigned permille; /* of the shorter one, in the other */
	unsigned own;      /* of the article that is met, in the entry */
	bool longer;       /* it has news of its own */
};

static bool is_enough(size_t shared, size_t least, size_t most, unsigned level)
{
	if (least < COMPARED_MIN)
		return false;
	if (least >= (size_t)SHORT_MAX >> level)
		return shared * 1000 >= least * SHARED_MIN;
	return shared == least ||
	       (least - shared <= CUT_MAX && most - least > CUT_MAX);
}

/* Of a short text, a cut through two words would look like news. */
static bool is_read(size_t shared, size_t here, size_t there)
{
	return shared * 1000 >= here * READ_MIN ||
	       (here <= there && here - shared <= CUT_MAX);
}

static struct match match_with(const struct shingles *shingles,
			       const struct entry *entry)
{
	const struct shingles *other = &entry->shingles;
	unsigned level = shingles->level > other->level ? shingles->level :
							  other->level;
	size_t here = shingles_count_at(shingles, level);
	size_t there = shingles_count_at(other, level);
	size_t least = here < there ? here : there;
	size_t shared = shingles_shared(shingles, other);

	if (!is_enough(shared, least, here + there - least, level))
		return (struct match){ 0 };
	return (struct match){ entry, (unsigned)(shared * 1000 / least),
			       (unsigned)(shared * 1000 / here),
			       !is_read(shared, here, there) };
}

/* The one in which most of the article is; of two as good, the first. */
static void compare(const struct shingles *shingles, const struct entry *entry,
		    struct match *best)
{
	struct match match = match_with(shingles, entry);

	if (!match.entry || match.own < best->own)
		return;
	if (match.own == best->own && best->entry && best->entry < entry)
		return;
	*best = match;
}

/* Each article that has one of the shingles is compared once. */
static int find_like(const struct ent_memory *memory,
		     const struct shingles *shingles, struct match *out,
		     struct ent_error *err)
{
	struct match best = { 0 };
	struct map compared = { 0 };
	uint32_t articles[INDEX_COMMON];
	int rc = ENT_OK;

	for (size_t i = 0; i < shingles->count && rc == ENT_OK; i++) {
		size_t found = index_find(&memory->index, shingles->hashes[i],
					  articles);

		for (size_t j = 0; j < found && rc == ENT_OK; j++) {
			struct map_key key = { articles[j], 0 };

			if (map_find(&compared, key))
				continue;
			rc = map_add(&compared, key, 0, err);
			compare(shingles, &memory->entries[articles[j]], &best);
		}
	}
	map_release(&compared);
	if (rc == ENT_OK)
		*out = best;
	return rc;
}

/* Articles without a word are all the same, and say nothing of each other.  What
 * replaces another at its address does not stand beside it. */
static int find_match(const struct ent_memory *memory,
		      const struct ent_article *article,
		      const struct shingles *shingles, struct match *out,
		      struct ent_error *err)
{
	const struct entry *twin = memory_digest(memory, &article->digest);
	int rc = ENT_OK;

	*out = (struct match){ 0 };
	if (shingles->words == 0)
		return ENT_OK;
	if (twin)
		*out = (struct match){ twin, 1000, 1000, false };
	else
		rc = find_like(memory, shingles, out, err);
	if (out->entry && is_seen_address(memory, article->url))
		out->longer = true;
	return rc;
}

static struct ent_met met(const struct ent_memory *memory,
			  const struct match *match)
{
	const struct entry *original = &memory->entries[match->entry->original];

	return (struct ent_met){
		.longer = match->longer,
		.shared_permille = match->permille,
		.original = original->digest,
		.original_name = original->url ? original->url : original->name
	};
}

static int remember(struct ent_memory *memory, const struct ent_article *article,
		    struct shingles *shingles, const struct match *match,
		    struct ent_error *err)
{
	bool keep = !match->entry || match->longer;
	struct entry entry = {
		.digest = article->digest, .name = article->name,
		.url = article->url, .published = article->published,
		.original = keep ? memory->count : match->entry->original
	};
	int rc;

	if (keep)
		entry.shingles = *shingles;
	rc = memory_add(memory, &entry, err);
	if (rc == ENT_OK && keep)
		*shingles = (struct shingles){ 0 };
	return rc;
}

int ent_memory_meet(struct ent_memory *memory, const struct ent_article *article,
		    struct ent_met *out, struct ent_error *err)
{
	const struct entry *same;
	struct shingles shingles = { 0 };
	struct match match = { 0 };
	struct ent_met answer = { 0 };
	int rc;

	assert(memory && article && out);
	assert(article->body <= article->len);

	same = memory_same(memory, &article->digest, article->url);
	if (same) {
		*out = met(memory, &(struct match){ same, 1000, 1000, false });
		out->again = true;
		return ENT_OK;
	}
	rc = shingles_of(article->text + article->body,
			 article->len - article->body, &shingles, err);
	if (rc == ENT_OK)
		rc = find_match(memory, article, &shingles, &match, err);
	if (rc < 0)
		goto out;

	if (match.entry) {
		answer = met(memory, &match);
		answer.copy = true;
	}
	rc = remember(memory, article, &shingles, &match, err);
	if (rc == ENT_OK)
		*out = answer;
out:
	shingles_release(&shingles);
	return rc;
}
