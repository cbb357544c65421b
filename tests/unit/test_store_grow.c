/*
 * test_store_grow.c - a map that grows by itself, also while another process has it,
 * and one writer at a time.
 */
#include "stores.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <time.h>

#include "ground/be.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		FOLDER_TEST(a_full_map_grows),
		FOLDER_TEST(another_process_may_grow_the_map),
		FOLDER_TEST(a_writer_may_come_first_after_the_map_grew),
		FOLDER_TEST(a_writer_waits_no_longer_than_it_may),
		FOLDER_TEST(usage_grows_with_what_is_stored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
