/*
 * hygiene.c - what a process is given, and what is done to its files meanwhile:
 * forks, closed descriptors, files that are replaced or are none.
 */
#include "small.h"

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
	if (ent_log_open(small_log, NULL, &again, &err) != ENT_OK)
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

	small_make();
	log = open_log(small_log, NULL);
	pid = fork();
	if (pid == 0)
		in_child(log);
	waitpid(pid, &status, 0);
	check(status == 0, "fork: status %x", (unsigned)status);
	check(append_events(log, 4, 0, 1, 10, &done, &err) == ENT_OK,
	      "the parent goes on: %s", err.msg);
	ent_log_close(log);
	small_check("fork", SMALL_EVENTS + 2);
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

	small_make();
	progress_log = open_log(small_log, NULL);
	if (append_events(progress_log, 5, 0, 5000, 10, &done, &err) < 0)
		die("%s", err.msg);
	check(ent_log_verify(progress_log, NULL, fork_in_progress, &forks,
			     &verified, &err) == ENT_OK && forks > 0 &&
	      verified.findings == 0, "fork in a callback: %s", err.msg);
	check(append_events(progress_log, 6, 0, 1, 10, &done, &err) == ENT_OK,
	      "and an append behind it: %s", err.msg);
	ent_log_close(progress_log);
	small_check("fork in a callback", SMALL_EVENTS + 5001);
}

/* ---- descriptors ----------------------------------------------------------------- */

/* The library has no /dev/null to offer. */
static void the_library_asks_for_them(void)
{
	struct ent_log *log = NULL;
	struct ent_error err = { 0 };
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		close(1);
		_exit(ent_log_open(small_log, NULL, &log, &err) == ENT_EUSAGE &&
				      strstr(err.msg, "descriptor 1") ?
			      0 : 1);
	}
	waitpid(pid, &status, 0);
	check(status == 0, "the library opened a log while 1 was closed");
}

/* ---- files that are replaced ------------------------------------------------------ */

/* Done while the log is open.  What a read and a write then return. */
static void replace(const char *what, void (*harm)(void), int reads,
		    int writes)
{
	struct ent_log *log;
	struct ent_appended done = { 0 };
	struct ent_error err = { 0 };
	uint64_t last = 0;
	int rc;

	small_make();
	log = open_log(small_log, NULL);
	harm();
	rc = ent_log_head(log, &last, NULL, &err);
	check(rc == reads, "%s: read: %d %s", what, rc, err.msg);
	rc = append_events(log, 7, 0, 1, 10, &done, &err);
	check(rc == writes, "%s: write: %d %s", what, rc, err.msg);
	ent_log_close(log);
	if (access(small_inside("data.mdb"), F_OK) == 0)
		small_check(what, writes < 0 ? SMALL_EVENTS : SMALL_EVENTS + 1);
}

static void delete_lock(void)
{
	unlink(small_inside("lock.mdb"));
}

static void replace_lock(void)
{
	delete_lock();
	if (small_entente(small_verify, NULL, NULL) != 0) /* makes one */
		die("%s", small_run.err);
}

static void delete_writer_lock(void)
{
	unlink(small_inside("writer.lock"));
}

static void delete_data(void)
{
	unlink(small_inside("data.mdb"));
}

static void replace_data(void)
{
	copy_file(small_inside("data.mdb"), small_inside("copy"));
	if (rename(small_inside("copy"), small_inside("data.mdb")) != 0)
		die("rename");
}

static void replace_folder(void)
{
	if (rename(small_log, in_scratch("old")) != 0)
		die("rename");
	mkdir(small_log, 0700);
	copy_file(in_scratch("old/data.mdb"), small_inside("data.mdb"));
	remove_tree(in_scratch("old"));
}

/* Two writers, and writer.lock deleted between them. */
static void two_writers_without_their_lock(void)
{
	const struct ent_log_options options = { .lock_timeout_ms = 20000 };
	int status = 0, bad = 0;
	pid_t pids[4];

	small_make();
	for (unsigned n = 0; n < 4; n++) {
		pids[n] = fork();
		if (pids[n] != 0)
			continue;
		for (uint64_t i = 0; i < 50; i++) {
			struct ent_log *log = open_log(small_log, &options);
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
	small_check("writer.lock deleted", SMALL_EVENTS + 200);
}

static void files_are_replaced(void)
{
	replace("lock.mdb deleted", delete_lock, ENT_EIO, ENT_EIO);
	replace("lock.mdb replaced", replace_lock, ENT_EIO, ENT_EIO);
	replace("writer.lock deleted", delete_writer_lock, ENT_OK, ENT_OK);
	replace("data.mdb deleted", delete_data, ENT_OK, ENT_EIO);
	replace("data.mdb replaced", replace_data, ENT_OK, ENT_EIO);
	replace("the folder replaced", replace_folder, ENT_EREOPEN,
		ENT_EREOPEN);
	two_writers_without_their_lock();
}

/* ---- what is no file ---------------------------------------------------------------- */

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

			small_make();
			put_instead(kind, small_inside(small_files[n]));
			code = small_entente(small_append, NULL, NULL);
			check(code == (fine ? 0 : 4),
			      "%s is a %s: append: exit %d, status %x: %s",
			      small_files[n], kinds[kind], code,
			      (unsigned)small_run.status, small_run.err);
			/* A data.mdb of no bytes may have been cut. */
			code = small_entente(small_verify, NULL, NULL);
			check(code == (fine || n == 2 ? 0 :
				       n == 0 && kind == 3 ? 5 : 4),
			      "%s is a %s: verify: exit %d, status %x: %s",
			      small_files[n], kinds[kind], code,
			      (unsigned)small_run.status, small_run.err);
			remove_tree(in_scratch("aside"));
		}
}

int main(int argc, char **argv)
{
	fault_begin("hygiene", argc, argv);
	small_prepare();
	a_fork_opens_its_own();
	a_fork_within_a_call();
	the_library_asks_for_them();
	files_are_replaced();
	what_is_no_file();
	return fault_end();
}
