/*
 * store_copy.c - the hidden folder of a copy, and the way to its place.
 */
#include "doors/store_copy.h"
#include "doors/store_copy_private.h"

#include "ground/buf.h"
#include "ground/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDERS_MAX = 1000, FOLDER_MODE = 0700, MODE_BITS = 07777 };

static const char *const file_names[] = { "data.mdb", "lock.mdb",
					  "writer.lock" };

enum { FILES = sizeof(file_names) / sizeof(file_names[0]) };

/* ---- the folder ---------------------------------------------------------------- */

/* By the open folder, not by its name: that may be another's meanwhile. */
static void remove_files(int folder, int from)
{
	for (int i = from; i < FILES; i++)
		unlinkat(folder, file_names[i], 0);
}

static void remove_hidden(int folder, const char *name)
{
	int hidden = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
						  O_CLOEXEC);

	if (hidden < 0)
		return;
	remove_files(hidden, 0);
	close(hidden);
	unlinkat(folder, name, AT_REMOVEDIR);
}

/* What was making the log there when it was killed. */
static void remove_unmade(int folder)
{
	int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *names = fd >= 0 ? fdopendir(fd) : NULL;
	const struct dirent *entry;

	while (names && (entry = readdir(names)))
		if (strncmp(entry->d_name, STORE_TEMP_PREFIX,
			    strlen(STORE_TEMP_PREFIX)) == 0)
			remove_hidden(folder, entry->d_name);
	if (names)
		closedir(names);
	else if (fd >= 0)
		close(fd);
}

void store_remove_folder(int folder, const char *path)
{
	remove_files(folder, 0);
	if (rmdir(path) == 0)
		return;
	remove_unmade(folder);
	rmdir(path);
}

/* The folder in which the hidden one lies. */
static void add_above(struct buf *buf, const struct store_copy *copy)
{
	const char *slash = strrchr(copy->dest, '/');

	if (copy->inside)
		buf_printf(buf, "%s/", copy->dest);
	else if (slash)
		buf_add(buf, copy->dest, (size_t)(slash - copy->dest) + 1);
	else
		buf_text(buf, "./");
}

/* How the names of hidden folders for dest begin. */
static void add_prefix(struct buf *buf, const struct store_copy *copy)
{
	const char *slash = strrchr(copy->dest, '/');

	if (copy->inside)
		buf_text(buf, ".compact-");
	else
		buf_printf(buf, ".%s.copy-", slash ? slash + 1 : copy->dest);
}

/* Who is at work holds a lock on the folder, which goes with the process.  A folder
 * of somebody else's is left alone. */
static int lock_folder(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;

	if (fd >= 0 && (fstat(fd, &st) != 0 || st.st_uid != geteuid() ||
			flock(fd, LOCK_EX | LOCK_NB) != 0)) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static void sweep_one(const char *above, const char *name)
{
	char *path = store_path(above, name);
	int fd = path ? lock_folder(path) : -1;

	if (fd >= 0) {
		store_remove_folder(fd, path);
		close(fd);
	}
	mem_free(path);
}

/* What crashes left behind. */
static void sweep(const struct store_copy *copy)
{
	struct buf above = { 0 }, prefix = { 0 };
	const struct dirent *entry;
	DIR *folder = NULL;

	add_above(&above, copy);
	add_prefix(&prefix, copy);
	if (!above.failed && !prefix.failed)
		folder = opendir(above.data);
	while (folder && (entry = readdir(folder)))
		if (strncmp(entry->d_name, prefix.data, prefix.len) == 0)
			sweep_one(above.data, entry->d_name);
	if (folder)
		closedir(folder);
	buf_release(&above);
	buf_release(&prefix);
}

static int make_folder(struct store_copy *copy, struct ent_error *err)
{
	struct buf path = { 0 };
	bool made = false;
	size_t len;
	int rc;

	add_above(&path, copy);
	add_prefix(&path, copy);
	len = path.len;
	for (unsigned n = 0; n < FOLDERS_MAX; n++) {
		path.len = len;
		buf_printf(&path, "%ld-%u", (long)getpid(), n);
		made = !path.failed && mkdir(path.data, FOLDER_MODE) == 0;
		if (path.failed || made || errno != EEXIST)
			break;
	}
	if (path.failed) {
		buf_release(&path);
		return mem_error(err);
	}
	copy->dir = path.data;
	if (made)
		copy->lock_fd = lock_folder(copy->dir);
	if (made && copy->lock_fd >= 0)
		return ENT_OK;
	rc = store_error(err, errno, "make the folder of the copy");
	if (made)
		rmdir(copy->dir);
	mem_free(copy->dir);
	copy->dir = NULL;
	return rc;
}

static int check_dest(const char *dest, bool may_be_empty, struct ent_error *err)
{
	struct stat there;

	if (lstat(dest, &there) != 0)
		return ENT_OK;
	if (!may_be_empty || !S_ISDIR(there.st_mode))
		return ent_error_set(err, ENT_ECONFLICT,
				     "there is something already");
	if (!store_folder_is_empty(dest))
		return ent_error_set(err, ENT_ECONFLICT,
				     "there is a folder already that is not empty");
	return ENT_OK;
}

/* Takes dest. */
static int begin(char *dest, bool inside, struct store_copy **out,
		 struct ent_error *err)
{
	struct store_copy *copy = mem_new(1, sizeof(*copy));
	int rc;

	if (!copy || !dest) {
		mem_free(copy);
		mem_free(dest);
		return mem_error(err);
	}
	*copy = (struct store_copy){ .lock_fd = -1, .inside = inside,
				     .dest = dest };
	sweep(copy);
	rc = make_folder(copy, err);
	if (rc == ENT_OK)
		*out = copy;
	else
		store_copy_end(copy);
	return rc;
}

int store_copy_begin(const char *dest, bool may_be_empty,
		     struct store_copy **out, struct ent_error *err)
{
	int rc = check_dest(dest, may_be_empty, err);

	return rc == ENT_OK ?
		       begin(store_without_slashes(dest), false, out, err) : rc;
}

int store_copy_begin_within(const struct store *store, struct store_copy **out,
			    struct ent_error *err)
{
	struct buf dir = { 0 };

	buf_add(&dir, store->data_path,
		strlen(store->data_path) - strlen("/data.mdb"));
	return begin(dir.failed ? NULL : dir.data, true, out, err);
}

const char *store_copy_dir(const struct store_copy *copy)
{
	return copy->dir;
}

uint64_t store_copy_bytes(const struct store_copy *copy)
{
	char *path = store_path(copy->placed && !copy->inside ? copy->dest :
								copy->dir,
				"data.mdb");
	struct stat file = { 0 };

	if (path && stat(path, &file) != 0)
		file.st_size = 0;
	mem_free(path);
	return (uint64_t)file.st_size;
}

void store_copy_end(struct store_copy *copy)
{
	if (!copy)
		return;
	if (copy->dir && (!copy->placed || copy->inside))
		store_remove_folder(copy->lock_fd, copy->dir);
	if (copy->lock_fd >= 0)
		close(copy->lock_fd);
	mem_free(copy->dir);
	mem_free(copy->dest);
	mem_free(copy);
}

/* ---- its place ------------------------------------------------------------------ */

/* A folder that nobody has taken meanwhile: rename() takes an empty one only. */
static int rename_folder(const struct store_copy *copy, struct ent_error *err)
{
	if (rename(copy->dir, copy->dest) == 0)
		return ENT_OK;
	if (errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR)
		return ent_error_set(err, ENT_ECONFLICT,
				     "somebody else has made it meanwhile");
	return store_error(err, errno, "rename the folder of the copy");
}

int store_copy_name(struct store_copy *copy, struct ent_error *err)
{
	struct buf above = { 0 };
	int rc;

	/* What opening it to look left: others make these anew. */
	remove_files(copy->lock_fd, 1);
	add_above(&above, copy);
	rc = buf_check(&above, err);
	if (rc == ENT_OK)
		rc = store_sync_folder(copy->dir, err);
	if (rc == ENT_OK)
		rc = rename_folder(copy, err);
	if (rc == ENT_OK) {
		copy->placed = true;
		rc = store_sync_folder(above.data, err);
		if (rc < 0)
			rc = ent_error_set(err, ENT_EDOUBT,
					   "in doubt: the log is in its place, and the folder of that could not be synced");
	}
	buf_release(&above);
	return rc;
}

/* The new file belongs to whom the old one does, so that its readers still may. */
static int take_rights(const char *from, const char *to, struct ent_error *err)
{
	struct stat old, new;

	if (stat(from, &old) != 0 || stat(to, &new) != 0)
		return store_error(err, errno, "look at the rights of the log");
	if ((old.st_uid != new.st_uid || old.st_gid != new.st_gid) &&
	    chown(to, old.st_uid, old.st_gid) != 0)
		return store_error(err, errno, "give the copy to the owner of the log");
	if (chmod(to, old.st_mode & MODE_BITS) != 0)
		return store_error(err, errno, "give the copy the rights of the log");
	return ENT_OK;
}

static int replace(const char *from, const char *to, struct ent_error *err)
{
	if (rename(from, to) == 0)
		return ENT_OK;
	return store_error(err, errno, "put the copy in place");
}

/*
 * lock.mdb goes with data.mdb: it has the number of the last transaction of the old
 * file, and the readers of that one.  It goes first, so that at no time the new file
 * is opened with the old lock.  A crash between the two leaves the old file, whole,
 * and a lock that nobody holds; handles that are open are refused (store_place.c).
 */
int store_copy_swap(struct store_copy *copy, struct store *store,
		    struct ent_error *err)
{
	char *data = store_path(copy->dir, "data.mdb");
	char *lock = store_path(copy->dir, "lock.mdb");
	int rc = data && lock ? ENT_OK : mem_error(err);

	if (rc == ENT_OK)
		rc = take_rights(store->data_path, data, err);
	if (rc == ENT_OK)
		rc = take_rights(store->lock_path, lock, err);
	if (rc == ENT_OK)
		rc = replace(lock, store->lock_path, err);
	if (rc == ENT_OK)
		rc = replace(data, store->data_path, err);
	if (rc == ENT_OK) {
		copy->placed = true;
		rc = store_sync_folder(copy->dest, err);
		if (rc < 0)
			rc = ent_error_set(err, ENT_EDOUBT,
					   "in doubt: the compacted log is in its place, and the folder of that could not be synced: a power cut may bring the old file back, with the same events");
	}
	mem_free(data);
	mem_free(lock);
	return rc;
}
