/*
 * reference_choice.h - one choice of days for the events of a slot.
 */
#ifndef PROPERTY_REFERENCE_CHOICE_H
#define PROPERTY_REFERENCE_CHOICE_H

#include "reference_slot.h"

struct ref_choice {
	long day[REF_SLOT_MAX];  /* when the event was */
	long last[REF_SLOT_MAX]; /* the last day on which it held */
};

/* The item that decides on the day of the basis, or REF_NOBODY. */
int ref_choice_decider(const struct ref_log *log, const struct ref_slot *slot,
		       const struct ref_choice *choice);

#endif
