/*
 * patch.c - an RFC 6902 patch between two documents.
 *
 * Maps are walked in the order of their keys.  Of lists, what both have in front
 * and behind stays; the middle is removed and added.
 */
#include "state/diff.h"
#include "state/state.h"

#include <assert.h>
#include <string.h>

struct patching {
	struct arena arena;
	struct ent_value ops;
	struct buf path;
};

static int add_op(struct patching *p, const char *op,
		  const struct ent_value *value, struct ent_error *err)
{
	struct ent_value map = value_map(), path = value_null();
	int rc = buf_check(&p->path, err);

	if (rc == ENT_OK)
		rc = value_text(&p->arena, p->path.data, &path, err);
	if (rc == ENT_OK)
		rc = value_put(&p->arena, &map, "op", value_borrowed(op), err);
	if (rc == ENT_OK)
		rc = value_put(&p->arena, &map, "path", path, err);
	if (rc == ENT_OK && value)
		rc = value_put(&p->arena, &map, "value", *value, err);
	if (rc == ENT_OK)
		rc = value_push(&p->arena, &p->ops, map, err);
	return rc;
}

static void cut_path(struct patching *p, size_t len)
{
	if (p->path.failed)
		return;
	p->path.len = len;
	p->path.data[len] = '\0';
}

static void push_index(struct patching *p, size_t index)
{
	buf_printf(&p->path, "/%zu", index);
}

static int patch_list(struct patching *p, const struct ent_value *a,
		      const struct ent_value *b, struct ent_error *err)
{
	size_t front = 0, back = 0, at = p->path.len;
	int rc = ENT_OK;

	while (front < a->len && front < b->len &&
	       ent_value_equal(&a->as.items[front], &b->as.items[front]))
		front++;
	while (back < a->len - front && back < b->len - front &&
	       ent_value_equal(&a->as.items[a->len - 1 - back],
			       &b->as.items[b->len - 1 - back]))
		back++;
	for (size_t i = a->len - back; rc == ENT_OK && i-- > front;) {
		push_index(p, i);
		rc = add_op(p, "remove", NULL, err);
		cut_path(p, at);
	}
	for (size_t i = front; rc == ENT_OK && i < b->len - back; i++) {
		push_index(p, i);
		rc = add_op(p, "add", &b->as.items[i], err);
		cut_path(p, at);
	}
	return rc;
}

static int patch_value(struct patching *p, const struct ent_value *a,
		       const struct ent_value *b, struct ent_error *err);

static int patch_map(struct patching *p, const struct ent_value *a,
		     const struct ent_value *b, struct ent_error *err)
{
	size_t i = 0, j = 0, at = p->path.len;
	int rc = ENT_OK;

	while (rc == ENT_OK && (i < a->len || j < b->len)) {
		const struct ent_member *x =
			i < a->len ? &a->as.members[i] : NULL;
		const struct ent_member *y =
			j < b->len ? &b->as.members[j] : NULL;
		int order = !x ? 1 : !y ? -1 : strcmp(x->key, y->key);

		assert(order <= 0 ? x != NULL : y != NULL);
		i += order <= 0;
		j += order >= 0;
		pointer_add(&p->path, order <= 0 ? x->key : y->key);
		if (order < 0)
			rc = add_op(p, "remove", NULL, err);
		else if (order > 0)
			rc = add_op(p, "add", &y->value, err);
		else
			rc = patch_value(p, &x->value, &y->value, err);
		cut_path(p, at);
	}
	return rc;
}

static int patch_value(struct patching *p, const struct ent_value *a,
		       const struct ent_value *b, struct ent_error *err)
{
	if (ent_value_equal(a, b))
		return ENT_OK;
	if (a->kind == ENT_MAP && b->kind == ENT_MAP)
		return patch_map(p, a, b, err);
	if (a->kind == ENT_LIST && b->kind == ENT_LIST)
		return patch_list(p, a, b, err);
	return add_op(p, "replace", b, err);
}

int ent_state_patch(const struct ent_state *a, const struct ent_state *b,
		    char **out, size_t *out_len, struct ent_error *err)
{
	struct patching p = { .ops = value_list() };
	int rc;

	buf_text(&p.path, "");
	rc = patch_value(&p, &a->alliances, &b->alliances, err);
	if (rc == ENT_OK)
		rc = ent_value_json(&p.ops, ENT_JSON_SAFE, out, out_len, err);
	buf_release(&p.path);
	arena_release(&p.arena);
	return rc;
}
