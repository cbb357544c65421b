/*
 * cmd_replay.c - the state of alliances on a day.
 */
#include "ask.h"
#include "out.h"
#include "redactions.h"
#include "state_text.h"

struct replay {
	struct ask ask;
	struct opt_list alliances;
	struct opt_number last;
	bool no_checkpoints;
	bool json;
};

static int print_json(const struct ent_state *state)
{
	struct ent_error err = { 0 };
	char *json = NULL;
	size_t len = 0;

	if (ent_state_json(state, &json, &len, &err) < 0)
		return fail_ent(&err, "replay");
	out_bytes(json, len);
	out_str("\n");
	ent_free(json);
	return CLI_DONE;
}

static int print_text(struct ent_log *log, const struct ent_state *state)
{
	const struct ent_value *alliances = ent_state_alliances(state);
	struct ent_basis basis = ent_state_basis(state);
	struct text when = { 0 };
	size_t count;
	const struct ent_redaction *gone = ent_state_redactions(state, &count);
	int rc = ask_describe(log, &basis, &when);

	if (rc == CLI_DONE && alliances->len == 0)
		out_fmt("no alliance %s\n", text_get(&when));
	for (size_t i = 0; i < alliances->len && rc == CLI_DONE; i++) {
		out_str(i ? "\n" : "");
		state_print(&alliances->as.members[i], text_get(&when));
	}
	redactions_print(gone, count);
	text_release(&when);
	return rc;
}

static int replay(struct ent_log *log, const struct replay *replay)
{
	const struct ent_view view = {
		.alliances = replay->alliances.items,
		.alliances_count = replay->alliances.count,
		.last = replay->last.given ? (size_t)replay->last.value :
					     ENT_VIEW_LAST,
		.no_checkpoints = replay->no_checkpoints
	};
	struct ent_state *state = NULL;
	struct ent_basis basis;
	struct ent_error err = { 0 };
	int rc;

	rc = ask_basis(log, &replay->ask, &basis);
	if (rc != CLI_DONE)
		return rc;
	if (ent_replay(log, &basis, &view, &state, &err) < 0)
		return fail_ent(&err, "replay");
	rc = replay->json ? print_json(state) : print_text(log, state);
	ent_state_free(state);
	return rc;
}

static int run(const struct cli *cli, const struct replay *ask)
{
	struct ent_log *log = NULL;
	int rc = ask_alliances(&ask->alliances);

	if (rc == CLI_DONE)
		rc = ask_log(cli, ASK_READ, &log);
	if (rc == CLI_DONE)
		rc = replay(log, ask);
	ent_log_close(log);
	return rc;
}

int cmd_replay(struct cli *cli, int argc, char **argv)
{
	struct replay ask = { 0 };
	const struct opt opts[] = {
		{ 'a', "alliance", OPT_LIST, "CODE", "only this one; may be given "
		  "again", &ask.alliances },
		{ 0, "known", OPT_TEXT, "K", "what was known: SEQ, DATE or TIME",
		  &ask.ask.known },
		{ 0, "published", OPT_TEXT, "DATE", "only what was surely "
		  "published by then", &ask.ask.published },
		{ 0, "last", OPT_NUMBER, "N", "entries of exercises, commitments "
		  "and signals (20; 0 = all)", &ask.last },
		{ 0, "no-checkpoints", OPT_FLAG, NULL, "fold all events: the same "
		  "answer, slowly", &ask.no_checkpoints },
		{ 0, "json", OPT_FLAG, NULL, "answer as JSON", &ask.json }
	};
	const struct usage usage = {
		.command = "replay", .operands = "[DATE]", .max = 1,
		.about = "Show the state of alliances at the end of the last day "
			 "of DATE, today (UTC)\nwhere none is given."
	};
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, opts, OPT_COUNT(opts), argc, argv, &count);
	if (rc == OPT_GO) {
		ask.ask.at = count > 0 ? argv[0] : NULL;
		rc = run(cli, &ask);
	}
	opt_list_release(&ask.alliances);
	return rc;
}
