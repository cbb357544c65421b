/*
 * cmd_propose.c - read news, and print candidate events as JSON Lines.  Appends
 * nothing.
 */
#include "propose.h"
#include "progress.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void print_explanation(const char *line, void *arg)
{
	(void)arg;
	out_safe(line);
	out_str("\n");
}

/* A log that no option names need not be there: the first article comes before the
 * first event. */
static int open_log(struct propose *propose)
{
	struct stat st;

	if (!propose->cli->log && stat(ask_log_name(propose->cli), &st) != 0 &&
	    errno == ENOENT)
		return CLI_DONE;
	return ask_log(propose->cli, ASK_READ, &propose->log);
}

static int prepare(struct propose *propose)
{
	const struct ent_coder_options options = {
		.all_types = propose->all_types,
		.explain = propose->explain ? print_explanation : NULL
	};
	struct ent_error err = { 0 };
	int rc;

	if (ent_memory_new(&propose->memory, &err) < 0 ||
	    ent_coder_new(&options, &propose->coder, &err) < 0)
		return fail(exit_of(err.code), "propose: %s", err.msg);
	rc = propose_load_seen(propose);
	return rc == CLI_DONE ? open_log(propose) : rc;
}

static int read_all(struct propose *propose, size_t count, char **names)
{
	int rc = CLI_DONE;

	if (count == 0)
		rc = propose_input(propose);
	for (size_t i = 0; i < count && rc == CLI_DONE && !out_failed(); i++)
		rc = propose_path(propose, names[i]);
	progress_done();
	return rc;
}

static void add_count(struct text *text, size_t n, const char *one,
		      const char *many)
{
	text_fmt(text, "%s%zu %s", text->len ? ", " : "", n, n == 1 ? one : many);
}

static void print_counts(const struct propose *propose)
{
	struct text text = { 0 };

	add_count(&text, propose->articles, "article", "articles");
	add_count(&text, propose->candidates, "candidate", "candidates");
	add_count(&text, propose->copies, "copy", "copies");
	if (propose->again > 0)
		add_count(&text, propose->again, "read before", "read before");
	add_count(&text, propose->skipped, "skipped", "skipped");
	complain("%s", text_get(&text));
	text_release(&text);
}

static int run(struct propose *propose, size_t count, char **names)
{
	int rc = prepare(propose);

	if (rc == CLI_DONE)
		rc = read_all(propose, count, names);
	if (rc == CLI_DONE)
		rc = propose_save_seen(propose);
	if (rc == CLI_DONE && isatty(STDERR_FILENO) == 1)
		print_counts(propose);
	ent_coder_free(propose->coder);
	ent_memory_free(propose->memory);
	ent_log_close(propose->log);
	return rc == CLI_DONE ? propose->worst : rc;
}

static int check(const struct propose *propose)
{
	struct ent_error err = { 0 };
	struct ent_date date;

	if (propose->seen && (strcmp(propose->seen, "-") == 0 || !*propose->seen))
		return fail(CLI_USAGE, "propose: --seen needs the name of a file");
	if (!propose->published ||
	    ent_date_parse(propose->published, &date, &err) == ENT_OK)
		return CLI_DONE;
	fail_ent(&err, "--published \"%s\"", propose->published);
	hint("write 2024-02-29, 2024-02 or 2024; `entente help dates` has all "
	     "forms");
	return CLI_USAGE;
}

int cmd_propose(struct cli *cli, int argc, char **argv)
{
	struct propose propose = { .cli = cli };
	bool json = false;
	const struct opt opts[] = {
		{ 0, "published", OPT_TEXT, "DATE", "of articles that do not say "
		  "when they were", &propose.published },
		{ 0, "all-types", OPT_FLAG, NULL, "statements and meetings too",
		  &propose.all_types },
		{ 0, "seen", OPT_TEXT, "FILE", "remember there what was read, and "
		  "propose it once", &propose.seen },
		{ 0, "explain", OPT_FLAG, NULL, "tell of each sentence why; "
		  "propose nothing", &propose.explain },
		{ 0, "json", OPT_FLAG, NULL, "JSON Lines, as without it", &json }
	};
	const struct usage usage = {
		.command = "propose", .operands = "[FILE...]", .max = SIZE_MAX,
		.about = "Read news (text, mail, HTML, RSS, Atom, JSON Feed, JSON "
			 "Lines) from files, from folders\nand what lies below them, "
			 "or from the standard input, and print candidate events as\n"
			 "JSON Lines for `entente review`.  Appends nothing."
	};
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, opts, OPT_COUNT(opts), argc, argv, &count);
	if (rc != OPT_GO)
		return rc;
	rc = check(&propose);
	return rc == CLI_DONE ? run(&propose, count, argv) : rc;
}
