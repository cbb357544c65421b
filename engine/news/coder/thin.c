/*
 * thin.c - the same event once: what several sentences of an article tell.
 */
#include "news/coder/draft.h"

#include "entente/date.h"
#include "ground/map.h"

#include <string.h>

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_event(const struct draft *a, const struct draft *b)
{
	return strcmp(a->type, b->type) == 0 && same(a->actor, b->actor) &&
	       same(a->alliance, b->alliance) && same(a->target, b->target) &&
	       (same(a->object, b->object) || !a->object || !b->object);
}

static bool inside(const struct ent_date *a, const struct ent_date *b)
{
	return b->lo <= a->lo && a->hi <= b->hi;
}

static bool same_days(const struct draft *a, const struct draft *b)
{
	if (a->moment.guessed || b->moment.guessed)
		return true;
	return inside(&a->days, &b->days) || inside(&b->days, &a->days);
}

static int firmness(const struct draft *draft)
{
	static const char *const ladder[] = { "possible", "planned", "denied",
					      "claim", "fact" };

	for (int i = 0; i < 5; i++)
		if (strcmp(ladder[i], draft->modality) == 0)
			return i;
	return 0;
}

/* How many days its date leaves open. */
static int64_t days_of(const struct draft *draft)
{
	return (int64_t)draft->days.hi - draft->days.lo;
}

/* Is a the better telling of what both say? */
static bool is_better(const struct draft *a, const struct draft *b)
{
	if (firmness(a) != firmness(b))
		return firmness(a) > firmness(b);
	if (a->moment.guessed != b->moment.guessed)
		return !a->moment.guessed;
	if (days_of(a) != days_of(b))
		return days_of(a) < days_of(b);
	return a->score > b->score;
}

/* Drafts that may be the same event share a key, whatever their dates. */
static struct map_key key_of(const struct draft *draft)
{
	const char *parts[] = { draft->type, draft->actor, draft->alliance,
				draft->target };
	uint64_t hash = 14695981039346656037u; /* FNV-1a, 64 bits */

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		for (const char *c = parts[i]; c && *c; c++)
			hash = (hash ^ (unsigned char)*c) * 1099511628211u;
		hash = (hash ^ 0xFF) * 1099511628211u;
	}
	return (struct map_key){ hash, 0 };
}

/* The kept draft that says the same as draft, in the chain that begins at first. */
static struct draft *find_same(struct drafts *drafts, size_t first,
			       const struct draft *draft)
{
	for (size_t k = first; k != NO_DRAFT; k = drafts->items[k].same)
		if (same_event(&drafts->items[k], draft) &&
		    same_days(&drafts->items[k], draft))
			return &drafts->items[k];
	return NULL;
}

/* Behind first in its chain, or the first of a new one. */
static int keep(struct drafts *drafts, struct map *map, const size_t *first,
		size_t place, struct ent_error *err)
{
	struct draft *draft = &drafts->items[place];

	draft->same = NO_DRAFT;
	if (!first)
		return map_add(map, key_of(draft), place, err);
	draft->same = drafts->items[*first].same;
	drafts->items[*first].same = place;
	return ENT_OK;
}

int drafts_thin(struct drafts *drafts, struct ent_error *err)
{
	struct map map = { 0 };
	size_t kept = 0;
	int rc = ENT_OK;

	for (size_t i = 0; i < drafts->count && rc == ENT_OK; i++) {
		struct draft draft = drafts->items[i];
		const size_t *first = map_find(&map, key_of(&draft));
		struct draft *same = first ? find_same(drafts, *first, &draft) :
					     NULL;

		if (same && is_better(&draft, same)) {
			draft.same = same->same;
			*same = draft;
		} else if (!same) {
			drafts->items[kept] = draft;
			rc = keep(drafts, &map, first, kept++, err);
		}
	}
	drafts->count = kept;
	map_release(&map);
	return rc;
}
