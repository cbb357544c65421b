/*
 * test_sentences.c [--by-type] [--errors] [--score] FILE... - what is proposed for
 * sentences whose events a person has written down; README.md says how.
 *
 * Without a file: those of tests/news/sentences, from the project's root.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "items.h"
#include "tally.h"

struct run {
	struct ent_coder *coders[2]; /* the usual types, all types */
	struct tally tally;
	bool by_type, errors, score;
	unsigned long passed, failed, known;
};

/* ---- what went wrong --------------------------------------------------- */

static void print_row(const char *what, const json_t *row)
{
	printf("    %s %s %s %s%s%s %s %s\n", what, match_text(row, "type"),
	       match_text(row, "actor"), match_text(row, "alliance"),
	       *match_text(row, "target") ? " > " : "",
	       match_text(row, "target"), match_text(row, "modality"),
	       match_text(row, "date"));
}

static void print_event(const char *what, const struct ent_value *event)
{
	static const char *const keys[] = { "type", "actor", "alliance",
					    "target", "modality", "date" };

	printf("    %s", what);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const char *text = ent_value_get_text(event, keys[i]);

		if (text)
			printf(" %s", text);
	}
	printf("\n");
}

static void print_judgement(const json_t *item,
			    const struct judgement *judgement)
{
	printf("%s %s: %s\n", match_text(item, "id"),
	       match_text(item, "published"), match_text(item, "text"));
	for (size_t i = 0; i < judgement->rows_n; i++) {
		const struct judge_row *row = &judgement->rows[i];

		if (!row->event && !row->optional)
			print_row("missing ", row->row);
		if (row->event && (!row->modality_ok ||
				   (!row->date_ok && !row->optional))) {
			print_row("expected", row->row);
			print_event("  not   ", row->event);
		}
	}
	for (size_t i = 0; i < judgement->extra_n; i++)
		print_event("too much", judgement->extra[i]);
}

/* A shortfall that is known must be one still, so that the mark goes with it. */
static void count(struct run *run, const json_t *item,
		  const struct judgement *judgement)
{
	bool known = json_object_get(item, "known") != NULL;
	bool passes = judge_passes(judgement);

	run->passed += passes && !known;
	run->known += known && !passes;
	run->failed += passes == known;
	if (passes && known)
		printf("%s passes, though it is marked as known: %s\n",
		       match_text(item, "id"), match_text(item, "known"));
	if (!passes && run->errors)
		print_judgement(item, judgement);
}

/* ---- items ------------------------------------------------------------- */

static void run_item(const json_t *item, const struct item_place *place, void *arg)
{
	struct run *run = arg;
	struct ent_candidate **candidates;
	struct judgement judgement;
	size_t n;

	items_propose(run->coders[items_all_types(item)], item, place,
		      &candidates, &n);
	if (!judge(item, candidates, n, &judgement))
		items_give_up(place, "more events than can be judged");
	tally_add(&run->tally, &judgement);
	count(run, item, &judgement);
	ent_candidates_free(candidates, n);
}

/* ---- the program ------------------------------------------------------- */

static bool take_option(struct run *run, const char *arg)
{
	if (strcmp(arg, "--by-type") == 0)
		return run->by_type = true;
	if (strcmp(arg, "--errors") == 0)
		return run->errors = true;
	if (strcmp(arg, "--score") == 0)
		return run->score = true;
	if (arg[0] == '-')
		items_give_up(&(struct item_place){ arg, 0 }, "no such option");
	return false;
}

static void make_coders(struct run *run)
{
	for (size_t i = 0; i < 2; i++) {
		struct ent_coder_options options = { .all_types = i == 1 };
		struct ent_error err;

		if (ent_coder_new(&options, &run->coders[i], &err) < 0)
			items_give_up(&(struct item_place){ "coder", 0 }, err.msg);
	}
}

int main(int argc, char **argv)
{
	struct run run = { .passed = 0 };
	size_t files = 0;

	make_coders(&run);
	for (int i = 1; i < argc; i++)
		files += !take_option(&run, argv[i]);
	for (int i = 1; i < argc; i++) {
		if (argv[i][0] != '-')
			items_read(argv[i], run_item, &run);
	}
	if (files == 0)
		items_read_usual(run_item, &run);
	if (run.score || run.by_type)
		tally_print(&run.tally, run.by_type);
	for (size_t i = 0; i < 2; i++)
		ent_coder_free(run.coders[i]);
	printf("known to fall short: %lu\n", run.known);
	printf("sentences: %lu passed, %lu failed, 0 skipped\n", run.passed,
	       run.failed);
	return run.failed && !run.score ? EXIT_FAILURE : EXIT_SUCCESS;
}
