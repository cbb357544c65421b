/*
 * test_store.c - tables, transactions, and a map that grows by itself, also
 * while another process has it.
 */
#include "logs.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <time.h>

#include "doors/store.h"
#include "ground/be.h"

static const struct store_options creating = { .create = true, .format = 1 };

static struct store *open_store(const struct store_options *options)
{
	struct store *store = NULL;
	struct ent_error err;

	if (store_open(logs_dir, options, &store, &err) < 0)
		fail_msg("%s", err.msg);
	return store;
}

static struct ent_bytes text(const char *s)
{
	return (struct ent_bytes){ s, strlen(s) };
}

static struct store_txn *begin_write(struct store *store)
{
	struct store_txn *txn = NULL;

	assert_int_equal(store_begin_write(store, true, &txn, NULL), ENT_OK);
	return txn;
}

static struct store_txn *begin_read(struct store *store)
{
	struct store_txn *txn = NULL;

	assert_int_equal(store_begin_read(store, &txn, NULL), ENT_OK);
	return txn;
}

static void what_is_committed_is_read(void **state)
{
	struct store *store = open_store(&creating);
	struct store_txn *txn = begin_write(store);
	struct ent_bytes out = { 0 };
	uint64_t count = 99;

	(void)state;
	assert_int_equal(store_put(txn, STORE_IDS, text("k"), text("v"), NULL),
			 ENT_OK);
	assert_int_equal(store_get(txn, STORE_IDS, text("k"), &out, NULL),
			 ENT_OK);
	assert_int_equal(store_commit(txn, NULL), ENT_OK);
	store_close(store);
	store = open_store(&creating);
	txn = begin_read(store);
	assert_int_equal(store_get(txn, STORE_IDS, text("k"), &out, NULL),
			 ENT_OK);
	assert_int_equal(out.len, 1);
	assert_memory_equal(out.data, "v", 1);
	assert_int_equal(store_get(txn, STORE_IDS, text("kk"), &out, NULL),
			 ENT_END);
	assert_int_equal(store_get(txn, STORE_TREE, text("k"), &out, NULL),
			 ENT_END);
	assert_memory_equal(out.data, "v", 1);
	assert_int_equal(store_count(txn, STORE_IDS, &count, NULL), ENT_OK);
	assert_int_equal(count, 1);
	store_abort(txn);
	store_close(store);
}

static void what_is_aborted_is_gone(void **state)
{
	struct store *store = open_store(&creating);
	struct store_txn *txn = begin_write(store);
	struct ent_bytes out;

	(void)state;
	store_put(txn, STORE_IDS, text("k"), text("v"), NULL);
	store_abort(txn);
	store_abort(NULL);
	txn = begin_write(store);
	assert_int_equal(store_get(txn, STORE_IDS, text("k"), &out, NULL),
			 ENT_END);
	store_abort(txn);
	store_close(store);
	store_close(NULL);
}

static void nothing_is_written_while_something_is_read(void **state)
{
	struct store *store = open_store(&creating);
	struct store_txn *reader = begin_read(store);
	struct store_txn *txn = NULL;
	struct ent_error err;

	(void)state;
	check_failure(store_begin_write(store, true, &txn, &err), ENT_EUSAGE,
		      &err, "a call on this log is under way: nothing can be "
			    "appended within it");
	assert_null(txn);
	store_abort(reader);
	txn = begin_write(store);
	assert_int_equal(store_commit(txn, NULL), ENT_OK);
	store_close(store);
}

static void a_key_is_put_once(void **state)
{
	struct store *store = open_store(&creating);
	struct store_txn *txn = begin_write(store);
	struct ent_bytes out;
	struct ent_error err;

	(void)state;
	assert_int_equal(store_put(txn, STORE_IDS, text("k"), text("v"), NULL),
			 ENT_OK);
	check_failure(store_put(txn, STORE_IDS, text("k"), text("w"), &err),
		      ENT_ECORRUPT, &err,
		      "table ids has a key already that is to be new");
	assert_int_equal(store_get(txn, STORE_IDS, text("k"), &out, NULL),
			 ENT_OK);
	assert_memory_equal(out.data, "v", 1);
	store_abort(txn);
	store_close(store);
}

static void appending_goes_forward_only(void **state)
{
	struct store *store = open_store(&creating);
	struct store_txn *txn = begin_write(store);
	struct ent_error err;

	(void)state;
	assert_int_equal(store_append(txn, STORE_EVENTS, text("b"), text("1"),
				      NULL), ENT_OK);
	assert_int_equal(store_append(txn, STORE_EVENTS, text("c"), text("2"),
				      NULL), ENT_OK);
	check_failure(store_append(txn, STORE_EVENTS, text("a"), text("3"),
				   &err), ENT_ECORRUPT, &err,
		      "table events has a key already that is to be new");
	check_failure(store_append(txn, STORE_EVENTS, text("c"), text("3"),
				   &err), ENT_ECORRUPT, &err,
		      "table events has a key already that is to be new");
	store_abort(txn);
	store_close(store);
}

static void cursors_walk_in_order_of_bytes(void **state)
{
	static const char *const keys[] = { "b", "a", "bb", "\xff", "c" };
	static const char *const order[] = { "b", "bb", "c", "\xff" };
	struct store *store = open_store(&creating);
	struct store_txn *txn = begin_write(store);
	struct store_cursor *cursor = NULL;
	struct ent_bytes key, value;
	int rc;

	(void)state;
	for (size_t i = 0; i < COUNT(keys); i++)
		store_put(txn, STORE_CODES, text(keys[i]), text("v"), NULL);
	assert_int_equal(store_cursor_open(txn, STORE_CODES, &cursor, NULL),
			 ENT_OK);
	rc = store_cursor_seek(cursor, text("aa"), &key, &value, NULL);
	for (size_t i = 0; i < COUNT(order); i++) {
		assert_int_equal(rc, ENT_OK);
		assert_int_equal(key.len, strlen(order[i]));
		assert_memory_equal(key.data, order[i], key.len);
		rc = store_cursor_next(cursor, &key, &value, NULL);
	}
	assert_int_equal(rc, ENT_END);
	assert_int_equal(store_cursor_last(cursor, &key, &value, NULL), ENT_OK);
	assert_memory_equal(key.data, "\xff", 1);
	assert_int_equal(store_cursor_seek(cursor, text("\xff\xff"), &key,
					   &value, NULL), ENT_END);
	store_cursor_close(cursor);
	store_cursor_close(NULL);
	store_abort(txn);
	store_close(store);
}

/* ---- growing -------------------------------------------------------------- */

enum { ROWS = 3000, ROW_BYTES = 1000, SMALL_MAP = 256 << 10 };

static const char filling[ROW_BYTES] = "x";

/* ROWS rows from first on in one transaction; how often the map was doubled, or
 * a negative code. */
static int fill(struct store *store, uint64_t first)
{
	struct ent_bytes value = { filling, sizeof(filling) };
	struct store_txn *txn = NULL;
	int grown = 0, rc;

	do {
		rc = store_begin_write(store, true, &txn, NULL);
		for (uint64_t i = 0; rc == ENT_OK && i < ROWS; i++) {
			uint8_t key[8];

			be64_put(key, first + i);
			rc = store_append(txn, STORE_EVENTS,
					  (struct ent_bytes){ key, 8 }, value,
					  NULL);
		}
		if (rc == ENT_OK)
			rc = store_commit(txn, NULL);
		else
			store_abort(txn);
		if (rc == STORE_GROW && store_grow(store, NULL) == ENT_OK)
			grown++;
	} while (rc == STORE_GROW && grown < 20);
	return rc == ENT_OK ? grown : -100 + rc;
}

static void check_rows(struct store *store, uint64_t expected)
{
	struct store_txn *txn = begin_read(store);
	struct ent_bytes value;
	uint64_t count = 0;
	uint8_t key[8];

	be64_put(key, expected);
	assert_int_equal(store_count(txn, STORE_EVENTS, &count, NULL), ENT_OK);
	assert_int_equal(count, expected);
	assert_int_equal(store_get(txn, STORE_EVENTS,
				   (struct ent_bytes){ key, 8 }, &value, NULL),
			 ENT_OK);
	assert_memory_equal(value.data, filling, sizeof(filling));
	store_abort(txn);
}

static void a_full_map_grows(void **state)
{
	struct store_options small = creating;
	struct store *store;

	(void)state;
	small.map_bytes = SMALL_MAP;
	store = open_store(&small);
	assert_int_equal(fill(store, 1), 4); /* 256 KiB to 4 MiB */
	check_rows(store, ROWS);
	store_close(store);
	store = open_store(&small); /* smaller than the file */
	check_rows(store, ROWS);
	assert_true(fill(store, ROWS + 1) >= 1);
	check_rows(store, 2 * ROWS);
	store_close(store);
}

struct helper {
	pid_t pid;
	int go, done;
};

static struct helper start(void (*work)(void))
{
	int go[2], done[2];
	struct helper helper;

	assert_int_equal(pipe(go), 0);
	assert_int_equal(pipe(done), 0);
	helper.pid = fork();
	if (helper.pid == 0) {
		char c;

		close(go[1]);
		close(done[0]);
		if (read(go[0], &c, 1) == 1)
			work();
		if (write(done[1], "d", 1) != 1 || read(go[0], &c, 1) < 0)
			_exit(1);
		_exit(0);
	}
	close(go[0]);
	close(done[1]);
	helper.go = go[1];
	helper.done = done[0];
	return helper;
}

/* Let it work, and wait until it has. */
static void run(const struct helper *helper)
{
	char c = 0;

	assert_int_equal(write(helper->go, "g", 1), 1);
	assert_int_equal(read(helper->done, &c, 1), 1);
	assert_int_equal(c, 'd');
}

static void stop(const struct helper *helper)
{
	int status = 0;

	close(helper->go);
	close(helper->done);
	waitpid(helper->pid, &status, 0);
	assert_int_equal(status, 0);
}

static void fill_elsewhere(void)
{
	struct store_options small = { .format = 1, .map_bytes = SMALL_MAP };
	struct store *store = NULL;

	if (store_open(logs_dir, &small, &store, NULL) < 0 ||
	    fill(store, 1) != 4)
		_exit(2);
	store_close(store);
}

static void another_process_may_grow_the_map(void **state)
{
	struct helper helper = start(fill_elsewhere);
	struct store_options small = creating;
	struct store *store;
	struct store_txn *before;
	uint64_t count = 99;

	(void)state;
	small.map_bytes = SMALL_MAP;
	store = open_store(&small);
	before = begin_read(store);
	run(&helper);
	assert_int_equal(store_count(before, STORE_EVENTS, &count, NULL),
			 ENT_OK);
	assert_int_equal(count, 0);
	store_abort(before);
	check_rows(store, ROWS);
	assert_true(fill(store, ROWS + 1) >= 0);
	check_rows(store, 2 * ROWS);
	store_close(store);
	stop(&helper);
}

static void a_writer_may_come_first_after_the_map_grew(void **state)
{
	struct helper helper = start(fill_elsewhere);
	struct store_options small = creating;
	struct store *store;

	(void)state;
	small.map_bytes = SMALL_MAP;
	store = open_store(&small);
	run(&helper);
	assert_true(fill(store, ROWS + 1) >= 0);
	check_rows(store, 2 * ROWS);
	store_close(store);
	stop(&helper);
}

/* ---- one writer ------------------------------------------------------------ */

static void hold_the_lock(void)
{
	char path[128];
	int fd;

	snprintf(path, sizeof(path), "%s/writer.lock", logs_dir);
	fd = open(path, O_RDWR);
	if (fd < 0 || flock(fd, LOCK_EX) != 0)
		_exit(3);
}

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * (int64_t)1000 + ts.tv_nsec / 1000000;
}

static void a_writer_waits_no_longer_than_it_may(void **state)
{
	struct helper helper = start(hold_the_lock);
	struct store_options patient = creating;
	struct store_txn *txn = NULL;
	struct store *store;
	struct ent_error err;
	int64_t began;
	char msg[128];

	(void)state;
	snprintf(msg, sizeof(msg), "another writer (process %ld) has held the log for 200 ms",
		 (long)helper.pid);
	if (access("/proc/locks", R_OK) != 0)
		strcpy(msg, "another writer has held the log for 200 ms");
	patient.lock_timeout_ms = 200;
	store = open_store(&patient);
	run(&helper);
	store_abort(begin_read(store)); /* readers wait for nobody */
	began = now_ms();
	check_failure(store_begin_write(store, true, &txn, &err), ENT_EBUSY,
		      &err, msg);
	assert_in_range(now_ms() - began, 200, 700);
	assert_null(txn);
	stop(&helper); /* its end frees the lock */
	store_abort(begin_write(store));
	store_close(store);
}

static void usage_grows_with_what_is_stored(void **state)
{
	struct store *store = open_store(&creating);
	struct store_txn *reader;
	struct store_readers readers;
	uint64_t before = 0, after = 0;

	(void)state;
	assert_int_equal(store_file_bytes(store, &before, NULL), ENT_OK);
	assert_true(fill(store, 1) == 0);
	reader = begin_read(store);
	assert_int_equal(store_file_bytes(store, &after, NULL), ENT_OK);
	assert_true(after >= before + ROWS * ROW_BYTES);
	assert_int_equal(store_readers(store, &readers, NULL), ENT_OK);
	assert_int_equal(readers.count, 1);
	assert_int_equal(readers.oldest, 0); /* it reads the last state */
	store_abort(reader);
	store_close(store);
}

/* A walk asks no more of a table that it could not read. */
static void keys_of_a_walk_ascend(void **state)
{
	static const char *const keys[] = { "a", "ab", "b" };
	struct store *store = open_store(&creating);
	struct store_txn *txn = begin_write(store);
	struct store_cursor *cursor = NULL;
	struct ent_bytes key, value;
	struct ent_error err;

	(void)state;
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(store_put(txn, STORE_IDS, text(keys[i]),
					   text("v"), NULL), ENT_OK);
	assert_int_equal(store_cursor_open(txn, STORE_IDS, &cursor, NULL),
			 ENT_OK);
	assert_int_equal(store_cursor_seek(cursor, text("a"), &key, &value,
					   NULL), ENT_OK);
	assert_int_equal(store_cursor_next(cursor, &key, &value, NULL), ENT_OK);
	assert_int_equal(store_cursor_next(cursor, &key, &value, NULL), ENT_OK);
	*(char *)(uintptr_t)key.data = 'A'; /* as in a damaged page */
	assert_int_equal(store_cursor_seek(cursor, text("a"), &key, &value,
					   NULL), ENT_OK);
	assert_int_equal(store_cursor_next(cursor, &key, &value, NULL), ENT_OK);
	check_failure(store_cursor_next(cursor, &key, &value, &err),
		      ENT_ECORRUPT, &err,
		      "read the log: MDB_CORRUPTED: Located page was wrong type");
	assert_int_equal(store_cursor_next(cursor, &key, &value, NULL),
			 ENT_END);
	store_cursor_close(cursor);
	store_abort(txn);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FOLDER_TEST(what_is_committed_is_read),
		FOLDER_TEST(what_is_aborted_is_gone),
		FOLDER_TEST(nothing_is_written_while_something_is_read),
		FOLDER_TEST(a_key_is_put_once),
		FOLDER_TEST(appending_goes_forward_only),
		FOLDER_TEST(cursors_walk_in_order_of_bytes),
		FOLDER_TEST(a_full_map_grows),
		FOLDER_TEST(another_process_may_grow_the_map),
		FOLDER_TEST(a_writer_may_come_first_after_the_map_grew),
		FOLDER_TEST(a_writer_waits_no_longer_than_it_may),
		FOLDER_TEST(keys_of_a_walk_ascend),
		FOLDER_TEST(usage_grows_with_what_is_stored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
