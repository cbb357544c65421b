/*
 * render_document.c - the document of all alliances, and that of the caller's
 * reducers.
 */
#include "state/render.h"

#include <string.h>

const char *attribute_key(enum aspect aspect)
{
	static const char *const keys[] = {
		[ASPECT_STATUS] = "status",   [ASPECT_NAME] = "name",
		[ASPECT_FOUNDED] = "founded", [ASPECT_LEAD] = "lead",
		[ASPECT_KIND] = "kind",	      [ASPECT_PREDECESSOR] =
							 "predecessor",
	};

	return keys[aspect];
}

const char *list_key(enum list list)
{
	static const char *const keys[LIST_COUNT] = { "exercises",
						      "commitments",
						      "signals" };

	return keys[list];
}

static int decided_text(struct renderer *r, const struct cell *cell,
			const char **out, struct ent_error *err)
{
	const struct ent_event *event = NULL;
	int rc;

	if (cell->key.aspect == ASPECT_LEAD)
		return render_code(r, cell->value, out, err);
	rc = render_event(r, cell->decider, &event, err);
	if (rc == ENT_OK)
		*out = cell->key.aspect == ASPECT_FOUNDED ?
			       event->date :
			       event_data_text(event,
					       attribute_key(cell->key.aspect));
	return rc;
}

int render_attribute(struct renderer *r, const struct model *model,
		     uint32_t alliance, enum aspect aspect,
		     struct ent_value *out, struct ent_error *err)
{
	struct slot_key key = { alliance, aspect, 0 };
	const struct cell *cell = model_cell(model, key);
	const char *text = NULL;
	int rc = ENT_OK;

	if (aspect == ASPECT_STATUS)
		text = cell ? status_text(cell->value) : "unknown";
	else if (cell)
		rc = decided_text(r, cell, &text, err);
	return rc < 0 ? rc : value_text(r->arena, text, out, err);
}

static int put_attributes(struct renderer *r, const struct model *model,
			  uint32_t alliance, struct ent_value *map,
			  struct ent_error *err)
{
	int rc = ENT_OK;

	for (unsigned a = ASPECT_STATUS; rc == ENT_OK && a <= ASPECT_PREDECESSOR;
	     a++) {
		struct ent_value value = value_null();

		rc = render_attribute(r, model, alliance, a, &value, err);
		if (rc < 0 || (value.kind == ENT_NULL &&
			       (a == ASPECT_KIND || a == ASPECT_PREDECESSOR)))
			continue;
		rc = value_put(r->arena, map, attribute_key(a), value, err);
	}
	return rc;
}

/* The first cell at or behind a key. */
static size_t first_cell(const struct model *model, struct slot_key key)
{
	size_t lo = 0, hi = model->cells_count;

	while (lo < hi) {
		size_t middle = lo + (hi - lo) / 2;

		if (slot_key_compare(model->cells[middle].key, key) < 0)
			lo = middle + 1;
		else
			hi = middle;
	}
	return lo;
}

static int put_named(struct renderer *r, struct ent_value *map, uint64_t code,
		     struct ent_value value, struct ent_error *err)
{
	const char *name = NULL;
	int rc = render_code(r, (uint32_t)code, &name, err);

	return rc < 0 ? rc : value_put(r->arena, map, name, value, err);
}

static int put_chairs(struct renderer *r, const struct model *model,
		      uint32_t alliance, struct ent_value *map,
		      struct ent_error *err)
{
	struct slot_key from = { alliance, ASPECT_CHAIR, 0 };
	struct ent_value chairs = value_map();
	int rc = ENT_OK;

	for (size_t i = first_cell(model, from);
	     rc == ENT_OK && i < model->cells_count &&
	     model->cells[i].key.scope == alliance &&
	     model->cells[i].key.aspect == ASPECT_CHAIR;
	     i++) {
		struct ent_value chair = value_null();

		rc = render_chair(r, &model->cells[i], &chair, err);
		if (rc == ENT_OK)
			rc = put_named(r, &chairs, model->cells[i].key.element,
				       chair, err);
	}
	return rc < 0 ? rc : value_put(r->arena, map, "chairs", chairs, err);
}

static int put_members(struct renderer *r, const struct model *model,
		       uint32_t alliance, struct ent_value *map,
		       struct ent_error *err)
{
	static const char *const names[] = { "candidates", "former",
					     "members" };
	struct ent_value groups[] = { value_map(), value_map(), value_map() };
	struct slot_key from = { alliance, ASPECT_MEMBER, 0 };
	int rc = ENT_OK;

	for (size_t i = first_cell(model, from);
	     rc == ENT_OK && i < model->cells_count &&
	     model->cells[i].key.scope == alliance &&
	     model->cells[i].key.aspect == ASPECT_MEMBER;
	     i++) {
		const struct cell *cell = &model->cells[i];
		const char *group = status_group(cell->value);
		struct ent_value member = value_null();

		rc = render_member(r, model, cell, &member, err);
		for (size_t g = 0; rc == ENT_OK && g < 3; g++)
			if (strcmp(group, names[g]) == 0)
				rc = put_named(r, &groups[g],
					       cell->key.element, member, err);
	}
	for (size_t g = 0; rc == ENT_OK && g < 3; g++)
		rc = value_put(r->arena, map, names[g], groups[g], err);
	return rc;
}

static int put_list(struct renderer *r, const struct model *model,
		    uint32_t alliance, enum list list, size_t last,
		    struct ent_value *map, struct ent_error *err)
{
	struct ent_value items = value_list();
	size_t first = model_first_entry(model, alliance, list);
	size_t end = first;
	int rc = ENT_OK;

	while (end < model->entries_count &&
	       model->entries[end].alliance == alliance &&
	       model->entries[end].list == list)
		end++;
	if (last && end - first > last)
		first = end - last;
	for (size_t i = first; rc == ENT_OK && i < end; i++) {
		struct ent_value entry = value_null();

		rc = render_entry(r, &model->entries[i], &entry, err);
		if (rc == ENT_OK)
			rc = value_push(r->arena, &items, entry, err);
	}
	return rc < 0 ? rc :
			value_put(r->arena, map, list_key(list), items, err);
}

static int put_stances(struct renderer *r, const struct model *model,
		       uint32_t alliance, struct ent_value *map,
		       struct ent_error *err)
{
	struct ent_value stances = value_map();
	int rc = ENT_OK;

	for (size_t i = 0; rc == ENT_OK && i < model->stances_count; i++) {
		struct ent_value stance = value_null();

		if (model->stances[i].alliance != alliance)
			continue;
		rc = render_stance(r, &model->stances[i], &stance, err);
		if (rc == ENT_OK)
			rc = put_named(r, &stances, model->stances[i].actor,
				       stance, err);
	}
	return rc < 0 ? rc : value_put(r->arena, map, "stance", stances, err);
}

static int render_alliance(struct renderer *r, const struct model *model,
			   uint32_t alliance, size_t last,
			   struct ent_value *out, struct ent_error *err)
{
	struct ent_value map = value_map();
	int rc = put_attributes(r, model, alliance, &map, err);

	if (rc == ENT_OK)
		rc = put_chairs(r, model, alliance, &map, err);
	if (rc == ENT_OK)
		rc = put_members(r, model, alliance, &map, err);
	for (unsigned l = 0; rc == ENT_OK && l < LIST_COUNT; l++)
		rc = put_list(r, model, alliance, l, last, &map, err);
	if (rc == ENT_OK)
		rc = put_stances(r, model, alliance, &map, err);
	if (rc == ENT_OK)
		*out = map;
	return rc;
}

int render_alliances(struct renderer *r, const struct model *model,
		     size_t last, struct ent_value *out, struct ent_error *err)
{
	struct ent_value map = value_map();
	int rc = ENT_OK;

	for (size_t i = 0; rc == ENT_OK && i < model->alliances_count; i++) {
		struct ent_value alliance = value_null();

		rc = render_alliance(r, model, model->alliances[i], last,
				     &alliance, err);
		if (rc == ENT_OK)
			rc = put_named(r, &map, model->alliances[i], alliance,
				       err);
	}
	if (rc == ENT_OK)
		*out = map;
	return rc;
}

int render_basis(struct arena *arena, const struct ent_basis *basis,
		 const struct ent_hash *head, struct ent_value *out,
		 struct ent_error *err)
{
	struct ent_value map = value_map(), at, root, published = value_null();
	char day[ENT_DAY_TEXT_SIZE], hex[ENT_HASH_TEXT_SIZE];
	int rc;

	ent_day_text(basis->at, day);
	ent_hash_text(head, hex);
	rc = value_text(arena, day, &at, err);
	if (rc == ENT_OK)
		rc = value_text(arena, hex, &root, err);
	if (rc == ENT_OK && basis->has_published) {
		ent_day_text(basis->published, day);
		rc = value_text(arena, day, &published, err);
	}
	if (rc == ENT_OK)
		rc = value_put(arena, &map, "at", at, err);
	if (rc == ENT_OK)
		rc = value_put(arena, &map, "head", root, err);
	if (rc == ENT_OK)
		rc = value_put(arena, &map, "known",
			       value_int((int64_t)basis->known), err);
	if (rc == ENT_OK)
		rc = value_put(arena, &map, "published", published, err);
	if (rc == ENT_OK)
		*out = map;
	return rc;
}

static int render_redaction(struct arena *arena,
			    const struct ent_redaction *redaction,
			    struct ent_value *list, struct ent_error *err)
{
	struct ent_value map = value_map();
	int rc = value_put(arena, &map, "by",
			   value_int((int64_t)redaction->by), err);

	if (rc == ENT_OK)
		rc = value_put(arena, &map, "seq",
			       value_int((int64_t)redaction->seq), err);
	return rc == ENT_OK ? value_push(arena, list, map, err) : rc;
}

/* Most logs have none, and their documents do not speak of it. */
int render_redactions(struct arena *arena, const struct ent_redaction *items,
		      size_t count, struct ent_value *map, struct ent_error *err)
{
	struct ent_value list = value_list();
	int rc = ENT_OK;

	if (count == 0)
		return ENT_OK;
	for (size_t i = 0; rc == ENT_OK && i < count; i++)
		rc = render_redaction(arena, &items[i], &list, err);
	return rc == ENT_OK ? value_put(arena, map, "redacted", list, err) : rc;
}
