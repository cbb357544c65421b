/*
 * storm.c - a writer is killed at any moment, again and again.
 *
 * What was acknowledged must be there, batches are there whole or not at all, and
 * the log opens and verifies each time.  The kernel keeps what was written, so
 * this says nothing about syncing.
 */
#include "fault.h"

#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 100, LOG_EVENTS = 1000, FILLED = 400, ACK_MS_MAX = 60000 };

/* How long one lives at most, us. */
static const uint64_t lives[] = { 4000, 6000, 12000 };

enum how { SINGLE, BATCHES, DERIVED, HOWS };

static const char *const names[HOWS] = {
	"single events", "batches of 100",
	"checkpoints, verify, replay"
};

struct storm {
	char log[300];
	uint64_t dice;
	uint64_t events; /* in the log */
	uint64_t kills, acked;
	uint64_t lost, torn, unopenable;
	unsigned logs;
};

static void acknowledge(int pipe, uint64_t seq)
{
	if (write(pipe, &seq, sizeof(seq)) != sizeof(seq))
		_exit(3);
}

static void append(struct ent_log *log, uint64_t *next, size_t count, int pipe)
{
	struct ent_appended done = { 0 };
	struct ent_error err = { 0 };

	if (append_events(log, 0, *next, count, 100, &done, &err) < 0) {
		fprintf(stderr, "append: %s\n", err.msg);
		_exit(4);
	}
	*next += count;
	acknowledge(pipe, done.last_seq);
}

static void derive(struct ent_log *log, unsigned turn)
{
	const struct ent_basis basis = { .at = 20000,
					 .known = ENT_KNOWN_ALL };
	struct ent_verified done = { 0 };
	struct ent_state *state = NULL;
	struct ent_error err = { 0 };
	int rc = ENT_OK;

	switch (turn % 4) {
	case 0:
		rc = ent_checkpoint_drop(log, &err);
		break;
	case 1:
		rc = ent_checkpoint_build(log, 1, &err);
		break;
	case 2:
		rc = ent_log_verify(log, NULL, NULL, NULL, &done, &err);
		break;
	default:
		rc = ent_replay(log, &basis, NULL, &state, &err);
		ent_state_free(state);
	}
	if (rc < 0 || done.findings > 0) {
		fprintf(stderr, "derive %u: %s\n", turn % 4, err.msg);
		_exit(5);
	}
}

static void work(const struct storm *storm, enum how how, int pipe)
{
	const struct ent_log_options options = { .create = true };
	struct ent_log *log = open_log(storm->log, &options);
	uint64_t next = storm->events;

	for (unsigned turn = 0;; turn++) {
		if (how == DERIVED && turn % 5 > 0)
			derive(log, turn % 5 - 1);
		else if (how == BATCHES)
			append(log, &next, BATCH, pipe);
		else
			append(log, &next, 1, pipe);
	}
}

/* Kills it after a while; the last number that it acknowledged. */
static uint64_t kill_one(struct storm *storm, enum how how)
{
	struct timespec delay = {
		0, (long)roll_below(&storm->dice, lives[how]) * 1000
	};
	struct pollfd told = { .events = POLLIN }; /* the first acknowledgement */
	uint64_t acked = storm->events, seq;
	int ends[2], status = 0;
	pid_t pid;

	if (pipe(ends) != 0 || (pid = fork()) < 0)
		die("pipe or fork");
	if (pid == 0) {
		close(ends[0]);
		work(storm, how, ends[1]);
	}
	close(ends[1]);
	told.fd = ends[0];
	if (storm->kills % 8 == 7) /* on a machine that is busy the others come early */
		poll(&told, 1, ACK_MS_MAX);
	if (roll_below(&storm->dice, 8) > 0) /* else while it opens */
		delay.tv_nsec += 1000000;
	nanosleep(&delay, NULL);
	kill(pid, SIGKILL);
	while (read(ends[0], &seq, sizeof(seq)) == sizeof(seq)) {
		acked = seq;
		storm->acked++;
	}
	close(ends[0]);
	waitpid(pid, &status, 0);
	check(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL,
	      "kill %" PRIu64 ": the writer ended by itself, status %x",
	      storm->kills, (unsigned)status);
	storm->kills++;
	return acked;
}

static void judge(struct storm *storm, enum how how, uint64_t acked)
{
	int64_t found = access(storm->log, F_OK) == 0 ? verify_log(storm->log) :
							0;

	if (found < 0) {
		storm->unopenable++;
		die("kill %" PRIu64 " of seed %" PRIu64 ": the log does not "
		    "verify", storm->kills, fault.seed);
	}
	if ((uint64_t)found < acked)
		storm->lost++;
	if (how == BATCHES && ((uint64_t)found - storm->events) % BATCH != 0)
		storm->torn++;
	storm->events = (uint64_t)found;
}

/* Enough for checkpoints to take a while. */
static void fill(struct storm *storm)
{
	const struct ent_log_options options = { .create = true };
	struct ent_log *log = open_log(storm->log, &options);
	struct ent_appended done = { 0 };
	struct ent_error err = { 0 };

	if (append_events(log, 0, 0, FILLED, 100, &done, &err) < 0)
		die("%s", err.msg);
	ent_log_close(log);
	storm->events = FILLED;
}

static void new_log(struct storm *storm, enum how how)
{
	if (storm->logs > 0)
		remove_tree(storm->log);
	snprintf(storm->log, sizeof(storm->log), "%s",
		 in_scratch("log%u", storm->logs++));
	storm->events = 0;
	if (how == DERIVED)
		fill(storm);
}

static void rage(enum how how, unsigned kills)
{
	struct storm storm = { .dice = fault.seed * HOWS + how };
	int64_t began = now_ms();

	new_log(&storm, how);
	for (unsigned i = 0; i < kills; i++) {
		uint64_t acked;

		if (storm.events > LOG_EVENTS)
			new_log(&storm, how);
		acked = kill_one(&storm, how);
		judge(&storm, how, acked);
	}
	tell("%s: %" PRIu64 " kills, %" PRIu64 " acknowledged, %u logs; %"
	     PRIu64 " lost, %" PRIu64 " torn, %" PRIu64 " that do not open; "
	     "seed %" PRIu64 ", %" PRId64 " ms", names[how], storm.kills,
	     storm.acked, storm.logs, storm.lost, storm.torn, storm.unopenable,
	     fault.seed, now_ms() - began);
	check(storm.lost + storm.torn + storm.unopenable == 0, "%s",
	      names[how]);
	check(storm.acked > 0, "%s: nothing was acknowledged", names[how]);
	remove_tree(storm.log);
}

int main(int argc, char **argv)
{
	static const unsigned kills[2][HOWS] = { { 120, 80, 50 },
						 { 5000, 3000, 2000 } };

	fault_begin("storm", argc, argv);
	for (int how = 0; how < HOWS; how++)
		rage((enum how)how, kills[fault.full][how]);
	return fault_end();
}
