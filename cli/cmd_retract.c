/*
 * cmd_retract.c - append an event that takes another back.
 */
#include "ask.h"
#include "fixes.h"
#include "out.h"

#include <inttypes.h>
#include <string.h>

struct retraction {
	const char *reason;
	const char *coder;
	bool json;
};

static int build(struct ent_batch *batch, const struct ent_event *target,
		 const struct retraction *ask)
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

static void print(const struct ent_appended *done, const struct ent_event *target,
		  bool json)
{
	struct text text = { 0 };

	if (json) {
		text_fmt(&text, "{\"already\":%" PRIu64 ",\"appended\":%" PRIu64
			 ",\"head\":", done->already, done->appended);
		text_json_hash(&text, &done->head);
		text_fmt(&text, ",\"retracts\":%" PRIu64 ",\"seq\":%" PRIu64
			 "}\n", target->seq, done->first_known_seq);
	} else {
		text_fmt(&text, "event %" PRIu64 " %s event %" PRIu64 " (%s%s%s)\n",
			 done->first_known_seq,
			 done->appended ? "retracts" : "already retracts",
			 target->seq, target->type, target->date ? " " : "",
			 target->date ? target->date : "");
	}
	out_text(&text);
	text_release(&text);
}

static int append(struct ent_log *log, const struct ent_batch *batch,
		  const struct ent_event *target, bool json)
{
	const struct ent_append_options options = { .now_us = ask_now_us(),
						    .obstacle = obstacle };
	struct ent_appended done = { 0 };
	struct ent_error err = { 0 };
	struct fixes fixes;
	uint64_t by;
	int rc = fixes_read(log, target->seq, &fixes);

	by = fixes.items[0].undone_by;
	fixes_release(&fixes);
	if (rc != CLI_DONE)
		return rc;
	if (ent_log_append(log, batch, &options, &done, &err) < 0)
		return fail_ent(&err, "retract event %" PRIu64, target->seq);
	out_appended(done.first_seq, done.last_seq);
	print(&done, target, json);
	if (done.appended > 0)
		note_fixed(log, target, by);
	return CLI_DONE;
}

static int retract(struct ent_log *log, const char *name,
		   const struct retraction *ask)
{
	struct ent_batch *batch = NULL;
	struct ent_event *target = NULL;
	struct ent_error err = { 0 };
	int rc;

	rc = ask_event(log, name, &target);
	if (rc != CLI_DONE)
		return rc;
	if (!target)
		return fail(CLI_INPUT, "the log has no event %s", name);
	if (ent_batch_new(&batch, &err) < 0)
		rc = fail_ent(&err, "retract");
	if (rc == CLI_DONE)
		rc = build(batch, target, ask);
	if (rc == CLI_DONE)
		rc = append(log, batch, target, ask->json);
	ent_batch_free(batch);
	ent_event_free(target);
	return rc;
}

int cmd_retract(struct cli *cli, int argc, char **argv)
{
	struct retraction ask = { 0 };
	const struct opt opts[] = {
		{ 0, "reason", OPT_TEXT, "TEXT", "why (needed)", &ask.reason },
		{ 0, "coder", OPT_TEXT, "NAME", "who takes it back", &ask.coder },
		{ 0, "json", OPT_FLAG, NULL, "answer as JSON", &ask.json }
	};
	const struct usage usage = {
		.command = "retract", .operands = "ID|SEQ", .min = 1, .max = 1,
		.about = "Append an event that takes an event back.  Nothing is "
			 "removed:\nretracting the retraction brings it back."
	};
	struct ent_log *log = NULL;
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, opts, OPT_COUNT(opts), argc, argv, &count);
	if (rc != OPT_GO)
		return rc;
	if (!ask.reason || *ask.reason == '\0') {
		fail(CLI_USAGE, "retract: --reason TEXT is missing");
		hint("say why the event is taken back, as in --reason "
		     "\"coded twice\"");
		return CLI_USAGE;
	}
	rc = ask_text("retract", "--reason", ask.reason);
	if (rc == CLI_DONE)
		rc = ask_text("retract", "--coder", ask.coder);
	if (rc == CLI_DONE)
		rc = ask_log(cli, ASK_WRITE, &log);
	if (rc == CLI_DONE)
		rc = retract(log, argv[0], &ask);
	ent_log_close(log);
	return rc;
}
