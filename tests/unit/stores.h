/*
 * stores.h - a store in the folder of a test, and its transactions.
 */
#ifndef TESTS_STORES_H
#define TESTS_STORES_H

#include "logs.h"

#include "doors/store.h"

static const struct store_options creating = { .create = true, .format = 1 };

static inline struct store *open_store(const struct store_options *options)
{
	struct store *store = NULL;
	struct ent_error err;

	if (store_open(logs_dir, options, &store, &err) < 0)
		fail_msg("%s", err.msg);
	return store;
}

static inline struct store_txn *begin_write(struct store *store)
{
	struct store_txn *txn = NULL;

	assert_int_equal(store_begin_write(store, true, &txn, NULL), ENT_OK);
	return txn;
}

static inline struct store_txn *begin_read(struct store *store)
{
	struct store_txn *txn = NULL;

	assert_int_equal(store_begin_read(store, &txn, NULL), ENT_OK);
	return txn;
}

#endif
