/*
 * store_private.h - what store.c and store_open.c share.
 */
#ifndef ENGINE_STORE_PRIVATE_H
#define ENGINE_STORE_PRIVATE_H

#include "doors/store.h"

#include <lmdb.h>
#include <pthread.h>
#include <sys/types.h>

struct store {
	MDB_env *env;
	MDB_dbi tables[STORE_TABLES];
	size_t map_bytes;
	unsigned live; /* transactions: the map may move only when there are none */
	unsigned lock_timeout_ms;
	int writer_fd; /* writer.lock; -1 when read_only */
	bool read_only;
	bool registered;
	dev_t dev; /* of data.mdb: one open per process */
	ino_t ino;
	struct store *next; /* in the registry */
};

extern const char *const store_table_names[STORE_TABLES];

/* The message for an LMDB or system code, and ours for it. */
int store_error(struct ent_error *err, int code, const char *what);

/* LMDB leaves freed pages at the end of the file unwritten; make it as long as
 * its last page, so that a short file means damage. */
int store_fill_file(struct store *store, struct ent_error *err);

#endif
