/*
 * certainty_until.c - certainty where sweeps and `until` meet: try every choice.
 *
 * Only the order of days matters.  Between two neighbouring bounds (of any event
 * or until, and the day asked for) all days are alike but for the order of those
 * that fall there, so as many days of each gap are tried as there are variables
 * that can fall into it.  What can make no difference is left out first.
 */
#include "state/certainty.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* One thing that can be chosen: the day of a put, or the last day of its until. */
struct variable {
	int32_t lo, hi;
	int32_t *days; /* the days to try */
	size_t count;
	size_t at; /* the one of this choice */
};

/* A gap between two bounds: its first days, as many as things may fall into it. */
struct gap {
	int32_t first;
	size_t days;
};

struct trial {
	const struct put **puts; /* plain ones and sweeps */
	size_t count;
	struct variable *days; /* one for each put */
	struct variable *ends; /* one for each put */
	int32_t day;
	int32_t *bounds; /* ascending; first days of gaps */
	struct gap *gaps;
	size_t bounds_count;
	uint64_t choices;
	size_t *order; /* scratch of one evaluation */
	size_t *done;
	struct arena arena;
};

static int compare_days(const void *left, const void *right)
{
	int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;

	return a < b ? -1 : a > b;
}

static void add_bound(struct trial *t, int32_t day)
{
	t->bounds[t->bounds_count++] = day;
}

/* The days behind the day asked for are all alike, and so are open ends. */
static int32_t clip(const struct trial *t, int32_t day)
{
	return day > t->day ? t->day + 1 : day;
}

static void find_bounds(struct trial *t)
{
	size_t kept = 0;

	add_bound(t, t->day);
	add_bound(t, t->day + 1);
	for (size_t i = 0; i < t->count; i++) {
		add_bound(t, t->days[i].lo);
		add_bound(t, t->ends[i].lo);
		if (t->days[i].hi <= t->day)
			add_bound(t, t->days[i].hi + 1);
		if (t->ends[i].hi <= t->day)
			add_bound(t, t->ends[i].hi + 1);
	}
	qsort(t->bounds, t->bounds_count, sizeof(*t->bounds), compare_days);
	for (size_t i = 0; i < t->bounds_count; i++)
		if (kept == 0 || t->bounds[kept - 1] != t->bounds[i])
			t->bounds[kept++] = t->bounds[i];
	t->bounds_count = kept;
}

static bool covers(const struct variable *v, int32_t day)
{
	return v->lo < v->hi && v->lo <= day && day <= v->hi;
}

static size_t count_covering(const struct trial *t, int32_t day)
{
	size_t count = 0;

	for (size_t i = 0; i < t->count; i++)
		count += (size_t)covers(&t->days[i], day) +
			 (size_t)covers(&t->ends[i], day);
	return count ? count : 1;
}

static void find_gaps(struct trial *t)
{
	for (size_t g = 0; g < t->bounds_count; g++) {
		int64_t first = t->bounds[g];
		int64_t length = g + 1 < t->bounds_count ?
					 t->bounds[g + 1] - first : 1;
		size_t most = count_covering(t, t->bounds[g]);

		t->gaps[g] = (struct gap){ t->bounds[g],
					   (uint64_t)length < most ?
						   (size_t)length : most };
	}
}

static bool in_range(const struct variable *v, const struct gap *gap)
{
	return gap->first >= v->lo && gap->first <= v->hi;
}

static void count_days(const struct trial *t, struct variable *v)
{
	v->count = 0;
	for (size_t g = 0; g < t->bounds_count; g++)
		if (in_range(v, &t->gaps[g]))
			v->count += t->gaps[g].days;
}

static int fill_days(struct trial *t, struct variable *v, struct ent_error *err)
{
	size_t count = 0;

	v->days = arena_alloc(&t->arena, v->count * sizeof(*v->days));
	if (!v->days)
		return mem_error(err);
	for (size_t g = 0; g < t->bounds_count; g++)
		for (size_t k = 0; in_range(v, &t->gaps[g]) &&
				   k < t->gaps[g].days; k++)
			v->days[count++] = (int32_t)(t->gaps[g].first +
						     (int64_t)k);
	return ENT_OK;
}

/* All choices, or CHOICES_MAX + 1 where there are more. */
static uint64_t count_choices(struct trial *t)
{
	uint64_t choices = 1;

	for (size_t i = 0; i < 2 * t->count && choices <= CHOICES_MAX; i++) {
		struct variable *v = i < t->count ? &t->days[i] :
						    &t->ends[i - t->count];

		count_days(t, v);
		assert(v->count > 0); /* its first day is a bound */
		choices = v->count > CHOICES_MAX / choices ?
				  CHOICES_MAX + 1 : choices * v->count;
	}
	return choices;
}

static void set_ranges(struct trial *t)
{
	for (size_t i = 0; i < t->count; i++) {
		const struct put *put = t->puts[i];

		t->days[i] = (struct variable){ .lo = clip(t, put->lo),
						.hi = clip(t, put->hi) };
		t->ends[i] = (struct variable){ .lo = clip(t, put->until_lo),
						.hi = clip(t, put->until_hi) };
	}
}

/* Some plain put lies behind it wherever the days fall, and is never over: then
 * it decides nothing, neither at a sweep behind that put nor on the day. */
static bool is_covered(const struct put *put, const struct puts *puts,
		       int32_t day)
{
	for (size_t i = 0; i < puts->count; i++) {
		const struct put *x = &puts->items[i];

		if (x == put || x->hi > day || x->until_lo < day ||
		    put->hi > day || put->hi > x->lo)
			continue;
		if (put->hi < x->lo || put->phase < x->phase ||
		    (put->phase == x->phase && put->seq < x->seq))
			return true;
	}
	return false;
}

/* Over before the day and before any sweep. */
static bool is_over(const struct put *put, const struct puts *sweeps,
		    int32_t day)
{
	for (size_t i = 0; i < sweeps->count; i++)
		if (sweeps->items[i].lo <= put->until_hi)
			return false;
	return put->until_hi < day;
}

static void take_relevant(struct trial *t, const struct puts *from,
			  const struct puts *puts, const struct puts *sweeps)
{
	for (size_t i = 0; i < from->count; i++) {
		const struct put *put = &from->items[i];

		if (!is_covered(put, puts, t->day) &&
		    !is_over(put, sweeps, t->day))
			t->puts[t->count++] = put;
	}
}

static int trial_make(struct trial *t, const struct puts *puts,
		      const struct puts *sweeps, struct ent_error *err)
{
	size_t room = puts->count + sweeps->count;
	int rc = ENT_OK;

	t->puts = arena_alloc(&t->arena, room * sizeof(*t->puts));
	t->days = arena_alloc(&t->arena, room * sizeof(*t->days));
	t->ends = arena_alloc(&t->arena, room * sizeof(*t->ends));
	t->order = arena_alloc(&t->arena, room * sizeof(*t->order));
	t->done = arena_alloc(&t->arena, room * sizeof(*t->done));
	t->bounds = arena_alloc(&t->arena, (4 * room + 2) * sizeof(int32_t));
	t->gaps = arena_alloc(&t->arena, (4 * room + 2) * sizeof(*t->gaps));
	if (!t->puts || !t->days || !t->ends || !t->order || !t->done ||
	    !t->bounds || !t->gaps)
		return mem_error(err);
	take_relevant(t, puts, puts, sweeps);
	take_relevant(t, sweeps, puts, sweeps);
	set_ranges(t);
	find_bounds(t);
	find_gaps(t);
	t->choices = count_choices(t);
	for (size_t i = 0; rc == ENT_OK && t->choices <= CHOICES_MAX &&
			   i < t->count; i++) {
		rc = fill_days(t, &t->days[i], err);
		if (rc == ENT_OK)
			rc = fill_days(t, &t->ends[i], err);
	}
	return rc;
}

static int32_t day_of(const struct trial *t, size_t i)
{
	return t->days[i].days[t->days[i].at];
}

static int32_t end_of(const struct trial *t, size_t i)
{
	return t->ends[i].days[t->ends[i].at];
}

static bool before(const struct trial *t, size_t a, size_t b)
{
	int32_t day_a = day_of(t, a), day_b = day_of(t, b);

	if (day_a != day_b)
		return day_a < day_b;
	if (t->puts[a]->phase != t->puts[b]->phase)
		return t->puts[a]->phase < t->puts[b]->phase;
	return t->puts[a]->seq < t->puts[b]->seq;
}

/* Those in effect by the day asked for, in the order of this choice. */
static size_t sort_choice(struct trial *t)
{
	size_t count = 0, at;

	for (size_t i = 0; i < t->count; i++) {
		if (day_of(t, i) > t->day)
			continue;
		for (at = count++; at > 0 && before(t, i, t->order[at - 1]);
		     at--)
			t->order[at] = t->order[at - 1];
		t->order[at] = i;
	}
	return count;
}

/* The last of done[] whose until reaches day, or SIZE_MAX. */
static size_t held_at(const struct trial *t, size_t done, int32_t day)
{
	while (done-- > 0)
		if (end_of(t, t->done[done]) >= day)
			return t->done[done];
	return SIZE_MAX;
}

static const struct put *evaluate(struct trial *t)
{
	size_t count = sort_choice(t), done = 0, held;

	for (size_t i = 0; i < count; i++) {
		const struct put *put = t->puts[t->order[i]];

		if (put->over) {
			held = held_at(t, done, day_of(t, t->order[i]));
			if (held == SIZE_MAX ||
			    !(put->over >> t->puts[held]->value & 1))
				continue;
		}
		t->done[done++] = t->order[i];
	}
	held = held_at(t, done, t->day);
	return held == SIZE_MAX ? NULL : t->puts[held];
}

/* The next choice, like adding one to a number; false after the last. */
static bool next_choice(struct trial *t)
{
	for (size_t i = 0; i < 2 * t->count; i++) {
		struct variable *v = i < t->count ? &t->days[i] :
						    &t->ends[i - t->count];

		if (++v->at < v->count)
			return true;
		v->at = 0;
	}
	return false;
}

static int take_all(const struct trial *t, struct outcomes *out,
		    struct ent_error *err)
{
	int rc = ENT_OK;

	out->may_be_empty = true;
	for (size_t i = 0; rc == ENT_OK && i < t->count; i++)
		if (t->puts[i]->lo <= t->day &&
		    !put_ran_out(t->puts[i], t->day))
			rc = outcomes_add(out, t->puts[i], err);
	return rc;
}

int outcomes_try_all(const struct puts *puts, const struct puts *sweeps,
		     int32_t day, struct outcomes *out, struct ent_error *err)
{
	struct trial trial = { .day = day };
	const struct put *put;
	int rc = trial_make(&trial, puts, sweeps, err);

	if (rc == ENT_OK && trial.choices > CHOICES_MAX) {
		rc = take_all(&trial, out, err);
	} else if (rc == ENT_OK) {
		do {
			put = evaluate(&trial);
			if (!put)
				out->may_be_empty = true;
			else
				rc = outcomes_add(out, put, err);
		} while (rc == ENT_OK && next_choice(&trial));
	}
	arena_release(&trial.arena);
	return rc;
}
