/*
 * near.h - which of some words a mistyped one was meant to be.
 */
#ifndef ENGINE_NEAR_H
#define ENGINE_NEAR_H

#include "entente/error.h"

/* The best of the candidates that were offered. */
struct near {
	const char *word;
	const char *best; /* NULL where none is near enough */
	size_t distance;
};

struct near near_start(const char *word);
void near_offer(struct near *near, const char *candidate);

#endif
