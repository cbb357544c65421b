/*
 * model_stance.c - from weights to stances, now that the leads are known.
 */
#include "state/model.h"

#include <stdlib.h>

/* One weight in one alliance. */
struct share {
	uint32_t alliance;
	uint32_t actor;
	uint64_t seq;
	uint8_t type;
};

struct shares {
	struct share *items;
	size_t count;
	size_t room;
};

static int by_share(const void *left, const void *right)
{
	const struct share *a = left, *b = right;

	if (a->alliance != b->alliance)
		return a->alliance < b->alliance ? -1 : 1;
	if (a->actor != b->actor)
		return a->actor < b->actor ? -1 : 1;
	return a->seq < b->seq ? -1 : a->seq > b->seq;
}

static int add_share(struct shares *shares, uint32_t alliance,
		     const struct weight *weight, struct ent_error *err)
{
	int rc = mem_grow(&shares->items, &shares->room, shares->count + 1,
			  sizeof(*shares->items), err);

	if (rc == ENT_OK)
		shares->items[shares->count++] =
			(struct share){ alliance, weight->actor, weight->seq,
					weight->type };
	return rc;
}

/* A weight counts once in the alliance that it names, and in every other whose
 * lead it is aimed at. */
static int share_out(const struct model *model, const struct fold *fold,
		     struct shares *shares, struct ent_error *err)
{
	int rc = ENT_OK;

	for (size_t w = 0; rc == ENT_OK && w < fold->weights_count; w++)
		if (model_shows(model, fold->weights[w].alliance))
			rc = add_share(shares, fold->weights[w].alliance,
				       &fold->weights[w], err);
	for (size_t i = 0; rc == ENT_OK && i < model->alliances_count; i++) {
		struct slot_key key = { model->alliances[i], ASPECT_LEAD, 0 };
		const struct cell *lead = model_cell(model, key);

		for (size_t w = 0;
		     lead && rc == ENT_OK && w < fold->weights_count; w++)
			if (fold->weights[w].target == lead->value)
				rc = add_share(shares, key.scope,
					       &fold->weights[w], err);
	}
	return rc;
}

static void drop_doubles(struct shares *shares)
{
	size_t kept = 0;

	if (shares->count > 0)
		qsort(shares->items, shares->count, sizeof(*shares->items),
		      by_share);
	for (size_t i = 0; i < shares->count; i++)
		if (kept == 0 ||
		    by_share(&shares->items[kept - 1], &shares->items[i]) != 0)
			shares->items[kept++] = shares->items[i];
	shares->count = kept;
}

static void sum_shares(const struct shares *shares, uint64_t *seqs,
		       struct model *model)
{
	struct stance *stance = NULL;

	for (size_t i = 0; i < shares->count; i++) {
		const struct share *share = &shares->items[i];

		if (!stance || stance->alliance != share->alliance ||
		    stance->actor != share->actor) {
			stance = &model->stances[model->stances_count++];
			*stance = (struct stance){ .alliance = share->alliance,
						   .actor = share->actor,
						   .seqs = seqs + i };
		}
		stance->score += vocabulary_row(share->type)->type.weight;
		stance->counts[share->type]++;
		stance->seqs[stance->seqs_count++] = share->seq;
	}
}

int model_make_stances(const struct fold *fold, struct arena *arena,
		       struct model *model, struct ent_error *err)
{
	struct shares shares = { 0 };
	uint64_t *seqs;
	size_t count = 0;
	int rc = share_out(model, fold, &shares, err);

	if (rc < 0)
		goto out;
	drop_doubles(&shares);
	for (size_t i = 0; i < shares.count; i++)
		count += i == 0 ||
			 shares.items[i - 1].alliance !=
				 shares.items[i].alliance ||
			 shares.items[i - 1].actor != shares.items[i].actor;
	seqs = arena_alloc(arena, shares.count * sizeof(*seqs));
	model->stances = arena_alloc(arena, count * sizeof(*model->stances));
	if (seqs && model->stances)
		sum_shares(&shares, seqs, model);
	else
		rc = mem_error(err);
out:
	mem_free(shares.items);
	return rc;
}
