/*
 * table.h - results as tables for people and as JSON.
 */
#ifndef BENCH_TABLE_H
#define BENCH_TABLE_H

#include <stdbool.h>

#include "clock.h"

/* What is better, and how a number is written. */
enum table_unit { EVENTS_PER_S, MILLISECONDS, MEBIBYTES, BYTES_PER_BYTE };

/* Begins the JSON beside path; what stood there stays until results_end(). */
void results_begin(const char *path);
void results_end(const char *path);

/* A member of the document, before the first table. */
void results_number(const char *key, double value);
void results_text(const char *key, const char *value);

/* tail: a second column with the 99th percentile. */
void table_begin(const char *title, enum table_unit unit, bool tail);

/* The first row is what others are measured against, but those named entente. */
void table_value(const char *who, double value);
void table_samples(const char *who, struct samples *seconds);

/* The same as a rate: count events in each of the times. */
void table_rates(const char *who, struct samples *seconds, double count);
void table_skipped(const char *who, const char *why);

/* The setting, below the table. */
__attribute__((format(printf, 1, 2))) void table_end(const char *format, ...);

#endif
