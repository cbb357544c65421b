/*
 * test_store.c - tables, transactions, and walks through them.
 */
#include "stores.h"

static struct ent_bytes text(const char *s)
{
	return (struct ent_bytes){ s, strlen(s) };
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
		FOLDER_TEST(keys_of_a_walk_ascend),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
