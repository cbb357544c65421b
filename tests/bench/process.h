/*
 * process.h - whole processes: their time, and the memory that they end with.
 */
#ifndef BENCH_PROCESS_H
#define BENCH_PROCESS_H

#include <stdbool.h>
#include <stdint.h>

struct process_memory {
	uint64_t private_bytes; /* pages that nobody else has, at the end */
	uint64_t peak_bytes;    /* resident, with pages of mapped files */
	uint64_t faults;        /* minor ones, of the whole life */
};

/* Seconds from the start to the end, which must be success; stdout is lost. */
double process_time(const char *const *argv);

/* False where the system does not let us look. */
bool process_memory(const char *const *argv, struct process_memory *out);

#endif
