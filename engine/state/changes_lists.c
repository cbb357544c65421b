/*
 * changes_lists.c - events that come into and leave lists, and stances.
 */
#include "state/diff.h"

#include <assert.h>
#include <stdio.h>

static const struct ent_value null_value = { .kind = ENT_NULL };

/* ---- lists ---------------------------------------------------------------------------- */

/* How many more entries one list has got than it has lost, up to some place. */
struct gained {
	uint32_t alliance;
	enum list list;
	ptrdiff_t count;
};

/* The position of an entry in its list. */
static int find_place(struct comparing *c, const struct model *model,
		      size_t index, struct gained *gained, size_t *out,
		      struct ent_error *err)
{
	const struct entry *entry = &model->entries[index];
	bool added = model == c->b;

	if (!c->whole)
		return model_entry_place(c->diff->renderer.txn, model, index,
					 &c->left_out, out, err);
	if (gained->alliance != entry->alliance || gained->list != entry->list)
		*gained = (struct gained){ entry->alliance, entry->list, 0 };
	*out = whole_place(c->whole, entry) +
	       (added ? (size_t)gained->count : 0);
	gained->count += added ? 1 : -1;
	return ENT_OK;
}

/* An entry that only one side has. */
static int add_entry(struct comparing *c, const struct model *model,
		     size_t index, struct gained *gained, struct ent_error *err)
{
	const struct entry *entry = &model->entries[index];
	bool added = model == c->b;
	size_t place = 0;
	struct causes causes = { 0 };
	struct ent_value value = value_null();
	char position[24];
	int rc = render_entry(&c->diff->renderer, entry, &value, err);

	if (rc == ENT_OK)
		rc = find_place(c, model, index, gained, &place, err);
	snprintf(position, sizeof(position), "%zu", place);
	if (rc == ENT_OK && added)
		rc = causes_add(&causes, entry->seq, err);
	else if (rc == ENT_OK)
		rc = causes_of_end(c, entry->seq, &causes, err);
	if (rc == ENT_OK)
		rc = change_add_leaf(c, entry->alliance, list_key(entry->list),
			      position, NULL, added ? NULL : &value,
			      added ? &value : NULL, &causes, err);
	mem_free(causes.seqs);
	return rc;
}

int changes_of_lists(struct comparing *c, struct ent_error *err)
{
	const struct model *a = c->a, *b = c->b;
	struct gained gained = { 0 };
	size_t i = 0, j = 0;
	int rc = ENT_OK;

	while (rc == ENT_OK && (i < a->entries_count || j < b->entries_count)) {
		int order = i == a->entries_count ? 1 :
			    j == b->entries_count ? -1 :
			    entry_compare(&a->entries[i], &b->entries[j]);

		if (order < 0)
			rc = add_entry(c, a, i, &gained, err);
		else if (order > 0)
			rc = add_entry(c, b, j, &gained, err);
		i += order <= 0;
		j += order >= 0;
	}
	return rc;
}

/* ---- stances ---------------------------------------------------------------------------- */

static bool has_seq(const struct stance *stance, uint64_t seq)
{
	size_t lo = 0, hi = stance ? stance->seqs_count : 0;

	while (lo < hi) {
		size_t middle = lo + (hi - lo) / 2;

		if (stance->seqs[middle] == seq)
			return true;
		if (stance->seqs[middle] < seq)
			lo = middle + 1;
		else
			hi = middle;
	}
	return false;
}

static int causes_of_stance(struct comparing *c, const struct stance *a,
			    const struct stance *b, struct causes *out,
			    struct ent_error *err)
{
	int rc = ENT_OK;

	for (size_t i = 0; b && rc == ENT_OK && i < b->seqs_count; i++)
		if (!has_seq(a, b->seqs[i]))
			rc = causes_add(out, b->seqs[i], err);
	for (size_t i = 0; a && rc == ENT_OK && i < a->seqs_count; i++)
		if (!has_seq(b, a->seqs[i]))
			rc = causes_of_end(c, a->seqs[i], out, err);
	return rc;
}

static int compare_counts(struct comparing *c, uint32_t alliance,
			  const char *actor, const struct ent_value *from,
			  const struct ent_value *to,
			  const struct causes *causes, struct ent_error *err)
{
	const struct ent_value *a = ent_value_get(from, "counts");
	const struct ent_value *b = ent_value_get(to, "counts");
	struct buf path = { 0 };
	int rc = ENT_OK;

	for (unsigned t = 0; rc == ENT_OK && t < TYPE_COUNT; t++) {
		const char *type = vocabulary_row(t)->type.name;
		const struct ent_value *x = ent_value_get(a, type);
		const struct ent_value *y = ent_value_get(b, type);

		if (ent_value_equal(x ? x : &null_value, y ? y : &null_value))
			continue;
		rc = change_path(c, alliance, "stance", actor, "counts", &path,
			       err);
		pointer_add(&path, type);
		if (rc == ENT_OK)
			rc = buf_check(&path, err);
		if (rc == ENT_OK)
			rc = change_add(c, path.data, x, y, causes, err);
	}
	buf_release(&path);
	return rc;
}

static int compare_stance(struct comparing *c, const struct stance *a,
			  const struct stance *b, struct ent_error *err)
{
	static const char *const leaves[] = { "class", "score", NULL };
	const struct stance *any = a ? a : b;
	struct renderer *r = &c->diff->renderer;
	struct ent_value from, to;
	struct causes causes = { 0 };
	const char *actor = NULL;
	int rc;

	assert(any);

	rc = render_code(r, any->actor, &actor, err);
	if (rc == ENT_OK)
		rc = render_stance(r, a, &from, err);
	if (rc == ENT_OK)
		rc = render_stance(r, b, &to, err);
	if (rc == ENT_OK)
		rc = causes_of_stance(c, a, b, &causes, err);
	if (rc == ENT_OK)
		rc = change_add_leaves(c, any->alliance, "stance", actor, &from,
				    &to, leaves, &causes, err);
	if (rc == ENT_OK)
		rc = compare_counts(c, any->alliance, actor, &from, &to,
				    &causes, err);
	mem_free(causes.seqs);
	return rc;
}

static int stance_order(const struct stance *a, const struct stance *b)
{
	if (a->alliance != b->alliance)
		return a->alliance < b->alliance ? -1 : 1;
	return a->actor < b->actor ? -1 : a->actor > b->actor;
}

int changes_of_stances(struct comparing *c, struct ent_error *err)
{
	size_t i = 0, j = 0;
	int rc = ENT_OK;

	while (rc == ENT_OK &&
	       (i < c->a->stances_count || j < c->b->stances_count)) {
		const struct stance *a =
			i < c->a->stances_count ? &c->a->stances[i] : NULL;
		const struct stance *b =
			j < c->b->stances_count ? &c->b->stances[j] : NULL;
		int order = !a ? 1 : !b ? -1 : stance_order(a, b);

		i += order <= 0;
		j += order >= 0;
		if (order != 0 || !stance_equal(a, b))
			rc = compare_stance(c, order <= 0 ? a : NULL,
					    order >= 0 ? b : NULL, err);
	}
	return rc;
}
