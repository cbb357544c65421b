/*
 * fuzz_import.h - what the targets of imports share: every line that comes out is
 * safe text, and an event or a candidate.
 */
#ifndef TESTS_FUZZ_IMPORT_H
#define TESTS_FUZZ_IMPORT_H

#include "fuzz.h"

#include <string.h>

#include "entente/import.h"

static inline void import_is_safe(const char *json, size_t len)
{
	FUZZ_CHECK(strlen(json) == len);
	for (size_t i = 0; i < len; i++)
		FUZZ_CHECK((unsigned char)json[i] >= ' ' && json[i] != 0x7f);
}

static inline int import_event(const char *json, size_t len, const char *label,
			       void *arg, struct ent_error *err)
{
	struct ent_event *event = NULL;

	(void)label;
	(void)arg;
	import_is_safe(json, len);
	FUZZ_CHECK(ent_event_parse(json, len, &event, err) == ENT_OK);
	ent_event_free(event);
	return ENT_OK;
}

static inline int import_candidate(const char *json, size_t len,
				   const char *label, void *arg,
				   struct ent_error *err)
{
	struct ent_candidate *candidate = NULL;

	(void)label;
	(void)arg;
	import_is_safe(json, len);
	FUZZ_CHECK(ent_candidate_parse(json, len, &candidate, err) == ENT_OK);
	ent_candidate_free(candidate);
	return ENT_OK;
}

static inline void import_bad(const char *label, unsigned column,
			      const char *why, void *arg)
{
	(void)column;
	(void)arg;
	FUZZ_CHECK(*label && *why);
}

/* A bad file is told as one. */
static inline void import_is_done(int rc, const struct ent_imported *done)
{
	FUZZ_CHECK(rc == ENT_OK || rc == ENT_EINPUT);
	FUZZ_CHECK(rc != ENT_OK || done->bad <= done->rows);
}

#endif
