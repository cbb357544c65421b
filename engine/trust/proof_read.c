/*
 * proof_read.c - checking that an event is in a log, without the log.
 *
 * Bytes come from anywhere: they are read through the strict doors, and a member
 * that nobody expects is refused, since nothing would prove it.
 */
#include "trust/proof.h"

#include "doors/codec.h"
#include "doors/hash.h"
#include "doors/json.h"
#include "ground/text_bytes.h"
#include "values/event.h"

#include <inttypes.h>
#include <string.h>

static int no_proof(struct ent_error *err, const char *what)
{
	return ent_error_set(err, ENT_EINPUT, "it is no proof: %s", what);
}

/* ---- the form ---------------------------------------------------------- */

/* A map that has these members and no others? */
static bool has_just(const struct ent_value *map, const char *const *keys,
		     size_t count)
{
	if (!map || map->kind != ENT_MAP || map->len != count)
		return false;
	for (size_t i = 0; i < count; i++)
		if (strcmp(map->as.members[i].key, keys[i]) != 0)
			return false;
	return true;
}

static bool read_number(const struct ent_value *map, const char *key,
			uint64_t *out)
{
	const struct ent_value *value = ent_value_get(map, key);

	if (!value || value->kind != ENT_INT || value->as.integer < 0)
		return false;
	*out = (uint64_t)value->as.integer;
	return true;
}

static bool read_hash(const struct ent_value *value, struct ent_hash *out)
{
	return value && value->kind == ENT_TEXT &&
	       hex_read_whole(value->as.text, value->len, out->bytes,
			      sizeof(out->bytes));
}

/* In lower case, as it is written. */
static bool read_id(const char *text, struct ent_id *out)
{
	char again[ENT_ID_TEXT_SIZE];

	if (!text || strlen(text) != ENT_ID_TEXT_SIZE - 1 ||
	    ent_id_parse(text, out, NULL) < 0)
		return false;
	ent_id_text(out, again);
	return strcmp(text, again) == 0;
}

static int read_body(const struct ent_value *value, struct arena *arena,
		     struct ent_bytes *out, struct ent_error *err)
{
	uint8_t *bytes;
	size_t len = 0;

	if (!value || value->kind != ENT_TEXT ||
	    value->len / 2 > CODEC_BYTES_MAX)
		return no_proof(err, "its event has no body of at most 65,536 bytes");
	bytes = arena_alloc(arena, value->len / 2 + 1);
	if (!bytes)
		return mem_error(err);
	if (!hex_read(value->as.text, value->len, bytes, value->len / 2, &len))
		return no_proof(err, "its event's body is no lower-case hex");
	*out = (struct ent_bytes){ bytes, len };
	return ENT_OK;
}

/* Of a redacted event the digest is all that there is. */
static int read_digest(const struct ent_value *value, struct arena *arena,
		       struct record *out, struct ent_error *err)
{
	struct ent_hash *hash = arena_alloc(arena, sizeof(*hash));

	if (!hash)
		return mem_error(err);
	if (!read_hash(value, hash))
		return no_proof(err, "its event's body_sha256 is no hash in lower-case hex");
	out->redacted = true;
	out->body_hash = hash;
	out->body = (struct ent_bytes){ hash->bytes, sizeof(hash->bytes) };
	return ENT_OK;
}

static int read_event(const struct ent_value *event, struct arena *arena,
		      struct record *out, struct ent_error *err)
{
	static const char *const keys[] = { "body", "id", "recorded_us", "seq" };
	static const char *const redacted_keys[] = { "body_sha256", "id",
						     "recorded_us", "seq" };
	const struct ent_value *recorded;
	bool redacted = has_just(event, redacted_keys, 4);

	if (!redacted && !has_just(event, keys, 4))
		return no_proof(err, "\"event\" has not just body, id, recorded_us, seq");
	recorded = ent_value_get(event, "recorded_us");
	if (recorded->kind != ENT_INT || !read_number(event, "seq", &out->seq) ||
	    out->seq == 0)
		return no_proof(err, "recorded_us or seq is no whole number");
	if (!read_id(ent_value_get_text(event, "id"), &out->stored_id))
		return no_proof(err, "the event's id is no UUID in lower case");
	out->recorded_us = recorded->as.integer;
	out->has_id = true;
	return redacted ? read_digest(ent_value_get(event, "body_sha256"), arena,
				      out, err) :
			  read_body(ent_value_get(event, "body"), arena,
				    &out->body, err);
}

static int read_path(const struct ent_value *path, struct tree_proof *out,
		     struct ent_error *err)
{
	if (path->kind != ENT_LIST || path->len > TREE_LEVELS)
		return no_proof(err, "\"path\" is no list of at most 64 hashes");
	for (size_t i = 0; i < path->len; i++)
		if (!read_hash(&path->as.items[i], &out->hashes[i]))
			return no_proof(err, "\"path\" has what is no hash in lower-case hex");
	out->count = path->len;
	return ENT_OK;
}

static int read_head(const struct ent_value *head, struct ent_head *out,
		     struct ent_error *err)
{
	static const char *const keys[] = { "root", "size" };

	if (!has_just(head, keys, 2) || !read_number(head, "size", &out->size) ||
	    !read_hash(ent_value_get(head, "root"), &out->root))
		return no_proof(err, "\"head\" has not just a root and a size");
	return ENT_OK;
}

static int read_document(const struct ent_value *root, struct arena *arena,
			 struct proof *out, struct ent_error *err)
{
	static const char *const keys[] = { "event", "format", "head",
					    "leaf_index", "note", "path" };
	const char *format = ent_value_get_text(root, "format");
	int rc;

	if (!format || strcmp(format, PROOF_FORMAT) != 0)
		return no_proof(err, "its format is not " PROOF_FORMAT);
	if (!has_just(root, keys, 6))
		return no_proof(err, "it has not just event, format, head, leaf_index, note, path");
	out->note = ent_value_get_text(root, "note");
	if (!out->note && ent_value_get(root, "note")->kind != ENT_NULL)
		return no_proof(err, "\"note\" is neither text nor null");
	rc = read_event(ent_value_get(root, "event"), arena, &out->record, err);
	if (rc == ENT_OK)
		rc = read_head(ent_value_get(root, "head"), &out->head, err);
	if (rc == ENT_OK)
		rc = read_path(ent_value_get(root, "path"), &out->path, err);
	if (rc == ENT_OK && (!read_number(root, "leaf_index", &out->leaf_index) ||
			     out->leaf_index != out->record.seq - 1))
		rc = no_proof(err, "leaf_index is not one less than seq");
	return rc;
}

/* ---- what it proves ---------------------------------------------------- */

static int check_note(const struct proof *proof, const struct ent_public *key,
		      struct ent_proven *proven, struct ent_error *err)
{
	struct ent_note *note = &proven->note;
	int rc;

	proven->has_note = proof->note != NULL;
	if (!proof->note)
		return !key ? ENT_OK :
		       ent_error_set(err, ENT_EPROOF,
				     "the proof has no note, and so no signature of %s",
				     key->name);
	rc = ent_note_read(proof->note, strlen(proof->note), key, note, err);
	if (rc == ENT_OK && (note->head.size != proof->head.size ||
			     !hash_equal(&note->head.root, &proof->head.root)))
		rc = ent_error_set(err, ENT_EPROOF,
				   "the proof's note is of another head");
	return rc;
}

/* The leaf stands for the bytes; its mark is that of the leaf by itself. */
static int check_path(struct proof *proof, struct ent_error *err)
{
	struct ent_hash leaf;
	int rc = record_leaf(&proof->record, &leaf, err);

	if (rc < 0)
		return rc;
	memcpy(proof->record.mark, leaf.bytes, MARK_BYTES);
	rc = tree_inclusion_check(&leaf, proof->leaf_index, proof->head.size,
				  &proof->head.root, proof->path.hashes,
				  proof->path.count, err);
	return rc != ENT_EPROOF ? rc :
	       ent_error_set(err, rc,
			     "event %" PRIu64 " is not in the tree of that head",
			     proof->record.seq);
}

/* The bytes are what the log has; whether it should ever have taken them is another
 * question. */
static int check_rules(const struct ent_event *event, struct ent_bytes body,
		       struct ent_error *err)
{
	struct arena arena = { 0 };
	struct event_fault fault = { 0 };
	struct ent_event again = { 0 };
	struct buf packed = { 0 };
	int rc = event_check(event->body, &arena, &again, &fault, err);

	if (rc == ENT_OK)
		rc = codec_pack(again.body, &packed, err);
	if (rc == ENT_OK && (packed.len != body.len ||
			     memcmp(packed.data, body.data, body.len) != 0))
		rc = ent_error_set(err, ENT_EINPUT,
				   "its event is not in the canonical form");
	buf_release(&packed);
	arena_release(&arena);
	return rc;
}

static int read_proven_event(const struct record *record,
			     struct ent_event **out, struct ent_error *err)
{
	struct ent_event *event = NULL;
	int rc = record_unpack(record, &event, err);

	if (rc == ENT_ECORRUPT && err)
		err->code = ENT_EINPUT;
	if (rc == ENT_ECORRUPT)
		rc = ENT_EINPUT;
	if (rc == ENT_OK && !record->redacted)
		rc = check_rules(event, record->body, err);
	if (rc == ENT_OK) {
		*out = event;
		event = NULL;
	}
	ent_event_free(event);
	return rc;
}

int ent_proof_check(const char *json, size_t len, const struct ent_public *key,
		    struct ent_proven *out, struct ent_error *err)
{
	struct arena arena = { 0 };
	struct ent_value root;
	struct proof proof = { .note = NULL };
	struct ent_proven proven = { .event = NULL };
	int rc = json_read(json, len, &arena, &root, err);

	if (rc == ENT_OK)
		rc = read_document(&root, &arena, &proof, err);
	if (rc == ENT_OK)
		rc = check_path(&proof, err);
	if (rc == ENT_OK)
		rc = check_note(&proof, key, &proven, err);
	if (rc == ENT_OK)
		rc = read_proven_event(&proof.record, &proven.event, err);
	if (rc == ENT_OK) {
		proven.head = proof.head;
		*out = proven;
	}
	arena_release(&arena);
	return rc;
}
