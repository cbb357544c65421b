/*
 * opening.h - opening stores in the folder of a test, and what is then said.
 */
#ifndef TESTS_OPENING_H
#define TESTS_OPENING_H

#include "folders.h"

#include "doors/store.h"

static const struct store_options opening = { .format = 1 };
static const struct store_options creating = { .create = true, .format = 1 };

/* Opening fails with that code and message behind "open log DIR: "; *out stays. */
static inline void check_open(const char *dir, const struct store_options *options,
		       int code, const char *msg)
{
	struct store *store = NULL;
	struct ent_error err = { 0 };
	char whole[512];

	snprintf(whole, sizeof(whole), "open log %s: %s", dir, msg);
	check_failure(store_open(dir, options, &store, &err), code, &err,
		      whole);
	assert_null(store);
}

static inline void open_and_close(const char *dir, const struct store_options *options)
{
	struct store *store = NULL;
	struct ent_error err;

	if (store_open(dir, options, &store, &err) < 0)
		fail_msg("%s", err.msg);
	store_close(store);
}

static inline const char *inside(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", logs_dir, name);
	return path;
}

static inline void write_file(const char *path, const char *bytes, size_t len)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	fclose(file);
}

#endif
