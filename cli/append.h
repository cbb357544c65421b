/*
 * append.h - one run of append, shared by the writing and the dry one.
 */
#ifndef CLI_APPEND_H
#define CLI_APPEND_H

#include "ask.h"
#include "out.h"

struct append {
	struct cli *cli;
	struct ent_log *log; /* NULL until it is needed */
	struct ent_batch *batch;
	struct ent_appended total;
	uint64_t bad; /* lines and events that stand in the way */
	bool dry_run, skip_existing, no_sync, json;
	struct opt_number batch_lines, expect_head;
};

struct ent_append_options append_options(struct append *append);

/* The message for a failed append; returns the exit code. */
int append_failed(struct append *append, const struct ent_error *err);

void append_json(const struct ent_appended *total, const char *changes);
void append_text(const struct ent_appended *total, bool dry);

/*
 * append_stop.c: what a signal does from here on, and says.  command is "append"
 * or "import".
 *
 * append_stops()         no transaction is open: it ends the program at once
 * append_stops_behind()  while a batch is written: with --batch behind that one,
 *                        so that what is said is true; else at once, since a
 *                        transaction that is not finished is none
 */
void append_stops(const struct append *append, const char *command);
void append_stops_behind(const struct append *append, const char *command);

/* append_preview.c: do all but write, and print what would change. */
int append_preview(struct append *append);

#endif
