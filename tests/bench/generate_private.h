/*
 * generate_private.h - between generate.c, which decides what happens, and the
 * two files that have the words and the dates.
 */
#ifndef BENCH_GENERATE_PRIVATE_H
#define BENCH_GENERATE_PRIVATE_H

#include "generate.h"

enum { GENERATE_DATE_SIZE = 16 };

/* Append to out->line; generate_next() began it. */
__attribute__((format(printf, 2, 3))) void generate_say(struct generated *out,
							 const char *format,
							 ...);

/* The day that event number `next` stands at. */
int32_t generate_now(const struct generator *generator);

/* Mostly today, a tenth late. */
int32_t generate_day(struct generator *generator);

/* The day, or one in twenty the month, year, season or decade that has it. */
void generate_date(struct generator *generator, int32_t day,
		   char out[GENERATE_DATE_SIZE]);

void generate_summary(struct generator *generator, const char *verb,
		      struct generated *out);
void generate_source(struct generator *generator, struct generated *out);

#endif
