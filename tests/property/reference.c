/*
 * reference.c - the document of an answer: alliances and their own values.
 */
#include <stdlib.h>
#include <string.h>

#include "reference_reply.h"

static json_t *text_or_null(const char *text)
{
	return text ? json_string(text) : json_null();
}

bool reply_in_effect(const struct reply *reply, const struct ref_event *event)
{
	return event->fact && event->counts && !event->ran_out &&
	       ref_same(event->alliance, reply->alliance);
}

const struct ref_event *reply_decider(const struct reply *reply,
				      ref_match *match, const char *name)
{
	const struct ref_event *found = NULL;

	for (size_t i = 0; i < reply->log->order_n; i++) {
		const struct ref_event *event = reply->log->order[i];

		if (!reply_in_effect(reply, event) || !match(event, name))
			continue;
		if (reply->log->fault == REFERENCE_LATEST_SEQ && found &&
		    found->seq > event->seq)
			continue;
		found = event;
	}
	return found;
}

static bool sets_status(const struct ref_event *event, const char *name)
{
	(void)name;
	return event->type->group == REF_ALLIANCE && event->type->status;
}

static bool sets_founded(const struct ref_event *event, const char *name)
{
	(void)name;
	return ref_is(event, "alliance.founded");
}

static bool sets_name(const struct ref_event *event, const char *name)
{
	return (ref_is(event, "alliance.founded") ||
		ref_is(event, "alliance.renamed")) &&
	       ref_data(event, name);
}

static bool sets_data(const struct ref_event *event, const char *name)
{
	return ref_is(event, "alliance.founded") && ref_data(event, name);
}

static bool sets_lead(const struct ref_event *event, const char *name)
{
	return sets_data(event, name) || ref_is(event, "alliance.led");
}

static const char *lead_of(const struct reply *reply)
{
	const struct ref_event *event = reply_decider(reply, sets_lead, "lead");

	if (!event)
		return NULL;
	return ref_is(event, "alliance.led") ? event->actor
					     : ref_data(event, "lead");
}

static void add_head(struct reply *reply)
{
	const struct ref_event *event = reply_decider(reply, sets_status, NULL);

	json_object_set_new(reply->out, "status",
			    json_string(event ? event->type->status : "unknown"));
	event = reply_decider(reply, sets_founded, NULL);
	json_object_set_new(reply->out, "founded",
			    text_or_null(event ? event->date : NULL));
	event = reply_decider(reply, sets_name, "name");
	json_object_set_new(reply->out, "name",
			    text_or_null(event ? ref_data(event, "name") : NULL));
	json_object_set_new(reply->out, "lead", text_or_null(lead_of(reply)));
	event = reply_decider(reply, sets_data, "kind");
	if (event)
		json_object_set_new(reply->out, "kind",
				    json_string(ref_data(event, "kind")));
	event = reply_decider(reply, sets_data, "predecessor");
	if (event)
		json_object_set_new(reply->out, "predecessor",
				    json_string(ref_data(event, "predecessor")));
}

static const struct {
	const char *key;
	bool list;
} parts[] = {
	{ "members", false },  { "candidates", false }, { "former", false },
	{ "chairs", false },   { "exercises", true },   { "commitments", true },
	{ "signals", true },   { "stance", false },
};

static bool any_counts(const struct reply *reply)
{
	for (size_t i = 0; i < reply->log->order_n; i++) {
		if (reply->log->order[i]->counts &&
		    ref_same(reply->log->order[i]->alliance, reply->alliance))
			return true;
	}
	return false;
}

/* The whole entry of an alliance, or NULL where it is not shown. */
static json_t *one_alliance(const struct ref_log *log, const char *alliance)
{
	struct reply reply = { log, alliance, json_object() };
	bool shown;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		json_object_set_new(reply.out, parts[i].key,
				    parts[i].list ? json_array() : json_object());
	shown = reply_slots(&reply);
	if (!shown && !any_counts(&reply)) {
		json_decref(reply.out);
		return NULL;
	}
	add_head(&reply);
	reply_lists(&reply);
	reply_stance(&reply, lead_of(&reply));
	return reply.out;
}

json_t *reference_replay(const json_t *events,
			 const struct reference_basis *basis,
			 enum reference_fault fault)
{
	struct ref_log log;
	json_t *out = json_object();

	ref_log_read(&log, events, basis, fault);
	for (size_t i = 0; i < log.order_n; i++) {
		const char *alliance = log.order[i]->alliance;
		json_t *entry;

		if (!alliance || json_object_get(out, alliance))
			continue;
		entry = one_alliance(&log, alliance);
		if (entry)
			json_object_set_new(out, alliance, entry);
	}
	ref_log_release(&log);
	return out;
}
