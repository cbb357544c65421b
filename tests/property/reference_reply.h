/*
 * reference_reply.h - one alliance of an answer, while it is put together.
 */
#ifndef PROPERTY_REFERENCE_REPLY_H
#define PROPERTY_REFERENCE_REPLY_H

#include "reference_slot.h"

struct reply {
	const struct ref_log *log;
	const char *alliance;
	json_t *out;
};

/* Does this event put a value into the slot that is meant? */
typedef bool ref_match(const struct ref_event *event, const char *name);

/* A fact of this alliance that counts and has not run out. */
bool reply_in_effect(const struct reply *reply, const struct ref_event *event);

/* The event that decides a slot which has no certainty, or NULL. */
const struct ref_event *reply_decider(const struct reply *reply,
				      ref_match *match, const char *name);

/* Writes certainty and, where there is more than one value, all of them. */
void reply_certainty(json_t *entry, const struct ref_slot *slot,
		     const bool *may);

/* Adds members, candidates, former and chairs; true where one of them may not be
 * empty. */
bool reply_slots(struct reply *reply);

/* Adds exercises, commitments and signals. */
void reply_lists(struct reply *reply);

/* Adds stance, for the lead (or NULL). */
void reply_stance(struct reply *reply, const char *lead);

#endif
