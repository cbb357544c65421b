/*
 * cmd_diff.c - what changed between two days, or between two states of
 * knowledge, and which events did it.
 */
#include "ask.h"
#include "changes.h"
#include "out.h"
#include "redactions.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct comparison {
	const char *known, *published;
	struct opt_list alliances;
	bool json, json_patch, trail, exit_code, no_checkpoints;
	struct opt_number last; /* of --json-patch */
	struct ent_basis from, to;
};

/* ---- bases ------------------------------------------------------------- */

/* K, or K1..K2; a `..` inside one K (as in ../2012) makes no sense here. */
static int ask_bases(struct ent_log *log, struct comparison *ask, char **dates)
{
	const char *dots = ask->known ? strstr(ask->known, "..") : NULL;
	struct ask from = { .at = dates[0], .published = ask->published };
	struct ask to = { .at = dates[1], .published = ask->published };
	char *first = NULL;
	int rc;

	from.known = to.known = ask->known;
	if (dots) {
		first = copy(ask->known);
		first[dots - ask->known] = '\0';
		from.known = first;
		to.known = dots + 2;
	}
	if (dots && (*from.known == '\0' || *to.known == '\0')) {
		rc = fail(CLI_USAGE, "--known \"%s\": write K or K1..K2",
			  ask->known);
	} else {
		rc = ask_basis(log, &from, &ask->from);
		if (!dots)
			to.known = NULL; /* asked once, noted once */
		if (rc == CLI_DONE)
			rc = ask_basis(log, &to, &ask->to);
		if (!dots)
			ask->to.known = ask->from.known;
	}
	free(first);
	return rc;
}

/* ---- as text ----------------------------------------------------------- */

static int print_header(struct ent_log *log, const struct ent_diff *diff)
{
	struct ent_basis from = ent_diff_from(diff), to = ent_diff_to(diff);
	struct text text = { 0 };
	int rc;

	text_str(&text, "from ");
	rc = ask_describe(log, &from, &text);
	text_str(&text, "\nto   ");
	if (rc == CLI_DONE)
		rc = ask_describe(log, &to, &text);
	text_str(&text, "\n");
	if (rc == CLI_DONE)
		out_text(&text);
	text_release(&text);
	return rc;
}

static int print_text(struct ent_log *log, const struct ent_diff *diff,
		      bool trail)
{
	struct changes_count count = { 0 };
	size_t gone_count;
	const struct ent_redaction *gone = ent_diff_redactions(diff, &gone_count);
	int rc = print_header(log, diff);

	if (rc != CLI_DONE)
		return rc;
	if (ent_diff_count(diff) == 0) {
		out_str("nothing changed\n");
	} else {
		changes_print(diff, trail ? CHANGES_DAYS : CHANGES_PARTS,
			      &count);
		out_fmt("\n%zu changed, %zu added, %zu removed\n",
			count.changed, count.added, count.removed);
	}
	redactions_print(gone, gone_count);
	return CLI_DONE;
}

static int print_json(const struct ent_diff *diff)
{
	struct ent_error err = { 0 };
	char *json = NULL;
	size_t len = 0;

	if (ent_diff_json(diff, &json, &len, &err) < 0)
		return fail_ent(&err, "diff");
	out_bytes(json, len);
	out_str("\n");
	ent_free(json);
	return CLI_DONE;
}

static int compare(struct ent_log *log, const struct comparison *ask)
{
	const struct ent_diff_options options = {
		.alliances = ask->alliances.items,
		.alliances_count = ask->alliances.count,
		.trail = ask->trail,
		.no_checkpoints = ask->no_checkpoints
	};
	struct ent_diff *diff = NULL;
	struct ent_error err = { 0 };
	int rc;

	if (ent_diff(log, &ask->from, &ask->to, &options, &diff, &err) < 0)
		return fail_ent(&err, "diff");
	rc = ask->json ? print_json(diff) : print_text(log, diff, ask->trail);
	if (rc == CLI_DONE && ask->exit_code && ent_diff_count(diff) > 0)
		rc = CLI_NO;
	ent_diff_free(diff);
	return rc;
}

/* ---- as a patch -------------------------------------------------------- */

static int patch(struct ent_log *log, const struct comparison *ask)
{
	const struct ent_view view = {
		.alliances = ask->alliances.items,
		.alliances_count = ask->alliances.count,
		.last = ask->last.given ? (size_t)ask->last.value : ENT_VIEW_LAST
	};
	struct ent_state *from = NULL, *to = NULL;
	struct ent_error err = { 0 };
	char *json = NULL;
	size_t len = 0;
	int rc = CLI_DONE;

	if (ent_replay(log, &ask->from, &view, &from, &err) < 0 ||
	    ent_replay(log, &ask->to, &view, &to, &err) < 0 ||
	    ent_state_patch(from, to, &json, &len, &err) < 0) {
		rc = fail_ent(&err, "diff");
	} else {
		out_bytes(json, len);
		out_str("\n");
		if (ask->exit_code && !ent_value_equal(ent_state_alliances(from),
						       ent_state_alliances(to)))
			rc = CLI_NO;
	}
	ent_free(json);
	ent_state_free(from);
	ent_state_free(to);
	return rc;
}

static int run(const struct cli *cli, struct comparison *ask, char **dates)
{
	struct ent_log *log = NULL;
	int rc;

	rc = ask_alliances(&ask->alliances);
	if (rc == CLI_DONE && ask->json_patch && (ask->trail || ask->json))
		rc = fail(CLI_USAGE, "diff: --json-patch goes with neither "
			  "--trail nor --json");
	if (rc == CLI_DONE)
		rc = ask_log(cli, ASK_READ, &log);
	if (rc == CLI_DONE)
		rc = ask_bases(log, ask, dates);
	if (rc == CLI_DONE)
		rc = ask->json_patch ? patch(log, ask) : compare(log, ask);
	ent_log_close(log);
	return rc;
}

int cmd_diff(struct cli *cli, int argc, char **argv)
{
	struct comparison ask = { 0 };
	const struct opt opts[] = {
		{ 'a', "alliance", OPT_LIST, "CODE", "only this one; may be given "
		  "again", &ask.alliances },
		{ 0, "known", OPT_TEXT, "K|K1..K2", "what was known: SEQ, DATE "
		  "or TIME", &ask.known },
		{ 0, "published", OPT_TEXT, "DATE", "only what was surely "
		  "published by then", &ask.published },
		{ 0, "no-checkpoints", OPT_FLAG, NULL, "fold all events: the same "
		  "answer, slowly", &ask.no_checkpoints },
		{ 0, "trail", OPT_FLAG, NULL, "every step between, day by day",
		  &ask.trail },
		{ 0, "exit-code", OPT_FLAG, NULL, "exit with 1 when something "
		  "changed", &ask.exit_code },
		{ 0, "json", OPT_FLAG, NULL, "answer as JSON", &ask.json },
		{ 0, "json-patch", OPT_FLAG, NULL, "an RFC 6902 patch between "
		  "the two replays", &ask.json_patch },
		{ 0, "last", OPT_NUMBER, "N", "entries of a replay that the patch "
		  "is for (20; 0 = all)", &ask.last }
	};
	const struct usage usage = {
		.command = "diff", .operands = "DATE1 DATE2", .min = 2, .max = 2,
		.about = "Show what changed between the ends of two days, and "
			 "which events did it.\nWith --known K1..K2 what was "
			 "learned comes first, then what happened."
	};
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, opts, OPT_COUNT(opts), argc, argv, &count);
	if (rc == OPT_GO)
		rc = run(cli, &ask, argv);
	opt_list_release(&ask.alliances);
	return rc;
}
