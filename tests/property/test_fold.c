/*
 * test_fold.c [SEED [COUNT [HASTE]]] - whole answers of the engine against those of
 * the reference, for random histories and random bases.  With HASTE it ends at the
 * first that differs, and shows nothing.
 *
 * A test that finds nothing may be blind, so the same comparison is made with
 * references that make a known mistake: each must be found out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "generate.h"
#include "harness.h"

enum { BASES = 5, FAULT_HISTORIES = 200, SHOWN_MAX = 5 };

static bool differs(struct harness *harness, const json_t *events,
		    const struct reference_basis *basis,
		    enum reference_fault fault, bool show)
{
	struct ent_state *state = harness_replay(harness, basis, NULL);
	char *got = harness_text(ent_state_alliances(state));
	json_t *reference = reference_replay(events, basis, fault);
	char *want = harness_dump(reference);
	bool differ = strcmp(got, want) != 0;

	if (show)
		printf("engine:    %s\nreference: %s\n", got, want);
	free(want);
	json_decref(reference);
	ent_free(got);
	ent_state_free(state);
	return differ;
}

static bool fails(const json_t *events, const struct reference_basis *basis,
		  bool show)
{
	struct harness harness;
	bool failed;

	harness_open(&harness);
	harness_fill(&harness, events);
	failed = differs(&harness, events, basis, REFERENCE_RIGHT, show);
	harness_close(&harness);
	return failed;
}

/* ---- shrinking -------------------------------------------------------- */

static bool has_id(const json_t *events, const char *id)
{
	for (size_t i = 0; i < json_array_size(events); i++) {
		const char *own = json_string_value(
			json_object_get(json_array_get(events, i), "id"));

		if (strcmp(own, id) == 0)
			return true;
	}
	return false;
}

static void take_out(json_t *events, size_t at, struct reference_basis *basis)
{
	json_array_remove(events, at);
	if (basis->known > at)
		basis->known--;
}

/* The history without event `at`, and without what cannot stand without it. */
static json_t *without(const json_t *events, size_t at,
		       struct reference_basis *basis)
{
	json_t *fewer = json_deep_copy(events);
	size_t i = 0;

	take_out(fewer, at, basis);
	while (i < json_array_size(fewer)) {
		json_t *event = json_array_get(fewer, i);
		json_t *retracts = json_object_get(event, "retracts");
		json_t *corrects = json_object_get(event, "corrects");

		if (corrects && !has_id(fewer, json_string_value(corrects)))
			json_object_del(event, "corrects");
		if (retracts && !has_id(fewer, json_string_value(retracts))) {
			take_out(fewer, i, basis);
			i = 0;
		} else {
			i++;
		}
	}
	return fewer;
}

/* Drop events one by one for as long as the failure stays. */
static void shrink(json_t **events, struct reference_basis *basis)
{
	size_t i = json_array_size(*events);

	while (i-- > 0) {
		struct reference_basis fewer_basis = *basis;
		json_t *fewer;

		if (i >= json_array_size(*events))
			continue;
		fewer = without(*events, i, &fewer_basis);
		if (json_array_size(fewer) > 0 &&
		    fails(fewer, &fewer_basis, false)) {
			json_decref(*events);
			*events = fewer;
			*basis = fewer_basis;
		} else {
			json_decref(fewer);
		}
	}
}

static void show_failure(uint64_t seed, const json_t *events,
			 const struct reference_basis *basis)
{
	struct reference_basis small_basis = *basis;
	json_t *small = json_deep_copy(events);

	printf("seed %llu differs, ", (unsigned long long)seed);
	harness_print_basis(basis);
	harness_print(events);
	if (fails(small, &small_basis, false))
		shrink(&small, &small_basis);
	printf("as few events as show it: ");
	harness_print_basis(&small_basis);
	harness_print(small);
	fails(small, &small_basis, true);
	json_decref(small);
}

/* ---- the property ----------------------------------------------------- */

/* How many of the bases of a history differ. */
static unsigned try_history(uint64_t seed, enum reference_fault fault,
			    bool show)
{
	json_t *events = generate_history(seed);
	struct dice dice = { ~seed };
	struct reference_basis wrong = { 0 };
	struct harness harness;
	unsigned found = 0;

	harness_open(&harness);
	harness_fill(&harness, events);
	for (int i = 0; i < BASES; i++) {
		struct reference_basis basis = generate_basis(&dice, events);

		if (!differs(&harness, events, &basis, fault, false))
			continue;
		if (found++ == 0)
			wrong = basis;
	}
	harness_close(&harness);
	if (found && show)
		show_failure(seed, events, &wrong);
	json_decref(events);
	return found;
}

static bool is_found_out(uint64_t seed, enum reference_fault fault)
{
	for (uint64_t i = 0; i < FAULT_HISTORIES; i++) {
		if (try_history(seed + i, fault, false))
			return true;
	}
	printf("mistake %d was not seen in %d histories\n", fault,
	       FAULT_HISTORIES);
	return false;
}

int main(int argc, char **argv)
{
	uint64_t seed = harness_number(argc, argv, 1, 1);
	uint64_t count = harness_number(argc, argv, 2, 2000);
	bool haste = harness_number(argc, argv, 3, 0) > 0;
	unsigned passed = 0;
	unsigned failed = 0;

	for (uint64_t i = 0; i < count; i++) {
		unsigned found = try_history(seed + i, REFERENCE_RIGHT,
					     !haste && failed < SHOWN_MAX);

		if (haste && found > 0)
			return EXIT_FAILURE;
		failed += found;
		passed += BASES - found;
	}
	for (int fault = 1; fault < REFERENCE_FAULTS; fault++) {
		if (is_found_out(seed, (enum reference_fault)fault))
			passed++;
		else
			failed++;
	}
	if (reference_skipped() > 0) {
		printf("%zu slots had too many choices\n", reference_skipped());
		failed++;
	}
	printf("property fold: %u passed, %u failed, 0 skipped\n", passed, failed);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
