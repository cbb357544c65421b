/*
 * store_place.c - what lies where a log is to be: whose it is, on which file
 * system, and whether it is still there.
 */
#include "doors/store_private.h"

#include "ground/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/vfs.h>

/* Where locks, the map or fdatasync() do not reach other machines.  Numbers are
 * those of statfs(2).  FUSE and 9p may be either, and are let through. */
static const struct {
	unsigned type;
	const char *name;
} networks[] = {
	{ 0x6969, "NFS" },	 { 0x517b, "SMB" },
	{ 0xff534d42, "CIFS" },	 { 0xfe534d42, "SMB2" },
	{ 0x564c, "NCP" },	 { 0x5346414f, "AFS" },
	{ 0x6b414653, "AFS" },	 { 0x73757245, "Coda" },
	{ 0x00c36400, "Ceph" },	 { 0x0bd00bd0, "Lustre" },
	{ 0x47504653, "GPFS" },	 { 0x7461636f, "OCFS2" },
	{ 0x01161970, "GFS2" },
};

const char *store_network_name(unsigned type)
{
	for (size_t i = 0; i < sizeof(networks) / sizeof(*networks); i++)
		if (networks[i].type == type)
			return networks[i].name;
	return NULL;
}

static const char *network_of(const char *dir)
{
	struct statfs fs;

	return statfs(dir, &fs) == 0 ? store_network_name((unsigned)fs.f_type) :
				       NULL;
}
#else
const char *store_network_name(unsigned type)
{
	(void)type;
	return NULL;
}

static const char *network_of(const char *dir)
{
	(void)dir;
	return NULL;
}
#endif

int store_check_fs(const char *dir, unsigned trust, struct ent_error *err)
{
	const char *name = trust & ENT_TRUST_FS ? NULL : network_of(dir);

	if (!name)
		return ENT_OK;
	return ent_error_set(err, ENT_EREFUSED,
			     "it lies on %s: what locks and protects a log does not reach across a network",
			     name);
}

static int check_owner(const struct stat *file, const char *what,
		       unsigned trust, struct ent_error *err)
{
	uid_t me = geteuid();

	if (trust & ENT_TRUST_OWNER)
		return ENT_OK;
	if (me != 0 && file->st_uid != 0 && file->st_uid != me)
		return ent_error_set(err, ENT_EREFUSED,
				     "%s belongs to user %lu, and this is user %lu",
				     what, (unsigned long)file->st_uid,
				     (unsigned long)me);
	if (S_ISREG(file->st_mode) && (file->st_mode & S_IWOTH))
		return ent_error_set(err, ENT_EREFUSED,
				     "%s may be written by everybody", what);
	return ENT_OK;
}

static int check_file(const struct stat *file,
		      const struct store_options *options,
		      struct ent_error *err)
{
	if (!S_ISREG(file->st_mode))
		return ent_error_set(err, ENT_ENOLOG,
				     "data.mdb in it is no regular file");
	if (file->st_size == 0)
		return ent_error_set(err, ENT_ENOLOG,
				     "data.mdb in it is empty");
	/* Each folder has locks of its own, and the file only one content. */
	if (file->st_nlink > 1 && !options->read_only)
		return ent_error_set(err, ENT_EREFUSED,
				     "data.mdb in it has %lu names (hard links), and writing would change it under all of them",
				     (unsigned long)file->st_nlink);
	return check_owner(file, "data.mdb in it", options->trust, err);
}

/* What lies at dir: ENT_OK a log's file, ENT_END nothing (or an empty folder). */
int store_look(const char *dir, const struct store_options *options,
	       struct stat *out, struct ent_error *err)
{
	char *path = store_path(dir, "data.mdb");
	struct stat folder, file;
	int rc = ENT_OK;

	if (!path)
		return mem_error(err);
	if (stat(dir, &folder) != 0)
		rc = errno == ENOENT ? ENT_END : store_error(err, errno, "look");
	else if (!S_ISDIR(folder.st_mode))
		rc = ent_error_set(err, ENT_ENOLOG,
				   "it is a file, and a log is a folder");
	else if (lstat(path, &file) != 0 && errno != ENOENT)
		rc = store_error(err, errno, "look at data.mdb");
	else if (lstat(path, &file) != 0)
		rc = options->create && store_folder_is_empty(dir) ? ENT_END :
			ent_error_set(err, ENT_ENOLOG,
				      "the folder holds no log (no data.mdb)");
	else
		rc = check_file(&file, options, err);
	if (rc == ENT_OK)
		rc = check_owner(&folder, "the folder", options->trust, err);
	if (rc == ENT_OK)
		*out = file;
	mem_free(path);
	return rc;
}

/* ---- is it still the same? ---------------------------------------------------- */

/* What is opened while 0, 1 or 2 is free gets that number, and what is printed
 * then goes into the log. */
int store_check_standard_files(struct ent_error *err)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) == -1)
			return ent_error_set(err, ENT_EUSAGE,
					     "descriptor %d is closed, and what is printed there would go into the log: open /dev/null on it",
					     fd);
	return ENT_OK;
}

int store_see_lock(struct store *store, const char *dir, struct ent_error *err)
{
	char *path = store_path(dir, "lock.mdb");
	struct stat lock;

	if (!path)
		return mem_error(err);
	store->has_lock = stat(path, &lock) == 0;
	if (store->has_lock) {
		store->lock_dev = lock.st_dev;
		store->lock_ino = lock.st_ino;
	}
	mem_free(path);
	return ENT_OK;
}

static int moved(const char *name, struct ent_error *err)
{
	ent_error_set(err, ENT_EIO, "%s was replaced while it was opened", name);
	return STORE_MOVED;
}

/* Paths from the root, since the caller may change its folder. */
int store_remember_place(struct store *store, const char *dir,
			 struct ent_error *err)
{
	char *whole = realpath(dir, NULL);
	struct stat data, lock;
	mdb_filehandle_t fd;

	if (!whole)
		return store_error(err, errno, "find its place");
	store->data_path = store_path(whole, "data.mdb");
	store->lock_path = store_path(whole, "lock.mdb");
	free(whole);
	if (!store->data_path || !store->lock_path)
		return mem_error(err);
	mdb_env_get_fd(store->env, &fd);
	if (fstat(fd, &data) != 0)
		return store_error(err, errno, "look at data.mdb");
	if (data.st_dev != store->dev || data.st_ino != store->ino)
		return moved("data.mdb", err);
	if (stat(store->lock_path, &lock) != 0)
		return ENT_OK;
	if (store->has_lock && (lock.st_dev != store->lock_dev ||
				lock.st_ino != store->lock_ino))
		return moved("lock.mdb", err);
	store->has_lock = true;
	store->lock_dev = lock.st_dev;
	store->lock_ino = lock.st_ino;
	return ENT_OK;
}

static bool is_there(const char *path, dev_t dev, ino_t ino)
{
	struct stat file;

	return stat(path, &file) == 0 && file.st_dev == dev &&
	       file.st_ino == ino;
}

enum { SETTLE_TRIES = 200, SETTLE_NAP_US = 1000 };

enum place { IN_PLACE, LOCK_GONE, DATA_GONE, BOTH_GONE };

/* A reader keeps the file that it has mapped, whatever is under its name. */
static enum place place_of(const struct store *store, bool writes)
{
	bool lock = !store->has_lock ||
		    is_there(store->lock_path, store->lock_dev, store->lock_ino);

	if (lock && !writes)
		return IN_PLACE;
	if (is_there(store->data_path, store->dev, store->ino))
		return lock ? IN_PLACE : LOCK_GONE;
	return lock ? DATA_GONE : BOTH_GONE;
}

/* Whoever compacts moves one file behind the other; what is gone alone for longer
 * than that takes was moved by somebody else. */
static enum place settled_place(const struct store *store, bool writes)
{
	const struct timespec nap = { 0, SETTLE_NAP_US * 1000 };
	enum place place = place_of(store, writes);

	for (int i = 0; i < SETTLE_TRIES &&
			(place == LOCK_GONE || place == DATA_GONE); i++) {
		nanosleep(&nap, NULL);
		place = place_of(store, writes);
	}
	return place;
}

/*
 * Whoever opens the log after lock.mdb was deleted makes another one: then there
 * are two that write at once, and readers whose pages are written over.  A handle
 * that a fork took along would use the parent's slots and locks as its own.
 */
int store_check_place(const struct store *store, bool writes,
		      struct ent_error *err)
{
	if (store->pid != getpid())
		return ent_error_set(err, ENT_EUSAGE,
				     "the log was opened by process %ld, and this is a fork of it: open it again here",
				     (long)store->pid);
	if (store->map_lost)
		return ent_error_set(err, ENT_EIO,
				     "its memory map was lost; close the log and open it again");
	switch (settled_place(store, writes)) {
	case BOTH_GONE:
		return ent_error_set(err, ENT_EREOPEN,
				     "the log was put in place anew while it was open, as `compact` does; close it and open it again");
	case LOCK_GONE:
		return ent_error_set(err, ENT_EIO,
				     "lock.mdb was deleted or replaced while the log was open; close it everywhere and open it again");
	case DATA_GONE:
		return ent_error_set(err, ENT_EIO,
				     "data.mdb was deleted or replaced while the log was open; close it and open it again");
	default:
		return ENT_OK;
	}
}
