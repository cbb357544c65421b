/*
 * certainty.c - every value that a slot may have on a day, when dates are only
 * known to lie in [lo, hi].
 *
 * Plain puts.  Let x be a put that cannot be out of effect (hi <= day, and its
 * until is not past).  Wherever the days fall, something at or behind x's earliest
 * place decides.  So with M the latest earliest place of those x, a put e
 * can decide if and only if its latest place - on the day min(hi, day) - is not
 * before M; the slot can be empty if and only if there is no such x.  Taking e as
 * late as possible only helps it, and all others choose their days freely, so
 * this is exact, in one pass.  (notes: "fold at the earliest, fold at the latest,
 * compare" is wrong for one in ten of the cases where both agree.)
 *
 * Sweeps.  A sweep changes the slot where it then has one of certain values.  The
 * outcome is the last plain put e, or the sweep's value when e's is one that it
 * changes and some sweep falls behind e; the first of those decides.  So such an
 * e also needs its latest place behind the earliest place of every sweep that must
 * be in effect; and a sweep decides when some such e has a place before it that is
 * still not before M, with no other sweep that must fall between.
 *
 * Sweeps together with `until` depend on each other in more ways than that:
 * certainty_until.c tries them all.
 */
#include "state/certainty.h"

#include <string.h>

static bool changes(const struct put *sweep, uint32_t value)
{
	return value < 32 && (sweep->over >> value & 1);
}

/* The latest earliest place of those that must hold; of sweeps, only those that
 * change value.  false: there is none. */
static bool barrier(const struct puts *puts, int32_t day, uint32_t value,
		    struct place *out)
{
	bool found = false;

	for (size_t i = 0; puts && i < puts->count; i++) {
		const struct put *put = &puts->items[i];
		struct place place = put_earliest(put);

		if (!put_must_hold(put, day) ||
		    (put->over && !changes(put, value)))
			continue;
		if (!found || place_compare(place, *out) > 0)
			*out = place;
		found = true;
	}
	return found;
}

/* The latest place of put that lies before wall.  false: there is none. */
static bool latest_before(const struct put *put, struct place wall,
			  struct place *out)
{
	struct place place = put_latest(put, wall.day);

	if (put->lo > wall.day)
		return false;
	if (place_compare(place, wall) >= 0) {
		if (place.day == put->lo)
			return false; /* its phase or number is behind */
		place.day--;
	}
	*out = place;
	return true;
}

/* Every other sweep that must be in effect and would change value lies before
 * the put at `from`, or can lie behind the sweep at `to`. */
static bool others_make_room(const struct puts *sweeps,
			     const struct put *sweep, uint32_t value,
			     struct place from, struct place to, int32_t day)
{
	for (size_t i = 0; i < sweeps->count; i++) {
		const struct put *x = &sweeps->items[i];

		if (x != sweep && changes(x, value) && put_must_hold(x, day) &&
		    place_compare(put_earliest(x), from) > 0 &&
		    place_compare(put_latest(x, day), to) < 0)
			return false;
	}
	return true;
}

/* Can the sweep decide when it lies at `at`?  It needs a put that it changes
 * before it, yet not before the wall of the plain puts. */
static bool decides_at(const struct puts *puts, const struct puts *sweeps,
		       const struct put *sweep, struct place at,
		       const struct place *wall, int32_t day)
{
	struct place place;

	for (size_t i = 0; i < puts->count; i++) {
		const struct put *put = &puts->items[i];

		if (changes(sweep, put->value) &&
		    latest_before(put, at, &place) &&
		    (!wall || place_compare(place, *wall) >= 0) &&
		    others_make_room(sweeps, sweep, put->value, place, at, day))
			return true;
	}
	return false;
}

/* The later it lies, the more room for the put before it; only to let another
 * sweep fall behind it may it help to lie earlier. */
static bool sweep_decides(const struct puts *puts, const struct puts *sweeps,
			  const struct put *sweep, const struct place *wall,
			  int32_t day)
{
	struct place at = put_latest(sweep, day);

	if (decides_at(puts, sweeps, sweep, at, wall, day))
		return true;
	for (size_t i = 0; i < sweeps->count; i++) {
		const struct put *x = &sweeps->items[i];

		if (x != sweep && put_must_hold(x, day) &&
		    latest_before(sweep, put_latest(x, day), &at) &&
		    decides_at(puts, sweeps, sweep, at, wall, day))
			return true;
	}
	return false;
}

static int closed_form(const struct puts *puts, const struct puts *sweeps,
		       int32_t day, struct outcomes *out, struct ent_error *err)
{
	struct place wall = { 0 }, sweep_wall = { 0 };
	bool has_wall = barrier(puts, day, 0, &wall);
	int rc = ENT_OK;

	out->may_be_empty = !has_wall;
	for (size_t i = 0; rc == ENT_OK && i < puts->count; i++) {
		const struct put *put = &puts->items[i];
		struct place place = put_latest(put, day);

		if (!put_may_hold(put, day) ||
		    (has_wall && place_compare(place, wall) < 0))
			continue;
		if (barrier(sweeps, day, put->value, &sweep_wall) &&
		    place_compare(place, sweep_wall) < 0)
			continue;
		rc = outcomes_add(out, put, err);
	}
	for (size_t i = 0; rc == ENT_OK && sweeps && i < sweeps->count; i++) {
		const struct put *sweep = &sweeps->items[i];

		if (put_may_hold(sweep, day) &&
		    sweep_decides(puts, sweeps, sweep, has_wall ? &wall : NULL,
				  day))
			rc = outcomes_add(out, sweep, err);
	}
	return rc;
}

static bool has_until(const struct puts *puts)
{
	for (size_t i = 0; puts && i < puts->count; i++)
		if (puts->items[i].until_hi != ENT_DAY_OPEN_END ||
		    puts->items[i].until_lo != ENT_DAY_OPEN_END)
			return true;
	return false;
}

int outcomes_add(struct outcomes *out, const struct put *put,
		 struct ent_error *err)
{
	int rc;

	for (size_t i = 0; i < out->count; i++)
		if (out->puts[i] == put)
			return ENT_OK;
	rc = mem_grow(&out->puts, &out->room, out->count + 1,
		      sizeof(*out->puts), err);
	if (rc == ENT_OK)
		out->puts[out->count++] = put;
	return rc;
}

int slot_outcomes(const struct puts *puts, const struct puts *sweeps,
		  int32_t day, struct outcomes *out, struct ent_error *err)
{
	*out = (struct outcomes){ 0 };
	if (sweeps && sweeps->count > 0 &&
	    (has_until(puts) || has_until(sweeps)))
		return outcomes_try_all(puts, sweeps, day, out, err);
	return closed_form(puts, sweeps, day, out, err);
}

void outcomes_release(struct outcomes *outcomes)
{
	mem_free(outcomes->puts);
	*outcomes = (struct outcomes){ 0 };
}

/* ---- a cell -------------------------------------------------------------- */

static void note_value(struct cell *cell, uint32_t value)
{
	for (size_t i = 0; i < cell->possible_count; i++)
		if (cell->possible[i] == value)
			return;
	cell->possible[cell->possible_count++] = value;
}

static void note_event(struct cell *cell, const struct put *put,
		       const struct put **order)
{
	size_t at = cell->events_count;

	while (at > 0 && put_compare(order[at - 1], put) > 0) {
		order[at] = order[at - 1];
		cell->events[at] = cell->events[at - 1];
		at--;
	}
	order[at] = put;
	cell->events[at] = put->seq;
	cell->events_count++;
}

static int fill_cell(struct cell *cell, const struct outcomes *outcomes,
		     struct arena *arena, struct ent_error *err)
{
	size_t room = outcomes->count + 2;
	const struct put **order = arena_alloc(arena, room * sizeof(*order));

	cell->possible = arena_alloc(arena, room * sizeof(*cell->possible));
	cell->events = arena_alloc(arena, room * sizeof(*cell->events));
	if (!order || !cell->possible || !cell->events)
		return mem_error(err);
	note_value(cell, cell->value);
	if (outcomes->may_be_empty)
		note_value(cell, SLOT_NONE);
	for (size_t i = 0; i < outcomes->count; i++) {
		note_value(cell, outcomes->puts[i]->value);
		if (outcomes->puts[i]->value != cell->value)
			note_event(cell, outcomes->puts[i], order);
	}
	cell->certain = cell->possible_count == 1;
	if (cell->certain)
		cell->possible_count = 0;
	return ENT_OK;
}

/* Sweeps that lie before a put that must hold, wherever their days fall, change
 * nothing on the day: those before the first that may not are left out. */
static struct puts sweeps_that_matter(const struct puts *puts,
				      const struct puts *sweeps, int32_t day)
{
	struct puts left = sweeps ? *sweeps : (struct puts){ 0 };
	struct place wall;

	if (!barrier(puts, day, 0, &wall))
		return left;
	for (; left.count > 0 &&
	       place_compare(put_latest(left.items, day), wall) < 0;
	     left.count--)
		left.items++;
	return left;
}

/* One put that must hold, and no sweep: nearly every slot. */
static bool is_plain(const struct puts *puts, const struct puts *sweeps,
		     int32_t day)
{
	return puts->count == 1 && sweeps->count == 0 &&
	       put_must_hold(puts->items, day);
}

static int resolve(const struct puts *puts, const struct puts *sweeps,
		   int32_t day, struct arena *arena, struct cell *cell,
		   struct ent_error *err)
{
	struct outcomes outcomes = { 0 };
	int rc;
	const struct put *held = slot_hold(puts, sweeps, day, arena, &rc, err);

	if (rc < 0)
		return rc;
	cell->value = held ? held->value : SLOT_NONE;
	cell->decider = held ? held->seq : 0;
	rc = slot_outcomes(puts, sweeps, day, &outcomes, err);
	if (rc == ENT_OK)
		rc = fill_cell(cell, &outcomes, arena, err);
	outcomes_release(&outcomes);
	return rc;
}

int slot_resolve(struct slot_key key, const struct puts *puts,
		 const struct puts *sweeps, int32_t day, struct arena *arena,
		 struct cell *out, struct ent_error *err)
{
	struct puts left = sweeps_that_matter(puts, sweeps, day);
	struct cell cell = { .key = key };
	int rc = ENT_OK;

	if (is_plain(puts, &left, day)) {
		cell.value = puts->items[0].value;
		cell.decider = puts->items[0].seq;
		cell.certain = true;
	} else {
		rc = resolve(puts, &left, day, arena, &cell, err);
	}
	if (rc == ENT_OK)
		*out = cell;
	return rc;
}
