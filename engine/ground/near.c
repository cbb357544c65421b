/*
 * near.c - edit distance with swaps of neighbours (optimal string alignment).
 */
#include <string.h>

#include "ground/near.h"

enum { WORD_MAX = 48 };

static size_t min(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* a and b are at most WORD_MAX long. */
static size_t distance(const char *a, const char *b)
{
	size_t rows[3][WORD_MAX + 1];
	size_t *before = rows[0], *above = rows[1], *row = rows[2], *spare;
	size_t a_len = strlen(a), b_len = strlen(b);

	for (size_t j = 0; j <= b_len; j++) {
		before[j] = 0;
		above[j] = j;
	}
	for (size_t i = 1; i <= a_len; i++) {
		row[0] = i;
		for (size_t j = 1; j <= b_len; j++) {
			row[j] = min(above[j - 1] + (a[i - 1] != b[j - 1]),
				     min(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				row[j] = min(row[j], before[j - 2] + 1);
		}
		spare = before;
		before = above;
		above = row;
		row = spare;
	}
	return above[b_len];
}

/* A third of the letters may be wrong, and one always. */
struct near near_start(const char *word)
{
	size_t allowed = 1 + strlen(word) / 3;

	return (struct near){ .word = word, .distance = allowed + 1 };
}

void near_offer(struct near *near, const char *candidate)
{
	size_t found;

	if (strlen(near->word) > WORD_MAX || strlen(candidate) > WORD_MAX)
		return;
	found = distance(near->word, candidate);
	if (found < near->distance) {
		near->best = candidate;
		near->distance = found;
	}
}
