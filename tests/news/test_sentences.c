/*
 * test_sentences.c [--by-type] [--errors] [--score] FILE... - what is proposed for
 * sentences whose events a person has written down; README.md says how.
 *
 * Without a file: those of tests/news/sentences, from the project's root.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tally.h"

enum { MISUSED = 2 };

struct run {
	struct ent_coder *coders[2]; /* the usual types, all types */
	struct tally tally;
	bool by_type, errors, score;
	unsigned long passed, failed, known;
};

static void give_up(const char *where, unsigned long line, const char *why)
{
	fprintf(stderr, "%s:%lu: %s\n", where, line, why);
	exit(MISUSED);
}

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

/* The name of what an item lacks, or NULL. */
static const char *missing_member(const json_t *item)
{
	static const char *const keys[] = { "id", "published", "text" };
	const json_t *expect = json_object_get(item, "expect");
	const json_t *row;
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (!*match_text(item, keys[i]))
			return keys[i];
	}
	if (!json_is_array(expect))
		return "expect";
	json_array_foreach(expect, i, row) {
		if (!*match_text(row, "type"))
			return "expect.type";
		if (!*match_text(row, "modality"))
			return "expect.modality";
	}
	return NULL;
}

static void run_item(struct run *run, const json_t *item, const char *file,
		     unsigned long line)
{
	const char *text = match_text(item, "text");
	bool all_types = json_is_true(json_object_get(item, "all_types"));
	struct ent_article article = { .name = match_text(item, "id"),
				       .publisher = "sentences",
				       .published = match_text(item, "published"),
				       .text = text,
				       .len = strlen(text) };
	struct ent_candidate **candidates = NULL;
	struct judgement judgement;
	struct ent_error err;
	size_t n = 0;

	if (ent_propose(run->coders[all_types], &article, &candidates, &n,
			&err) < 0)
		give_up(file, line, err.msg);
	if (!judge(item, candidates, n, &judgement))
		give_up(file, line, "more events than can be judged");
	tally_add(&run->tally, &judgement);
	count(run, item, &judgement);
	ent_candidates_free(candidates, n);
}

static void run_line(struct run *run, const char *text, const char *file,
		     unsigned long line)
{
	json_error_t error;
	json_t *item = json_loads(text, JSON_REJECT_DUPLICATES, &error);
	const char *missing;

	if (!item)
		give_up(file, line, error.text);
	missing = missing_member(item);
	if (missing) {
		fprintf(stderr, "%s:%lu: no %s\n", file, line, missing);
		exit(MISUSED);
	}
	run_item(run, item, file, line);
	json_decref(item);
}

static void run_file(struct run *run, const char *path)
{
	FILE *file = fopen(path, "r");
	unsigned long line = 0;
	char *text = NULL;
	size_t size = 0;

	if (!file)
		give_up(path, 0, strerror(errno));
	while (getline(&text, &size, file) >= 0)
		run_line(run, text, path, ++line);
	if (ferror(file))
		give_up(path, line, "cannot be read");
	free(text);
	fclose(file);
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
		give_up(arg, 0, "no such option");
	return false;
}

static void make_coders(struct run *run)
{
	for (size_t i = 0; i < 2; i++) {
		struct ent_coder_options options = { .all_types = i == 1 };
		struct ent_error err;

		if (ent_coder_new(&options, &run->coders[i], &err) < 0)
			give_up("coder", 0, err.msg);
	}
}

int main(int argc, char **argv)
{
	static const char *const usual[] = { "tests/news/sentences/a.jsonl",
					     "tests/news/sentences/b.jsonl",
					     "tests/news/sentences/all-a.jsonl",
					     "tests/news/sentences/all-b.jsonl" };
	struct run run = { .passed = 0 };
	size_t files = 0;

	make_coders(&run);
	for (int i = 1; i < argc; i++)
		files += !take_option(&run, argv[i]);
	for (int i = 1; i < argc; i++) {
		if (argv[i][0] != '-')
			run_file(&run, argv[i]);
	}
	for (size_t i = 0; files == 0 && i < sizeof(usual) / sizeof(usual[0]); i++)
		run_file(&run, usual[i]);
	if (run.score || run.by_type)
		tally_print(&run.tally, run.by_type);
	for (size_t i = 0; i < 2; i++)
		ent_coder_free(run.coders[i]);
	printf("known to fall short: %lu\n", run.known);
	printf("sentences: %lu passed, %lu failed, 0 skipped\n", run.passed,
	       run.failed);
	return run.failed && !run.score ? EXIT_FAILURE : EXIT_SUCCESS;
}
