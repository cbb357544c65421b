/*
 * reference_event.h - the events of a basis, in the plain form of the reference.
 */
#ifndef PROPERTY_REFERENCE_EVENT_H
#define PROPERTY_REFERENCE_EVENT_H

#include "reference.h"

enum ref_group {
	REF_ALLIANCE,
	REF_MEMBER,
	REF_CHAIR,
	REF_EXERCISE,
	REF_COMMITMENT,
	REF_SIGNAL,
	REF_RETRACTION
};

struct ref_type {
	const char *name;
	int phase;
	enum ref_group group;
	const char *status; /* what it makes of a membership or an alliance */
	int weight;         /* of commitments and signals */
};

/* All texts belong to the JSON event; NULL where it has none. */
struct ref_event {
	size_t seq;
	const json_t *json;
	const struct ref_type *type; /* NULL for x. types */
	const char *id;
	const char *alliance;
	const char *actor;
	const char *target;
	const char *date;
	const char *until;
	const char *corrects;
	const char *retracts;
	const char *modality;
	bool fact;
	struct reference_days when;
	struct reference_days held; /* open at the end where there is no until */
	bool in_basis;
	bool alive;   /* in the basis, and nothing there takes it back */
	bool counts;
	bool ran_out;
};

struct ref_log {
	struct ref_event *events;
	size_t n;
	struct ref_event **order; /* ours that are alive, in the order of folding;
	                           * retractions left out */
	size_t order_n;
	struct reference_basis basis;
	enum reference_fault fault;
};

/* Read the events and find which of them stand, count and have run out. */
void ref_log_read(struct ref_log *log, const json_t *events,
		  const struct reference_basis *basis,
		  enum reference_fault fault);
void ref_log_release(struct ref_log *log);

/* The text of data.key, or NULL. */
const char *ref_data(const struct ref_event *event, const char *key);

bool ref_is(const struct ref_event *event, const char *type);
bool ref_same(const char *a, const char *b); /* NULL is like nothing */

/* The role of a chair.assumed. */
const char *ref_role(const struct ref_event *event);

/* Whether a stands before b in the order (day, phase, seq) of the fold. */
bool ref_before(const struct ref_event *a, const struct ref_event *b);

#endif
