/*
 * proof.c - proving that an event is in a log.
 */
#include "trust/proof.h"

#include "ground/text_bytes.h"
#include "log/log.h"
#include "values/value.h"

#include <inttypes.h>

/* ---- from the log ------------------------------------------------------ */

/* All of one transaction, which the body is borrowed from. */
static int find_proof(struct store_txn *txn, uint64_t seq, struct proof *out,
		      struct ent_error *err)
{
	struct proof *p = out;
	struct ent_hash leaf;
	int rc = log_last(txn, &p->head.size, err);

	if (rc == ENT_OK && (seq == 0 || seq > p->head.size))
		return ENT_END;
	if (rc == ENT_OK)
		rc = log_record_there(txn, seq, &p->record, err);
	if (rc == ENT_OK)
		rc = record_check(&p->record, &leaf, err);
	if (rc == ENT_OK)
		rc = log_root(txn, p->head.size, &p->head.root, err);
	p->leaf_index = seq - 1;
	if (rc == ENT_OK)
		rc = tree_inclusion(txn, p->leaf_index, p->head.size, log_leaf,
				    &p->path, err);
	if (rc == ENT_OK)
		rc = tree_inclusion_check(&leaf, p->leaf_index, p->head.size,
					  &p->head.root, p->path.hashes,
					  p->path.count, err);
	if (rc == ENT_EPROOF)
		rc = ent_error_set(err, ENT_ECORRUPT,
				   "the tree does not lead to its root");
	if (rc == ENT_ECORRUPT)
		ent_error_wrap(err, "event %" PRIu64, seq);
	return rc;
}

/* ---- as JSON ----------------------------------------------------------- */

static void add_hex(struct buf *out, const char *before, const void *bytes,
		    size_t len, const char *behind)
{
	buf_text(out, before);
	hex_add(out, bytes, len);
	buf_text(out, behind);
}

static void add_event(struct buf *out, const struct record *record)
{
	struct ent_id id = record_id(record);
	char text[ENT_ID_TEXT_SIZE];

	ent_id_text(&id, text);
	add_hex(out, record->redacted ? "{\"event\":{\"body_sha256\":\"" :
					"{\"event\":{\"body\":\"",
		record->body.data, record->body.len, "\"");
	buf_printf(out, ",\"id\":\"%s\",\"recorded_us\":%" PRId64
		   ",\"seq\":%" PRIu64 "},", text, record->recorded_us,
		   record->seq);
}

static void add_note(struct buf *out, const char *note, size_t len)
{
	struct ent_value value = { .kind = ENT_NULL };

	if (note) {
		value.kind = ENT_TEXT;
		value.len = len;
		value.as.text = note;
	}
	value_write(&value, ENT_JSON_SAFE, out);
}

static void add_document(struct buf *out, const struct proof *p,
			 const char *note, size_t note_len)
{
	add_event(out, &p->record);
	buf_text(out, "\"format\":\"" PROOF_FORMAT "\",");
	add_hex(out, "\"head\":{\"root\":\"", p->head.root.bytes,
		sizeof(p->head.root.bytes), "\"");
	buf_printf(out, ",\"size\":%" PRIu64 "},\"leaf_index\":%" PRIu64
		   ",\"note\":", p->head.size, p->leaf_index);
	add_note(out, note, note_len);
	buf_text(out, ",\"path\":[");
	for (size_t i = 0; i < p->path.count; i++)
		add_hex(out, i > 0 ? ",\"" : "\"", p->path.hashes[i].bytes,
			sizeof(p->path.hashes[i].bytes), "\"");
	buf_text(out, "]}");
}

int ent_prove(struct ent_log *log, uint64_t seq, const char *origin,
	      const struct ent_key *key, char **out, size_t *out_len,
	      struct ent_error *err)
{
	struct store_txn *txn = NULL;
	struct proof proof = { .note = NULL };
	struct buf text = { 0 };
	char *note = NULL;
	size_t note_len = 0;
	int rc = store_begin_read(log->store, &txn, err);

	if (rc == ENT_OK)
		rc = find_proof(txn, seq, &proof, err);
	if (rc == ENT_OK && key)
		rc = ent_note_write(&proof.head, origin, key, &note, &note_len,
				    err);
	if (rc == ENT_OK) {
		add_document(&text, &proof, note, note_len);
		rc = buf_take(&text, out, out_len, err);
	}
	buf_release(&text);
	ent_free(note);
	store_abort(txn);
	return rc;
}
