/*
 * reference_slot.c - the value of a slot for one choice of days.
 *
 * The fold is one choice among the others: the first possible day of each event
 * and the last possible day of each until.  So one function decides both.
 */
#include <stdlib.h>
#include <string.h>

#include "reference_choice.h"

bool ref_is_current(const char *status)
{
	return ref_same(status, "member") || ref_same(status, "frozen") ||
	       ref_same(status, "suspended") || ref_same(status, "leaving");
}

static void add_item(const struct ref_log *log, struct ref_slot *slot,
		     struct ref_event *event)
{
	/* Dated after the day in every choice: it can never be in effect. */
	if (event->when.lo > log->basis.at && !event->counts)
		return;
	if (slot->n == REF_SLOT_MAX)
		abort();
	if (ref_is(event, "alliance.dissolved"))
		slot->dissolvable = true;
	slot->items[slot->n++] = event;
}

struct ref_slot ref_member_slot(const struct ref_log *log, const char *alliance,
				const char *actor)
{
	struct ref_slot slot = { .n = 0 };

	for (size_t i = 0; i < log->order_n; i++) {
		struct ref_event *event = log->order[i];

		if (!event->fact || !ref_same(event->alliance, alliance))
			continue;
		if (ref_is(event, "alliance.dissolved") ||
		    (event->type->group == REF_MEMBER &&
		     ref_same(event->actor, actor)))
			add_item(log, &slot, event);
	}
	return slot;
}

struct ref_slot ref_chair_slot(const struct ref_log *log, const char *alliance,
			       const char *role)
{
	struct ref_slot slot = { .n = 0 };

	for (size_t i = 0; i < log->order_n; i++) {
		struct ref_event *event = log->order[i];

		if (event->fact && event->type->group == REF_CHAIR &&
		    ref_same(event->alliance, alliance) &&
		    ref_same(ref_role(event), role))
			add_item(log, &slot, event);
	}
	return slot;
}

const char *ref_slot_value(const struct ref_slot *slot, int item)
{
	if (item == REF_NOBODY)
		return "none";
	if (slot->items[item]->type->group == REF_CHAIR)
		return slot->items[item]->actor;
	return slot->items[item]->type->status;
}

static bool stands_before(const struct ref_log *log, const struct ref_slot *slot,
			  const struct ref_choice *choice, size_t a, size_t b)
{
	const struct ref_event *x = slot->items[a];
	const struct ref_event *y = slot->items[b];

	if (log->fault == REFERENCE_RECORDED_ORDER)
		return x->seq < y->seq;
	if (choice->day[a] != choice->day[b])
		return choice->day[a] < choice->day[b];
	if (x->type->phase != y->type->phase)
		return x->type->phase < y->type->phase;
	return x->seq < y->seq;
}

static void sort_items(const struct ref_log *log, const struct ref_slot *slot,
		       const struct ref_choice *choice, size_t *order)
{
	for (size_t i = 0; i < slot->n; i++) {
		size_t k = i;

		for (; k > 0 && stands_before(log, slot, choice, i, order[k - 1]);
		     k--)
			order[k] = order[k - 1];
		order[k] = i;
	}
}

/* Is the membership current where the dissolution order[place] stands? */
static bool current_there(const struct ref_log *log, const struct ref_slot *slot,
			  const struct ref_choice *choice, const size_t *order,
			  const bool *put, size_t place)
{
	long dissolved = choice->day[order[place]];

	for (size_t p = place; p-- > 0;) {
		size_t item = order[p];

		if (put[item] && choice->day[item] <= log->basis.at &&
		    choice->last[item] >= dissolved)
			return ref_is_current(ref_slot_value(slot, (int)item));
	}
	return false;
}

int ref_choice_decider(const struct ref_log *log, const struct ref_slot *slot,
		       const struct ref_choice *choice)
{
	size_t order[REF_SLOT_MAX];
	bool put[REF_SLOT_MAX];
	int decider = REF_NOBODY;

	sort_items(log, slot, choice, order);
	for (size_t p = 0; p < slot->n; p++) {
		size_t item = order[p];

		put[item] = !ref_is(slot->items[item], "alliance.dissolved") ||
			    current_there(log, slot, choice, order, put, p);
		if (!put[item] || choice->day[item] > log->basis.at)
			continue;
		if (choice->last[item] < log->basis.at) {
			if (log->fault == REFERENCE_UNTIL_EMPTIES)
				decider = REF_NOBODY;
			continue;
		}
		if (log->fault == REFERENCE_LATEST_SEQ &&
		    decider != REF_NOBODY &&
		    slot->items[item]->seq < slot->items[decider]->seq)
			continue;
		decider = (int)item;
	}
	return decider;
}

int ref_slot_fold(const struct ref_log *log, const struct ref_slot *slot)
{
	struct ref_choice choice;

	for (size_t i = 0; i < slot->n; i++) {
		const struct ref_event *event = slot->items[i];

		choice.day[i] = event->counts ? event->when.lo
					      : log->basis.at + 1;
		choice.last[i] = event->held.hi;
	}
	return ref_choice_decider(log, slot, &choice);
}
