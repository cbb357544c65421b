/*
 * vocabulary.h - the types of events, and what each weighs.
 */
#ifndef ENTENTE_VOCABULARY_H
#define ENTENTE_VOCABULARY_H

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a type of event is.  `x.` types are not listed: phase 1, no weight. */
struct ent_type {
	const char *name;
	unsigned phase; /* order on one day: 0 openings, 1 changes, 2 endings */
	bool weighed;   /* it counts for `stance` */
	int weight;     /* tenths of the Goldstein (1992) scale of the CAMEO action */
	const char *cameo; /* that action's code; NULL where it is not weighed */
};

/* The i-th type in the order of the contract, or NULL after the last. */
ENT_API const struct ent_type *ent_type_at(size_t i);

/* The type of that name, or NULL. */
ENT_API const struct ent_type *ent_type_find(const char *name);

/* The class of a stance: aligned, strained, distancing or defiant. */
ENT_API const char *ent_stance_class(int64_t score);

#ifdef __cplusplus
}
#endif

#endif
