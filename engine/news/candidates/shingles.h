/*
 * shingles.h - a text as the set of its three-word runs, each a number, thinned
 * out where the text is long (Broder 1997).
 *
 * Words are compared as readers would: ASCII letters without their case, digits
 * kept, no punctuation; an apostrophe of whatever kind does not part a word.  A
 * word is FNV-1a (64 bits) of its bytes, a shingle the splitmix64 finalizer over
 * its three words in order: the same numbers on every machine.
 *
 * A long text keeps only the numbers whose last `level` bits are 0, with the least
 * level by which no more than SHINGLES_MAX are left.  Two texts are compared at
 * the higher level of both: what each would have kept at it is still there.
 */
#ifndef NEWS_SHINGLES_H
#define NEWS_SHINGLES_H

#include "entente/error.h"

enum { SHINGLES_MAX = 256, SHINGLES_LEVEL_MAX = 62 };

/* { 0 } is an empty set. */
struct shingles {
	uint64_t *hashes; /* ascending, no two the same */
	size_t count;
	unsigned level;
	size_t words; /* that the text has */
};

/* *out is owned: shingles_release(). */
int shingles_of(const char *text, size_t len, struct shingles *out,
		struct ent_error *err);
void shingles_release(struct shingles *shingles);

/* Is hash one of those that are kept at that level? */
bool shingles_keep(uint64_t hash, unsigned level);

/* How many of them are left at that level, which is not below their own. */
size_t shingles_count_at(const struct shingles *shingles, unsigned level);

/* How many of those that are left at the higher level both have. */
size_t shingles_shared(const struct shingles *a, const struct shingles *b);

#endif
