/*
 * laws_trail.c - a trail is what the diffs from each day to the next tell.
 */
#include <stdio.h>
#include <stdlib.h>

#include "laws.h"

enum { EACH_DAY = 20, STANCE_DAYS = 1826 };

/* Days after one and up to another, ascending. */
struct turns {
	int32_t *items;
	size_t count, room;
	int32_t after, last;
};

static void add_day(struct turns *turns, int64_t day)
{
	if (day <= turns->after || day > turns->last)
		return;
	if (turns->count == turns->room) {
		turns->room = turns->room ? 2 * turns->room : 64;
		turns->items = realloc(turns->items,
				       turns->room * sizeof(*turns->items));
		if (!turns->items)
			abort();
	}
	turns->items[turns->count++] = (int32_t)day;
}

static void add_event(struct turns *turns, const struct ent_event *event)
{
	const int64_t lo = event->when.lo, hi = event->when.hi;

	add_day(turns, lo);
	add_day(turns, lo + 1);
	add_day(turns, hi);
	add_day(turns, hi + 1);
	add_day(turns, lo + STANCE_DAYS);
	if (event->until) {
		add_day(turns, (int64_t)event->held.lo + 1);
		add_day(turns, (int64_t)event->held.hi + 1);
	}
}

static int compare_days(const void *left, const void *right)
{
	int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;

	return a < b ? -1 : a > b;
}

/* Where an event may change something, and for some days each. */
static void find_turns(struct trial *trial, struct turns *turns)
{
	struct ent_cursor *cursor = NULL;
	struct ent_event *event = NULL;
	size_t kept = 0;

	for (int i = 1; i <= EACH_DAY; i++)
		add_day(turns, (int64_t)turns->after + i);
	if (ent_log_read(trial->harness.log, NULL, &cursor, NULL) < 0)
		abort();
	while (ent_cursor_next(cursor, &event, NULL) == ENT_OK) {
		add_event(turns, event);
		ent_event_free(event);
	}
	ent_cursor_close(cursor);
	if (turns->count > 0)
		qsort(turns->items, turns->count, sizeof(*turns->items),
		      compare_days);
	for (size_t i = 0; i < turns->count; i++)
		if (kept == 0 || turns->items[kept - 1] != turns->items[i])
			turns->items[kept++] = turns->items[i];
	turns->count = kept;
}

/* New reference. */
static json_t *changes(struct trial *trial, const struct ent_basis *from,
		       const struct ent_basis *to,
		       const struct ent_diff_options *options)
{
	struct ent_diff *diff = NULL;
	struct ent_error err;
	char *text = NULL;
	json_t *json, *out;

	if (ent_diff(trial->harness.log, from, to, options, &diff, &err) < 0 ||
	    ent_diff_json(diff, &text, NULL, &err) < 0) {
		fprintf(stderr, "property: diff: %s\n", err.msg);
		exit(EXIT_FAILURE);
	}
	json = json_loads(text, 0, NULL);
	out = json_incref(json_object_get(json, "changes"));
	for (size_t i = 0; i < json_array_size(out); i++) /* only trails say it */
		json_object_set_new(json_array_get(out, i), "day",
				    json_integer(ent_diff_get(diff, i)->day));
	json_decref(json);
	ent_free(text);
	ent_diff_free(diff);
	return out;
}

/* Day by day, there or back, each by whole states.  New reference. */
static json_t *by_days(struct trial *trial, struct ent_basis from, bool back,
		       const struct turns *turns,
		       const struct ent_diff_options *options)
{
	json_t *all = json_array();

	for (size_t i = 0; i < turns->count; i++) {
		size_t at = back ? turns->count - 1 - i : i;
		struct ent_basis to = from;
		json_t *some;

		to.at = turns->items[at] - (back ? 1 : 0);
		some = changes(trial, &from, &to, options);
		json_array_extend(all, some);
		json_decref(some);
		from = to;
	}
	return all;
}

bool law_trail_is_day_by_day(struct trial *trial)
{
	static const char *const codes[] = { "CSTO", "ATOP-3180" };
	struct reference_basis a = trial_basis(trial), b = trial_basis(trial);
	struct ent_basis from = harness_basis(&a), to = harness_basis(&b);
	struct ent_diff_options plain = { 0 }, trail;
	struct turns turns = { 0 };
	bool back, same;

	to.known = from.known;
	to.has_published = from.has_published;
	to.published = from.published;
	if (dice_index(&trial->dice, 3) == 0) {
		plain.alliances = codes + dice_index(&trial->dice, 2);
		plain.alliances_count = 1;
	}
	plain.no_checkpoints = dice_index(&trial->dice, 2) == 0;
	trail = plain;
	trail.trail = true;
	back = to.at < from.at;
	turns.after = back ? to.at : from.at;
	turns.last = back ? from.at : to.at;
	find_turns(trial, &turns);
	same = trial_same(changes(trial, &from, &to, &trail),
			  by_days(trial, from, back, &turns, &plain));
	free(turns.items);
	return same;
}
