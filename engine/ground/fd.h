/*
 * fd.h - what is done with file descriptors in more than one place.  errno says why
 * something failed.
 */
#ifndef ENGINE_FD_H
#define ENGINE_FD_H

#include <stdbool.h>
#include <stddef.h>

bool fd_write_all(int fd, const void *bytes, size_t len);

/* The names in a folder are on disk then, where its file system can do that. */
bool fd_sync_folder(const char *dir);

#endif
