/*
 * append.c - all of a batch, or nothing.
 *
 * Identity comes first and expectations second, so that a writer who does not
 * know whether its append arrived can simply send it again.
 */
#include "log/append.h"

#include "ground/be.h"
#include "log/codes.h"
#include "log/fixes.h"
#include "log/record.h"
#include "log/tree.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the log holds of a draft. */
struct place {
	uint64_t seq; /* where it is already, or 0 */
	bool skip;    /* in the log, or the second time in the batch */
	bool differs; /* the id is there with other content */
};

struct appending {
	struct store_txn *txn;
	const struct ent_batch *batch;
	const struct ent_append_options *options;
	struct place *places;
	struct tree_edge edge;
	uint64_t last;
	int64_t recorded_us;
	struct buf stored; /* scratch: one record */
	uint64_t obstacles;
};

static void ENT_PRINTF(3, 4) obstacle(struct appending *a, const char *label,
				      const char *fmt, ...)
{
	struct ent_error text;
	va_list args;

	a->obstacles++;
	if (!a->options->obstacle)
		return;
	va_start(args, fmt);
	vsnprintf(text.msg, sizeof(text.msg), fmt, args);
	va_end(args);
	a->options->obstacle(label, text.msg, a->options->obstacle_arg);
}

/* ---- identity ---------------------------------------------------------- */

struct by_id {
	const struct draft *draft;
	size_t index;
};

static int compare_ids(const void *left, const void *right)
{
	const struct by_id *a = left, *b = right;
	int order = memcmp(a->draft->id.bytes, b->draft->id.bytes,
			   sizeof(a->draft->id.bytes));

	if (order != 0)
		return order;
	return a->index < b->index ? -1 : a->index > b->index;
}

static bool same_body(struct ent_bytes a, struct ent_bytes b)
{
	return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

static void check_twice(struct appending *a, const struct by_id *first,
			const struct by_id *again)
{
	char id[ENT_ID_TEXT_SIZE];
	bool same = same_body(first->draft->body, again->draft->body);

	if (same && a->options->skip_existing) {
		a->places[again->index].skip = true;
		return;
	}
	ent_id_text(&again->draft->id, id);
	obstacle(a, again->draft->label,
		 same ? "the same event as %s (id %s)" :
			"another event than %s, with the same id %s",
		 first->draft->label, id);
}

/* The same id twice in the batch. */
static int find_twice(struct appending *a, struct ent_error *err)
{
	size_t count = a->batch->count;
	struct by_id *sorted = mem_new(count, sizeof(*sorted));

	if (!sorted)
		return mem_error(err);
	for (size_t i = 0; i < count; i++)
		sorted[i] = (struct by_id){ &a->batch->drafts[i], i };
	qsort(sorted, count, sizeof(*sorted), compare_ids);
	for (size_t i = 1, first = 0; i < count; i++) {
		if (memcmp(&sorted[first].draft->id, &sorted[i].draft->id,
			   sizeof(struct ent_id)) == 0)
			check_twice(a, &sorted[first], &sorted[i]);
		else
			first = i;
	}
	mem_free(sorted);
	if (a->obstacles == 0)
		return ENT_OK;
	return ent_error_set(err, ENT_ECONFLICT,
			     "%" PRIu64 " of %zu events are in the batch twice",
			     a->obstacles, count);
}

static int find_place(struct appending *a, const struct draft *draft,
		      struct place *place, struct ent_error *err)
{
	struct ent_bytes stored, body;
	int rc = log_find(a->txn, &draft->id, &place->seq, err);

	if (rc != ENT_OK)
		return rc == ENT_END ? ENT_OK : rc;
	rc = log_stored(a->txn, place->seq, &stored, err);
	if (rc == ENT_END)
		return ent_error_set(err, ENT_ECORRUPT,
				     "event %" PRIu64 " is missing", place->seq);
	if (rc == ENT_OK)
		rc = record_body(stored, &body, err);
	if (rc < 0)
		return rc;
	place->differs = !same_body(body, draft->body);
	place->skip = true;
	return ENT_OK;
}

static void show_conflict(struct appending *a, const struct draft *draft,
			  const struct place *place)
{
	char id[ENT_ID_TEXT_SIZE];
	struct ent_event *there = NULL;

	ent_id_text(&draft->id, id);
	if (log_event(a->txn, place->seq, &there, NULL) != ENT_OK)
		obstacle(a, draft->label, "id %s is event %" PRIu64
			 " with other content", id, place->seq);
	else
		obstacle(a, draft->label,
			 "id %s is event %" PRIu64 " already, with other content: "
			 "there %s %s %s %s, here %s of %s %s", id, place->seq,
			 there->type, there->alliance ? there->alliance : "-",
			 there->actor ? there->actor : "-",
			 there->date ? there->date : "-",
			 vocabulary_row(draft->row.type)->type.name,
			 draft->alliance ? draft->alliance : "-",
			 draft->actor ? draft->actor : "-");
	ent_event_free(there);
}

/* Find every draft in the log.  *out_already is how many are there. */
static int find_places(struct appending *a, uint64_t *out_already,
		       struct ent_error *err)
{
	uint64_t differ = 0, already = 0;
	int rc;

	for (size_t i = 0; i < a->batch->count; i++) {
		struct place *place = &a->places[i];

		if (place->skip)
			continue;
		rc = find_place(a, &a->batch->drafts[i], place, err);
		if (rc < 0)
			return rc;
		already += place->skip && !place->differs;
		if (place->differs) {
			differ++;
			show_conflict(a, &a->batch->drafts[i], place);
		}
	}
	*out_already = already;
	if (differ == 0)
		return ENT_OK;
	return ent_error_set(err, ENT_ECONFLICT,
			     "%" PRIu64 " of %zu events have an id that the log has with other content",
			     differ, a->batch->count);
}

static int refuse_partial(struct appending *a, uint64_t already,
			  struct ent_error *err)
{
	for (size_t i = 0; i < a->batch->count; i++)
		if (a->places[i].skip)
			obstacle(a, a->batch->drafts[i].label,
				 "is event %" PRIu64 " already",
				 a->places[i].seq);
	return ent_error_set(err, ENT_ECONFLICT,
			     "the log has %" PRIu64 " of the %zu events already; skip those that it has to append the rest",
			     already, a->batch->count);
}

/* ---- writing ------------------------------------------------------------ */

static int intern(struct appending *a, const char *text, uint32_t *out,
		  struct ent_error *err)
{
	*out = 0;
	return text ? codes_intern(a->txn, text, out, err) : ENT_OK;
}

static int put_row(struct appending *a, const struct draft *draft,
		   uint64_t seq, struct ent_error *err)
{
	struct row row = draft->row;
	int rc;

	row.seq = seq;
	rc = intern(a, draft->alliance, &row.alliance, err);
	if (rc == ENT_OK)
		rc = intern(a, draft->actor, &row.actor, err);
	if (rc == ENT_OK)
		rc = intern(a, draft->target, &row.target, err);
	if (rc == ENT_OK)
		rc = intern(a, draft->name, &row.name, err);
	if (rc == ENT_OK)
		rc = row_put(a->txn, &row, err);
	return rc;
}

static int put_fix(struct appending *a, const struct draft *draft,
		   uint64_t seq, const struct ent_id *target, bool retracts,
		   struct ent_error *err)
{
	struct fix fix = { .by = seq,
			   .published_hi = draft->row.published_hi,
			   .retracts = retracts };
	char id[ENT_ID_TEXT_SIZE];
	int rc;

	if (ent_id_is_nil(target))
		return ENT_OK;
	rc = log_find(a->txn, target, &fix.target, err);
	if (rc == ENT_OK && fix.target < seq)
		return fix_put(a->txn, &fix, err);
	if (rc < 0)
		return rc;
	ent_id_text(target, id);
	obstacle(a, draft->label, "%s %s, which is no event before it",
		 retracts ? "retracts" : "corrects", id);
	return ENT_OK;
}

static int put_fixes(struct appending *a, const struct draft *draft,
		     uint64_t seq, struct ent_error *err)
{
	bool twice = ent_id_equal(&draft->corrects, &draft->retracts);
	int rc = put_fix(a, draft, seq, &draft->retracts, true, err);

	if (rc == ENT_OK && !twice)
		rc = put_fix(a, draft, seq, &draft->corrects, false, err);
	return rc;
}

static int put_record(struct appending *a, const struct draft *draft,
		      uint64_t seq, struct ent_error *err)
{
	uint8_t key[8], head[RECORD_HEAD_BYTES];
	struct ent_bytes seq_bytes = { key, sizeof(key) }, stored;
	struct ent_hash leaf;
	int rc;

	be64_put(key, seq);
	be64_put(head, (uint64_t)a->recorded_us);
	memcpy(head + 8, draft->id.bytes, sizeof(draft->id.bytes));
	buf_clear(&a->stored);
	buf_add(&a->stored, head, sizeof(head));
	buf_add(&a->stored, draft->body.data, draft->body.len);
	rc = buf_check(&a->stored, err);
	stored = (struct ent_bytes){ a->stored.data, a->stored.len };
	if (rc == ENT_OK)
		rc = record_leaf(seq, stored, &leaf, err);
	if (rc == ENT_OK)
		rc = store_append(a->txn, STORE_EVENTS, seq_bytes, stored, err);
	if (rc == ENT_OK)
		rc = tree_edge_add(&a->edge, a->txn, &leaf, err);
	if (rc == ENT_OK)
		rc = store_put(a->txn, STORE_IDS,
			       (struct ent_bytes){ draft->id.bytes,
						   sizeof(draft->id.bytes) },
			       seq_bytes, err);
	return rc;
}

static int put_draft(struct appending *a, const struct draft *draft,
		     uint64_t seq, struct ent_error *err)
{
	int rc = put_record(a, draft, seq, err);

	if (rc == ENT_OK)
		rc = put_fixes(a, draft, seq, err);
	if (rc == ENT_OK && draft->row.type != TYPE_RETRACTED)
		rc = put_row(a, draft, seq, err);
	return rc;
}

static int put_all(struct appending *a, struct ent_error *err)
{
	int rc;

	for (size_t i = 0; i < a->batch->count; i++) {
		const struct draft *draft = &a->batch->drafts[i];

		if (a->places[i].skip)
			continue;
		rc = put_draft(a, draft, a->last + 1, err);
		if (rc < 0)
			ent_error_wrap(err, "%s", draft->label);
		if (rc != ENT_OK)
			return rc;
		a->places[i].seq = ++a->last;
	}
	if (a->obstacles == 0)
		return ENT_OK;
	return ent_error_set(err, ENT_ECONFLICT,
			     "%" PRIu64 " events correct or retract what is not in the log",
			     a->obstacles);
}

/* ---- the whole ---------------------------------------------------------- */

/* Recorded times never go back, whatever the clock does. */
static int read_end(struct appending *a, struct ent_error *err)
{
	struct ent_bytes stored, body;
	int64_t before;
	int rc = log_last(a->txn, &a->last, err);

	a->recorded_us = a->options->now_us;
	if (rc < 0 || a->last == 0)
		return rc;
	rc = log_stored(a->txn, a->last, &stored, err);
	if (rc == ENT_END)
		return ent_error_set(err, ENT_ECORRUPT,
				     "event %" PRIu64 " is missing", a->last);
	if (rc == ENT_OK)
		rc = record_body(stored, &body, err);
	if (rc < 0)
		return rc;
	before = record_recorded_us(stored);
	if (a->recorded_us < before)
		a->recorded_us = before;
	return ENT_OK;
}

static int check_head(const struct appending *a, struct ent_error *err)
{
	if (!a->options->has_expected_head ||
	    a->options->expected_head == a->last)
		return ENT_OK;
	return ent_error_set(err, ENT_ECONFLICT,
			     "the last event is %" PRIu64 ", not %" PRIu64
			     " as expected", a->last, a->options->expected_head);
}

static void note_positions(const struct appending *a, struct ent_appended *out)
{
	size_t count = a->batch->count;

	for (size_t i = 0; i < count && !out->first_known_seq; i++)
		out->first_known_seq = a->places[i].seq;
	for (size_t i = count; i-- > 0 && !out->last_known_seq;)
		out->last_known_seq = a->places[i].seq;
}

static int run(struct appending *a, struct ent_appended *out,
	       struct ent_error *err)
{
	uint64_t before = 0, already = 0, fresh = 0;
	int rc = read_end(a, err);

	before = a->last;
	if (rc == ENT_OK && a->batch->count > 0)
		rc = find_twice(a, err);
	if (rc == ENT_OK)
		rc = find_places(a, &already, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < a->batch->count; i++)
		fresh += !a->places[i].skip;
	if (already > 0 && fresh > 0 && !a->options->skip_existing)
		return refuse_partial(a, already, err);
	if (fresh > 0 || a->batch->count == 0)
		rc = check_head(a, err);
	if (rc == ENT_OK)
		rc = tree_edge_read(a->txn, before, &a->edge, err);
	if (rc == ENT_OK)
		rc = put_all(a, err);
	if (rc != ENT_OK)
		return rc;
	out->appended = fresh;
	out->already = a->batch->count - fresh;
	out->first_seq = fresh ? before + 1 : 0;
	out->last_seq = fresh ? a->last : 0;
	out->head_seq = a->last;
	note_positions(a, out);
	return tree_edge_root(&a->edge, &out->head, err);
}

int append_in(struct store_txn *txn, const struct ent_batch *batch,
	      const struct ent_append_options *options,
	      struct ent_appended *out, bool *out_writes,
	      struct ent_error *err)
{
	struct appending a = { .txn = txn, .batch = batch, .options = options };
	struct ent_appended appended = { 0 };
	int rc;

	a.places = mem_new(batch->count, sizeof(*a.places));
	if (!a.places)
		return mem_error(err);
	rc = run(&a, &appended, err);
	if (rc == ENT_OK) {
		*out = appended;
		*out_writes = appended.appended > 0;
	}
	buf_release(&a.stored);
	mem_free(a.places);
	return rc;
}

int ent_log_append(struct ent_log *log, const struct ent_batch *batch,
		   const struct ent_append_options *options,
		   struct ent_appended *out, struct ent_error *err)
{
	static const struct ent_append_options defaults;
	const struct ent_append_options *o = options ? options : &defaults;
	struct store_txn *txn = NULL;
	struct ent_appended appended = { 0 };
	bool writes = false;
	int rc;

	do {
		rc = store_begin_write(log->store, o->no_sync, &txn, err);
		if (rc == ENT_OK)
			rc = append_in(txn, batch, o, &appended, &writes, err);
		if (rc == ENT_OK && writes) {
			rc = store_commit(txn, err);
			txn = NULL; /* commit frees it, even when it fails */
		}
		store_abort(txn);
		txn = NULL;
		if (rc == STORE_GROW && store_grow(log->store, err) < 0)
			rc = ENT_EFULL;
	} while (rc == STORE_GROW);
	if (rc == ENT_OK)
		*out = appended;
	return rc;
}
