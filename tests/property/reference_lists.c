/*
 * reference_lists.c - exercises, commitments, signals, and the sums of stance.
 */
#include <string.h>

#include "reference_reply.h"

enum { STANCE_DAYS = 1826 };

static json_t *list_entry(const struct ref_event *event)
{
	static const char *const keys[] = { "id", "type", "actor", "target",
					    "object", "date", "until",
					    "attributed_to", "summary" };
	json_t *entry = json_object();

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		json_t *value = json_object_get(event->json, keys[i]);

		if (value)
			json_object_set(entry, keys[i], value);
	}
	json_object_set_new(entry, "seq", json_integer((json_int_t)event->seq));
	json_object_set_new(entry, "modality", json_string(event->modality));
	return entry;
}

static bool same_exercise(const struct ref_event *event, const char *name)
{
	return event->type->group == REF_EXERCISE &&
	       ref_same(ref_data(event, "name"), name);
}

static const char *list_of(const struct reply *reply,
			   const struct ref_event *event)
{
	const char *name = ref_data(event, "name");

	if (!ref_same(event->alliance, reply->alliance) || !event->counts ||
	    event->ran_out)
		return NULL;
	if (!event->fact || event->type->group == REF_SIGNAL)
		return "signals";
	if (event->type->group == REF_COMMITMENT)
		return "commitments";
	if (event->type->group != REF_EXERCISE)
		return NULL;
	/* Of what was said about a named exercise only the last is shown. */
	if (name && reply_decider(reply, same_exercise, name) != event)
		return NULL;
	return "exercises";
}

void reply_lists(struct reply *reply)
{
	for (size_t i = 0; i < reply->log->order_n; i++) {
		const struct ref_event *event = reply->log->order[i];
		const char *key = list_of(reply, event);
		json_t *list = key ? json_object_get(reply->out, key) : NULL;

		if (!list)
			continue;
		json_array_append_new(list, list_entry(event));
		if (reply->log->basis.last &&
		    json_array_size(list) > reply->log->basis.last)
			json_array_remove(list, 0);
	}
}

static bool weighs(const struct reply *reply, const struct ref_event *event,
		   const char *lead)
{
	long at = reply->log->basis.at;

	if (event->type->group != REF_COMMITMENT &&
	    event->type->group != REF_SIGNAL)
		return false;
	if (!event->fact && strcmp(event->modality, "claim") != 0)
		return false;
	if (!event->counts || event->when.lo <= at - STANCE_DAYS ||
	    event->when.lo > at)
		return false;
	return ref_same(event->alliance, reply->alliance) ||
	       ref_same(event->target, lead);
}

static const char *class_of(json_int_t score)
{
	if (score >= 0)
		return "aligned";
	if (score >= -49)
		return "strained";
	return score >= -99 ? "distancing" : "defiant";
}

static void add_to(json_t *map, const char *key, json_int_t number)
{
	json_int_t old = json_integer_value(json_object_get(map, key));

	json_object_set_new(map, key, json_integer(old + number));
}

void reply_stance(struct reply *reply, const char *lead)
{
	json_t *stance = json_object_get(reply->out, "stance");
	const char *actor;
	json_t *entry;

	for (size_t i = 0; i < reply->log->order_n; i++) {
		const struct ref_event *event = reply->log->order[i];

		if (!weighs(reply, event, lead) || !event->actor)
			continue;
		entry = json_object_get(stance, event->actor);
		if (!entry) {
			entry = json_pack("{s:i, s:{}}", "score", 0, "counts");
			json_object_set_new(stance, event->actor, entry);
		}
		add_to(entry, "score", event->type->weight);
		add_to(json_object_get(entry, "counts"), event->type->name, 1);
	}
	json_object_foreach(stance, actor, entry) {
		json_int_t score =
			json_integer_value(json_object_get(entry, "score"));

		json_object_set_new(entry, "class", json_string(class_of(score)));
	}
}
