/*
 * store_create.c - making the folder of a log.
 *
 * A new log is made whole in a folder beside its place and then renamed, so that
 * a crash leaves either no log or an empty one, never half of one.
 */
#include "doors/store_private.h"

#include "ground/be.h"
#include "ground/buf.h"
#include "ground/fd.h"
#include "ground/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEMP_FOLDERS_MAX = 1000, FOLDER_MODE = 0700 };

int store_sync_folder(const char *dir, struct ent_error *err)
{
	return fd_sync_folder(dir) ?
		       ENT_OK :
		       store_error(err, errno, "sync the folder");
}

/* In the folder above it, which this process may not be able to look at: then whoever
 * may has it synced, or it is as it was. */
static int sync_above(const char *dir, struct ent_error *err)
{
	char *above = store_path(dir, "..");
	int rc = above ? ENT_OK : mem_error(err);

	if (rc == ENT_OK && (access(above, R_OK) == 0 || errno != EACCES))
		rc = store_sync_folder(above, err);
	mem_free(above);
	return rc;
}

int store_sync_names(const char *dir, struct ent_error *err)
{
	int rc = store_sync_folder(dir, err);

	return rc == ENT_OK ? sync_above(dir, err) : rc;
}

/* Make the tables of a new log in the empty folder dir. */
static int fill_folder(const char *dir, uint32_t format, struct ent_error *err)
{
	struct store store = { .writer_fd = -1, .pid = getpid() };
	MDB_val key = { STORE_FORMAT_KEY_SIZE - 1, (void *)store_format_key };
	uint8_t number[sizeof(uint32_t)];
	MDB_val val = { sizeof(number), number };
	MDB_txn *txn = NULL;
	int rc;

	be32_put(number, format);
	rc = store_reserve_lock_file(dir, false, err);
	if (rc == ENT_OK)
		rc = store_open_env(&store, dir, false, 0, err);
	if (rc < 0)
		goto out;
	rc = store_open_tables(&store, 0, MDB_CREATE, &txn);
	if (rc == 0)
		rc = mdb_put(txn, store.tables[STORE_META], &key, &val, 0);
	if (rc == 0) {
		rc = mdb_txn_commit(txn);
		txn = NULL; /* commit frees it, even when it fails */
	}
	if (rc != 0)
		rc = store_write_error(&store, rc, "make the tables", err);
	else
		rc = store_fill_file(&store, err);
out:
	if (txn)
		mdb_txn_abort(txn);
	if (store.env)
		mdb_env_close(store.env);
	return rc == ENT_OK ? store_sync_folder(dir, err) : rc;
}

/* What is in it, should there be something left. */
static void remove_temp(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return;
	store_remove_folder(fd, dir);
	close(fd);
}

static size_t parent_len(const char *dir)
{
	const char *slash = strrchr(dir, '/');

	return slash ? (size_t)(slash - dir) + 1 : 0;
}

/* A folder of that beginning that nobody has: one that a crash left behind, maybe
 * of the same process number, is not in the way. */
static int make_temp_folder(struct buf *path, struct ent_error *err)
{
	size_t len = path->len;

	for (unsigned n = 0; n < TEMP_FOLDERS_MAX; n++) {
		path->len = len;
		buf_printf(path, "%ld-%u", (long)getpid(), n);
		if (path->failed)
			return mem_error(err);
		if (mkdir(path->data, FOLDER_MODE) == 0)
			return ENT_OK;
		if (errno != EEXIST)
			break;
	}
	return store_error(err, errno, "make the folder");
}

/* A folder that nobody has made yet: whoever renames first has made the log. */
static int rename_whole(const char *temp, const char *dir,
			struct ent_error *err)
{
	if (rename(temp, dir) == 0 || errno == ENOTEMPTY || errno == EEXIST)
		return ENT_OK;
	return store_error(err, errno, "rename the new folder");
}

static int rename_file(const char *from, const char *to, const char *name,
		       struct ent_error *err)
{
	char *old = store_path(from, name), *new = store_path(to, name);
	int rc = ENT_OK;

	if (!old || !new)
		rc = mem_error(err);
	else if (rename(old, new) != 0)
		rc = store_error(err, errno, "rename the new file");
	mem_free(old);
	mem_free(new);
	return rc;
}

/* An empty folder of the user's keeps its owner and its rights, and may be a mount
 * point: the files are moved into it, data.mdb last, while its lock is held. */
static int rename_files(const char *temp, const char *dir,
			struct ent_error *err)
{
	struct store lock = { .writer_fd = -1 };
	char *data = store_path(dir, "data.mdb");
	struct stat file;
	int rc = data ? store_open_writer_lock(&lock, dir, err) : mem_error(err);

	if (rc == ENT_OK && flock(lock.writer_fd, LOCK_EX) != 0)
		rc = store_error(err, errno, "lock writer.lock");
	if (rc == ENT_OK && lstat(data, &file) != 0) {
		rc = rename_file(temp, dir, "lock.mdb", err);
		if (rc == ENT_OK)
			rc = rename_file(temp, dir, "data.mdb", err);
		if (rc == ENT_OK)
			rc = store_sync_folder(dir, err);
	}
	if (lock.writer_fd >= 0)
		close(lock.writer_fd);
	mem_free(data);
	return rc;
}

static int start_temp_path(const char *dir, bool inside, struct buf *out,
			   struct ent_error *err)
{
	size_t parent = parent_len(dir);

	if (inside) {
		buf_printf(out, "%s/%s", dir, STORE_TEMP_PREFIX);
	} else {
		buf_add(out, dir, parent);
		buf_printf(out, ".%s%s", dir + parent, STORE_TEMP_PREFIX);
	}
	return buf_check(out, err);
}

static int sync_parent(const char *dir, struct ent_error *err)
{
	size_t parent = parent_len(dir);
	struct buf above = { 0 };
	int rc;

	buf_add(&above, parent ? dir : "./", parent ? parent : 2);
	rc = buf_check(&above, err);
	if (rc == ENT_OK)
		rc = store_sync_folder(above.data, err);
	buf_release(&above);
	return rc;
}

/* exists: dir is there, an empty folder. */
int store_create(const char *dir, bool exists,
		 const struct store_options *options, struct ent_error *err)
{
	struct buf temp = { 0 };
	int rc = start_temp_path(dir, exists, &temp, err);

	if (rc == ENT_OK)
		rc = make_temp_folder(&temp, err);
	if (rc < 0)
		goto out;
	rc = store_check_fs(temp.data, options->trust, err);
	if (rc == ENT_OK)
		rc = fill_folder(temp.data, options->format, err);
	if (rc == ENT_OK)
		rc = exists ? rename_files(temp.data, dir, err) :
			      rename_whole(temp.data, dir, err);
	remove_temp(temp.data); /* nothing there when it was renamed */
	if (rc == ENT_OK && !exists)
		rc = sync_parent(dir, err);
out:
	buf_release(&temp);
	return rc;
}

/* But for what creating a log in it puts there. */
bool store_folder_is_empty(const char *dir)
{
	DIR *folder = opendir(dir);
	const struct dirent *entry;
	bool empty = folder != NULL;

	while (empty && (entry = readdir(folder)))
		empty = strcmp(entry->d_name, ".") == 0 ||
			strcmp(entry->d_name, "..") == 0 ||
			strcmp(entry->d_name, "writer.lock") == 0 ||
			strcmp(entry->d_name, "lock.mdb") == 0 ||
			strncmp(entry->d_name, STORE_TEMP_PREFIX,
				strlen(STORE_TEMP_PREFIX)) == 0;
	if (folder)
		closedir(folder);
	return empty;
}
