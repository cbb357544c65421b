/*
 * leaves.h - what changed between two documents, leaf by leaf.
 *
 * It knows the paths of the contract's diff but not how the engine finds one: it
 * takes both documents apart and compares the parts.
 */
#ifndef PROPERTY_LEAVES_H
#define PROPERTY_LEAVES_H

#include <jansson.h>

#include "entente/entente.h"

/*
 * Each change from `alliances` a to b as one text, sorted.  Both must show every
 * entry of their lists.  New reference.
 */
json_t *leaves_changes(const json_t *a, const json_t *b);

/* The same texts for one part of a diff of the engine; where backwards, each
 * change is turned round. */
json_t *leaves_of_diff(const struct ent_diff *diff, enum ent_part part,
		       bool backwards);

#endif
