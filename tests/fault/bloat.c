/*
 * bloat.c - readers that die or stand still keep no pages: the file grows no more
 * than twice as much as without them.
 */
#include "fault.h"

#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PIPE_FULL = 60000 };

static char log_dir[280];
static unsigned commits;

static void make_log(void)
{
	const struct ent_log_options options = { .create = true };
	struct ent_log *log;
	struct ent_appended done = { 0 };
	struct ent_error err = { 0 };

	remove_tree(log_dir);
	log = open_log(log_dir, &options);
	if (append_events(log, 0, 0, 5000, 100, &done, &err) < 0)
		die("%s", err.msg);
	ent_log_close(log);
}

static uint64_t data_size(void)
{
	return file_size(in_scratch("log/data.mdb"));
}

static void end(pid_t pid)
{
	int status;

	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
}

static pid_t dying; /* a reader that is killed behind the second commit, or 0 */

static void end_dying(void)
{
	end(dying);
	dying = 0;
}

/* In one handle, as a program that runs for long; the bytes that the file grew. */
static uint64_t commit_many(void)
{
	const struct ent_append_options options = { .now_us = 1,
						    .no_sync = true };
	uint64_t before = data_size();
	struct ent_log *log = open_log(log_dir, NULL);
	struct ent_batch *batch = NULL;
	struct ent_error err = { 0 };
	char json[4096];

	if (ent_batch_new(&batch, &err) < 0)
		die("%s", err.msg);
	for (uint64_t i = 0; i < commits; i++) {
		struct ent_appended done = { 0 };

		ent_batch_clear(batch);
		event_json(json, sizeof(json), 1, i, 100);
		if (ent_batch_add(batch, json, strlen(json), NULL, &err) < 0 ||
		    ent_log_append(log, batch, &options, &done, &err) < 0)
			die("%s", err.msg);
		if (i == 1 && dying)
			end_dying();
	}
	ent_batch_free(batch);
	ent_log_close(log);
	return data_size() - before;
}

/* ---- readers ------------------------------------------------------------------ */

static int reached; /* a pipe: the reader is in the midst of it */

static int stay(uint64_t done, uint64_t total, void *arg)
{
	(void)done;
	(void)total;
	(void)arg;
	if (write(reached, "x", 1) != 1)
		_exit(3);
	for (;;)
		pause();
}

/* Holds a transaction for ever. */
static pid_t start_holder(void)
{
	const struct ent_log_options options = { .read_only = true };
	int ends[2];
	char c;
	pid_t pid;

	if (pipe(ends) != 0)
		die("pipe");
	pid = fork();
	if (pid == 0) {
		struct ent_log *log = open_log(log_dir, &options);

		reached = ends[1];
		ent_log_verify(log, NULL, stay, NULL,
			       &(struct ent_verified){ 0 }, NULL);
		_exit(4);
	}
	close(ends[1]);
	if (read(ends[0], &c, 1) != 1)
		die("the reader ended");
	close(ends[0]);
	return pid;
}

/* Until it waits for somebody to take its output. */
static void wait_until_full(int out)
{
	const struct timespec pause = { 0, 10000000 };
	int64_t began = now_ms();
	int waiting = 0;

	while (waiting < PIPE_FULL && now_ms() - began < 10000) {
		nanosleep(&pause, NULL);
		if (ioctl(out, FIONREAD, &waiting) != 0)
			die("FIONREAD");
	}
	nanosleep(&pause, NULL);
}

/* `entente COMMAND` whose output nobody takes. */
static pid_t start_unread(const char *const *args, int *out)
{
	const char *argv[8] = { "entente", "--log", log_dir };
	int ends[2];
	pid_t pid;

	for (size_t i = 0; args[i]; i++)
		argv[3 + i] = args[i];
	if (pipe(ends) != 0)
		die("pipe");
	pid = fork();
	if (pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		execv(fault.program, (char *const *)argv);
		_exit(127);
	}
	close(ends[1]);
	wait_until_full(ends[0]);
	*out = ends[0];
	return pid;
}

static void compare(const char *what, uint64_t grown, uint64_t usual)
{
	tell("%s: %u commits, %" PRIu64 " KiB; %.2f times", what, commits,
	     grown >> 10, (double)grown / (double)usual);
	check(grown <= 2 * usual, "%s: more than twice", what);
}

static void one_dead(uint64_t usual)
{
	make_log();
	end(start_holder());
	compare("a reader killed before", commit_many(), usual);
}

/* It dies while the writer has the log open. */
static void one_dies(uint64_t usual)
{
	uint64_t grown;

	make_log();
	dying = start_holder();
	grown = commit_many();
	compare("a reader killed meanwhile", grown, usual);
}

static void one_unread(const char *const *args, uint64_t usual)
{
	char what[64];
	uint64_t grown;
	int out, status;
	pid_t pid;

	make_log();
	pid = start_unread(args, &out);
	check(waitpid(pid, &status, WNOHANG) == 0, "%s has ended already",
	      args[0]);
	grown = commit_many();
	end(pid);
	close(out);
	snprintf(what, sizeof(what), "%s | sleep", args[0]);
	compare(what, grown, usual);
}

/* The reason for all this: what it costs where the reader lives on. */
static void one_alive(uint64_t usual)
{
	uint64_t grown;
	pid_t pid;

	make_log();
	pid = start_holder();
	grown = commit_many();
	end(pid);
	tell("a reader that holds a transaction (for comparison): %.1f times",
	     (double)grown / (double)usual);
	check(grown > 2 * usual, "the comparison shows nothing");
}

int main(int argc, char **argv)
{
	static const char *const log_command[] = { "log", "--json", NULL };
	static const char *const export_command[] = { "export", NULL };
	uint64_t usual;

	fault_begin("bloat", argc, argv);
	commits = fault.full ? 10000 : 1500;
	snprintf(log_dir, sizeof(log_dir), "%s", in_scratch("log"));
	make_log();
	usual = commit_many();
	tell("no reader: %u commits, %" PRIu64 " KiB", commits, usual >> 10);
	one_dead(usual);
	one_dies(usual);
	one_unread(log_command, usual);
	one_unread(export_command, usual);
	one_alive(usual);
	return fault_end();
}
