/*
 * store_open.c - opening the folder of a log, and refusing what is none.
 */
#include "doors/store_private.h"

#include "ground/be.h"
#include "ground/buf.h"
#include "ground/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	TRIES = 5, /* to open what is put in place anew meanwhile */
	READERS_MAX = 1024,
	LOCK_FILE_BYTES = 65536 + 4096, /* 64 bytes a reader, and the head */
	FILE_MODE = 0600
};

const char store_format_key[STORE_FORMAT_KEY_SIZE] = "format";

const char *const store_table_names[STORE_TABLES] = {
	"meta", "events", "columns", "ids", "id_runs", "tree", "fixes", "fixers",
	"checkpoints", "codes", "texts"
};

/* Opening one environment twice in a process silently breaks LMDB's locks. */
static pthread_mutex_t registry_mutex = PTHREAD_MUTEX_INITIALIZER;
static struct store *registry;

static int register_store(struct store *store, const struct stat *file,
			  struct ent_error *err)
{
	int rc = ENT_OK;

	pthread_mutex_lock(&registry_mutex);
	/* What a fork took along is not open here. */
	for (struct store *s = registry; s; s = s->next)
		if (s->dev == file->st_dev && s->ino == file->st_ino &&
		    s->pid == store->pid)
			rc = ent_error_set(err, ENT_EUSAGE,
					   "this process has the log open already");
	if (rc == ENT_OK) {
		store->dev = file->st_dev;
		store->ino = file->st_ino;
		store->next = registry;
		store->registered = true;
		registry = store;
	}
	pthread_mutex_unlock(&registry_mutex);
	return rc;
}

static void unregister_store(struct store *store)
{
	struct store **at = &registry;

	if (!store->registered)
		return;
	pthread_mutex_lock(&registry_mutex);
	while (*at != store)
		at = &(*at)->next;
	*at = store->next;
	pthread_mutex_unlock(&registry_mutex);
}

void store_close(struct store *store)
{
	if (!store)
		return;
	/* In a fork, closing would take the parent's locks and slots away. */
	if (store->env && store->pid == getpid())
		mdb_env_close(store->env);
	if (store->writer_fd >= 0)
		close(store->writer_fd);
	unregister_store(store);
	mem_free(store->data_path);
	mem_free(store->lock_path);
	mem_free(store);
}

char *store_path(const char *dir, const char *name)
{
	struct buf buf = { 0 };

	buf_printf(&buf, "%s/%s", dir, name);
	return buf.failed ? NULL : buf.data;
}

/* LMDB leaves its lock file sparse and writes to it through the map, also for
 * readers: on a full disk that is a SIGBUS.  So its blocks are taken before LMDB
 * opens it.  Where a reader may not write, LMDB says so, or does without. */
int store_reserve_lock_file(const char *dir, bool read_only,
			     struct ent_error *err)
{
	char *path = store_path(dir, "lock.mdb");
	struct stat file;
	int fd = -1, rc = ENT_OK;

	if (!path)
		return mem_error(err);
	fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
	if (fd < 0 && read_only && (errno == EACCES || errno == EROFS))
		goto out;
	if (fd < 0 || fstat(fd, &file) != 0) {
		rc = store_error(err, errno, "open lock.mdb");
		goto out;
	}
	if (!S_ISREG(file.st_mode)) {
		rc = ent_error_set(err, ENT_ENOLOG,
				   "lock.mdb in it is no regular file");
		goto out;
	}
	if (file.st_blocks * 512 < LOCK_FILE_BYTES) {
		int code = posix_fallocate(fd, 0, LOCK_FILE_BYTES);

		if (code != 0 && code != EOPNOTSUPP && code != EINVAL)
			rc = store_error(err, code, "reserve lock.mdb");
	}
out:
	if (fd >= 0)
		close(fd);
	mem_free(path);
	return rc;
}

int store_open_env(struct store *store, const char *dir, bool read_only,
		    uint64_t map_bytes, struct ent_error *err)
{
	int rc = mdb_env_create(&store->env);

	if (rc == 0)
		rc = mdb_env_set_maxdbs(store->env, STORE_TABLES);
	if (rc == 0)
		rc = mdb_env_set_maxreaders(store->env, READERS_MAX);
	if (rc == 0)
		rc = mdb_env_set_mapsize(store->env,
					 map_bytes ? (size_t)map_bytes :
						     STORE_MAP_BYTES);
	if (rc == 0)
		rc = mdb_env_open(store->env, dir,
				  MDB_NOTLS | (read_only ? MDB_RDONLY : 0),
				  FILE_MODE);
	if (rc == 0)
		return ENT_OK;
	if (rc == MDB_INVALID || rc == MDB_VERSION_MISMATCH)
		return ent_error_set(err, ENT_ENOLOG,
				     "data.mdb in it is not a log: %s",
				     mdb_strerror(rc));
	if (rc == EACCES && read_only)
		return ent_error_set(err, ENT_EIO,
				     "%s (readers too need to write lock.mdb)",
				     mdb_strerror(rc));
	return store_error(err, rc, "open data.mdb");
}

int store_open_tables(struct store *store, unsigned txn_flags,
		       unsigned table_flags, MDB_txn **out)
{
	MDB_txn *txn = NULL;
	int rc = mdb_txn_begin(store->env, NULL, txn_flags, &txn);

	if (rc == MDB_MAP_RESIZED) {
		rc = mdb_env_set_mapsize(store->env, 0);
		if (rc == 0)
			rc = mdb_txn_begin(store->env, NULL, txn_flags, &txn);
	}
	for (int t = 0; rc == 0 && t < STORE_TABLES; t++)
		rc = mdb_dbi_open(txn, store_table_names[t], table_flags,
				  &store->tables[t]);
	if (rc != 0 && txn) {
		mdb_txn_abort(txn);
		txn = NULL;
	}
	*out = txn;
	return rc;
}

static int check_format(struct store *store, MDB_txn *txn, uint32_t newest,
			struct ent_error *err)
{
	MDB_val key = { STORE_FORMAT_KEY_SIZE - 1, (void *)store_format_key }, val;
	int rc = mdb_get(txn, store->tables[STORE_META], &key, &val);
	uint32_t format;

	if (rc != 0 || val.mv_size != sizeof(uint32_t))
		return ent_error_set(err, ENT_ENOLOG,
				     "it has no format number; it is not a log");
	format = be32_get(val.mv_data);
	if (format > newest)
		return ent_error_set(err, ENT_EVERSION,
				     "it has format %u, and this program knows up to %u: take a newer one",
				     format, newest);
	if (format < newest)
		return ent_error_set(err, ENT_EVERSION,
				     "it has format %u, and this program knows format %u: export it with the program that wrote it, and append that to a new log",
				     format, newest);
	return ENT_OK;
}

/* Its tables are not ours: another format, or no log at all. */
static int other_tables(struct store *store, uint32_t newest,
			struct ent_error *err)
{
	MDB_txn *txn = NULL;
	int rc = ENT_OK;

	if (mdb_txn_begin(store->env, NULL, MDB_RDONLY, &txn) == 0 &&
	    mdb_dbi_open(txn, store_table_names[STORE_META], 0,
			 &store->tables[STORE_META]) == 0)
		rc = check_format(store, txn, newest, err);
	mdb_txn_abort(txn);
	if (rc == ENT_EVERSION)
		return rc;
	return ent_error_set(err, ENT_ENOLOG,
			     "it is an LMDB environment, but not a log of events");
}

/* How keys are compared stands in the file, beside each table's root, and LMDB does
 * as it says. */
static int check_tables(struct store *store, MDB_txn *txn,
			struct ent_error *err)
{
	for (int t = 0; t < STORE_TABLES; t++) {
		unsigned flags = 0;

		if (mdb_dbi_flags(txn, store->tables[t], &flags) != 0 ||
		    flags != 0)
			return ent_error_set(err, ENT_ECORRUPT,
					     "table %s has the flags %#x, and none are set by this program",
					     store_table_names[t], flags);
	}
	return ENT_OK;
}

int store_open_writer_lock(struct store *store, const char *dir,
			    struct ent_error *err)
{
	char *path = store_path(dir, "writer.lock");
	struct stat file;
	int rc = ENT_OK;

	if (!path)
		return mem_error(err);
	store->writer_fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC,
				FILE_MODE);
	if (store->writer_fd < 0 || fstat(store->writer_fd, &file) != 0)
		rc = store_error(err, errno, "open writer.lock");
	else if (!S_ISREG(file.st_mode))
		rc = ent_error_set(err, ENT_ENOLOG,
				   "writer.lock in it is no regular file");
	mem_free(path);
	return rc;
}

/* All that comes ahead of the tables. */
static int open_files(struct store *store, const char *dir,
		      const struct store_options *options,
		      const struct stat *file, struct ent_error *err)
{
	int rc = register_store(store, file, err);

	if (rc == ENT_OK)
		rc = store_check_fs(dir, options->trust, err);
	if (rc == ENT_OK)
		rc = store_reserve_lock_file(dir, options->read_only, err);
	if (rc == ENT_OK && !options->read_only)
		rc = store_open_writer_lock(store, dir, err);
	if (rc == ENT_OK)
		rc = store_see_lock(store, dir, err);
	if (rc == ENT_OK)
		rc = store_open_env(store, dir, options->read_only,
				    options->map_bytes, err);
	if (rc == ENT_OK)
		rc = store_remember_place(store, dir, err);
	return rc == ENT_OK ? store_check_size(store, err) : rc;
}

static int open_tables(struct store *store, uint32_t format,
		       struct ent_error *err)
{
	MDB_txn *txn = NULL;
	int rc = store_open_tables(store, MDB_RDONLY, 0, &txn);

	if (rc == MDB_NOTFOUND || rc == MDB_INCOMPATIBLE)
		return other_tables(store, format, err);
	if (rc != 0)
		return store_error(err, rc, "open the tables");
	rc = check_format(store, txn, format, err);
	if (rc == ENT_OK)
		rc = check_tables(store, txn, err);
	if (rc < 0)
		mdb_txn_abort(txn);
	else
		mdb_txn_commit(txn); /* keeps the table handles */
	return rc;
}

static int open_existing(struct store *store, const char *dir,
			 const struct store_options *options,
			 const struct stat *file, struct ent_error *err)
{
	int rc = open_files(store, dir, options, file, err);

	if (rc == ENT_OK)
		rc = open_tables(store, options->format, err);
	if (rc != ENT_OK || options->read_only)
		return rc;
	store_clear_readers(store);
	/* Whoever made the log, or put a compacted one in place, may have been
	 * stopped between the renaming and the syncing of that: what is appended
	 * now would go with a name that a power cut takes back. */
	rc = store_sync_names(dir, err);
	if (rc < 0)
		return rc;
	/* What LMDB took back when a commit failed may be on the disk still, and
	 * would be found there after a power cut.  Before anything else is
	 * written, the disk gets what this process was shown. */
	return store_sync(store, err);
}

char *store_without_slashes(const char *dir)
{
	size_t len = strlen(dir);
	struct buf buf = { 0 };

	while (len > 1 && dir[len - 1] == '/')
		len--;
	buf_add(&buf, dir, len);
	return buf.failed ? NULL : buf.data;
}

static int open_once(const char *path, const struct store_options *options,
		     struct store **out, struct ent_error *err)
{
	struct store *store = mem_new(1, sizeof(*store));
	struct stat file;
	int rc;

	if (!store)
		return mem_error(err);
	*store = (struct store){ .writer_fd = -1,
				 .pid = getpid(),
				 .read_only = options->read_only,
				 .lock_timeout_ms = options->lock_timeout_ms };
	if (store->lock_timeout_ms == 0)
		store->lock_timeout_ms = STORE_LOCK_MS;
	rc = store_check_standard_files(err);
	if (rc == ENT_OK)
		rc = store_look(path, options, &file, err);
	if (rc == ENT_END && options->create) {
		rc = store_create(path, stat(path, &file) == 0, options, err);
		if (rc == ENT_OK)
			rc = store_look(path, options, &file, err);
	}
	if (rc == ENT_END)
		rc = ent_error_set(err, ENT_ENOLOG, "there is no log");
	if (rc == ENT_OK)
		rc = open_existing(store, path, options, &file, err);
	if (rc == ENT_OK)
		*out = store;
	else
		store_close(store);
	return rc;
}

int store_open(const char *dir, const struct store_options *options,
	       struct store **out, struct ent_error *err)
{
	char *path = store_without_slashes(dir);
	struct ent_error why = { 0 };
	int rc = path ? STORE_MOVED : mem_error(&why);

	/* Whoever compacts the log puts other files in place. */
	for (int tries = 0; path && rc == STORE_MOVED && tries < TRIES;
	     tries++)
		rc = open_once(path, options, out, &why);
	if (rc == STORE_MOVED)
		rc = ENT_EIO;
	if (rc < 0 && err) {
		*err = why;
		ent_error_wrap(err, "open log %s", dir);
	}
	mem_free(path);
	return rc;
}
