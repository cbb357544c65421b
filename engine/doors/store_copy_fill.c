/*
 * store_copy_fill.c - what is in a copy.
 *
 * A live store is read as one transaction sees it and written anew, table by table,
 * by the door's own calls: nobody has to wait for it, and it can be stopped.  LMDB's
 * own copy takes the writers' lock without a limit of time, or brings half-empty
 * pages along.
 */
#include "doors/store_copy.h"
#include "doors/store_copy_private.h"

#include "ground/fd.h"
#include "ground/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	BATCH_BYTES = 16 << 20, /* between two commits, so that memory is bounded */
	CHUNK_BYTES = 1 << 20,
	MAP_MORE = 64 << 20,
	FILE_MODE = 0600
};

/* ---- from a transaction --------------------------------------------------------- */

struct filling {
	struct store_txn *from;
	struct store *to;
	struct store_txn *txn; /* of to */
	uint64_t batch; /* bytes in txn */
	uint64_t done, total;
	ent_progress_fn *progress;
	void *arg;
};

static int told(const struct filling *f, struct ent_error *err)
{
	if (!f->progress || f->progress(f->done, f->total, f->arg) == 0)
		return ENT_OK;
	return ent_error_set(err, ENT_ESTOPPED, "stopped; nothing was made");
}

/* It has room for twice what is copied. */
static int outgrown(int rc, struct ent_error *err)
{
	if (rc != STORE_GROW)
		return rc;
	return ent_error_set(err, ENT_ECORRUPT,
			     "the copy is larger than what is copied: pages of the log are damaged");
}

static int commit(struct filling *f, struct ent_error *err)
{
	int rc = store_commit(f->txn, err);

	f->txn = NULL;
	f->batch = 0;
	/* In doubt is a log: this one nobody has seen yet. */
	if (rc == ENT_EDOUBT)
		ent_error_set(err, rc = ENT_EIO, "write the copy: the disk failed");
	return outgrown(rc, err);
}

static int next_batch(struct filling *f, struct ent_error *err)
{
	int rc = commit(f, err);

	if (rc == ENT_OK)
		rc = told(f, err);
	return rc == ENT_OK ? store_begin_write(f->to, true, &f->txn, err) : rc;
}

static bool is_format(enum store_table table, struct ent_bytes key)
{
	return table == STORE_META && key.len == STORE_FORMAT_KEY_SIZE - 1 &&
	       memcmp(key.data, store_format_key, key.len) == 0;
}

static int copy_entry(struct filling *f, enum store_table table,
		      struct ent_bytes key, struct ent_bytes value,
		      struct ent_error *err)
{
	int rc;

	if (is_format(table, key))
		return ENT_OK; /* is there from the start */
	rc = table == STORE_META ? store_put(f->txn, table, key, value, err) :
				   store_append(f->txn, table, key, value, err);
	f->batch += key.len + value.len;
	f->done += key.len + value.len;
	if (rc == ENT_OK && f->batch >= BATCH_BYTES)
		rc = next_batch(f, err);
	return outgrown(rc, err);
}

static int copy_table(struct filling *f, enum store_table table,
		      struct ent_error *err)
{
	static const struct ent_bytes start = { "", 1 };
	struct store_cursor *cursor = NULL;
	struct ent_bytes key, value;
	int rc = store_cursor_open(f->from, table, &cursor, err);

	if (rc == ENT_OK)
		rc = store_cursor_seek(cursor, start, &key, &value, err);
	while (rc == ENT_OK) {
		rc = copy_entry(f, table, key, value, err);
		if (rc == ENT_OK)
			rc = store_cursor_next(cursor, &key, &value, err);
	}
	store_cursor_close(cursor);
	return rc == ENT_END ? ENT_OK : rc;
}

static int measure(struct filling *f, struct ent_error *err)
{
	int rc = ENT_OK;

	for (int t = 0; rc == ENT_OK && t < STORE_TABLES; t++) {
		uint64_t bytes = 0;

		rc = store_table_bytes(f->from, (enum store_table)t, &bytes, err);
		f->total += bytes;
	}
	return rc;
}

static int fill(struct filling *f, struct ent_error *err)
{
	int rc = store_begin_write(f->to, true, &f->txn, err);

	for (int t = 0; rc == ENT_OK && t < STORE_TABLES; t++)
		rc = copy_table(f, (enum store_table)t, err);
	if (rc == ENT_OK)
		rc = commit(f, err);
	if (rc == ENT_OK)
		rc = store_sync(f->to, err);
	store_abort(f->txn);
	return rc;
}

int store_copy_fill(struct store_copy *copy, struct store_txn *txn,
		    uint32_t format, ent_progress_fn *progress, void *arg,
		    struct ent_error *err)
{
	struct filling f = { .from = txn, .progress = progress, .arg = arg };
	struct store_options options = { .create = true,
					 .format = format,
					 .trust = ENT_TRUST_OWNER |
						  ENT_TRUST_FS };
	int rc = measure(&f, err);

	if (rc < 0)
		return rc;
	options.map_bytes = f.total * 2 + MAP_MORE;
	rc = store_open(copy->dir, &options, &f.to, err);
	if (rc == ENT_OK)
		rc = fill(&f, err);
	store_close(f.to);
	return rc;
}

/* ---- from a file ---------------------------------------------------------------- */

static int open_file(const char *dir, struct stat *out, int *out_fd,
		     struct ent_error *err)
{
	char *path = store_path(dir, "data.mdb");
	int fd, rc = ENT_OK;

	if (!path)
		return mem_error(err);
	/* Opening a pipe waits for whoever writes it. */
	fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		rc = ent_error_set(err, ENT_ENOLOG,
				   "it holds no log (no data.mdb)");
	else if (fd < 0 ? errno != ELOOP : fstat(fd, out) != 0)
		rc = store_error(err, errno, "open data.mdb");
	else if (fd < 0 || !S_ISREG(out->st_mode))
		rc = ent_error_set(err, ENT_ENOLOG,
				   "data.mdb in it is no regular file");
	if (rc == ENT_OK)
		*out_fd = fd;
	else if (fd >= 0)
		close(fd);
	mem_free(path);
	return rc;
}

static int copy_bytes(struct filling *f, int from, int to, struct ent_error *err)
{
	char *chunk = mem_new(1, CHUNK_BYTES);
	int rc = chunk ? ENT_OK : mem_error(err);
	ssize_t n = 0;

	while (rc == ENT_OK && (n = read(from, chunk, CHUNK_BYTES)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			rc = store_error(err, errno, "read data.mdb");
			break;
		}
		if (!fd_write_all(to, chunk, (size_t)n))
			rc = store_error(err, errno, "write the copy");
		f->done += (uint64_t)n;
		if (rc == ENT_OK)
			rc = told(f, err);
	}
	if (rc == ENT_OK && fsync(to) != 0)
		rc = store_error(err, errno, "sync the copy");
	mem_free(chunk);
	return rc;
}

/* The bytes of a log that is in use are of several states at once. */
static int check_same(int fd, const struct stat *before, struct ent_error *err)
{
	struct stat now;

	if (fstat(fd, &now) == 0 && now.st_size == before->st_size &&
	    now.st_mtim.tv_sec == before->st_mtim.tv_sec &&
	    now.st_mtim.tv_nsec == before->st_mtim.tv_nsec)
		return ENT_OK;
	return ent_error_set(err, ENT_ECONFLICT,
			     "data.mdb in it was written while it was read: it is a log in use; make a backup of it first");
}

int store_copy_fill_from(struct store_copy *copy, const char *dir,
			 ent_progress_fn *progress, void *arg,
			 struct ent_error *err)
{
	struct filling f = { .progress = progress, .arg = arg };
	char *path = store_path(copy->dir, "data.mdb");
	struct stat file = { 0 };
	int from = -1, to = -1;
	int rc = path ? open_file(dir, &file, &from, err) : mem_error(err);

	if (rc == ENT_OK) {
		f.total = (uint64_t)file.st_size;
		to = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
				O_CLOEXEC, FILE_MODE);
		if (to < 0)
			rc = store_error(err, errno, "make the file of the copy");
	}
	if (rc == ENT_OK)
		rc = copy_bytes(&f, from, to, err);
	if (rc == ENT_OK)
		rc = check_same(from, &file, err);
	if (from >= 0)
		close(from);
	if (to >= 0 && close(to) != 0 && rc == ENT_OK)
		rc = store_error(err, errno, "close the copy");
	mem_free(path);
	return rc;
}
