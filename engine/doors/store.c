/*
 * store.c - transactions and tables.
 *
 * A writer first takes writer.lock, because LMDB's own lock has no time limit: a
 * stopped writer would hold everyone for ever.
 */
#include "doors/store_private.h"

#include "ground/mem.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

enum { LOCK_STEP_MS = 10, DISK_FULL_BYTES = 1 << 20 };

struct store_txn {
	struct store *store;
	MDB_txn *txn;
	bool writes;
	uint64_t file_bytes; /* when it began */
};

struct store_cursor {
	const struct store_txn *txn;
	MDB_cursor *cursor;
};

static int code_of(int code)
{
	switch (code) {
	case MDB_CORRUPTED:
	case MDB_PAGE_NOTFOUND:
	case MDB_BAD_TXN:
		return ENT_ECORRUPT;
	case MDB_PANIC:
		return ENT_EDOUBT;
	case ENOMEM:
		return ENT_ENOMEM;
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
		return ENT_EFULL;
	default:
		return ENT_EIO;
	}
}

int store_error(struct ent_error *err, int code, const char *what)
{
	if (code == MDB_PANIC)
		return ent_error_set(err, ENT_EDOUBT,
				     "%s: an earlier commit failed half-way; close the log and open it again",
				     what);
	return ent_error_set(err, code_of(code), "%s: %s", what,
			     mdb_strerror(code));
}

static bool disk_is_full(struct store *store)
{
	struct statvfs vfs;
	mdb_filehandle_t fd;

	if (mdb_env_get_fd(store->env, &fd) != 0 || fstatvfs(fd, &vfs) != 0)
		return false;
	return (uint64_t)vfs.f_bavail * vfs.f_frsize < DISK_FULL_BYTES;
}

int store_grow(struct store *store, struct ent_error *err)
{
	MDB_envinfo info;
	int rc;

	assert(store->live == 0);
	mdb_env_info(store->env, &info);
	if (info.me_mapsize > SIZE_MAX / 2)
		return ent_error_set(err, ENT_EFULL, "the log is too large");
	rc = mdb_env_set_mapsize(store->env, info.me_mapsize * 2);
	if (rc != 0)
		return store_error(err, rc, "grow the memory map");
	return ENT_OK;
}

/* Another process may have made the map larger than ours, and dead readers may
 * fill the table: both are cured once, then tried again. */
static int begin(struct store *store, unsigned flags, MDB_txn **out)
{
	int dead = 0;
	int rc = mdb_txn_begin(store->env, NULL, flags, out);

	if (rc == MDB_MAP_RESIZED && store->live == 0) {
		rc = mdb_env_set_mapsize(store->env, 0);
		if (rc == 0)
			rc = mdb_txn_begin(store->env, NULL, flags, out);
	} else if (rc == MDB_READERS_FULL) {
		mdb_reader_check(store->env, &dead);
		rc = mdb_txn_begin(store->env, NULL, flags, out);
	}
	return rc;
}

int store_sync(struct store *store, struct ent_error *err)
{
	int rc = mdb_env_sync(store->env, 1);

	return rc == 0 ? ENT_OK : store_error(err, rc, "sync data.mdb");
}

static int begin_txn(struct store *store, bool writes, struct store_txn **out,
		     struct ent_error *err)
{
	struct store_txn *txn = mem_new(1, sizeof(*txn));
	mdb_filehandle_t fd;
	struct stat file;
	int rc;

	if (!txn)
		return mem_error(err);
	rc = begin(store, writes ? 0 : MDB_RDONLY, &txn->txn);
	if (rc != 0) {
		mem_free(txn);
		return store_error(err, rc, "begin a transaction");
	}
	mdb_env_get_fd(store->env, &fd);
	txn->store = store;
	txn->writes = writes;
	if (fstat(fd, &file) == 0)
		txn->file_bytes = (uint64_t)file.st_size;
	store->live++;
	*out = txn;
	return ENT_OK;
}

int store_begin_read(struct store *store, struct store_txn **out,
		     struct ent_error *err)
{
	return begin_txn(store, false, out, err);
}

static int lock_writer(struct store *store, struct ent_error *err)
{
	const struct timespec step = { 0, LOCK_STEP_MS * 1000000L };
	unsigned waited = 0;

	while (flock(store->writer_fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return store_error(err, errno, "lock writer.lock");
		if (waited >= store->lock_timeout_ms)
			return ent_error_set(err, ENT_EBUSY,
					     "another writer has held the log for %u ms",
					     waited);
		nanosleep(&step, NULL);
		waited += LOCK_STEP_MS;
	}
	return ENT_OK;
}

static void unlock_writer(struct store *store)
{
	flock(store->writer_fd, LOCK_UN);
}

int store_begin_write(struct store *store, bool no_sync, struct store_txn **out,
		      struct ent_error *err)
{
	int rc;

	if (store->read_only)
		return ent_error_set(err, ENT_EUSAGE,
				     "the log was opened for reading only");
	if (store->live > 0)
		return ent_error_set(err, ENT_EUSAGE,
				     "a call on this log is under way: nothing can be appended within it");
	rc = lock_writer(store, err);
	if (rc < 0)
		return rc;
	mdb_env_set_flags(store->env, MDB_NOSYNC, no_sync);
	rc = begin_txn(store, true, out, err);
	if (rc < 0)
		unlock_writer(store);
	return rc;
}

static void free_txn(struct store_txn *txn)
{
	txn->store->live--;
	if (txn->writes)
		unlock_writer(txn->store);
	mem_free(txn);
}

int store_fill_file(struct store *store, struct ent_error *err)
{
	MDB_envinfo info;
	MDB_stat stat;
	struct stat file;
	mdb_filehandle_t fd;
	off_t need;

	mdb_env_info(store->env, &info);
	mdb_env_stat(store->env, &stat);
	mdb_env_get_fd(store->env, &fd);
	need = (off_t)(info.me_last_pgno + 1) * (off_t)stat.ms_psize;
	if (fstat(fd, &file) != 0)
		return store_error(err, errno, "read the size of data.mdb");
	if (file.st_size < need && ftruncate(fd, need) != 0)
		return store_error(err, errno, "extend data.mdb");
	return ENT_OK;
}

/* A commit that fails may have reached the disk all the same, so the answer is
 * "in doubt" unless the map or the disk was too small for it. */
static int commit_error(struct store *store, int code, struct ent_error *err)
{
	if (code == MDB_MAP_FULL)
		return STORE_GROW;
	if (code == ENOSPC || (code == EIO && disk_is_full(store)))
		return ent_error_set(err, ENT_EFULL,
				     "the disk is full; nothing was appended");
	return ent_error_set(err, ENT_EDOUBT,
			     "in doubt: commit: %s; open the log again and append the same to find out",
			     mdb_strerror(code));
}

int store_commit(struct store_txn *txn, struct ent_error *err)
{
	struct store *store = txn->store;
	int rc = mdb_txn_commit(txn->txn);

	if (rc != 0)
		rc = commit_error(store, rc, err);
	else if (txn->writes)
		(void)store_fill_file(store, NULL); /* the commit stands anyway */
	free_txn(txn);
	return rc;
}

void store_abort(struct store_txn *txn)
{
	if (!txn)
		return;
	mdb_txn_abort(txn->txn);
	free_txn(txn);
}

static MDB_val val_of(struct ent_bytes bytes)
{
	MDB_val val = { bytes.len, NULL };

	/* LMDB takes a pointer to non-const, and does not write through it. */
	memcpy(&val.mv_data, &bytes.data, sizeof(val.mv_data));
	return val;
}

static struct ent_bytes bytes_of(MDB_val val)
{
	return (struct ent_bytes){ val.mv_data, val.mv_size };
}

/* A damaged page can say that a key or a value has gigabytes, and whoever copies
 * them reads what is none of the log's.  What a writer added may not be in the file
 * yet. */
static int check_length(const struct store_txn *txn, MDB_val val)
{
	return txn->writes || val.mv_size <= txn->file_bytes ? 0 :
							       MDB_CORRUPTED;
}

static int check_lengths(const struct store_txn *txn, MDB_val key, MDB_val value)
{
	int rc = check_length(txn, key);

	return rc == 0 ? check_length(txn, value) : rc;
}

int store_get(struct store_txn *txn, enum store_table table,
	      struct ent_bytes key, struct ent_bytes *out,
	      struct ent_error *err)
{
	MDB_val k = val_of(key), v;
	int rc = mdb_get(txn->txn, txn->store->tables[table], &k, &v);

	if (rc == MDB_NOTFOUND)
		return ENT_END;
	if (rc == 0)
		rc = check_length(txn, v);
	if (rc != 0)
		return store_error(err, rc, store_table_names[table]);
	*out = bytes_of(v);
	return ENT_OK;
}

/* LMDB knows the first key >= one only. */
static int seek_floor(MDB_cursor *cursor, MDB_val wanted, MDB_val *key,
		      MDB_val *value)
{
	int rc;

	*key = wanted;
	rc = mdb_cursor_get(cursor, key, value, MDB_SET_RANGE);
	if (rc == MDB_NOTFOUND)
		return mdb_cursor_get(cursor, key, value, MDB_LAST);
	if (rc != 0 || (key->mv_size == wanted.mv_size &&
			memcmp(key->mv_data, wanted.mv_data,
			       wanted.mv_size) == 0))
		return rc;
	return mdb_cursor_get(cursor, key, value, MDB_PREV);
}

int store_get_floor(struct store_txn *txn, enum store_table table,
		    struct ent_bytes key, struct ent_bytes *out_key,
		    struct ent_bytes *out, struct ent_error *err)
{
	MDB_cursor *cursor;
	MDB_val k, v;
	int rc = mdb_cursor_open(txn->txn, txn->store->tables[table], &cursor);

	if (rc != 0)
		return store_error(err, rc, store_table_names[table]);
	rc = seek_floor(cursor, val_of(key), &k, &v);
	mdb_cursor_close(cursor);
	if (rc == MDB_NOTFOUND)
		return ENT_END;
	if (rc == 0)
		rc = check_lengths(txn, k, v);
	if (rc != 0)
		return store_error(err, rc, store_table_names[table]);
	*out_key = bytes_of(k);
	*out = bytes_of(v);
	return ENT_OK;
}

static int put_error(int code, enum store_table table, struct ent_error *err)
{
	if (code == MDB_MAP_FULL)
		return STORE_GROW;
	if (code == MDB_KEYEXIST)
		return ent_error_set(err, ENT_ECORRUPT,
				     "table %s has a key already that is to be new",
				     store_table_names[table]);
	return store_error(err, code, store_table_names[table]);
}

static int put(struct store_txn *txn, enum store_table table,
	       struct ent_bytes key, struct ent_bytes value, unsigned flags,
	       struct ent_error *err)
{
	MDB_val k = val_of(key), v = val_of(value);
	int rc = mdb_put(txn->txn, txn->store->tables[table], &k, &v, flags);

	return rc == 0 ? ENT_OK : put_error(rc, table, err);
}

int store_put(struct store_txn *txn, enum store_table table,
	      struct ent_bytes key, struct ent_bytes value,
	      struct ent_error *err)
{
	return put(txn, table, key, value, MDB_NOOVERWRITE, err);
}

int store_put_ascending(struct store_txn *txn, enum store_table table,
			struct ent_bytes key, struct ent_bytes value,
			bool *at_end, struct ent_error *err)
{
	MDB_val k = val_of(key), v = val_of(value);

	if (*at_end) {
		int rc = mdb_put(txn->txn, txn->store->tables[table], &k, &v,
				 MDB_APPEND);

		if (rc == 0)
			return ENT_OK;
		if (rc != MDB_KEYEXIST)
			return put_error(rc, table, err);
		*at_end = false;
	}
	return store_put(txn, table, key, value, err);
}

int store_append(struct store_txn *txn, enum store_table table,
		 struct ent_bytes key, struct ent_bytes value,
		 struct ent_error *err)
{
	return put(txn, table, key, value, MDB_APPEND, err);
}

int store_delete(struct store_txn *txn, enum store_table table,
		 struct ent_bytes key, struct ent_error *err)
{
	MDB_val k = val_of(key);
	int rc = mdb_del(txn->txn, txn->store->tables[table], &k, NULL);

	if (rc == MDB_NOTFOUND)
		return ENT_END;
	return rc == 0 ? ENT_OK : put_error(rc, table, err);
}

int store_clear(struct store_txn *txn, enum store_table table,
		struct ent_error *err)
{
	int rc = mdb_drop(txn->txn, txn->store->tables[table], 0);

	return rc == 0 ? ENT_OK : put_error(rc, table, err);
}

int store_count(struct store_txn *txn, enum store_table table, uint64_t *out,
		struct ent_error *err)
{
	MDB_stat stat;
	int rc = mdb_stat(txn->txn, txn->store->tables[table], &stat);

	if (rc != 0)
		return store_error(err, rc, store_table_names[table]);
	*out = stat.ms_entries;
	return ENT_OK;
}

int store_cursor_open(struct store_txn *txn, enum store_table table,
		      struct store_cursor **out, struct ent_error *err)
{
	struct store_cursor *cursor = mem_new(1, sizeof(*cursor));
	int rc;

	if (!cursor)
		return mem_error(err);
	cursor->txn = txn;
	rc = mdb_cursor_open(txn->txn, txn->store->tables[table],
			     &cursor->cursor);
	if (rc != 0) {
		mem_free(cursor);
		return store_error(err, rc, store_table_names[table]);
	}
	*out = cursor;
	return ENT_OK;
}

void store_cursor_close(struct store_cursor *cursor)
{
	if (!cursor)
		return;
	mdb_cursor_close(cursor->cursor);
	mem_free(cursor);
}

static int move(struct store_cursor *cursor, MDB_cursor_op op, MDB_val key,
		struct ent_bytes *out_key, struct ent_bytes *out_value,
		struct ent_error *err)
{
	MDB_val value;
	int rc = mdb_cursor_get(cursor->cursor, &key, &value, op);

	if (rc == MDB_NOTFOUND)
		return ENT_END;
	if (rc == 0)
		rc = check_lengths(cursor->txn, key, value);
	if (rc != 0)
		return store_error(err, rc, "read the log");
	*out_key = bytes_of(key);
	*out_value = bytes_of(value);
	return ENT_OK;
}

int store_cursor_seek(struct store_cursor *cursor, struct ent_bytes from,
		      struct ent_bytes *out_key, struct ent_bytes *out_value,
		      struct ent_error *err)
{
	return move(cursor, MDB_SET_RANGE, val_of(from), out_key, out_value,
		    err);
}

int store_cursor_next(struct store_cursor *cursor, struct ent_bytes *out_key,
		      struct ent_bytes *out_value, struct ent_error *err)
{
	return move(cursor, MDB_NEXT, (MDB_val){ 0, NULL }, out_key, out_value,
		    err);
}

int store_cursor_last(struct store_cursor *cursor, struct ent_bytes *out_key,
		      struct ent_bytes *out_value, struct ent_error *err)
{
	return move(cursor, MDB_LAST, (MDB_val){ 0, NULL }, out_key, out_value,
		    err);
}

/* LMDB lists its readers as lines of text, behind one of headings. */
static int count_lines(const char *text, void *arg)
{
	unsigned *lines = arg;

	for (; *text; text++)
		*lines += *text == '\n';
	return 0;
}

int store_usage(struct store *store, uint64_t *out_bytes, unsigned *out_readers,
		struct ent_error *err)
{
	MDB_envinfo info;
	MDB_stat stat;
	int rc = mdb_env_info(store->env, &info);

	if (rc == 0)
		rc = mdb_env_stat(store->env, &stat);
	if (rc != 0)
		return store_error(err, rc, "read the log's figures");
	*out_bytes = (uint64_t)(info.me_last_pgno + 1) * stat.ms_psize;
	*out_readers = 0;
	if (mdb_reader_list(store->env, count_lines, out_readers) >= 0 &&
	    *out_readers > 0)
		--*out_readers;
	return ENT_OK;
}
