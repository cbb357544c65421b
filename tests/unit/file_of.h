/*
 * file_of.h - bytes as a file to read.
 */
#ifndef TESTS_FILE_OF_H
#define TESTS_FILE_OF_H

#include "check.h"

#include <stdlib.h>
#include <unistd.h>

/* A file that has the bytes and is gone when it is closed. */
static inline int file_of(const char *bytes, size_t len)
{
	char name[] = "/tmp/entente-test-XXXXXX";
	int fd = mkstemp(name);

	assert_true(fd >= 0);
	unlink(name);
	while (len > 0) {
		ssize_t n = write(fd, bytes, len);

		assert_true(n > 0);
		bytes += n;
		len -= (size_t)n;
	}
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

#endif
