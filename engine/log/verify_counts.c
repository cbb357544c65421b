/*
 * verify_counts.c - no table has more than what follows from the events.
 */
#include "log/codes.h"
#include "log/ids.h"
#include "log/redact.h"
#include "log/verify_private.h"

#include "ground/mem.h"

#include <inttypes.h>

static int count_entry(struct ent_bytes key, struct ent_bytes value, void *arg,
		       struct ent_error *err)
{
	uint64_t *count = arg;

	(void)key;
	(void)value;
	(void)err;
	++*count;
	return ENT_OK;
}

/* What finds each entry by its key does not see what else a page claims to have; who
 * walks the table would meet it. */
static int check_walk(struct verifying *v, enum store_table table,
		      const char *name, uint64_t expected, struct ent_error *err)
{
	struct ent_error why = { .msg = "" };
	uint64_t count = 0;
	int rc = store_each(v->txn, table, store_start, count_entry, &count,
			    &why);

	if (verify_is_wrong(v, rc, &why))
		verify_find(v, 0, "the table %s cannot be walked: %s", name,
			    why.msg);
	else if (rc < 0)
		return ent_error_set(err, rc, "%s", why.msg);
	else if (count != expected)
		verify_find(v, 0, "the pages of the table %s have %" PRIu64
			    " entries, and %" PRIu64 " follow from the events",
			    name, count, expected);
	return ENT_OK;
}

static int check_count(struct verifying *v, enum store_table table,
		       const char *name, uint64_t expected,
		       struct ent_error *err)
{
	uint64_t count = 0;
	int rc = store_count(v->txn, table, &count, err);

	if (rc < 0)
		return rc;
	if (count == expected)
		return check_walk(v, table, name, expected, err);
	verify_find(v, 0, "the table %s has %" PRIu64
		    " entries, and %" PRIu64 " follow from the events", name,
		    count, expected);
	return ENT_OK;
}

static int check_ids(struct verifying *v, struct ent_error *err)
{
	struct ent_error why = { .msg = "" };
	uint64_t count = 0;
	int rc = ids_count(v->txn, &count, &why);

	if (verify_is_wrong(v, rc, &why))
		verify_find(v, 0, "%s", why.msg);
	else if (rc < 0)
		return ent_error_set(err, rc, "%s", why.msg);
	else if (count != v->result.events)
		verify_find(v, 0, "there are %" PRIu64 " ids, and %" PRIu64
		     " follow from the events", count, v->result.events);
	return ENT_OK;
}

static int check_notes(struct verifying *v, struct ent_error *err)
{
	struct ent_redaction *notes = NULL;
	struct ent_error why = { .msg = "" };
	size_t count = 0;
	int rc = redact_list(v->txn, UINT64_MAX, &notes, &count, &why);

	mem_free(notes);
	if (verify_is_wrong(v, rc, &why))
		verify_find(v, 0, "%s", why.msg);
	else if (rc < 0)
		return ent_error_set(err, rc, "%s", why.msg);
	else if (count != v->redacted)
		verify_find(v, 0, "there are notes of %zu redactions, and %" PRIu64
		     " events without content", count, v->redacted);
	return ENT_OK;
}

/* Also those that no event names: the next one that does would take what is there.
 * One finding is enough; a count that is damaged may be of any size. */
static int check_codes(struct verifying *v, struct ent_error *err)
{
	struct ent_error why = { .msg = "" };
	struct arena arena = { 0 };
	const char *text;
	uint64_t texts = 0;
	int rc = store_count(v->txn, STORE_TEXTS, &texts, err);

	for (uint64_t code = 1; rc == ENT_OK && !v->codes_told && code <= texts;
	     code++) {
		int got = codes_text(v->txn, (uint32_t)code, &arena, &text, &why);

		arena_reset(&arena);
		v->codes_told = verify_is_wrong(v, got, &why);
		if (v->codes_told)
			verify_find(v, 0, "%s", why.msg);
		else if (got < 0)
			rc = ent_error_set(err, got, "%s", why.msg);
	}
	arena_release(&arena);
	if (rc == ENT_OK)
		rc = check_walk(v, STORE_TEXTS, "texts", texts, err);
	return rc < 0 ? rc : check_count(v, STORE_CODES, "codes", texts, err);
}

int verify_counts(struct verifying *v, struct ent_error *err)
{
	int rc = check_ids(v, err);

	if (rc == ENT_OK)
		rc = check_count(v, STORE_TREE, "tree", v->nodes, err);
	if (rc == ENT_OK)
		rc = check_count(v, STORE_COLUMNS, "columns", v->columns.blocks,
				 err);
	if (rc == ENT_OK)
		rc = check_count(v, STORE_FIXES, "fixes", v->fixes, err);
	if (rc == ENT_OK)
		rc = check_count(v, STORE_FIXERS, "fixers", v->fixes, err);
	if (rc == ENT_OK)
		rc = check_notes(v, err);
	return rc == ENT_OK ? check_codes(v, err) : rc;
}
