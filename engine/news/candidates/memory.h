/*
 * memory.h - what is remembered of an article.
 */
#ifndef NEWS_MEMORY_H
#define NEWS_MEMORY_H

#include "entente/news.h"
#include "ground/map.h"
#include "ground/mem.h"
#include "news/candidates/memory_index.h"
#include "news/candidates/shingles.h"

/*
 * A copy keeps no shingles: what resembles it is measured against its original,
 * so that a chain of small changes does not lead from one story to another.  One
 * that has news of its own is remembered as an article of its own.
 */
struct entry {
	struct ent_hash digest;
	const char *name;
	const char *url;       /* or NULL; likewise below */
	const char *published;
	size_t original;       /* the entry that it copies, or itself */
	struct shingles shingles;
};

struct ent_memory {
	struct entry *entries;
	size_t count, room;
	struct map digests;   /* digest: the first entry that has it */
	struct map addresses; /* digest and address: the entry; and address alone:
	                       * the first of it */
	struct memory_index index;
	struct arena texts;
};

/* The entry with that digest, the one with that digest and address, or NULL. */
const struct entry *memory_digest(const struct ent_memory *memory,
				  const struct ent_hash *digest);
const struct entry *memory_same(const struct ent_memory *memory,
				const struct ent_hash *digest, const char *url);

/*
 * Add an entry; its texts are copied, its shingles become the memory's, and are
 * left where the call fails.  original is its own index where it copies nothing.
 */
int memory_add(struct ent_memory *memory, const struct entry *entry,
	       struct ent_error *err);

#endif
