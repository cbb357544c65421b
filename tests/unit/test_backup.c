/*
 * test_backup.c - copies of a log: whole or not there, and who has the old file open.
 */
#include "backups.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "doors/store.h"

static void check_mode(const char *path, mode_t mode)
{
	struct stat file;

	assert_int_equal(lstat(path, &file), 0);
	assert_int_equal(file.st_mode & 07777, mode);
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
	make_leftover(".b.copy-1-0/.tmp-1-0");
	make_leftover("log/.compact-1-0/.tmp-1-0");
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
	check_failure(ent_log_head(logs_log, &last, NULL, &err), ENT_EREOPEN, &err,
		      anew);
	ent_log_close(logs_log);
	assert_int_equal(ent_log_open(logs_dir, NULL, &logs_log, NULL), ENT_OK);
	append_some(1);
	ent_log_close(logs_log);
	logs_log = NULL;
	assert_int_equal(verify_at(logs_dir).events, 402);
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
	};

	return cmocka_run_group_tests_name("backup", tests, NULL, NULL);
}
