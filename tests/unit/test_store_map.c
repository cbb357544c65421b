/*
 * test_store_map.c - the map stays where it is as long as somebody reads it.
 */
#include "stores.h"

#include <fcntl.h>
#include <signal.h>

enum { SMALL_MAP = 256 << 10 };


static int grow_elsewhere(void *arg)
{
	struct store *store = NULL;
	struct store_txn *txn = NULL;
	int rc = ENT_OK;

	(void)arg;
	if (store_open(logs_dir, &creating, &store, NULL) != ENT_OK ||
	    store_begin_write(store, true, &txn, NULL) != ENT_OK)
		return 100;
	for (uint64_t i = 2; rc == ENT_OK && i <= 40; i++)
		rc = put(txn, i, 40000);
	return rc == ENT_OK ? -store_commit(txn, NULL) : 101;
}

static void the_map_does_not_move_under_a_reader(void **state)
{
	struct store_options small = creating;
	struct store_txn *txn, *late = NULL;
	struct ent_bytes value = { 0 };
	struct ent_error err;
	struct store *store;
	uint8_t key[8] = { 0, 0, 0, 0, 0, 0, 0, 1 }, first[2000];

	(void)state;
	small.map_bytes = SMALL_MAP;
	store = open_store(&small);
	txn = begin_write(store);
	assert_int_equal(put(txn, 1, sizeof(first)), ENT_OK);
	assert_int_equal(store_commit(txn, NULL), ENT_OK);
	txn = begin_read(store);
	assert_int_equal(store_get(txn, STORE_EVENTS,
				   (struct ent_bytes){ key, 8 }, &value, NULL),
			 ENT_OK);
	assert_int_equal(in_child(grow_elsewhere, NULL), 0);
	assert_int_equal(store_begin_read(store, &late, &err), ENT_EIO);
	assert_non_null(strstr(err.msg, "MDB_MAP_RESIZED"));
	assert_null(late);
	memcpy(first, value.data, sizeof(first)); /* where it was */
	store_abort(txn);
	store_abort(begin_read(store));
	store_close(store);
}

/* Between the environment and its tables. */
static void it_may_grow_while_it_is_opened(void **state)
{
	struct store late = { .writer_fd = -1 };
	struct store_txn *txn;
	struct store *store;
	MDB_txn *opened = NULL;

	(void)state;
	store = open_store(&creating);
	txn = begin_write(store);
	assert_int_equal(put(txn, 1, 10), ENT_OK);
	assert_int_equal(store_commit(txn, NULL), ENT_OK);
	store_close(store);
	assert_int_equal(store_open_env(&late, logs_dir, true, SMALL_MAP, NULL),
			 ENT_OK);
	assert_int_equal(in_child(grow_elsewhere, NULL), 0);
	assert_int_equal(store_open_tables(&late, MDB_RDONLY, 0, &opened), 0);
	mdb_txn_abort(opened);
	mdb_env_close(late.env);
}

static int grow_under_a_reader(void *arg)
{
	struct store *store = arg;
	int null = open("/dev/null", O_WRONLY);

	dup2(null, STDERR_FILENO); /* what the assertion says */
	return store_grow(store, NULL) == ENT_OK ? 100 : 101;
}

static void a_map_that_is_read_is_not_grown(void **state)
{
	struct store *store = open_store(&creating);
	struct store_txn *txn = begin_read(store);

	(void)state;
	assert_int_equal(in_child(grow_under_a_reader, store), -SIGABRT);
	store_abort(txn);
	assert_int_equal(store_grow(store, NULL), ENT_OK);
	store_abort(begin_read(store));
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FOLDER_TEST(the_map_does_not_move_under_a_reader),
		FOLDER_TEST(it_may_grow_while_it_is_opened),
		FOLDER_TEST(a_map_that_is_read_is_not_grown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
