/*
 * fd.c - whole writes, and folders on disk.
 */
#include "ground/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

bool fd_write_all(int fd, const void *bytes, size_t len)
{
	const char *at = bytes;

	while (len > 0) {
		ssize_t n = write(fd, at, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n == 0)
			errno = EIO;
		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

bool fd_sync_folder(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool synced;
	int why;

	if (fd < 0)
		return false;
	synced = fsync(fd) == 0 || errno == EINVAL;
	why = errno;
	close(fd);
	errno = why;
	return synced;
}
