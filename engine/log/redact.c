/*
 * redact.c - taking the content of an event away.
 *
 * The only place that changes what an append wrote.  Leaves are made of the hash of a
 * body, so the tree does not notice.
 */
#include "log/redact.h"

#include "doors/hash.h"
#include "ground/be.h"
#include "ground/mem.h"
#include "log/codes.h"
#include "log/fixes.h"
#include "log/log.h"
#include "log/record.h"
#include "log/row_walk.h"

#include <inttypes.h>
#include <string.h>

enum { SEQ_BYTES = 8, NOTE_KEY_BYTES = 1 + SEQ_BYTES, CODES_OF_ROW = 4 };

/* ---- notes ----------------------------------------------------------------- */

static struct ent_bytes note_key(uint8_t bytes[NOTE_KEY_BYTES], uint64_t seq)
{
	bytes[0] = 'r';
	be64_put(bytes + 1, seq);
	return (struct ent_bytes){ bytes, NOTE_KEY_BYTES };
}

int redact_note(struct store_txn *txn, uint64_t seq, uint64_t by,
		struct ent_error *err)
{
	uint8_t key[NOTE_KEY_BYTES], value[SEQ_BYTES];
	struct ent_bytes there;
	int rc = store_get(txn, STORE_META, note_key(key, seq), &there, err);

	if (rc != ENT_END)
		return rc;
	be64_put(value, by);
	return store_put(txn, STORE_META, note_key(key, seq),
			 (struct ent_bytes){ value, sizeof(value) }, err);
}

static int read_note(struct ent_bytes value, uint64_t *out,
		     struct ent_error *err)
{
	if (value.len != SEQ_BYTES)
		return ent_error_set(err, ENT_ECORRUPT,
				     "a note of a redaction has %zu bytes instead of 8",
				     value.len);
	*out = be64_get(value.data);
	return ENT_OK;
}

int redact_find(struct store_txn *txn, uint64_t seq, uint64_t *out_by,
		struct ent_error *err)
{
	uint8_t key[NOTE_KEY_BYTES];
	struct ent_bytes value;
	int rc = store_get(txn, STORE_META, note_key(key, seq), &value, err);

	return rc == ENT_OK ? read_note(value, out_by, err) : rc;
}

struct notes {
	uint64_t known;
	struct ent_redaction *items;
	size_t count, room;
};

static int add_note(struct ent_bytes key, struct ent_bytes value, void *arg,
		    struct ent_error *err)
{
	struct notes *list = arg;
	const uint8_t *k = key.data;
	struct ent_redaction note = { 0 };
	int rc;

	if (key.len != NOTE_KEY_BYTES || k[0] != 'r')
		return ENT_END;
	note.seq = be64_get(k + 1);
	if (note.seq > list->known)
		return ENT_END;
	rc = read_note(value, &note.by, err);
	if (rc == ENT_OK)
		rc = mem_grow(&list->items, &list->room, list->count + 1,
			      sizeof(*list->items), err);
	if (rc == ENT_OK)
		list->items[list->count++] = note;
	return rc;
}

int redact_list(struct store_txn *txn, uint64_t known,
		struct ent_redaction **out, size_t *out_count,
		struct ent_error *err)
{
	struct notes list = { .known = known };
	uint8_t from[NOTE_KEY_BYTES];
	int rc = store_each(txn, STORE_META, note_key(from, 0), add_note, &list,
			    err);

	if (rc < 0) {
		mem_free(list.items);
		return rc;
	}
	*out = list.items;
	*out_count = list.count;
	return ENT_OK;
}

int ent_log_redactions(struct ent_log *log, uint64_t known,
		       struct ent_redaction **out, size_t *out_n,
		       struct ent_error *err)
{
	struct store_txn *txn = NULL;
	int rc = store_begin_read(log->store, &txn, err);

	if (rc == ENT_OK)
		rc = redact_list(txn, known, out, out_n, err);
	store_abort(txn);
	return rc;
}

/* ---- its body -------------------------------------------------------------- */

static int add_redacted(struct block_writer *writer, const struct record *record,
			struct ent_error *err)
{
	struct record redacted = *record;
	struct ent_hash hash, leaf;
	int rc = record->redacted ?
			 ent_error_set(err, ENT_ECONFLICT,
				       "it is redacted already") :
			 record_check(record, &leaf, err);

	if (rc == ENT_OK)
		rc = hash_parts(&record->body, 1, &hash, err);
	if (rc < 0)
		return rc;
	redacted.stored_id = record_id(record);
	redacted.has_id = true;
	redacted.redacted = true;
	redacted.body = (struct ent_bytes){ hash.bytes, sizeof(hash.bytes) };
	block_add(writer, &redacted);
	return ENT_OK;
}

/* LMDB may move what it lent as soon as it is written to: all is copied first. */
static int redact_body(struct store_txn *txn, uint64_t seq,
		       struct ent_error *err)
{
	struct block_writer writer = { 0 };
	struct record record;
	struct block block;
	int rc = block_find(txn, seq, &block, err);

	if (rc == ENT_END)
		return ent_error_set(err, ENT_ECORRUPT, "it is missing");
	if (rc < 0)
		return rc;
	writer.first = block.first;
	writer.recorded_us = block.recorded_us;
	for (uint32_t i = 0; rc == ENT_OK && i < block.count; i++) {
		rc = block_get(&block, block.first + i, &record, err);
		if (rc == ENT_OK && record.seq == seq)
			rc = add_redacted(&writer, &record, err);
		else if (rc == ENT_OK)
			block_add(&writer, &record);
	}
	if (rc == ENT_OK)
		rc = block_replace(&writer, txn, err);
	block_writer_release(&writer);
	return rc;
}

/* ---- its columns ------------------------------------------------------------- */

/* The columns that seq is in, under the number of their first. */
static int read_columns(struct store_txn *txn, uint64_t seq,
			struct row *rows, struct columns *out,
			struct ent_error *err)
{
	struct ent_bytes key, value;
	uint8_t wanted[SEQ_BYTES];
	int rc;

	be64_put(wanted, seq);
	rc = store_get_floor(txn, STORE_COLUMNS,
			     (struct ent_bytes){ wanted, sizeof(wanted) }, &key,
			     &value, err);
	if (rc == ENT_OK && key.len == SEQ_BYTES)
		rc = columns_read(be64_get(key.data), value, out, err);
	if (rc == ENT_OK && seq - out->first < out->count)
		return columns_unpack(out, rows, err);
	return rc < 0 ? rc : ent_error_set(err, ENT_ECORRUPT,
					   "its columns are missing");
}

static int redact_row(struct store_txn *txn, uint64_t seq, struct row *out,
		      struct ent_error *err)
{
	struct row *rows = mem_raw(BLOCK_EVENTS * sizeof(*rows));
	struct buf packed = { 0 };
	struct columns columns = { 0 };
	uint8_t key[SEQ_BYTES];
	int rc = rows ? read_columns(txn, seq, rows, &columns, err) :
			mem_error(err);

	if (rc < 0)
		goto out;
	*out = rows[seq - columns.first];
	rows[seq - columns.first] = (struct row){ .seq = seq,
						  .type = TYPE_RETRACTED };
	columns_pack(rows, columns.count, &packed);
	rc = buf_check(&packed, err);
	be64_put(key, columns.first);
	if (rc == ENT_OK)
		rc = store_replace(txn, STORE_COLUMNS,
				   (struct ent_bytes){ key, sizeof(key) },
				   (struct ent_bytes){ packed.data, packed.len },
				   err);
out:
	buf_release(&packed);
	mem_free(rows);
	return rc;
}

/* ---- texts that nothing names any more --------------------------------------- */

static void strike(uint32_t codes[CODES_OF_ROW], const struct row *row)
{
	for (size_t i = 0; i < CODES_OF_ROW; i++)
		if (codes[i] == row->alliance || codes[i] == row->actor ||
		    codes[i] == row->target || codes[i] == row->name)
			codes[i] = 0;
}

/* Strike the codes that some row names. */
static int strike_named(struct store_txn *txn, uint32_t codes[CODES_OF_ROW],
			struct ent_error *err)
{
	const struct row_filter all = { .known = UINT64_MAX,
					.last_day = INT32_MAX };
	struct row_scan scan = { 0 };
	const struct row *rows;
	size_t count;
	int rc = row_scan_begin(txn, &all, &scan, err);

	while (rc == ENT_OK &&
	       (rc = row_scan_next(&scan, &rows, &count, err)) == ENT_OK)
		for (size_t i = 0; i < count; i++)
			strike(codes, &rows[i]);
	row_scan_end(&scan);
	return rc == ENT_END ? ENT_OK : rc;
}

static int forget_texts(struct store_txn *txn, const struct row *row,
			struct ent_error *err)
{
	uint32_t codes[CODES_OF_ROW] = { row->alliance, row->actor, row->target,
					 row->name };
	int rc = strike_named(txn, codes, err);

	for (size_t i = 0; rc == ENT_OK && i < CODES_OF_ROW; i++) {
		bool again = false;

		for (size_t k = 0; k < i; k++)
			again |= codes[k] == codes[i];
		if (codes[i] && !again)
			rc = codes_forget(txn, codes[i], err);
	}
	return rc;
}

/* ---- all of it ----------------------------------------------------------------- */

static int take_fixes(struct store_txn *txn, uint64_t by, struct ent_error *err)
{
	uint64_t *targets = NULL;
	size_t count = 0;
	int rc = fix_targets(txn, by, by, &targets, &count, err);

	for (size_t i = 0; rc == ENT_OK && i < count; i++)
		rc = fix_delete(txn, targets[i], by, err);
	mem_free(targets);
	return rc;
}

int redact_event(struct store_txn *txn, uint64_t seq, uint64_t by,
		 struct ent_error *err)
{
	struct row row = { 0 };
	int rc = redact_body(txn, seq, err);

	if (rc == ENT_OK)
		rc = redact_row(txn, seq, &row, err);
	if (rc == ENT_OK)
		rc = take_fixes(txn, seq, err);
	if (rc == ENT_OK)
		rc = forget_texts(txn, &row, err);
	if (rc == ENT_OK)
		rc = redact_note(txn, seq, by, err);
	if (rc < 0 && rc != ENT_ENOMEM)
		ent_error_wrap(err, "event %" PRIu64, seq);
	return rc;
}
