/*
 * laws_checkpoint.c - with checkpoints and without, and by the short way to
 * memberships, an answer is the same.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "laws.h"

static char *answer(struct trial *trial, const struct ent_basis *basis,
		    size_t last, bool no_checkpoints)
{
	struct ent_view view = { .last = last,
				 .no_checkpoints = no_checkpoints };
	struct ent_state *state = NULL;
	struct ent_error err;
	char *json = NULL;

	if (ent_replay(trial->harness.log, basis, &view, &state, &err) < 0 ||
	    ent_state_json(state, &json, NULL, &err) < 0) {
		fprintf(stderr, "property: replay: %s\n", err.msg);
		exit(EXIT_FAILURE);
	}
	ent_state_free(state);
	return json;
}

/* The same bytes, digest and all. */
bool law_checkpoints_change_nothing(struct trial *trial)
{
	struct reference_basis asked = trial_basis(trial);
	struct ent_basis basis = harness_basis(&asked);
	size_t last = dice_index(&trial->dice, 4);
	char *with = answer(trial, &basis, last, false);
	char *without = answer(trial, &basis, last, true);
	bool same = strcmp(with, without) == 0;

	if (!same)
		printf("  %s\n  %s\n", with, without);
	ent_free(with);
	ent_free(without);
	return same;
}

static char *changes(struct trial *trial, const struct ent_basis *from,
		     const struct ent_basis *to, bool no_checkpoints)
{
	struct ent_diff_options options = { .no_checkpoints = no_checkpoints };
	struct ent_diff *diff = NULL;
	struct ent_error err;
	char *json = NULL;

	if (ent_diff(trial->harness.log, from, to, &options, &diff, &err) < 0 ||
	    ent_diff_json(diff, &json, NULL, &err) < 0) {
		fprintf(stderr, "property: diff: %s\n", err.msg);
		exit(EXIT_FAILURE);
	}
	ent_diff_free(diff);
	return json;
}

bool law_checkpoints_change_no_diff(struct trial *trial)
{
	struct reference_basis a = trial_basis(trial), b = trial_basis(trial);
	struct ent_basis from = harness_basis(&a), to = harness_basis(&b);
	char *with, *without;
	bool same;

	if (dice_index(&trial->dice, 3) > 0) { /* as most people ask */
		to.known = from.known;
		to.has_published = from.has_published = false;
	}
	with = changes(trial, &from, &to, false);
	without = changes(trial, &from, &to, true);
	same = strcmp(with, without) == 0;

	if (!same)
		printf("  %s\n  %s\n", with, without);
	ent_free(with);
	ent_free(without);
	return same;
}

/* ---- memberships by the short way -------------------------------------------- */

static uint64_t bit_of(const char *status)
{
	unsigned n = 0;

	while (strcmp(ent_standing_status(n), status) != 0)
		n++;
	return (uint64_t)1 << n;
}

static uint64_t bits_of(const json_t *possible)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < json_array_size(possible); i++)
		bits |= bit_of(json_string_value(json_array_get(possible, i)));
	return bits;
}

static bool agrees(const json_t *entry, const struct ent_standing *standing)
{
	const char *status = json_string_value(json_object_get(entry, "status"));
	const char *certainty =
		json_string_value(json_object_get(entry, "certainty"));

	return status && strcmp(status, standing->status) == 0 &&
	       (strcmp(certainty, "certain") == 0) == standing->certain &&
	       bits_of(json_object_get(entry, "possible")) ==
		       standing->possible &&
	       (standing->seq == 0) == (strcmp(status, "none") == 0);
}

static const json_t *entry_of(const json_t *alliance, const char *actor)
{
	static const char *const groups[] = { "members", "candidates",
					      "former" };

	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		const json_t *entry = json_object_get(
			json_object_get(alliance, groups[i]), actor);

		if (entry)
			return entry;
	}
	return NULL;
}

static size_t count_entries(const json_t *alliance)
{
	return json_object_size(json_object_get(alliance, "members")) +
	       json_object_size(json_object_get(alliance, "candidates")) +
	       json_object_size(json_object_get(alliance, "former"));
}

static bool stands_as(struct trial *trial, const struct ent_basis *basis,
		      const char *code, const json_t *alliance)
{
	struct ent_standings *standings = NULL;
	struct ent_error err;
	bool same;

	if (ent_standings(trial->harness.log, basis, code, &standings, &err) <
	    0) {
		printf("  standings: %s\n", err.msg);
		return false;
	}
	same = ent_standings_count(standings) == count_entries(alliance);
	for (size_t i = 0; same && i < ent_standings_count(standings); i++) {
		const struct ent_standing *standing =
			ent_standings_get(standings, i);

		same = agrees(entry_of(alliance, standing->actor), standing);
		if (!same)
			printf("  %s stands as %s in %s\n", standing->actor,
			       standing->status, code);
	}
	ent_standings_free(standings);
	return same;
}

bool law_standings_are_those_of_the_state(struct trial *trial)
{
	struct reference_basis asked = trial_basis(trial);
	struct ent_basis basis = harness_basis(&asked);
	json_t *document = trial_document(trial, asked), *alliance;
	const char *code;
	bool same = true;

	json_object_foreach(document, code, alliance)
		same &= stands_as(trial, &basis, code, alliance);
	json_decref(document);
	return same;
}
