/*
 * storm_copies.c - one process appends, another compacts, backs up and redacts; one
 * of them or both are killed at any moment, again and again.
 *
 * What was acknowledged must be there and be the same: the log extends each head that
 * it has told, what was redacted stays so, a backup is there whole or not at all.
 */
#include "fault.h"

#include <dirent.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { FILLED = 400, LOG_EVENTS = 1500, LIFE_US = 15000, NAMES = 3 };

enum what { APPENDED, COMPACTED, BACKED_UP, REDACTED, WHATS };

static const char *const names[WHATS] = { "appends", "compacts", "backups",
					  "redactions" };

/* What a process says when it has done something. */
struct ack {
	enum what what;
	uint64_t number; /* that was redacted; of the backup */
	struct ent_head head;
};

struct storm {
	char log[280];
	uint64_t dice;
	uint64_t next;   /* event of the one who appends */
	uint64_t events; /* in the log */
	uint64_t kills, done[WHATS];
	bool redacted[FILLED + 1];
	struct ent_head head; /* the longest that was told */
	uint64_t life_us; /* of the two, at most */
	unsigned logs, left;
	bool backed_up[NAMES];
};

static struct storm storm;

static void acknowledge(int pipe, const struct ack *ack)
{
	if (write(pipe, ack, sizeof(*ack)) != (ssize_t)sizeof(*ack))
		_exit(3);
}

static void give_up(const char *what, const struct ent_error *err)
{
	fprintf(stderr, "%s: %s\n", what, err->msg);
	_exit(4);
}

/* ---- the two ---------------------------------------------------------------------- */

/* A log that was compacted is opened again; and so is one whose compacting was killed
 * when the lock had gone to its place, and the data had not. */
static bool is_moved(int rc)
{
	return rc == ENT_EREOPEN || rc == ENT_EIO;
}

static void append_all(int pipe)
{
	struct ent_log *log = open_log(storm.log, NULL);

	for (uint64_t next = storm.next;; next++) {
		struct ack ack = { .what = APPENDED, .number = next };
		struct ent_appended done = { 0 };
		struct ent_error err = { 0 };
		int rc;

		while (is_moved(rc = append_events(log, 0, next, 1, 100, &done,
						   &err))) {
			ent_log_close(log);
			log = open_log(storm.log, NULL);
		}
		if (rc < 0)
			give_up("append", &err);
		ack.head.size = done.head_seq;
		ack.head.root = done.head;
		acknowledge(pipe, &ack);
	}
}

static const char *backup_path(uint64_t number)
{
	return in_scratch("backup%" PRIu64, number);
}

static int redact(struct ent_log *log, uint64_t *dice, struct ack *ack,
		  struct ent_error *err)
{
	const struct ent_redact_options options = { .now_us = 1, .reason = "r" };
	struct ent_appended done = { 0 };
	int rc;

	ack->number = 1 + roll_below(dice, FILLED / 2);
	rc = ent_log_redact(log, ack->number, &options, &done, err);
	ack->head.size = done.head_seq;
	ack->head.root = done.head;
	return rc;
}

static int copy_or_redact(struct ent_log *log, uint64_t *dice, struct ack *ack,
			  struct ent_error *err)
{
	struct ent_copied copied = { 0 };
	int rc;

	if (ack->what == REDACTED)
		return redact(log, dice, ack, err);
	if (ack->what == COMPACTED) {
		rc = ent_log_compact(log, NULL, &copied, err);
	} else {
		ack->number = roll_below(dice, NAMES);
		rc = ent_log_backup(log, backup_path(ack->number), NULL,
				    &copied, err);
	}
	ack->head = (struct ent_head){ copied.events, copied.head };
	return rc;
}

static void copy_all(int pipe, uint64_t dice)
{
	for (;;) {
		struct ack ack = { .what = 1 + (enum what)roll_below(&dice, 3) };
		struct ent_log *log = open_log(storm.log, NULL);
		struct ent_error err = { 0 };
		int rc = copy_or_redact(log, &dice, &ack, &err);

		ent_log_close(log);
		if (rc == ENT_OK)
			acknowledge(pipe, &ack);
		else if (ack.what != BACKED_UP || rc != ENT_ECONFLICT)
			give_up(names[ack.what], &err);
	}
}

/* ---- killing them ------------------------------------------------------------------- */

static pid_t start(int *out_pipe, bool copies)
{
	int ends[2];
	pid_t pid;

	if (pipe(ends) != 0 || (pid = fork()) < 0)
		die("pipe or fork");
	if (pid == 0) {
		close(ends[0]);
		if (copies)
			copy_all(ends[1], storm.dice);
		append_all(ends[1]);
	}
	close(ends[1]);
	*out_pipe = ends[0];
	return pid;
}

static void take(const struct ack *ack)
{
	storm.done[ack->what]++;
	if (ack->head.size > storm.head.size)
		storm.head = ack->head;
	if (ack->what == APPENDED)
		storm.next = ack->number + 1;
	else if (ack->what == BACKED_UP)
		storm.backed_up[ack->number] = true;
	else if (ack->what == REDACTED)
		storm.redacted[ack->number] = true;
}

static void nap(uint64_t most_us)
{
	struct timespec delay = {
		0, (long)roll_below(&storm.dice, most_us) * 1000
	};

	nanosleep(&delay, NULL);
}

static void bury(pid_t pid, int pipe, const char *who)
{
	struct ack ack;
	int status = 0;

	kill(pid, SIGKILL);
	while (read(pipe, &ack, sizeof(ack)) == (ssize_t)sizeof(ack))
		take(&ack);
	close(pipe);
	waitpid(pid, &status, 0);
	check(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL,
	      "kill %" PRIu64 ": who %s ended by itself, status %x",
	      storm.kills, who, (unsigned)status);
	storm.kills++;
}

/* The one who is left goes on for a while, most times. */
static void kill_both(void)
{
	bool copier_first = roll_below(&storm.dice, 3) > 0;
	bool at_once = roll_below(&storm.dice, 3) == 0;
	int appends, copies;
	pid_t appender = start(&appends, false), copier = start(&copies, true);

	nap(storm.life_us);
	if (at_once) {
		kill(appender, SIGKILL);
		kill(copier, SIGKILL);
	}
	if (copier_first)
		bury(copier, copies, "copies");
	else
		bury(appender, appends, "appends");
	nap(storm.life_us / 4);
	if (copier_first)
		bury(appender, appends, "appends");
	else
		bury(copier, copies, "copies");
	roll(&storm.dice);
}

/* ---- what is there --------------------------------------------------------------------- */

static void check_extends(struct ent_log *log, const char *what,
			  const struct ent_head *old)
{
	struct ent_error err = { 0 };
	struct ent_head now = { 0 };

	check(ent_log_head(log, &now.size, &now.root, &err) == ENT_OK &&
	      (old->size == 0 || ent_head_extends(log, old, &now, &err) ==
					 ENT_OK),
	      "kill %" PRIu64 " of seed %" PRIu64 ": %s: %s", storm.kills,
	      fault.seed, what, err.msg);
}

static void check_redactions(struct ent_log *log)
{
	unsigned undone = 0;

	for (uint64_t seq = 1; seq <= FILLED; seq++) {
		struct ent_event *event = NULL;

		if (ent_log_get(log, seq, &event, NULL) != ENT_OK ||
		    (storm.redacted[seq] && !event->redacted))
			undone++;
		ent_event_free(event);
	}
	check(undone == 0, "kill %" PRIu64 ": %u redactions are undone",
	      storm.kills, undone);
}

/* Whether it was acknowledged or not, it is whole where it is. */
static void check_backup(struct ent_log *log, uint64_t number)
{
	const struct ent_log_options reading = { .read_only = true };
	const char *path = backup_path(number);
	struct ent_head head = { 0 };
	struct ent_log *backup;

	if (access(path, F_OK) != 0) {
		check(!storm.backed_up[number], "backup %" PRIu64 " is gone",
		      number);
		return;
	}
	check(verify_log(path) >= FILLED, "backup %" PRIu64, number);
	backup = open_log(path, &reading);
	if (ent_log_head(backup, &head.size, &head.root, NULL) == ENT_OK)
		check_extends(log, "a backup", &head);
	ent_log_close(backup);
	remove_tree(path);
	storm.backed_up[number] = false;
}

static void judge(void)
{
	int64_t found = verify_log(storm.log);
	struct ent_log *log;

	if (found < 0)
		die("kill %" PRIu64 " of seed %" PRIu64 ": the log does not verify",
		    storm.kills, fault.seed);
	storm.events = (uint64_t)found;
	log = open_log(storm.log, NULL);
	check_extends(log, "what was acknowledged", &storm.head);
	check_redactions(log);
	for (uint64_t n = 0; n < NAMES; n++)
		check_backup(log, n);
	ent_log_close(log);
}

/* ---- logs --------------------------------------------------------------------------------- */

static unsigned count_hidden(const char *dir)
{
	DIR *folder = opendir(dir);
	struct dirent *entry;
	unsigned hidden = 0;

	while (folder && (entry = readdir(folder)))
		hidden += entry->d_name[0] == '.' &&
			  strchr(entry->d_name, '-') != NULL;
	if (folder)
		closedir(folder);
	return hidden;
}

/* A copy that ends takes away what killed ones to the same place have left. */
static void sweep(void)
{
	struct ent_error err = { 0 };
	struct ent_log *log;

	if (storm.logs == 0)
		return;
	storm.left += count_hidden(storm.log) + count_hidden(fault.dir);
	log = open_log(storm.log, NULL);
	for (uint64_t n = 0; n < NAMES; n++) {
		check(ent_log_backup(log, backup_path(n), NULL, NULL, &err) ==
			      ENT_OK, "a backup at the end: %s", err.msg);
		remove_tree(backup_path(n));
	}
	check(ent_log_compact(log, NULL, NULL, &err) == ENT_OK,
	      "compact at the end: %s", err.msg);
	ent_log_close(log);
	check(count_hidden(storm.log) + count_hidden(fault.dir) == 0,
	      "hidden folders stay behind");
	remove_tree(storm.log);
}

static void new_log(void)
{
	const struct ent_log_options options = { .create = true };
	struct ent_appended done = { 0 };
	struct ent_error err = { 0 };
	struct ent_log *log;

	sweep();
	snprintf(storm.log, sizeof(storm.log), "%s",
		 in_scratch("log%u", storm.logs++));
	log = open_log(storm.log, &options);
	if (append_events(log, 0, 0, FILLED, 100, &done, &err) < 0)
		die("%s", err.msg);
	ent_log_close(log);
	storm.next = storm.events = FILLED;
	storm.head = (struct ent_head){ FILLED, done.head };
	memset(storm.redacted, 0, sizeof(storm.redacted));
}

/* Some three copies long, here and now. */
static void choose_life(void)
{
	struct ent_log *log = open_log(storm.log, NULL);
	struct ent_error err = { 0 };
	int64_t began = now_ms();

	if (ent_log_compact(log, NULL, NULL, &err) < 0)
		die("%s", err.msg);
	ent_log_close(log);
	storm.life_us = LIFE_US + 3000 * (uint64_t)(now_ms() - began);
}

int main(int argc, char **argv)
{
	unsigned rounds;
	int64_t began = now_ms();

	fault_begin("storm_copies", argc, argv);
	rounds = fault.full ? 1000 : 40;
	storm.dice = fault.seed;
	new_log();
	choose_life();
	for (unsigned i = 0; i < rounds; i++) {
		if (storm.events > LOG_EVENTS)
			new_log();
		kill_both();
		judge();
	}
	sweep();
	tell("%" PRIu64 " kills beside %" PRIu64 " appends, %" PRIu64
	     " compacts, %" PRIu64 " backups, %" PRIu64 " redactions; %u logs, "
	     "%u hidden folders left and taken away; seed %" PRIu64 ", %" PRId64
	     " ms", storm.kills, storm.done[APPENDED], storm.done[COMPACTED],
	     storm.done[BACKED_UP], storm.done[REDACTED], storm.logs, storm.left,
	     fault.seed, now_ms() - began);
	/* On a machine that is busy the short form may see few. */
	for (int what = 0; what < WHATS; what++)
		check(storm.done[what] > 0 || !fault.full, "no %s",
		      names[what]);
	check(storm.done[APPENDED] > 0 && storm.done[COMPACTED] +
	      storm.done[BACKED_UP] + storm.done[REDACTED] > 0, "nothing done");
	return fault_end();
}
