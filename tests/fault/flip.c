/*
 * flip.c - each byte of a small log changed, and each length that it may be cut to.
 *
 * One process after another reads the damaged log by every call; where a page kills
 * it (LMDB trusts them), the next goes on behind.  The program itself is run on that
 * damage, and on some of what was detected: it ends with an exit code, by no signal,
 * and makes no copy of what is damaged.
 */
#include "answers.h"
#include "fault.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	EVENTS = 24, EVENTS_FULL = 60, SECTOR = 512, STILL_MS = 15000,
	SHOWN = 10
};

enum found {
	NOTHING,   /* not looked at */
	SAME,      /* the same answers, and verify finds nothing */
	DETECTED,  /* verify, or opening, says it; answers may differ */
	UNNOTICED, /* other answers, and verify finds nothing */
	KILLED,
	HUNG,
	FOUNDS
};

/* Of one kind of damage, shared with the processes that look. */
struct shared {
	volatile uint64_t at;
	volatile uint64_t changed; /* answers differ or fail */
	volatile uint8_t found[]; /* enum found, one for each damage */
};

struct damage {
	const char *name;
	uint64_t count;
	uint64_t step; /* of those that are looked at */
	/* Damages the file fd of that many bytes. */
	void (*make)(int fd, uint64_t i);
};

static char *whole; /* data.mdb as it is */
static size_t whole_len;
static char log_dir[280], data_path[300];
static struct ent_hash expected;
static uint64_t events;

static struct answers right;

static enum found look(struct shared *shared)
{
	const struct ent_log_options options = { .read_only = true };
	struct ent_verified done = { 0 };
	struct ent_log *log = NULL;
	struct answers answers;
	bool same;
	int rc = ent_log_open(log_dir, &options, &log, NULL);

	if (rc < 0) {
		shared->changed++;
		return DETECTED;
	}
	answers = answers_of(log, events);
	same = !answers.failed && answers.hash == right.hash;
	if (!same)
		shared->changed++;
	rc = ent_log_verify(log, NULL, NULL, NULL, &done, NULL);
	ent_log_close(log);
	if (rc < 0 || done.findings > 0 ||
	    memcmp(&done.head, &expected, sizeof(expected)) != 0)
		return DETECTED;
	return same ? SAME : UNNOTICED;
}

/* ---- damage ------------------------------------------------------------------------ */

static void restore(int fd)
{
	if (ftruncate(fd, (off_t)whole_len) != 0 ||
	    pwrite(fd, whole, whole_len, 0) != (ssize_t)whole_len)
		die("restore the log: %s", strerror(errno));
}

static void flip(int fd, uint64_t i, uint8_t mask)
{
	uint8_t byte = (uint8_t)((uint8_t)whole[i] ^ mask);

	if (pwrite(fd, &byte, 1, (off_t)i) != 1)
		die("flip: %s", strerror(errno));
}

static void flip_all(int fd, uint64_t i)
{
	flip(fd, i, 0xff);
}

static void flip_bit(int fd, uint64_t i)
{
	uint64_t dice = fault.seed ^ i << 20;

	flip(fd, i, (uint8_t)(1u << roll_below(&dice, 8)));
}

static void cut(int fd, uint64_t i)
{
	if (ftruncate(fd, (off_t)(i * SECTOR)) != 0)
		die("cut: %s", strerror(errno));
}

/* A byte is put back by itself, anything else with the whole file. */
static void repair(int fd, const struct damage *damage, uint64_t i)
{
	if (damage->make == cut || file_size(data_path) != whole_len)
		restore(fd);
	else if (pwrite(fd, whole + i, 1, (off_t)i) != 1)
		die("repair: %s", strerror(errno));
}

/* ---- one process after another ------------------------------------------------------ */

static void look_from(const struct damage *damage, struct shared *shared, int fd,
		      uint64_t from)
{
	for (uint64_t i = from; i < damage->count; i += damage->step) {
		shared->at = i;
		damage->make(fd, i);
		shared->found[i] = (uint8_t)look(shared);
		repair(fd, damage, i);
	}
	shared->at = damage->count;
	_exit(0);
}

/* Waits until it ends or stands still. */
static bool watch(pid_t pid, const struct shared *shared, int *status)
{
	const struct timespec nap = { 0, 1000000 };
	uint64_t at = UINT64_MAX;
	int64_t since = now_ms();

	while (waitpid(pid, status, WNOHANG) == 0) {
		if (shared->at != at) {
			at = shared->at;
			since = now_ms();
		} else if (now_ms() - since > STILL_MS) {
			kill(pid, SIGKILL);
			waitpid(pid, status, 0);
			return false;
		}
		nanosleep(&nap, NULL);
	}
	return true;
}

/* ---- the program ---------------------------------------------------------------------- */

static char victim[280], copy[280];

static const char *const commands[][5] = {
	{ "verify", NULL },	 { "replay", "2024", NULL },
	{ "diff", "2010", "2024", NULL },
	{ "log", NULL },	 { "show", "7", NULL },
	{ "why", "/A1/members/B1", NULL },
	{ "export", NULL },	 { "export", "--format", "csv", NULL },
	{ "stat", NULL },	 { "head", NULL },
	{ "prove", "7", NULL },	 { "checkpoint", "build", NULL },
	{ "backup", copy, NULL }, { "compact", NULL },
};

enum { COMMANDS = sizeof(commands) / sizeof(*commands) };

static uint64_t runs, runs_by_code[6];

/* In a folder of its own, since some write to it. */
static void make_victim(void)
{
	remove_tree(victim);
	remove_tree(copy);
	if (mkdir(victim, 0700) != 0)
		die("%s: %s", victim, strerror(errno));
	copy_file(data_path, in_scratch("victim/data.mdb"));
}

/* What the number of the format says may be another one, then: 4. */
static bool may_end_with(size_t command, int code, bool killed)
{
	if (command == 0)
		return code == 5 || (!killed && (code == 0 || code == 4));
	return code == 0 || code == 1 || code == 4 || code == 5;
}

static void check_copies(const char *what, size_t command, int code)
{
	bool there = access(copy, F_OK) == 0;

	if (strcmp(commands[command][0], "backup") == 0)
		check(there == (code == 0), "%s: a backup, exit %d", what, code);
	if (there)
		check(verify_log(copy) >= 0, "%s: the backup", what);
	if (strcmp(commands[command][0], "compact") == 0 && code == 0)
		check(verify_log(victim) >= 0, "%s: what was compacted", what);
}

/* verify goes through all of it. */
static void run_commands(const struct damage *damage, int fd, uint64_t i,
			 bool killed)
{
	static struct run one;

	for (size_t c = 0; c < COMMANDS; c++) {
		char what[80];
		int code;

		damage->make(fd, i);
		make_victim();
		repair(fd, damage, i);
		one = (struct run){ .args = commands[c], .log = victim };
		run(&one);
		code = exit_of_run(&one);
		snprintf(what, sizeof(what), "%s %" PRIu64 ": %s", damage->name,
			 i, commands[c][0]);
		check(may_end_with(c, code, killed),
		      "%s: exit %d, status %x%s: %s", what, code,
		      (unsigned)one.status, one.hung ? " (hung)" : "", one.err);
		check_copies(what, c, code);
		runs++;
		runs_by_code[code >= 0 && code < 6 ? code : 3]++;
	}
}

/* Some of what was detected, others for each seed. */
static void run_on_detected(const struct damage *damage,
			    const struct shared *shared, int fd)
{
	uint64_t dice = fault.seed, detected = 0, most = fault.full ? 120 : 4;

	for (uint64_t i = 0; i < damage->count; i++)
		detected += shared->found[i] == DETECTED;
	for (uint64_t i = 0; i < damage->count && detected > 0; i++)
		if (shared->found[i] == DETECTED &&
		    roll_below(&dice, detected) < most)
			run_commands(damage, fd, i, false);
}

static void count(const struct damage *damage, const struct shared *shared,
		  uint64_t counts[FOUNDS])
{
	unsigned shown = 0;

	for (uint64_t i = 0; i < damage->count; i++)
		counts[shared->found[i]]++;
	for (uint64_t i = 0; i < damage->count && shown < SHOWN; i++)
		if (shared->found[i] == UNNOTICED || shared->found[i] == HUNG) {
			tell("%s %" PRIu64 " (page %" PRIu64 ", byte %" PRIu64
			     "): %s", damage->name, i, i / 4096, i % 4096,
			     shared->found[i] == HUNG ? "hung" : "unnoticed");
			shown++;
		}
}

static void tell_counts(const struct damage *damage,
			const struct shared *shared, int64_t began)
{
	uint64_t counts[FOUNDS] = { 0 };

	count(damage, shared, counts);
	tell("%s: %" PRIu64 " of %" PRIu64 ": %" PRIu64 " change nothing, %"
	     PRIu64 " detected (%" PRIu64 " with other answers), %" PRIu64
	     " kill a reader, %" PRIu64 " unnoticed, %" PRIu64 " hang; seed %"
	     PRIu64 ", %" PRId64 " ms",
	     damage->name, damage->count - counts[NOTHING], damage->count,
	     counts[SAME], counts[DETECTED], shared->changed, counts[KILLED],
	     counts[UNNOTICED], counts[HUNG], fault.seed, now_ms() - began);
	check(counts[UNNOTICED] == 0, "%s: unnoticed", damage->name);
	check(counts[HUNG] == 0, "%s: hangs", damage->name);
	fault.passed += counts[SAME] + counts[DETECTED];
}

static void harm(const struct damage *damage)
{
	size_t size = sizeof(struct shared) + damage->count;
	struct shared *shared = mmap(NULL, size, PROT_READ | PROT_WRITE,
				     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int fd = open(data_path, O_RDWR | O_CLOEXEC), status = 0;
	int64_t began = now_ms();

	if (shared == MAP_FAILED || fd < 0)
		die("%s: %s", data_path, strerror(errno));
	for (uint64_t from = 0; from < damage->count;
	     from = shared->at + damage->step) {
		pid_t pid = fork();

		if (pid == 0)
			look_from(damage, shared, fd, from);
		if (!watch(pid, shared, &status))
			shared->found[shared->at] = HUNG;
		else if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
			break;
		else if (check(WIFSIGNALED(status), "%s %" PRIu64
			       ": the reader ended, status %x", damage->name,
			       (uint64_t)shared->at, (unsigned)status))
			shared->found[shared->at] = KILLED;
		restore(fd);
		if (shared->found[shared->at] == KILLED)
			run_commands(damage, fd, shared->at, true);
	}
	run_on_detected(damage, shared, fd);
	tell_counts(damage, shared, began);
	munmap(shared, size);
	close(fd);
}

/* Corrections among them, and a checkpoint. */
static void make_log(void)
{
	const struct ent_log_options options = { .create = true };
	struct ent_log *log = open_log(log_dir, &options);
	struct ent_appended done = { 0 };
	struct ent_error err = { 0 };

	events = fault.full ? EVENTS_FULL : EVENTS;
	for (uint64_t i = 0; i < events; i += events / 2)
		if (append_events(log, 1, i, events / 2, 200, &done, &err) < 0)
			die("%s", err.msg);
	if (ent_checkpoint_build(log, 1, &err) < 0)
		die("%s", err.msg);
	expected = done.head;
	right = answers_of(log, events);
	ent_log_close(log);
	if (right.failed)
		die("the log cannot be asked");
	whole = read_file(data_path, &whole_len);
}

int main(int argc, char **argv)
{
	struct damage damages[] = {
		{ .name = "byte ^ 0xff", .make = flip_all },
		{ .name = "one bit", .make = flip_bit },
		{ .name = "cut to sectors", .make = cut },
	};

	fault_begin("flip", argc, argv);
	snprintf(log_dir, sizeof(log_dir), "%s", in_scratch("log"));
	snprintf(data_path, sizeof(data_path), "%s/data.mdb", log_dir);
	snprintf(victim, sizeof(victim), "%s", in_scratch("victim"));
	snprintf(copy, sizeof(copy), "%s", in_scratch("copy"));
	make_log();
	for (size_t d = 0; d < 3; d++) {
		damages[d].count = d < 2 ? whole_len : whole_len / SECTOR;
		damages[d].step = fault.full ? 1 : d < 2 ? 97 : 5;
		harm(&damages[d]);
	}
	tell("%" PRIu64 " runs of %d commands on damaged logs: %" PRIu64
	     " ended with 0, %" PRIu64 " with 1, %" PRIu64 " with 4, %" PRIu64
	     " with 5", runs, (int)COMMANDS, runs_by_code[0], runs_by_code[1],
	     runs_by_code[4], runs_by_code[5]);
	return fault_end();
}
