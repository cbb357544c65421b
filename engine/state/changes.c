/*
 * changes.c - walking two models in lockstep.
 *
 * Slots are compared as numbers; only those that differ are opened and compared
 * as text, leaf by leaf, because two events may say the same.
 */
#include "state/diff.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const struct ent_value null_value = { .kind = ENT_NULL };

/* ---- one change --------------------------------------------------------------- */

static int take_causes(struct comparing *c, const struct causes *causes,
		       struct ent_change *change, struct ent_error *err)
{
	const struct ent_event **events =
		arena_alloc(&c->diff->arena, causes->count * sizeof(*events));
	int rc = events ? ENT_OK : mem_error(err);

	for (size_t i = 0; rc == ENT_OK && i < causes->count; i++)
		rc = render_event(&c->diff->renderer, causes->seqs[i],
				  &events[i], err);
	change->causes = events;
	change->causes_count = causes->count;
	return rc;
}

static int keep_value(struct comparing *c, const struct ent_value *value,
		      const struct ent_value **out, struct ent_error *err)
{
	struct ent_value *copy;

	*out = NULL;
	if (!value || value->kind == ENT_NULL)
		return ENT_OK;
	copy = arena_alloc(&c->diff->arena, sizeof(*copy));
	if (!copy)
		return mem_error(err);
	*copy = *value;
	*out = copy;
	return ENT_OK;
}

int change_add(struct comparing *c, const char *path,
		      const struct ent_value *from, const struct ent_value *to,
		      const struct causes *causes, struct ent_error *err)
{
	struct ent_change change = { .part = c->part, .day = c->day };
	struct ent_diff *diff = c->diff;
	int rc = keep_value(c, from, &change.from, err);

	if (rc == ENT_OK)
		rc = keep_value(c, to, &change.to, err);
	if (rc < 0 || (!change.from && !change.to))
		return rc;
	change.kind = !change.from ? ENT_ADDED :
		      !change.to   ? ENT_REMOVED :
				     ENT_CHANGED;
	change.path = arena_text(&diff->arena, path, strlen(path));
	if (!change.path)
		return mem_error(err);
	rc = take_causes(c, causes, &change, err);
	if (rc == ENT_OK)
		rc = mem_grow(&diff->changes, &diff->room, diff->count + 1,
			      sizeof(change), err);
	if (rc == ENT_OK)
		diff->changes[diff->count++] = change;
	return rc;
}

/* A path: /alliance/part[/element][/leaf]. */
int change_path(struct comparing *c, uint32_t alliance, const char *part,
		     const char *element, const char *leaf, struct buf *out,
		     struct ent_error *err)
{
	const char *code = NULL;
	int rc = render_code(&c->diff->renderer, alliance, &code, err);

	if (rc < 0)
		return rc;
	buf_clear(out);
	pointer_add(out, code);
	pointer_add(out, part);
	if (element)
		pointer_add(out, element);
	if (leaf)
		pointer_add(out, leaf);
	return buf_check(out, err);
}

int change_add_leaf(struct comparing *c, uint32_t alliance, const char *part,
		    const char *element, const char *leaf,
		    const struct ent_value *from, const struct ent_value *to,
		    const struct causes *causes, struct ent_error *err)
{
	struct buf path = { 0 };
	int rc;

	from = from ? from : &null_value;
	to = to ? to : &null_value;
	if (ent_value_equal(from, to))
		return ENT_OK;
	rc = change_path(c, alliance, part, element, leaf, &path, err);
	if (rc == ENT_OK)
		rc = change_add(c, path.data, from, to, causes, err);
	buf_release(&path);
	return rc;
}

int change_add_leaves(struct comparing *c, uint32_t alliance,
			  const char *part, const char *element,
			  const struct ent_value *from,
			  const struct ent_value *to, const char *const *keys,
			  const struct causes *causes, struct ent_error *err)
{
	int rc = ENT_OK;

	for (; rc == ENT_OK && *keys; keys++)
		rc = change_add_leaf(c, alliance, part, element, *keys,
			      ent_value_get(from, *keys),
			      ent_value_get(to, *keys), causes, err);
	return rc;
}

/* ---- attributes ------------------------------------------------------------------ */

static bool cells_differ(const struct cell *a, const struct cell *b)
{
	if (!a || !b)
		return a != b;
	return !cell_equal(a, b);
}

static int attribute_of(struct comparing *c, const struct model *model,
			uint32_t alliance, enum aspect aspect,
			struct ent_value *out, struct ent_error *err)
{
	*out = value_null();
	if (!model_shows(model, alliance))
		return ENT_OK;
	return render_attribute(&c->diff->renderer, model, alliance, aspect,
				out, err);
}

/* An alliance that comes to be shown without a founding: for that its first
 * event is the cause, of whatever kind. */
static int causes_of_appearance(struct comparing *c, const struct model *model,
				uint32_t alliance, struct causes *out,
				struct ent_error *err)
{
	uint64_t first = 0;
	int rc;

	for (size_t i = 0; i < model->cells_count; i++)
		if (model->cells[i].key.scope == alliance &&
		    model->cells[i].key.aspect != ASPECT_USER &&
		    model->cells[i].decider)
			return causes_add(out, model->cells[i].decider, err);
	for (size_t i = 0; i < model->entries_count; i++)
		if (model->entries[i].alliance == alliance)
			return causes_add(out, model->entries[i].seq, err);
	for (size_t i = 0; i < model->cells_count; i++)
		if (model->cells[i].key.scope == alliance &&
		    model->cells[i].key.aspect != ASPECT_USER &&
		    model->cells[i].events_count)
			return causes_add(out, model->cells[i].events[0], err);
	rc = model_first_event(c->diff->renderer.txn, &model->basis, alliance,
			       &first, err);
	return rc == ENT_OK && first ? causes_add(out, first, err) : rc;
}

static int compare_attribute(struct comparing *c, uint32_t alliance,
			     enum aspect aspect, struct ent_error *err)
{
	struct slot_key key = { alliance, aspect, 0 };
	const struct cell *a = model_cell(c->a, key);
	const struct cell *b = model_cell(c->b, key);
	struct ent_value from, to;
	struct causes causes = { 0 };
	int rc;

	if (!cells_differ(a, b) && (aspect != ASPECT_STATUS || a ||
				    model_shows(c->a, alliance) ==
					    model_shows(c->b, alliance)))
		return ENT_OK;
	rc = attribute_of(c, c->a, alliance, aspect, &from, err);
	if (rc == ENT_OK)
		rc = attribute_of(c, c->b, alliance, aspect, &to, err);
	if (rc == ENT_OK)
		rc = causes_of_slot(c, a, b, &causes, err);
	if (rc == ENT_OK && causes.count == 0)
		rc = causes_of_appearance(c, model_shows(c->b, alliance) ?
						     c->b : c->a,
					  alliance, &causes, err);
	if (rc == ENT_OK)
		rc = change_add_leaf(c, alliance, attribute_key(aspect), NULL, NULL,
			      &from, &to, &causes, err);
	mem_free(causes.seqs);
	return rc;
}

static int compare_alliances(struct comparing *c, struct ent_error *err)
{
	size_t i = 0, j = 0;
	int rc = ENT_OK;

	while (rc == ENT_OK &&
	       (i < c->a->alliances_count || j < c->b->alliances_count)) {
		uint32_t a = i < c->a->alliances_count ? c->a->alliances[i] :
							 UINT32_MAX;
		uint32_t b = j < c->b->alliances_count ? c->b->alliances[j] :
							 UINT32_MAX;
		uint32_t alliance = a < b ? a : b;

		i += a == alliance;
		j += b == alliance;
		for (unsigned aspect = ASPECT_STATUS;
		     rc == ENT_OK && aspect <= ASPECT_PREDECESSOR; aspect++)
			rc = compare_attribute(c, alliance, aspect, err);
	}
	return rc;
}

/* ---- members and chairs --------------------------------------------------------------- */

static int compare_joined(struct comparing *c, struct slot_key key,
			  const char *actor, const struct ent_value *from,
			  const struct ent_value *to, struct ent_error *err)
{
	static const char *const joined[] = { "joined", NULL };
	struct causes causes = { 0 };
	int rc;

	key.aspect = ASPECT_JOINED;
	rc = causes_of_slot(c, model_cell(c->a, key), model_cell(c->b, key),
			    &causes, err);
	if (rc == ENT_OK)
		rc = change_add_leaves(c, key.scope, "members", actor, from, to,
				    joined, &causes, err);
	mem_free(causes.seqs);
	return rc;
}

static int compare_member(struct comparing *c, struct slot_key key,
			  const struct cell *a, const struct cell *b,
			  struct ent_error *err)
{
	static const char *const leaves[] = { "certainty", "events", "possible",
					      "since", "status", NULL };
	struct renderer *r = &c->diff->renderer;
	struct ent_value from, to;
	struct causes causes = { 0 };
	const char *actor = NULL;
	int rc = render_code(r, (uint32_t)key.element, &actor, err);

	if (rc == ENT_OK)
		rc = render_member(r, c->a, a, &from, err);
	if (rc == ENT_OK)
		rc = render_member(r, c->b, b, &to, err);
	if (rc == ENT_OK)
		rc = causes_of_slot(c, a, b, &causes, err);
	if (rc == ENT_OK)
		rc = change_add_leaves(c, key.scope, "members", actor, &from, &to,
				    leaves, &causes, err);
	if (rc == ENT_OK)
		rc = compare_joined(c, key, actor, &from, &to, err);
	mem_free(causes.seqs);
	return rc;
}

static int compare_chair(struct comparing *c, struct slot_key key,
			 const struct cell *a, const struct cell *b,
			 struct ent_error *err)
{
	static const char *const leaves[] = { "actor", "certainty", "possible",
					      "since", "until", NULL };
	struct renderer *r = &c->diff->renderer;
	struct ent_value from, to;
	struct causes causes = { 0 };
	const char *role = NULL;
	int rc = render_code(r, (uint32_t)key.element, &role, err);

	if (rc == ENT_OK)
		rc = render_chair(r, a, &from, err);
	if (rc == ENT_OK)
		rc = render_chair(r, b, &to, err);
	if (rc == ENT_OK)
		rc = causes_of_slot(c, a, b, &causes, err);
	if (rc == ENT_OK)
		rc = change_add_leaves(c, key.scope, "chairs", role, &from, &to,
				    leaves, &causes, err);
	mem_free(causes.seqs);
	return rc;
}

static int compare_cell(struct comparing *c, struct slot_key key,
			const struct cell *a, const struct cell *b,
			struct ent_error *err)
{
	struct slot_key joined = { key.scope, ASPECT_JOINED, key.element };

	if (key.aspect == ASPECT_CHAIR && cells_differ(a, b))
		return compare_chair(c, key, a, b, err);
	if (key.aspect == ASPECT_MEMBER &&
	    (cells_differ(a, b) ||
	     cells_differ(model_cell(c->a, joined), model_cell(c->b, joined))))
		return compare_member(c, key, a, b, err);
	return ENT_OK;
}

static int compare_cells(struct comparing *c, struct ent_error *err)
{
	size_t i = 0, j = 0;
	int rc = ENT_OK;

	while (rc == ENT_OK &&
	       (i < c->a->cells_count || j < c->b->cells_count)) {
		const struct cell *a =
			i < c->a->cells_count ? &c->a->cells[i] : NULL;
		const struct cell *b =
			j < c->b->cells_count ? &c->b->cells[j] : NULL;
		int order = !a ? 1 : !b ? -1 : slot_key_compare(a->key, b->key);

		assert(order <= 0 ? a != NULL : b != NULL);
		i += order <= 0;
		j += order >= 0;
		rc = compare_cell(c, order <= 0 ? a->key : b->key,
				  order <= 0 ? a : NULL, order >= 0 ? b : NULL,
				  err);
	}
	return rc;
}

static int by_path(const void *left, const void *right)
{
	const struct ent_change *a = left, *b = right;
	int order = strcmp(a->path, b->path);

	return order != 0 ? order : (int)a->kind - (int)b->kind;
}

int changes_collect(struct comparing *c, struct ent_error *err)
{
	struct ent_diff *diff = c->diff;
	size_t before = diff->count;
	int rc = compare_alliances(c, err);

	if (rc == ENT_OK)
		rc = compare_cells(c, err);
	if (rc == ENT_OK)
		rc = changes_of_lists(c, err);
	if (rc == ENT_OK)
		rc = changes_of_stances(c, err);
	if (rc == ENT_OK && diff->count > before)
		qsort(diff->changes + before, diff->count - before,
		      sizeof(*diff->changes), by_path);
	return rc;
}
