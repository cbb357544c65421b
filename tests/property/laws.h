/*
 * laws.h - what the contract promises of any history, one function a promise.
 */
#ifndef PROPERTY_LAWS_H
#define PROPERTY_LAWS_H

#include "generate.h"
#include "harness.h"

/* A history in a log of its own, and dice for what is asked about it. */
struct trial {
	uint64_t seed;
	struct dice dice;
	json_t *events;
	struct harness harness;
};

/* False, with what was wrong on standard output, where the law is broken. */
typedef bool law_fn(struct trial *trial);

law_fn law_diff_with_itself;
law_fn law_diff_turned_round;
law_fn law_diff_composes;
law_fn law_patch_leads_there;
law_fn law_trail_is_day_by_day;
law_fn law_order_does_not_matter;
law_fn law_retracted_twice;
law_fn law_exported_and_back;
law_fn law_one_alliance_is_a_part;
law_fn law_appended_again;
law_fn law_data_comes_back;
law_fn law_verify_finds_nothing;
law_fn law_checkpoints_change_nothing;
law_fn law_checkpoints_change_no_diff;
law_fn law_standings_are_those_of_the_state;
law_fn law_redacted_is_as_if_it_had_not_been;

/* `alliances` on that basis.  New reference. */
json_t *trial_document(struct trial *trial, struct reference_basis basis);

/* A random basis that shows every entry of the lists. */
struct reference_basis trial_basis(struct trial *trial);

/* Whether both are the same; takes the references. */
bool trial_same(json_t *a, json_t *b);

#endif
