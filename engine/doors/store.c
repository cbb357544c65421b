/*
 * store.c - transactions and tables.
 */
#include "doors/store_private.h"

#include "ground/mem.h"

#include <assert.h>
#include <errno.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { DISK_FULL_BYTES = 1 << 20, CHECK_READERS_EVERY = 8 };

static int code_of(int code)
{
	switch (code) {
	case MDB_CORRUPTED:
	case MDB_PAGE_NOTFOUND:
	case MDB_BAD_TXN:
	case MDB_CURSOR_FULL: /* pages deeper than any tree */
	case MDB_PAGE_FULL:
	case MDB_INCOMPATIBLE: /* flags of a table that are not ours */
	case MDB_BAD_VALSIZE:
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

/* A write that came out short, for want of room or by a limit of the process. */
static int why_short(struct store *store)
{
	struct rlimit limit;
	struct statvfs vfs;
	struct stat file;
	mdb_filehandle_t fd;

	mdb_env_get_fd(store->env, &fd);
	if (getrlimit(RLIMIT_FSIZE, &limit) == 0 &&
	    limit.rlim_cur != RLIM_INFINITY && fstat(fd, &file) == 0 &&
	    (uint64_t)file.st_size + DISK_FULL_BYTES > limit.rlim_cur)
		return EFBIG;
	if (fstatvfs(fd, &vfs) == 0 &&
	    (uint64_t)vfs.f_bavail * vfs.f_frsize < DISK_FULL_BYTES)
		return ENOSPC;
	return EIO;
}

int store_write_error(struct store *store, int code, const char *what,
		      struct ent_error *err)
{
	return store_error(err, code == EIO ? why_short(store) : code, what);
}

/* LMDB gives the old map up before it asks for the new one, and takes none back. */
static int set_map(struct store *store, size_t bytes, struct ent_error *err)
{
	int rc = mdb_env_set_mapsize(store->env, bytes);

	if (rc == 0)
		return ENT_OK;
	store->map_lost = true;
	return store_error(err, rc, "grow the memory map");
}

static bool has_room(size_t bytes)
{
	void *room = mmap(NULL, bytes, PROT_NONE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return room != MAP_FAILED && munmap(room, bytes) == 0;
}

int store_grow(struct store *store, struct ent_error *err)
{
	MDB_envinfo info;

	assert(store->live == 0);
	mdb_env_info(store->env, &info);
	if (info.me_mapsize > SIZE_MAX / 2)
		return ent_error_set(err, ENT_EFULL, "the log is too large");
	if (!has_room(info.me_mapsize)) /* beside the old one */
		return store_error(err, ENOMEM, "grow the memory map");
	return set_map(store, info.me_mapsize * 2, err);
}

/* Another process may have made the map larger than ours, and dead readers may
 * fill the table: both are cured once, then tried again. */
static int begin(struct store *store, unsigned flags, MDB_txn **out,
		 struct ent_error *err)
{
	int rc = mdb_txn_begin(store->env, NULL, flags, out);

	if (rc == MDB_MAP_RESIZED && store->live == 0) {
		rc = set_map(store, 0, err);
		if (rc < 0)
			return rc;
		rc = mdb_txn_begin(store->env, NULL, flags, out);
	} else if (rc == MDB_READERS_FULL) {
		store_clear_readers(store);
		rc = mdb_txn_begin(store->env, NULL, flags, out);
	}
	return rc == 0 ? ENT_OK : store_error(err, rc, "begin a transaction");
}

int store_sync(struct store *store, struct ent_error *err)
{
	int rc = mdb_env_sync(store->env, 1);

	return rc == 0 ? ENT_OK :
			 store_write_error(store, rc, "sync data.mdb", err);
}

static uint64_t file_bytes(const struct store *store)
{
	mdb_filehandle_t fd;
	struct stat file;

	mdb_env_get_fd(store->env, &fd);
	return fstat(fd, &file) == 0 ? (uint64_t)file.st_size : 0;
}

static int begin_txn(struct store *store, bool writes, struct store_txn **out,
		     struct ent_error *err)
{
	struct store_txn *txn;
	int rc = store_check_place(store, writes, err);

	if (rc < 0)
		return rc;
	txn = mem_new(1, sizeof(*txn));
	if (!txn)
		return mem_error(err);
	rc = begin(store, writes ? 0 : MDB_RDONLY, &txn->txn, err);
	if (rc < 0) {
		mem_free(txn);
		return rc;
	}
	txn->store = store;
	txn->writes = writes;
	txn->file_bytes = file_bytes(store);
	store->live++;
	*out = txn;
	return ENT_OK;
}

int store_begin_read(struct store *store, struct store_txn **out,
		     struct ent_error *err)
{
	return begin_txn(store, false, out, err);
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
	rc = store_check_place(store, true, err);
	if (rc == ENT_OK)
		rc = store_lock_writer(store, err);
	if (rc < 0)
		return rc;
	mdb_env_set_flags(store->env, MDB_NOSYNC, no_sync);
	rc = begin_txn(store, true, out, err); /* looks at its place again */
	if (rc < 0)
		store_unlock_writer(store);
	return rc;
}

static void free_txn(struct store_txn *txn)
{
	txn->store->live--;
	for (size_t i = 0; i < STORE_TABLES; i++)
		if (txn->searching[i])
			mdb_cursor_close(txn->searching[i]);
	if (txn->writes)
		store_unlock_writer(txn->store);
	mem_free(txn);
}

/* LMDB refuses all once the page that names the roots may have been written. */
static bool is_in_doubt(struct store *store)
{
	MDB_txn *txn = NULL;

	if (mdb_txn_begin(store->env, NULL, MDB_RDONLY, &txn) != 0)
		return true;
	mdb_txn_abort(txn);
	return false;
}

static int commit_error(struct store *store, int code, struct ent_error *err)
{
	if (code == MDB_MAP_FULL)
		return STORE_GROW;
	if (is_in_doubt(store)) {
		/* Other processes that have the log open are shown what LMDB took
		 * back: the disk gets that. */
		(void)mdb_env_sync(store->env, 1);
		return ent_error_set(err, ENT_EDOUBT,
				     "in doubt: commit: %s; open the log again and append the same to find out",
				     mdb_strerror(code));
	}
	code = store_write_error(store, code, "nothing was appended", err);
	store_trim_file(store);
	if (code == ENT_EFULL)
		ent_error_wrap(err, "the disk is full");
	return code;
}

/* Readers that died are found by whoever opens the log; a writer that has it open
 * for long looks now and then: each commit that one keeps pages from costs some
 * 36 KiB, a look a few microseconds. */
static void look_after(struct store *store)
{
	(void)store_fill_file(store, NULL); /* the commit stands anyway */
	if (++store->commits % CHECK_READERS_EVERY == 0)
		store_clear_readers(store);
}

int store_commit(struct store_txn *txn, struct ent_error *err)
{
	struct store *store = txn->store;
	int rc = store_check_place(store, txn->writes, err);

	if (rc < 0) {
		store_abort(txn);
		return rc;
	}
	rc = mdb_txn_commit(txn->txn);
	if (rc != 0)
		rc = commit_error(store, rc, err);
	else if (txn->writes)
		look_after(store);
	free_txn(txn);
	return rc;
}

void store_abort(struct store_txn *txn)
{
	if (!txn)
		return;
	/* In a fork, LMDB would take the parent's slot and lock away. */
	if (txn->store->pid != getpid()) {
		mem_free(txn);
		return;
	}
	mdb_txn_abort(txn->txn);
	if (txn->writes)
		store_trim_file(txn->store);
	free_txn(txn);
}

/* What a writer added may not be in the file yet. */
int store_check_lengths(const struct store_txn *txn, MDB_val key, MDB_val value)
{
	return txn->writes || (key.mv_size <= txn->file_bytes &&
			       value.mv_size <= txn->file_bytes) ?
		       0 : MDB_CORRUPTED;
}

int store_get(struct store_txn *txn, enum store_table table,
	      struct ent_bytes key, struct ent_bytes *out,
	      struct ent_error *err)
{
	MDB_val k = store_val(key), v;
	int rc = mdb_get(txn->txn, txn->store->tables[table], &k, &v);

	if (rc == MDB_NOTFOUND)
		return ENT_END;
	if (rc == 0)
		rc = store_check_lengths(txn, k, v);
	if (rc != 0)
		return store_error(err, rc, store_table_names[table]);
	*out = store_bytes(v);
	return ENT_OK;
}

static int put_error(struct store_txn *txn, int code, enum store_table table,
		     struct ent_error *err)
{
	if (code == MDB_MAP_FULL)
		return STORE_GROW;
	if (code == MDB_KEYEXIST)
		return ent_error_set(err, ENT_ECORRUPT,
				     "table %s has a key already that is to be new",
				     store_table_names[table]);
	return store_write_error(txn->store, code, store_table_names[table],
				 err);
}

static int put(struct store_txn *txn, enum store_table table,
	       struct ent_bytes key, struct ent_bytes value, unsigned flags,
	       struct ent_error *err)
{
	MDB_val k = store_val(key), v = store_val(value);
	int rc = mdb_put(txn->txn, txn->store->tables[table], &k, &v, flags);

	return rc == 0 ? ENT_OK : put_error(txn, rc, table, err);
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
	MDB_val k = store_val(key), v = store_val(value);

	if (*at_end) {
		int rc = mdb_put(txn->txn, txn->store->tables[table], &k, &v,
				 MDB_APPEND);

		if (rc == 0)
			return ENT_OK;
		if (rc != MDB_KEYEXIST)
			return put_error(txn, rc, table, err);
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

int store_replace(struct store_txn *txn, enum store_table table,
		  struct ent_bytes key, struct ent_bytes value,
		  struct ent_error *err)
{
	return put(txn, table, key, value, 0, err);
}

int store_delete(struct store_txn *txn, enum store_table table,
		 struct ent_bytes key, struct ent_error *err)
{
	MDB_val k = store_val(key);
	int rc = mdb_del(txn->txn, txn->store->tables[table], &k, NULL);

	if (rc == MDB_NOTFOUND)
		return ENT_END;
	return rc == 0 ? ENT_OK : put_error(txn, rc, table, err);
}

int store_clear(struct store_txn *txn, enum store_table table,
		struct ent_error *err)
{
	int rc = mdb_drop(txn->txn, txn->store->tables[table], 0);

	return rc == 0 ? ENT_OK : put_error(txn, rc, table, err);
}

int store_count(struct store_txn *txn, enum store_table table, uint64_t *out,
		struct ent_error *err)
{
	MDB_stat stat;
	int rc = mdb_stat(txn->txn, txn->store->tables[table], &stat);

	if (rc == 0 && !txn->writes && stat.ms_entries > txn->file_bytes)
		rc = MDB_CORRUPTED; /* whoever believes it asks for memory */
	if (rc != 0)
		return store_error(err, rc, store_table_names[table]);
	*out = stat.ms_entries;
	return ENT_OK;
}

int store_table_bytes(struct store_txn *txn, enum store_table table,
		      uint64_t *out, struct ent_error *err)
{
	MDB_stat stat;
	int rc = mdb_stat(txn->txn, txn->store->tables[table], &stat);

	if (rc != 0)
		return store_error(err, rc, store_table_names[table]);
	*out = (uint64_t)stat.ms_psize *
	       (stat.ms_branch_pages + stat.ms_leaf_pages +
		stat.ms_overflow_pages);
	return ENT_OK;
}
