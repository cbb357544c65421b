/*
 * append_write.c - writing the new events of a batch, table by table.
 *
 * Tables whose keys are not in the order of recording get their entries sorted.
 */
#include "log/appending.h"

#include "ground/be.h"
#include "log/codes.h"
#include "log/columns.h"
#include "log/fixes.h"
#include "log/ids.h"
#include "log/log.h"
#include "log/record.h"

#include <inttypes.h>
#include <string.h>

enum { SEQ_BYTES = 8 };

static void number_events(struct appending *a)
{
	for (size_t i = 0; i < a->batch->count; i++)
		if (!a->places[i].skip)
			a->places[i].seq = ++a->last;
}

static int put_ids(struct appending *a, struct ent_error *err)
{
	struct id_entry *entries =
		mem_raw(a->batch->count * sizeof(*entries) + 1);
	size_t count = 0;
	int rc;

	if (!entries)
		return mem_error(err);
	for (size_t i = 0; i < a->batch->count; i++)
		if (!a->places[i].skip)
			entries[count++] = (struct id_entry){
				id_hash(&a->batch->drafts[i].id),
				a->places[i].seq
			};
	rc = ids_add(a->txn, entries, count, err);
	mem_free(entries);
	return rc;
}

/* ---- what they correct and retract ----------------------------------------- */

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
		return a->checked ? append_put_fix(a, draft, &fix, err) :
				    append_check_redaction(a, draft, &fix, err);
	if (rc < 0)
		return rc;
	ent_id_text(target, id);
	append_obstacle(a, draft->label, "%s %s, which is no event before it",
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

static int each_fix(struct appending *a, struct ent_error *err)
{
	int rc = ENT_OK;

	for (size_t i = 0; rc == ENT_OK && i < a->batch->count; i++)
		if (!a->places[i].skip)
			rc = put_fixes(a, &a->batch->drafts[i],
				       a->places[i].seq, err);
	return rc;
}

/* First all are looked up, then all are put: so what stands in the way is told
 * once, also when the map has to grow. */
static int put_all_fixes(struct appending *a, struct ent_error *err)
{
	int rc = each_fix(a, err);

	if (rc == ENT_OK && a->obstacles == 0) {
		a->checked = true;
		rc = each_fix(a, err);
	}
	if (rc != ENT_OK || a->obstacles == 0)
		return rc;
	if (a->obstacles == a->untrue)
		return ent_error_set(err, ENT_ECONFLICT,
				     "%" PRIu64 " %s of another that it is redacted, and it is not",
				     a->untrue, a->untrue == 1 ? "event says" :
								 "events say");
	return ent_error_set(err, ENT_ECONFLICT,
			     "%" PRIu64 " %s what is no event before it",
			     a->obstacles,
			     a->obstacles == 1 ? "event corrects or retracts" :
						 "events correct or retract");
}

/* ---- records ------------------------------------------------------------------ */

static int put_record(struct appending *a, const struct draft *draft,
		      uint64_t seq, struct block_writer *writer,
		      struct ent_error *err)
{
	struct record record = { .seq = seq,
				 .recorded_us = a->recorded_us,
				 .body = draft->body,
				 .body_hash = &draft->body_hash,
				 .redacted = draft->redacted,
				 .has_id = true,
				 .stored_id = draft->id };
	struct ent_hash leaf;
	int rc = record_leaf(&record, &leaf, err);

	if (rc == ENT_OK)
		rc = tree_edge_add(&a->edge, a->txn, &leaf, err);
	if (rc != ENT_OK)
		return rc;
	record.has_id = !draft->id_is_derived;
	memcpy(record.mark, leaf.bytes, MARK_BYTES);
	block_add(writer, &record);
	return block_is_full(writer) ? block_flush(writer, a->txn, err) :
				       ENT_OK;
}

static int put_records(struct appending *a, uint64_t first,
		       struct ent_error *err)
{
	struct block_writer writer = { .first = first,
				       .recorded_us = a->recorded_us };
	int rc = ENT_OK;

	for (size_t i = 0; rc == ENT_OK && i < a->batch->count; i++) {
		const struct draft *draft = &a->batch->drafts[i];

		if (a->places[i].skip)
			continue;
		rc = put_record(a, draft, a->places[i].seq, &writer, err);
		if (rc < 0)
			ent_error_wrap(err, "%s", draft->label);
	}
	if (rc == ENT_OK)
		rc = block_flush(&writer, a->txn, err);
	block_writer_release(&writer);
	return rc;
}

/* ---- columns -------------------------------------------------------------------- */

/* The code of a text of the batch: looked up once. */
static int intern(struct appending *a, uint32_t number, uint32_t *out,
		  struct ent_error *err)
{
	int rc = ENT_OK;

	if (number && !a->codes[number - 1])
		rc = codes_intern(a->txn, batch_text(a->batch, number),
				  &a->codes[number - 1], err);
	*out = number ? a->codes[number - 1] : 0;
	return rc;
}

static int make_row(struct appending *a, const struct draft *draft,
		    uint64_t seq, struct row *out, struct ent_error *err)
{
	int rc;

	*out = draft->row;
	out->seq = seq;
	rc = intern(a, draft->alliance, &out->alliance, err);
	if (rc == ENT_OK)
		rc = intern(a, draft->actor, &out->actor, err);
	if (rc == ENT_OK)
		rc = intern(a, draft->target, &out->target, err);
	if (rc == ENT_OK)
		rc = intern(a, draft->name, &out->name, err);
	return rc;
}

/* Columns are cut where they are full, wherever blocks of events are cut. */
static int put_columns(struct appending *a, const struct row *rows,
		       size_t count, struct ent_error *err)
{
	uint8_t key[SEQ_BYTES];

	be64_put(key, rows[0].seq);
	buf_clear(&a->stored);
	columns_pack(rows, count, &a->stored);
	if (buf_check(&a->stored, err) < 0)
		return ENT_ENOMEM;
	return store_append(a->txn, STORE_COLUMNS,
			    (struct ent_bytes){ key, sizeof(key) },
			    (struct ent_bytes){ a->stored.data, a->stored.len },
			    err);
}

static int put_rows(struct appending *a, struct ent_error *err)
{
	struct row *rows = mem_raw(BLOCK_EVENTS * sizeof(*rows));
	size_t count = 0;
	int rc = rows ? ENT_OK : mem_error(err);

	for (size_t i = 0; rc == ENT_OK && i < a->batch->count; i++) {
		if (a->places[i].skip)
			continue;
		rc = make_row(a, &a->batch->drafts[i], a->places[i].seq,
			      &rows[count++], err);
		if (rc != ENT_OK || count < BLOCK_EVENTS)
			continue;
		rc = put_columns(a, rows, count, err);
		count = 0;
	}
	if (rc == ENT_OK && count > 0)
		rc = put_columns(a, rows, count, err);
	mem_free(rows);
	return rc;
}

int append_write(struct appending *a, struct ent_error *err)
{
	uint64_t first = a->last + 1;
	int rc;

	number_events(a);
	rc = append_check_redacted(a, err);
	if (rc == ENT_OK)
		rc = put_records(a, first, err);
	if (rc == ENT_OK)
		rc = put_ids(a, err);
	if (rc == ENT_OK)
		rc = put_all_fixes(a, err);
	if (rc == ENT_OK)
		rc = put_rows(a, err);
	return rc;
}
