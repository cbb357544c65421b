/*
 * cmd_review.c - a person goes through candidates, or all that pass are accepted.
 */
#include "out.h"
#include "review.h"
#include "safe.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_one_of(const char *word, const char *const *words)
{
	for (; *words; words++)
		if (strcmp(word, *words) == 0)
			return true;
	return false;
}

static int check_words(const struct review *review)
{
	static const char *const kinds[] = { "fact", "claim", "possible",
					     "planned", "denied", "any", NULL };
	static const char *const orders[] = { "file", "score", NULL };

	if (review->only && !is_one_of(review->only, kinds))
		return fail(CLI_USAGE, "review: --only is fact, claim, possible, "
			    "planned, denied or any, not %s", review->only);
	if (review->order && !is_one_of(review->order, orders))
		return fail(CLI_USAGE, "review: --order is file or score, not %s",
			    review->order);
	if (review->min_score.given && review->min_score.value > 1000)
		return fail(CLI_USAGE, "review: --min-score is 1000 at most");
	return CLI_DONE;
}

/* Options that have no meaning where a person decides. */
static int check_bulk(const struct review *review)
{
	const char *name = review->only ? "--only" :
			   review->min_score.given ? "--min-score" :
			   review->dry_run ? "--dry-run" :
			   review->json ? "--json" : NULL;

	if (review->accept_all || !name)
		return CLI_DONE;
	return fail(CLI_USAGE, "review: %s goes with --accept-all", name);
}

/* Who accepts: --coder, else the environment, else the name of the user. */
static const char *find_coder(const struct review *review)
{
	const char *name = getenv("ENTENTE_CODER");
	const struct passwd *user;

	if (review->coder || review->accept_all)
		return review->coder;
	if (name && *name)
		return name;
	user = getpwuid(getuid());
	return user && *user->pw_name ? user->pw_name : NULL;
}

static int check_coder(const char *coder)
{
	size_t left = coder ? strlen(coder) : 0, at = 0, n;
	uint32_t cp;

	if (coder && left == 0)
		return fail(CLI_USAGE, "review: the name of the coder is empty");
	for (; left > 0; at += n, left -= n) {
		n = safe_decode(coder + at, left, &cp);
		if (cp == SAFE_BAD_BYTE)
			return fail(CLI_INPUT, "review: the name of the coder is "
				    "not UTF-8 (byte %zu)", at + 1);
	}
	return CLI_DONE;
}

/* A person needs a terminal for the screen, and one for the keys. */
static int check_terminal(bool data_is_stdin)
{
	bool keys = isatty(STDIN_FILENO) == 1;

	if (data_is_stdin && keys) {
		fail(CLI_USAGE, "review: no file of candidates is named");
		hint("entente propose news.txt | entente review, or "
		     "entente review FILE");
		return CLI_USAGE;
	}
	if ((data_is_stdin || keys) && isatty(STDOUT_FILENO) == 1)
		return CLI_DONE;
	fail(CLI_USAGE, "review: there is no terminal for a person to decide at");
	hint("run it in a terminal, or accept what passes with --accept-all "
	     "(--dry-run shows what that would be)");
	return CLI_USAGE;
}

static int run(struct review *review, const char *name)
{
	bool data_is_stdin = strcmp(name, "-") == 0;
	int rc = check_words(review);

	if (rc == CLI_DONE)
		rc = check_bulk(review);
	review->coder = find_coder(review);
	if (rc == CLI_DONE)
		rc = check_coder(review->coder);
	if (rc == CLI_DONE && !review->accept_all)
		rc = check_terminal(data_is_stdin);
	if (rc == CLI_DONE)
		rc = review_load(review, name);
	if (rc == CLI_DONE)
		rc = review_open(review, false);
	if (rc == CLI_DONE)
		rc = review_sort(review);
	if (rc != CLI_DONE)
		return rc;
	return review->accept_all ? review_bulk(review) :
				    review_by_hand(review, data_is_stdin);
}

int cmd_review(struct cli *cli, int argc, char **argv)
{
	struct review review = { .cli = cli };
	const struct opt opts[] = {
		{ 0, "order", OPT_TEXT, "ORDER", "file (as they come) or score "
		  "(the best first)", &review.order },
		{ 0, "coder", OPT_TEXT, "NAME", "who accepts; else "
		  "$ENTENTE_CODER, else the user's name", &review.coder },
		{ 0, "decisions", OPT_TEXT, "FILE", "where decisions are kept; "
		  "else review.jsonl in the log's folder",
		  &review.decisions_name },
		{ 0, "accept-all", OPT_FLAG, NULL, "accept what passes, with no "
		  "person", &review.accept_all },
		{ 0, "only", OPT_TEXT, "MODALITY", "what passes: fact (default), "
		  "claim, possible, planned, denied, any", &review.only },
		{ 0, "min-score", OPT_NUMBER, "N", "what passes: a score of N or "
		  "more (default 500)", &review.min_score },
		{ 'n', "dry-run", OPT_FLAG, NULL, "with --accept-all: write "
		  "nothing; list what would be done", &review.dry_run },
		{ 0, "json", OPT_FLAG, NULL, "with --accept-all: answer as JSON",
		  &review.json }
	};
	const struct usage usage = {
		.command = "review", .operands = "[FILE]", .max = 1,
		.about = "Go through candidates, JSON Lines as propose prints "
			 "them, from FILE or the standard\ninput: accept, as a "
			 "claim, edit, reject, undo.  What is accepted is appended "
			 "at once,\nand what was decided does not come back."
	};
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, opts, OPT_COUNT(opts), argc, argv, &count);
	if (rc != OPT_GO)
		return rc;
	rc = run(&review, count > 0 ? argv[0] : "-");
	review_release(&review);
	return rc;
}
