/*
 * small.h - a small log, and the program that is run on it.
 */
#ifndef FAULT_SMALL_H
#define FAULT_SMALL_H

#include "fault.h"

enum { SMALL_EVENTS = 40, SMALL_LINES = 60, SMALL_FILES = 3 };

extern char small_log[280];
extern struct run small_run; /* the last one */

extern const char *const small_verify[], *const small_append[];
extern const char *const small_files[SMALL_FILES];

/* Names, and 60 events to append, of which the log has none. */
void small_prepare(void);

/* A new log of 40 events. */
void small_make(void);

const char *small_inside(const char *name);

/* With those events as the standard input; the exit code. */
int small_entente(const char *const *args, void (*prepare)(void *arg),
		  void *arg);

/* The log holds that many events, and nothing is wrong with it. */
void small_check(const char *what, int64_t events);

#endif
