/*
 * cmd_append.c - append events from JSON Lines: all of them or none, or with
 * --batch each so many lines.
 */
#include "ahead.h"
#include "append.h"
#include "progress.h"
#include "stop.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { REPORTS_MAX = 20 }; /* bad lines that are told in full */

/* ---- reports ----------------------------------------------------------- */

/* Count one more line that is wrong; true while it is to be printed. */
static bool report(struct append *append)
{
	return ++append->bad <= REPORTS_MAX;
}

static void report_end(const struct append *append)
{
	if (append->bad > REPORTS_MAX)
		complain("\xE2\x80\xA6 and %" PRIu64 " more",
			 append->bad - REPORTS_MAX);
}

static void obstacle(const char *label, const char *what, void *arg)
{
	struct append *append = arg;

	if (!report(append))
		return;
	if (label)
		complain("%s: %s", label, what);
	else
		complain("%s", what);
}

struct ent_append_options append_options(struct append *append)
{
	return (struct ent_append_options){
		.now_us = ask_now_us(),
		.skip_existing = append->skip_existing,
		.has_expected_head = append->expect_head.given,
		.expected_head = append->expect_head.value,
		.no_sync = append->no_sync,
		.obstacle = obstacle,
		.obstacle_arg = append
	};
}

int append_failed(struct append *append, const struct ent_error *err)
{
	int rc;

	report_end(append);
	rc = fail_ent(err, "append");
	if (append->total.appended > 0)
		hint("events %" PRIu64 " to %" PRIu64 " were appended before "
		     "that", append->total.first_seq, append->total.last_seq);
	return rc;
}

/* ---- what was done ----------------------------------------------------- */

static void add_total(struct ent_appended *total, const struct ent_appended *more)
{
	uint64_t first = total->first_seq ? total->first_seq : more->first_seq;
	uint64_t last = more->last_seq ? more->last_seq : total->last_seq;
	uint64_t appended = total->appended, already = total->already;

	*total = *more;
	total->first_seq = first;
	total->last_seq = last;
	total->appended += appended;
	total->already += already;
}

static void add_seq(struct text *text, uint64_t seq)
{
	if (seq == 0)
		text_str(text, "null");
	else
		text_fmt(text, "%" PRIu64, seq);
}

/* changes: of a dry run, or NULL. */
void append_json(const struct ent_appended *total, const char *changes)
{
	struct text text = { 0 };

	text_fmt(&text, "{\"already\":%" PRIu64 ",\"appended\":%" PRIu64,
		 total->already, total->appended);
	if (changes)
		text_fmt(&text, ",\"changes\":[%s],\"dry_run\":true", changes);
	text_str(&text, ",\"first_seq\":");
	add_seq(&text, total->first_seq);
	text_str(&text, ",\"head\":");
	text_json_hash(&text, &total->head);
	text_str(&text, ",\"last_seq\":");
	add_seq(&text, total->last_seq);
	text_str(&text, "}\n");
	out_text(&text);
	text_release(&text);
}

void append_text(const struct ent_appended *total, bool dry)
{
	const char *verb = dry ? "would append" : "appended";

	if (total->appended == 0)
		out_fmt("%s nothing", verb);
	else if (total->appended == 1)
		out_fmt("%s event %" PRIu64, verb, total->first_seq);
	else
		out_fmt("%s events %" PRIu64 " to %" PRIu64, verb,
			total->first_seq, total->last_seq);
	out_fmt(" (%" PRIu64 " new, %" PRIu64 " already there)\n",
		total->appended, total->already);
}

/* ---- reading ----------------------------------------------------------- */

/* The log is opened late, so that bad input does not make one. */
static int write_batch(struct append *append)
{
	struct ent_append_options options = append_options(append);
	struct ent_appended done = { 0 };
	struct ent_error err = { 0 };
	int rc;

	stop_later(); /* no half-made log */
	if (!append->log) {
		rc = ask_log(append->cli, ASK_CREATE, &append->log);
		if (rc != CLI_DONE)
			return rc;
	}
	append_stops_behind(append, "append");
	if (ask_append(append->cli, &append->log, append->batch, &options, &done,
		       &err) < 0)
		return append_failed(append, &err);
	add_total(&append->total, &done);
	append_stops(append, "append");
	append->expect_head.given = false; /* it held; now the head is ours */
	ent_batch_clear(append->batch);
	return CLI_DONE;
}

static int bad_lines(const struct append *append)
{
	report_end(append);
	if (append->total.appended > 0)
		return fail(CLI_INPUT, "append: %" PRIu64 " bad line%s; events %"
			    PRIu64 " to %" PRIu64 " were appended before that",
			    append->bad, append->bad == 1 ? "" : "s",
			    append->total.first_seq, append->total.last_seq);
	return fail(CLI_INPUT, "append: %" PRIu64 " bad line%s; nothing was "
		    "appended", append->bad, append->bad == 1 ? "" : "s");
}

/* How many more events fill the batch. */
static uint64_t lines_wanted(const struct append *append)
{
	if (append->batch_lines.value == 0 || append->dry_run)
		return UINT64_MAX;
	return append->batch_lines.value - ent_batch_count(append->batch);
}

/* Those behind the line that fills the batch are not looked at any more. */
static void report_lines(struct append *append, const struct chunk *chunk,
			 uint64_t wanted)
{
	const char *messages = text_get(&chunk->messages);

	for (size_t i = 0; i < chunk->bad_count; i++) {
		if (chunk->bad[i].good >= wanted)
			break;
		if (report(append))
			complain("%s", messages + chunk->bad[i].message);
	}
	if (chunk->count > 0)
		progress_count("append", chunk->lines[chunk->count - 1].number,
			       "lines");
}

static int take_chunk(struct append *append, struct chunk *chunk)
{
	uint64_t wanted = lines_wanted(append);
	struct ent_error err = { 0 };
	bool full = ent_batch_count(chunk->batch) >= wanted;

	report_lines(append, chunk, wanted);
	if (full && append->bad)
		return CLI_INPUT;
	if (chunk->err.code < 0)
		return fail_ent(&chunk->err, "%s:%" PRIu64, chunk->name,
				chunk->failed_at);
	if (ent_batch_join(append->batch, chunk->batch, &err) < 0)
		return fail_ent(&err, "append");
	if (chunk->fault.doing)
		return input_complain(&chunk->fault);
	return full ? write_batch(append) : CLI_DONE;
}

static int read_all(struct append *append, size_t count, char **names)
{
	uint64_t step = append->dry_run ? 0 : append->batch_lines.value;
	struct ahead *ahead = NULL;
	struct chunk *chunk;
	int rc;

	rc = ahead_open(&ahead, names, count, step);
	while (rc == CLI_DONE && (chunk = ahead_next(ahead)))
		rc = take_chunk(append, chunk);
	ahead_close(ahead);
	progress_done();
	if (append->bad > 0 && (rc == CLI_DONE || rc == CLI_INPUT))
		return bad_lines(append);
	return rc;
}

static int read_and_write(struct append *append, size_t count, char **names)
{
	int rc = read_all(append, count, names);

	if (rc == CLI_DONE && (ent_batch_count(append->batch) > 0 ||
			       append->total.head_seq == 0))
		rc = write_batch(append);
	return rc;
}

static int append_all(struct append *append, size_t count, char **names)
{
	int rc;

	append_stops(append, "append");
	rc = read_and_write(append, count, names);
	if (rc != CLI_DONE)
		return rc;
	stop_later(); /* behind the answer */
	out_appended(append->total.first_seq, append->total.last_seq);
	if (append->json)
		append_json(&append->total, NULL);
	else
		append_text(&append->total, false);
	return rc;
}

static int preview_all(struct append *append, size_t count, char **names)
{
	int rc;

	append_stops(append, "append");
	rc = read_all(append, count, names);
	return rc == CLI_DONE ? append_preview(append) : rc;
}

int cmd_append(struct cli *cli, int argc, char **argv)
{
	struct append append = { .cli = cli };
	const struct opt opts[] = {
		{ 'n', "dry-run", OPT_FLAG, NULL, "write nothing; show what would "
		  "change", &append.dry_run },
		{ 0, "batch", OPT_NUMBER, "N", "write each N lines by themselves",
		  &append.batch_lines },
		{ 0, "skip-existing", OPT_FLAG, NULL, "append what the log does "
		  "not have", &append.skip_existing },
		{ 0, "expect-head", OPT_NUMBER, "SEQ", "only where the last "
		  "event is SEQ", &append.expect_head },
		{ 0, "no-sync", OPT_FLAG, NULL, "do not wait for the disk",
		  &append.no_sync },
		{ 0, "json", OPT_FLAG, NULL, "answer as JSON", &append.json }
	};
	const struct usage usage = {
		.command = "append", .operands = "[FILE...]", .max = SIZE_MAX,
		.about = "Append events from JSON Lines, one event a line; from "
			 "the standard input where\nno FILE is named or FILE is "
			 "\"-\".  All are appended, or none."
	};
	struct ent_error err = { 0 };
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, opts, OPT_COUNT(opts), argc, argv, &count);
	if (rc != OPT_GO)
		return rc;
	if (append.batch_lines.given && append.batch_lines.value == 0)
		return fail(CLI_USAGE, "append: --batch needs at least 1");
	if (ent_batch_new(&append.batch, &err) < 0)
		return fail_ent(&err, "append");
	rc = append.dry_run ? preview_all(&append, count, argv) :
			      append_all(&append, count, argv);
	ent_batch_free(append.batch);
	ent_log_close(append.log);
	return rc;
}
