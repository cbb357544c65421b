/*
 * main.c - the program: from the first argument to a command and its exit code.
 *
 * Source map, in the order in which a call comes by:
 *
 *   main.c            the table of commands; first and last acts
 *   opt.c             options and --help, from one table each
 *   ask.c             what a question stands on: log, day, known, published
 *   cmd_<verb>.c      one command each
 *   append_preview.c  append --dry-run
 *   append_stop.c     append, interrupted
 *   taking.c          retract and redact: which event, why, who
 *   propose_files.c   propose: from operands to articles
 *   propose_article.c from an article to the lines that are printed
 *   propose_seen.c    what was read before
 *   review_load.c     review: candidates from JSON Lines
 *   review_decisions.c what was decided before, beside the log
 *   review_keys.c     one key, one decision
 *   review_tty.c      keys from a terminal, which is left as it was
 *   review_screen.c   one candidate as a person sees it
 *   review_session.c  decisions, and the way back
 *   review_edit.c     an event in the reviewer's editor
 *   review_event.c    a candidate's event as text: whose it is, what it claims
 *   review_append.c   what is written into the log
 *   review_bulk.c     review --accept-all
 *   import_map.c      import csv: a column map, from a file or built in
 *   isolate.c         a log read in a process of its own (verify, copying.c)
 *   isolate_child.c   that process, and its limits
 *   isolate_confine.c calls of the system that it gives up
 *   copying.c         backup, restore, compact: progress, check, failure
 *   sink.c            where a file that is written goes: whole or not at all
 *   input.c           reading JSON Lines, never more than a line at a time
 *   chunk.c           lines to a batch, and what is wrong with them
 *   ahead.c           that on threads of their own, while another writes
 *   changes.c         a diff for people (diff, append --dry-run)
 *   change_text.c     one row of it in words
 *   causes.c          the events behind a change, and their sources
 *   state_text.c      the state of one alliance for people
 *   event_text.c      events for people, in a line
 *   spells.c          memberships as spells (export --format csv)
 *   moments.c         the days on which they can change
 *   table.c width.c   columns that line up, as a terminal shows them
 *   countries.c       names of states (countries/: made from iso-codes)
 *   safe.c            text from outside made fit for a terminal
 *   wrap.c            lines that break at words, as wide as the terminal
 *   text.c            text that grows, and JSON
 *   trust.c           keys, notes of heads and proofs, from files
 *   fixes.c           what corrects or retracts an event, and holds
 *   further.c         further sources of an event (show)
 *   out.c             the standard output, colours
 *   progress.c        how far long work is
 *   stop.c            SIGINT and SIGTERM
 *   fail.c suggest.c  messages, exit codes, "did you mean"
 *   crash.c           a damaged log that kills, told as damage
 *
 * The program knows the library only by <entente/...>.
 */
#include "cli.h"
#include "crash.h"
#include "opt.h"
#include "out.h"
#include "progress.h"
#include "stop.h"

#include <assert.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/auxv.h>
#endif

const struct command commands[] = {
	{ "init", cmd_init, "make an empty log" },
	{ "append", cmd_append, "append events from JSON Lines" },
	{ "log", cmd_log, "list events" },
	{ "show", cmd_show, "show one event whole" },
	{ "retract", cmd_retract, "take an event back" },
	{ "redact", cmd_redact, "take the content of an event away for good" },
	{ "replay", cmd_replay, "show the state on a day" },
	{ "diff", cmd_diff, "show what changed between two days" },
	{ "why", cmd_why, "show the events behind a value" },
	{ "propose", cmd_propose, "read news and propose events" },
	{ "review", cmd_review, "accept or reject proposed events" },
	{ "import", cmd_import, "take events from tables and feeds of others" },
	{ "verify", cmd_verify, "check every promise of the log" },
	{ "key", cmd_key, "make a key that signs heads" },
	{ "head", cmd_head, "note the head of the log, or hold it to a note" },
	{ "prove", cmd_prove, "prove that an event is in a log" },
	{ "backup", cmd_backup, "copy the log to a folder, verified" },
	{ "restore", cmd_restore, "make the log from a backup" },
	{ "compact", cmd_compact, "write the log anew, without unused space" },
	{ "export", cmd_export, "write the log, or spells of membership" },
	{ "checkpoint", cmd_checkpoint, "list, build or drop checkpoints" },
	{ "stat", cmd_stat, "show numbers about the log" },
	{ "version", cmd_version, "show the version" },
	{ "help", cmd_help, "explain a command, exit-codes or dates" },
	{ NULL, NULL, NULL }
};

const struct command *command_find(const char *name)
{
	for (const struct command *command = commands; command->name; command++)
		if (strcmp(command->name, name) == 0)
			return command;
	return NULL;
}

static int unknown_command(const char *name)
{
	const char *near = NULL;
	size_t best = SIZE_MAX;

	fail(CLI_USAGE, "unknown command: %s", name);
	for (const struct command *command = commands; command->name; command++) {
		size_t distance = suggest_distance(name, command->name);

		if (distance < best) {
			best = distance;
			near = command->name;
		}
	}
	if (near && suggest_is_near(name, best))
		hint("did you mean %s?", near);
	else
		hint("entente --help lists the commands");
	return CLI_USAGE;
}

/*
 * A file that is opened while 0, 1 or 2 is free gets that number, and messages
 * would then be written into the log.  A closed output is opened for reading
 * only and a closed input for writing only, so that their use is noticed.
 */
static bool open_standard_files(void)
{
	for (int fd = 0; fd <= 2; fd++) {
		int flags = fd == STDOUT_FILENO ? O_RDONLY : O_WRONLY;

		if (fcntl(fd, F_GETFD) == -1 && open("/dev/null", flags) != fd)
			return false;
	}
	return true;
}

/* Names of logs and files are the caller's: set-user-ID would lend it rights. */
static bool has_lent_rights(void)
{
#ifdef AT_SECURE
	if (getauxval(AT_SECURE))
		return fail(CLI_SYSTEM, "this program runs with the rights of "
			    "its caller only, not set-user-ID") != CLI_DONE;
#endif
	return false;
}

static bool prepare(void)
{
	if (!open_standard_files() || has_lent_rights())
		return false;
	signal(SIGPIPE, SIG_IGN); /* write() says it, with EPIPE */
#ifdef SIGXFSZ
	signal(SIGXFSZ, SIG_IGN); /* likewise EFBIG */
#endif
	crash_prepare();
	stop_prepare();
	umask(077);
	return true;
}

static int run(int argc, char **argv)
{
	static char help_name[] = "help";
	static char version_name[] = "version";
	const struct command *command;
	struct cli cli = { 0 };
	bool help = false, version = false;
	char *name;
	int at = 0, rc;

	rc = opt_parse_global(&cli, argc, argv, &at, &help, &version);
	if (rc != OPT_GO)
		return rc;
	if (help || version) {
		command = command_find(help ? help_name : version_name);
		assert(command);
		return command->fn(&cli, 0, argv + at);
	}
	if (at >= argc) {
		cmd_help(&cli, 0, argv + at);
		return CLI_USAGE;
	}
	name = argv[at];
	command = command_find(name);
	if (!command)
		return unknown_command(name);
	return command->fn(&cli, argc - at - 1, argv + at + 1);
}

int main(int argc, char **argv)
{
	int rc, written;

	if (!prepare())
		return CLI_SYSTEM;
	rc = run(argc > 0 ? argc - 1 : 0, argc > 0 ? argv + 1 : argv);
	progress_done();
	written = out_finish();
	stop_die();
	return written != CLI_DONE ? written : rc;
}
