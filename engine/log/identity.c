/*
 * identity.c - what of a batch the log has already: section 6, the table.
 */
#include "log/appending.h"

#include "doors/codec.h"
#include "doors/hash.h"
#include "log/ids.h"
#include "log/log.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void append_obstacle(struct appending *a, const char *label, const char *fmt,
		     ...)
{
	va_list args;
	char *text = NULL;
	int len;

	a->obstacles++;
	if (!a->options->obstacle)
		return;
	va_start(args, fmt);
	len = vasprintf(&text, fmt, args);
	va_end(args);
	if (len < 0)
		text = NULL;
	a->options->obstacle(label, text ? text : "stands in the way",
			     a->options->obstacle_arg);
	free(text);
}

static int compare_ids(const void *left, const void *right, void *arg)
{
	const struct draft *drafts = arg;
	size_t a = *(const size_t *)left, b = *(const size_t *)right;
	int order = memcmp(drafts[a].id.bytes, drafts[b].id.bytes,
			   sizeof(drafts[a].id.bytes));

	if (order != 0)
		return order;
	return a < b ? -1 : a > b;
}

static bool same_content(const struct draft *a, const struct draft *b)
{
	return memcmp(a->body_hash.bytes, b->body_hash.bytes,
		      sizeof(a->body_hash.bytes)) == 0;
}

static void check_twice(struct appending *a, size_t first, size_t again)
{
	const struct draft *one = &a->batch->drafts[first];
	const struct draft *two = &a->batch->drafts[again];
	bool same = same_content(one, two);
	char id[ENT_ID_TEXT_SIZE];

	if (same && a->options->skip_existing) {
		a->places[again].skip = true;
		return;
	}
	ent_id_text(&two->id, id);
	append_obstacle(a, two->label,
			same ? "the same event as %s (id %s)" :
			       "another event than %s, with the same id %s",
			one->label, id);
}

/* The same id twice in the batch. */
static int find_twice(struct appending *a, struct ent_error *err)
{
	const struct draft *drafts = a->batch->drafts;
	size_t count = a->batch->count;

	for (size_t i = 0; i < count; i++)
		a->by_id[i] = i;
	if (count > 0)
		qsort_r(a->by_id, count, sizeof(*a->by_id), compare_ids,
			a->batch->drafts);
	for (size_t i = 1, first = 0; i < count; i++) {
		if (ent_id_equal(&drafts[a->by_id[first]].id,
				 &drafts[a->by_id[i]].id))
			check_twice(a, a->by_id[first], a->by_id[i]);
		else
			first = i;
	}
	if (a->obstacles == 0)
		return ENT_OK;
	return ent_error_set(err, ENT_ECONFLICT,
			     "%" PRIu64 " of %zu events %s in the batch twice",
			     a->obstacles, count,
			     a->obstacles == 1 ? "is" : "are");
}

/* The log has an event of that id, seq: is it the same? */
static int compare_place(struct appending *a, const struct draft *draft,
			 struct place *place, struct ent_error *err)
{
	struct record record;
	struct ent_hash hash;
	int rc = log_record_there(a->txn, place->seq, &record, err);

	if (rc == ENT_OK && record.redacted)
		hash = *record.body_hash;
	else if (rc == ENT_OK)
		rc = hash_parts(&record.body, 1, &hash, err);
	if (rc < 0)
		return rc;
	place->differs = memcmp(hash.bytes, draft->body_hash.bytes,
				sizeof(hash.bytes)) != 0;
	place->skip = true;
	return ENT_OK;
}

/* The numbers of all drafts' ids in the log. */
static int find_seqs(struct appending *a, uint64_t *seqs, struct ent_error *err)
{
	size_t count = a->batch->count;
	const struct ent_id **ids = mem_raw(count * sizeof(*ids) + 1);
	int rc;

	if (!ids)
		return mem_error(err);
	for (size_t i = 0; i < count; i++)
		ids[i] = &a->batch->drafts[i].id;
	rc = ids_find_all(a->txn, ids, count, seqs, err);
	mem_free(ids);
	return rc;
}

/* The JSON of a body, or "?" where it cannot be shown; for ent_free(). */
static char *body_json(struct ent_bytes body)
{
	struct arena arena = { 0 };
	struct ent_value value;
	char *json = NULL;

	if (codec_unpack(body, &arena, &value, NULL) == ENT_OK)
		(void)ent_value_json(&value, ENT_JSON_SAFE, &json, NULL, NULL);
	arena_release(&arena);
	return json;
}

static void show_conflict(struct appending *a, const struct draft *draft,
			  const struct place *place)
{
	char id[ENT_ID_TEXT_SIZE], *there = NULL, *here;
	struct record record;

	ent_id_text(&draft->id, id);
	if (log_record(a->txn, place->seq, &record, NULL) == ENT_OK &&
	    !record.redacted)
		there = body_json(record.body);
	here = draft->redacted ? NULL : body_json(draft->body);
	append_obstacle(a, draft->label,
			"id %s is event %" PRIu64
			" already, with other content; there: %s; here: %s",
			id, place->seq, there ? there : "it is gone",
			here ? here : "it is gone");
	ent_free(there);
	ent_free(here);
}

static int differ_error(const struct appending *a, uint64_t differ,
			struct ent_error *err)
{
	return ent_error_set(err, ENT_ECONFLICT,
			     "%" PRIu64 " of %zu events %s an id that the log has with other content",
			     differ, a->batch->count,
			     differ == 1 ? "has" : "have");
}

/* *out_already counts those that are there and the same. */
static int compare_places(struct appending *a, const uint64_t *seqs,
			  uint64_t *out_already, struct ent_error *err)
{
	uint64_t differ = 0, already = 0;
	int rc = ENT_OK;

	for (size_t n = 0; rc == ENT_OK && n < a->batch->count; n++) {
		size_t i = a->by_id[n];
		struct place *place = &a->places[i];

		if (place->skip || seqs[i] == 0)
			continue;
		place->seq = seqs[i];
		rc = compare_place(a, &a->batch->drafts[i], place, err);
		already += place->skip && !place->differs;
		if (place->differs) {
			differ++;
			show_conflict(a, &a->batch->drafts[i], place);
		}
	}
	*out_already = already;
	return rc == ENT_OK && differ > 0 ? differ_error(a, differ, err) : rc;
}

static int find_places(struct appending *a, uint64_t *out_already,
		       struct ent_error *err)
{
	uint64_t *seqs;
	int rc;

	if (a->last == 0)
		return ENT_OK;
	seqs = mem_raw(a->batch->count * sizeof(*seqs) + 1);
	if (!seqs)
		return mem_error(err);
	rc = find_seqs(a, seqs, err);
	if (rc == ENT_OK)
		rc = compare_places(a, seqs, out_already, err);
	mem_free(seqs);
	return rc;
}

int append_refuse_partial(struct appending *a, uint64_t already,
			  struct ent_error *err)
{
	for (size_t i = 0; i < a->batch->count; i++)
		if (a->places[i].skip)
			append_obstacle(a, a->batch->drafts[i].label,
				 "is event %" PRIu64 " already",
				 a->places[i].seq);
	return ent_error_set(err, ENT_ECONFLICT,
			     "the log has %" PRIu64 " of the %zu events already; skip those that it has to append the rest",
			     already, a->batch->count);
}

int append_identify(struct appending *a, uint64_t *out_already,
		    struct ent_error *err)
{
	int rc = find_twice(a, err);

	return rc < 0 ? rc : find_places(a, out_already, err);
}
