/*
 * test_rules.c [--all] - is there a sentence for each rule in which it rightly fires,
 * and one in which its word stands and it holds back?
 *
 * A rule that no sentence shows may be wrong, or dead, and nobody would know.  --all
 * prints the figures of every rule.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "items.h"
#include "judge.h"

enum { RULES_MAX = 512, ID_SIZE = 48 };

struct shown {
	char id[ID_SIZE];
	bool fires_here, misses_here; /* in the item that is read now */
	unsigned right;    /* items in which it fired, rightly */
	unsigned wrong;    /* in which it fired, and which do not pass */
	unsigned held;     /* in which its word stood and it did not fire */
	unsigned facts, others; /* what it proposed: facts, all else */
};

struct run {
	struct ent_coder *coders[2]; /* the usual types, all types */
	struct shown rules[RULES_MAX];
	size_t n;
};

static _Noreturn void give_up(const char *where, const char *why)
{
	items_give_up(&(struct item_place){ where, 0 }, why);
}

/* ---- the rules --------------------------------------------------------- */

static void add_rule(struct run *run, const char *line)
{
	size_t len = strcspn(line, "\t");

	if (line[0] == '#' || line[len] != '\t')
		return;
	if (run->n == RULES_MAX || len >= ID_SIZE)
		give_up("rules.tsv", "more rules than are counted");
	memcpy(run->rules[run->n++].id, line, len);
}

static void read_rules(struct run *run)
{
	static const char path[] = "engine/news/rules/rules.tsv";
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t size = 0;

	if (!file)
		give_up(path, "cannot be read");
	while (getline(&line, &size, file) >= 0)
		add_rule(run, line);
	free(line);
	fclose(file);
}

static struct shown *find_rule(struct run *run, const char *id, size_t len)
{
	for (size_t i = 0; i < run->n; i++)
		if (strlen(run->rules[i].id) == len &&
		    memcmp(run->rules[i].id, id, len) == 0)
			return &run->rules[i];
	give_up(id, "no such rule");
}

/* ---- one item ---------------------------------------------------------- */

/* "  + join at "joined"", "  - join at "joined": why not" */
static void take_line(const char *line, void *arg)
{
	bool fired = strncmp(line, "  + ", 4) == 0;
	struct shown *rule;

	if (!fired && strncmp(line, "  - ", 4) != 0)
		return;
	rule = find_rule(arg, line + 4, strcspn(line + 4, " "));
	rule->fires_here |= fired;
	rule->misses_here |= !fired;
}

static void note_events(struct run *run, struct ent_candidate *const *candidates,
			size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct shown *rule = find_rule(run, candidates[i]->rule,
					       strlen(candidates[i]->rule));
		bool fact = !ent_value_get_text(candidates[i]->event, "modality");

		rule->facts += fact;
		rule->others += !fact;
	}
}

/* Did the rule propose something that a row asks for? */
static bool is_asked_for(const struct shown *rule, const struct judgement *judgement,
			 struct ent_candidate *const *candidates, size_t n)
{
	for (size_t i = 0; i < judgement->rows_n; i++)
		for (size_t k = 0; k < n; k++)
			if (judgement->rows[i].event == candidates[k]->event &&
			    strcmp(candidates[k]->rule, rule->id) == 0 &&
			    judgement->rows[i].modality_ok)
				return true;
	return false;
}

static void run_item(const json_t *item, const struct item_place *place, void *arg)
{
	struct run *run = arg;
	struct ent_candidate **candidates;
	struct judgement judgement;
	size_t n;

	for (size_t i = 0; i < run->n; i++)
		run->rules[i].fires_here = run->rules[i].misses_here = false;
	items_propose(run->coders[items_all_types(item)], item, place,
		      &candidates, &n);
	if (!judge(item, candidates, n, &judgement))
		items_give_up(place, "more events than can be judged");
	note_events(run, candidates, n);
	for (size_t i = 0; i < run->n; i++) {
		struct shown *rule = &run->rules[i];
		bool right = judge_passes(&judgement) ||
			is_asked_for(rule, &judgement, candidates, n);

		rule->right += rule->fires_here && right;
		rule->wrong += rule->fires_here && !right;
		rule->held += rule->misses_here;
	}
	ent_candidates_free(candidates, n);
}

/* ---- the program ------------------------------------------------------- */

/* What is firm in one sentence and denied or possible in another holds back, too. */
static bool holds_back(const struct shown *rule)
{
	return rule->held > 0 || (rule->facts > 0 && rule->others > 0);
}

static bool is_shown(const struct shown *rule)
{
	return rule->right > 0 && holds_back(rule);
}

static void print_rule(const struct shown *rule)
{
	printf("%-22s %3u right %3u wrong %3u held back%s%s\n", rule->id,
	       rule->right, rule->wrong, rule->held,
	       rule->right ? "" : "; no sentence in which it rightly fires",
	       holds_back(rule) ? "" : "; none in which it holds back");
}

static void make_coders(struct run *run)
{
	for (size_t i = 0; i < 2; i++) {
		struct ent_coder_options options = { .all_types = i == 1,
						     .explain = take_line,
						     .explain_arg = run };
		struct ent_error err;

		if (ent_coder_new(&options, &run->coders[i], &err) < 0)
			give_up("coder", err.msg);
	}
}

int main(int argc, char **argv)
{
	static struct run run;
	bool all = argc > 1 && strcmp(argv[1], "--all") == 0;
	unsigned passed = 0;

	read_rules(&run);
	make_coders(&run);
	items_read_usual(run_item, &run);
	for (size_t i = 0; i < run.n; i++) {
		passed += is_shown(&run.rules[i]);
		if (all || !is_shown(&run.rules[i]))
			print_rule(&run.rules[i]);
	}
	for (size_t i = 0; i < 2; i++)
		ent_coder_free(run.coders[i]);
	printf("rules: %u passed, %u failed, 0 skipped\n", passed,
	       (unsigned)run.n - passed);
	return passed == run.n && run.n > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
