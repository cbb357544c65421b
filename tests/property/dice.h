/*
 * dice.h - pseudo-random numbers that a seed determines on every machine.
 *
 * The C library's generator differs between systems, so a seed that is printed
 * by a failing test would not bring the failure back.
 */
#ifndef PROPERTY_DICE_H
#define PROPERTY_DICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dice {
	uint64_t state;
};

/* splitmix64 (Steele, Lea, Flood 2014): any seed is a good one. */
static inline uint64_t dice_next(struct dice *dice)
{
	uint64_t z;

	dice->state += 0x9e3779b97f4a7c15u;
	z = dice->state;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

/* A number of lo..hi, both included. */
static inline long dice_between(struct dice *dice, long lo, long hi)
{
	return lo + (long)(dice_next(dice) % ((uint64_t)(hi - lo) + 1));
}

/* An index below n, which is not 0. */
static inline size_t dice_index(struct dice *dice, size_t n)
{
	return (size_t)(dice_next(dice) % n);
}

static inline bool dice_percent(struct dice *dice, unsigned percent)
{
	return dice_next(dice) % 100 < percent;
}

#endif
