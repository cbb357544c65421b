/*
 * verbs.h - every command of the program on one log, and what it may leave.
 *
 * All is in the folder of the test: the log, a kit (kit.h), a folder for what
 * commands make, and what they read.
 */
#ifndef FAULT_VERBS_H
#define FAULT_VERBS_H

#include "fault.h"
#include "kit.h"

enum {
	VERB_EVENTS = 600, /* in the log before */
	VERB_LINES = 300,  /* in the file that is appended */
	VERB_WORDS = 10,
	VERB_MAKES = 3
};

struct verb {
	const char *const args[VERB_WORDS];
	bool writes;
	bool reads_log; /* that of --log: a damaged one is noticed */
	const char *input;
	struct kit_made makes[VERB_MAKES];
};

extern const struct verb verbs[];
extern const size_t verbs_count;

extern char verbs_log[280];

/* Makes all that; checks that each command of `help` is among them. */
void verbs_prepare(void);

/* Put the log back, and take away what was made. */
void verbs_reset(void);

/* The exit code. */
int verb_run(const struct verb *verb, struct run *run,
	     void (*prepare)(void *arg), void *arg, unsigned kill_after_us);

/* "head --key", for messages. */
const char *verb_name(const struct verb *verb);

/* Of a run that was stopped or failed: the log verifies, what was appended is there
 * whole or not at all, and so is what else is made; nothing else is left, but where
 * it was killed. */
void verb_check(const struct verb *verb, const char *how);

/* Of one that ended well: all that it makes is there. */
void verb_check_done(const struct verb *verb, const char *how);

#endif
