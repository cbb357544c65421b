/*
 * steps_copies.h - calls of the library that copy a log, as those of steps_ask.h.
 * Where one fails there is nothing at the place of the copy.
 */
#ifndef TESTS_STEPS_COPIES_H
#define TESTS_STEPS_COPIES_H

#include "steps.h"

#include <dirent.h>

static inline void step_remove_copy(const char *path)
{
	static const char *const names[] = { "data.mdb", "lock.mdb",
					     "writer.lock" };
	char file[160];

	for (size_t i = 0; i < COUNT(names); i++) {
		snprintf(file, sizeof(file), "%s/%s", path, names[i]);
		unlink(file);
	}
	rmdir(path);
}

/* The hidden folder of a copy is gone, also where the copy failed. */
static inline void step_check_hidden(void)
{
	DIR *folder = opendir(logs_folder);
	struct dirent *entry;

	assert_non_null(folder);
	while ((entry = readdir(folder)))
		assert_null(strstr(entry->d_name, ".copy-"));
	closedir(folder);
}

static inline int step_copied(int rc, const char *path,
			      const struct ent_copied *copied)
{
	enum failing_kind kind = failing.kind;

	failing.kind = FAIL_NOTHING;
	step_same(copied->events, rc < 0 ? 77 : STEP_EVENTS);
	step_same(access(path, F_OK) == 0, rc == ENT_OK);
	step_remove_copy(path);
	step_check_hidden();
	failing.kind = kind;
	return rc;
}

static int step_backup(struct ent_error *err)
{
	struct ent_copied copied = { .events = 77 };
	char path[128];
	int rc;

	snprintf(path, sizeof(path), "%s/copy", logs_folder);
	rc = ent_log_backup(logs_log, path, NULL, &copied, err);
	return step_copied(rc, path, &copied);
}

static int step_restore(struct ent_error *err)
{
	struct ent_copied copied = { .events = 77 };
	char path[128], from[128];
	int rc;

	snprintf(path, sizeof(path), "%s/copy", logs_folder);
	snprintf(from, sizeof(from), "%s/log", steps.base);
	rc = ent_log_restore(from, path, NULL, &copied, err);
	return step_copied(rc, path, &copied);
}

/* Who sweeps what killed copies left, or counts the bytes, does it where it can. */
static const struct step steps_copies[] = {
	STEP_JSON(backup), STEP_JSON(restore),
};

#endif
