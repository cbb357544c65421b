/*
 * batch.c - from JSON text to drafts.
 */
#include "log/batch.h"

#include "doors/hash.h"
#include "log/record.h"
#include "log/redacted.h"

#include <assert.h>
#include <string.h>

int ent_batch_new(struct ent_batch **out, struct ent_error *err)
{
	struct ent_batch *batch = mem_new(1, sizeof(*batch));

	if (!batch)
		return mem_error(err);
	*out = batch;
	return ENT_OK;
}

void ent_batch_clear(struct ent_batch *batch)
{
	arena_release(&batch->arena);
	map_release(&batch->texts_index);
	batch->arena = (struct arena){ 0 };
	batch->texts_count = 0;
	batch->count = 0;
}

void ent_batch_free(struct ent_batch *batch)
{
	if (!batch)
		return;
	arena_release(&batch->arena);
	arena_release(&batch->scratch);
	map_release(&batch->texts_index);
	mem_free(batch->texts);
	buf_release(&batch->body);
	mem_free(batch->drafts);
	mem_free(batch);
}

size_t ent_batch_count(const struct ent_batch *batch)
{
	return batch->count;
}

const char *draft_row_name(const struct ent_event *event, enum event_type type)
{
	const char *name = NULL;

	switch (type) {
	case TYPE_CHAIR_ASSUMED:
		name = event_data_text(event, "name");
		return name ? name : "chair";
	case TYPE_EXERCISE_HELD:
	case TYPE_EXERCISE_CANCELLED:
	case TYPE_EXERCISE_DECLINED:
		return event_data_text(event, "name");
	case TYPE_ALLIANCE_FOUNDED:
		return event_data_text(event, "lead");
	default:
		return NULL;
	}
}

/* FNV-1a: short texts, and no enemy gains by a collision but a few steps. */
static uint64_t hash_text(const char *text)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
	return hash;
}

static int add_text(struct ent_batch *batch, struct map_key key,
		    const char *text, uint32_t *out, struct ent_error *err)
{
	char *copy = arena_text(&batch->arena, text, strlen(text));
	int rc;

	if (!copy)
		return mem_error(err);
	rc = mem_grow(&batch->texts, &batch->texts_room, batch->texts_count + 1,
		      sizeof(*batch->texts), err);
	if (rc == ENT_OK)
		rc = map_add(&batch->texts_index, key, batch->texts_count, err);
	if (rc < 0)
		return rc;
	batch->texts[batch->texts_count++] = copy;
	*out = (uint32_t)batch->texts_count;
	return ENT_OK;
}

static int number_text(struct ent_batch *batch, const char *text,
		       uint32_t *out, struct ent_error *err)
{
	struct map_key key = { 0, 0 };
	const size_t *at;

	*out = 0;
	if (!text)
		return ENT_OK;
	key.a = hash_text(text);
	while ((at = map_find(&batch->texts_index, key))) {
		if (strcmp(batch->texts[*at], text) == 0) {
			*out = (uint32_t)*at + 1;
			return ENT_OK;
		}
		key.b++; /* another text of the same hash */
	}
	return add_text(batch, key, text, out, err);
}

const char *batch_text(const struct ent_batch *batch, uint32_t number)
{
	return number ? batch->texts[number - 1] : "-";
}

static int copy_texts(struct ent_batch *batch, const struct ent_event *event,
		      enum event_type type, const char *label,
		      struct draft *draft, struct ent_error *err)
{
	int rc;

	label = label ? label : "event";
	draft->label = arena_text(&batch->arena, label, strlen(label));
	if (!draft->label)
		return mem_error(err);
	rc = number_text(batch, event->alliance, &draft->alliance, err);
	if (rc == ENT_OK)
		rc = number_text(batch, event->actor, &draft->actor, err);
	if (rc == ENT_OK)
		rc = number_text(batch, event->target, &draft->target, err);
	if (rc == ENT_OK)
		rc = number_text(batch, draft_row_name(event, type),
				 &draft->name, err);
	return rc;
}

static int copy_body(struct ent_batch *batch, struct draft *draft,
		     struct ent_error *err)
{
	char *copy = arena_text(&batch->arena, batch->body.data,
				batch->body.len);

	if (!copy)
		return mem_error(err);
	draft->body = (struct ent_bytes){ copy, batch->body.len };
	return ENT_OK;
}

static int hash_body(const struct ent_event *event, struct draft *draft,
		     struct ent_error *err)
{
	if (!event->redacted)
		return hash_parts(&draft->body, 1, &draft->body_hash, err);
	memcpy(draft->body_hash.bytes, draft->body.data,
	       sizeof(draft->body_hash.bytes));
	return ENT_OK;
}

static int make_draft(struct ent_batch *batch, const struct ent_event *event,
		      const char *label, struct draft *draft,
		      struct ent_error *err)
{
	enum event_type type = TYPE_RETRACTED; /* it takes no part either */
	int rc = ENT_OK;

	if (!event->redacted)
		rc = vocabulary_find(event->type, &type, err);
	if (rc == ENT_OK)
		rc = copy_body(batch, draft, err);
	if (rc == ENT_OK)
		rc = hash_body(event, draft, err);
	if (rc == ENT_OK)
		rc = copy_texts(batch, event, type, label, draft, err);
	if (rc < 0)
		return rc;
	row_of_event(event, type, &draft->row);
	draft->id = event->id;
	draft->corrects = event->corrects;
	draft->retracts = event->retracts;
	draft->redacted = event->redacted;
	draft->redacts = redacted_says(event);
	return ENT_OK;
}

int ent_batch_add(struct ent_batch *batch, const char *json, size_t len,
		  const char *label, struct ent_error *err)
{
	struct ent_event event;
	struct draft draft = { 0 };
	int rc;

	arena_reset(&batch->scratch);
	rc = record_parse(json, len, &batch->scratch, &event, &batch->body,
			  &draft.id_is_derived, err);
	if (rc == ENT_OK)
		rc = make_draft(batch, &event, label, &draft, err);
	if (rc == ENT_OK)
		rc = mem_grow(&batch->drafts, &batch->room, batch->count + 1,
			      sizeof(draft), err);
	if (rc == ENT_OK)
		batch->drafts[batch->count++] = draft;
	return rc;
}

/* ---- joining --------------------------------------------------------------- */

/* The numbers in batch of the texts of from; those of drafts count from 1. */
static int number_texts(struct ent_batch *batch, const struct ent_batch *from,
			uint32_t **out, struct ent_error *err)
{
	uint32_t *numbers = mem_new(from->texts_count + 1, sizeof(*numbers));
	int rc = numbers ? ENT_OK : mem_error(err);

	for (size_t i = 0; i < from->texts_count && rc == ENT_OK; i++)
		rc = number_text(batch, from->texts[i], &numbers[i + 1], err);
	if (rc == ENT_OK)
		*out = numbers;
	else
		mem_free(numbers);
	return rc;
}

static void move_drafts(struct ent_batch *batch, const struct ent_batch *from,
			const uint32_t *numbers)
{
	for (size_t i = 0; i < from->count; i++) {
		struct draft *draft = &batch->drafts[batch->count++];

		*draft = from->drafts[i];
		draft->alliance = numbers[draft->alliance];
		draft->actor = numbers[draft->actor];
		draft->target = numbers[draft->target];
		draft->name = numbers[draft->name];
	}
}

int ent_batch_join(struct ent_batch *batch, struct ent_batch *from,
		   struct ent_error *err)
{
	uint32_t *numbers = NULL;
	int rc;

	assert(batch != from);

	rc = mem_grow(&batch->drafts, &batch->room, batch->count + from->count,
		      sizeof(*batch->drafts), err);
	if (rc == ENT_OK)
		rc = number_texts(batch, from, &numbers, err);
	if (rc != ENT_OK)
		return rc;
	move_drafts(batch, from, numbers);
	arena_join(&batch->arena, &from->arena);
	ent_batch_clear(from);
	mem_free(numbers);
	return ENT_OK;
}
