/*
 * record.c - an event between JSON, its struct and its stored bytes.
 */
#include <assert.h>
#include <string.h>

#include "doors/codec.h"
#include "doors/hash.h"
#include "doors/id.h"
#include "doors/json.h"
#include "ground/be.h"
#include "log/record.h"
#include "log/redacted.h"
#include "values/event.h"
#include "values/value.h"

/* An event and what it borrows from. */
struct box {
	struct ent_event event; /* first: the caller has a pointer to it */
	struct arena arena;
};

static struct box *new_box(struct ent_error *err)
{
	struct box *box = mem_new(1, sizeof(*box));

	if (!box)
		mem_error(err);
	return box;
}

void ent_event_free(struct ent_event *event)
{
	struct box *box = (struct box *)event;

	if (!box)
		return;
	arena_release(&box->arena);
	mem_free(box);
}

/* ---- JSON ------------------------------------------------------------- */

/* Packing also tells whether the event is small enough. */
static int fill_id(struct ent_event *event, struct buf *body,
		   bool *out_derived, struct ent_error *err)
{
	struct ent_id derived;
	int rc;

	buf_clear(body);
	rc = codec_pack(event->body, body, err);
	if (rc < 0)
		return rc;
	id_derive((struct ent_bytes){ body->data, body->len }, &derived);
	if (ent_id_is_nil(&event->id))
		event->id = derived;
	*out_derived = ent_id_equal(&event->id, &derived);
	return ENT_OK;
}

static int check(const char *json, size_t len, const struct ent_value *root,
		 struct arena *arena, struct ent_event *event, struct buf *body,
		 bool *out_derived, struct ent_error *err)
{
	struct event_fault fault = { 0 };
	int rc = event_check(root, arena, event, &fault, err);

	if (rc == ENT_OK)
		rc = fill_id(event, body, out_derived, err);
	if (rc == ENT_EINPUT && err)
		err->column = json_column(json, len, fault.key, fault.member,
					  fault.name);
	return rc;
}

static int parse_redacted(const struct ent_value *root, struct arena *arena,
			  struct ent_event *event, struct buf *body,
			  bool *out_derived, struct ent_error *err)
{
	struct ent_hash hash;
	int rc = redacted_read(root, arena, event, &hash, err);

	if (rc < 0)
		return rc;
	buf_clear(body);
	buf_add(body, hash.bytes, sizeof(hash.bytes));
	*out_derived = false;
	return buf_check(body, err);
}

int record_parse(const char *json, size_t len, struct arena *arena,
		 struct ent_event *out, struct buf *body, bool *out_derived,
		 struct ent_error *err)
{
	struct ent_value root;
	int rc;

	assert((json || len == 0) && out);

	rc = json_read(json, len, arena, &root, err);
	if (rc == ENT_OK && redacted_is(&root))
		rc = parse_redacted(&root, arena, out, body, out_derived, err);
	else if (rc == ENT_OK)
		rc = check(json, len, &root, arena, out, body, out_derived,
			   err);
	return rc;
}

int ent_event_parse(const char *json, size_t len, struct ent_event **out,
		    struct ent_error *err)
{
	struct box *box = new_box(err);
	struct buf body = { 0 };
	bool derived;
	int rc = ENT_ENOMEM;

	assert(out);

	if (!box)
		return rc;
	rc = record_parse(json, len, &box->arena, &box->event, &body,
			  &derived, err);
	buf_release(&body);
	if (rc == ENT_OK)
		*out = &box->event;
	else
		ent_event_free(&box->event);
	return rc;
}

static int put_text(struct arena *arena, struct ent_value *map,
		    const char *key, const char *text, struct ent_error *err)
{
	struct ent_value value;
	int rc = value_text(arena, text, &value, err);

	return rc < 0 ? rc : value_put(arena, map, key, value, err);
}

/* What the log adds. */
static int put_position(const struct ent_event *event, struct arena *arena,
			struct ent_value *map, struct ent_error *err)
{
	char time[ENT_TIME_TEXT_SIZE], hash[ENT_HASH_TEXT_SIZE];
	int rc;

	if (event->seq == 0)
		return ENT_OK;
	ent_time_text(event->recorded_us, time);
	ent_hash_text(&event->hash, hash);
	rc = value_put(arena, map, "seq", value_int((int64_t)event->seq), err);
	if (rc == ENT_OK)
		rc = put_text(arena, map, "recorded", time, err);
	if (rc == ENT_OK)
		rc = put_text(arena, map, "hash", hash, err);
	return rc;
}

/* The body with what is not in it. */
static int make_output(const struct ent_event *event, struct arena *arena,
		       struct ent_value *map, struct ent_error *err)
{
	char text[ENT_ID_TEXT_SIZE];
	struct ent_event named = *event;
	struct buf body = { 0 };
	bool derived;
	int rc = ENT_OK;

	for (size_t i = 0; i < event->body->len && rc == ENT_OK; i++)
		rc = value_put(arena, map, event->body->as.members[i].key,
			       event->body->as.members[i].value, err);
	if (rc == ENT_OK && ent_id_is_nil(&named.id))
		rc = fill_id(&named, &body, &derived, err);
	buf_release(&body);
	if (rc < 0)
		return rc;
	ent_id_text(&named.id, text);
	rc = put_text(arena, map, "id", text, err);
	if (rc == ENT_OK && !event->redacted)
		rc = put_text(arena, map, "modality", event->modality, err);
	if (rc == ENT_OK)
		rc = put_position(event, arena, map, err);
	return rc;
}

int ent_event_json(const struct ent_event *event, char **out, size_t *out_len,
		   struct ent_error *err)
{
	struct ent_value map = value_map();
	struct arena arena = { 0 };
	int rc;

	assert(event && event->body && out);

	rc = make_output(event, &arena, &map, err);
	if (rc == ENT_OK)
		rc = ent_value_json(&map, ENT_JSON_SAFE, out, out_len, err);
	arena_release(&arena);
	return rc;
}

/* ---- stored bytes ------------------------------------------------------ */

struct ent_id record_id(const struct record *record)
{
	struct ent_id id = record->stored_id;

	if (!record->has_id)
		id_derive(record->body, &id);
	return id;
}

static int make_leaf(const struct record *record, const struct ent_id *id,
		     struct ent_hash *out, struct ent_error *err)
{
	static const uint8_t leaf_mark[1] = { 0 };
	struct ent_hash made = { 0 };
	const struct ent_hash *body_hash = record->body_hash ?
					   record->body_hash : &made;
	uint8_t number[8], recorded[8];
	const struct ent_bytes parts[] = {
		{ leaf_mark, sizeof(leaf_mark) },
		{ number, sizeof(number) },
		{ recorded, sizeof(recorded) },
		{ id->bytes, sizeof(id->bytes) },
		{ body_hash->bytes, sizeof(body_hash->bytes) },
	};
	int rc = ENT_OK;

	if (!record->body_hash)
		rc = hash_parts(&record->body, 1, &made, err);
	be64_put(number, record->seq);
	be64_put(recorded, (uint64_t)record->recorded_us);
	return rc < 0 ? rc : hash_parts(parts, 5, out, err);
}

int record_leaf(const struct record *record, struct ent_hash *out,
		struct ent_error *err)
{
	struct ent_id id = record_id(record);

	return make_leaf(record, &id, out, err);
}

static int check_leaf(const struct record *record, const struct ent_id *id,
		      struct ent_hash *out, struct ent_error *err)
{
	struct ent_hash leaf;
	int rc = make_leaf(record, id, &leaf, err);

	if (rc < 0)
		return rc;
	if (memcmp(leaf.bytes, record->mark, MARK_BYTES) != 0)
		return ent_error_set(err, ENT_ECORRUPT,
				     "its bytes do not have the hash in the tree");
	*out = leaf;
	return ENT_OK;
}

int record_check(const struct record *record, struct ent_hash *out,
		 struct ent_error *err)
{
	struct ent_id id = record_id(record);

	return check_leaf(record, &id, out, err);
}

static int unpack_body(const struct record *record, struct box *box,
		       struct ent_error *err)
{
	struct ent_value *root;
	int rc;

	if (record->redacted)
		return redacted_view(record->body_hash, &box->arena, &box->event,
				     err);
	root = arena_alloc(&box->arena, sizeof(*root));
	rc = root ? codec_unpack(record->body, &box->arena, root, err) :
		    mem_error(err);
	if (rc == ENT_OK)
		rc = event_view(root, &box->arena, &box->event, err);
	if (rc == ENT_EINPUT) {
		/* The log took it once: what it breaks now is the log. */
		rc = ENT_ECORRUPT;
		if (err)
			err->code = rc;
	}
	return rc;
}

int record_unpack(const struct record *record, struct ent_event **out,
		  struct ent_error *err)
{
	struct box *box = NULL;
	struct ent_id id = record_id(record);
	struct ent_hash leaf;
	int rc = check_leaf(record, &id, &leaf, err);

	if (rc < 0)
		goto out;
	box = new_box(err);
	rc = box ? unpack_body(record, box, err) : ENT_ENOMEM;
	if (rc < 0)
		goto out;

	box->event.seq = record->seq;
	box->event.recorded_us = record->recorded_us;
	box->event.id = id;
	box->event.hash = leaf;
	*out = &box->event;
	box = NULL;
out:
	if (rc < 0 && rc != ENT_ENOMEM)
		ent_error_wrap(err, "event %llu",
			       (unsigned long long)record->seq);
	ent_event_free(box ? &box->event : NULL);
	return rc;
}
