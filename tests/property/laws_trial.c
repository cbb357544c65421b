/*
 * laws_trial.c - what the laws ask of a trial.
 */
#include <stdio.h>
#include <stdlib.h>

#include "laws.h"

json_t *trial_document(struct trial *trial, struct reference_basis basis)
{
	struct ent_state *state = harness_replay(&trial->harness, &basis, NULL);
	json_t *json = harness_value(ent_state_alliances(state));

	ent_state_free(state);
	return json;
}

struct reference_basis trial_basis(struct trial *trial)
{
	struct reference_basis basis = generate_basis(&trial->dice, trial->events);

	basis.last = 0;
	return basis;
}

bool trial_same(json_t *a, json_t *b)
{
	bool same = json_equal(a, b);

	if (!same) {
		char *x = harness_dump(a);
		char *y = harness_dump(b);

		printf("  %s\n  %s\n", x, y);
		free(x);
		free(y);
	}
	json_decref(a);
	json_decref(b);
	return same;
}
