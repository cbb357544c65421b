/*
 * checkpoint_shared.c - counting what two days have in common, so that an entry can
 * be named by its place in a list that nobody makes.
 */
#include "state/checkpoint/checkpoint_rows.h"

#include <stdlib.h>

struct counting {
	const struct lookup *lookup;
	const struct item *ahead_of;
	size_t all, ahead;
	struct item *marks;
	size_t marks_count, marks_room;
};

static void count(struct counting *c, const struct item *item, bool add)
{
	bool ahead = item_compare_place(item, c->ahead_of) < 0;

	if (!item_is_shared(item, c->lookup->shared_until))
		return;
	c->all += add ? 1 : (size_t)-1;
	c->ahead += add ? ahead : (size_t)-(int)ahead;
}

static int keep_mark(struct counting *c, const struct item *item,
		     struct ent_error *err)
{
	int rc = mem_grow(&c->marks, &c->marks_room, c->marks_count + 1,
			  sizeof(*c->marks), err);

	if (rc == ENT_OK)
		c->marks[c->marks_count++] = *item;
	return rc;
}

/* A row that is dated to the day, and lies ahead by its day alone. */
static bool is_plainly_ahead(const struct counting *c, const struct group *g,
			     uint32_t row)
{
	return !group_is_fix(g, row) && !group_is_vague(g, row) &&
	       group_lo(g, row) < c->ahead_of->lo;
}

static int count_series(struct counting *c, const struct group *g,
			uint32_t series, struct ent_error *err)
{
	uint32_t row, end;
	struct item item;
	int rc = ENT_OK;

	group_series_rows(g, series, &row, &end);
	end = row + legs_upper(g, row, end, c->lookup->shared_until);
	for (; rc == ENT_OK && row < end; row++) {
		if (group_seq(g, row) > c->lookup->known)
			continue;
		if (is_plainly_ahead(c, g, row)) {
			c->all++;
			c->ahead++;
			continue;
		}
		rc = group_item(g, series, row, &item, err);
		if (rc == ENT_OK && item.fixed)
			rc = keep_mark(c, &item, err);
		else if (rc == ENT_OK)
			count(c, &item, true);
	}
	return rc;
}

static int by_seq(const void *left, const void *right)
{
	const struct item *a = left, *b = right;

	return a->seq < b->seq ? -1 : a->seq > b->seq;
}

static int take_off_dead(struct counting *c, struct ent_error *err)
{
	int rc = ENT_OK;

	if (c->marks_count > 0)
		qsort(c->marks, c->marks_count, sizeof(*c->marks), by_seq);
	for (size_t i = 0; rc == ENT_OK && i < c->marks_count; i++) {
		bool dead = false;

		if (i > 0 && c->marks[i].seq == c->marks[i - 1].seq)
			continue;
		rc = legs_is_dead(c->lookup->txn, c->marks[i].seq,
				  c->lookup->known, &dead, err);
		if (rc == ENT_OK && dead)
			count(c, &c->marks[i], false);
	}
	return rc;
}

int lookup_left_out(const struct lookup *lookup, uint32_t alliance,
		    uint64_t series, const struct item *ahead_of, size_t *out,
		    struct ent_error *err)
{
	struct counting c = { .lookup = lookup, .ahead_of = ahead_of };
	struct places *places = mem_new(1, sizeof(*places));
	int rc = places ? lookup_group(lookup,
				       series_group(GROUP_ALLIANCE, alliance),
				       places, err) : mem_error(err);

	for (size_t i = 0; rc == ENT_OK && i < places->count; i++)
		for (uint32_t s = 0;
		     rc == ENT_OK && s < places->groups[i].series; s++)
			if (group_series(&places->groups[i], s) == series)
				rc = count_series(&c, &places->groups[i], s,
						  err);
	if (rc == ENT_OK)
		rc = take_off_dead(&c, err);
	if (rc == ENT_OK)
		*out = c.ahead - (c.ahead == c.all && c.all > 0);
	if (places)
		places_release(places);
	mem_free(places);
	mem_free(c.marks);
	return rc;
}
