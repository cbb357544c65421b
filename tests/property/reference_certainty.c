/*
 * reference_certainty.c - every choice of days, one after the other.
 *
 * A value depends on each day only through comparisons: with the day that is
 * asked for and with the other days of the choice.  So after the day that is
 * asked for one day stands for all, and where ranges are long, a stretch without
 * any first or last day needs no more days than there are dates to put into it.
 */
#include <stdlib.h>
#include <string.h>

#include "reference_choice.h"

enum { DAYS_MAX = 1600, SPAN_MAX = 90 };

static const double every_day_max = 2e4; /* choices; beyond, few days are tried */
static const double choices_max = 4e6;

static size_t skipped;
static bool prefer_few;

struct day_set {
	long days[DAYS_MAX];
	size_t n;
};

struct search {
	const struct ref_log *log;
	const struct ref_slot *slot;
	struct day_set day[REF_SLOT_MAX];
	struct day_set last[REF_SLOT_MAX];
	struct ref_choice choice;
	bool *may;
	size_t found; /* of may, to stop when nothing is left to be found */
};

static void add_day(struct day_set *set, long day)
{
	if (set->n == DAYS_MAX)
		abort();
	set->days[set->n++] = day;
}

static int compare_days(const void *a, const void *b)
{
	const long *x = a;
	const long *y = b;

	return (*x > *y) - (*x < *y);
}

/* The days up to `at` on which some range begins, or is over, sorted. */
static void find_starts(const struct search *search, struct day_set *starts)
{
	long at = search->log->basis.at;
	size_t n = 0;

	add_day(starts, at);
	for (size_t i = 0; i < search->slot->n; i++) {
		const struct ref_event *event = search->slot->items[i];
		long edges[] = { event->when.lo, event->when.hi + 1,
				 event->held.lo, event->held.hi + 1 };

		for (size_t k = 0; k < 4; k++) {
			if (edges[k] > REFERENCE_BEFORE_ALL && edges[k] <= at)
				add_day(starts, edges[k]);
		}
	}
	qsort(starts->days, starts->n, sizeof(long), compare_days);
	for (size_t i = 0; i < starts->n; i++) {
		if (i == 0 || starts->days[i] != starts->days[n - 1])
			starts->days[n++] = starts->days[i];
	}
	starts->n = n;
}

static bool covers(struct reference_days range, long day)
{
	return range.lo <= day && day <= range.hi;
}

/* How many dates of the slot may fall on that day. */
static long dates_on(const struct ref_slot *slot, long day)
{
	long n = 0;

	for (size_t i = 0; i < slot->n; i++) {
		n += covers(slot->items[i]->when, day);
		n += slot->items[i]->until && covers(slot->items[i]->held, day);
	}
	return n;
}

/* The days that are tried, up to `at`, sorted; false where too many. */
static bool find_days(const struct search *search, bool every_day,
		      struct day_set *out)
{
	struct day_set starts = { .n = 0 };
	long at = search->log->basis.at;
	long first, before;

	find_starts(search, &starts);
	first = starts.days[0];
	if (every_day && at - first > SPAN_MAX)
		return false;
	/* Open starts may also follow each other before every other day. */
	before = dates_on(search->slot, first - 1);
	for (long day = first - before; day < first; day++)
		add_day(out, day);
	for (size_t i = 0; i < starts.n; i++) {
		long start = starts.days[i];
		long end = i + 1 < starts.n ? starts.days[i + 1] : at + 1;
		long room = end - start;
		long need = dates_on(search->slot, start);

		if (!every_day && need < room)
			room = need;
		for (long day = start; day < start + room; day++)
			add_day(out, day);
	}
	return true;
}

static void days_within(const struct day_set *all, struct reference_days range,
			struct day_set *out)
{
	for (size_t i = 0; i < all->n; i++) {
		if (covers(range, all->days[i]))
			add_day(out, all->days[i]);
	}
}

static void find_day_choices(struct search *search, const struct day_set *all,
			     size_t item)
{
	const struct ref_event *event = search->slot->items[item];
	struct day_set *set = &search->day[item];

	set->n = 0;
	if (event->when.lo == REFERENCE_BEFORE_ALL)
		add_day(set, REFERENCE_BEFORE_ALL);
	days_within(all, event->when, set);
	if (event->when.hi > search->log->basis.at)
		add_day(set, search->log->basis.at + 1);
}

static void find_last_choices(struct search *search, const struct day_set *all,
			      size_t item)
{
	const struct ref_event *event = search->slot->items[item];
	struct day_set *set = &search->last[item];
	struct reference_days over = event->held;
	long at = search->log->basis.at;

	set->n = 0;
	if (event->held.hi >= at)
		add_day(set, event->until ? at : REFERENCE_AFTER_ALL);
	if (event->held.lo >= at)
		return;
	if (over.hi > at - 1)
		over.hi = at - 1;
	/* But for a dissolution, all that matters is that it is over. */
	if (search->slot->dissolvable)
		days_within(all, over, set);
	else
		add_day(set, over.hi);
}

static double find_choices(struct search *search, bool every_day)
{
	struct day_set all = { .n = 0 };
	double product = 1;

	if (!find_days(search, every_day, &all))
		return choices_max * 2;
	for (size_t i = 0; i < search->slot->n; i++) {
		find_day_choices(search, &all, i);
		find_last_choices(search, &all, i);
		product *= (double)search->day[i].n * (double)search->last[i].n;
	}
	return product;
}

static void look_through(struct search *search, size_t item)
{
	size_t n = search->slot->n;

	if (search->found == n + 1)
		return;
	if (item == n) {
		int decider = ref_choice_decider(search->log, search->slot,
						 &search->choice);
		size_t at = decider == REF_NOBODY ? n : (size_t)decider;

		search->found += !search->may[at];
		search->may[at] = true;
		return;
	}
	for (size_t d = 0; d < search->day[item].n; d++) {
		search->choice.day[item] = search->day[item].days[d];
		for (size_t l = 0; l < search->last[item].n; l++) {
			search->choice.last[item] = search->last[item].days[l];
			look_through(search, item + 1);
		}
	}
}

static double prepare(struct search *search, const struct ref_log *log,
		      const struct ref_slot *slot)
{
	double product = choices_max * 2;

	search->log = log;
	search->slot = slot;
	if (!prefer_few)
		product = find_choices(search, true);
	if (product > every_day_max)
		product = find_choices(search, false);
	return product;
}

void ref_slot_may(const struct ref_log *log, const struct ref_slot *slot,
		  bool *may)
{
	static struct search search; /* too large for a stack */

	memset(may, 0, (slot->n + 1) * sizeof(*may));
	search.may = may;
	search.found = 0;
	if (prepare(&search, log, slot) > choices_max)
		skipped++;
	else
		look_through(&search, 0);
}

double ref_slot_cost(const struct ref_log *log, const struct ref_slot *slot)
{
	static struct search search;

	return prepare(&search, log, slot);
}

size_t reference_skipped(void)
{
	return skipped;
}

void reference_prefer_few_days(bool few)
{
	prefer_few = few;
}
