/*
 * many.c - many processes on one log: writers that compare the head, readers that
 * verify, writers that are stopped and killed, a map that outgrows all of them.
 */
#include "fault.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WRITERS = 32, READERS = 8, EACH_MAX = 500, ROUGH = 8, GROWERS = 4 };

/* Shared by all. */
struct shared {
	volatile bool stop;
	uint64_t verified; /* whole verifies by readers */
	uint64_t bad;
	uint64_t conflicts; /* another writer was ahead */
};

static struct shared *shared;
static char log_dir[280];

static void count(uint64_t *counter)
{
	__atomic_add_fetch(counter, 1, __ATOMIC_RELAXED);
}

static void complain(const char *who, const struct ent_error *err)
{
	printf("  FAIL  fault-many: %s: %s\n", who, err->msg);
	count(&shared->bad);
	_exit(1);
}

static pid_t start(void (*work)(unsigned n), unsigned n)
{
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	work(n);
	_exit(0);
}

static void wait_for(const pid_t *pids, size_t count, const char *who)
{
	int status = 0;

	for (size_t i = 0; i < count; i++) {
		waitpid(pids[i], &status, 0);
		check(status == 0, "%s %zu: status %x", who, i,
		      (unsigned)status);
	}
}

/* ---- compare and swap ------------------------------------------------------------ */

static unsigned each;

static int append_at(struct ent_log *log, uint64_t head, unsigned writer,
		     uint64_t i, struct ent_error *err)
{
	const struct ent_append_options options = { .now_us = 1,
						    .has_expected_head = true,
						    .expected_head = head };
	struct ent_batch *batch = NULL;
	struct ent_appended done = { 0 };
	char json[4096];
	int rc = ent_batch_new(&batch, err);

	event_json(json, sizeof(json), writer, i, 20);
	if (rc == ENT_OK)
		rc = ent_batch_add(batch, json, strlen(json), NULL, err);
	if (rc == ENT_OK)
		rc = ent_log_append(log, batch, &options, &done, err);
	ent_batch_free(batch);
	return rc;
}

static void write_each(unsigned n)
{
	const struct ent_log_options options = { .lock_timeout_ms = 120000 };
	struct ent_log *log = open_log(log_dir, &options);
	struct ent_error err = { 0 };

	for (uint64_t i = 0; i < each;) {
		uint64_t head = 0;
		int rc = ent_log_head(log, &head, NULL, &err);

		if (rc == ENT_OK)
			rc = append_at(log, head, n, i, &err);
		if (rc == ENT_OK)
			i++;
		else if (rc == ENT_ECONFLICT)
			count(&shared->conflicts);
		else
			complain("writer", &err);
	}
	ent_log_close(log);
}

static void verify_on_and_on(unsigned n)
{
	const struct ent_log_options options = { .read_only = true };
	struct ent_log *log = open_log(log_dir, &options);
	struct ent_verified done = { 0 };
	struct ent_error err = { 0 };
	uint64_t before = 0;

	(void)n;
	while (!shared->stop) {
		if (ent_log_verify(log, NULL, NULL, NULL, &done, &err) < 0)
			complain("reader", &err);
		if (done.findings > 0 || done.events < before)
			count(&shared->bad);
		before = done.events;
		count(&shared->verified);
	}
	ent_log_close(log);
}

static void make_log(const char *name)
{
	const struct ent_log_options options = { .create = true };

	snprintf(log_dir, sizeof(log_dir), "%s", in_scratch("%s", name));
	ent_log_close(open_log(log_dir, &options));
	memset(shared, 0, sizeof(*shared));
}

/* Each event of each writer is there once: their ids are of their content. */
static void check_each(unsigned writers, uint64_t events)
{
	uint8_t *seen = calloc(writers, EACH_MAX);
	struct ent_log *log = open_log(log_dir, NULL);
	struct ent_cursor *cursor = NULL;
	struct ent_event *event = NULL;
	uint64_t found = 0, twice = 0;
	unsigned writer, i;

	if (!seen || ent_log_read(log, NULL, &cursor, NULL) < 0)
		die("read the log");
	while (ent_cursor_next(cursor, &event, NULL) == ENT_OK) {
		if (sscanf(event->summary, "%u/%u", &writer, &i) == 2 &&
		    writer < writers && i < EACH_MAX) {
			twice += seen[writer * EACH_MAX + i]++;
			found++;
		}
		ent_event_free(event);
	}
	ent_cursor_close(cursor);
	ent_log_close(log);
	free(seen);
	check(found == events && twice == 0, "%" PRIu64 " of %" PRIu64
	      " events, %" PRIu64 " twice", found, events, twice);
}

static void compare_and_swap(void)
{
	pid_t writers[WRITERS], readers[READERS];
	int64_t began = now_ms(), found;
	uint64_t events;

	each = fault.full ? 500 : 10;
	events = (uint64_t)WRITERS * each;
	make_log("swap");
	for (unsigned i = 0; i < READERS; i++)
		readers[i] = start(verify_on_and_on, i);
	for (unsigned i = 0; i < WRITERS; i++)
		writers[i] = start(write_each, i);
	wait_for(writers, WRITERS, "writer");
	shared->stop = true;
	wait_for(readers, READERS, "reader");
	found = verify_log(log_dir);
	tell("%d writers of %u: %" PRId64 " of %" PRIu64 " events, %" PRIu64
	     " conflicts; %d readers: %" PRIu64 " verifies, %" PRIu64
	     " bad; %" PRId64 " ms", WRITERS, each, found, events,
	     shared->conflicts, READERS, shared->verified, shared->bad,
	     now_ms() - began);
	check(found == (int64_t)events && shared->bad == 0, "writers");
	check(shared->verified >= READERS, "%" PRIu64 " verifies",
	      shared->verified);
	check_each(WRITERS, events);
}

/* ---- stopped and killed ------------------------------------------------------------ */

static void write_on(unsigned n)
{
	const struct ent_log_options options = { .lock_timeout_ms = 60000 };
	struct ent_log *log = open_log(log_dir, &options);
	struct ent_appended done = { 0 };
	struct ent_error err = { 0 };
	unsigned life = (unsigned)getpid();

	for (uint64_t i = 0; !shared->stop; i++)
		if (append_events(log, n * 100000 + life % 100000, i * 4,
				  1 + i % 3, 50, &done, &err) < 0)
			complain("rough writer", &err);
	ent_log_close(log);
}

static void hit(pid_t *pid, unsigned n, uint64_t *dice)
{
	const struct timespec still = {
		0, (long)roll_below(dice, 20) * 1000000
	};
	int status;

	if (roll_below(dice, 2) == 0) {
		kill(*pid, SIGSTOP);
		nanosleep(&still, NULL);
		kill(*pid, SIGCONT);
		return;
	}
	kill(*pid, SIGKILL);
	waitpid(*pid, &status, 0);
	*pid = start(write_on, n);
}

static void treat_roughly(void)
{
	uint64_t dice = fault.seed;
	unsigned hits = fault.full ? 1000 : 60;
	pid_t writers[ROUGH];
	int64_t began = now_ms(), found;

	make_log("rough");
	for (unsigned i = 0; i < ROUGH; i++)
		writers[i] = start(write_on, i);
	for (unsigned i = 0; i < hits; i++) {
		const struct timespec pause = {
			0, (long)roll_below(&dice, 8) * 1000000
		};
		unsigned n = (unsigned)roll_below(&dice, ROUGH);

		nanosleep(&pause, NULL);
		hit(&writers[n], n, &dice);
	}
	shared->stop = true;
	wait_for(writers, ROUGH, "rough writer");
	found = verify_log(log_dir);
	tell("%d writers, %u stops and kills: %" PRId64 " events, %" PRIu64
	     " failures; seed %" PRIu64 ", %" PRId64 " ms", ROUGH, hits, found,
	     shared->bad, fault.seed, now_ms() - began);
	check(found > 0 && shared->bad == 0, "stops and kills");
}

/* ---- waiting for a stopped writer --------------------------------------------------- */

static int hold(uint64_t done, uint64_t total, void *arg)
{
	(void)done;
	(void)total;
	(void)arg;
	return 0;
}

/* A long append, stopped in the midst of it. */
static void append_much(unsigned n)
{
	struct ent_log *log = open_log(log_dir, NULL);
	struct ent_appended done = { 0 };
	struct ent_error err = { 0 };

	shared->verified = 1;
	for (uint64_t i = 0;; i += 2000)
		if (append_events(log, n, i, 2000, 10, &done, &err) < 0)
			complain("holder", &err);
}

/* Stops it until it holds the lock: 0 where it never does. */
static bool stop_while_it_writes(pid_t pid, struct ent_log *log, int64_t *waited,
				 struct ent_error *err)
{
	struct ent_appended done = { 0 };

	for (int tries = 0; tries < 200; tries++) {
		const struct timespec pause = { 0, 3000000 };
		int64_t began;

		nanosleep(&pause, NULL);
		kill(pid, SIGSTOP);
		began = now_ms();
		if (append_events(log, 9, (uint64_t)tries, 1, 10, &done,
				  err) == ENT_EBUSY) {
			*waited = now_ms() - began;
			return true;
		}
		kill(pid, SIGCONT);
	}
	return false;
}

static void wait_no_longer(void)
{
	const struct ent_log_options options = { .lock_timeout_ms = 1000 };
	struct ent_verified verified = { 0 };
	struct ent_error err = { 0 };
	struct ent_log *log;
	char named[64];
	int64_t waited = 0;
	int status;
	pid_t pid;

	make_log("held");
	pid = start(append_much, 1);
	log = open_log(log_dir, &options);
	if (check(stop_while_it_writes(pid, log, &waited, &err),
		  "the writer was never stopped while it had the lock")) {
		snprintf(named, sizeof(named), "(process %ld)", (long)pid);
		tell("a stopped writer: %" PRId64 " ms of 1000: %s", waited,
		     err.msg);
		check(waited >= 990 && waited <= 1500, "waited %" PRId64 " ms",
		      waited);
		check(access("/proc/locks", R_OK) != 0 ||
		      strstr(err.msg, named), "names nobody: %s", err.msg);
		check(ent_log_verify(log, NULL, hold, NULL, &verified, &err) ==
		      ENT_OK && verified.findings == 0, "readers go on: %s",
		      err.msg);
	}
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	ent_log_close(log);
	check(verify_log(log_dir) >= 0, "behind it");
}

/* ---- a map that grows ---------------------------------------------------------------- */

static void grow(unsigned n)
{
	const struct ent_log_options options = { .map_bytes = 1 << 20,
						 .lock_timeout_ms = 60000 };
	struct ent_log *log = open_log(log_dir, &options);
	const struct ent_basis basis = { .at = 19000, .known = ENT_KNOWN_ALL };
	unsigned batches = fault.full ? 60 : 12;
	struct ent_appended done = { 0 };
	struct ent_error err = { 0 };

	for (uint64_t i = 0; i < batches; i++) {
		struct ent_state *state = NULL;
		size_t size = 1 + (i * 7 + n) % 90;

		if (append_events(log, n, i * 100, size, 20 + 1900 * (i % 2),
				  &done, &err) < 0 ||
		    ent_replay(log, &basis, NULL, &state, &err) < 0)
			complain("grower", &err);
		ent_state_free(state);
		__atomic_add_fetch(&shared->conflicts, size, __ATOMIC_RELAXED);
	}
	ent_log_close(log);
}

static void grow_all(void)
{
	pid_t writers[GROWERS], readers[2];
	int64_t found;

	make_log("grow");
	for (unsigned i = 0; i < 2; i++)
		readers[i] = start(verify_on_and_on, i);
	for (unsigned i = 0; i < GROWERS; i++)
		writers[i] = start(grow, i);
	wait_for(writers, GROWERS, "grower");
	shared->stop = true;
	wait_for(readers, 2, "reader");
	found = verify_log(log_dir);
	tell("a map of 1 MiB, %d writers: %" PRId64 " of %" PRIu64 " events, %"
	     PRIu64 " MiB", GROWERS, found, shared->conflicts,
	     file_size(in_scratch("grow/data.mdb")) >> 20);
	check(found == (int64_t)shared->conflicts && shared->bad == 0, "growth");
	check(file_size(in_scratch("grow/data.mdb")) > 2 << 20,
	      "the map never grew");
}

int main(int argc, char **argv)
{
	fault_begin("many", argc, argv);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		die("mmap");
	compare_and_swap();
	treat_roughly();
	wait_no_longer();
	grow_all();
	return fault_end();
}
