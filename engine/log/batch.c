/*
 * batch.c - from JSON text to drafts.
 */
#include "log/batch.h"

#include "doors/codec.h"

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
	batch->arena = (struct arena){ 0 };
	batch->count = 0;
}

void ent_batch_free(struct ent_batch *batch)
{
	if (!batch)
		return;
	arena_release(&batch->arena);
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

static int copy_text(struct ent_batch *batch, const char *text,
		     const char **out, struct ent_error *err)
{
	char *copy;

	*out = NULL;
	if (!text)
		return ENT_OK;
	copy = arena_text(&batch->arena, text, strlen(text));
	if (!copy)
		return mem_error(err);
	*out = copy;
	return ENT_OK;
}

static int copy_texts(struct ent_batch *batch, const struct ent_event *event,
		      enum event_type type, const char *label,
		      struct draft *draft, struct ent_error *err)
{
	int rc = copy_text(batch, label ? label : "event", &draft->label, err);

	if (rc == ENT_OK)
		rc = copy_text(batch, event->alliance, &draft->alliance, err);
	if (rc == ENT_OK)
		rc = copy_text(batch, event->actor, &draft->actor, err);
	if (rc == ENT_OK)
		rc = copy_text(batch, event->target, &draft->target, err);
	if (rc == ENT_OK)
		rc = copy_text(batch, draft_row_name(event, type),
			       &draft->name, err);
	return rc;
}

static int copy_body(struct ent_batch *batch, const struct ent_event *event,
		     struct draft *draft, struct ent_error *err)
{
	struct buf packed = { 0 };
	char *copy;
	int rc = codec_pack(event->body, &packed, err);

	if (rc == ENT_OK) {
		copy = arena_text(&batch->arena, packed.data, packed.len);
		if (copy)
			draft->body = (struct ent_bytes){ copy, packed.len };
		else
			rc = mem_error(err);
	}
	buf_release(&packed);
	return rc;
}

static int make_draft(struct ent_batch *batch, const struct ent_event *event,
		      const char *label, struct draft *draft,
		      struct ent_error *err)
{
	enum event_type type = TYPE_USER;
	int rc = vocabulary_find(event->type, &type, err);

	if (rc == ENT_OK)
		rc = copy_body(batch, event, draft, err);
	if (rc == ENT_OK)
		rc = copy_texts(batch, event, type, label, draft, err);
	if (rc < 0)
		return rc;
	row_of_event(event, type, &draft->row);
	draft->id = event->id;
	draft->corrects = event->corrects;
	draft->retracts = event->retracts;
	return ENT_OK;
}

int ent_batch_add(struct ent_batch *batch, const char *json, size_t len,
		  const char *label, struct ent_error *err)
{
	struct ent_event *event = NULL;
	struct draft draft = { 0 };
	int rc = ent_event_parse(json, len, &event, err);

	if (rc == ENT_OK)
		rc = make_draft(batch, event, label, &draft, err);
	if (rc == ENT_OK)
		rc = mem_grow(&batch->drafts, &batch->room, batch->count + 1,
			      sizeof(draft), err);
	if (rc == ENT_OK)
		batch->drafts[batch->count++] = draft;
	ent_event_free(event);
	return rc;
}
