/*
 * certainty.h - what a slot may hold when dates are known only in part.
 */
#ifndef ENGINE_CERTAINTY_H
#define ENGINE_CERTAINTY_H

#include "state/slots.h"

/* The puts and sweeps that decide the slot for some choice of days. */
struct outcomes {
	const struct put **puts;
	size_t count;
	size_t room;
	bool may_be_empty;
};

/* sweeps may be NULL.  Released by the caller, also after a failure. */
int slot_outcomes(const struct puts *puts, const struct puts *sweeps,
		  int32_t day, struct outcomes *out, struct ent_error *err);
void outcomes_release(struct outcomes *outcomes);

int outcomes_add(struct outcomes *out, const struct put *put,
		 struct ent_error *err);

enum { CHOICES_MAX = 1000000 };

/*
 * The same by trying every choice that makes a difference, up to CHOICES_MAX of
 * them; beyond that, everything that may be in effect is taken for possible.
 */
int outcomes_try_all(const struct puts *puts, const struct puts *sweeps,
		     int32_t day, struct outcomes *out, struct ent_error *err);

#endif
