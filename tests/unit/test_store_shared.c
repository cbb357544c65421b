/*
 * test_store_shared.c - a store that others have too: forks of this process, readers
 * that died, writers that hold one lock of the two, more readers than there are slots.
 */
#include "stores.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>

enum { READERS_LEAST = 1024, READERS_TRIED = 2000, COMMITS = 8,
       SLOWLY_US = 100000 };

static const struct store_options impatient = { .create = true, .format = 1,
					       .lock_timeout_ms = 100 };

static unsigned readers_of(struct store *store)
{
	struct store_readers readers = { 0 };

	assert_int_equal(store_readers(store, &readers, NULL), ENT_OK);
	return readers.count;
}

/* ---- other processes -------------------------------------------------------- */

static int writes_elsewhere(void *arg)
{
	struct store *store = NULL;
	struct store_txn *txn = NULL;

	(void)arg;
	if (store_open(logs_dir, &impatient, &store, NULL) != ENT_OK)
		return 100;
	return -store_begin_write(store, false, &txn, NULL);
}

/* ---- forks ------------------------------------------------------------------- */

struct inherited {
	struct store *store;
	struct store_txn *txn;
	struct ent_bytes value; /* in the map */
};

static int abort_and_close(void *arg)
{
	struct inherited *had = arg;

	store_abort(had->txn);
	store_close(had->store);
	return 0;
}

static int commit_and_close(void *arg)
{
	struct inherited *had = arg;
	int rc = store_commit(had->txn, NULL);

	store_close(had->store);
	return -rc;
}

/* Locks of flock() belong to the file as it was opened, which both have; and what
 * the parent has written beyond the end of the log must stay. */
static void a_fork_leaves_its_writer_alone(void **state)
{
	struct inherited had = { .store = open_store(&impatient) };
	struct store_txn *reader;
	uint64_t count = 0;

	(void)state;
	had.txn = begin_write(had.store);
	for (uint64_t i = 1; i <= 20; i++)
		assert_int_equal(put(had.txn, i, 40000), ENT_OK);
	assert_int_equal(in_child(abort_and_close, &had), 0);
	assert_int_equal(in_child(writes_elsewhere, NULL), -ENT_EBUSY);
	assert_int_equal(in_child(commit_and_close, &had), -ENT_EUSAGE);
	assert_int_equal(in_child(writes_elsewhere, NULL), -ENT_EBUSY);
	assert_int_equal(store_commit(had.txn, NULL), ENT_OK);
	reader = begin_read(had.store);
	assert_int_equal(store_count(reader, STORE_EVENTS, &count, NULL),
			 ENT_OK);
	assert_int_equal(count, 20);
	store_abort(reader);
	store_close(had.store);
	assert_int_equal(in_child(writes_elsewhere, NULL), 0);
}

/* What LMDB has is not touched, neither here nor by its own end of it. */
static int close_and_read(void *arg)
{
	const struct inherited *had = arg;

	abort_and_close(arg);
	return *(const char *)had->value.data;
}

/* Without its slot, a writer would take the pages that it reads. */
static void a_fork_leaves_its_reader_alone(void **state)
{
	struct inherited had = { .store = open_store(&impatient) };
	uint8_t key[8] = { 0, 0, 0, 0, 0, 0, 0, 1 };

	(void)state;
	had.txn = begin_write(had.store);
	assert_int_equal(put(had.txn, 1, 10), ENT_OK);
	assert_int_equal(store_commit(had.txn, NULL), ENT_OK);
	had.txn = begin_read(had.store);
	assert_int_equal(store_get(had.txn, STORE_EVENTS,
				   (struct ent_bytes){ key, 8 }, &had.value,
				   NULL), ENT_OK);
	assert_int_equal(readers_of(had.store), 1);
	assert_int_equal(in_child(close_and_read, &had), 0);
	assert_int_equal(readers_of(had.store), 1);
	store_abort(had.txn);
	store_close(had.store);
}

/* ---- the second lock ----------------------------------------------------------- */

/* A process that holds a lock of data.mdb, until go is closed. */
static pid_t hold_data(int go[2])
{
	int ready[2];
	char c;
	pid_t pid;

	assert_int_equal(pipe(go), 0);
	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (pid == 0) {
		int data = open(inside("data.mdb"), O_RDONLY);

		close(go[1]);
		if (flock(data, LOCK_EX) != 0 || write(ready[1], "r", 1) != 1)
			_exit(1);
		_exit(read(go[0], &c, 1) == 0 ? 0 : 2);
	}
	assert_int_equal(read(ready[0], &c, 1), 1);
	close(ready[0]);
	close(ready[1]);
	close(go[0]);
	return pid;
}

/* As a writer does whose writer.lock was deleted.  Whoever gives up gives the first
 * lock back. */
static void a_writer_is_kept_out_by_data_mdb_alone(void **state)
{
	struct store *store = open_store(&impatient);
	struct store_txn *txn = NULL;
	struct ent_error err;
	int go[2], status, lock;
	pid_t pid = hold_data(go);
	char msg[128];

	(void)state;
	snprintf(msg, sizeof(msg), "another writer (process %ld) has held the log for 100 ms",
		 (long)pid);
	if (access("/proc/locks", R_OK) != 0)
		strcpy(msg, "another writer has held the log for 100 ms");
	check_failure(store_begin_write(store, true, &txn, &err), ENT_EBUSY,
		      &err, msg);
	assert_null(txn);
	lock = open(inside("writer.lock"), O_RDONLY);
	assert_int_equal(flock(lock, LOCK_EX | LOCK_NB), 0);
	close(lock);
	close(go[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	store_abort(begin_write(store));
	store_close(store);
}

static int deletes_the_lock_and_writes(void *arg)
{
	unlink(inside("writer.lock"));
	return writes_elsewhere(arg);
}

static void writer_lock_may_be_deleted(void **state)
{
	struct store *store = open_store(&impatient);
	struct store_txn *txn = begin_write(store);

	(void)state;
	assert_int_equal(in_child(deletes_the_lock_and_writes, NULL),
			 -ENT_EBUSY);
	store_abort(txn);
	assert_int_equal(in_child(writes_elsewhere, NULL), 0);
	store_close(store);
}

/* ---- two that make a log --------------------------------------------------------- */

static char ready_made[96];

/* Has the folder's lock for a while, and puts a log with an event there. */
static int make_slowly(void *arg)
{
	const int *ready = arg;
	int lock = open(inside("writer.lock"), O_RDWR | O_CREAT, 0600);

	if (lock < 0 || flock(lock, LOCK_EX) != 0 ||
	    write(ready[1], "r", 1) != 1)
		return 100;
	usleep(SLOWLY_US);
	return rename(ready_made, inside("data.mdb")) == 0 ? 0 : 101;
}

static pid_t start(work_fn *work, int ready[2])
{
	char c;
	pid_t pid;

	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (pid == 0)
		_exit(work(ready));
	assert_int_equal(read(ready[0], &c, 1), 1);
	close(ready[0]);
	close(ready[1]);
	return pid;
}

/* In a folder that is there already, where nothing can be renamed whole. */
static void the_second_to_make_a_log_takes_the_firsts(void **state)
{
	struct store *store = open_store(&creating);
	struct store_txn *txn = begin_write(store);
	uint64_t count = 0;
	int ready[2], status;
	pid_t pid;

	(void)state;
	assert_int_equal(put(txn, 1, 10), ENT_OK);
	assert_int_equal(store_commit(txn, NULL), ENT_OK);
	store_close(store);
	snprintf(ready_made, sizeof(ready_made), "%s/ready", logs_folder);
	assert_int_equal(rename(inside("data.mdb"), ready_made), 0);
	unlink(inside("lock.mdb"));
	unlink(inside("writer.lock"));
	pid = start(make_slowly, ready);
	store = open_store(&creating);
	txn = begin_read(store);
	assert_int_equal(store_count(txn, STORE_EVENTS, &count, NULL), ENT_OK);
	assert_int_equal(count, 1);
	store_abort(txn);
	store_close(store);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

/* ---- slots of readers ------------------------------------------------------------ */

static struct store_txn *held[READERS_TRIED];

/* Until there is none left; how many. */
static unsigned hold_all(struct store *store, struct ent_error *err)
{
	unsigned n = 0;

	while (n < READERS_TRIED &&
	       store_begin_read(store, &held[n], err) == ENT_OK)
		n++;
	return n;
}

static void there_are_slots_for_a_thousand(void **state)
{
	struct store *store = open_store(&impatient);
	struct ent_error err = { 0 };
	unsigned n = hold_all(store, &err);

	(void)state;
	assert_in_range(n, READERS_LEAST, READERS_TRIED - 1);
	assert_int_equal(err.code, ENT_EIO);
	assert_string_equal(err.msg, "begin a transaction: MDB_READERS_FULL: "
			    "Environment maxreaders limit reached");
	assert_int_equal(readers_of(store), n);
	store_abort(held[--n]);
	held[n] = begin_read(store);
	for (n++; n > 0; n--)
		store_abort(held[n - 1]);
	store_close(store);
}

static int die_with_all_slots(void *arg)
{
	struct store *store = NULL;
	struct ent_error err = { 0 };

	(void)arg;
	if (store_open(logs_dir, &impatient, &store, NULL) != ENT_OK ||
	    hold_all(store, &err) < READERS_LEAST)
		return 100;
	return 0;
}

/* Opened before they died: nothing but a full table makes it look. */
static void slots_of_the_dead_are_taken(void **state)
{
	struct store_options reading = { .read_only = true, .format = 1 };
	struct store *store;

	(void)state;
	store_close(open_store(&impatient));
	store = open_store(&reading);
	assert_int_equal(in_child(die_with_all_slots, NULL), 0);
	store_abort(begin_read(store));
	store_close(store);
}

static int die_as_a_reader(void *arg)
{
	struct store *store = NULL;
	struct store_txn *txn = NULL;

	(void)arg;
	return store_open(logs_dir, &impatient, &store, NULL) == ENT_OK &&
			       store_begin_read(store, &txn, NULL) == ENT_OK ?
		       0 : 100;
}

static int open_for_writing(void *arg)
{
	struct store *store = NULL;

	(void)arg;
	if (store_open(logs_dir, &impatient, &store, NULL) != ENT_OK)
		return 100;
	store_close(store);
	return 0;
}

/* So that processes which append once each are not held back by it.  Somebody has the
 * log open all the time: else the table of readers is made anew. */
static void whoever_opens_for_writing_clears_the_dead(void **state)
{
	struct store_options reading = { .read_only = true, .format = 1 };
	struct store *store;

	(void)state;
	store_close(open_store(&impatient));
	store = open_store(&reading);
	assert_int_equal(in_child(die_as_a_reader, NULL), 0);
	assert_int_equal(readers_of(store), 1);
	assert_int_equal(in_child(open_for_writing, NULL), 0);
	assert_int_equal(readers_of(store), 0);
	store_close(store);
}

static void whoever_writes_on_clears_the_dead(void **state)
{
	struct store *store = open_store(&impatient);

	(void)state;
	assert_int_equal(in_child(die_as_a_reader, NULL), 0);
	assert_int_equal(readers_of(store), 1);
	for (uint64_t i = 1; i <= COMMITS; i++) {
		struct store_txn *txn = begin_write(store);

		assert_int_equal(put(txn, i, 10), ENT_OK);
		assert_int_equal(store_commit(txn, NULL), ENT_OK);
	}
	assert_int_equal(readers_of(store), 0);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FOLDER_TEST(a_fork_leaves_its_writer_alone),
		FOLDER_TEST(a_fork_leaves_its_reader_alone),
		FOLDER_TEST(a_writer_is_kept_out_by_data_mdb_alone),
		FOLDER_TEST(writer_lock_may_be_deleted),
		FOLDER_TEST(the_second_to_make_a_log_takes_the_firsts),
		FOLDER_TEST(there_are_slots_for_a_thousand),
		FOLDER_TEST(slots_of_the_dead_are_taken),
		FOLDER_TEST(whoever_opens_for_writing_clears_the_dead),
		FOLDER_TEST(whoever_writes_on_clears_the_dead),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
