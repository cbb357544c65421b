/*
 * memory_index.h - which articles have a shingle.
 *
 * A shingle that INDEX_COMMON articles have is the furniture of pages ("sign up
 * for our"): it is not entered for further ones, so that what an article costs
 * does not grow with the number of those before.
 */
#ifndef NEWS_MEMORY_INDEX_H
#define NEWS_MEMORY_INDEX_H

#include "entente/error.h"

enum { INDEX_COMMON = 64 };

struct posting {
	uint64_t hash;
	uint32_t article;
	uint32_t next; /* posting of the same bucket, from 1; 0 for none */
};

/* { 0 } is an empty index. */
struct memory_index {
	struct posting *postings;
	size_t count, room;
	uint32_t *buckets; /* the first posting of each, from 1 */
	size_t bucket_count; /* a power of two, or 0 */
};

/* Room for so many more hashes: index_add() cannot fail for them. */
int index_reserve(struct memory_index *index, size_t more, struct ent_error *err);
void index_add(struct memory_index *index, uint64_t hash, uint32_t article);

/* Take out what was added last, as far as it was for that article. */
void index_remove_last(struct memory_index *index, uint32_t article);

/* The articles that have hash, at most INDEX_COMMON; returns how many. */
size_t index_find(const struct memory_index *index, uint64_t hash,
		  uint32_t out[INDEX_COMMON]);

void index_release(struct memory_index *index);

#endif
