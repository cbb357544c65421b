/*
 * test_store_place.c - a log whose files are replaced while it is open: both, as
 * compact does one behind the other, or one.
 */
#include "stores.h"

#include <stdio.h>
#include <time.h>

static char other_dir[96];
static unsigned naps;
static const char *moves_then; /* the file that is moved while somebody naps */

static void move_other(const char *name)
{
	char from[128];

	snprintf(from, sizeof(from), "%s/%s", other_dir, name);
	assert_int_equal(rename(from, inside(name)), 0);
}

int nanosleep(const struct timespec *nap, struct timespec *left)
{
	(void)nap;
	(void)left;
	if (naps++ == 1 && moves_then)
		move_other(moves_then);
	return 0;
}

static struct store *open_beside_another(void)
{
	struct store *store = open_store(&creating), *other = NULL;

	snprintf(other_dir, sizeof(other_dir), "%s/other", logs_folder);
	assert_int_equal(store_open(other_dir, &creating, &other, NULL), ENT_OK);
	store_close(other);
	naps = 0;
	moves_then = NULL;
	return store;
}

static void check_read(struct store *store, int code, const char *what)
{
	struct store_txn *txn = NULL;
	struct ent_error err = { 0 };

	assert_int_equal(store_begin_read(store, &txn, &err), code);
	assert_non_null(strstr(err.msg, what));
	assert_null(txn);
}

static void check_write(struct store *store, int code, const char *what)
{
	struct store_txn *txn = NULL;
	struct ent_error err = { 0 };

	assert_int_equal(store_begin_write(store, true, &txn, &err), code);
	assert_non_null(strstr(err.msg, what));
	assert_null(txn);
}

static void between_the_two_it_is_waited(void **state)
{
	struct store *store = open_beside_another();

	(void)state;
	move_other("lock.mdb");
	moves_then = "data.mdb";
	check_read(store, ENT_EREOPEN, "put in place anew");
	assert_int_equal(naps, 2);
	check_write(store, ENT_EREOPEN, "put in place anew");
	assert_int_equal(naps, 2);
	store_close(store);
}

static void the_other_way_round_too(void **state)
{
	struct store *store = open_beside_another();

	(void)state;
	move_other("data.mdb");
	store_abort(begin_read(store)); /* of the file that is mapped */
	assert_int_equal(naps, 0);
	moves_then = "lock.mdb";
	check_write(store, ENT_EREOPEN, "put in place anew");
	assert_int_equal(naps, 2);
	store_close(store);
}

static void one_that_is_gone_is_told(void **state)
{
	struct store *store = open_beside_another();

	(void)state;
	move_other("lock.mdb");
	check_read(store, ENT_EIO, "lock.mdb was deleted or replaced");
	check_write(store, ENT_EIO, "lock.mdb was deleted or replaced");
	assert_true(naps > 100);
	store_close(store);
	store = open_beside_another();
	move_other("data.mdb");
	check_write(store, ENT_EIO, "data.mdb was deleted or replaced");
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FOLDER_TEST(between_the_two_it_is_waited),
		FOLDER_TEST(the_other_way_round_too),
		FOLDER_TEST(one_that_is_gone_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
