/*
 * cmd_append.c - append events from JSON Lines: all of them or none, or with
 * --batch each so many lines.
 */
#include "append.h"
#include "progress.h"
#include "read_ahead.h"
#include "stop.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

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
	if (ent_log_append(append->log, append->batch, &options, &done, &err) < 0)
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

/* What is wrong with lines, in their order. */
static void tell(struct append *append, struct reading *reading)
{
	const char *at = text_get(&reading->said);
	const char *end = at + reading->said.len;

	for (; at < end; at += strlen(at) + 1)
		if (report(append))
			complain("%s", at);
	if (reading->bad > REPORTS_MAX)
		append->bad += reading->bad - REPORTS_MAX;
	text_clear(&reading->said);
	reading->bad = 0;
}

static int take_line(struct append *append, const struct input *input)
{
	struct reading reading = { .batch = append->batch };
	int rc = reading_line(&reading, input);

	tell(append, &reading);
	text_release(&reading.said);
	return rc;
}

static bool batch_is_full(const struct append *append)
{
	return append->batch_lines.value > 0 && !append->dry_run &&
	       ent_batch_count(append->batch) >= append->batch_lines.value;
}

static int read_file(struct append *append, const char *name)
{
	struct input input;
	int rc;

	rc = input_open(&input, name);
	while (rc == CLI_DONE) {
		rc = input_next(&input);
		if (rc != CLI_DONE)
			break;
		progress_count("append", input.line, "lines");
		rc = take_line(append, &input);
		if (rc == CLI_DONE && batch_is_full(append))
			rc = append->bad ? CLI_INPUT : write_batch(append);
	}
	input_close(&input);
	return rc == INPUT_END ? CLI_DONE : rc;
}

static int read_all(struct append *append, size_t count, char **names)
{
	int rc = CLI_DONE;

	if (count == 0)
		rc = read_file(append, "-");
	for (size_t i = 0; i < count && rc == CLI_DONE; i++)
		rc = read_file(append, names[i]);
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

/* One piece: whether it is the last, and what became of it. */
static int write_piece(struct append *append, struct piece *piece)
{
	struct ent_batch *batch = append->batch;
	int rc = piece->rc == INPUT_END ? CLI_DONE : piece->rc;

	progress_count("append", piece->line, "lines");
	tell(append, &piece->reading);
	if (rc != CLI_DONE || append->bad > 0)
		return rc;
	if (ent_batch_count(piece->reading.batch) == 0 &&
	    append->total.head_seq != 0)
		return CLI_DONE;
	append->batch = piece->reading.batch;
	rc = write_batch(append);
	append->batch = batch;
	return rc;
}

/* Lines are read and checked on another thread than that which writes. */
static int read_while_writing(struct append *append, struct read_ahead *ahead)
{
	bool last = false;
	int rc = CLI_DONE;

	while (!last && rc == CLI_DONE && append->bad == 0) {
		struct piece *piece = read_ahead_next(ahead);

		last = piece->rc != CLI_DONE;
		rc = write_piece(append, piece);
		read_ahead_give_back(ahead);
	}
	read_ahead_end(ahead);
	progress_done();
	if (append->bad > 0 && (rc == CLI_DONE || rc == CLI_INPUT))
		return bad_lines(append);
	return rc;
}

static int append_all(struct append *append, size_t count, char **names)
{
	struct read_ahead *ahead = NULL;
	int rc;

	append_stops(append, "append");
	if (append->batch_lines.value > 0)
		ahead = read_ahead_begin(count, names,
					 append->batch_lines.value);
	rc = ahead ? read_while_writing(append, ahead) :
		     read_and_write(append, count, names);
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
