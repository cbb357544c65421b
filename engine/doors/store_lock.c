/*
 * store_lock.c - one writer at a time, and how long the others wait.
 *
 * LMDB's own lock has no time limit: a stopped writer would hold everyone for
 * ever.  So writer.lock is taken first; and data.mdb too, in case somebody deletes
 * writer.lock meanwhile.
 */
#include "doors/store_private.h"

#include <errno.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { NAP_US = 200, NAP_MAX_US = 10000 };

static int64_t now_us(void)
{
	struct timespec now = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* As the system lists it; 0 where it does not tell. */
static long find_holder(int fd)
{
	FILE *locks = fopen("/proc/locks", "re");
	char line[256];
	struct stat file;
	long pid, holder = 0;
	unsigned long ino;

	if (!locks || fstat(fd, &file) != 0)
		goto out;
	while (holder <= 0 && fgets(line, sizeof(line), locks))
		/* NOLINTNEXTLINE(cert-err34-c): the kernel's numbers fit */
		if (sscanf(line, "%*d: FLOCK %*s %*s %ld %*x:%*x:%lu", &pid,
			   &ino) == 2 && ino == file.st_ino)
			holder = pid;
out:
	if (locks)
		fclose(locks);
	return holder;
}

static int is_busy(const struct store *store, int fd, struct ent_error *err)
{
	long holder = find_holder(fd);

	if (holder <= 0)
		return ent_error_set(err, ENT_EBUSY,
				     "another writer has held the log for %u ms",
				     store->lock_timeout_ms);
	return ent_error_set(err, ENT_EBUSY,
			     "another writer (process %ld) has held the log for %u ms",
			     holder, store->lock_timeout_ms);
}

static int lock_by(const struct store *store, int fd, int64_t began,
		   struct ent_error *err)
{
	long nap_us = NAP_US;

	while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		const struct timespec nap = { 0, nap_us * 1000 };
		int64_t waited = now_us() - began;

		if (errno != EWOULDBLOCK && errno != EINTR)
			return store_error(err, errno, "lock the log");
		if (waited >= (int64_t)store->lock_timeout_ms * 1000)
			return is_busy(store, fd, err);
		nanosleep(&nap, NULL);
		nap_us = nap_us < NAP_MAX_US / 2 ? nap_us * 2 : NAP_MAX_US;
	}
	return ENT_OK;
}

int store_lock_writer(struct store *store, struct ent_error *err)
{
	int64_t began = now_us();
	mdb_filehandle_t data;
	int rc = lock_by(store, store->writer_fd, began, err);

	if (rc < 0)
		return rc;
	mdb_env_get_fd(store->env, &data);
	rc = lock_by(store, data, began, err);
	if (rc < 0)
		flock(store->writer_fd, LOCK_UN);
	return rc;
}

void store_unlock_writer(struct store *store)
{
	mdb_filehandle_t data;

	mdb_env_get_fd(store->env, &data);
	flock(data, LOCK_UN);
	flock(store->writer_fd, LOCK_UN);
}
