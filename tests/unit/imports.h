/*
 * imports.h - text in, and what an import makes of it as text.
 */
#ifndef TESTS_IMPORTS_H
#define TESTS_IMPORTS_H

#include "check.h"
#include "file_of.h"

#include <stdlib.h>
#include <unistd.h>

#include "entente/import.h"

enum { IMPORTS_TEXT_MAX = 65536 };

/* What came out: a line of JSON with ' for ", or "LABEL:COLUMN! why". */
static char imports_out[IMPORTS_TEXT_MAX];
static struct ent_imported imports_done;
static unsigned imports_limit; /* how many events take wants; 0: all */

static inline void imports_add(const char *text, size_t len)
{
	size_t at = strlen(imports_out);

	assert_true(at + len + 2 < IMPORTS_TEXT_MAX);
	for (size_t i = 0; i < len; i++)
		imports_out[at + i] = text[i] == '"' ? '\'' : text[i];
	imports_out[at + len] = '\n';
	imports_out[at + len + 1] = '\0';
}

static inline int imports_take(const char *json, size_t len, const char *label,
			       void *arg, struct ent_error *err)
{
	unsigned *taken = arg;

	(void)label;
	assert_int_equal(strlen(json), len);
	imports_add(json, len);
	(void)err;
	return imports_limit && ++*taken >= imports_limit ? ENT_END : ENT_OK;
}

static inline void imports_bad(const char *label, unsigned column,
			       const char *why, void *arg)
{
	char line[1024];
	int len = snprintf(line, sizeof(line), "%s:%u! %s", label, column, why);

	(void)arg;
	imports_add(line, (size_t)len);
}

static inline struct ent_import imports_to(unsigned *taken)
{
	imports_out[0] = '\0';
	imports_done = (struct ent_imported){ 0 };
	*taken = 0;
	return (struct ent_import){ imports_take, imports_bad, taken };
}

static inline int imports_csv(const char *map, const char *table,
			      struct ent_error *err)
{
	int fd = file_of(table, strlen(table));
	unsigned taken;
	struct ent_import to = imports_to(&taken);
	int rc = ent_import_csv(fd, "t", map, strlen(map), &to, &imports_done,
				err);

	close(fd);
	return rc;
}

/* The events and bad rows must be these. */
static inline void check_csv(const char *map, const char *table,
			     const char *expected)
{
	struct ent_error err = { 0 };

	if (imports_csv(map, table, &err) < 0)
		fail_msg("%s", err.msg);
	assert_string_equal(imports_out, expected);
}

static inline void check_no_csv(const char *map, const char *table,
				const char *msg)
{
	struct ent_error err = { 0 };

	check_failure(imports_csv(map, table, &err), ENT_EINPUT, &err, msg);
	assert_string_equal(imports_out, "");
}

#endif
