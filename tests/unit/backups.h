/*
 * backups.h - copies beside the log of a test.
 */
#ifndef TESTS_BACKUPS_H
#define TESTS_BACKUPS_H

#include "folders.h"

static inline const char *beside(const char *name)
{
	static char paths[4][160];
	static unsigned turn;
	char *path = paths[turn++ % 4];

	snprintf(path, sizeof(paths[0]), "%s/%s", logs_folder, name);
	return path;
}

/* The log at dir verifies; its events and head. */
static inline struct ent_verified verify_at(const char *dir)
{
	const struct ent_log_options reading = { .read_only = true };
	struct ent_verified out = { 0 };
	struct ent_log *log = NULL;
	struct ent_error err;

	if (ent_log_open(dir, &reading, &log, &err) < 0 ||
	    ent_log_verify(log, NULL, NULL, NULL, &out, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(out.findings, 0);
	ent_log_close(log);
	return out;
}

#endif
