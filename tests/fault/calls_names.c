/*
 * calls_names.c - the calls about names, folders, streams and processes.  In the
 * preloaded library only: LMDB makes none of them.
 */
#undef _FORTIFY_SOURCE

#include "calls_private.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What the C library, or a sanitizer behind us, has under those names: it is looked
 * up once, before anything is counted. */
static struct {
	int (*mkstemp)(char *name);
	int (*mkostemp)(char *name, int flags);
	int (*fflush)(FILE *file);
	int (*fclose)(FILE *file);
	FILE *(*fopen)(const char *path, const char *how);
	FILE *(*fdopen)(int fd, const char *how);
	DIR *(*opendir)(const char *path);
	pid_t (*fork)(void);
} next;

static void look_up(const char *name, void *slot)
{
	void *found = dlsym(RTLD_NEXT, name);

	memcpy(slot, &found, sizeof(found));
}

__attribute__((constructor)) static void look_up_all(void)
{
	look_up("mkstemp", &next.mkstemp);
	look_up("mkostemp", &next.mkostemp);
	look_up("fflush", &next.fflush);
	look_up("fclose", &next.fclose);
	look_up("fopen", &next.fopen);
	look_up("fdopen", &next.fdopen);
	look_up("opendir", &next.opendir);
	look_up("fork", &next.fork);
}

/* ---- names -------------------------------------------------------------------- */

INTERPOSE int link(const char *from, const char *to)
{
	return calls_refused(__func__) ?
		       -1 : (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD,
					 to, 0);
}

INTERPOSE int mkstemp(char *name)
{
	return calls_refused(__func__) ? -1 : next.mkstemp(name);
}

INTERPOSE int mkostemp(char *name, int flags)
{
	return calls_refused(__func__) ? -1 : next.mkostemp(name, flags);
}

INTERPOSE DIR *opendir(const char *path)
{
	return calls_refused(__func__) ? NULL : next.opendir(path);
}

/* ---- streams ------------------------------------------------------------------ */

INTERPOSE FILE *fopen(const char *path, const char *how)
{
	return calls_refused(__func__) ? NULL : next.fopen(path, how);
}

INTERPOSE FILE *fdopen(int fd, const char *how)
{
	return calls_refused(__func__) ? NULL : next.fdopen(fd, how);
}

INTERPOSE int fflush(FILE *file)
{
	return calls_refused(__func__) ? EOF : next.fflush(file);
}

/* A stream is closed also where that fails. */
INTERPOSE int fclose(FILE *file)
{
	bool fails = calls_turn(__func__) != FAULT_NONE;
	int code = errno;
	int rc = next.fclose(file);

	if (!fails)
		return rc;
	errno = code;
	return EOF;
}

/* ---- processes ------------------------------------------------------------------ */

INTERPOSE pid_t fork(void)
{
	return calls_refused(__func__) ? -1 : next.fork();
}

INTERPOSE int pipe(int ends[2])
{
	return calls_refused(__func__) ? -1 : (int)syscall(SYS_pipe2, ends, 0);
}

INTERPOSE int setrlimit(__rlimit_resource_t which, const struct rlimit *limit)
{
	return calls_refused(__func__) ?
		       -1 : (int)syscall(SYS_prlimit64, 0, which, limit, NULL);
}
