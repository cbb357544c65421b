/*
 * hygiene.c - what a process is given, and what is done to its files meanwhile:
 * forks, closed descriptors, files that are replaced or are none.
 */
#include "fault.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EVENTS = 40 };

static char log_dir[280], lines[300];
static struct run one; /* large */

static void make_log(void)
{
	const struct ent_log_options options = { .create = true };
	struct ent_log *log;
	struct ent_appended done = { 0 };
	struct ent_error err = { 0 };

	remove_tree(log_dir);
	log = open_log(log_dir, &options);
	if (append_events(log, 0, 0, EVENTS, 100, &done, &err) < 0)
		die("%s", err.msg);
	ent_log_close(log);
}

static const char *inside(const char *name)
{
	return in_scratch("log/%s", name);
}

static int entente(const char *const *args, void (*prepare)(void *arg),
		   void *arg)
{
	one = (struct run){ .args = args, .log = log_dir, .input = lines,
			    .prepare = prepare, .arg = arg };
	run(&one);
	return exit_of_run(&one);
}

static const char *const verify[] = { "verify", NULL };
static const char *const append[] = { "append", NULL };

/* The log holds that many events, and nothing is wrong with it. */
static void check_log(const char *what, int64_t events)
{
	int64_t found = verify_log(log_dir);

	check(found == events, "%s: the log has %" PRId64 " events, not %"
	      PRId64, what, found, events);
}

/* ---- fork ---------------------------------------------------------------------- */

static void in_child(struct ent_log *log)
{
	struct ent_log *again = NULL;
	struct ent_appended done = { 0 };
	struct ent_error err = { 0 };
	uint64_t last = 0;

	if (ent_log_head(log, &last, NULL, &err) != ENT_EUSAGE ||
	    !strstr(err.msg, "fork"))
		_exit(1);
	if (append_events(log, 3, 0, 1, 10, &done, &err) != ENT_EUSAGE)
		_exit(2);
	if (ent_log_open(log_dir, NULL, &again, &err) != ENT_OK)
		_exit(3);
	ent_log_close(log); /* its parent's: memory only */
	if (append_events(again, 3, 0, 1, 10, &done, &err) != ENT_OK)
		_exit(4);
	ent_log_close(again);
	_exit(0);
}

static void a_fork_opens_its_own(void)
{
	struct ent_log *log;
	struct ent_appended done = { 0 };
	struct ent_error err = { 0 };
	int status = 0;
	pid_t pid;

	make_log();
	log = open_log(log_dir, NULL);
	pid = fork();
	if (pid == 0)
		in_child(log);
	waitpid(pid, &status, 0);
	check(status == 0, "fork: status %x", (unsigned)status);
	check(append_events(log, 4, 0, 1, 10, &done, &err) == ENT_OK,
	      "the parent goes on: %s", err.msg);
	ent_log_close(log);
	check_log("fork", EVENTS + 2);
}

/* In a callback, so in the midst of a transaction. */
static int fork_within(uint64_t seq, struct ent_log *log)
{
	int status = 0;
	pid_t pid = fork();

	(void)seq;
	if (pid == 0) {
		ent_log_close(log);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	return status;
}

static struct ent_log *progress_log;

static int fork_in_progress(uint64_t done, uint64_t total, void *arg)
{
	int *forks = arg;

	(void)total;
	++*forks;
	return fork_within(done, progress_log);
}

static void a_fork_within_a_call(void)
{
	struct ent_verified verified = { 0 };
	struct ent_appended done = { 0 };
	struct ent_error err = { 0 };
	int forks = 0;

	make_log();
	progress_log = open_log(log_dir, NULL);
	if (append_events(progress_log, 5, 0, 5000, 10, &done, &err) < 0)
		die("%s", err.msg);
	check(ent_log_verify(progress_log, NULL, fork_in_progress, &forks,
			     &verified, &err) == ENT_OK && forks > 0 &&
	      verified.findings == 0, "fork in a callback: %s", err.msg);
	check(append_events(progress_log, 6, 0, 1, 10, &done, &err) == ENT_OK,
	      "and an append behind it: %s", err.msg);
	ent_log_close(progress_log);
	check_log("fork in a callback", EVENTS + 5001);
}

/* ---- descriptors ----------------------------------------------------------------- */

static void close_some(void *arg)
{
	unsigned which = *(unsigned *)arg;

	for (int fd = 0; fd <= 2; fd++)
		if (which >> fd & 1)
			close(fd);
}

/* Nothing that is printed may be in the file. */
static void check_no_output(const char *what)
{
	static const char *const prints[] = { "entente: ", "usage:",
					      "\"alliances\":", "events: order" };
	size_t len;
	char *bytes = read_file(inside("data.mdb"), &len);

	for (size_t i = 0; i < sizeof(prints) / sizeof(*prints); i++)
		check(!memmem(bytes, len, prints[i], strlen(prints[i])),
		      "%s: data.mdb holds \"%s\"", what, prints[i]);
	free(bytes);
}

static void descriptors_are_closed(void)
{
	static const char *const all[][4] = {
		{ "verify" },	   { "log" },
		{ "replay", "2024", "--json" }, { "stat" },
		{ "append" },	   { "show", "999" },
	};
	char what[64];

	for (unsigned which = 0; which < 8; which++)
		for (size_t c = 0; c < sizeof(all) / sizeof(*all); c++) {
			int code;

			make_log();
			code = entente(all[c], close_some, &which);
			snprintf(what, sizeof(what), "%s, closed %u%u%u",
				 all[c][0], which & 1, which >> 1 & 1,
				 which >> 2);
			check(code == 0 || code == 1 || code == 3 || code == 4,
			      "%s: exit %d, status %x: %s", what, code,
			      (unsigned)one.status, one.err);
			check_no_output(what);
			check(verify_log(log_dir) >= EVENTS, "%s: verify", what);
		}
}

/* The library has no /dev/null to offer. */
static void the_library_asks_for_them(void)
{
	struct ent_log *log = NULL;
	struct ent_error err = { 0 };
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		close(1);
		_exit(ent_log_open(log_dir, NULL, &log, &err) == ENT_EUSAGE &&
				      strstr(err.msg, "descriptor 1") ?
			      0 : 1);
	}
	waitpid(pid, &status, 0);
	check(status == 0, "the library opened a log while 1 was closed");
}

/* ---- files that are replaced ------------------------------------------------------ */

/* Done while the log is open: a write is refused, and so is a read where it says. */
static void replace(const char *what, void (*harm)(void), bool reads_fail,
		    bool writes_fail)
{
	struct ent_log *log;
	struct ent_appended done = { 0 };
	struct ent_error err = { 0 };
	uint64_t last = 0;
	int rc;

	make_log();
	log = open_log(log_dir, NULL);
	harm();
	rc = ent_log_head(log, &last, NULL, &err);
	check((rc == ENT_EIO) == reads_fail, "%s: read: %d %s", what, rc,
	      err.msg);
	rc = append_events(log, 7, 0, 1, 10, &done, &err);
	check((rc == ENT_EIO) == writes_fail, "%s: write: %d %s", what, rc,
	      err.msg);
	ent_log_close(log);
	if (access(inside("data.mdb"), F_OK) == 0)
		check_log(what, writes_fail ? EVENTS : EVENTS + 1);
}

static void delete_lock(void)
{
	unlink(inside("lock.mdb"));
}

static void replace_lock(void)
{
	delete_lock();
	if (entente(verify, NULL, NULL) != 0) /* makes one */
		die("%s", one.err);
}

static void delete_writer_lock(void)
{
	unlink(inside("writer.lock"));
}

static void delete_data(void)
{
	unlink(inside("data.mdb"));
}

static void replace_data(void)
{
	copy_file(inside("data.mdb"), inside("copy"));
	if (rename(inside("copy"), inside("data.mdb")) != 0)
		die("rename");
}

static void replace_folder(void)
{
	if (rename(log_dir, in_scratch("old")) != 0)
		die("rename");
	mkdir(log_dir, 0700);
	copy_file(in_scratch("old/data.mdb"), inside("data.mdb"));
	remove_tree(in_scratch("old"));
}

/* Two writers, and writer.lock deleted between them. */
static void two_writers_without_their_lock(void)
{
	const struct ent_log_options options = { .lock_timeout_ms = 20000 };
	int status = 0, bad = 0;
	pid_t pids[4];

	make_log();
	for (unsigned n = 0; n < 4; n++) {
		pids[n] = fork();
		if (pids[n] != 0)
			continue;
		for (uint64_t i = 0; i < 50; i++) {
			struct ent_log *log = open_log(log_dir, &options);
			struct ent_appended done = { 0 };

			delete_writer_lock();
			if (append_events(log, 20 + n, i, 1, 10, &done, NULL))
				_exit(1);
			ent_log_close(log);
		}
		_exit(0);
	}
	for (unsigned n = 0; n < 4; n++) {
		waitpid(pids[n], &status, 0);
		bad += status != 0;
	}
	check(bad == 0, "writer.lock deleted: %d writers failed", bad);
	check_log("writer.lock deleted", EVENTS + 200);
}

static void files_are_replaced(void)
{
	replace("lock.mdb deleted", delete_lock, true, true);
	replace("lock.mdb replaced", replace_lock, true, true);
	replace("writer.lock deleted", delete_writer_lock, false, false);
	replace("data.mdb deleted", delete_data, false, true);
	replace("data.mdb replaced", replace_data, false, true);
	replace("the folder replaced", replace_folder, true, true);
	two_writers_without_their_lock();
}

/* ---- what is no file ---------------------------------------------------------------- */

static const char *const file_names[] = { "data.mdb", "lock.mdb",
					  "writer.lock" };

static void put_instead(unsigned kind, const char *path)
{
	int fd;

	rename(path, in_scratch("aside"));
	switch (kind) {
	case 0:
		mkfifo(path, 0600);
		break;
	case 1:
		if (symlink(in_scratch("aside"), path) != 0)
			die("symlink");
		break;
	case 2:
		mkdir(path, 0700);
		break;
	default:
		fd = open(path, O_CREAT | O_WRONLY, 0600);
		close(fd);
	}
}

/* An empty lock file is a new one. */
static void what_is_no_file(void)
{
	static const char *const kinds[] = { "FIFO", "symlink", "folder",
					     "empty file" };

	for (unsigned n = 0; n < 3; n++)
		for (unsigned kind = 0; kind < 4; kind++) {
			bool fine = n > 0 && kind == 3;
			int code;

			make_log();
			put_instead(kind, inside(file_names[n]));
			code = entente(append, NULL, NULL);
			check(code == (fine ? 0 : 4),
			      "%s is a %s: append: exit %d, status %x: %s",
			      file_names[n], kinds[kind], code,
			      (unsigned)one.status, one.err);
			/* A data.mdb of no bytes may have been cut. */
			code = entente(verify, NULL, NULL);
			check(code == (fine || n == 2 ? 0 :
				       n == 0 && kind == 3 ? 5 : 4),
			      "%s is a %s: verify: exit %d, status %x: %s",
			      file_names[n], kinds[kind], code,
			      (unsigned)one.status, one.err);
			remove_tree(in_scratch("aside"));
		}
}

/* 60 events, of which the log has none. */
static void write_lines(void)
{
	FILE *file = fopen(lines, "w");
	char json[4096];

	for (uint64_t i = 0; file && i < 60; i++) {
		event_json(json, sizeof(json), 8, i, 1500);
		fprintf(file, "%s\n", json);
	}
	if (!file || fclose(file) != 0)
		die("%s", lines);
}

int main(int argc, char **argv)
{
	fault_begin("hygiene", argc, argv);
	snprintf(log_dir, sizeof(log_dir), "%s", in_scratch("log"));
	snprintf(lines, sizeof(lines), "%s", in_scratch("lines"));
	write_lines();
	a_fork_opens_its_own();
	a_fork_within_a_call();
	descriptors_are_closed();
	the_library_asks_for_them();
	files_are_replaced();
	what_is_no_file();
	return fault_end();
}
