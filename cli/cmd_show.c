/*
 * cmd_show.c - one event whole, with what corrects it and what stands beside it.
 */
#include "ask.h"
#include "countries.h"
#include "event_text.h"
#include "fixes.h"
#include "out.h"
#include "further.h"

#include <inttypes.h>
#include <string.h>

enum { LABEL = 15 };

static void field(const char *name, const char *value)
{
	if (!value)
		return;
	if (*value == '\0') {
		out_fmt("%s\n", name);
		return;
	}
	out_fmt("%-*s", LABEL, name);
	out_lines(value, LABEL);
}

static void code_field(const char *name, const char *code)
{
	struct text text = { 0 };

	if (code) {
		country_add(&text, code);
		field(name, text_get(&text));
	}
	text_release(&text);
}

static void date_field(const char *name, const char *edtf,
		       const struct ent_date *date)
{
	char lo[ENT_DAY_TEXT_SIZE], hi[ENT_DAY_TEXT_SIZE];
	struct text text = { 0 };

	if (!edtf)
		return;
	ent_day_text(date->lo, lo);
	ent_day_text(date->hi, hi);
	text_str(&text, edtf);
	if (date->lo == date->hi)
		text_fmt(&text, "  (%s)", lo);
	else
		text_fmt(&text, "  (%s to %s)", lo, hi);
	if (date->flags & ENT_DATE_UNCERTAIN)
		text_str(&text, ", uncertain");
	if (date->flags & ENT_DATE_APPROXIMATE)
		text_str(&text, ", approximate");
	field(name, text_get(&text));
	text_release(&text);
}

/* The event that this one aims at: what it says where the log has it, its id. */
static int target_field(struct ent_log *log, const char *name,
			const struct ent_id *id)
{
	char hex[ENT_ID_TEXT_SIZE];
	struct ent_event *target = NULL;
	struct ent_error err = { 0 };
	struct text text = { 0 };
	uint64_t seq = 0;
	int rc;

	if (ent_id_is_nil(id))
		return CLI_DONE;
	rc = ent_log_find(log, id, &seq, &err);
	if (rc == ENT_OK)
		rc = ent_log_get(log, seq, &target, &err);
	if (rc < 0)
		return fail_ent(&err, "read the log");
	if (target) {
		event_line(&text, target);
		text_str(&text, "\n");
	}
	ent_event_free(target);
	ent_id_text(id, hex);
	text_str(&text, hex);
	field(name, text_get(&text));
	text_release(&text);
	return CLI_DONE;
}

static void print_source(const struct ent_event *event)
{
	const struct ent_source *source = &event->source;

	if (!event->has_source)
		return;
	field("publisher", source->publisher);
	field("title", source->title);
	field("author", source->author);
	field("url", source->url);
	field("published", source->published);
	field("retrieved", source->retrieved);
	field("quote", source->quote);
}

static int print_data(const struct ent_event *event)
{
	struct ent_error err = { 0 };
	struct text text = { 0 };
	int rc = CLI_DONE;

	if (!event->data)
		return CLI_DONE;
	if (text_json_value(&text, event->data, &err) < 0)
		rc = fail_ent(&err, "event %" PRIu64, event->seq);
	else
		field("data", text_get(&text));
	text_release(&text);
	return rc;
}

static void print_places(const struct ent_event *event)
{
	char id[ENT_ID_TEXT_SIZE], hash[ENT_HASH_TEXT_SIZE];
	char recorded[ENT_TIME_TEXT_SIZE];

	ent_id_text(&event->id, id);
	ent_hash_text(&event->hash, hash);
	ent_time_text(event->recorded_us, recorded);
	field("coder", event->coder);
	field("id", id);
	field("recorded", recorded);
	field("hash", hash);
}

/* "(which is itself retracted by #14: this event holds)" */
static int add_undone(struct ent_log *log, const struct fix *fix, bool holds,
		      struct text *text)
{
	const char *verb;

	if (fix->undone_by == 0)
		return CLI_DONE;
	verb = fixes_verb(log, fix->undone_by);
	if (!verb)
		return CLI_SYSTEM;
	text_fmt(text, "  (which is itself %s by #%" PRIu64 "%s)", verb,
		 fix->undone_by, holds ? ": this event holds" : "");
	return CLI_DONE;
}

static int fixer_line(struct ent_log *log, const struct ent_event *event,
		      const struct fix *fix, bool holds)
{
	struct ent_error err = { 0 };
	struct ent_event *by = NULL;
	struct text text = { 0 };
	int rc;

	if (ent_log_get(log, fix->seq, &by, &err) != ENT_OK)
		return fail_ent(&err, "read event %" PRIu64, fix->seq);
	text_fmt(&text, "#%" PRIu64, fix->seq);
	if (ent_value_get_text(by->data, "reason"))
		text_fmt(&text, "  %s", ent_value_get_text(by->data, "reason"));
	rc = add_undone(log, fix, holds, &text);
	if (rc == CLI_DONE)
		field(event->redacted && event_says_redacted(by) ? "redacted by" :
		      ent_id_equal(&by->retracts, &event->id) ?
							     "retracted by" :
							     "corrected by",
		      text_get(&text));
	text_release(&text);
	ent_event_free(by);
	return rc;
}

static void print_further(const struct further *further)
{
	struct text text = { 0 };

	for (size_t i = 0; i < further->count; i++) {
		text_clear(&text);
		text_fmt(&text, "#%" PRIu64 "  ", further->items[i]->seq);
		event_source(&text, further->items[i]);
		field("further source", text_get(&text));
	}
	text_release(&text);
}

static int print_text(struct ent_log *log, const struct ent_event *event,
		      const struct fixes *fixes, const struct further *further)
{
	int rc;

	out_fmt("%sevent %" PRIu64 "%s\n", out_on(STYLE_BOLD), event->seq,
		out_off(STYLE_BOLD));
	field("type", event->type);
	code_field("alliance", event->alliance);
	code_field("actor", event->actor);
	code_field("target", event->target);
	field("object", event->object);
	date_field("date", event->date, &event->when);
	date_field("until", event->until, &event->held);
	field("modality", event->redacted ? NULL : event->modality);
	field("attributed to", event->attributed_to);
	field("summary", event->summary);
	rc = print_data(event);
	print_source(event);
	print_further(further);
	print_places(event);
	if (rc == CLI_DONE)
		rc = target_field(log, "corrects", &event->corrects);
	if (rc == CLI_DONE)
		rc = target_field(log, "retracts", &event->retracts);
	for (size_t i = 1; i < fixes->count && rc == CLI_DONE; i++)
		if (fixes->items[i].of == 0)
			rc = fixer_line(log, event, &fixes->items[i],
					fixes->items[0].undone_by == 0);
	return rc;
}

/* {"id":...,"seq":...,"source":{...}} */
static int add_source(struct text *text, const struct ent_event *event,
		      struct ent_error *err)
{
	char id[ENT_ID_TEXT_SIZE];

	ent_id_text(&event->id, id);
	text_fmt(text, "{\"id\":\"%s\",\"seq\":%" PRIu64 ",\"source\":", id,
		 event->seq);
	if (text_json_value(text, ent_value_get(event->body, "source"), err) < 0)
		return fail_ent(err, "event %" PRIu64, event->seq);
	text_str(text, "}");
	return CLI_DONE;
}

static int print_json(const struct ent_event *event, const struct fixes *fixes,
		      const struct further *further)
{
	struct ent_error err = { 0 };
	struct text text = { 0 };
	int rc = CLI_DONE;

	text_str(&text, "{\"event\":");
	if (text_json_event(&text, event, &err) < 0)
		rc = fail_ent(&err, "event %" PRIu64, event->seq);
	text_str(&text, ",\"fixed_by\":[");
	for (size_t i = 1; i < fixes->count && fixes->items[i].of == 0; i++)
		text_fmt(&text, "%s%" PRIu64, i > 1 ? "," : "",
			 fixes->items[i].seq);
	text_str(&text, "],\"sources\":[");
	for (size_t i = 0; i < further->count && rc == CLI_DONE; i++) {
		text_str(&text, i > 0 ? "," : "");
		rc = add_source(&text, further->items[i], &err);
	}
	text_str(&text, "]}\n");
	if (rc == CLI_DONE)
		out_text(&text);
	text_release(&text);
	return rc;
}

static int show_event(struct ent_log *log, const struct ent_event *event,
		      bool json)
{
	struct fixes fixes = { 0 };
	struct further further = { 0 };
	int rc;

	rc = fixes_read(log, event->seq, &fixes);
	if (rc == CLI_DONE)
		rc = further_read(log, event, &further);
	if (rc == CLI_DONE)
		rc = json ? print_json(event, &fixes, &further) :
			    print_text(log, event, &fixes, &further);
	further_release(&further);
	fixes_release(&fixes);
	return rc;
}

static int show(struct ent_log *log, const char *name, bool json)
{
	struct ent_event *event = NULL;
	int rc;

	rc = ask_event(log, name, &event);
	if (rc != CLI_DONE)
		return rc;
	if (!event)
		return fail(CLI_NO, "the log has no event %s", name);
	rc = show_event(log, event, json);
	ent_event_free(event);
	return rc;
}

int cmd_show(struct cli *cli, int argc, char **argv)
{
	bool json = false;
	const struct opt opts[] = {
		{ 0, "json", OPT_FLAG, NULL, "answer as JSON", &json }
	};
	const struct usage usage = {
		.command = "show", .operands = "ID|SEQ", .min = 1, .max = 1,
		.about = "Show one event whole, its further sources, and what "
			 "corrects or retracts it."
	};
	struct ent_log *log = NULL;
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, opts, OPT_COUNT(opts), argc, argv, &count);
	if (rc != OPT_GO)
		return rc;
	rc = ask_log(cli, ASK_READ, &log);
	if (rc == CLI_DONE)
		rc = show(log, argv[0], json);
	ent_log_close(log);
	return rc;
}
