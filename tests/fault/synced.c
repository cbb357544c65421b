/*
 * synced.c - in front of the C library: what a program has written or renamed and not
 * synced.  Preloaded; when the program exits it writes what is wrong, a line each, to
 * the file that SYNCED_REPORT names.
 *
 * The rules:
 * - what was written to a file is synced before it gets its name, and before the end;
 * - a folder is synced before it gets its name, behind what was made in it;
 * - the folder of a name that was given is synced before the end;
 * - data.mdb as it was found is synced before it is written.
 *
 * Not asked of lock files, which mean nothing behind a crash, nor of what lies in a
 * folder that is gone.
 */
#undef _FORTIFY_SOURCE

#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define INTERPOSE __attribute__((visibility("default")))

enum { FILES_MAX = 256, PATH_SIZE = 1024, REPORT_MAX = 8192 };

struct file {
	dev_t dev;
	ino_t ino;
	bool folder, found; /* found: it was there when it was opened first */
	bool dirty;         /* written since it was synced last */
	bool synced;        /* at least once */
	bool lock;
	char path[PATH_SIZE];
};

static struct file files[FILES_MAX];
static size_t count;
static char report[REPORT_MAX];
static size_t reported;
static pid_t owner; /* what a fork of it does is not told */

static void complain(const char *what, const char *path)
{
	int len = snprintf(report + reported, sizeof(report) - reported,
			   "%s: %s\n", what, path);

	if (len > 0 && reported + (size_t)len < sizeof(report))
		reported += (size_t)len;
}

static bool ends_with(const char *path, const char *end)
{
	size_t len = strlen(path), n = strlen(end);

	return len >= n && strcmp(path + len - n, end) == 0;
}

static struct file *file_of(const struct stat *st, const char *path)
{
	for (size_t i = 0; i < count; i++)
		if (files[i].dev == st->st_dev && files[i].ino == st->st_ino)
			return &files[i];
	if (count == FILES_MAX)
		abort();
	files[count] = (struct file){ .dev = st->st_dev, .ino = st->st_ino,
				      .folder = S_ISDIR(st->st_mode) };
	snprintf(files[count].path, PATH_SIZE, "%s", path);
	files[count].lock = ends_with(path, "lock.mdb") ||
			    ends_with(path, "writer.lock");
	return &files[count++];
}

/* NULL where it is neither a file nor a folder. */
static struct file *by_number(int fd)
{
	char link[64], path[PATH_SIZE] = "";
	struct stat st;

	if (syscall(SYS_newfstatat, fd, "", &st, AT_EMPTY_PATH) != 0 ||
	    (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)))
		return NULL;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	if (readlink(link, path, sizeof(path) - 1) < 0)
		path[0] = '\0';
	return file_of(&st, path);
}

static struct file *by_path(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 ? file_of(&st, path) : NULL;
}

static struct file *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	char above[PATH_SIZE] = ".";

	if (slash)
		snprintf(above, sizeof(above), "%.*s",
			 (int)(slash == path ? 1 : slash - path), path);
	return by_path(above);
}

/* ---- opening ------------------------------------------------------------------- */

static int open_file(int dir, const char *path, int flags, mode_t mode)
{
	bool there = faccessat(dir, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
	int fd = (int)syscall(SYS_openat, dir, path, flags, mode);
	struct file *file = fd >= 0 && (flags & O_ACCMODE) != O_RDONLY ?
				    by_number(fd) : NULL;

	if (file && there && ends_with(path, "data.mdb") && !file->synced &&
	    !file->dirty)
		file->found = true;
	if (file && !there && !file->lock && dir == AT_FDCWD) {
		struct file *folder = folder_of(path);

		if (folder)
			folder->dirty = true;
	}
	return fd;
}

static mode_t mode_of(int flags, va_list args)
{
	return flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;
}

INTERPOSE int open(const char *path, int flags, ...)
{
	va_list args;
	mode_t mode;

	va_start(args, flags);
	mode = mode_of(flags, args);
	va_end(args);
	return open_file(AT_FDCWD, path, flags, mode);
}

INTERPOSE int __open_2(const char *path, int flags);
INTERPOSE int __open_2(const char *path, int flags)
{
	return open_file(AT_FDCWD, path, flags, 0);
}

/* ---- writing --------------------------------------------------------------------- */

/* A file that was opened so is synced by the call itself. */
static void wrote(int fd, ssize_t n)
{
	struct file *file = n > 0 ? by_number(fd) : NULL;

	if (!file || file->lock)
		return;
	if (file->found && !file->synced)
		complain("written before it was synced", file->path);
	file->found = false;
	if (!(fcntl(fd, F_GETFL) & O_DSYNC))
		file->dirty = true;
}

INTERPOSE ssize_t write(int fd, const void *data, size_t len)
{
	ssize_t n = syscall(SYS_write, fd, data, len);

	wrote(fd, n);
	return n;
}

INTERPOSE ssize_t pwrite(int fd, const void *data, size_t len, off_t at)
{
	ssize_t n = syscall(SYS_pwrite64, fd, data, len, at);

	wrote(fd, n);
	return n;
}

INTERPOSE ssize_t writev(int fd, const struct iovec *parts, int n_parts)
{
	ssize_t n = syscall(SYS_writev, fd, parts, n_parts);

	wrote(fd, n);
	return n;
}

INTERPOSE ssize_t pwritev(int fd, const struct iovec *parts, int n_parts, off_t at)
{
	ssize_t n = syscall(SYS_pwritev, fd, parts, n_parts, at, 0);

	wrote(fd, n);
	return n;
}

static int sync_file(int fd, long number)
{
	int rc = (int)syscall(number, fd);
	struct file *file = rc == 0 ? by_number(fd) : NULL;

	if (file) {
		file->dirty = false;
		file->synced = true;
	}
	return rc;
}

INTERPOSE int fsync(int fd)
{
	return sync_file(fd, SYS_fsync);
}

INTERPOSE int fdatasync(int fd)
{
	return sync_file(fd, SYS_fdatasync);
}

/* ---- names ------------------------------------------------------------------------- */

static void named(const char *from, const char *to)
{
	struct file *file = by_path(from), *folder = folder_of(to);

	if (file && !file->lock && !ends_with(to, "lock.mdb") &&
	    (file->dirty || !file->synced))
		complain("named before it was synced", to);
	if (folder)
		folder->dirty = true;
}

/* What lies within goes along. */
static void moved(const char *from, const char *to)
{
	size_t len = strlen(from);

	for (size_t i = 0; i < count; i++) {
		const char *path = files[i].path;
		char now[2 * PATH_SIZE];

		if (strncmp(path, from, len) != 0 ||
		    (path[len] != '\0' && path[len] != '/'))
			continue;
		snprintf(now, sizeof(now), "%s%s", to, path + len);
		snprintf(files[i].path, PATH_SIZE, "%.*s", PATH_SIZE - 1, now);
	}
}

INTERPOSE int rename(const char *from, const char *to)
{
	char *old = realpath(from, NULL), *new;
	int rc;

	named(from, to);
	rc = (int)syscall(SYS_rename, from, to);
	new = rc == 0 ? realpath(to, NULL) : NULL;
	if (old && new)
		moved(old, new);
	free(old);
	free(new);
	return rc;
}

INTERPOSE int link(const char *from, const char *to)
{
	named(from, to);
	return (int)syscall(SYS_link, from, to);
}

/* ---- the end ------------------------------------------------------------------------- */

__attribute__((constructor)) static void begin(void)
{
	owner = getpid();
}

static bool is_there(const struct file *file)
{
	struct stat st;

	return lstat(file->path, &st) == 0 && st.st_ino == file->ino &&
	       st.st_dev == file->dev;
}

__attribute__((destructor)) static void end(void)
{
	const char *name = getenv("SYNCED_REPORT");
	int fd = name && getpid() == owner ?
			 (int)syscall(SYS_openat, AT_FDCWD, name,
				      O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;

	for (size_t i = 0; i < count; i++)
		if (files[i].dirty && is_there(&files[i]))
			complain(files[i].folder ? "names in it are not synced" :
						   "not synced", files[i].path);
	if (fd >= 0 && syscall(SYS_write, fd, report, reported) >= 0)
		syscall(SYS_close, fd);
}
