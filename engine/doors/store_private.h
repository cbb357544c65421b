/*
 * store_private.h - what the files of the door share.
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

enum { STORE_FORMAT_KEY_SIZE = 7 };
extern const char store_format_key[STORE_FORMAT_KEY_SIZE];

/* dir/name, for mem_free(); NULL when there is no memory. */
char *store_path(const char *dir, const char *name);

/* LMDB leaves its lock file sparse and writes to it through the map, also for
 * readers: on a full disk that is a SIGBUS.  So its blocks are taken before LMDB
 * opens it.  Where a reader may not write, LMDB says so, or does without. */
int store_reserve_lock_file(const char *dir, bool read_only,
			    struct ent_error *err);

int store_open_env(struct store *store, const char *dir, bool read_only,
		   uint64_t map_bytes, struct ent_error *err);

/* An LMDB code; *out is the transaction in which the handles live. */
int store_open_tables(struct store *store, unsigned txn_flags,
		      unsigned table_flags, MDB_txn **out);

int store_open_writer_lock(struct store *store, const char *dir,
			   struct ent_error *err);

/* Wait for other writers, up to the time of the options: ENT_EBUSY. */
int store_lock_writer(struct store *store, struct ent_error *err);

/* Empty but for what making a log in it puts there. */
bool store_folder_is_empty(const char *dir);

/* Make an empty log at dir; exists: dir is there, an empty folder. */
int store_create(const char *dir, bool exists, uint32_t format,
		 struct ent_error *err);

/* The message for an LMDB or system code, and ours for it. */
int store_error(struct ent_error *err, int code, const char *what);

/* LMDB leaves freed pages at the end of the file unwritten; make it as long as
 * its last page, so that a short file means damage. */
int store_fill_file(struct store *store, struct ent_error *err);

/* ENT_ECORRUPT where pages that are in use are missing at the end of the file.
 * Where free ones are, the file is made long enough. */
int store_check_size(struct store *store, const char *dir,
		     struct ent_error *err);

#endif
