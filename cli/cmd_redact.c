/*
 * cmd_redact.c - take the content of an event away for good.
 */
#include "ask.h"
#include "out.h"

#include <inttypes.h>

struct redaction {
	const char *reason;
	const char *coder;
	bool json;
};

static void print(const struct ent_appended *done, uint64_t seq, bool json)
{
	struct text text = { 0 };

	if (json) {
		text_fmt(&text, "{\"already\":%" PRIu64 ",\"appended\":%" PRIu64
			 ",\"head\":", done->already, done->appended);
		text_json_hash(&text, &done->head);
		text_fmt(&text, ",\"redacts\":%" PRIu64 ",\"seq\":%" PRIu64
			 "}\n", seq, done->first_known_seq);
	} else {
		text_fmt(&text, "event %" PRIu64 " %s event %" PRIu64 "\n",
			 done->first_known_seq,
			 done->appended ? "redacts" : "already redacts", seq);
	}
	out_text(&text);
	text_release(&text);
}

static int redact(struct ent_log *log, const char *name,
		  const struct redaction *ask)
{
	const struct ent_redact_options options = { .now_us = ask_now_us(),
						    .reason = ask->reason,
						    .coder = ask->coder };
	struct ent_appended done = { 0 };
	struct ent_event *target = NULL;
	struct ent_error err = { 0 };
	uint64_t seq;
	int rc = ask_event(log, name, &target);

	if (rc != CLI_DONE)
		return rc;
	if (!target)
		return fail(CLI_INPUT, "the log has no event %s", name);
	seq = target->seq;
	ent_event_free(target);
	if (ent_log_redact(log, seq, &options, &done, &err) < 0)
		return fail_ent(&err, "redact event %" PRIu64, seq);
	out_appended(done.first_seq, done.last_seq);
	print(&done, seq, ask->json);
	if (done.appended > 0)
		note("old pages of the log's file keep it until it is written "
		     "anew, and so do exports and copies");
	return CLI_DONE;
}

int cmd_redact(struct cli *cli, int argc, char **argv)
{
	struct redaction ask = { 0 };
	const struct opt opts[] = {
		{ 0, "reason", OPT_TEXT, "TEXT", "why (needed); it stays, so it "
		  "must not repeat what goes", &ask.reason },
		{ 0, "coder", OPT_TEXT, "NAME", "who takes it away", &ask.coder },
		{ 0, "json", OPT_FLAG, NULL, "answer as JSON", &ask.json }
	};
	const struct usage usage = {
		.command = "redact", .operands = "ID|SEQ", .min = 1, .max = 1,
		.about = "Take the content of an event away for good, and append "
			 "an event that says so.\nIts number, time, id and hash "
			 "stay, so that every proof holds.  To take back what\nwas "
			 "wrong, use retract: that can be undone, this cannot."
	};
	struct ent_log *log = NULL;
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, opts, OPT_COUNT(opts), argc, argv, &count);
	if (rc != OPT_GO)
		return rc;
	if (!ask.reason || *ask.reason == '\0') {
		fail(CLI_USAGE, "redact: --reason TEXT is missing");
		hint("say why it must go, as in --reason \"a court asked for "
		     "it\"");
		return CLI_USAGE;
	}
	rc = ask_text("redact", "--reason", ask.reason);
	if (rc == CLI_DONE)
		rc = ask_text("redact", "--coder", ask.coder);
	if (rc == CLI_DONE)
		rc = ask_log(cli, ASK_WRITE, &log);
	if (rc == CLI_DONE)
		rc = redact(log, argv[0], &ask);
	ent_log_close(log);
	return rc;
}
