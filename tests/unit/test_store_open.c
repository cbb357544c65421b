/*
 * test_store_open.c - what may lie where a log is to be opened or made.
 */
#include "logs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <lmdb.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "doors/store.h"
#include "ground/be.h"

static const struct store_options opening = { .format = 1 };
static const struct store_options creating = { .create = true, .format = 1 };

/* Opening fails with that code and message behind "open log DIR: "; *out stays. */
static void check_open(const char *dir, const struct store_options *options,
		       int code, const char *msg)
{
	struct store *store = NULL;
	struct ent_error err = { 0 };
	char whole[512];

	snprintf(whole, sizeof(whole), "open log %s: %s", dir, msg);
	check_failure(store_open(dir, options, &store, &err), code, &err,
		      whole);
	assert_null(store);
}

static void open_and_close(const char *dir, const struct store_options *options)
{
	struct store *store = NULL;
	struct ent_error err;

	if (store_open(dir, options, &store, &err) < 0)
		fail_msg("%s", err.msg);
	store_close(store);
}

static const char *inside(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", logs_dir, name);
	return path;
}

static void write_file(const char *path, const char *bytes, size_t len)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	fclose(file);
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

static void nothing_is_there(void **state)
{
	(void)state;
	check_open(logs_dir, &opening, ENT_ENOLOG, "there is no log");
	assert_int_equal(count_names(logs_folder), 0);
}

static void a_log_is_made_where_nothing_is(void **state)
{
	(void)state;
	open_and_close(logs_dir, &creating);
	assert_int_equal(count_names(logs_folder), 1); /* no other folder */
	open_and_close(logs_dir, &opening);
	open_and_close(logs_dir, &creating); /* the one that is there */
}

static void slashes_at_the_end_are_allowed(void **state)
{
	char slashes[128];

	(void)state;
	snprintf(slashes, sizeof(slashes), "%s//", logs_dir);
	open_and_close(slashes, &creating);
	open_and_close(slashes, &opening);
	open_and_close(logs_dir, &opening);
}

static void an_empty_folder_becomes_a_log(void **state)
{
	(void)state;
	assert_int_equal(mkdir(logs_dir, 0700), 0);
	check_open(logs_dir, &opening, ENT_ENOLOG,
		   "the folder holds no log (no data.mdb)");
	assert_int_equal(count_names(logs_folder), 1);
	open_and_close(logs_dir, &creating);
	open_and_close(logs_dir, &opening);
	assert_int_equal(count_names(logs_folder), 1);
}

static void a_folder_with_something_else_is_left_alone(void **state)
{
	(void)state;
	assert_int_equal(mkdir(logs_dir, 0700), 0);
	write_file(inside("letter.txt"), "dear", 4);
	check_open(logs_dir, &creating, ENT_ENOLOG,
		   "the folder holds no log (no data.mdb)");
	assert_int_equal(count_names(logs_dir), 1);
	assert_int_equal(count_names(logs_folder), 1);
}

static void the_folder_above_must_be_there(void **state)
{
	char path[128], msg[128];

	(void)state;
	snprintf(path, sizeof(path), "%s/no/log", logs_folder);
	snprintf(msg, sizeof(msg), "make the folder: %s", strerror(ENOENT));
	check_open(path, &creating, ENT_EIO, msg);
	assert_int_equal(count_names(logs_folder), 0);
}

static void a_file_is_no_folder(void **state)
{
	(void)state;
	write_file(logs_dir, "text", 4);
	check_open(logs_dir, &opening, ENT_ENOLOG,
		   "it is a file, and a log is a folder");
	check_open(logs_dir, &creating, ENT_ENOLOG,
		   "it is a file, and a log is a folder");
	assert_int_equal(count_names(logs_folder), 1);
}

static void one_process_opens_a_log_once(void **state)
{
	struct store_options reading = { .read_only = true, .format = 1 };
	struct store *store = NULL, *other = NULL;
	char path[128];

	(void)state;
	assert_int_equal(store_open(logs_dir, &creating, &store, NULL), ENT_OK);
	check_open(logs_dir, &opening, ENT_EUSAGE,
		   "this process has the log open already");
	check_open(logs_dir, &reading, ENT_EUSAGE,
		   "this process has the log open already");
	snprintf(path, sizeof(path), "%s/./log", logs_folder);
	check_open(path, &opening, ENT_EUSAGE,
		   "this process has the log open already");
	snprintf(path, sizeof(path), "%s/other", logs_folder);
	assert_int_equal(store_open(path, &creating, &other, NULL), ENT_OK);
	store_close(other);
	store_close(store);
	open_and_close(logs_dir, &opening);
}

static void a_read_only_store_refuses_to_write(void **state)
{
	struct store_options reading = { .read_only = true, .format = 1 };
	struct store_txn *txn = NULL;
	struct ent_error err;
	struct store *store = NULL;

	(void)state;
	open_and_close(logs_dir, &creating);
	assert_int_equal(store_open(logs_dir, &reading, &store, NULL), ENT_OK);
	check_failure(store_begin_write(store, true, &txn, &err), ENT_EUSAGE,
		      &err, "the log was opened for reading only");
	assert_null(txn);
	assert_int_equal(store_begin_read(store, &txn, NULL), ENT_OK);
	store_abort(txn);
	store_close(store);
}

/* ---- what is not a log ------------------------------------------------------ */

static void an_empty_file_is_no_log(void **state)
{
	(void)state;
	assert_int_equal(mkdir(logs_dir, 0700), 0);
	write_file(inside("data.mdb"), "", 0);
	check_open(logs_dir, &opening, ENT_ENOLOG, "data.mdb in it is empty");
	check_open(logs_dir, &creating, ENT_ENOLOG, "data.mdb in it is empty");
}

static void any_bytes_are_no_log(void **state)
{
	static const size_t lengths[] = { 1, 100, 4096, 20000 };
	static char bytes[20000];
	char msg[128];

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(i * 2654435761u >> 13);
	assert_int_equal(mkdir(logs_dir, 0700), 0);
	snprintf(msg, sizeof(msg), "data.mdb in it is not a log: %s",
		 mdb_strerror(MDB_INVALID));
	for (size_t i = 0; i < COUNT(lengths); i++) {
		write_file(inside("data.mdb"), bytes, lengths[i]);
		check_open(logs_dir, &opening, ENT_ENOLOG, msg);
	}
}

static void only_a_regular_file_is_opened(void **state)
{
	char other[128];

	(void)state;
	snprintf(other, sizeof(other), "%s/other", logs_folder);
	open_and_close(other, &creating);
	assert_int_equal(mkdir(logs_dir, 0700), 0);
	assert_int_equal(mkfifo(inside("data.mdb"), 0600), 0);
	check_open(logs_dir, &opening, ENT_ENOLOG,
		   "data.mdb in it is no regular file");
	assert_int_equal(unlink(inside("data.mdb")), 0);
	assert_int_equal(mkdir(inside("data.mdb"), 0700), 0);
	check_open(logs_dir, &creating, ENT_ENOLOG,
		   "data.mdb in it is no regular file");
	assert_int_equal(rmdir(inside("data.mdb")), 0);
	strcat(other, "/data.mdb");
	assert_int_equal(symlink(other, inside("data.mdb")), 0);
	check_open(logs_dir, &opening, ENT_ENOLOG,
		   "data.mdb in it is no regular file");
}

static void lock_files_are_never_followed(void **state)
{
	static const char *const names[] = { "lock.mdb", "writer.lock" };
	char victim[128], msg[128];

	(void)state;
	snprintf(victim, sizeof(victim), "%s/victim", logs_folder);
	for (size_t i = 0; i < COUNT(names); i++) {
		open_and_close(logs_dir, &creating);
		unlink(inside(names[i]));
		assert_int_equal(symlink(victim, inside(names[i])), 0);
		snprintf(msg, sizeof(msg), "open %s: %s", names[i],
			 strerror(ELOOP));
		check_open(logs_dir, &opening, ENT_EIO, msg);
		assert_int_equal(access(victim, F_OK), -1);
		unlink(inside(names[i]));
	}
}

/* An LMDB environment in logs_dir with these tables; the number, if not 0, is
 * put into "meta" as the format. */
static void make_environment(const char *const *tables, size_t count,
			     uint32_t format)
{
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi dbi;
	uint8_t number[4];
	MDB_val key = { 6, (void *)"format" }, value = { 4, number };

	be32_put(number, format);
	mkdir(logs_dir, 0700);
	assert_int_equal(mdb_env_create(&env), 0);
	mdb_env_set_maxdbs(env, 16);
	assert_int_equal(mdb_env_open(env, logs_dir, 0, 0600), 0);
	assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(mdb_dbi_open(txn, tables[i], MDB_CREATE,
					      &dbi), 0);
		if (format && strcmp(tables[i], "meta") == 0)
			assert_int_equal(mdb_put(txn, dbi, &key, &value, 0), 0);
	}
	assert_int_equal(mdb_txn_commit(txn), 0);
	mdb_env_close(env);
}

static const char *const our_tables[] = { "meta", "events", "columns", "ids", "id_runs",
					  "tree", "fixes", "fixers", "checkpoints",
					  "codes", "texts" };

static void an_environment_of_another_program_is_no_log(void **state)
{
	static const char *const others[] = { "events", "people" };

	(void)state;
	make_environment(NULL, 0, 0);
	check_open(logs_dir, &opening, ENT_ENOLOG,
		   "it is an LMDB environment, but not a log of events");
	make_environment(others, COUNT(others), 0);
	check_open(logs_dir, &creating, ENT_ENOLOG,
		   "it is an LMDB environment, but not a log of events");
}

static void a_log_has_a_format_number(void **state)
{
	(void)state;
	make_environment(our_tables, COUNT(our_tables), 0);
	check_open(logs_dir, &opening, ENT_ENOLOG,
		   "it has no format number; it is not a log");
	make_environment(our_tables, COUNT(our_tables), 1);
	open_and_close(logs_dir, &opening);
}

static void a_newer_format_is_refused(void **state)
{
	struct store_options newer = { .format = 7 };

	(void)state;
	open_and_close(logs_dir, &creating);
	make_environment(our_tables, COUNT(our_tables), 7);
	check_open(logs_dir, &opening, ENT_EVERSION,
		   "it has format 7, and this program knows up to 1: take a newer one");
	open_and_close(logs_dir, &newer);
}

/* With the tables that format 1 had, and with those of now. */
static void an_older_format_is_refused(void **state)
{
	static const char *const tables[] = { "meta", "events", "ids", "tree",
					      "time", "subject", "fixes",
					      "codes", "texts" };
	static const char refused[] =
		"it has format 1, and this program knows format 7: export it "
		"with the program that wrote it, and append that to a new log";
	struct store_options newer = { .format = 7 };

	(void)state;
	make_environment(tables, COUNT(tables), 1);
	check_open(logs_dir, &newer, ENT_EVERSION, refused);
	make_environment(our_tables, COUNT(our_tables), 1);
	check_open(logs_dir, &newer, ENT_EVERSION, refused);
}

/* ---- damage and lack of room -------------------------------------------------- */

static void fill_some(void)
{
	struct store_txn *txn = NULL;
	struct store *store = NULL;
	uint8_t key[8], value[2000] = { 1 };

	assert_int_equal(store_open(logs_dir, &creating, &store, NULL), ENT_OK);
	assert_int_equal(store_begin_write(store, false, &txn, NULL), ENT_OK);
	for (uint64_t i = 1; i <= 200; i++) {
		be64_put(key, i);
		assert_int_equal(store_append(txn, STORE_EVENTS,
					      (struct ent_bytes){ key, 8 },
					      (struct ent_bytes){ value, 2000 },
					      NULL), ENT_OK);
	}
	assert_int_equal(store_commit(txn, NULL), ENT_OK);
	store_close(store);
}

/* Not a SIGBUS: LMDB reads through a map. */
static void a_cut_file_is_damage(void **state)
{
	struct stat whole;
	char msg[160];

	(void)state;
	fill_some();
	assert_int_equal(stat(inside("data.mdb"), &whole), 0);
	for (off_t len = whole.st_size - 1; len >= 2 * 4096;
	     len = len * 3 / 4) {
		assert_int_equal(truncate(inside("data.mdb"), len), 0);
		snprintf(msg, sizeof(msg),
			 "data.mdb has %lld bytes, and %lld are needed: it was cut",
			 (long long)len, (long long)whole.st_size);
		check_open(logs_dir, &opening, ENT_ECORRUPT, msg);
	}
}

static void a_new_log_can_be_cut_too(void **state)
{
	struct store *store = NULL;
	struct stat whole;

	(void)state;
	open_and_close(logs_dir, &creating);
	assert_int_equal(stat(inside("data.mdb"), &whole), 0);
	assert_int_equal(truncate(inside("data.mdb"), whole.st_size - 4096), 0);
	assert_int_equal(store_open(logs_dir, &opening, &store, NULL),
			 ENT_ECORRUPT);
}

/* Pages that a transaction takes at the end of the file and frees again. */
static void free_pages_at_the_end(void)
{
	static uint8_t value[40000];
	struct ent_bytes key = { "k", 1 };
	struct store_txn *txn = NULL;
	struct store *store = NULL;

	assert_int_equal(store_open(logs_dir, &opening, &store, NULL), ENT_OK);
	/* LMDB keeps them from the next commit on where it has free ones. */
	for (int i = 0; i < 3; i++) {
		assert_int_equal(store_begin_write(store, false, &txn, NULL),
				 ENT_OK);
		assert_int_equal(store_put(txn, STORE_CHECKPOINTS, key,
					   (struct ent_bytes){ value, 40000 },
					   NULL), ENT_OK);
		assert_int_equal(store_delete(txn, STORE_CHECKPOINTS, key,
					      NULL), ENT_OK);
		assert_int_equal(store_commit(txn, NULL), ENT_OK);
	}
	store_close(store);
}

/* A power cut takes back that the file was made long. */
static void free_pages_may_be_missing(void **state)
{
	const struct store_options reading = { .read_only = true, .format = 1 };
	struct stat whole, again;

	(void)state;
	fill_some();
	free_pages_at_the_end();
	assert_int_equal(stat(inside("data.mdb"), &whole), 0);
	for (int pages = 1; pages <= 4; pages++) {
		assert_int_equal(truncate(inside("data.mdb"),
					  whole.st_size - pages * 4096L + 512),
				 0);
		open_and_close(logs_dir, pages % 2 ? &opening : &reading);
		assert_int_equal(stat(inside("data.mdb"), &again), 0);
		assert_int_equal(again.st_size, whole.st_size);
	}
}

static void no_room_leaves_no_folder_behind(void **state)
{
	struct rlimit old, none;
	char msg[128];

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	none = (struct rlimit){ 0, old.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	snprintf(msg, sizeof(msg), "reserve lock.mdb: %s", strerror(EFBIG));
	check_open(logs_dir, &creating, ENT_EFULL, msg);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_int_equal(count_names(logs_folder), 0);
	open_and_close(logs_dir, &creating);
}

static void many_may_make_the_same_log(void **state)
{
	pid_t pids[8];
	int status = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(pids); i++) {
		struct store *store = NULL;

		pids[i] = fork();
		if (pids[i] == 0)
			_exit(store_open(logs_dir, &creating, &store, NULL) ==
			      ENT_OK ? 0 : 1);
	}
	for (size_t i = 0; i < COUNT(pids); i++) {
		waitpid(pids[i], &status, 0);
		assert_int_equal(status, 0);
	}
	assert_int_equal(count_names(logs_folder), 1);
	open_and_close(logs_dir, &opening);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FOLDER_TEST(nothing_is_there),
		FOLDER_TEST(a_log_is_made_where_nothing_is),
		FOLDER_TEST(slashes_at_the_end_are_allowed),
		FOLDER_TEST(an_empty_folder_becomes_a_log),
		FOLDER_TEST(a_folder_with_something_else_is_left_alone),
		FOLDER_TEST(the_folder_above_must_be_there),
		FOLDER_TEST(a_file_is_no_folder),
		FOLDER_TEST(one_process_opens_a_log_once),
		FOLDER_TEST(a_read_only_store_refuses_to_write),
		FOLDER_TEST(an_empty_file_is_no_log),
		FOLDER_TEST(any_bytes_are_no_log),
		FOLDER_TEST(only_a_regular_file_is_opened),
		FOLDER_TEST(lock_files_are_never_followed),
		FOLDER_TEST(an_environment_of_another_program_is_no_log),
		FOLDER_TEST(a_log_has_a_format_number),
		FOLDER_TEST(a_newer_format_is_refused),
		FOLDER_TEST(an_older_format_is_refused),
		FOLDER_TEST(a_cut_file_is_damage),
		FOLDER_TEST(a_new_log_can_be_cut_too),
		FOLDER_TEST(free_pages_may_be_missing),
		FOLDER_TEST(no_room_leaves_no_folder_behind),
		FOLDER_TEST(many_may_make_the_same_log),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
