/*
 * taking.c - taking back or away: arguments, and the answer.
 */
#include "taking.h"
#include "out.h"

#include <inttypes.h>

static int check(const struct taking *taking, const struct taking_usage *usage)
{
	int rc;

	if (!taking->reason || *taking->reason == '\0') {
		fail(CLI_USAGE, "%s: --reason TEXT is missing", usage->command);
		hint("%s", usage->hint);
		return CLI_USAGE;
	}
	rc = ask_text(usage->command, "--reason", taking->reason);
	return rc == CLI_DONE ? ask_text(usage->command, "--coder",
					 taking->coder) : rc;
}

static int take_named(struct ent_log **log, const char *name,
		      const struct taking *taking, taking_fn *take)
{
	struct ent_event *target = NULL;
	int rc = ask_event(*log, name, &target);

	if (rc != CLI_DONE)
		return rc;
	if (!target)
		return fail(CLI_INPUT, "the log has no event %s", name);
	rc = take(log, target, taking);
	ent_event_free(target);
	return rc;
}

int taking_run(struct cli *cli, const struct taking_usage *usage, int argc,
	       char **argv, taking_fn *take)
{
	struct taking taking = { .cli = cli };
	const struct opt opts[] = {
		{ 0, "reason", OPT_TEXT, "TEXT", usage->reason_help,
		  &taking.reason },
		{ 0, "coder", OPT_TEXT, "NAME", usage->coder_help,
		  &taking.coder },
		{ 0, "json", OPT_FLAG, NULL, "answer as JSON", &taking.json }
	};
	const struct usage call = {
		.command = usage->command, .operands = "ID|SEQ", .min = 1,
		.max = 1, .about = usage->about
	};
	struct ent_log *log = NULL;
	size_t count;
	int rc = opt_parse(cli, &call, opts, OPT_COUNT(opts), argc, argv, &count);

	if (rc != OPT_GO)
		return rc;
	rc = check(&taking, usage);
	if (rc == CLI_DONE)
		rc = ask_log(cli, ASK_WRITE, &log);
	if (rc == CLI_DONE)
		rc = take_named(&log, argv[0], &taking, take);
	ent_log_close(log);
	return rc;
}

static void print_json(struct text *text, const struct ent_appended *done,
		       const char *verb, uint64_t seq)
{
	text_fmt(text, "{\"already\":%" PRIu64 ",\"appended\":%" PRIu64
		 ",\"head\":", done->already, done->appended);
	text_json_hash(text, &done->head);
	text_fmt(text, ",\"%s\":%" PRIu64 ",\"seq\":%" PRIu64 "}\n", verb, seq,
		 done->first_known_seq);
}

void taking_print(const struct ent_appended *done, const char *verb,
		  const struct ent_event *target, bool json)
{
	struct text text = { 0 };

	if (json)
		print_json(&text, done, verb, target->seq);
	else
		text_fmt(&text, "event %" PRIu64 " %s%s event %" PRIu64
			 " (%s%s%s)\n", done->first_known_seq,
			 done->appended ? "" : "already ", verb, target->seq,
			 target->type, target->date ? " " : "",
			 target->date ? target->date : "");
	out_text(&text);
	text_release(&text);
}
