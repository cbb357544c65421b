/*
 * workers.h - the same work on as many processes as there are processors, with
 * results in memory that they share, in a folder in memory.
 */
#ifndef FAULT_WORKERS_H
#define FAULT_WORKERS_H

#include <stdbool.h>
#include <stddef.h>

enum { WORKERS_MAX = 16, WORKERS_TEXT = 600 };

extern char workers_folder[64];

/* The process number, from 0 on; its own folder, which is there and empty. */
typedef void worker_fn(unsigned number, const char *dir, void *arg);

unsigned workers_count(void);

/* Memory that is zero and shared with all processes of later runs.  Where it
 * cannot be had the program ends. */
void *workers_share(size_t size);

/* False: one ended otherwise than by returning. */
bool workers_run(worker_fn *fn, void *arg);

void workers_start(void); /* first of all: makes the folder */
void workers_end(void);

/* A folder and what is in it, or a file. */
void workers_remove(const char *path);

#endif
