/*
 * answers.h - all that a log answers, as one number.
 */
#ifndef FAULT_ANSWERS_H
#define FAULT_ANSWERS_H

#include "entente/entente.h"

#include <stdbool.h>
#include <stdint.h>

struct answers {
	uint64_t hash;
	bool failed; /* one of the calls failed */
};

/* Of a log of so many events: its events, states, differences and reasons. */
struct answers answers_of(struct ent_log *log, uint64_t events);

#endif
