/*
 * checkpoint_rows.c - from each series as many rows as it takes to be sure.
 */
#include "state/checkpoint/checkpoint_rows.h"

#include "log/fixes.h"
#include "log/log.h"
#include "log/row_walk.h"
#include "state/checkpoint/checkpoint_private.h"

#include <string.h>

int lookup_begin(struct store_txn *txn, uint64_t known, int32_t day,
		 size_t last, struct lookup *out, struct ent_error *err)
{
	struct lookup lookup = { .txn = txn,
				 .known = known,
				 .day = day,
				 .last = last,
				 .shared_until = ENT_DAY_OPEN_START };
	int rc = checkpoint_list(txn, &lookup.spans, err);

	while (lookup.spans.count > 0 &&
	       lookup.spans.items[lookup.spans.count - 1].first > known)
		lookup.spans.count--;
	lookup.tail = (struct span){ spans_last(&lookup.spans) + 1, known };
	lookup.has_tail = lookup.tail.first <= known;
	if (rc == ENT_OK)
		*out = lookup;
	return rc;
}

/* ---- the groups ---------------------------------------------------------- */

static int pack_tail(const struct lookup *lookup, uint64_t group,
		     struct buf *out, struct ent_error *err)
{
	struct items items = { 0 };
	int rc = checkpoint_items_of(lookup->txn, &lookup->tail, group, &items,
				     err);

	if (rc == ENT_OK && items.count > 0)
		group_pack(items.items, items.count, out);
	mem_free(items.items);
	return rc == ENT_OK ? buf_check(out, err) : rc;
}

int lookup_group(const struct lookup *lookup, uint64_t group,
		 struct places *out, struct ent_error *err)
{
	struct ent_bytes tail;
	int rc = ENT_OK;

	for (size_t i = 0; rc >= 0 && i < lookup->spans.count; i++) {
		rc = checkpoint_group(lookup->txn, group,
				      lookup->spans.items[i].first,
				      &out->groups[out->count], err);
		out->count += rc == ENT_OK;
	}
	if (rc >= 0 && lookup->has_tail)
		rc = pack_tail(lookup, group, &out->tail, err);
	if (rc < 0 || out->tail.len == 0)
		return rc < 0 ? rc : ENT_OK;
	tail = (struct ent_bytes){ out->tail.data, out->tail.len };
	rc = group_read(group, tail, &out->groups[out->count], err);
	out->count += rc == ENT_OK;
	return rc;
}

void places_release(struct places *places)
{
	buf_release(&places->tail);
}

/* ---- series by series ------------------------------------------------------- */

/* A question about an alliance under way. */
struct search {
	const struct lookup *lookup;
	struct legs legs;
	struct legs dissolved; /* kept for the end: memberships say how far */
	struct found_rows *found;
	size_t before;     /* rows that are not of this alliance */
	size_t attributes; /* and those and its attributes */
	int32_t earliest; /* the first day on which a membership is still open */
};

static int take(const struct item *item, void *arg, struct ent_error *err)
{
	struct search *s = arg;
	struct found_rows *found = s->found;
	int rc = mem_grow(&found->items, &found->room, found->count + 1,
			  sizeof(*found->items), err);

	if (rc == ENT_OK)
		series_row(item, &found->items[found->count++]);
	return rc;
}

static bool counts(const struct item *item, int32_t day)
{
	return item->lo == ENT_DAY_OPEN_START ? item->hi <= day :
						item->lo <= day;
}

/* It holds on the day, so nothing ahead of it in a slot without certainty does. */
static bool holds(const struct item *item, int32_t day)
{
	return counts(item, day) && item->until_hi >= day;
}

enum attribute {
	HAS_STATUS = 1,
	HAS_NAME = 2,
	HAS_FOUNDED = 4,
	HAS_LEAD = 8,
	HAS_KIND = 16,
	HAS_PREDECESSOR = 32,
	HAS_ALL = 63
};

static unsigned attributes_of(const struct item *item)
{
	unsigned has = 0;

	switch (item->type) {
	case TYPE_ALLIANCE_RENAMED:
		return HAS_NAME;
	case TYPE_ALLIANCE_LED:
		return HAS_LEAD;
	case TYPE_ALLIANCE_DISSOLVED:
		return HAS_STATUS;
	default:
		has = HAS_STATUS | HAS_FOUNDED;
		has |= item->flags & ROW_HAS_NAME ? HAS_NAME : 0;
		has |= item->flags & ROW_HAS_LEAD ? HAS_LEAD : 0;
		has |= item->flags & ROW_HAS_KIND ? HAS_KIND : 0;
		has |= item->flags & ROW_HAS_PREDECESSOR ? HAS_PREDECESSOR : 0;
		return has;
	}
}

static int take_attributes(struct search *s, struct ent_error *err)
{
	unsigned has = 0;
	struct item item;
	int rc = ENT_OK;

	while (has != HAS_ALL &&
	       (rc = legs_next(&s->legs, &item, err)) == ENT_OK) {
		rc = take(&item, s, err);
		if (rc < 0)
			break;
		if (holds(&item, s->legs.day))
			has |= attributes_of(&item);
	}
	s->attributes = s->found->count;
	return rc < 0 ? rc : ENT_OK;
}

/* From this one on nothing ahead of it matters but what may have happened later. */
static bool is_sure(const struct item *item)
{
	return !item_is_vague(item);
}

/* What may decide a slot for some choice of days: back to the last row that is
 * sure, and what of the rest may have happened behind it.  *out_cut is its day. */
static int take_possible(struct search *s, int32_t *out_cut, bool *out_joined,
			 struct ent_error *err)
{
	struct item item;
	int rc;

	*out_cut = INT32_MIN;
	*out_joined = false;
	while ((rc = legs_next(&s->legs, &item, err)) == ENT_OK) {
		rc = take(&item, s, err);
		if (rc < 0)
			return rc;
		*out_joined |= item.type == TYPE_MEMBER_JOINED &&
			       holds(&item, s->legs.day);
		if (is_sure(&item)) {
			*out_cut = item.lo;
			return legs_reaching(&s->legs, item.lo,
					     ENT_DAY_OPEN_START, take, s, err);
		}
	}
	return rc < 0 ? rc : ENT_OK;
}

/* A membership also says when the member joined last. */
static int take_member(struct search *s, struct ent_error *err)
{
	struct item item;
	int32_t cut = 0;
	bool joined = false;
	int rc = take_possible(s, &cut, &joined, err);

	s->earliest = cut < s->earliest ? cut : s->earliest;
	while (rc == ENT_OK && !joined && !s->lookup->members_only &&
	       (rc = legs_next(&s->legs, &item, err)) == ENT_OK) {
		if (item.type != TYPE_MEMBER_JOINED)
			continue;
		joined = holds(&item, s->legs.day);
		if (!item_is_vague(&item) || item.hi < cut)
			rc = take(&item, s, err); /* else it is taken */
	}
	return rc < 0 ? rc : ENT_OK;
}

/* All but what any later day has too; the last of that stands for it. */
static int take_list(struct search *s, struct ent_error *err)
{
	struct item item;
	int rc;

	while ((rc = legs_next(&s->legs, &item, err)) == ENT_OK) {
		rc = take(&item, s, err);
		if (rc < 0)
			return rc;
		if (item_is_shared(&item, s->lookup->shared_until))
			return legs_reaching(&s->legs, ENT_DAY_OPEN_START + 1,
					     s->lookup->shared_until, take, s,
					     err);
	}
	return rc < 0 ? rc : ENT_OK;
}

/* The last so many that hold; 0 for all. */
static int take_latest(struct search *s, size_t last, struct ent_error *err)
{
	size_t taken = 0;
	struct item item;
	int rc = ENT_OK;

	while ((last == 0 || taken < last) &&
	       (rc = legs_next(&s->legs, &item, err)) == ENT_OK) {
		rc = take(&item, s, err);
		if (rc < 0)
			break;
		taken += holds(&item, s->legs.day);
	}
	return rc < 0 ? rc : ENT_OK;
}

static int take_series(struct search *s, struct ent_error *err)
{
	size_t last = s->lookup->last;
	int32_t cut;
	bool joined;

	switch (series_kind(s->legs.series)) {
	case SERIES_ATTRIBUTES:
		return take_attributes(s, err);
	case SERIES_DISSOLVED:
		s->dissolved = s->legs;
		return ENT_OK;
	case SERIES_CHAIR:
		return take_possible(s, &cut, &joined, err);
	case SERIES_MEMBER:
		return take_member(s, err);
	case SERIES_EXERCISE:
		return take_latest(s, 1, err);
	case SERIES_EXERCISES: /* named ones stand among them, wherever */
		return take_latest(s, last, err);
	default:
		return last == 0 ? take_list(s, err) :
				   take_latest(s, last, err);
	}
}

/* Once for each: those that say the alliance's status are there. */
static int take_dissolution(const struct item *item, void *arg,
			    struct ent_error *err)
{
	struct search *s = arg;

	for (size_t i = s->before; i < s->attributes; i++)
		if (s->found->items[i].seq == item->seq)
			return ENT_OK;
	return take(item, s, err);
}

/* A dissolution that surely lies ahead of what every membership rests on changes
 * none of them. */
static int take_dissolved(struct search *s, struct ent_error *err)
{
	struct item item;
	int rc;

	while ((rc = legs_next(&s->dissolved, &item, err)) == ENT_OK) {
		rc = take_dissolution(&item, s, err);
		if (rc < 0)
			return rc;
		if (item.lo < s->earliest)
			return legs_reaching(&s->dissolved, s->earliest,
					     ENT_DAY_OPEN_START,
					     take_dissolution, s, err);
	}
	return rc < 0 ? rc : ENT_OK;
}

/* ---- all series of a group, each once ---------------------------------------- */

static uint64_t next_series(const struct places *places, const uint32_t *at)
{
	uint64_t next = UINT64_MAX;

	for (size_t i = 0; i < places->count; i++)
		if (at[i] < places->groups[i].series &&
		    group_series(&places->groups[i], at[i]) < next)
			next = group_series(&places->groups[i], at[i]);
	return next;
}

static void gather_legs(const struct places *places, uint32_t *at,
			struct legs *legs)
{
	legs->count = 0;
	legs->marked = 0;
	for (size_t i = 0; i < places->count; i++) {
		const struct group *group = &places->groups[i];

		if (at[i] < group->series &&
		    group_series(group, at[i]) == legs->series)
			legs_add(legs, group, at[i]++);
	}
}

static bool is_asked(const struct search *s)
{
	enum series_kind kind = series_kind(s->legs.series);

	return !s->lookup->members_only || kind == SERIES_MEMBER ||
	       kind == SERIES_DISSOLVED;
}

static int search_places(struct search *s, const struct places *places,
			 struct ent_error *err)
{
	uint32_t at[LEGS_MAX] = { 0 };
	int rc = ENT_OK;

	while (rc == ENT_OK) {
		s->legs.series = next_series(places, at);
		if (s->legs.series == UINT64_MAX)
			break;
		gather_legs(places, at, &s->legs);
		if (s->legs.count > 0 && is_asked(s))
			rc = take_series(s, err);
	}
	return rc == ENT_OK ? take_dissolved(s, err) : rc;
}

int lookup_rows(const struct lookup *lookup, uint32_t alliance,
		struct found_rows *out, struct ent_error *err)
{
	struct places *places = mem_new(1, sizeof(*places));
	struct search search = {
		.lookup = lookup,
		.legs = { .txn = lookup->txn,
			  .known = lookup->known,
			  .day = lookup->day },
		.found = out,
		.before = out->count,
		.attributes = out->count,
		.earliest = INT32_MAX,
	};
	int rc;

	if (!places)
		return mem_error(err);
	rc = lookup_group(lookup, series_group(GROUP_ALLIANCE, alliance),
			  places, err);
	if (rc == ENT_OK)
		rc = search_places(&search, places, err);
	places_release(places);
	mem_free(places);
	return rc;
}
