/*
 * calls_rest.c - calls that write and sync no file: names, locks, reading, maps.
 */
/* The fortified C library has functions of those names in its headers. */
#undef _FORTIFY_SOURCE

#include "calls_private.h"

#include <errno.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- names ---------------------------------------------------------------------- */

INTERPOSE int rename(const char *from, const char *to)
{
	int replaced = calls_watch ? files_at(to) : -1;

	calls_tell(CALLS_RENAME);
	if (calls_refused(__func__) || syscall(SYS_rename, from, to) != 0)
		return -1;
	if (calls_watch)
		names_moved(from, to, replaced);
	if (failing.plan.behind_rename)
		failing.calls = 0;
	failing.plan.behind_rename = false;
	return 0;
}

INTERPOSE int mkdir(const char *path, mode_t mode)
{
	if (calls_refused(__func__) || syscall(SYS_mkdir, path, mode) != 0)
		return -1;
	if (calls_watch)
		names_made(path);
	return 0;
}

INTERPOSE int unlink(const char *path)
{
	return calls_refused(__func__) ? -1 : (int)syscall(SYS_unlink, path);
}

INTERPOSE int unlinkat(int dir, const char *path, int flags)
{
	return calls_refused(__func__) ?
		       -1 : (int)syscall(SYS_unlinkat, dir, path, flags);
}

INTERPOSE int rmdir(const char *path)
{
	return calls_refused(__func__) ?
		       -1 : (int)syscall(SYS_unlinkat, AT_FDCWD, path,
					 AT_REMOVEDIR);
}

INTERPOSE int chmod(const char *path, mode_t mode)
{
	return calls_refused(__func__) ?
		       -1 : (int)syscall(SYS_fchmodat, AT_FDCWD, path, mode);
}

/* ---- the rest ----------------------------------------------------------------- */

INTERPOSE int flock(int fd, int how)
{
	return calls_refused(__func__) ? -1 : (int)syscall(SYS_flock, fd, how);
}

INTERPOSE off_t lseek(int fd, off_t at, int whence)
{
	return calls_refused(__func__) ? -1 : (off_t)syscall(SYS_lseek, fd, at, whence);
}

INTERPOSE ssize_t read(int fd, void *data, size_t len)
{
	enum fault_kind kind = calls_turn(__func__);

	if (kind == FAULT_SHORT && len > 1)
		len = (len + 1) / 2;
	else if (kind != FAULT_NONE && kind != FAULT_LATE)
		return -1;
	return syscall(SYS_read, fd, data, len);
}

/* Only what may be a pipe gives less than is there. */
INTERPOSE ssize_t pread(int fd, void *data, size_t len, off_t at)
{
	if (calls_refused(__func__))
		return -1;
	return syscall(SYS_pread64, fd, data, len, at);
}

INTERPOSE void *mmap(void *where, size_t len, int rights, int flags, int fd,
		     off_t at)
{
	/* The C library maps memory by itself; this is somebody's file. */
	if (fd >= 0 && calls_refused(__func__))
		return MAP_FAILED;
	return (void *)syscall(SYS_mmap, where, len, rights, flags, fd, at);
}
