/*
 * cli.h - what every command shares: its form, exit codes and messages.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <entente/entente.h>

/* Exit codes.  Functions of the program that can fail return one of them, 0
 * being success; the message has then been printed. */
enum cli_exit {
	CLI_DONE = 0,
	CLI_NO = 1,     /* the answer is no */
	CLI_USAGE = 2,
	CLI_INPUT = 3,  /* bad input or a conflict; nothing was written */
	CLI_SYSTEM = 4, /* the log or the system failed */
	CLI_DAMAGE = 5
};

struct cli {
	const char *log; /* --log, or NULL */
	unsigned trust;  /* --trust: enum ent_trust */
};

/* argv begins behind the command's name. */
typedef int cmd_fn(struct cli *cli, int argc, char **argv);

cmd_fn cmd_append, cmd_backup, cmd_checkpoint, cmd_compact, cmd_diff,
	cmd_export, cmd_head, cmd_help, cmd_import, cmd_init, cmd_key, cmd_log,
	cmd_propose, cmd_prove, cmd_redact, cmd_replay, cmd_restore,
	cmd_retract, cmd_review, cmd_show, cmd_stat, cmd_verify, cmd_version,
	cmd_why;

struct command {
	const char *name;
	cmd_fn *fn;
	const char *help; /* one line */
};

/* main.c: the commands; the last has no name. */
extern const struct command commands[];
const struct command *command_find(const char *name);

/* ---- messages: fail.c -------------------------------------------------- */

/* All that is printed is made safe (safe.h), and is one line on stderr. */

/* "entente: ..."; returns code. */
int fail(int code, const char *fmt, ...) ENT_PRINTF(2, 3);

/* "entente: WHAT: why", with a hint for the kind of failure; returns the exit
 * code that goes with err->code. */
int fail_ent(const struct ent_error *err, const char *fmt, ...) ENT_PRINTF(2, 3);

/* "entente: why", where the message says already what failed. */
int fail_said(const struct ent_error *err);

/* "entente: WHAT: strerror(errno)"; returns code. */
int fail_errno(int code, const char *fmt, ...) ENT_PRINTF(2, 3);

void hint(const char *fmt, ...) ENT_PRINTF(1, 2);

/* "note: ...": worth knowing, but no failure. */
void note(const char *fmt, ...) ENT_PRINTF(1, 2);

/* A line without a name in front. */
void complain(const char *fmt, ...) ENT_PRINTF(1, 2);

int exit_of(int ent_code);

/* ---- did you mean: suggest.c ------------------------------------------- */

/* Letters that must be changed, added, dropped or exchanged with the next. */
size_t suggest_distance(const char *a, const char *b);

/* Is that few enough for word to be meant by typed? */
bool suggest_is_near(const char *typed, size_t distance);

#endif
