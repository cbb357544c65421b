/*
 * stores.h - what tests of the store share: opening it, transactions, children.
 */
#ifndef TESTS_STORES_H
#define TESTS_STORES_H

#include "logs.h"

#include <sys/resource.h>
#include <sys/wait.h>

#include "doors/store_private.h"
#include "ground/be.h"

static const struct store_options creating = { .create = true, .format = 1 };

static inline struct store *open_store(const struct store_options *options)
{
	struct store *store = NULL;
	struct ent_error err;

	if (store_open(logs_dir, options, &store, &err) < 0)
		fail_msg("%s", err.msg);
	return store;
}

static inline struct store_txn *begin_read(struct store *store)
{
	struct store_txn *txn = NULL;
	struct ent_error err;

	if (store_begin_read(store, &txn, &err) < 0)
		fail_msg("%s", err.msg);
	return txn;
}

static inline struct store_txn *begin_write(struct store *store)
{
	struct store_txn *txn = NULL;
	struct ent_error err;

	if (store_begin_write(store, true, &txn, &err) < 0)
		fail_msg("%s", err.msg);
	return txn;
}

static inline int put(struct store_txn *txn, uint64_t n, size_t len)
{
	static const uint8_t value[40000];
	uint8_t key[8];

	be64_put(key, n);
	return store_append(txn, STORE_EVENTS, (struct ent_bytes){ key, 8 },
			    (struct ent_bytes){ value, len }, NULL);
}

static inline const char *inside(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", logs_dir, name);
	return path;
}

/* ---- children ------------------------------------------------------------ */

typedef int work_fn(void *arg);

/* What the child returns. */
static inline int in_child(work_fn *work, void *arg)
{
	const struct rlimit no_core = { 0, 0 };
	pid_t pid = fork();
	int status = 0;

	assert_true(pid >= 0);
	if (pid == 0) {
		setrlimit(RLIMIT_CORE, &no_core);
		_exit(work(arg));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

#endif
