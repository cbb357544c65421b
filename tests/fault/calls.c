/*
 * calls.c - see calls.h.
 *
 * Each call asks first what the plan says of it.  What it then does it does by
 * syscall(): looking up the function of the C library would allocate.
 */
/* The fortified C library has functions of those names in its headers. */
#undef _FORTIFY_SOURCE

#include "calls_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FDS_MAX = 1024, EINTR_MAX = 3 };

struct failing failing;
static char rest_of_page[FAULT_PAGE] __attribute__((used)); /* no other's page */
bool calls_watch;
void (*calls_before)(enum calls_what what);
void (*calls_choose)(struct disk *disk);

static struct {
	int file; /* of files, from 1; 0: it is not watched */
	bool synced;
} fds[FDS_MAX];

void fault_arm(const struct fault_plan *plan)
{
	static const struct fault_plan none;

	failing.plan = plan ? *plan : none;
	failing.calls = 0;
	failing.allocations = 0;
	failing.hits = 0;
	memset(failing.first, 0, sizeof(failing.first));
	failing.armed = true;
}

void fault_disarm(void)
{
	failing.armed = false;
}

/* What the plan says of the call that is made now.  A signal interrupts no call
 * for ever. */
enum fault_kind calls_turn(const char *name)
{
	const struct fault_plan *plan = &failing.plan;
	uint64_t call, behind;

	if (!failing.armed)
		return FAULT_NONE;
	call = __atomic_add_fetch(&failing.calls, 1, __ATOMIC_RELAXED);
	if (failing.power_off) {
		errno = EIO;
		return FAULT_EARLY;
	}
	if (plan->kind == FAULT_NONE || plan->kind == FAULT_MEMORY ||
	    plan->behind_rename || plan->at == 0 || call < plan->at)
		return FAULT_NONE;
	behind = call - plan->at;
	if (behind > 0 && (!plan->persistent ||
			   (plan->code == EINTR && behind >= EINTR_MAX)))
		return FAULT_NONE;
	if (__atomic_fetch_add(&failing.hits, 1, __ATOMIC_RELAXED) == 0)
		strncpy(failing.first, name, sizeof(failing.first) - 1);
	errno = plan->kind == FAULT_CUT ? EIO : plan->code;
	if (plan->kind == FAULT_CUT)
		failing.power_off = true;
	return plan->kind;
}

bool calls_refused(const char *name)
{
	enum fault_kind kind = calls_turn(name);

	return kind != FAULT_NONE && kind != FAULT_LATE;
}

static bool is_watched(int fd)
{
	return fd >= 0 && fd < FDS_MAX && fds[fd].file > 0;
}

static struct disk *disk_of(int fd)
{
	return &files[fds[fd].file - 1].disk;
}

void calls_tell(enum calls_what what)
{
	if (calls_before)
		calls_before(what);
}

/* ---- opening ------------------------------------------------------------ */

static bool is_data(const char *path)
{
	const char *slash = strrchr(path, '/');

	return strcmp(slash ? slash + 1 : path, "data.mdb") == 0;
}

static void note_open(int fd, const char *path, int flags)
{
	if (fd < 0 || fd >= FDS_MAX)
		return;
	fds[fd].file = calls_watch && is_data(path) ? files_open(fd) + 1 : 0;
	fds[fd].synced = (flags & O_DSYNC) != 0;
}

static bool makes(const char *path, int flags)
{
	struct stat st;

	return calls_watch && (flags & O_CREAT) && is_data(path) &&
	       lstat(path, &st) != 0;
}

static int open_at(int dir, const char *path, int flags, mode_t mode)
{
	bool made;
	long fd;

	if (calls_refused(__func__))
		return -1;
	made = makes(path, flags);
	fd = syscall(SYS_openat, dir, path, flags, mode);
	note_open((int)fd, path, flags);
	if (fd >= 0 && made)
		names_made(path);
	return (int)fd;
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
	return open_at(AT_FDCWD, path, flags, mode);
}

INTERPOSE int openat(int dir, const char *path, int flags, ...)
{
	va_list args;
	mode_t mode;

	va_start(args, flags);
	mode = mode_of(flags, args);
	va_end(args);
	return open_at(dir, path, flags, mode);
}

/* What the fortified C library makes of the two. */
INTERPOSE int __open_2(const char *path, int flags);
INTERPOSE int __open_2(const char *path, int flags)
{
	return open_at(AT_FDCWD, path, flags, 0);
}

INTERPOSE int __openat_2(int dir, const char *path, int flags);
INTERPOSE int __openat_2(int dir, const char *path, int flags)
{
	return open_at(dir, path, flags, 0);
}

INTERPOSE int close(int fd)
{
	if (is_watched(fd)) {
		files_close(fds[fd].file - 1);
		fds[fd].file = 0;
	}
	return (int)syscall(SYS_close, fd);
}

/* ---- writing ------------------------------------------------------------- */

/* What a write brought is told to the disk.  off: the system said where. */
static void note_write(struct disk *disk, const struct iovec *parts, int count,
		       off_t at, size_t done, bool synced)
{
	off_t first = at;
	size_t left = done;

	for (int i = 0; i < count && left > 0; i++) {
		size_t len = parts[i].iov_len < left ? parts[i].iov_len : left;

		disk_write(disk, (uint64_t)at, parts[i].iov_base, len);
		at += (off_t)len;
		left -= len;
	}
	if (synced && done > 0)
		disk_sync_range(disk, (uint64_t)first, done);
}

static void note_sync_failed(struct disk *disk)
{
	for (size_t i = 0; i < disk->pieces_count; i++)
		disk->pieces[i].kept = false;
	if (calls_choose)
		calls_choose(disk);
	disk_sync_failed(disk);
}

static size_t bytes_of(const struct iovec *parts, int count)
{
	size_t bytes = 0;

	for (int i = 0; i < count; i++)
		bytes += parts[i].iov_len;
	return bytes;
}

/* The half of a write, but not nothing. */
static ssize_t write_half(int fd, const struct iovec *parts, off_t at)
{
	size_t half = (parts[0].iov_len + 1) / 2;

	if (at >= 0)
		return syscall(SYS_pwrite64, fd, parts[0].iov_base, half, at);
	return syscall(SYS_write, fd, parts[0].iov_base, half);
}

static ssize_t write_all(int fd, const struct iovec *parts, int count, off_t at)
{
	if (count == 1 && at >= 0)
		return syscall(SYS_pwrite64, fd, parts[0].iov_base,
			       parts[0].iov_len, at);
	if (count == 1)
		return syscall(SYS_write, fd, parts[0].iov_base,
			       parts[0].iov_len);
	if (at >= 0)
		return syscall(SYS_pwritev, fd, parts, count, at, 0);
	return syscall(SYS_writev, fd, parts, count);
}

/* at < 0: where the file stands. */
static ssize_t put(int fd, const struct iovec *parts, int count, off_t at)
{
	bool watched = is_watched(fd);
	off_t where = at;
	enum fault_kind kind;
	int code;
	ssize_t n;

	if (watched)
		calls_tell(fds[fd].synced ? CALLS_WRITE_SYNCED : CALLS_WRITE);
	if (watched && at < 0)
		where = (off_t)syscall(SYS_lseek, fd, 0, SEEK_CUR);
	kind = calls_turn(__func__);
	code = errno;
	if (kind == FAULT_EARLY)
		return -1;
	/* A signal interrupts a write that has taken nothing yet. */
	if (kind != FAULT_NONE && code == EINTR)
		return -1;
	n = kind == FAULT_SHORT && bytes_of(parts, count) > 1 ?
		    write_half(fd, parts, at) :
		    write_all(fd, parts, count, at);
	if (watched && n > 0)
		note_write(disk_of(fd), parts, count, where, (size_t)n,
			   fds[fd].synced && !failing.plan.no_meta_sync &&
				   kind != FAULT_LATE && kind != FAULT_CUT);
	if (watched && fds[fd].synced && kind == FAULT_LATE)
		note_sync_failed(disk_of(fd));
	if (watched && fds[fd].synced)
		calls_tell(CALLS_RETURN);
	if (kind == FAULT_LATE || kind == FAULT_CUT) {
		errno = code;
		return -1;
	}
	return n;
}

INTERPOSE ssize_t pwrite(int fd, const void *data, size_t len, off_t at)
{
	struct iovec part = { .iov_len = len };

	memcpy(&part.iov_base, &data, sizeof(data));
	return put(fd, &part, 1, at);
}

INTERPOSE ssize_t write(int fd, const void *data, size_t len)
{
	struct iovec part = { .iov_len = len };

	memcpy(&part.iov_base, &data, sizeof(data));
	return put(fd, &part, 1, -1);
}

INTERPOSE ssize_t writev(int fd, const struct iovec *parts, int count)
{
	return put(fd, parts, count, -1);
}

INTERPOSE ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at)
{
	return put(fd, parts, count, at);
}

/* ---- syncing --------------------------------------------------------------- */

/* No file is synced for real: what the machine itself does when its power goes is
 * not what is asked here. */
static int sync_file(int fd)
{
	bool watched = is_watched(fd);
	enum fault_kind kind;

	calls_tell(watched ? CALLS_SYNC : CALLS_SYNC_FOLDER);
	kind = calls_turn(__func__);
	if (kind == FAULT_CUT || (kind == FAULT_EARLY && failing.power_off))
		return -1;
	if (kind != FAULT_NONE && errno == EINTR)
		return -1;
	if (kind != FAULT_NONE) {
		int code = errno;

		if (watched)
			note_sync_failed(disk_of(fd));
		errno = code;
		return -1;
	}
	if (failing.plan.no_sync)
		return 0;
	if (watched)
		disk_sync(disk_of(fd));
	else if (calls_watch)
		names_synced(fd);
	return 0;
}

INTERPOSE int fdatasync(int fd)
{
	return sync_file(fd);
}

INTERPOSE int fsync(int fd)
{
	return sync_file(fd);
}

INTERPOSE int ftruncate(int fd, off_t size)
{
	if (is_watched(fd))
		calls_tell(CALLS_RESIZE);
	if (calls_refused(__func__))
		return -1;
	if (syscall(SYS_ftruncate, fd, size) != 0)
		return -1;
	if (is_watched(fd))
		disk_resize(disk_of(fd), (uint64_t)size);
	return 0;
}

INTERPOSE int posix_fallocate(int fd, off_t at, off_t len)
{
	if (calls_refused(__func__))
		return errno;
	return syscall(SYS_fallocate, fd, 0, at, len) == 0 ? 0 : errno;
}
