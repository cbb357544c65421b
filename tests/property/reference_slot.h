/*
 * reference_slot.h - memberships and chairs: who decides them, and who may.
 */
#ifndef PROPERTY_REFERENCE_SLOT_H
#define PROPERTY_REFERENCE_SLOT_H

#include "reference_event.h"

enum { REF_SLOT_MAX = 40, REF_NOBODY = -1 };

/* The facts that can put a value, as far as they can be in effect on the day. */
struct ref_slot {
	struct ref_event *items[REF_SLOT_MAX]; /* in the order of the fold */
	size_t n;
	bool dissolvable; /* dissolutions are among them */
};

struct ref_slot ref_member_slot(const struct ref_log *log, const char *alliance,
				const char *actor);
struct ref_slot ref_chair_slot(const struct ref_log *log, const char *alliance,
			       const char *role);

/* The value that an item puts. */
const char *ref_slot_value(const struct ref_slot *slot, int item);

/* The item that decides in the fold, or REF_NOBODY. */
int ref_slot_fold(const struct ref_log *log, const struct ref_slot *slot);

/*
 * Which items decide in some choice of days: may[i] for item i, may[n] for
 * nobody.  may has room for REF_SLOT_MAX + 1.
 */
void ref_slot_may(const struct ref_log *log, const struct ref_slot *slot,
		  bool *may);

/* The number of choices that ref_slot_may() looks through. */
double ref_slot_cost(const struct ref_log *log, const struct ref_slot *slot);

bool ref_is_current(const char *status);

#endif
