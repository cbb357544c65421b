/*
 * laws_diff.c - diffs and patches.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "laws.h"
#include "leaves.h"
#include "patch_apply.h"

static struct ent_diff *diff_of(struct trial *trial,
				const struct reference_basis *from,
				const struct reference_basis *to)
{
	struct ent_basis a = harness_basis(from);
	struct ent_basis b = harness_basis(to);
	struct ent_diff *diff = NULL;
	struct ent_error err;

	if (ent_diff(trial->harness.log, &a, &b, NULL, &diff, &err) < 0) {
		printf("  diff: %s\n", err.msg);
		exit(EXIT_FAILURE);
	}
	return diff;
}

/* diff(a, a) is empty. */
bool law_diff_with_itself(struct trial *trial)
{
	struct reference_basis basis = trial_basis(trial);
	struct ent_diff *diff = diff_of(trial, &basis, &basis);
	bool empty = ent_diff_count(diff) == 0;

	ent_diff_free(diff);
	return empty;
}

/* diff(b, a) has the changes of diff(a, b) turned round, part by part. */
bool law_diff_turned_round(struct trial *trial)
{
	struct reference_basis a = trial_basis(trial);
	struct reference_basis b = trial_basis(trial);
	struct ent_diff *there = diff_of(trial, &a, &b);
	struct ent_diff *back = diff_of(trial, &b, &a);
	bool same = trial_same(leaves_of_diff(there, ENT_WORLD, false),
			       leaves_of_diff(back, ENT_WORLD, true));

	same = trial_same(leaves_of_diff(there, ENT_KNOWLEDGE, false),
			  leaves_of_diff(back, ENT_KNOWLEDGE, true)) && same;
	same = same && ent_diff_count(there) == ent_diff_count(back);
	ent_diff_free(there);
	ent_diff_free(back);
	return same;
}

/* More knowledge, then the world; or the world, then less knowledge: each is what
 * two whole answers differ in, so one after the other they lead from a to b. */
bool law_diff_composes(struct trial *trial)
{
	struct reference_basis a = trial_basis(trial);
	struct reference_basis b = trial_basis(trial);
	struct reference_basis between = a;
	bool less = b.known < a.known;
	enum ent_part first = less ? ENT_WORLD : ENT_KNOWLEDGE;
	enum ent_part second = less ? ENT_KNOWLEDGE : ENT_WORLD;
	struct ent_diff *diff;
	json_t *from, *middle, *to;
	bool same;

	b.has_published = a.has_published;
	b.published = a.published;
	if (less)
		between.at = b.at;
	else
		between.known = b.known;
	diff = diff_of(trial, &a, &b);
	from = trial_document(trial, a);
	middle = trial_document(trial, between);
	to = trial_document(trial, b);
	same = trial_same(leaves_of_diff(diff, first, false),
			  leaves_changes(from, middle));
	same = trial_same(leaves_of_diff(diff, second, false),
			  leaves_changes(middle, to)) && same;
	json_decref(from);
	json_decref(middle);
	json_decref(to);
	ent_diff_free(diff);
	return same;
}

/* patch(a, diff(a, b)) = b, byte for byte. */
bool law_patch_leads_there(struct trial *trial)
{
	struct reference_basis a = generate_basis(&trial->dice, trial->events);
	struct reference_basis b = generate_basis(&trial->dice, trial->events);
	struct ent_state *from = harness_replay(&trial->harness, &a, NULL);
	struct ent_state *to = harness_replay(&trial->harness, &b, NULL);
	json_t *patched = harness_value(ent_state_alliances(from));
	char *want = harness_text(ent_state_alliances(to));
	struct ent_error err;
	char *text = NULL;
	json_t *patch = NULL;
	char *got = NULL;
	bool same = false;

	if (ent_state_patch(from, to, &text, NULL, &err) == ENT_OK)
		patch = json_loads(text, 0, NULL);
	if (patch && patch_apply(&patched, patch)) {
		got = harness_dump(patched);
		same = strcmp(got, want) == 0;
	}
	if (!same)
		printf("  patch: %s\n  gives: %s\n  not:   %s\n",
		       text ? text : err.msg, got ? got : "nothing", want);
	free(got);
	json_decref(patch);
	ent_free(text);
	ent_free(want);
	json_decref(patched);
	ent_state_free(from);
	ent_state_free(to);
	return same;
}
