/*
 * sink.h - where what a command writes goes: the standard output, or a file that appears
 * under its name only when it is whole and on disk.  A signal that ends the program
 * leaves nothing beside it.
 */
#ifndef CLI_SINK_H
#define CLI_SINK_H

#include "text.h"

#include <stdio.h>

struct sink {
	const char *who;  /* the command, for messages */
	const char *name; /* NULL: the standard output */
	struct text temporary;
	FILE *file;
	bool force;
};

/* 0, or the exit code after a message; likewise below. */
int sink_open(struct sink *sink, const char *who, const char *name, bool force);
int sink_write(struct sink *sink, const struct text *text);

/* Give the file its name where rc is 0, else remove it.  Returns rc, or the exit
 * code of what failed. */
int sink_close(struct sink *sink, int rc);

/* All of them, whatever interrupts it; false, with errno, where that fails. */
bool sink_bytes(int fd, const void *bytes, size_t len);

/* A new name must be on disk as well, where the system can do that. */
void sink_sync_name(const char *name);

#endif
