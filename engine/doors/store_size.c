/*
 * store_size.c - data.mdb against the pages that it must have.
 *
 * A page that is taken at the end of the file and freed in the same transaction is
 * never written, so LMDB leaves the file shorter than its last page.  That is made
 * good behind each commit, but a process may be killed between the two, and a cut
 * of power undoes what was not synced.  A file that somebody cut looks alike, and
 * reading a map beyond the file's end is a SIGBUS.  LMDB's list of free pages
 * tells them apart: pages that are free need not be there.
 */
#include "doors/store_private.h"

#include "ground/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { TRIES = 5, PAUSE_NS = 20000000 };

struct sizes {
	off_t is, needed;
	size_t page;
};

static int read_sizes(struct store *store, struct sizes *out,
		      struct ent_error *err)
{
	MDB_envinfo info;
	MDB_stat stat;
	struct stat file;
	mdb_filehandle_t fd;

	/* Before the size of the file, so a writer can only make that larger. */
	mdb_env_info(store->env, &info);
	mdb_env_stat(store->env, &stat);
	mdb_env_get_fd(store->env, &fd);
	if (fstat(fd, &file) != 0)
		return store_error(err, errno, "read the size of data.mdb");
	out->page = stat.ms_psize;
	out->needed = (off_t)(info.me_last_pgno + 1) * (off_t)stat.ms_psize;
	out->is = file.st_size;
	return ENT_OK;
}

int store_fill_file(struct store *store, struct ent_error *err)
{
	struct sizes sizes;
	mdb_filehandle_t fd;
	int rc = read_sizes(store, &sizes, err);

	if (rc < 0 || sizes.is >= sizes.needed)
		return rc;
	mdb_env_get_fd(store->env, &fd);
	if (ftruncate(fd, sizes.needed) != 0)
		return store_error(err, errno, "extend data.mdb");
	return ENT_OK;
}

/* LMDB keeps its free pages in table 0, as `mdb_stat -f` reads it: lists of page
 * numbers, each behind their count. */
static int count_free(MDB_txn *txn, size_t from, size_t *out)
{
	MDB_cursor *cursor;
	MDB_val key, value;
	size_t count, page;
	int rc = mdb_cursor_open(txn, 0, &cursor);

	if (rc != 0)
		return rc;
	*out = 0;
	while ((rc = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == 0) {
		const char *list = value.mv_data;

		if (value.mv_size < sizeof(count))
			break;
		memcpy(&count, list, sizeof(count));
		for (size_t i = 1; i <= count &&
				   i < value.mv_size / sizeof(page); i++) {
			memcpy(&page, list + i * sizeof(page), sizeof(page));
			*out += page >= from;
		}
	}
	mdb_cursor_close(cursor);
	return rc == MDB_NOTFOUND ? 0 : MDB_CORRUPTED;
}

static bool missing_are_free(struct store *store, const struct sizes *sizes)
{
	size_t first = (size_t)sizes->is / sizes->page;
	size_t missing = (size_t)sizes->needed / sizes->page - first;
	size_t count = 0;
	MDB_txn *txn = NULL;
	int rc = mdb_txn_begin(store->env, NULL, MDB_RDONLY, &txn);

	if (rc != 0)
		return false;
	rc = count_free(txn, first, &count);
	mdb_txn_abort(txn);
	return rc == 0 && count == missing;
}

static int was_cut(const struct sizes *sizes, struct ent_error *err)
{
	return ent_error_set(err, ENT_ECORRUPT,
			     "data.mdb has %llu bytes, and %llu are needed: it was cut",
			     (unsigned long long)sizes->is,
			     (unsigned long long)sizes->needed);
}

/* With the writer's lock.  Nothing behind the end can be looked at before the
 * file is long enough. */
static int mend(struct store *store, int fd, struct ent_error *err)
{
	struct sizes sizes;
	int rc = read_sizes(store, &sizes, err);

	if (rc < 0 || sizes.is >= sizes.needed)
		return rc;
	if (ftruncate(fd, sizes.needed) != 0)
		return store_error(err, errno, "extend data.mdb");
	if (missing_are_free(store, &sizes))
		return ENT_OK;
	if (ftruncate(fd, sizes.is) != 0)
		return store_error(err, errno, "leave data.mdb as it was");
	return was_cut(&sizes, err);
}

/* A reader, too, needs the lock for that, and the file for writing. */
static int mend_file(struct store *store, const char *dir,
		     struct ent_error *err)
{
	struct store lock = { .writer_fd = -1,
			      .lock_timeout_ms = store->lock_timeout_ms };
	char *path = store_path(dir, "data.mdb");
	int fd = -1;
	int rc = path ? store_open_writer_lock(&lock, dir, err) :
			mem_error(err);

	if (rc == ENT_OK)
		rc = store_lock_writer(&lock, err);
	if (rc < 0)
		goto out;
	fd = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
	rc = fd < 0 ? store_error(err, errno, "open data.mdb") :
		      mend(store, fd, err);
out:
	if (fd >= 0)
		close(fd);
	if (lock.writer_fd >= 0)
		close(lock.writer_fd); /* and with it the lock */
	mem_free(path);
	return rc;
}

/* Who may not write can only wait for a writer that is between its commit and
 * store_fill_file(). */
int store_check_size(struct store *store, const char *dir,
		     struct ent_error *err)
{
	const struct timespec pause = { 0, PAUSE_NS };
	struct sizes sizes;

	for (int tries = 0; tries < TRIES; tries++) {
		int rc = read_sizes(store, &sizes, err);

		if (rc < 0 || sizes.is >= sizes.needed)
			return rc;
		if (!store->read_only || access(dir, W_OK) == 0)
			return mend_file(store, dir, err);
		nanosleep(&pause, NULL);
	}
	return was_cut(&sizes, err);
}
