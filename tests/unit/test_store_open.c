/*
 * test_store_open.c - what may lie where a log is to be opened or made.
 */
#include "opening.h"

#include <errno.h>
#include <lmdb.h>
#include <sys/wait.h>

#include "doors/store_private.h"
#include "ground/be.h"

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

/* Everything else that LMDB offers loses commits, or the lock. */
static void no_other_flag_is_set(void **state)
{
	struct store_options reading = { .read_only = true, .format = 1 };
	struct store *store = NULL;
	unsigned flags = 0;

	(void)state;
	assert_int_equal(store_open(logs_dir, &creating, &store, NULL), ENT_OK);
	mdb_env_get_flags(store->env, &flags);
	assert_int_equal(flags, MDB_NOTLS);
	store_close(store);
	assert_int_equal(store_open(logs_dir, &reading, &store, NULL), ENT_OK);
	mdb_env_get_flags(store->env, &flags);
	assert_int_equal(flags, MDB_NOTLS | MDB_RDONLY);
	store_close(store);
}

static void tables_have_no_flags(void **state)
{
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi dbi;

	(void)state;
	open_and_close(logs_dir, &creating);
	assert_int_equal(mdb_env_create(&env), 0);
	mdb_env_set_maxdbs(env, 16);
	assert_int_equal(mdb_env_open(env, logs_dir, 0, 0600), 0);
	assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
	assert_int_equal(mdb_dbi_open(txn, "fixes", 0, &dbi), 0);
	assert_int_equal(mdb_drop(txn, dbi, 1), 0);
	assert_int_equal(mdb_dbi_open(txn, "fixes", MDB_CREATE | MDB_REVERSEKEY,
				      &dbi), 0);
	assert_int_equal(mdb_txn_commit(txn), 0);
	mdb_env_close(env);
	check_open(logs_dir, &opening, ENT_ECORRUPT,
		   "table fixes has the flags 0x2, and none are set by this program");
}

static void networks_have_names(void **state)
{
	(void)state;
#ifdef __linux__
	assert_string_equal(store_network_name(0x6969), "NFS");
	assert_string_equal(store_network_name(0xff534d42), "CIFS");
	assert_string_equal(store_network_name(0x01161970), "GFS2");
#endif
	assert_null(store_network_name(0xef53));     /* ext4 */
	assert_null(store_network_name(0x01021994)); /* tmpfs */
	assert_null(store_network_name(0x65735546)); /* FUSE */
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
		FOLDER_TEST(no_other_flag_is_set),
		FOLDER_TEST(tables_have_no_flags),
		FOLDER_TEST(networks_have_names),
		FOLDER_TEST(many_may_make_the_same_log),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
