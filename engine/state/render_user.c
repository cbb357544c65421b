/*
 * render_user.c - the slots of the caller's reducers.
 */
#include "state/render.h"

#include <string.h>

static int user_text(const struct model *model, uint64_t number,
		     const char **out, struct ent_error *err)
{
	if (number == 0 || number > model->user_texts_count)
		return ent_error_set(err, ENT_EUSAGE,
				     "a reducer's text number %llu is unknown",
				     (unsigned long long)number);
	*out = model->user_texts[number - 1];
	return ENT_OK;
}

static int render_possible(struct renderer *r, const struct model *model,
			   const struct cell *cell, struct ent_value *out,
			   struct ent_error *err)
{
	struct ent_value sorted = value_map(), list = value_list();
	const char *text = NULL;
	int rc = ENT_OK;

	for (size_t i = 0; rc == ENT_OK && i < cell->possible_count; i++) {
		if (cell->possible[i] == SLOT_NONE)
			rc = value_put(r->arena, &sorted, "none", value_null(),
				       err);
		else
			rc = user_text(model, cell->possible[i], &text, err);
		if (rc == ENT_OK && cell->possible[i] != SLOT_NONE)
			rc = value_put(r->arena, &sorted, text, value_null(),
				       err);
	}
	for (size_t i = 0; rc == ENT_OK && i < sorted.len; i++)
		rc = value_push(r->arena, &list,
				value_borrowed(sorted.as.members[i].key), err);
	if (rc == ENT_OK)
		*out = list;
	return rc;
}

static int render_events(struct renderer *r, const struct cell *cell,
			 struct ent_value *out, struct ent_error *err)
{
	struct ent_value list = value_list();
	int rc = ENT_OK;

	if (cell->decider)
		rc = value_push(r->arena, &list,
				value_int((int64_t)cell->decider), err);
	for (size_t i = 0; rc == ENT_OK && i < cell->events_count; i++)
		rc = value_push(r->arena, &list,
				value_int((int64_t)cell->events[i]), err);
	if (rc == ENT_OK)
		*out = list;
	return rc;
}

static int render_slot(struct renderer *r, const struct model *model,
		       const struct cell *cell, struct ent_value *out,
		       struct ent_error *err)
{
	struct ent_value map = value_map(), events = value_null(),
			 possible = value_null(), value = value_null();
	const char *text = NULL;
	int rc = render_events(r, cell, &events, err);

	if (rc == ENT_OK && cell->value != SLOT_NONE) {
		rc = user_text(model, cell->value, &text, err);
		value = value_borrowed(text);
	}
	if (rc == ENT_OK)
		rc = value_put(r->arena, &map, "certainty",
			       value_borrowed(cell->certain ? "certain" :
							      "possible"),
			       err);
	if (rc == ENT_OK)
		rc = value_put(r->arena, &map, "events", events, err);
	if (rc == ENT_OK && !cell->certain)
		rc = render_possible(r, model, cell, &possible, err);
	if (rc == ENT_OK && !cell->certain)
		rc = value_put(r->arena, &map, "possible", possible, err);
	if (rc == ENT_OK)
		rc = value_put(r->arena, &map, "value", value, err);
	if (rc == ENT_OK)
		*out = map;
	return rc;
}

static int render_reducer(struct renderer *r, const struct model *model,
			  uint32_t reducer, struct ent_value *out,
			  struct ent_error *err)
{
	struct ent_value map = value_map();
	int rc = ENT_OK;

	for (size_t i = 0; rc == ENT_OK && i < model->cells_count; i++) {
		const struct cell *cell = &model->cells[i];
		struct ent_value slot = value_null();
		const char *path = NULL;

		if (cell->key.aspect != ASPECT_USER ||
		    cell->key.scope != reducer)
			continue;
		rc = user_text(model, cell->key.element, &path, err);
		if (rc == ENT_OK)
			rc = render_slot(r, model, cell, &slot, err);
		if (rc == ENT_OK)
			rc = value_put(r->arena, &map, path, slot, err);
	}
	if (rc == ENT_OK)
		*out = map;
	return rc;
}

int render_user_slots(struct renderer *r, const struct model *model,
		      const struct ent_view *view, struct ent_value *out,
		      struct ent_error *err)
{
	struct ent_value map = value_map();
	int rc = ENT_OK;

	for (size_t i = 0; rc == ENT_OK && i < view->reducers_count; i++) {
		const char *name = view->reducers[i].name;
		struct ent_value slots = value_null();
		char *key = arena_text(r->arena, name, strlen(name));

		if (!key)
			return mem_error(err);
		rc = render_reducer(r, model, (uint32_t)i, &slots, err);
		if (rc == ENT_OK)
			rc = value_put(r->arena, &map, key, slots, err);
	}
	if (rc == ENT_OK)
		*out = map;
	return rc;
}
