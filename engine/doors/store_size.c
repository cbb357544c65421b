/*
 * store_size.c - a file is as long as its last page, or it was cut.
 *
 * LMDB leaves freed pages at the end of the file unwritten, and reading a map
 * beyond the end is a SIGBUS.  So each commit makes the file long enough, and a
 * short one is damage; unless its writer was killed between the two.  Then all
 * that is missing is listed as free.
 */
#include "doors/store_private.h"

#include "ground/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
	TRIES = 5,
	MISSING_MAX = 1 << 16 /* pages that a killed writer may leave out */
};

struct size {
	uint64_t page;
	uint64_t has;
	uint64_t needs;
};

/* The needs are read before what it has, so a writer can only add to that. */
static int measure(const struct store *store, struct size *out,
		   struct ent_error *err)
{
	MDB_envinfo info;
	MDB_stat stat;
	struct stat file;
	mdb_filehandle_t fd;

	mdb_env_info(store->env, &info);
	mdb_env_stat(store->env, &stat);
	mdb_env_get_fd(store->env, &fd);
	if (fstat(fd, &file) != 0)
		return store_error(err, errno, "read the size of data.mdb");
	out->page = stat.ms_psize;
	out->has = (uint64_t)file.st_size;
	out->needs = (uint64_t)(info.me_last_pgno + 1) * stat.ms_psize;
	return ENT_OK;
}

int store_fill_file(struct store *store, struct ent_error *err)
{
	struct size size = { 0 };
	mdb_filehandle_t fd;
	int rc = measure(store, &size, err);

	mdb_env_get_fd(store->env, &fd);
	if (rc == ENT_OK && size.has < size.needs &&
	    ftruncate(fd, (off_t)size.needs) != 0)
		rc = store_error(err, errno, "extend data.mdb");
	return rc;
}

void store_trim_file(struct store *store)
{
	struct size size = { 0 };
	mdb_filehandle_t fd;

	mdb_env_get_fd(store->env, &fd);
	if (measure(store, &size, NULL) == ENT_OK && size.has > size.needs)
		(void)!ftruncate(fd, (off_t)size.needs);
}

/* ---- a killed writer ------------------------------------------------------- */

/* A list of free pages: how many, and their numbers. */
static void mark(MDB_val list, uint64_t first, uint64_t count, uint8_t *marks,
		 uint64_t *marked)
{
	uint64_t n, page;

	if (list.mv_size < sizeof(n))
		return;
	memcpy(&n, list.mv_data, sizeof(n));
	if (n > list.mv_size / sizeof(n) - 1)
		return;
	for (uint64_t i = 1; i <= n; i++) {
		memcpy(&page, (const char *)list.mv_data + i * sizeof(page),
		       sizeof(page));
		if (page < first || page - first >= count ||
		    marks[page - first])
			continue;
		marks[page - first] = 1;
		++*marked;
	}
}

/* LMDB keeps the lists in the table with the handle 0. */
static bool all_are_free(const struct store *store, uint64_t first,
			 uint64_t count)
{
	uint8_t *marks = mem_new((size_t)count, 1);
	MDB_txn *txn = NULL;
	MDB_cursor *cursor = NULL;
	MDB_val key, list;
	uint64_t marked = 0, last = 0, at;
	int rc = marks ? mdb_txn_begin(store->env, NULL, MDB_RDONLY, &txn) :
			 ENOMEM;

	if (rc == 0)
		rc = mdb_cursor_open(txn, 0, &cursor);
	while (rc == 0 && marked < count) {
		rc = mdb_cursor_get(cursor, &key, &list, MDB_NEXT);
		if (rc != 0 || key.mv_size != sizeof(at))
			break;
		memcpy(&at, key.mv_data, sizeof(at));
		if (at <= last) /* damaged pages may lead in a circle */
			break;
		last = at;
		mark(list, first, count, marks, &marked);
	}
	if (cursor)
		mdb_cursor_close(cursor);
	if (txn)
		mdb_txn_abort(txn);
	mem_free(marks);
	return marked == count;
}

static int was_cut(const struct size *size, const char *more,
		   struct ent_error *err)
{
	return ent_error_set(err, ENT_ECORRUPT,
			     "data.mdb has %llu bytes, and %llu are needed: it was cut%s",
			     (unsigned long long)size->has,
			     (unsigned long long)size->needs, more);
}

/* fd is locked, so nobody writes.  What is read must be there first; it is taken
 * away again where it was needed. */
static int heal_locked(struct store *store, int fd, struct ent_error *err)
{
	struct size size = { 0 };
	uint64_t first, missing;
	int rc = measure(store, &size, err);

	if (rc < 0 || size.has >= size.needs)
		return rc;
	first = size.has / size.page;
	missing = size.needs / size.page - first;
	if (missing > MISSING_MAX)
		return was_cut(&size, "", err);
	/* Who may make no file longer can look all the same: free pages are read
	 * by nobody.  That is how a log is read which nobody vouches for. */
	if (ftruncate(fd, (off_t)size.needs) != 0 && errno != EFBIG)
		return store_error(err, errno, "extend data.mdb");
	if (all_are_free(store, first, missing))
		return ENT_OK;
	(void)!ftruncate(fd, (off_t)size.has);
	return was_cut(&size, "", err);
}

/* Between a commit and store_fill_file() the file may be short, and its writer has
 * the lock: then wait. */
int store_check_size(struct store *store, struct ent_error *err)
{
	const struct timespec pause = { 0, 20000000L };
	struct size size = { 0 };
	int fd, rc = measure(store, &size, err);

	if (rc < 0 || size.has >= size.needs)
		return rc;
	fd = open(store->data_path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
	for (int tries = 0; tries < TRIES; tries++) {
		if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0) {
			rc = heal_locked(store, fd, err);
			goto out;
		}
		nanosleep(&pause, NULL);
		rc = measure(store, &size, err);
		if (rc < 0 || size.has >= size.needs)
			goto out;
	}
	rc = fd < 0 ? was_cut(&size, ", or its writer was killed: whoever may write it finds out by opening it",
			      err) :
		      ent_error_set(err, ENT_EBUSY,
				    "data.mdb is shorter than its last page, and somebody is writing it");
out:
	if (fd >= 0)
		close(fd);
	return rc;
}
