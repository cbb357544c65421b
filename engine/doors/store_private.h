/*
 * store_private.h - what the files of this door share.
 */
#ifndef ENGINE_STORE_PRIVATE_H
#define ENGINE_STORE_PRIVATE_H

#include "doors/store.h"

#include <lmdb.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>

struct store {
	MDB_env *env;
	MDB_dbi tables[STORE_TABLES];
	unsigned live; /* transactions: the map may move only when there are none */
	unsigned lock_timeout_ms;
	unsigned commits;
	int writer_fd; /* writer.lock; -1 when read_only */
	pid_t pid;     /* that opened it */
	bool read_only;
	bool registered;
	bool has_lock; /* lock.mdb: not on a file system that is read-only */
	bool map_lost; /* LMDB has none any more, and would not look */
	dev_t dev, lock_dev; /* of data.mdb: one open per process */
	ino_t ino, lock_ino;
	char *data_path, *lock_path;
	struct store *next; /* in the registry */
};

struct store_txn {
	struct store *store;
	MDB_txn *txn;
	bool writes;
	uint64_t file_bytes; /* when it began */
	MDB_cursor *searching[STORE_TABLES]; /* of readers: made when first used */
};

/* MDB_CORRUPTED: a damaged page says that a key or a value has more bytes than the
 * file, and whoever copied them would read what is none of the log's. */
int store_check_lengths(const struct store_txn *txn, MDB_val key,
			MDB_val value);

static inline MDB_val store_val(struct ent_bytes bytes)
{
	MDB_val val = { bytes.len, NULL };

	/* LMDB takes a pointer to non-const, and does not write through it. */
	memcpy(&val.mv_data, &bytes.data, sizeof(val.mv_data));
	return val;
}

static inline struct ent_bytes store_bytes(MDB_val val)
{
	return (struct ent_bytes){ val.mv_data, val.mv_size };
}

extern const char *const store_table_names[STORE_TABLES];

enum { STORE_FORMAT_KEY_SIZE = 7 };
extern const char store_format_key[STORE_FORMAT_KEY_SIZE];

/* dir/name, for mem_free(); NULL when there is no memory. */
char *store_path(const char *dir, const char *name);

/* dir without slashes at its end, for mem_free(); NULL when there is no memory. */
char *store_without_slashes(const char *dir);

/* Names in it are on disk. */
int store_sync_folder(const char *dir, struct ent_error *err);

/* The files of a log, by the open folder, and the folder itself by its name. */
void store_remove_folder(int folder, const char *path);

/* The names of the files of the log in dir are on disk, and its own. */
int store_sync_names(const char *dir, struct ent_error *err);

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

/* Empty but for what making a log in it puts there. */
bool store_folder_is_empty(const char *dir);

/* How the names of folders begin in which a log is made inside another. */
#define STORE_TEMP_PREFIX ".tmp-"

/* Make an empty log at dir; exists: dir is there, an empty folder. */
int store_create(const char *dir, bool exists,
		 const struct store_options *options, struct ent_error *err);

/* The message for an LMDB or system code, and ours for it. */
int store_error(struct ent_error *err, int code, const char *what);

/* Likewise after writing: LMDB says EIO where a write came out short. */
int store_write_error(struct store *store, int code, const char *what,
		      struct ent_error *err);

/* ---- store_place.c ------------------------------------------------------------- */

/* What lies at dir: ENT_OK a log's file, ENT_END nothing (or an empty folder that
 * may become one).  ENT_EREFUSED: it is not to be trusted. */
int store_look(const char *dir, const struct store_options *options,
	       struct stat *out, struct ent_error *err);

/* ENT_EREFUSED: a network file system. */
int store_check_fs(const char *dir, unsigned trust, struct ent_error *err);

/* Of the type that statfs() gives; NULL where it is no network. */
const char *store_network_name(unsigned type);

/* 0, 1 and 2 are open.  ENT_EUSAGE */
int store_check_standard_files(struct ent_error *err);

/* A positive return: other files came to its place while it was opened.  err says so;
 * close it and try again. */
enum { STORE_MOVED = 3 };

/* Which lock.mdb is there, ahead of LMDB. */
int store_see_lock(struct store *store, const char *dir, struct ent_error *err);

/* Which files the log has, and that they are the ones that LMDB opened: STORE_MOVED
 * where they are not. */
int store_remember_place(struct store *store, const char *dir,
			 struct ent_error *err);

/* This process opened it, and its files are still there. */
int store_check_place(const struct store *store, bool writes,
		      struct ent_error *err);

/* ---- store_lock.c -------------------------------------------------------------- */

/* ENT_EBUSY after the time of the options; the message says who has it. */
int store_lock_writer(struct store *store, struct ent_error *err);
void store_unlock_writer(struct store *store);

/* ---- store_size.c -------------------------------------------------------------- */

/* A short file is made whole where only free pages are missing.  ENT_ECORRUPT */
int store_check_size(struct store *store, struct ent_error *err);

/* LMDB leaves freed pages at the end of the file unwritten; make it as long as
 * its last page, so that a short file means damage. */
int store_fill_file(struct store *store, struct ent_error *err);

/* Give back what a transaction that came to nothing has taken of the disk; behind the
 * writer's lock.  Where that fails, the next one uses it. */
void store_trim_file(struct store *store);

#endif
