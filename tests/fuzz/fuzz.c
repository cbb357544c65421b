/*
 * fuzz.c - what fuzz targets share.
 */
#include "fuzz.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

bool fuzz_replaying;

static int report_fd = STDERR_FILENO;
static char folder[64];

/* Before anybody closes it. */
__attribute__((constructor)) static void keep_stderr(void)
{
	int fd = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);

	if (fd >= 0)
		report_fd = fd;
}

void fuzz_fail(const char *file, int line, const char *what)
{
	dprintf(report_fd, "%s:%d: does not hold: %s\n", file, line, what);
	abort();
}

void fuzz_silence(void)
{
	int fd = fuzz_replaying ? open("/dev/null", O_WRONLY | O_CLOEXEC) : -1;

	if (fd < 0)
		return;
	dup2(fd, STDOUT_FILENO);
	dup2(fd, STDERR_FILENO);
	close(fd);
}

char *fuzz_text(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	FUZZ_CHECK(text);
	if (size > 0)
		memcpy(text, data, size);
	text[size] = '\0';
	return text;
}

static int new_file(void)
{
	char name[] = "/tmp/entente-fuzz-XXXXXX";
	int fd;

#ifdef __linux__
	fd = memfd_create("fuzz", MFD_CLOEXEC);
	if (fd >= 0)
		return fd;
#endif
	fd = mkstemp(name);
	FUZZ_CHECK(fd >= 0);
	unlink(name);
	return fd;
}

int fuzz_file(const uint8_t *data, size_t size)
{
	static int fd = -1;

	if (fd < 0)
		fd = new_file();
	FUZZ_CHECK(ftruncate(fd, 0) == 0);
	FUZZ_CHECK(pwrite(fd, data, size, 0) == (ssize_t)size);
	FUZZ_CHECK(lseek(fd, 0, SEEK_SET) == 0);
	return fd;
}

static int remove_entry(const char *path, const struct stat *st, int flag,
			struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static void remove_folder(void)
{
	nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

const char *fuzz_folder(void)
{
	const char *in = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";

	if (folder[0])
		return folder;
	snprintf(folder, sizeof(folder), "%s/entente-fuzz-XXXXXX", in);
	FUZZ_CHECK(mkdtemp(folder));
	atexit(remove_folder);
	return folder;
}
