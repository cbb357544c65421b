/*
 * cmd_export.c - the whole log as JSON Lines, or spells of membership as CSV; to
 * the standard output or to a file that is there whole or not at all.
 */
#include "ask.h"
#include "out.h"
#include "progress.h"
#include "sink.h"
#include "spells.h"

#include <inttypes.h>
#include <string.h>

struct export {
	const char *format;
	const char *output;
	bool force;
	bool skip_bad;
};

static int write_event(struct sink *sink, const struct ent_event *event)
{
	struct ent_error err = { 0 };
	struct text line = { 0 };
	int rc = CLI_DONE;

	if (text_json_event(&line, event, &err) < 0)
		rc = fail_ent(&err, "event %" PRIu64, event->seq);
	text_str(&line, "\n");
	if (rc == CLI_DONE)
		rc = sink_write(sink, &line);
	text_release(&line);
	progress_count("export", event->seq, "events");
	return rc;
}

/* CLI_DAMAGE, and all else is written, where some were left out. */
static int write_events(struct ent_log *log, struct sink *sink, bool skip_bad)
{
	struct ent_cursor *cursor = NULL;
	struct ent_event *event = NULL;
	struct ent_error err = { 0 };
	int rc = CLI_DONE, worst = CLI_DONE, found;

	found = ent_log_read(log, NULL, &cursor, &err);
	if (found < 0)
		return fail_ent(&err, "read the log");
	while (rc == CLI_DONE && !out_failed()) {
		found = ent_cursor_next(cursor, &event, &err);
		if (found == ENT_END)
			break;
		if (found == ENT_OK) {
			rc = write_event(sink, event);
			ent_event_free(event);
		} else if (skip_bad && found == ENT_ECORRUPT) {
			worst = fail(CLI_DAMAGE, "left out: %s", err.msg);
		} else {
			rc = fail_ent(&err, "read the log");
		}
	}
	progress_done();
	ent_cursor_close(cursor);
	return rc == CLI_DONE ? worst : rc;
}

/* The table has no place for what it lacks. */
static int note_redactions(struct ent_log *log)
{
	struct ent_redaction *items = NULL;
	struct ent_error err = { 0 };
	size_t count = 0;

	if (ent_log_redactions(log, UINT64_MAX, &items, &count, &err) < 0)
		return fail_ent(&err, "read the log");
	if (count > 0)
		note("%zu event%s redacted, and count%s no more", count,
		     count == 1 ? " is" : "s are", count == 1 ? "s" : "");
	ent_free(items);
	return CLI_DONE;
}

static int write_spells(struct ent_log *log, struct sink *sink)
{
	struct text text = { 0 };
	int rc = spells_csv(log, &text);

	if (rc == CLI_DONE)
		rc = sink_write(sink, &text);
	text_release(&text);
	return rc == CLI_DONE ? note_redactions(log) : rc;
}

static int export(struct ent_log *log, const struct export *ask, bool csv)
{
	struct sink sink;
	int rc;

	rc = sink_open(&sink, "export", ask->output, ask->force);
	if (rc != CLI_DONE)
		return rc;
	if (csv)
		rc = write_spells(log, &sink);
	else
		rc = write_events(log, &sink, ask->skip_bad);
	if (ask->skip_bad && rc == CLI_DAMAGE) { /* what is sound is wanted */
		rc = sink_close(&sink, CLI_DONE);
		return rc == CLI_DONE ? CLI_DAMAGE : rc;
	}
	return sink_close(&sink, rc);
}

static int check_format(const char *format, bool *out_csv)
{
	*out_csv = format && strcmp(format, "csv") == 0;
	if (!format || *out_csv || strcmp(format, "jsonl") == 0)
		return CLI_DONE;
	fail(CLI_USAGE, "export: unknown format: %s", format);
	hint("the formats are jsonl (the whole log) and csv (spells of "
	     "membership)");
	return CLI_USAGE;
}

int cmd_export(struct cli *cli, int argc, char **argv)
{
	struct export ask = { 0 };
	bool csv = false, json = false;
	const struct opt opts[] = {
		{ 'o', "output", OPT_TEXT, "FILE", "write to FILE, whole or not "
		  "at all", &ask.output },
		{ 'f', "force", OPT_FLAG, NULL, "also where FILE exists",
		  &ask.force },
		{ 0, "format", OPT_TEXT, "FORMAT", "jsonl (the whole log) or csv "
		  "(spells of membership)", &ask.format },
		{ 0, "skip-bad", OPT_FLAG, NULL, "leave out events that are "
		  "damaged; the exit code is 5", &ask.skip_bad },
		{ 0, "json", OPT_FLAG, NULL, "JSON Lines, as without it", &json }
	};
	const struct usage usage = {
		.command = "export",
		.about = "Write the whole log as JSON Lines, which append takes "
			 "back; or, as CSV, from when\nto when each actor had "
			 "which status."
	};
	struct ent_log *log = NULL;
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, opts, OPT_COUNT(opts), argc, argv, &count);
	if (rc != OPT_GO)
		return rc;
	rc = check_format(ask.format, &csv);
	if (rc == CLI_DONE && csv && json)
		rc = fail(CLI_USAGE, "export: --json goes not with --format csv");
	if (rc == CLI_DONE && ask.output && *ask.output == '\0')
		rc = fail(CLI_USAGE, "export: --output: the name is empty");
	if (rc == CLI_DONE)
		rc = ask_log(cli, ASK_READ, &log);
	if (rc == CLI_DONE)
		rc = export(log, &ask, csv);
	ent_log_close(log);
	return rc;
}
