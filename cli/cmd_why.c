/*
 * cmd_why.c - the events behind a value, those that they displaced, and by which
 * rule.
 */
#include "ask.h"
#include "causes.h"
#include "countries.h"
#include "event_text.h"
#include "out.h"
#include "redactions.h"

#include <inttypes.h>
#include <string.h>

enum { INDENT = 6 };

enum block { BLOCK_BECAUSE, BLOCK_DISPLACED, BLOCK_UNUSED, BLOCKS };

/* by: the words need the number of the event that did it */
static const struct rule {
	const char *name;
	enum block block;
	const char *words;
	bool by;
} rules[] = {
	[ENT_DECIDES] = { "decides", BLOCK_BECAUSE, "decides", false },
	[ENT_ALSO_POSSIBLE] = { "also_possible", BLOCK_BECAUSE,
				"also possible: the dates leave it open", false },
	[ENT_ADDS] = { "adds", BLOCK_BECAUSE, "adds to it", false },
	[ENT_DISPLACED_DATE] = { "displaced_by_date", BLOCK_DISPLACED,
				 "displaced by a later event", true },
	[ENT_DISPLACED_PHASE] = { "displaced_by_phase", BLOCK_DISPLACED,
				  "displaced on the same day: endings come after "
				  "changes, changes after openings", true },
	[ENT_DISPLACED_SEQ] = { "displaced_by_seq", BLOCK_DISPLACED,
				"displaced on the same day by what was recorded "
				"later", true },
	[ENT_RAN_OUT] = { "ran_out", BLOCK_UNUSED, "its last day has passed",
			  false },
	[ENT_NOT_YET] = { "not_yet", BLOCK_UNUSED,
			  "not surely begun by the end of that day", false },
	[ENT_NOT_PUBLISHED] = { "not_published", BLOCK_UNUSED,
				"not surely published by then", false },
	[ENT_CORRECTED] = { "corrected", BLOCK_UNUSED, "corrected", true },
	[ENT_RETRACTED] = { "retracted", BLOCK_UNUSED, "retracted", true },
	[ENT_NOT_FACT] = { "not_fact", BLOCK_UNUSED, "no fact", false },
	[ENT_NO_EFFECT] = { "no_effect", BLOCK_UNUSED,
			    "without effect: not current when the alliance ended",
			    false }
};

struct question {
	struct ask ask;
	const char *pointer;
	bool json;
};

/* ---- as text ----------------------------------------------------------- */

static void add_rule(struct text *text, const struct ent_reason *reason)
{
	const struct rule *rule = &rules[reason->rule];

	if (reason->rule == ENT_NOT_FACT)
		text_fmt(text, "%s: sets no status", reason->event->modality);
	else
		text_str(text, rule->words);
	if (rule->by && reason->by_seq)
		text_fmt(text, " (%sevent %" PRIu64 ")",
			 rule->block == BLOCK_UNUSED ? "by " : "",
			 reason->by_seq);
}

static void indented(const char *name, const char *str)
{
	if (!str || *str == '\0')
		return;
	out_fmt("%*s%s", INDENT, "", name);
	out_lines(str, INDENT + strlen(name));
}

/* With sources, the number in their list. */
static void print_source(const struct ent_event *event, struct sources *sources)
{
	struct text text = { 0 };

	if (sources && event->has_source)
		text_fmt(&text, "[%zu]", sources_number(sources, event));
	else
		event_source(&text, event);
	indented("source  ", text_get(&text));
	if (event->has_source)
		indented("quote   ", event->source.quote);
	text_release(&text);
}

static void print_reason(const struct ent_reason *reason,
			 struct sources *sources)
{
	const struct ent_event *event = reason->event;
	struct text text = { 0 };

	text_fmt(&text, "#%" PRIu64 "  ", event->seq);
	event_date(&text, event);
	text_fmt(&text, "  %s", event->type);
	if (event->actor) {
		text_str(&text, "  ");
		country_add(&text, event->actor);
	}
	out_fmt("  %s", out_on(STYLE_BOLD));
	out_safe(text_get(&text));
	out_fmt("%s\n", out_off(STYLE_BOLD));
	text_clear(&text);
	if (reason->rule != ENT_DECIDES) {
		add_rule(&text, reason);
		indented("", text_get(&text));
		text_clear(&text);
	}
	event_gist(&text, event);
	indented("", text_get(&text));
	text_release(&text);
	print_source(event, sources);
}

static void print_block(const struct ent_why *why, enum block block,
			const char *title, struct sources *sources)
{
	bool any = false;

	for (size_t i = 0; i < ent_why_count(why); i++) {
		struct ent_reason reason = ent_why_get(why, i);

		if (rules[reason.rule].block != block)
			continue;
		if (!any)
			out_fmt("\n%s\n", title);
		any = true;
		print_reason(&reason, sources);
	}
}

/* Where one source is behind several events, it is told once, in a list. */
static void print_blocks(const struct ent_why *why)
{
	struct sources sources = { 0 };
	size_t named = 0;
	bool numbers;

	for (size_t i = 0; i < ent_why_count(why); i++)
		named += sources_number(&sources, ent_why_get(why, i).event) > 0;
	numbers = named > sources.count;
	if (!numbers)
		sources_release(&sources);
	print_block(why, BLOCK_BECAUSE, "because of", numbers ? &sources : NULL);
	print_block(why, BLOCK_DISPLACED, "displaced", numbers ? &sources : NULL);
	print_block(why, BLOCK_UNUSED, "not used", numbers ? &sources : NULL);
	sources_print(&sources);
}

static int add_value(struct text *text, const struct ent_value *value)
{
	struct ent_error err = { 0 };

	if (value && value->kind == ENT_TEXT)
		text_str(text, value->as.text);
	else if (!value || value->kind == ENT_NULL)
		text_str(text, "none");
	else if (text_json_value(text, value, &err) < 0)
		return fail_ent(&err, "why");
	return CLI_DONE;
}

/* The certainty of an entry is that of its value, and `possible` are others of
 * that: beside the other leaves of the entry they would say what is not so. */
static bool has_certainty(const char *pointer)
{
	static const char *const others[] = { "joined", "certainty", "possible",
					      "events", "since", "until" };
	const char *leaf = strrchr(pointer, '/');

	for (size_t i = 0; leaf && i < sizeof(others) / sizeof(*others); i++)
		if (strcmp(leaf + 1, others[i]) == 0)
			return false;
	return true;
}

static int add_certainty(struct text *text, const struct ent_value *entry)
{
	const char *certainty = ent_value_get_text(entry, "certainty");
	const struct ent_value *possible = ent_value_get(entry, "possible");
	int rc = CLI_DONE;

	if (certainty)
		text_fmt(text, ", %s", certainty);
	if (!possible || possible->kind != ENT_LIST)
		return CLI_DONE;
	for (size_t i = 0; i < possible->len && rc == CLI_DONE; i++) {
		text_str(text, i ? ", " : ": ");
		rc = add_value(text, &possible->as.items[i]);
	}
	return rc;
}

static int print_text(struct ent_log *log, const struct question *question,
		      const struct ent_why *why)
{
	struct ent_basis basis = ent_why_basis(why);
	struct text text = { 0 };
	int rc;

	text_fmt(&text, "%s = ", question->pointer);
	rc = add_value(&text, ent_why_value(why));
	if (rc == CLI_DONE && has_certainty(question->pointer))
		rc = add_certainty(&text, ent_why_entry(why));
	if (rc == CLI_DONE) {
		out_lines(text_get(&text), 0);
		text_clear(&text);
		rc = ask_describe(log, &basis, &text);
	}
	if (rc == CLI_DONE) {
		text_str(&text, "\n");
		out_text(&text);
		print_blocks(why);
	}
	text_release(&text);
	return rc;
}

/* ---- as JSON ----------------------------------------------------------- */

static int json_reason(struct text *text, const struct ent_reason *reason,
		       struct ent_error *err)
{
	int rc;

	text_str(text, "{\"by\":");
	if (reason->by_seq)
		text_fmt(text, "%" PRIu64, reason->by_seq);
	else
		text_str(text, "null");
	text_str(text, ",\"event\":");
	rc = text_json_event(text, reason->event, err);
	text_fmt(text, ",\"rule\":\"%s\"}", rules[reason->rule].name);
	return rc;
}

/* why is NULL where nothing was found. */
static int print_json(struct ent_log *log, const struct question *question,
		      const struct ent_why *why, const struct ent_basis *basis,
		      const struct ent_hash *head)
{
	struct ent_error err = { 0 };
	struct text text = { 0 };
	size_t n = why ? ent_why_count(why) : 0;
	int rc, lacks;

	text_str(&text, "{\"basis\":");
	text_json_basis(&text, basis, head);
	text_str(&text, ",\"entry\":");
	rc = text_json_value(&text, why ? ent_why_entry(why) : NULL, &err);
	text_str(&text, ",\"pointer\":");
	text_json_str(&text, question->pointer);
	text_str(&text, ",\"reasons\":[");
	for (size_t i = 0; i < n && rc == ENT_OK; i++) {
		struct ent_reason reason = ent_why_get(why, i);

		text_str(&text, i ? "," : "");
		rc = json_reason(&text, &reason, &err);
	}
	text_str(&text, "]");
	lacks = redactions_json(log, basis->known, &text);
	text_str(&text, ",\"value\":");
	if (rc == ENT_OK)
		rc = text_json_value(&text, why ? ent_why_value(why) : NULL, &err);
	text_str(&text, "}\n");
	if (rc == ENT_OK && lacks == CLI_DONE)
		out_text(&text);
	text_release(&text);
	return rc < 0 ? fail_ent(&err, "why") : lacks;
}

/* ---- both -------------------------------------------------------------- */

static int found_nothing(struct ent_log *log, const struct question *question,
			 struct ent_basis basis)
{
	struct ent_error err = { 0 };
	struct ent_hash head;
	uint64_t last = 0;
	int rc = CLI_DONE;

	if (ent_log_head(log, &last, NULL, &err) < 0)
		return fail_ent(&err, "read the log");
	if (basis.known > last)
		basis.known = last;
	if (ent_log_root(log, basis.known, &head, &err) < 0)
		return fail_ent(&err, "read the log");
	if (question->json)
		rc = print_json(log, question, NULL, &basis, &head);
	else
		rc = redactions_print_known(log, basis.known);
	if (rc != CLI_DONE)
		return rc;
	return fail(CLI_NO, "why: no event bears on %s", question->pointer);
}

static int answer(struct ent_log *log, const struct question *question)
{
	struct ent_why *why = NULL;
	struct ent_error err = { 0 };
	struct ent_basis basis;
	struct ent_hash head;
	int rc;

	rc = ask_basis(log, &question->ask, &basis);
	if (rc != CLI_DONE)
		return rc;
	rc = ent_why(log, &basis, question->pointer, &why, &err);
	if (rc == ENT_END)
		return found_nothing(log, question, basis);
	if (rc < 0) {
		rc = fail_ent(&err, "why %s", question->pointer);
		if (err.code == ENT_EUSAGE)
			hint("a pointer names a part of `replay --json`, as in "
			     "/CSTO/members/ARM/status");
		return rc;
	}
	basis = ent_why_basis(why);
	head = ent_why_head(why);
	rc = question->json ? print_json(log, question, why, &basis, &head) :
			      print_text(log, question, why);
	if (rc == CLI_DONE && !question->json)
		rc = redactions_print_known(log, basis.known);
	ent_why_free(why);
	return rc;
}

int cmd_why(struct cli *cli, int argc, char **argv)
{
	struct question question = { 0 };
	const struct opt opts[] = {
		{ 0, "at", OPT_TEXT, "DATE", "at the end of it; else today (UTC)",
		  &question.ask.at },
		{ 0, "known", OPT_TEXT, "K", "what was known: SEQ, DATE or TIME",
		  &question.ask.known },
		{ 0, "published", OPT_TEXT, "DATE", "only what was surely "
		  "published by then", &question.ask.published },
		{ 0, "json", OPT_FLAG, NULL, "answer as JSON", &question.json }
	};
	const struct usage usage = {
		.command = "why", .operands = "POINTER", .min = 1, .max = 1,
		.about = "Show the events behind a value, what they displaced and "
			 "what was not used.",
		.more = "POINTER names a value of `replay --json` below "
			"alliances (RFC 6901):\n"
			"  /CSTO/members/ARM/status   a membership, also one that "
			"is over\n"
			"  /CSTO/chairs/chair         who holds a role\n"
			"  /CSTO/stance/ARM           a sum over events\n"
			"  /CSTO/name, /CSTO/lead     of the alliance\n"
	};
	struct ent_log *log = NULL;
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, opts, OPT_COUNT(opts), argc, argv, &count);
	if (rc != OPT_GO)
		return rc;
	question.pointer = argv[0];
	rc = ask_log(cli, ASK_READ, &log);
	if (rc == CLI_DONE)
		rc = answer(log, &question);
	ent_log_close(log);
	return rc;
}
