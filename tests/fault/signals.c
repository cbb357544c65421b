/*
 * signals.c - every command, when nobody reads its output and when it is
 * interrupted.
 */
#include "fault.h"

#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EVENTS = 600, LINES = 300 };

static char log_dir[280], saved[300], lines[300], article[300], table[300];
static char fresh[300], id[ENT_ID_TEXT_SIZE];
static struct run one; /* large */

struct command {
	const char *const args[8];
	bool writes;
	const char *input;
};

static const char map[] = "date = {year}\n";

static const struct command commands[] = {
	{ { "append" }, true, lines },
	{ { "append", "--json", "--batch", "7" }, true, lines },
	{ { "append", "--dry-run" }, false, lines },
	{ { "log" }, false, NULL },
	{ { "log", "--json" }, false, NULL },
	{ { "log", "--reverse" }, false, NULL },
	{ { "show", "7" }, false, NULL },
	{ { "show", id }, false, NULL },
	{ { "retract", id, "--reason", "r" }, true, NULL },
	{ { "replay", "2024" }, false, NULL },
	{ { "replay", "2024", "--json" }, false, NULL },
	{ { "diff", "2010", "2024" }, false, NULL },
	{ { "diff", "2010", "2024", "--json", "--trail" }, false, NULL },
	{ { "why", "/A1/members/B1" }, false, NULL },
	{ { "propose", article }, false, NULL },
	{ { "review", "--accept-all", lines }, true, NULL },
	{ { "import", "jsonl", lines }, true, NULL },
	{ { "import", "csv", "--map", "atop", table }, true, NULL },
	{ { "verify" }, false, NULL },
	{ { "verify", "--json" }, false, NULL },
	{ { "export" }, false, NULL },
	{ { "export", "--format", "csv" }, false, NULL },
	{ { "checkpoint", "build" }, true, NULL },
	{ { "checkpoint", "list" }, false, NULL },
	{ { "checkpoint", "drop" }, true, NULL },
	{ { "stat" }, false, NULL },
	{ { "version" }, false, NULL },
	{ { "help" }, false, NULL },
	{ { "--help" }, false, NULL },
	{ { "--log", fresh, "init" }, false, NULL },
};

enum { COMMANDS = sizeof(commands) / sizeof(*commands) };

static void restore_log(void)
{
	copy_file(saved, in_scratch("log/data.mdb"));
	remove_tree(fresh);
}

static int entente(const struct command *command, void (*prepare)(void *arg),
		   unsigned kill_after_us)
{
	one = (struct run){ .args = command->args, .log = log_dir,
			    .input = command->input, .prepare = prepare,
			    .kill_after_us = kill_after_us };
	run(&one);
	return exit_of_run(&one);
}

/* ---- nobody reads ------------------------------------------------------------- */

static void nobody_reads(void *arg)
{
	int ends[2];

	(void)arg;
	if (pipe(ends) != 0)
		_exit(126);
	close(ends[0]);
	dup2(ends[1], STDOUT_FILENO);
	close(ends[1]);
}

/* As `| head -c 1`. */
static void one_byte_is_read(void *arg)
{
	int ends[2];
	char c;

	(void)arg;
	if (pipe(ends) != 0)
		_exit(126);
	if (fork() == 0) {
		close(ends[1]);
		_exit(read(ends[0], &c, 1) < 0);
	}
	close(ends[0]);
	dup2(ends[1], STDOUT_FILENO);
	close(ends[1]);
}

static void break_pipe(const char *how, void (*prepare)(void *arg))
{
	for (size_t c = 0; c < COMMANDS; c++) {
		const struct command *command = &commands[c];
		int64_t found;
		int whole, code;

		restore_log();
		whole = entente(command, NULL, 0);
		restore_log();
		code = entente(command, prepare, 0);
		found = verify_log(log_dir);
		check(code == whole && !strstr(one.err, "write to standard"),
		      "%s, %s %s: exit %d, status %x, and %d with a reader: %s",
		      how, command->args[0],
		      command->args[1] ? command->args[1] : "", code,
		      (unsigned)one.status, whole, one.err);
		check(found >= EVENTS && (command->writes || found == EVENTS),
		      "%s, %s: %" PRId64 " events", how, command->args[0],
		      found);
	}
}

/* ---- interrupted --------------------------------------------------------------- */

static bool is_one_of(int64_t found, const struct command *command)
{
	int64_t more = found - EVENTS;

	if (!command->writes)
		return more == 0;
	if (strcmp(command->args[0], "retract") == 0)
		return more == 0 || more == 1;
	if (command->args[2] && strcmp(command->args[2], "--batch") == 0)
		return more == LINES || (more >= 0 && more % 7 == 0);
	if (strcmp(command->args[0], "review") == 0)
		return more >= 0;
	return more == 0 || more == LINES;
}

/* What a command takes here and now. */
static uint64_t usual_us(void)
{
	int64_t began = now_ms();

	entente(&commands[3], NULL, 0);
	return (uint64_t)(now_ms() - began + 1) * 1000;
}

static void interrupt(void)
{
	unsigned times = fault.full ? 40 : 2, ended = 0, stopped = 0;
	uint64_t dice = fault.seed, window_us = 3 * usual_us();

	for (size_t c = 0; c < COMMANDS; c++)
		for (unsigned i = 0; i < times; i++) {
			const struct command *command = &commands[c];
			unsigned after = 1 + (unsigned)roll_below(&dice,
								  window_us);
			int64_t found;
			bool by_signal;

			restore_log();
			entente(command, NULL, after);
			by_signal = WIFSIGNALED(one.status) &&
				    WTERMSIG(one.status) == SIGINT;
			stopped += by_signal;
			ended += !by_signal;
			found = verify_log(log_dir);
			check(!one.hung &&
			      (by_signal || (WIFEXITED(one.status) &&
					     WEXITSTATUS(one.status) <= 4)),
			      "%s after %u us: status %x%s: %s",
			      command->args[0], after, (unsigned)one.status,
			      one.hung ? " (hung)" : "", one.err);
			check(is_one_of(found, command),
			      "%s after %u us: %" PRId64 " events",
			      command->args[0], after, found);
		}
	tell("SIGINT: %u stopped, %u had ended; %d commands, seed %" PRIu64,
	     stopped, ended, (int)COMMANDS, fault.seed);
	check(stopped > 0 && ended > 0, "all at the same point");
}

/* ---- damage that kills ------------------------------------------------------------ */

/* Its output waits for ever, behind a pipe that is full already. */
static void fill_output(void *arg)
{
	const int *ends = arg;
	static const char zeros[4096];

	dup2(ends[1], STDOUT_FILENO);
	fcntl(STDOUT_FILENO, F_SETFL, O_NONBLOCK);
	while (write(STDOUT_FILENO, zeros, sizeof(zeros)) > 0)
		;
	fcntl(STDOUT_FILENO, F_SETFL, 0);
}

/* As a page that is damaged would: by the signal itself.  One that comes before
 * the program runs kills it, so it is sent later then. */
static void kill_reading(const char *const *args, int number)
{
	int ends[2];

	for (unsigned after_us = 60000; after_us < 1000000; after_us *= 3) {
		if (pipe(ends) != 0)
			die("pipe");
		one = (struct run){ .args = args, .log = log_dir,
				    .prepare = fill_output, .arg = ends,
				    .kill_after_us = after_us,
				    .kill_by = number };
		run(&one);
		close(ends[0]);
		close(ends[1]);
		if (!WIFSIGNALED(one.status))
			break;
	}
	check(exit_of_run(&one) == 5 && strstr(one.err, "damaged") &&
	      strncmp(one.err, "entente: ", 9) == 0,
	      "%s, signal %d: status %x: %s", args[0], number,
	      (unsigned)one.status, one.err);
}

static void damage_kills(void)
{
	static const char *const reading[][4] = {
		{ "verify" }, { "replay", "2024" }, { "diff", "2010", "2024" },
		{ "log" }, { "show", "7" }, { "why", "/A1/members/B1" },
		{ "export" }, { "stat" },
	};
	static const int numbers[] = { SIGBUS, SIGSEGV, SIGABRT, SIGFPE };

	restore_log();
	for (size_t c = 0; c < 8; c++)
		for (size_t n = 0; n < 4; n++)
			if (fault.full || n == c % 4)
				kill_reading(reading[c], numbers[n]);
	tell("damage that kills: %d commands, each signal", 8);
}

/* ---- what they work on ------------------------------------------------------------ */

static void write_text(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (!file || fputs(text, file) < 0 || fclose(file) != 0)
		die("%s", path);
}

static void write_lines(void)
{
	FILE *file = fopen(lines, "w");
	char json[4096];

	for (uint64_t i = 0; file && i < LINES; i++) {
		event_json(json, sizeof(json), 8, i, 300);
		fprintf(file, "%s\n", json);
	}
	if (!file || fclose(file) != 0)
		die("%s", lines);
}

static void make_log(void)
{
	const struct ent_log_options options = { .create = true };
	struct ent_log *log = open_log(log_dir, &options);
	struct ent_appended done = { 0 };
	struct ent_event *event = NULL;
	struct ent_error err = { 0 };

	if (append_events(log, 0, 0, EVENTS, 200, &done, &err) < 0 ||
	    ent_log_get(log, 9, &event, &err) < 0)
		die("%s", err.msg);
	ent_id_text(&event->id, id);
	ent_event_free(event);
	ent_log_close(log);
	copy_file(in_scratch("log/data.mdb"), saved);
}

static void name(char *out, size_t size, const char *file)
{
	snprintf(out, size, "%s", in_scratch("%s", file));
}

int main(int argc, char **argv)
{
	fault_begin("signals", argc, argv);
	name(log_dir, sizeof(log_dir), "log");
	name(saved, sizeof(saved), "saved");
	name(lines, sizeof(lines), "lines");
	name(article, sizeof(article), "article.txt");
	name(table, sizeof(table), "table.csv");
	name(fresh, sizeof(fresh), "fresh");
	write_lines();
	write_text(article, "Armenia froze its membership in the CSTO in "
			    "February 2024, officials said.\n");
	write_text(table, map);
	make_log();
	break_pipe("no reader", nobody_reads);
	break_pipe("one byte", one_byte_is_read);
	interrupt();
	damage_kills();
	return fault_end();
}
