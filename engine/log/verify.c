/*
 * verify.c - every promise of the log derived again from the bodies of its
 * events, and compared with what is stored.
 *
 * Each event says what its leaf, its id, its columns and its fixes must be.
 * When all of those are there and no table has more entries than that, the tables
 * hold nothing else.
 */
#include "log/batch.h"
#include "log/codes.h"
#include "log/fixes.h"
#include "log/ids.h"
#include "log/log.h"
#include "log/record.h"
#include "log/redact.h"
#include "log/redacted.h"
#include "log/tree.h"
#include "log/verify_private.h"

#include "doors/codec.h"
#include "ground/be.h"
#include "ground/buf.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { PROGRESS_EVENTS = 4096 }; /* between two calls of progress */

void verify_find(struct verifying *v, uint64_t seq, const char *fmt, ...)
{
	struct ent_error text;
	va_list args;

	v->result.findings++;
	if (!v->finding)
		return;
	va_start(args, fmt);
	vsnprintf(text.msg, sizeof(text.msg), fmt, args);
	va_end(args);
	v->finding(seq, text.msg, v->arg);
}

bool verify_is_wrong(struct verifying *v, int rc, const struct ent_error *why)
{
	if (rc == ENT_OK || v->failed)
		return false;
	if (rc == ENT_END || rc == ENT_ECORRUPT || rc == ENT_EINPUT)
		return true;
	v->failed = rc;
	v->err = *why;
	return false;
}

static void check_node(struct verifying *v, uint64_t seq, unsigned level,
		       const struct ent_hash *node)
{
	struct ent_hash stored = { { 0 } };
	struct ent_error why = { 0 };
	uint64_t index = (seq >> level) - 1;
	int rc = tree_get(v->txn, level, index, &stored, &why);

	v->nodes++;
	if (verify_is_wrong(v, rc, &why) ||
	    (rc == ENT_OK && memcmp(&stored, node, sizeof(stored)) != 0))
		verify_find(v, seq, "the tree's node %u/%" PRIu64 " is missing or wrong",
		     level, index);
}

/* Every stored node that the leaf fills. */
static int check_tree(struct verifying *v, uint64_t seq,
		      const struct ent_hash *leaf, struct ent_error *err)
{
	struct ent_hash node = *leaf;
	size_t peak = v->edge.count;
	int rc = ENT_OK;

	for (unsigned level = 1; rc == ENT_OK && peak > 0 &&
				 !(seq >> (level - 1) & 1);
	     level++) {
		rc = tree_node(&v->edge.peaks[--peak], &node, &node, err);
		if (rc == ENT_OK && level >= TREE_STORED_LEVEL)
			check_node(v, seq, level, &node);
	}
	return rc < 0 ? rc : tree_edge_add(&v->edge, NULL, leaf, err);
}

static void check_id(struct verifying *v, uint64_t seq, const struct ent_id *id)
{
	struct ent_error why = { 0 };
	uint64_t there = seq;
	int rc = log_find(v->txn, id, &there, &why);

	if (verify_is_wrong(v, rc, &why))
		verify_find(v, seq, "its id is not in the index of ids");
	else if (there != seq)
		verify_find(v, seq, "its id leads to event %" PRIu64, there);
}

static uint32_t code_of(struct verifying *v, uint64_t seq, const char *text)
{
	struct arena arena = { 0 };
	struct ent_error why = { 0 };
	const char *back = text;
	uint64_t before = v->result.findings;
	uint32_t code = 0;
	int rc;

	if (!text)
		return 0;
	rc = codes_find(v->txn, text, &code, &why);
	if (verify_is_wrong(v, rc, &why))
		verify_find(v, seq, "'%.64s' has no code", text);
	if (rc == ENT_OK) {
		rc = codes_text(v->txn, code, &arena, &back, &why);
		if (verify_is_wrong(v, rc, &why) || strcmp(back, text) != 0)
			verify_find(v, seq, "the code of '%.64s' is another text",
			     text);
	}
	v->codes_told |= v->result.findings > before;
	arena_release(&arena);
	return code;
}

/* event: NULL where it is too damaged to tell its columns. */
static void check_columns(struct verifying *v, uint64_t seq,
			  const struct ent_event *event, enum event_type type)
{
	struct ent_error why = { 0 };
	struct row row = { 0 };
	int rc;

	if (event) {
		row_of_event(event, type, &row);
		row.alliance = code_of(v, seq, event->alliance);
		row.actor = code_of(v, seq, event->actor);
		row.target = code_of(v, seq, event->target);
		row.name = code_of(v, seq, draft_row_name(event, type));
	}
	rc = column_check_row(&v->columns, seq, event ? &row : NULL, &why);
	if (verify_is_wrong(v, rc, &why))
		verify_find(v, seq, "its columns are missing or wrong");
}

static void check_fix(struct verifying *v, const struct ent_event *event,
		      const struct ent_id *target, bool retracts)
{
	struct ent_error why = { 0 };
	struct fix fix = { .retracts = retracts,
			   .published_hi = event_published_hi(event) };
	uint64_t seq = 0;
	int rc;

	if (ent_id_is_nil(target))
		return;
	v->fixes++;
	rc = log_find(v->txn, target, &seq, &why);
	if (verify_is_wrong(v, rc, &why) || seq >= event->seq) {
		verify_find(v, event->seq, "what it corrects or retracts is no event before it");
		return;
	}
	if (rc != ENT_OK)
		return;
	rc = fix_get(v->txn, seq, event->seq, &fix, &why);
	if (verify_is_wrong(v, rc, &why) || fix.retracts != retracts ||
	    fix.published_hi != event_published_hi(event))
		verify_find(v, event->seq, "its entry in the index of fixes is missing or wrong");
}

/* The stored body must be what the event's own rules make of it. */
static void check_rules(struct verifying *v, const struct ent_event *event)
{
	struct ent_error why = { .msg = "" };
	struct arena arena = { 0 };
	struct event_fault fault = { 0 };
	struct ent_event again = { 0 };
	struct buf packed = { 0 };
	int rc = event_check(event->body, &arena, &again, &fault, &why);

	if (rc == ENT_OK)
		rc = codec_pack(again.body, &packed, &why);
	if (verify_is_wrong(v, rc, &why))
		verify_find(v, event->seq, "%s", why.msg);
	buf_release(&packed);
	arena_release(&arena);
}

/* What is gone must be accounted for. */
static void check_redacted(struct verifying *v, const struct record *record)
{
	struct ent_id id = record_id(record);
	struct ent_error why = { .msg = "" };
	struct ent_event *event = NULL;
	uint64_t by = 0;
	int rc = redact_find(v->txn, record->seq, &by, &why);

	v->redacted++;
	if (rc == ENT_OK)
		rc = by > record->seq ? log_event(v->txn, by, &event, &why) :
					ENT_END;
	if (verify_is_wrong(v, rc, &why) ||
	    (event && (!redacted_says(event) ||
		       !ent_id_equal(&event->retracts, &id))))
		verify_find(v, record->seq, "its content is gone, and no event behind it says so");
	ent_event_free(event);
	check_columns(v, record->seq, &(struct ent_event){ .modality = "fact" },
		      TYPE_RETRACTED);
}

static void check_body(struct verifying *v, const struct record *record)
{
	struct ent_error why = { .msg = "" };
	struct ent_event *event = NULL;
	enum event_type type = TYPE_USER;
	int rc = record_unpack(record, &event, &why);

	if (rc == ENT_OK)
		rc = vocabulary_find(event->type, &type, &why);
	if (verify_is_wrong(v, rc, &why))
		verify_find(v, record->seq, "%s", why.msg);
	if (rc == ENT_OK) {
		check_rules(v, event);
		check_fix(v, event, &event->retracts, true);
		if (!ent_id_equal(&event->corrects, &event->retracts))
			check_fix(v, event, &event->corrects, false);
	}
	check_columns(v, record->seq, rc == ENT_OK ? event : NULL, type);
	ent_event_free(event);
}

static int check_event(struct verifying *v, struct record *record,
		       struct ent_error *err)
{
	struct ent_id id = record_id(record);
	struct ent_hash leaf;
	int rc = record_leaf(record, &leaf, err);

	if (rc < 0)
		return rc;
	if (memcmp(record->mark, leaf.bytes, MARK_BYTES) != 0) {
		verify_find(v, record->seq,
		     "its bytes do not have the hash in the tree");
		memcpy(record->mark, leaf.bytes, MARK_BYTES); /* and go on */
	}
	if (record->recorded_us < v->recorded_us)
		verify_find(v, record->seq,
		     "it was recorded before the event ahead of it");
	v->recorded_us = record->recorded_us;
	check_id(v, record->seq, &id);
	rc = check_tree(v, record->seq, &leaf, err);
	if (rc < 0)
		return rc;
	if (record->redacted)
		check_redacted(v, record);
	else
		check_body(v, record);
	if (v->failed && err)
		*err = v->err;
	return v->failed;
}

static int tell_progress(struct verifying *v, struct ent_error *err)
{
	uint64_t done = v->result.events;

	if (!v->progress || done % PROGRESS_EVENTS != 0 ||
	    v->progress(done, v->total, v->arg) == 0)
		return ENT_OK;
	return ent_error_set(err, ENT_ESTOPPED,
			     "stopped after %" PRIu64 " of %" PRIu64 " events",
			     done, v->total);
}

/* The events of a block; *expected is the number that the first should have. */
static int check_block(struct verifying *v, const struct block *block,
		       uint64_t *expected, struct ent_error *err)
{
	struct ent_error why = { .msg = "" };
	struct record record;
	int rc = ENT_OK;

	if (block->first != *expected)
		verify_find(v, *expected, block->first > *expected ?
					   "it is missing; %" PRIu64 " follows" :
					   "it is there twice: a block begins with %" PRIu64,
		     block->first);
	for (uint32_t i = 0; rc == ENT_OK && i < block->count; i++) {
		int got = block_get(block, block->first + i, &record, &why);

		v->result.events++;
		if (verify_is_wrong(v, got, &why))
			verify_find(v, block->first + i, "%s", why.msg);
		else
			rc = check_event(v, &record, err);
		if (rc == ENT_OK)
			rc = tell_progress(v, err);
	}
	if (block_behind(block) > 0)
		verify_find(v, block->first + block->count - 1,
			    "%zu bytes of no event stand behind it",
			    block_behind(block));
	*expected = block->first + block->count;
	return rc;
}

/* A table is in the order of its keys, unless its pages lead in a circle. */
static bool is_circle(struct verifying *v, const struct block *block,
		      uint64_t *last_first)
{
	if (block->first <= *last_first) {
		verify_find(v, block->first, "its block comes behind that of event %"
		     PRIu64 ": pages of the table are damaged", *last_first);
		return true;
	}
	*last_first = block->first;
	return false;
}

/* Where a block cannot be read at all, what lies behind it is still looked at; but
 * not where that holds for the pages. */
static int check_events(struct verifying *v, struct ent_error *err)
{
	struct block_walk walk;
	struct block block;
	struct ent_error why = { .msg = "" };
	uint64_t expected = 1, last_first = 0;
	int rc = block_walk_begin(v->txn, &walk, err);

	while (rc == ENT_OK && !walk.broken) {
		int got = block_walk_next(&walk, &block, &why);

		if (got == ENT_END)
			break;
		if (verify_is_wrong(v, got, &why))
			verify_find(v, expected, "%s", why.msg);
		else if (got < 0)
			rc = ent_error_set(err, got, "%s", why.msg);
		else if (is_circle(v, &block, &last_first))
			break;
		else
			rc = check_block(v, &block, &expected, err);
	}
	block_walk_end(&walk);
	return rc;
}

static void find_more(void *find_arg, uint64_t seq, const char *what)
{
	verify_find(find_arg, seq, "%s", what);
}

int log_verify(struct ent_log *log, verify_more_fn *more,
	       ent_finding_fn *finding,
		   ent_progress_fn *progress, void *arg,
		   struct ent_verified *out, struct ent_error *err)
{
	struct verifying v = { .finding = finding,
			       .progress = progress,
			       .arg = arg,
			       .recorded_us = INT64_MIN };
	int rc = store_begin_read(log->store, &v.txn, err);

	v.columns.txn = v.txn;
	if (rc == ENT_OK)
		rc = log_last(v.txn, &v.total, err);
	if (rc == ENT_OK)
		rc = check_events(&v, err);
	if (rc == ENT_OK)
		rc = verify_counts(&v, err);
	if (rc == ENT_OK)
		rc = more(v.txn, find_more, &v, err);
	if (rc == ENT_OK)
		rc = tree_edge_root(&v.edge, &v.result.head, err);
	column_check_release(&v.columns);
	store_abort(v.txn);
	if (rc == ENT_OK)
		*out = v.result;
	return rc;
}
