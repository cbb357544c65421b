/*
 * clock.h - time, samples and what the bench stands on.
 */
#ifndef BENCH_CLOCK_H
#define BENCH_CLOCK_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* Seconds of a clock that only goes forward. */
double now(void);

/* Times of one thing; it grows. */
struct samples {
	double *times;
	size_t count, room;
	double sum;
};

void samples_add(struct samples *samples, double time);

/* The smallest time that `percent` of them do not exceed; 0 for none. */
double samples_percentile(struct samples *samples, unsigned percent);
double samples_median(struct samples *samples);
void samples_release(struct samples *samples);

__attribute__((noreturn, format(printf, 1, 2))) void die(const char *format,
							 ...);

/* A message on stderr that says how far the run is. */
__attribute__((format(printf, 1, 2))) void progress(const char *format, ...);

void *need(size_t bytes); /* zeroed, or the end */

uint64_t file_bytes(const char *path);   /* 0 where it is not there */
uint64_t folder_bytes(const char *path); /* blocks of the files in it */

/* Where to put name; it begins below BENCH_DIR.  Owned: free(). */
char *bench_path(const char *name);
void bench_folder_make(const char *base);
void bench_folder_remove(void);
void bench_remove(const char *name);

#endif
