/*
 * test_backup.c - copies of a log: whole or not there, and who has the old file open.
 */
#include "logs.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "doors/store.h"

/* Writers pause, so that the log stays short and nobody starves. */
enum { WRITERS = 4, BACKUPS = 50, ROUNDS = 12, PAUSE_MS = 3 };

static const char *beside(const char *name)
{
	static char paths[4][160];
	static unsigned turn;
	char *path = paths[turn++ % 4];

	snprintf(path, sizeof(paths[0]), "%s/%s", logs_folder, name);
	return path;
}

/* Names in a folder but . and .. */
static size_t count_names(const char *dir)
{
	DIR *folder = opendir(dir);
	size_t count = 0;

	assert_non_null(folder);
	while (readdir(folder))
		count++;
	closedir(folder);
	return count - 2;
}

static void check_mode(const char *path, mode_t mode)
{
	struct stat file;

	assert_int_equal(lstat(path, &file), 0);
	assert_int_equal(file.st_mode & 07777, mode);
}

/* The log at dir verifies; its events and head. */
static struct ent_verified verify_at(const char *dir)
{
	const struct ent_log_options reading = { .read_only = true };
	struct ent_verified out = { 0 };
	struct ent_log *log = NULL;
	struct ent_error err;

	if (ent_log_open(dir, &reading, &log, &err) < 0 ||
	    ent_log_verify(log, NULL, NULL, NULL, &out, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(out.findings, 0);
	ent_log_close(log);
	return out;
}

static void append_some(int count)
{
	for (int i = 0; i < count; i++)
		APPEND("'type':'member.joined','alliance':'A','actor':'B1',"
		       "'date':'2001'",
		       "'type':'member.withdrew','alliance':'A','actor':'B1',"
		       "'date':'2002'");
}

/* ---- backup ---------------------------------------------------------------------- */

static void a_backup_is_a_log_with_the_same_head(void **state)
{
	const char *dest = beside("backup");
	struct ent_copied done = { 0 };
	struct ent_verified verified;
	struct ent_hash head;

	(void)state;
	append_some(20);
	assert_int_equal(ent_checkpoint_build(logs_log, 1, NULL), ENT_OK);
	assert_int_equal(ent_log_head(logs_log, NULL, &head, NULL), ENT_OK);
	assert_int_equal(ent_log_backup(logs_log, dest, NULL, &done, NULL),
			 ENT_OK);
	assert_int_equal(done.events, 40);
	assert_memory_equal(&done.head, &head, sizeof(head));
	check_mode(dest, 0700);
	check_mode(beside("backup/data.mdb"), 0600);
	assert_int_equal(count_names(dest), 1);
	assert_int_equal(count_names(logs_folder), 2);
	verified = verify_at(dest);
	assert_memory_equal(&verified.head, &head, sizeof(head));
}

static int count_checkpoint(const struct ent_checkpoint *checkpoint, void *arg)
{
	(void)checkpoint;
	++*(int *)arg;
	return 0;
}

static void a_backup_has_the_checkpoints(void **state)
{
	struct ent_log *log = NULL;
	int count = 0;

	(void)state;
	append_some(20);
	assert_int_equal(ent_checkpoint_build(logs_log, 1, NULL), ENT_OK);
	assert_int_equal(ent_log_backup(logs_log, beside("b"), NULL, NULL, NULL),
			 ENT_OK);
	assert_int_equal(ent_log_open(beside("b"), NULL, &log, NULL), ENT_OK);
	assert_int_equal(ent_checkpoint_list(log, count_checkpoint, &count,
					     NULL), ENT_OK);
	assert_int_equal(count, 1);
	ent_log_close(log);
}

static void nothing_is_replaced(void **state)
{
	struct ent_copied done = { .events = 77 };
	struct ent_error err;
	char msg[256];

	(void)state;
	append_some(1);
	snprintf(msg, sizeof(msg), "backup %s: there is something already",
		 beside("there"));
	assert_int_equal(mkdir(beside("there"), 0755), 0);
	check_failure(ent_log_backup(logs_log, beside("there"), NULL, &done,
				     &err), ENT_ECONFLICT, &err, msg);
	assert_int_equal(rmdir(beside("there")), 0);
	assert_int_equal(symlink("nowhere", beside("there")), 0);
	check_failure(ent_log_backup(logs_log, beside("there"), NULL, &done,
				     &err), ENT_ECONFLICT, &err, msg);
	assert_int_equal(done.events, 77);
	assert_int_equal(count_names(logs_folder), 2);
}

static int refuse(const char *dir, struct ent_verified *out, void *arg,
		  struct ent_error *err)
{
	(void)arg;
	(void)err;
	assert_int_equal(access(dir, F_OK), 0);
	out->findings = 2;
	return ENT_OK;
}

static int lie(const char *dir, struct ent_verified *out, void *arg,
	       struct ent_error *err)
{
	(void)dir;
	(void)arg;
	(void)err;
	out->events = 2;
	return ENT_OK;
}

static int stop(uint64_t done, uint64_t total, void *arg)
{
	(void)done;
	(void)total;
	(void)arg;
	return 1;
}

static void what_is_not_good_leaves_nothing(void **state)
{
	const struct ent_copy_options refusing = { .check = refuse },
				      lying = { .check = lie };
	struct ent_error err;
	char msg[256];

	(void)state;
	append_some(1);
	snprintf(msg, sizeof(msg), "backup %s: 2 things are wrong with the copy, and so with what was copied",
		 beside("b"));
	check_failure(ent_log_backup(logs_log, beside("b"), &refusing, NULL,
				     &err), ENT_ECORRUPT, &err, msg);
	snprintf(msg, sizeof(msg), "backup %s: the copy has 2 events and another head than the 2 that were copied",
		 beside("b"));
	check_failure(ent_log_backup(logs_log, beside("b"), &lying, NULL, &err),
		      ENT_ECORRUPT, &err, msg);
	check_failure(ent_log_compact(logs_log, &refusing, NULL, &err),
		      ENT_ECORRUPT, &err, "compact: 2 things are wrong with the copy, and so with what was copied");
	assert_int_equal(count_names(logs_folder), 1);
	append_some(1); /* the log is open and as it was */
	ent_log_close(logs_log);
	logs_log = NULL;
	assert_int_equal(verify_at(logs_dir).events, 4);
}

static void a_restore_that_is_stopped_leaves_nothing(void **state)
{
	const struct ent_copy_options stopping = { .progress = stop };

	(void)state;
	append_some(1);
	assert_int_equal(ent_log_backup(logs_log, beside("b"), NULL, NULL, NULL),
			 ENT_OK);
	assert_int_equal(ent_log_restore(beside("b"), beside("r"), &stopping,
					 NULL, NULL), ENT_ESTOPPED);
	assert_int_equal(count_names(logs_folder), 2);
}

/* ---- what crashes leave ------------------------------------------------------------ */

static void make_leftover(const char *name)
{
	char path[200];
	FILE *file;

	assert_int_equal(mkdir(beside(name), 0700), 0);
	snprintf(path, sizeof(path), "%s/data.mdb", beside(name));
	file = fopen(path, "w");
	assert_non_null(file);
	fclose(file);
}

static void leftovers_are_cleared_but_for_work_under_way(void **state)
{
	int fd;

	(void)state;
	append_some(1);
	make_leftover(".b.copy-1-0");
	make_leftover(".b.copy-1-1");
	make_leftover("log/.compact-1-0");
	fd = open(beside(".b.copy-1-1"), O_RDONLY | O_DIRECTORY);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_int_equal(ent_log_backup(logs_log, beside("b"), NULL, NULL, NULL),
			 ENT_OK);
	assert_int_not_equal(access(beside(".b.copy-1-0"), F_OK), 0);
	assert_int_equal(access(beside(".b.copy-1-1/data.mdb"), F_OK), 0);
	assert_int_equal(ent_log_compact(logs_log, NULL, NULL, NULL), ENT_OK);
	assert_int_not_equal(access(beside("log/.compact-1-0"), F_OK), 0);
	assert_int_equal(count_names(logs_dir), 3);
	close(fd);
}

/* ---- restore ----------------------------------------------------------------------- */

static void what_is_no_backup_is_refused(void **state)
{
	struct ent_error err;
	char msg[256];

	(void)state;
	snprintf(msg, sizeof(msg), "restore %s: it holds no log (no data.mdb)",
		 logs_folder);
	check_failure(ent_log_restore(logs_folder, beside("r"), NULL, NULL,
				      &err), ENT_ENOLOG, &err, msg);
	assert_int_equal(mkdir(beside("odd"), 0700), 0);
	assert_int_equal(mkfifo(beside("odd/data.mdb"), 0600), 0);
	snprintf(msg, sizeof(msg), "restore %s: data.mdb in it is no regular file",
		 beside("odd"));
	check_failure(ent_log_restore(beside("odd"), beside("r"), NULL, NULL,
				      &err), ENT_ENOLOG, &err, msg);
	assert_int_equal(unlink(beside("odd/data.mdb")), 0);
	assert_int_equal(symlink("../log/data.mdb", beside("odd/data.mdb")), 0);
	check_failure(ent_log_restore(beside("odd"), beside("r"), NULL, NULL,
				      &err), ENT_ENOLOG, &err, msg);
	assert_int_equal(count_names(logs_folder), 2);
}

/* A log that is open is written while it is read, since the progress does it. */
static int write_meanwhile(uint64_t done, uint64_t total, void *arg)
{
	(void)done;
	(void)total;
	(void)arg;
	append_some(1);
	return 0;
}

static void a_log_in_use_is_no_backup(void **state)
{
	const struct ent_copy_options writing = { .progress = write_meanwhile };
	struct ent_error err;
	char msg[256];

	(void)state;
	append_some(1);
	snprintf(msg, sizeof(msg), "restore %s: data.mdb in it was written while it was read: it is a log in use; make a backup of it first",
		 logs_dir);
	check_failure(ent_log_restore(logs_dir, beside("r"), &writing, NULL,
				      &err), ENT_ECONFLICT, &err, msg);
	assert_int_equal(count_names(logs_folder), 1);
}

static void a_damaged_backup_is_not_restored(void **state)
{
	FILE *file;

	(void)state;
	append_some(1);
	assert_int_equal(ent_log_backup(logs_log, beside("b"), NULL, NULL, NULL),
			 ENT_OK);
	assert_int_equal(truncate(beside("b/data.mdb"), 8192), 0);
	assert_int_equal(ent_log_restore(beside("b"), beside("r"), NULL, NULL,
					 NULL), ENT_ECORRUPT);
	file = fopen(beside("b/data.mdb"), "w");
	assert_non_null(file);
	fclose(file);
	assert_int_equal(ent_log_restore(beside("b"), beside("r"), NULL, NULL,
					 NULL), ENT_ENOLOG);
	assert_int_equal(count_names(logs_folder), 2);
}

static void another_format_is_not_restored(void **state)
{
	const struct store_options old = { .create = true, .format = 1 };
	struct store *store = NULL;
	struct ent_error err;

	(void)state;
	assert_int_equal(store_open(beside("old"), &old, &store, NULL), ENT_OK);
	store_close(store);
	assert_int_equal(ent_log_restore(beside("old"), beside("r"), NULL, NULL,
					 &err), ENT_EVERSION);
	assert_non_null(strstr(err.msg, "it has format 1, and this program knows format 2"));
	assert_int_equal(count_names(logs_folder), 2);
}

/* ---- compact ----------------------------------------------------------------------- */

static void the_old_handle_is_refused(void **state)
{
	static const char anew[] = "the log was put in place anew while it was open, as `compact` does; close it and open it again";
	struct ent_copied done = { 0 };
	struct ent_error err;
	uint64_t last = 0;

	(void)state;
	append_some(200);
	assert_int_equal(chmod(beside("log/data.mdb"), 0640), 0);
	assert_int_equal(ent_log_compact(logs_log, NULL, &done, NULL), ENT_OK);
	assert_int_equal(done.events, 400);
	assert_true(done.bytes < done.bytes_before);
	check_mode(beside("log/data.mdb"), 0640);
	check_failure(ent_log_head(logs_log, &last, NULL, &err), ENT_EREOPEN,
		      &err, anew);
	ent_log_close(logs_log);
	assert_int_equal(ent_log_open(logs_dir, NULL, &logs_log, NULL), ENT_OK);
	append_some(1);
	ent_log_close(logs_log);
	logs_log = NULL;
	assert_int_equal(verify_at(logs_dir).events, 402);
}

/* In a process of its own: append until told to stop; a log that was put in place
 * anew is opened again.  Counts what was acknowledged in *acknowledged. */
static void append_on(int writer, volatile uint64_t *acknowledged,
		      volatile int *stopped)
{
	struct ent_append_options options = { .now_us = 1000, .no_sync = true };
	struct ent_log *log = NULL;
	struct ent_batch *batch = NULL;
	char json[256];
	int rc = ENT_OK;

	for (int i = 0; !*stopped && (rc == ENT_OK || rc == ENT_EREOPEN); i++) {
		snprintf(json, sizeof(json), "{\"type\":\"x.n\",\"date\":\"2024\",\"source\":{\"title\":\"%d %d\"}}",
			 writer, i);
		if (!log)
			rc = ent_log_open(logs_dir, NULL, &log, NULL);
		if (rc == ENT_OK)
			rc = ent_batch_new(&batch, NULL);
		if (rc == ENT_OK)
			rc = ent_batch_add(batch, json, strlen(json), NULL, NULL);
		if (rc == ENT_OK)
			rc = ent_log_append(log, batch, &options,
					    &(struct ent_appended){ 0 }, NULL);
		ent_batch_free(batch);
		batch = NULL;
		poll(NULL, 0, PAUSE_MS);
		if (rc == ENT_OK) {
			++*acknowledged;
		} else if (rc == ENT_EREOPEN) {
			ent_log_close(log);
			log = NULL;
			rc = ENT_OK;
		}
	}
	ent_log_close(log);
	_exit(rc == ENT_OK ? 0 : 1);
}

struct shared {
	volatile uint64_t acknowledged[WRITERS];
	volatile int stopped;
};

static void start_writers(struct shared *shared, pid_t *pids)
{
	for (int i = 0; i < WRITERS; i++) {
		pids[i] = fork();
		assert_true(pids[i] >= 0);
		if (pids[i] == 0)
			append_on(i, &shared->acknowledged[i], &shared->stopped);
	}
}

static uint64_t stop_writers(struct shared *shared, const pid_t *pids)
{
	uint64_t sum = 0;
	int status;

	shared->stopped = 1;
	for (int i = 0; i < WRITERS; i++) {
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_int_equal(status, 0);
		assert_true(shared->acknowledged[i] > 0);
		sum += shared->acknowledged[i];
	}
	return sum;
}

static struct shared *share(void)
{
	struct shared *shared = mmap(NULL, sizeof(*shared),
				     PROT_READ | PROT_WRITE,
				     MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	assert_true(shared != MAP_FAILED);
	return shared;
}

/* Each is a state that the log had: verified, and no shorter than the one before. */
static void backups_while_others_write(void **state)
{
	struct shared *shared = share();
	struct ent_copied done = { 0 };
	struct ent_error err;
	pid_t pids[WRITERS];
	uint64_t before = 0;
	char name[16];

	(void)state;
	ent_log_close(logs_log);
	logs_log = NULL;
	start_writers(shared, pids);
	assert_int_equal(ent_log_open(logs_dir,
				      &(struct ent_log_options){
					      .read_only = true },
				      &logs_log, NULL), ENT_OK);
	for (int i = 0; i < BACKUPS; i++) {
		snprintf(name, sizeof(name), "b%d", i);
		if (ent_log_backup(logs_log, beside(name), NULL, &done, &err) < 0)
			fail_msg("%s", err.msg);
		assert_true(done.events >= before);
		before = done.events;
	}
	assert_true(before > 0);
	stop_writers(shared, pids);
	munmap(shared, sizeof(*shared));
}

/* Nothing that was acknowledged is in a file that is gone. */
static void compactions_while_others_write(void **state)
{
	struct shared *shared = share();
	struct ent_error err;
	pid_t pids[WRITERS];
	uint64_t acknowledged;

	(void)state;
	ent_log_close(logs_log);
	logs_log = NULL;
	start_writers(shared, pids);
	for (int i = 0; i < ROUNDS; i++) {
		if (ent_log_open(logs_dir, NULL, &logs_log, &err) < 0 ||
		    ent_log_compact(logs_log, NULL, NULL, &err) < 0)
			fail_msg("%s", err.msg);
		ent_log_close(logs_log);
		logs_log = NULL;
		poll(NULL, 0, 10 * PAUSE_MS);
	}
	acknowledged = stop_writers(shared, pids);
	assert_int_equal(verify_at(logs_dir).events, acknowledged);
	munmap(shared, sizeof(*shared));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LOG_TEST(a_backup_is_a_log_with_the_same_head),
		LOG_TEST(a_backup_has_the_checkpoints),
		LOG_TEST(nothing_is_replaced),
		LOG_TEST(what_is_not_good_leaves_nothing),
		LOG_TEST(a_restore_that_is_stopped_leaves_nothing),
		LOG_TEST(leftovers_are_cleared_but_for_work_under_way),
		LOG_TEST(what_is_no_backup_is_refused),
		LOG_TEST(a_log_in_use_is_no_backup),
		LOG_TEST(a_damaged_backup_is_not_restored),
		LOG_TEST(another_format_is_not_restored),
		LOG_TEST(the_old_handle_is_refused),
		LOG_TEST(backups_while_others_write),
		LOG_TEST(compactions_while_others_write),
	};

	return cmocka_run_group_tests_name("backup", tests, NULL, NULL);
}
