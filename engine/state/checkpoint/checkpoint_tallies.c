/*
 * checkpoint_tallies.c - counting what weighs in stances, by actor and type.
 *
 * All rows of the window are counted, and those that are dead taken off again: they
 * are few, and each has a mark.
 */
#include "state/checkpoint/checkpoint_rows.h"

#include "log/codes.h"

#include <stdlib.h>
#include <string.h>

/* A count under way. */
struct counting {
	const struct lookup *lookup;
	int32_t after;
	uint32_t not_of; /* rows of this alliance are left out; 0 for none */
	struct stance_counts *out;
	uint32_t *number; /* of an actor's tally, counted from 1; by code */
	uint64_t codes;
	bool weighs[TYPE_COUNT];
	struct item *marks;
	size_t marks_count, marks_room;
};

static int tally_of(struct counting *c, uint32_t actor, struct stance_count **out,
		    struct ent_error *err)
{
	struct stance_counts *t = c->out;
	int rc;

	if (actor > c->codes)
		return ent_error_set(err, ENT_ECORRUPT,
				     "a checkpoint has the code %u of %llu",
				     actor, (unsigned long long)c->codes);
	if (c->number[actor] == 0) {
		rc = mem_grow(&t->items, &t->room, t->count + 1,
			      sizeof(*t->items), err);
		if (rc < 0)
			return rc;
		t->items[t->count++] = (struct stance_count){ .actor = actor };
		c->number[actor] = (uint32_t)t->count;
	}
	*out = &t->items[c->number[actor] - 1];
	return ENT_OK;
}

static bool is_counted(const struct counting *c, const struct group *g,
		       uint32_t row)
{
	uint8_t type = group_type(g, row), modality = group_modality(g, row);

	return type < TYPE_COUNT && c->weighs[type] &&
	       (modality == MODALITY_FACT || modality == MODALITY_CLAIM) &&
	       group_seq(g, row) <= c->lookup->known &&
	       (c->not_of == 0 || group_other(g, row) != c->not_of) &&
	       group_who(g, row) != 0;
}

static int keep_mark(struct counting *c, const struct group *g,
		     uint32_t series, uint32_t row, struct ent_error *err)
{
	int rc = mem_grow(&c->marks, &c->marks_room, c->marks_count + 1,
			  sizeof(*c->marks), err);

	if (rc == ENT_OK)
		rc = group_item(g, series, row, &c->marks[c->marks_count], err);
	c->marks_count += rc == ENT_OK;
	return rc;
}

static int keep_event(struct stance_counts *t, uint32_t actor, uint64_t seq,
		      struct ent_error *err)
{
	int rc = mem_grow(&t->events, &t->events_room, t->events_count + 1,
			  sizeof(*t->events), err);

	if (rc == ENT_OK)
		t->events[t->events_count++] = (struct tallied){ actor, seq };
	return rc;
}

static int count_row(struct counting *c, const struct group *g,
		     uint32_t series, uint32_t row, struct ent_error *err)
{
	struct stance_count *tally = NULL;
	int rc;

	if (!is_counted(c, g, row))
		return ENT_OK;
	if (group_is_fix(g, row))
		return keep_mark(c, g, series, row, err);
	rc = tally_of(c, group_who(g, row), &tally, err);
	if (rc == ENT_OK)
		tally->counts[group_type(g, row)]++;
	if (rc == ENT_OK && c->lookup->with_seqs)
		rc = keep_event(c->out, group_who(g, row), group_seq(g, row),
				err);
	return rc;
}

static int count_series(struct counting *c, const struct group *g,
			uint32_t series, struct ent_error *err)
{
	uint32_t first, end, row, last;
	int rc = ENT_OK;

	group_series_rows(g, series, &first, &end);
	row = first + legs_upper(g, first, end, c->after);
	last = first + legs_upper(g, first, end, c->lookup->day);
	while (rc == ENT_OK && row < last) {
		if (row % GROUP_CHUNK == 0 &&
		    group_chunk_lowest(g, row) > c->lookup->known) {
			row += GROUP_CHUNK;
			continue;
		}
		rc = count_row(c, g, series, row++, err);
	}
	return rc;
}

static bool has_weights(uint64_t series)
{
	return series_kind(series) >= SERIES_COMMITMENTS;
}

static int by_seq(const void *left, const void *right)
{
	const struct item *a = left, *b = right;

	return a->seq < b->seq ? -1 : a->seq > b->seq;
}

/* Those of the first count marks, which ascend. */
static void drop_events(struct stance_counts *t, const struct item *marks,
			size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; count > 0 && i < t->events_count; i++) {
		struct item wanted = { .seq = t->events[i].seq };

		if (!bsearch(&wanted, marks, count, sizeof(*marks), by_seq))
			t->events[kept++] = t->events[i];
	}
	if (count > 0)
		t->events_count = kept;
}

static int take_off_dead(struct counting *c, struct ent_error *err)
{
	struct stance_count *tally = NULL;
	size_t dead_count = 0; /* whose numbers are at the front of marks */
	uint64_t before = 0;
	int rc = ENT_OK;

	if (c->marks_count > 0)
		qsort(c->marks, c->marks_count, sizeof(*c->marks), by_seq);
	for (size_t i = 0; rc == ENT_OK && i < c->marks_count; i++) {
		const struct item *mark = &c->marks[i];
		bool dead = false;

		if (mark->seq == before)
			continue;
		before = mark->seq;
		rc = legs_is_dead(c->lookup->txn, mark->seq, c->lookup->known,
				  &dead, err);
		if (rc == ENT_OK && dead)
			rc = tally_of(c, mark->who, &tally, err);
		if (rc == ENT_OK && dead) {
			tally->counts[mark->type]--;
			c->marks[dead_count++].seq = mark->seq;
		}
	}
	drop_events(c->out, c->marks, dead_count);
	c->marks_count = 0;
	return rc;
}

static int count_group(struct counting *c, uint64_t group,
		       struct ent_error *err)
{
	struct places *places = mem_new(1, sizeof(*places));
	int rc = places ? lookup_group(c->lookup, group, places, err) :
			  mem_error(err);

	for (size_t i = 0; rc == ENT_OK && i < places->count; i++)
		for (uint32_t s = 0;
		     rc == ENT_OK && s < places->groups[i].series; s++)
			if (has_weights(group_series(&places->groups[i], s)))
				rc = count_series(c, &places->groups[i], s,
						  err);
	if (rc == ENT_OK)
		rc = take_off_dead(c, err);
	if (places)
		places_release(places);
	mem_free(places);
	return rc;
}

static bool is_empty(const struct stance_count *tally)
{
	for (unsigned t = 0; t < TYPE_COUNT; t++)
		if (tally->counts[t] > 0)
			return false;
	return true;
}

static int by_actor(const void *left, const void *right)
{
	const struct stance_count *a = left, *b = right;

	return a->actor < b->actor ? -1 : a->actor > b->actor;
}

static int by_actor_and_seq(const void *left, const void *right)
{
	const struct tallied *a = left, *b = right;

	if (a->actor != b->actor)
		return a->actor < b->actor ? -1 : 1;
	return a->seq < b->seq ? -1 : a->seq > b->seq;
}

static void drop_empty(struct stance_counts *t)
{
	size_t kept = 0;

	for (size_t i = 0; i < t->count; i++)
		if (!is_empty(&t->items[i]))
			t->items[kept++] = t->items[i];
	t->count = kept;
	if (kept > 0)
		qsort(t->items, kept, sizeof(*t->items), by_actor);
	if (t->events_count > 0)
		qsort(t->events, t->events_count, sizeof(*t->events),
		      by_actor_and_seq);
}

void stance_counts_release(struct stance_counts *tallies)
{
	mem_free(tallies->items);
	mem_free(tallies->events);
}

int lookup_counts(const struct lookup *lookup, uint32_t alliance,
		   uint32_t lead, int32_t after, struct stance_counts *out,
		   struct ent_error *err)
{
	struct counting c = { .lookup = lookup, .after = after, .out = out };
	int rc = store_count(lookup->txn, STORE_TEXTS, &c.codes, err);

	for (unsigned t = 0; t < TYPE_COUNT; t++)
		c.weighs[t] = vocabulary_row(t)->type.weighed;
	c.number = mem_new((size_t)c.codes + 1, sizeof(*c.number));
	if (rc == ENT_OK && !c.number)
		rc = mem_error(err);
	if (rc == ENT_OK)
		rc = count_group(&c, series_group(GROUP_ALLIANCE, alliance),
				 err);
	c.not_of = alliance;
	if (rc == ENT_OK && lead)
		rc = count_group(&c, series_group(GROUP_TARGET, lead), err);
	if (rc == ENT_OK)
		drop_empty(out);
	mem_free(c.marks);
	mem_free(c.number);
	return rc;
}
