/*
 * render.c - single entries: a member, a chair, an event of a list, a stance.
 */
#include "state/render.h"

#include "log/codes.h"

#include <inttypes.h>
#include <string.h>

void renderer_release(struct renderer *r)
{
	for (size_t i = 0; i < r->events_count; i++)
		ent_event_free(r->events[i]);
	mem_free(r->events);
	mem_free(r->texts);
	map_release(&r->events_index);
	map_release(&r->texts_index);
	*r = (struct renderer){ 0 };
}

int render_event(struct renderer *r, uint64_t seq,
		 const struct ent_event **out, struct ent_error *err)
{
	struct map_key key = { seq, 0 };
	const size_t *at = map_find(&r->events_index, key);
	struct ent_event *event = NULL;
	int rc;

	if (at) {
		*out = r->events[*at];
		return ENT_OK;
	}
	rc = mem_grow(&r->events, &r->events_room, r->events_count + 1,
		      sizeof(*r->events), err);
	if (rc == ENT_OK)
		rc = log_event(r->txn, seq, &event, err);
	if (rc == ENT_END)
		rc = ent_error_set(err, ENT_ECORRUPT,
				   "an index names event %" PRIu64
				   ", which is missing", seq);
	if (rc == ENT_OK)
		rc = map_add(&r->events_index, key, r->events_count, err);
	if (rc != ENT_OK) {
		ent_event_free(event);
		return rc;
	}
	r->events[r->events_count++] = event;
	*out = event;
	return ENT_OK;
}

int render_code(struct renderer *r, uint32_t code, const char **out,
		struct ent_error *err)
{
	struct map_key key = { code, 0 };
	const size_t *at = map_find(&r->texts_index, key);
	const char *text = NULL;
	int rc;

	if (at) {
		*out = r->texts[*at];
		return ENT_OK;
	}
	rc = mem_grow(&r->texts, &r->texts_room, r->texts_count + 1,
		      sizeof(*r->texts), err);
	if (rc == ENT_OK)
		rc = codes_text(r->txn, code, r->arena, &text, err);
	if (rc == ENT_OK)
		rc = map_add(&r->texts_index, key, r->texts_count, err);
	if (rc != ENT_OK)
		return rc;
	r->texts[r->texts_count++] = text;
	*out = text;
	return ENT_OK;
}

/* NULL text gives null. */
static int put_text(struct renderer *r, struct ent_value *map, const char *key,
		    const char *text, struct ent_error *err)
{
	struct ent_value value = value_null();
	int rc = value_text(r->arena, text, &value, err);

	return rc < 0 ? rc : value_put(r->arena, map, key, value, err);
}

/* NULL text is left out. */
static int put_if(struct renderer *r, struct ent_value *map, const char *key,
		  const char *text, struct ent_error *err)
{
	return text ? put_text(r, map, key, text, err) : ENT_OK;
}

static int put_id(struct renderer *r, struct ent_value *map, const char *key,
		  const struct ent_id *id, struct ent_error *err)
{
	char text[ENT_ID_TEXT_SIZE];

	ent_id_text(id, text);
	return put_text(r, map, key, text, err);
}

/* ---- certainty ------------------------------------------------------------- */

/* What a value of a slot is called. */
static int value_name(struct renderer *r, const struct cell *cell,
		      uint32_t value, const char **out, struct ent_error *err)
{
	*out = "none";
	if (value == SLOT_NONE)
		return ENT_OK;
	if (cell->key.aspect == ASPECT_CHAIR)
		return render_code(r, value, out, err);
	*out = status_text(value);
	return ENT_OK;
}

static void sort_texts(const char **texts, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		const char *text = texts[i];
		size_t at = i;

		for (; at > 0 && strcmp(texts[at - 1], text) > 0; at--)
			texts[at] = texts[at - 1];
		texts[at] = text;
	}
}

static int put_possible(struct renderer *r, const struct cell *cell,
			struct ent_value *map, struct ent_error *err)
{
	struct ent_value list = value_list();
	const char **names = arena_alloc(r->arena, cell->possible_count *
							   sizeof(*names));
	int rc = names ? ENT_OK : mem_error(err);

	for (size_t i = 0; rc == ENT_OK && i < cell->possible_count; i++)
		rc = value_name(r, cell, cell->possible[i], &names[i], err);
	if (rc == ENT_OK)
		sort_texts(names, cell->possible_count);
	for (size_t i = 0; rc == ENT_OK && i < cell->possible_count; i++)
		rc = value_push(r->arena, &list, value_borrowed(names[i]), err);
	if (rc == ENT_OK)
		rc = value_put(r->arena, map, "possible", list, err);
	return rc;
}

static int put_certainty(struct renderer *r, const struct cell *cell,
			 struct ent_value *map, struct ent_error *err)
{
	int rc = value_put(r->arena, map, "certainty",
			   value_borrowed(cell->certain ? "certain" :
							  "possible"), err);

	if (rc == ENT_OK && !cell->certain)
		rc = put_possible(r, cell, map, err);
	return rc;
}

static int push_id(struct renderer *r, struct ent_value *list, uint64_t seq,
		   struct ent_error *err)
{
	const struct ent_event *event = NULL;
	struct ent_value value = value_null();
	char id[ENT_ID_TEXT_SIZE];
	int rc = render_event(r, seq, &event, err);

	if (rc < 0)
		return rc;
	ent_id_text(&event->id, id);
	rc = value_text(r->arena, id, &value, err);
	return rc < 0 ? rc : value_push(r->arena, list, value, err);
}

/* The decider first, then those behind the other values. */
static int put_events(struct renderer *r, const struct cell *cell,
		      struct ent_value *map, struct ent_error *err)
{
	struct ent_value list = value_list();
	int rc = ENT_OK;

	if (cell->decider)
		rc = push_id(r, &list, cell->decider, err);
	for (size_t i = 0; rc == ENT_OK && i < cell->events_count; i++)
		rc = push_id(r, &list, cell->events[i], err);
	return rc < 0 ? rc : value_put(r->arena, map, "events", list, err);
}

/* ---- entries ------------------------------------------------------------------ */

static int decider_date(struct renderer *r, const struct cell *cell,
			const char **out, struct ent_error *err)
{
	const struct ent_event *event = NULL;
	int rc;

	*out = NULL;
	if (!cell || !cell->decider)
		return ENT_OK;
	rc = render_event(r, cell->decider, &event, err);
	if (rc == ENT_OK)
		*out = event->date;
	return rc;
}

int render_member(struct renderer *r, const struct model *model,
		  const struct cell *cell, struct ent_value *out,
		  struct ent_error *err)
{
	struct ent_value map = value_map();
	struct slot_key joined;
	const char *date = NULL;
	int rc;

	*out = value_null();
	if (!cell)
		return ENT_OK;
	joined = cell->key;
	joined.aspect = ASPECT_JOINED;
	rc = put_certainty(r, cell, &map, err);
	if (rc == ENT_OK)
		rc = put_events(r, cell, &map, err);
	if (rc == ENT_OK)
		rc = decider_date(r, model_cell(model, joined), &date, err);
	if (rc == ENT_OK)
		rc = put_text(r, &map, "joined", date, err);
	if (rc == ENT_OK)
		rc = decider_date(r, cell, &date, err);
	if (rc == ENT_OK)
		rc = put_text(r, &map, "since", date, err);
	if (rc == ENT_OK)
		rc = put_text(r, &map, "status", status_text(cell->value), err);
	if (rc == ENT_OK)
		*out = map;
	return rc;
}

int render_chair(struct renderer *r, const struct cell *cell,
		 struct ent_value *out, struct ent_error *err)
{
	struct ent_value map = value_map();
	const struct ent_event *event = NULL;
	const char *actor = NULL;
	int rc = ENT_OK;

	*out = value_null();
	if (!cell)
		return ENT_OK;
	if (cell->decider)
		rc = render_event(r, cell->decider, &event, err);
	if (rc == ENT_OK && cell->value != SLOT_NONE)
		rc = render_code(r, cell->value, &actor, err);
	if (rc == ENT_OK)
		rc = put_text(r, &map, "actor", actor, err);
	if (rc == ENT_OK)
		rc = put_certainty(r, cell, &map, err);
	if (rc == ENT_OK)
		rc = put_text(r, &map, "since", event ? event->date : NULL,
			      err);
	if (rc == ENT_OK)
		rc = put_text(r, &map, "until", event ? event->until : NULL,
			      err);
	if (rc == ENT_OK)
		*out = map;
	return rc;
}

int render_entry(struct renderer *r, const struct entry *entry,
		 struct ent_value *out, struct ent_error *err)
{
	const struct ent_event *e = NULL;
	struct ent_value map = value_map();
	int rc = render_event(r, entry->seq, &e, err);

	if (rc != ENT_OK)
		return rc;
	const struct {
		const char *key, *text;
	} texts[] = {
		{ "actor", e->actor },
		{ "attributed_to", e->attributed_to },
		{ "date", e->date },
		{ "modality", e->modality },
		{ "object", e->object },
		{ "summary", e->summary },
		{ "target", e->target },
		{ "type", e->type },
		{ "until", e->until },
	};
	rc = put_id(r, &map, "id", &e->id, err);
	if (rc == ENT_OK)
		rc = value_put(r->arena, &map, "seq",
			       value_int((int64_t)e->seq), err);
	for (size_t i = 0; rc == ENT_OK && i < sizeof(texts) / sizeof(texts[0]);
	     i++)
		rc = put_if(r, &map, texts[i].key, texts[i].text, err);
	if (rc == ENT_OK)
		*out = map;
	return rc;
}

int render_stance(struct renderer *r, const struct stance *stance,
		  struct ent_value *out, struct ent_error *err)
{
	struct ent_value map = value_map(), counts = value_map();
	int rc = ENT_OK;

	*out = value_null();
	if (!stance)
		return ENT_OK;
	for (unsigned t = 0; rc == ENT_OK && t < TYPE_COUNT; t++)
		if (stance->counts[t])
			rc = value_put(r->arena, &counts,
				       vocabulary_row(t)->type.name,
				       value_int(stance->counts[t]), err);
	if (rc == ENT_OK)
		rc = value_put(r->arena, &map, "class",
			       value_borrowed(ent_stance_class(stance->score)),
			       err);
	if (rc == ENT_OK)
		rc = value_put(r->arena, &map, "counts", counts, err);
	if (rc == ENT_OK)
		rc = value_put(r->arena, &map, "score",
			       value_int(stance->score), err);
	if (rc == ENT_OK)
		*out = map;
	return rc;
}
