/*
 * cmd_stat.c - numbers about the log.
 */
#include "ask.h"
#include "out.h"

#include <inttypes.h>

enum { COMMITS_WORTH_A_WORD = 1000 }; /* some 36 MB of old pages */

static void json_time(struct text *text, int64_t us)
{
	char time[ENT_TIME_TEXT_SIZE];

	ent_time_text(us, time);
	if (us == 0)
		text_str(text, "null");
	else
		text_fmt(text, "\"%s\"", time);
}

static void json_day(struct text *text, const struct ent_stat *stat, int32_t day)
{
	if (stat->first_day > stat->last_day)
		text_str(text, "null");
	else
		text_json_day(text, day);
}

static void json_oldest(struct text *text, const struct ent_stat *stat)
{
	if (stat->oldest_reader)
		text_fmt(text, "{\"behind\":%" PRIu64 ",\"process\":%ld}",
			 stat->behind, stat->oldest_reader);
	else
		text_str(text, "null");
}

static void print_json(const struct ent_stat *stat, const struct ent_hash *head,
		       size_t redacted)
{
	struct text text = { 0 };

	text_fmt(&text, "{\"actors\":%" PRIu64 ",\"alive\":%" PRIu64
		 ",\"alliances\":%" PRIu64 ",\"event_bytes\":%" PRIu64
		 ",\"events\":%" PRIu64 ",\"file_bytes\":%" PRIu64
		 ",\"first_day\":", stat->actors, stat->alive, stat->alliances,
		 stat->event_bytes, stat->events, stat->file_bytes);
	json_day(&text, stat, stat->first_day);
	text_str(&text, ",\"first_recorded\":");
	json_time(&text, stat->first_recorded_us);
	text_fmt(&text, ",\"format\":%u,\"head\":", stat->format);
	text_json_hash(&text, head);
	text_str(&text, ",\"last_day\":");
	json_day(&text, stat, stat->last_day);
	text_str(&text, ",\"last_recorded\":");
	json_time(&text, stat->last_recorded_us);
	text_str(&text, ",\"oldest_reader\":");
	json_oldest(&text, stat);
	text_fmt(&text, ",\"readers\":%u,\"redacted\":%zu}\n", stat->readers,
		 redacted);
	out_text(&text);
	text_release(&text);
}

static void print_text(const struct ent_stat *stat, const struct ent_hash *head,
		       size_t redacted)
{
	char first[ENT_TIME_TEXT_SIZE], last[ENT_TIME_TEXT_SIZE];
	char first_day[ENT_DAY_TEXT_SIZE], last_day[ENT_DAY_TEXT_SIZE];
	char hex[ENT_HASH_TEXT_SIZE];

	ent_hash_text(head, hex);
	ent_time_text(stat->first_recorded_us, first);
	ent_time_text(stat->last_recorded_us, last);
	ent_day_text(stat->first_day, first_day);
	ent_day_text(stat->last_day, last_day);
	out_fmt("events      %" PRIu64 ", of which %" PRIu64 " not corrected or "
		"retracted\n", stat->events, stat->alive);
	if (redacted > 0)
		out_fmt("redacted    %zu\n", redacted);
	out_fmt("alliances   %" PRIu64 "\n", stat->alliances);
	out_fmt("actors      %" PRIu64 "\n", stat->actors);
	if (stat->first_day <= stat->last_day)
		out_fmt("days        %s to %s\n", first_day, last_day);
	if (stat->events > 0)
		out_fmt("recorded    %s to %s\n", first, last);
	out_fmt("bytes       %" PRIu64 " on disk, %" PRIu64 " of events\n",
		stat->file_bytes, stat->event_bytes);
	out_fmt("format      %u\n", stat->format);
	out_fmt("readers     %u", stat->readers);
	if (stat->oldest_reader)
		out_fmt(", the oldest (process %ld) %" PRIu64 " commit%s behind",
			stat->oldest_reader, stat->behind,
			stat->behind == 1 ? "" : "s");
	out_fmt("\n");
	out_fmt("head        %s\n", hex);
}

static int show_stat(struct ent_log *log, bool json)
{
	struct ent_stat stat = { 0 };
	struct ent_hash head;
	struct ent_error err = { 0 };
	struct ent_redaction *redactions = NULL;
	size_t redacted = 0;

	if (ent_log_stat(log, &stat, &err) < 0 ||
	    ent_log_root(log, stat.events, &head, &err) < 0)
		return fail_ent(&err, "read the log");
	if (ent_log_redactions(log, stat.events, &redactions, &redacted, &err) <
	    0)
		return fail_ent(&err, "read the log");
	ent_free(redactions);
	if (json)
		print_json(&stat, &head, redacted);
	else
		print_text(&stat, &head, redacted);
	if (stat.behind > COMMITS_WORTH_A_WORD)
		note("the file grows for as long as process %ld keeps what it "
		     "reads", stat.oldest_reader);
	return CLI_DONE;
}

int cmd_stat(struct cli *cli, int argc, char **argv)
{
	bool json = false;
	const struct opt opts[] = {
		{ 0, "json", OPT_FLAG, NULL, "answer as JSON", &json }
	};
	const struct usage usage = { .command = "stat",
				     .about = "Show numbers about the log." };
	struct ent_log *log = NULL;
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, opts, OPT_COUNT(opts), argc, argv, &count);
	if (rc != OPT_GO)
		return rc;
	rc = ask_log(cli, ASK_READ, &log);
	if (rc == CLI_DONE)
		rc = show_stat(log, json);
	ent_log_close(log);
	return rc;
}
