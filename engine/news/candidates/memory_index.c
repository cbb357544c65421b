/*
 * memory_index.c - chains of postings, the newest first.
 */
#include <assert.h>

#include "ground/mem.h"
#include "news/candidates/memory_index.h"

enum { BUCKETS_FIRST = 1024 };

/* The last bits of a hash say whether it was kept: they are 0 in long articles. */
static size_t bucket_of(uint64_t hash, size_t bucket_count)
{
	return (size_t)(hash >> 20) & (bucket_count - 1);
}

static void link_posting(struct memory_index *index, size_t i)
{
	struct posting *posting = &index->postings[i];
	uint32_t *head = &index->buckets[bucket_of(posting->hash,
						   index->bucket_count)];

	posting->next = *head;
	*head = (uint32_t)i + 1;
}

static int grow_buckets(struct memory_index *index, size_t need,
			struct ent_error *err)
{
	size_t count = index->bucket_count ? index->bucket_count : BUCKETS_FIRST;
	uint32_t *buckets;

	while (count < need)
		count *= 2;
	if (count == index->bucket_count)
		return ENT_OK;
	buckets = mem_new(count, sizeof(*buckets));
	if (!buckets)
		return mem_error(err);
	mem_free(index->buckets);
	index->buckets = buckets;
	index->bucket_count = count;
	for (size_t i = 0; i < index->count; i++)
		link_posting(index, i);
	return ENT_OK;
}

int index_reserve(struct memory_index *index, size_t more, struct ent_error *err)
{
	size_t need = index->count + more;
	int rc;

	if (need >= UINT32_MAX)
		return ent_error_set(err, ENT_EFULL, "more than %u shingles are "
				     "remembered", UINT32_MAX);
	rc = mem_grow(&index->postings, &index->room, need,
		      sizeof(*index->postings), err);
	return rc < 0 ? rc : grow_buckets(index, need, err);
}

size_t index_find(const struct memory_index *index, uint64_t hash,
		  uint32_t out[INDEX_COMMON])
{
	size_t found = 0;
	uint32_t at;

	if (index->bucket_count == 0)
		return 0;
	at = index->buckets[bucket_of(hash, index->bucket_count)];
	for (; at > 0; at = index->postings[at - 1].next)
		if (index->postings[at - 1].hash == hash)
			out[found++] = index->postings[at - 1].article;
	return found;
}

void index_add(struct memory_index *index, uint64_t hash, uint32_t article)
{
	uint32_t articles[INDEX_COMMON];

	assert(index->count < index->room);
	if (index_find(index, hash, articles) == INDEX_COMMON)
		return;
	index->postings[index->count] =
		(struct posting){ .hash = hash, .article = article };
	link_posting(index, index->count++);
}

/* The newest one is the first of its chain. */
void index_remove_last(struct memory_index *index, uint32_t article)
{
	while (index->count > 0 &&
	       index->postings[index->count - 1].article == article) {
		const struct posting *last = &index->postings[--index->count];

		index->buckets[bucket_of(last->hash, index->bucket_count)] =
			last->next;
	}
}

void index_release(struct memory_index *index)
{
	mem_free(index->postings);
	mem_free(index->buckets);
	*index = (struct memory_index){ 0 };
}
