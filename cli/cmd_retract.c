/*
 * cmd_retract.c - append an event that takes another back.
 */
#include "event_text.h"
#include "fixes.h"
#include "out.h"
#include "taking.h"

#include <inttypes.h>

static int build(struct ent_batch *batch, const struct ent_event *target,
		 const struct taking *ask)
{
	char id[ENT_ID_TEXT_SIZE];
	struct ent_error err = { 0 };
	struct text text = { 0 };
	int rc = CLI_DONE;

	ent_id_text(&target->id, id);
	text_str(&text, "{");
	if (ask->coder) {
		text_str(&text, "\"coder\":");
		text_json_str(&text, ask->coder);
		text_str(&text, ",");
	}
	text_str(&text, "\"data\":{\"reason\":");
	text_json_str(&text, ask->reason);
	text_fmt(&text, "},\"retracts\":\"%s\",\"type\":\"event.retracted\"}", id);
	if (ent_batch_add(batch, text_get(&text), text.len, NULL, &err) < 0)
		rc = fail_ent(&err, "retract");
	text_release(&text);
	return rc;
}

static void obstacle(const char *label, const char *what, void *arg)
{
	(void)label;
	(void)arg;
	complain("%s", what);
}

/* "event 3 is retracted already, by #13": allowed, but hardly what was meant. */
static void note_fixed(struct ent_log *log, const struct ent_event *target,
		       uint64_t by)
{
	const char *verb = by ? fixes_verb(log, by) : NULL;

	if (verb)
		note("event %" PRIu64 " is %s already, by #%" PRIu64,
		     target->seq, verb, by);
}

static int append(struct ent_log **log, const struct ent_batch *batch,
		  const struct ent_event *target, const struct taking *taking)
{
	const struct ent_append_options options = { .now_us = ask_now_us(),
						    .obstacle = obstacle };
	struct ent_appended done = { 0 };
	struct ent_error err = { 0 };
	struct fixes fixes;
	uint64_t by;
	int rc = fixes_read(*log, target->seq, &fixes);

	by = fixes.items[0].undone_by;
	fixes_release(&fixes);
	if (rc != CLI_DONE)
		return rc;
	if (ask_append(taking->cli, log, batch, &options, &done, &err) < 0)
		return fail_ent(&err, "retract event %" PRIu64, target->seq);
	out_appended(done.first_seq, done.last_seq);
	taking_print(&done, "retracts", target, taking->json);
	if (done.appended > 0)
		note_fixed(*log, target, by);
	if (event_says_redacted(target))
		note("what event %" PRIu64 " redacted stays gone", target->seq);
	return CLI_DONE;
}

static int retract(struct ent_log **log, const struct ent_event *target,
		   const struct taking *taking)
{
	struct ent_batch *batch = NULL;
	struct ent_error err = { 0 };
	int rc = CLI_DONE;

	if (ent_batch_new(&batch, &err) < 0)
		rc = fail_ent(&err, "retract");
	if (rc == CLI_DONE)
		rc = build(batch, target, taking);
	if (rc == CLI_DONE)
		rc = append(log, batch, target, taking);
	ent_batch_free(batch);
	return rc;
}

int cmd_retract(struct cli *cli, int argc, char **argv)
{
	static const struct taking_usage usage = {
		.command = "retract",
		.about = "Append an event that takes an event back.  Nothing is "
			 "removed:\nretracting the retraction brings it back.",
		.reason_help = "why (needed)",
		.coder_help = "who takes it back",
		.hint = "say why the event is taken back, as in --reason "
			"\"coded twice\""
	};

	return taking_run(cli, &usage, argc, argv, retract);
}
