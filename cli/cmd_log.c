/*
 * cmd_log.c - list events.
 */
#include "ask.h"
#include "countries.h"
#include "event_text.h"
#include "out.h"

#include <inttypes.h>
#include <string.h>

struct listing {
	bool json;
	bool reverse;
	struct opt_number limit;
	const char *alliance, *actor, *type, *from, *to, *known;
};

static void add_row(struct table *table, const struct ent_event *event)
{
	struct text text = { 0 };
	bool fact = strcmp(event->modality, "fact") == 0;

	table_fmt(table, STYLE_DIM, "%" PRIu64, event->seq);
	event_date(&text, event);
	table_add(table, STYLE_NONE, text_get(&text));
	text_clear(&text);
	table_add(table, STYLE_BOLD, event->alliance);
	if (event->actor)
		country_add(&text, event->actor);
	table_add(table, STYLE_NONE, text_get(&text));
	text_clear(&text);
	table_add(table, fact ? STYLE_NONE : STYLE_WARN, event->type);
	event_gist(&text, event);
	table_add(table, STYLE_NONE, text_get(&text));
	text_release(&text);
}

static int print_json(const struct ent_event *event)
{
	struct ent_error err = { 0 };
	struct text text = { 0 };
	int rc = CLI_DONE;

	if (text_json_event(&text, event, &err) < 0)
		rc = fail_ent(&err, "event %" PRIu64, event->seq);
	text_str(&text, "\n");
	if (rc == CLI_DONE)
		out_text(&text);
	text_release(&text);
	return rc;
}

/* Rows are held back to line up, but no more than this many. */
enum { ROWS_MAX = 1000 };

static int list(struct ent_log *log, const struct ent_filter *filter,
		const struct listing *ask)
{
	struct table table = { .columns = 6, .cut = true };
	struct ent_cursor *cursor = NULL;
	struct ent_event *event = NULL;
	struct ent_error err = { 0 };
	uint64_t n = 0, limit = ask->limit.given ? ask->limit.value : UINT64_MAX;
	int rc, found;

	found = ent_log_read(log, filter, &cursor, &err);
	rc = found < 0 ? fail_ent(&err, "read the log") : CLI_DONE;
	while (rc == CLI_DONE && n < limit && !out_failed()) {
		found = ent_cursor_next(cursor, &event, &err);
		if (found == ENT_END)
			break;
		if (found < 0) {
			rc = fail_ent(&err, "read the log");
			break;
		}
		n++;
		if (ask->json)
			rc = print_json(event);
		else
			add_row(&table, event);
		if (table.count >= ROWS_MAX * table.columns)
			table_print(&table);
		ent_event_free(event);
	}
	table_print(&table);
	ent_cursor_close(cursor);
	return rc;
}

static int run(const struct cli *cli, const struct listing *ask)
{
	struct ent_filter filter = { .alliance = ask->alliance,
				     .actor = ask->actor, .type = ask->type,
				     .reverse = ask->reverse };
	struct ent_log *log = NULL;
	struct ent_error err = { 0 };
	struct ent_date from;
	int rc;

	if (ask->from) {
		if (ent_date_parse(ask->from, &from, &err) < 0) {
			fail_ent(&err, "--from \"%s\"", ask->from);
			return CLI_USAGE;
		}
		filter.has_from = true;
		filter.from = from.lo;
	}
	if (ask->to) {
		rc = ask_day(ask->to, "--to", &filter.to);
		if (rc != CLI_DONE)
			return rc;
		filter.has_to = true;
	}
	rc = ask_log(cli, ASK_READ, &log);
	if (rc == CLI_DONE)
		rc = ask_known(log, ask->known, &filter.known);
	/* To the library 0 means all; here it means that nothing was known. */
	if (rc == CLI_DONE && filter.known != 0)
		rc = list(log, &filter, ask);
	ent_log_close(log);
	return rc;
}

static int check(const struct listing *ask)
{
	const struct opt_list alliance = { (const char **)&ask->alliance, 1 };
	size_t len = ask->type ? strlen(ask->type) : 0;

	if (ask->alliance && ask_alliances(&alliance) != CLI_DONE)
		return CLI_USAGE;
	if (!ask->type || ent_type_find(ask->type) ||
	    strncmp(ask->type, "x.", 2) == 0)
		return CLI_DONE;
	for (size_t i = 0; ent_type_at(i); i++)
		if (len > 1 && ask->type[len - 1] == '.' &&
		    strncmp(ent_type_at(i)->name, ask->type, len) == 0)
			return CLI_DONE;
	fail(CLI_USAGE, "--type: \"%s\" is no type of event", ask->type);
	hint("write a type (member.joined) or a family (member.)");
	return CLI_USAGE;
}

int cmd_log(struct cli *cli, int argc, char **argv)
{
	struct listing ask = { 0 };
	const struct opt opts[] = {
		{ 'a', "alliance", OPT_TEXT, "CODE", "only this alliance",
		  &ask.alliance },
		{ 0, "actor", OPT_TEXT, "CODE", "only this actor", &ask.actor },
		{ 0, "type", OPT_TEXT, "TYPE", "only this type, or a family "
		  "(member.)", &ask.type },
		{ 0, "from", OPT_TEXT, "DATE", "not before it", &ask.from },
		{ 0, "to", OPT_TEXT, "DATE", "not after its last day", &ask.to },
		{ 0, "known", OPT_TEXT, "K", "only what was known then: SEQ, "
		  "DATE or TIME", &ask.known },
		{ 'n', "limit", OPT_NUMBER, "N", "no more than N", &ask.limit },
		{ 'r', "reverse", OPT_FLAG, NULL, "the newest first",
		  &ask.reverse },
		{ 0, "json", OPT_FLAG, NULL, "JSON Lines", &ask.json }
	};
	const struct usage usage = {
		.command = "log",
		.about = "List events in the order in which they were recorded."
	};
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, opts, OPT_COUNT(opts), argc, argv, &count);
	if (rc != OPT_GO)
		return rc;
	rc = check(&ask);
	return rc == CLI_DONE ? run(cli, &ask) : rc;
}
