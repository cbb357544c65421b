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
#include "values/event.h"
#include "values/value.h"

enum { RECORDED_BYTES = 8, ID_BYTES = sizeof(struct ent_id) };

static_assert(RECORDED_BYTES + ID_BYTES == RECORD_HEAD_BYTES,
	      "the head is the time and the id");

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
		   struct ent_error *err)
{
	int rc;

	buf_clear(body);
	rc = codec_pack(event->body, body, err);
	if (rc == ENT_OK && ent_id_is_nil(&event->id))
		id_derive((struct ent_bytes){ body->data, body->len },
			  &event->id);
	return rc;
}

static int check(const char *json, size_t len, const struct ent_value *root,
		 struct arena *arena, struct ent_event *event, struct buf *body,
		 struct ent_error *err)
{
	struct event_fault fault = { 0 };
	int rc = event_check(root, arena, event, &fault, err);

	if (rc == ENT_OK)
		rc = fill_id(event, body, err);
	if (rc == ENT_EINPUT && err)
		err->column = json_column(json, len, fault.key, fault.member,
					  fault.name);
	return rc;
}

int record_parse(const char *json, size_t len, struct arena *arena,
		 struct ent_event *out, struct buf *body, struct ent_error *err)
{
	struct ent_value root;
	int rc;

	assert((json || len == 0) && out);

	rc = json_read(json ? json : "", len, arena, &root, err);
	return rc < 0 ? rc : check(json, len, &root, arena, out, body, err);
}

int ent_event_parse(const char *json, size_t len, struct ent_event **out,
		    struct ent_error *err)
{
	struct box *box = new_box(err);
	struct buf body = { 0 };
	int rc = ENT_ENOMEM;

	assert(out);

	if (!box)
		return rc;
	rc = record_parse(json, len, &box->arena, &box->event, &body, err);
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
	int rc = ENT_OK;

	for (size_t i = 0; i < event->body->len && rc == ENT_OK; i++)
		rc = value_put(arena, map, event->body->as.members[i].key,
			       event->body->as.members[i].value, err);
	if (rc == ENT_OK && ent_id_is_nil(&named.id))
		rc = fill_id(&named, &body, err);
	buf_release(&body);
	if (rc < 0)
		return rc;
	ent_id_text(&named.id, text);
	rc = put_text(arena, map, "id", text, err);
	if (rc == ENT_OK)
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

int record_pack(const struct ent_event *event, struct buf *out,
		struct ent_error *err)
{
	uint8_t recorded[RECORDED_BYTES];
	size_t before = out->len;
	int rc;

	be64_put(recorded, (uint64_t)event->recorded_us);
	buf_add(out, recorded, sizeof(recorded));
	buf_add(out, event->id.bytes, sizeof(event->id.bytes));
	rc = codec_pack(event->body, out, err);
	if (rc < 0 && !out->failed) {
		out->len = before;
		out->data[before] = '\0';
	}
	return rc;
}

int record_body(struct ent_bytes stored, struct ent_bytes *out,
		struct ent_error *err)
{
	if (stored.len < RECORD_HEAD_BYTES)
		return ent_error_set(err, ENT_ECORRUPT,
				     "an event of %zu bytes, at least %d",
				     stored.len, RECORD_HEAD_BYTES);
	*out = (struct ent_bytes){
		(const uint8_t *)stored.data + RECORD_HEAD_BYTES,
		stored.len - RECORD_HEAD_BYTES
	};
	return ENT_OK;
}

int64_t record_recorded_us(struct ent_bytes stored)
{
	assert(stored.len >= RECORD_HEAD_BYTES);
	return (int64_t)be64_get(stored.data);
}

struct ent_id record_id(struct ent_bytes stored)
{
	struct ent_id id;

	assert(stored.len >= RECORD_HEAD_BYTES);
	memcpy(id.bytes, (const uint8_t *)stored.data + RECORDED_BYTES, ID_BYTES);
	return id;
}

int record_leaf(uint64_t seq, struct ent_bytes stored, struct ent_hash *out,
		struct ent_error *err)
{
	static const uint8_t leaf_mark[1] = { 0 };
	struct ent_bytes body, parts[4];
	struct ent_hash body_hash;
	uint8_t number[8];
	int rc;

	rc = record_body(stored, &body, err);
	if (rc == ENT_OK)
		rc = hash_parts(&body, 1, &body_hash, err);
	if (rc < 0)
		return rc;

	be64_put(number, seq);
	parts[0] = (struct ent_bytes){ leaf_mark, sizeof(leaf_mark) };
	parts[1] = (struct ent_bytes){ number, sizeof(number) };
	parts[2] = (struct ent_bytes){ stored.data, RECORD_HEAD_BYTES };
	parts[3] = (struct ent_bytes){ body_hash.bytes, sizeof(body_hash.bytes) };
	return hash_parts(parts, 4, out, err);
}

static int check_leaf(uint64_t seq, struct ent_bytes stored,
		      const struct ent_hash *leaf, struct ent_error *err)
{
	struct ent_hash derived;
	int rc = record_leaf(seq, stored, &derived, err);

	if (rc < 0)
		return rc;
	if (memcmp(derived.bytes, leaf->bytes, sizeof(derived.bytes)) != 0)
		return ent_error_set(err, ENT_ECORRUPT,
				     "its bytes do not have the hash in the tree");
	return ENT_OK;
}

static int unpack_body(struct ent_bytes stored, struct box *box,
		       struct ent_error *err)
{
	struct ent_value *root = arena_alloc(&box->arena, sizeof(*root));
	struct ent_bytes body;
	int rc;

	if (!root)
		return mem_error(err);
	rc = record_body(stored, &body, err);
	if (rc == ENT_OK)
		rc = codec_unpack(body, &box->arena, root, err);
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

int record_unpack(uint64_t seq, struct ent_bytes stored,
		  const struct ent_hash *leaf, struct ent_event **out,
		  struct ent_error *err)
{
	struct box *box = NULL;
	int rc;

	assert(leaf && out);

	rc = check_leaf(seq, stored, leaf, err);
	if (rc < 0)
		goto out;
	box = new_box(err);
	rc = box ? unpack_body(stored, box, err) : ENT_ENOMEM;
	if (rc < 0)
		goto out;

	box->event.seq = seq;
	box->event.recorded_us = record_recorded_us(stored);
	box->event.id = record_id(stored);
	box->event.hash = *leaf;
	*out = &box->event;
	box = NULL;
out:
	if (rc < 0 && rc != ENT_ENOMEM)
		ent_error_wrap(err, "event %llu", (unsigned long long)seq);
	ent_event_free(box ? &box->event : NULL);
	return rc;
}
