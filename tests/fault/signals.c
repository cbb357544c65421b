/*
 * signals.c - every command, when nobody reads its output and when it is
 * interrupted.
 */
#include "verbs.h"

#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct run one; /* large */

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

struct pipe_end {
	const char *how;
	void (*prepare)(void *arg);
};

static void break_pipe(const struct verb *verb, const struct pipe_end *end,
		       int whole)
{
	int code;

	verbs_reset();
	code = verb_run(verb, &one, end->prepare, NULL, 0);
	check(code == whole && !strstr(one.err, "write to standard"),
	      "%s, %s: exit %d, status %x, and %d with a reader: %s",
	      verb_name(verb), end->how, code, (unsigned)one.status, whole,
	      one.err);
	verb_check(verb, end->how);
	if (code == 0)
		verb_check_done(verb, end->how);
}

/* ---- interrupted --------------------------------------------------------------- */

static unsigned ended, stopped;

static void interrupt(const struct verb *verb, unsigned after_us)
{
	char how[32];
	bool by_signal;

	snprintf(how, sizeof(how), "after %u us", after_us);
	verbs_reset();
	verb_run(verb, &one, NULL, NULL, after_us);
	by_signal = WIFSIGNALED(one.status) && WTERMSIG(one.status) == SIGINT;
	stopped += by_signal;
	ended += !by_signal;
	check(!one.hung && (by_signal || (WIFEXITED(one.status) &&
					  WEXITSTATUS(one.status) <= 4)),
	      "%s, %s: status %x%s: %s", verb_name(verb), how,
	      (unsigned)one.status, one.hung ? " (hung)" : "", one.err);
	verb_check(verb, how);
	if (WIFEXITED(one.status) && WEXITSTATUS(one.status) == 0)
		verb_check_done(verb, how);
}

/* ---- each of them ---------------------------------------------------------------- */

/* With all that it needs; what it takes here and now, in us. */
static int run_whole(const struct verb *verb, uint64_t *usual_us)
{
	int64_t began;
	int code;

	verbs_reset();
	began = now_ms();
	code = verb_run(verb, &one, NULL, NULL, 0);
	*usual_us = (uint64_t)(now_ms() - began + 1) * 1000;
	check(code == 0 || code == 3, "%s: exit %d, status %x: %s",
	      verb_name(verb), code, (unsigned)one.status, one.err);
	verb_check(verb, "with a reader");
	if (code == 0)
		verb_check_done(verb, "with a reader");
	return code;
}

/* Most points are within the time that it takes, some behind.  The short form takes
 * the two pipes in turns. */
static void disturb(size_t v, uint64_t *dice)
{
	static const struct pipe_end ends[] = {
		{ "no reader", nobody_reads },
		{ "one byte is read", one_byte_is_read }
	};
	unsigned times = fault.full ? 40 : 1;
	uint64_t usual_us;
	int whole = run_whole(&verbs[v], &usual_us);

	for (size_t e = 0; e < 2; e++)
		if (fault.full || (v + fault.seed) % 2 == e)
			break_pipe(&verbs[v], &ends[e], whole);
	for (unsigned i = 0; i < times; i++)
		interrupt(&verbs[v],
			  1 + (unsigned)roll_below(dice, usual_us * 5 / 4));
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
		one = (struct run){ .args = args, .log = verbs_log,
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

	verbs_reset();
	for (size_t c = 0; c < 8; c++)
		for (size_t n = 0; n < 4; n++)
			if (fault.full || n == c % 4)
				kill_reading(reading[c], numbers[n]);
	tell("damage that kills: %d commands, each signal", 8);
}

int main(int argc, char **argv)
{
	uint64_t dice;

	fault_begin("signals", argc, argv);
	dice = fault.seed;
	verbs_prepare();
	for (size_t v = 0; v < verbs_count; v++)
		disturb(v, &dice);
	tell("SIGINT: %u stopped, %u had ended; %zu commands, seed %" PRIu64,
	     stopped, ended, verbs_count, fault.seed);
	check(stopped > 0 && ended > 0, "all at the same point");
	damage_kills();
	return fault_end();
}
