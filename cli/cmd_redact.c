/*
 * cmd_redact.c - take the content of an event away for good.
 */
#include "out.h"
#include "taking.h"

#include <inttypes.h>

static int redact(struct ent_log **log, const struct ent_event *target,
		  const struct taking *taking)
{
	const struct ent_redact_options options = { .now_us = ask_now_us(),
						    .reason = taking->reason,
						    .coder = taking->coder };
	struct ent_appended done = { 0 };
	struct ent_error err = { 0 };
	int rc = ent_log_redact(*log, target->seq, &options, &done, &err);

	if (ask_again(taking->cli, log, &rc, &err))
		rc = ent_log_redact(*log, target->seq, &options, &done, &err);
	if (rc < 0)
		return fail_ent(&err, "redact event %" PRIu64, target->seq);
	out_appended(done.first_seq, done.last_seq);
	taking_print(&done, "redacts", target, taking->json);
	if (done.appended > 0)
		note("old pages of the log's file keep it until `entente "
		     "compact`; exports and copies keep what they have");
	return CLI_DONE;
}

int cmd_redact(struct cli *cli, int argc, char **argv)
{
	static const struct taking_usage usage = {
		.command = "redact",
		.about = "Take the content of an event away for good, and append "
			 "an event that says so.\nIts number, time, id and hash "
			 "stay, so that every proof holds.  To take back what\nwas "
			 "wrong, use retract: that can be undone, this cannot.",
		.reason_help = "why (needed); it stays, so it must not repeat "
			       "what goes",
		.coder_help = "who takes it away",
		.hint = "say why it must go, as in --reason \"a court asked for "
			"it\""
	};

	return taking_run(cli, &usage, argc, argv, redact);
}
