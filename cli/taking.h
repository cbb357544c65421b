/*
 * taking.h - what retract and redact have in common: which event, why, and who.
 */
#ifndef CLI_TAKING_H
#define CLI_TAKING_H

#include "ask.h"

struct taking {
	const char *reason;
	const char *coder;
	bool json;
	const struct cli *cli;
};

struct taking_usage {
	const char *command;
	const char *about;
	const char *reason_help, *coder_help;
	const char *hint; /* where no reason is given */
};

/* Do it to the event; an exit code.  *log may become another (see ask_again()). */
typedef int taking_fn(struct ent_log **log, const struct ent_event *target,
		      const struct taking *taking);

/* The command from its arguments to its exit code. */
int taking_run(struct cli *cli, const struct taking_usage *usage, int argc,
	       char **argv, taking_fn *take);

/* What was done, "retracts" or "redacts": as JSON or, behind the verb, as text. */
void taking_print(const struct ent_appended *done, const char *verb,
		  const struct ent_event *target, bool json);

#endif
