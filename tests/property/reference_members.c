/*
 * reference_members.c - memberships and chairs, with their certainty.
 */
#include <stdlib.h>
#include <string.h>

#include "reference_reply.h"

static json_t *text_or_null(const char *text)
{
	return text ? json_string(text) : json_null();
}

static bool sets_joined(const struct ref_event *event, const char *name)
{
	return ref_is(event, "member.joined") && ref_same(event->actor, name);
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void reply_certainty(json_t *entry, const struct ref_slot *slot,
		     const bool *may)
{
	const char *values[REF_SLOT_MAX + 1];
	size_t n = 0;
	json_t *list = json_array();

	for (size_t i = 0; i <= slot->n; i++) {
		if (may[i])
			values[n++] = ref_slot_value(
				slot, i == slot->n ? REF_NOBODY : (int)i);
	}
	qsort(values, n, sizeof(values[0]), compare_texts);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || strcmp(values[i], values[i - 1]) != 0)
			json_array_append_new(list, json_string(values[i]));
	}
	if (json_array_size(list) > 1) {
		json_object_set(entry, "possible", list);
		json_object_set_new(entry, "certainty", json_string("possible"));
	} else {
		json_object_set_new(entry, "certainty", json_string("certain"));
	}
	json_decref(list);
}

static bool may_hold_something(const struct ref_slot *slot, const bool *may)
{
	for (size_t i = 0; i < slot->n; i++) {
		if (may[i])
			return true;
	}
	return false;
}

static json_t *behind(const struct ref_slot *slot, int fold, const bool *may)
{
	const struct ref_event *by[REF_SLOT_MAX];
	size_t n = 0;
	const char *shown = ref_slot_value(slot, fold);
	json_t *list = json_array();

	if (fold != REF_NOBODY)
		json_array_append_new(list,
				      json_string(slot->items[fold]->id));
	for (size_t i = 0; i < slot->n; i++) {
		size_t k = n;

		if (!may[i] || !strcmp(ref_slot_value(slot, (int)i), shown))
			continue;
		for (; k > 0 && ref_before(slot->items[i], by[k - 1]); k--)
			by[k] = by[k - 1];
		by[k] = slot->items[i];
		n++;
	}
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, json_string(by[i]->id));
	return list;
}

static const char *group_of(const char *status)
{
	if (ref_is_current(status))
		return "members";
	if (ref_same(status, "applicant") || ref_same(status, "invited") ||
	    ref_same(status, "none"))
		return "candidates";
	return "former";
}

static bool add_member(struct reply *reply, const char *actor)
{
	struct ref_slot slot = ref_member_slot(reply->log, reply->alliance, actor);
	bool may[REF_SLOT_MAX + 1];
	int fold = ref_slot_fold(reply->log, &slot);
	const struct ref_event *joined = reply_decider(reply, sets_joined, actor);
	json_t *entry;

	ref_slot_may(reply->log, &slot, may);
	if (fold == REF_NOBODY && !may_hold_something(&slot, may))
		return false;
	entry = json_object();
	json_object_set_new(entry, "status",
			    json_string(ref_slot_value(&slot, fold)));
	json_object_set_new(entry, "since",
			    text_or_null(fold == REF_NOBODY
						 ? NULL
						 : slot.items[fold]->date));
	json_object_set_new(entry, "joined",
			    text_or_null(joined ? joined->date : NULL));
	json_object_set_new(entry, "events", behind(&slot, fold, may));
	reply_certainty(entry, &slot, may);
	json_object_set_new(
		json_object_get(reply->out,
				group_of(ref_slot_value(&slot, fold))),
		actor, entry);
	return true;
}

static bool add_chair(struct reply *reply, const char *role)
{
	struct ref_slot slot = ref_chair_slot(reply->log, reply->alliance, role);
	bool may[REF_SLOT_MAX + 1];
	int fold = ref_slot_fold(reply->log, &slot);
	const struct ref_event *by = fold == REF_NOBODY ? NULL : slot.items[fold];
	json_t *entry;

	ref_slot_may(reply->log, &slot, may);
	if (!by && !may_hold_something(&slot, may))
		return false;
	entry = json_object();
	json_object_set_new(entry, "actor", text_or_null(by ? by->actor : NULL));
	json_object_set_new(entry, "since", text_or_null(by ? by->date : NULL));
	json_object_set_new(entry, "until", text_or_null(by ? by->until : NULL));
	reply_certainty(entry, &slot, may);
	json_object_set_new(json_object_get(reply->out, "chairs"), role, entry);
	return true;
}

/* Was the slot of this event seen with an earlier one already? */
static bool seen_before(const struct reply *reply, size_t at)
{
	const struct ref_event *event = reply->log->order[at];

	for (size_t i = 0; i < at; i++) {
		const struct ref_event *other = reply->log->order[i];

		if (!other->fact || other->type->group != event->type->group ||
		    !ref_same(other->alliance, reply->alliance))
			continue;
		if (event->type->group == REF_MEMBER
			    ? ref_same(other->actor, event->actor)
			    : ref_same(ref_role(other), ref_role(event)))
			return true;
	}
	return false;
}

bool reply_slots(struct reply *reply)
{
	bool any = false;

	for (size_t i = 0; i < reply->log->order_n; i++) {
		const struct ref_event *event = reply->log->order[i];

		if (!event->fact ||
		    !ref_same(event->alliance, reply->alliance) ||
		    seen_before(reply, i))
			continue;
		if (event->type->group == REF_MEMBER)
			any |= add_member(reply, event->actor);
		if (event->type->group == REF_CHAIR)
			any |= add_chair(reply, ref_role(event));
	}
	return any;
}

static double slot_cost(const struct ref_log *log, const struct ref_event *event)
{
	struct ref_slot slot = { .n = 0 };

	if (event->fact && event->type->group == REF_MEMBER)
		slot = ref_member_slot(log, event->alliance, event->actor);
	else if (event->fact && event->type->group == REF_CHAIR)
		slot = ref_chair_slot(log, event->alliance, ref_role(event));
	return ref_slot_cost(log, &slot);
}

/* Corrections only take events away, so it is asked as if there were none. */
double reference_cost(const json_t *events)
{
	struct reference_basis basis = { .at = 0,
					 .known = json_array_size(events) };
	json_t *alone = json_array();
	struct ref_log log;
	double most = 0;

	for (size_t i = 0; i < json_array_size(events); i++) {
		json_t *event = json_copy(json_array_get(events, i));

		json_object_del(event, "corrects");
		json_object_del(event, "retracts");
		json_array_append_new(alone, event);
	}
	basis.at = reference_last_day(alone) + 1;
	ref_log_read(&log, alone, &basis, REFERENCE_RIGHT);
	for (size_t i = 0; i < log.order_n; i++) {
		double cost = slot_cost(&log, log.order[i]);

		most = cost > most ? cost : most;
	}
	ref_log_release(&log);
	json_decref(alone);
	return most;
}
