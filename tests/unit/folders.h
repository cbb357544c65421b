/*
 * folders.h - what is in a folder.
 */
#ifndef TESTS_FOLDERS_H
#define TESTS_FOLDERS_H

#include "logs.h"

#include <dirent.h>

/* Names in a folder but . and .. */
static inline size_t count_names(const char *dir)
{
	DIR *folder = opendir(dir);
	size_t count = 0;

	assert_non_null(folder);
	while (readdir(folder))
		count++;
	closedir(folder);
	return count - 2;
}

#endif
