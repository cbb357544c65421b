/*
 * test_stop.c - long work: what a terminal shows of it, and what an interrupt
 * leaves behind.
 *
 *     test_stop PROGRAM
 *
 * Lines come through pipes with a name, so that the program waits where the test
 * wants it to; nothing depends on how fast anything is.
 */
#include "terminal.h"

#include <fcntl.h>
#include <lmdb.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINES = 10, BATCH = 3, MANY = 9000, DAYS = 200 };

/* ---- events, and where they come from ---------------------------------- */

static const char *event_line(int n)
{
	static char line[128];

	snprintf(line, sizeof(line),
		 "{\"type\":\"x.note\",\"date\":\"2024\",\"source\":{\"title\":"
		 "\"T%d\"}}\n", n);
	return line;
}

static void write_events(const char *name, int count)
{
	FILE *file = fopen(path(name), "w");

	for (int i = 1; file && i <= count; i++)
		fputs(event_line(i), file);
	if (!file || fclose(file) != 0)
		die(name);
}

static void make_pipe(const char *name)
{
	if (mkfifo(path(name), 0600) != 0)
		die(name);
}

/* Comes back when the program has opened it too; -1 where it does not. */
static int open_pipe(const char *name)
{
	int fd = -1;

	for (int i = 0; fd < 0 && i < WAIT_MS / PEEK_MS; i++) {
		fd = open(path(name), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
		if (fd < 0)
			poll(NULL, 0, PEEK_MS);
	}
	check(fd >= 0, "nobody reads %s", name);
	return fd;
}

static void feed(int fd, int first, int last)
{
	for (int i = first; i <= last; i++) {
		const char *line = event_line(i);

		check(write(fd, line, strlen(line)) == (ssize_t)strlen(line),
		      "line %d cannot be written", i);
	}
}

/* Wait until a command prints text. */
static void await(const char *arguments, const char *text)
{
	const char *got = output("%s", arguments);

	for (int i = 0; !strstr(got, text) && i < WAIT_MS / PEEK_MS; i++) {
		poll(NULL, 0, PEEK_MS);
		got = output("%s", arguments);
	}
	check_has(got, text);
}

/* Wait until nothing is left in the pipe: the program has it. */
static void await_read(int fd)
{
	int left = 1;

	for (int i = 0; left > 0 && i < WAIT_MS / PEEK_MS; i++) {
		if (ioctl(fd, FIONREAD, &left) != 0)
			die("FIONREAD");
		if (left > 0)
			poll(NULL, 0, PEEK_MS);
	}
	check(left == 0, "%d bytes are not read", left);
}

static void check_code(int code, int wanted)
{
	check(code == wanted, "exit code %d, not %d", code, wanted);
}

/* ---- append ------------------------------------------------------------ */

static const char in_batches[] = "exec \"$ENTENTE\" append --batch 3 in";

/* The events of a log, but for when they were recorded. */
static const char *events_of(const char *log)
{
	return output("--log %s export | sed 's/\"recorded\":\"[^\"]*\"//; "
		      "s/\"hash\":\"[^\"]*\"//'", log);
}

static void check_same_as_uninterrupted(void)
{
	char *whole;

	write_events("all.jsonl", LINES);
	check_has(output("--log whole append --batch 3 all.jsonl"),
		  "appended events 1 to 10 (10 new, 0 already there)");
	whole = strdup(events_of("whole"));
	if (!whole)
		die("strdup");
	check_has(whole, "\"title\":\"T10\"");
	check(strcmp(whole, events_of("entente.lmdb")) == 0,
	      "the two logs differ: %s", whole);
	free(whole);
}

static void test_batches(void)
{
	struct session session;
	int fd;

	begin_in_folder("batches");
	make_pipe("in");
	session = start(in_batches);
	fd = open_pipe("in");
	feed(fd, 1, 7);
	await("stat", "events      6,");
	kill(session.pid, SIGINT);
	see(&session, "entente: append: stopped: 6 events are in the log\r\n"
		      "hint: run the same command again, with the same lines, to "
		      "go on: what is in the log already is not written twice");
	check_code(end(&session), 128 + SIGINT);
	close(fd);
	check_has(output("verify"), "6 events: order, hashes, tree, ids, indexes, "
				    "checkpoints ok");

	session = start(in_batches);
	fd = open_pipe("in");
	feed(fd, 1, LINES);
	close(fd);
	see(&session, "appended events 7 to 10 (4 new, 6 already there)");
	check_code(end(&session), 0);
	check_has(output("verify"), "10 events: order, hashes, tree, ids, indexes, "
				    "checkpoints ok");
	check_same_as_uninterrupted();
	finish();
}

static void test_all_or_nothing(void)
{
	struct session session;
	int fd;

	begin_in_folder("all or nothing");
	make_pipe("in");
	session = start("exec \"$ENTENTE\" append in");
	fd = open_pipe("in");
	feed(fd, 1, LINES);
	kill(session.pid, SIGTERM);
	see(&session, "entente: append: stopped: nothing was appended");
	check_code(end(&session), 128 + SIGTERM);
	close(fd);
	check(access(path("entente.lmdb"), F_OK) != 0, "a log was made");
	finish();
}

static int lock_log(void)
{
	int fd = open(path("entente.lmdb/writer.lock"), O_RDWR | O_CLOEXEC);

	if (fd < 0 || flock(fd, LOCK_EX) != 0)
		die("writer.lock");
	return fd;
}

/* Another writer holds the second batch up.  Whether the signal comes ahead of
 * that batch or within it: what is said is what is there. */
static void test_within_a_batch(void)
{
	struct session session;
	const char *said;
	int fd, lock, count = 0;
	char wanted[64];

	begin_in_folder("within a batch");
	check_has(output("init"), "made an empty log");
	make_pipe("in");
	session = start(in_batches);
	fd = open_pipe("in");
	feed(fd, 1, BATCH);
	await("stat", "events      3,");
	lock = lock_log();
	feed(fd, BATCH + 1, 2 * BATCH);
	await_read(fd);
	kill(session.pid, SIGINT);
	close(lock);
	see(&session, "are in the log");
	check_code(end(&session), 128 + SIGINT);
	close(fd);
	said = output("stat");
	check(sscanf(said, "events %d", &count) == 1, "no count: %s", said);
	check(count == BATCH || count == 2 * BATCH, "%d events", count);
	snprintf(wanted, sizeof(wanted), "%d events: order", count);
	check_has(output("verify"), wanted);
	finish();
}

static void test_said_is_there(void)
{
	for (int i = 1; i <= 3; i++) {
		struct session session;
		int fd, count = -1, said = 0;

		begin_in_folder("what is said is there");
		check_has(output("init"), "made an empty log");
		make_pipe("in");
		session = start(in_batches);
		fd = open_pipe("in");
		feed(fd, 1, i * BATCH);
		await_read(fd);
		kill(session.pid, SIGINT);
		see(&session, "append: stopped: ");
		check_code(wait_end(&session), 128 + SIGINT);
		sscanf(session.screen + session.seen, "%d event", &said);
		release(&session);
		close(fd);
		sscanf(output("stat"), "events %d", &count);
		check(said == count, "%d are said, %d are there", said, count);
		finish();
	}
}

/* The lock is not given back: only the second signal can end it so soon. */
static void test_second_signal(void)
{
	struct session session;
	int fd, lock;

	begin_in_folder("second signal");
	check_has(output("init"), "made an empty log");
	make_pipe("in");
	lock = lock_log();
	session = start(in_batches);
	fd = open_pipe("in");
	feed(fd, 1, BATCH);
	await_read(fd);
	kill(session.pid, SIGINT);
	kill(session.pid, SIGTERM);
	check(wait_end(&session) > 128, "it goes on");
	check_has_not(session.screen, "another");
	release(&session);
	close(fd);
	close(lock);
	check_has(output("verify"), "0 events");
	finish();
}

/* As nohup and jobs in the background have it. */
static void test_ignored(void)
{
	struct session session;
	int fd;

	begin_in_folder("ignored");
	make_pipe("in");
	session = start("trap '' INT; exec \"$ENTENTE\" append in");
	fd = open_pipe("in");
	feed(fd, 1, 2);
	kill(session.pid, SIGINT);
	feed(fd, 3, 4);
	close(fd);
	see(&session, "appended events 1 to 4");
	check_code(end(&session), 0);
	finish();
}

static void test_import(void)
{
	struct session session;
	int fd;

	begin_in_folder("import");
	make_pipe("in");
	session = start("exec \"$ENTENTE\" import csv --map atop in");
	fd = open_pipe("in");
	kill(session.pid, SIGINT);
	see(&session, "entente: import: stopped: nothing was appended");
	check_code(end(&session), 128 + SIGINT);
	close(fd);
	check(access(path("entente.lmdb"), F_OK) != 0, "a log was made");
	finish();
}

/* ---- what must be removed ----------------------------------------------- */

/* A dry run without a log makes one in $TMPDIR.  Its answer is longer than the
 * terminal takes while nobody reads it. */
static void test_dry_run(void)
{
	struct session session;
	FILE *file;

	begin_in_folder("dry run");
	file = fopen(path("in.jsonl"), "w");
	for (int i = 0; file && i < DAYS; i++)
		fprintf(file, "{\"type\":\"member.joined\",\"alliance\":\"A\","
			"\"actor\":\"A%d\",\"date\":\"%d-%02d-%02d\",\"source\":"
			"{\"title\":\"T\"}}\n", i, 1900 + i / 336,
			1 + i / 28 % 12, 1 + i % 28);
	if (!file || fclose(file) != 0)
		die("in.jsonl");
	session = start("exec \"$ENTENTE\" append --dry-run in.jsonl");
	see(&session, "at the end of 1900-01-01 would change:");
	check_has(output("version >/dev/null; ls"), "entente-");
	kill(session.pid, SIGINT);
	see(&session, "entente: append: stopped; nothing is written by a dry "
		      "run");
	check_code(end(&session), 128 + SIGINT);
	check_has_not(output("version >/dev/null; ls"), "entente-");
	finish();
}

/* Whenever the signal comes: the file is there whole, or nothing is. */
static void test_export(void)
{
	struct session session;
	const char *left;
	int code;

	begin_in_folder("export");
	write_events("many.jsonl", MANY);
	check_has(output("append --no-sync many.jsonl"), "appended events 1 to");
	session = start("exec \"$ENTENTE\" export -o out");
	await("version >/dev/null; ls", "out");
	kill(session.pid, SIGINT);
	code = wait_end(&session);
	left = output("version >/dev/null; ls; cat out 2>/dev/null | wc -l");
	check_has_not(left, "out.");
	if (strstr(session.screen, "export: stopped: out was not written"))
		check_has_not(left, "out\n");
	else
		check_has(left, "9000\n");
	check(code == 128 + SIGINT || strstr(left, "9000\n"), "exit code %d",
	      code);
	release(&session);
	finish();
}

/* Likewise: the folder is there whole, or nothing is. */
static void test_backup(void)
{
	struct session session;
	const char *left;
	int code;

	begin_in_folder("backup");
	write_events("many.jsonl", MANY);
	check_has(output("append --no-sync many.jsonl"), "appended events 1 to");
	session = start("exec \"$ENTENTE\" backup out");
	await("version >/dev/null; ls -A", "out");
	kill(session.pid, SIGINT);
	code = wait_end(&session);
	left = output("version >/dev/null; ls -A");
	check_has_not(left, ".out.copy");
	if (strstr(session.screen, "entente: backup out: stopped"))
		check_has_not(left, "out\n");
	else
		check_has(output("--log out verify"), "9000 events: order");
	check(code == 128 + SIGINT || strstr(session.screen, "verified"),
	      "exit code %d", code);
	release(&session);
	finish();
}

/* ---- verify ------------------------------------------------------------ */

static void check_mdb(int rc)
{
	if (rc == 0)
		return;
	fprintf(stderr, "lmdb: %s\n", mdb_strerror(rc));
	exit(2);
}

/* A log in which every event has a finding: more of them than the terminal takes
 * while nobody reads it, so that verify waits long before its end. */
static void make_damaged_log(void)
{
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi ids;

	write_events("many.jsonl", MANY);
	check_has(output("append --no-sync many.jsonl"), "appended events 1 to");
	check_mdb(mdb_env_create(&env));
	check_mdb(mdb_env_set_maxdbs(env, 16));
	check_mdb(mdb_env_open(env, path("entente.lmdb"), 0, 0600));
	check_mdb(mdb_txn_begin(env, NULL, 0, &txn));
	check_mdb(mdb_dbi_open(txn, "id_runs", 0, &ids));
	check_mdb(mdb_drop(txn, ids, 0));
	check_mdb(mdb_txn_commit(txn));
	mdb_env_close(env);
}

static void test_verify(void)
{
	struct session session;

	begin_in_folder("verify");
	make_damaged_log();
	session = start("exec \"$ENTENTE\" verify");
	see(&session, "entente: event 1: its id is not in the index of ids");
	kill(session.pid, SIGINT);
	see(&session, "entente: verify: stopped after 4,096 of 9,000 events: "
		      "4,096 things are wrong so far");
	check_has_not(session.screen, "event 4097");
	check_code(end(&session), 128 + SIGINT);

	/* Not told to stop: half a second later it says how far it is, and wipes
	 * that ahead of the next message. */
	session = start("exec \"$ENTENTE\" verify");
	see(&session, "entente: event 1: its id is not in the index of ids");
	poll(NULL, 0, 700);
	see(&session, "\rentente: verify: 4,096 of 9,000 (45 %), ");
	see(&session, " left\x1b[K\r\x1b[Kentente: event 4097: its id");
	see(&session, "things are wrong");
	check_code(end(&session), 5);
	finish();
}

/* ---- progress ---------------------------------------------------------- */

/* The same lines go to a program at a terminal, to one whose messages go into a
 * pipe, and to one at a terminal that cannot go back in a line, until the first
 * has told how far it is. */
static void test_progress(void)
{
	static const char *const commands[] = {
		"exec \"$ENTENTE\" --log log0 append in0",
		"\"$ENTENTE\" --log log1 append in1 2>&1 | cat",
		"TERM=dumb exec \"$ENTENTE\" --log log2 append in2",
	};
	struct session sessions[3];
	int fds[3], fed = 0;

	begin_in_folder("progress");
	for (int i = 0; i < 3; i++) {
		char name[] = "in0";

		name[2] = (char)('0' + i);
		make_pipe(name);
		sessions[i] = start(commands[i]);
		fds[i] = open_pipe(name);
	}
	while (!strstr(sessions[0].screen, "entente: append: ") &&
	       fed < WAIT_MS / PEEK_MS) {
		fed++;
		for (int i = 0; i < 3; i++)
			feed(fds[i], fed, fed);
		read_some(&sessions[0], PEEK_MS);
	}
	for (int i = 0; i < 3; i++)
		close(fds[i]);
	see(&sessions[0], "\rentente: append: ");
	see(&sessions[0], " lines\x1b[K");
	see(&sessions[0], "\r\x1b[Kappended events 1 to");
	for (int i = 1; i < 3; i++) {
		see(&sessions[i], "appended events 1 to");
		check_has_not(sessions[i].screen, "entente:");
		check_has_not(sessions[i].screen, "\x1b");
	}
	for (int i = 0; i < 3; i++)
		check_code(end(&sessions[i]), 0);
	finish();
}

/* The line is wiped, too, when a signal ends the program. */
static void test_progress_is_wiped(void)
{
	struct session session;
	int fd, fed = 0;

	begin_in_folder("progress is wiped");
	make_pipe("in");
	session = start("exec \"$ENTENTE\" append in");
	set_size(&session, 24);
	fd = open_pipe("in");
	while (!strstr(session.screen, " lin") && fed < WAIT_MS / PEEK_MS) {
		fed++;
		feed(fd, fed, fed);
		read_some(&session, PEEK_MS);
	}
	kill(session.pid, SIGINT);
	see(&session, "\r\x1b[Kentente: append: stopped: nothing");
	check_code(end(&session), 128 + SIGINT);
	close(fd);
	finish();
}

int main(int argc, char **argv)
{
	if (argc != 2 || !realpath(argv[1], program)) {
		fprintf(stderr, "usage: test_stop PROGRAM\n");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGPIPE, SIG_IGN);
	if (!has_terminals()) {
		printf("  skip  stop: this system has no pseudo terminals\n"
		       "stop: 0 passed, 0 failed, 1 skipped\n");
		return 0;
	}
	test_batches();
	test_all_or_nothing();
	test_within_a_batch();
	test_said_is_there();
	test_second_signal();
	test_ignored();
	test_import();
	test_dry_run();
	test_export();
	test_backup();
	test_verify();
	test_progress();
	test_progress_is_wiped();
	printf("stop: %u passed, %u failed, 0 skipped\n", passed, failed);
	return failed > 0;
}
