/*
 * model_stance.c - from tallies to stances, now that the leads are known.
 */
#include "state/model.h"

#include <stdlib.h>

/* Who leads an alliance that is shown. */
struct led {
	uint32_t lead;
	uint32_t alliance;
};

struct leads {
	struct led *items; /* by lead */
	size_t count;
};

/* A tally that goes into a stance. */
struct part {
	uint32_t alliance;
	const struct tally *tally;
};

struct parts {
	struct part *items;
	size_t count;
	size_t room;
};

static int by_lead(const void *left, const void *right)
{
	const struct led *a = left, *b = right;

	return a->lead < b->lead ? -1 : a->lead > b->lead;
}

static int find_leads(const struct fold *fold, const struct model *model,
		      struct arena *arena, struct leads *out,
		      struct ent_error *err)
{
	struct leads leads = { 0 };

	leads.items = arena_alloc(arena, model->alliances_count *
						 sizeof(*leads.items));
	if (!leads.items)
		return mem_error(err);
	for (size_t i = 0; i < model->alliances_count; i++) {
		uint32_t alliance = model->alliances[i];
		uint32_t lead = fold_lead(fold, alliance);

		if (lead)
			leads.items[leads.count++] =
				(struct led){ lead, alliance };
	}
	if (leads.count > 0)
		qsort(leads.items, leads.count, sizeof(*leads.items), by_lead);
	*out = leads;
	return ENT_OK;
}

/* The first alliance that target leads, if it leads any. */
static size_t first_led(const struct leads *leads, uint32_t target)
{
	size_t lo = 0, hi = leads->count;

	while (lo < hi) {
		size_t middle = lo + (hi - lo) / 2;

		if (leads->items[middle].lead < target)
			lo = middle + 1;
		else
			hi = middle;
	}
	return lo;
}

static int add_part(struct parts *parts, uint32_t alliance,
		    const struct tally *tally, struct ent_error *err)
{
	int rc = mem_grow(&parts->items, &parts->room, parts->count + 1,
			  sizeof(*parts->items), err);

	if (rc == ENT_OK)
		parts->items[parts->count++] = (struct part){ alliance, tally };
	return rc;
}

/* What names an alliance counts there; what is aimed at a lead, in every alliance
 * that it leads. */
static int share_out(const struct fold *fold, const struct model *model,
		     const struct leads *leads, struct parts *parts,
		     struct ent_error *err)
{
	int rc = ENT_OK;

	for (size_t t = 0; rc == ENT_OK && t < fold->tallies.count; t++) {
		const struct tally *tally = &fold->tallies.items[t];

		if (tally->kind == TALLY_NAMED) {
			if (model_shows(model, tally->about))
				rc = add_part(parts, tally->about, tally, err);
			continue;
		}
		for (size_t i = first_led(leads, tally->about);
		     rc == ENT_OK && i < leads->count &&
		     leads->items[i].lead == tally->about;
		     i++)
			rc = add_part(parts, leads->items[i].alliance, tally,
				      err);
	}
	return rc;
}

static int by_stance(const void *left, const void *right)
{
	const struct part *a = left, *b = right;

	if (a->alliance != b->alliance)
		return a->alliance < b->alliance ? -1 : 1;
	if (a->tally->actor != b->tally->actor)
		return a->tally->actor < b->tally->actor ? -1 : 1;
	return 0;
}

static int add_up(struct parts *parts, struct arena *arena, struct model *model,
		  struct ent_error *err)
{
	struct stance *stance = NULL;
	size_t count = 0;

	if (parts->count > 0)
		qsort(parts->items, parts->count, sizeof(*parts->items),
		      by_stance);
	for (size_t i = 0; i < parts->count; i++)
		count += i == 0 || by_stance(&parts->items[i - 1],
					     &parts->items[i]) != 0;
	model->stances = arena_alloc(arena, count * sizeof(*model->stances));
	if (!model->stances)
		return mem_error(err);
	for (size_t i = 0; i < parts->count; i++) {
		const struct part *part = &parts->items[i];

		if (i == 0 || by_stance(part - 1, part) != 0) {
			stance = &model->stances[model->stances_count++];
			stance->alliance = part->alliance;
			stance->actor = part->tally->actor;
		}
		for (unsigned t = 0; t < TYPE_COUNT; t++)
			stance->counts[t] += part->tally->counts[t];
	}
	return ENT_OK;
}

static struct stance *find_stance(const struct model *model, uint32_t alliance,
				  uint32_t actor)
{
	size_t lo = 0, hi = model->stances_count;

	while (lo < hi) {
		size_t middle = lo + (hi - lo) / 2;
		const struct stance *at = &model->stances[middle];

		if (at->alliance < alliance ||
		    (at->alliance == alliance && at->actor < actor))
			lo = middle + 1;
		else
			hi = middle;
	}
	return &model->stances[lo];
}

static bool leads_it(const struct leads *leads, const struct weight *weight)
{
	for (size_t i = first_led(leads, weight->target);
	     i < leads->count && leads->items[i].lead == weight->target; i++)
		if (leads->items[i].alliance == weight->alliance)
			return true;
	return false;
}

/* Once for what names an alliance and is aimed at its lead. */
static void drop_doubles(const struct fold *fold, const struct leads *leads,
			 struct model *model)
{
	for (size_t i = 0; i < fold->tallies.twofold_count; i++) {
		const struct weight *weight = &fold->tallies.twofold[i];

		if (leads_it(leads, weight))
			find_stance(model, weight->alliance, weight->actor)
				->counts[weight->type]--;
	}
}

static size_t score(struct stance *stance)
{
	size_t events = 0;

	for (unsigned t = 0; t < TYPE_COUNT; t++) {
		events += stance->counts[t];
		stance->score += (int64_t)stance->counts[t] *
				 vocabulary_row(t)->type.weight;
	}
	return events;
}

/* ---- causes ---------------------------------------------------------------- */

static void note_cause(struct model *model, uint32_t alliance,
		       const struct cause *cause)
{
	struct stance *stance =
		find_stance(model, alliance, cause->weight.actor);

	stance->seqs[stance->seqs_count++] = cause->seq;
}

static int by_number(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return a < b ? -1 : a > b;
}

/* The events of all stances stand in one array, where each has the room that its
 * counts say. */
static int note_causes(const struct fold *fold, const struct leads *leads,
		       size_t events, struct arena *arena, struct model *model,
		       struct ent_error *err)
{
	uint64_t *seqs = arena_alloc(arena, events * sizeof(*seqs));

	if (!seqs)
		return mem_error(err);
	for (size_t i = 0; i < model->stances_count; i++) {
		model->stances[i].seqs = seqs;
		for (unsigned t = 0; t < TYPE_COUNT; t++)
			seqs += model->stances[i].counts[t];
	}
	for (size_t c = 0; c < fold->causes_count; c++) {
		const struct cause *cause = &fold->causes[c];
		const struct weight *weight = &cause->weight;

		if (model_shows(model, weight->alliance))
			note_cause(model, weight->alliance, cause);
		for (size_t i = first_led(leads, weight->target);
		     i < leads->count && leads->items[i].lead == weight->target;
		     i++)
			if (leads->items[i].alliance != weight->alliance)
				note_cause(model, leads->items[i].alliance,
					   cause);
	}
	for (size_t i = 0; i < model->stances_count; i++)
		qsort(model->stances[i].seqs, model->stances[i].seqs_count,
		      sizeof(*seqs), by_number);
	return ENT_OK;
}

int model_make_stances(const struct fold *fold, struct arena *arena,
		       struct model *model, struct ent_error *err)
{
	struct leads leads = { 0 };
	struct parts parts = { 0 };
	size_t events = 0;
	int rc = find_leads(fold, model, arena, &leads, err);

	if (rc == ENT_OK)
		rc = share_out(fold, model, &leads, &parts, err);
	if (rc == ENT_OK)
		rc = add_up(&parts, arena, model, err);
	mem_free(parts.items);
	if (rc < 0)
		return rc;
	drop_doubles(fold, &leads, model);
	for (size_t i = 0; i < model->stances_count; i++)
		events += score(&model->stances[i]);
	return fold->ask.causes ? note_causes(fold, &leads, events, arena,
					      model, err) : ENT_OK;
}
