/*
 * further.c - further sources of an event.
 */
#include "further.h"
#include "cli.h"
#include "fixes.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

static bool names(const struct ent_event *source, const char *key,
		  const char *wanted)
{
	const char *name = ent_value_get_text(source->data, key);

	return name && wanted && strcmp(name, wanted) == 0;
}

/* 0 and *out, or the exit code after a message. */
static int holds(struct ent_log *log, const struct ent_event *event, bool *out)
{
	struct fixes fixes;
	int rc = fixes_read(log, event->seq, &fixes);

	if (rc == CLI_DONE)
		*out = fixes.items[0].undone_by == 0;
	fixes_release(&fixes);
	return rc;
}

static void add(struct further *further, struct ent_event *event)
{
	further->items = grow(further->items, further->count + 1,
			      sizeof(*further->items));
	further->items[further->count++] = event;
}

/* Takes source over. */
static int take(struct ent_log *log, struct ent_event *source,
		const struct ent_event *event, struct further *out)
{
	char id[ENT_ID_TEXT_SIZE];
	bool held = false;
	int rc = CLI_DONE;

	ent_id_text(&event->id, id);
	if (names(source, "supports", id) ||
	    names(source, "copies", ent_value_get_text(event->data, "article")))
		rc = holds(log, source, &held);
	if (held)
		add(out, source);
	else
		ent_event_free(source);
	return rc;
}

int further_read(struct ent_log *log, const struct ent_event *event,
		 struct further *out)
{
	const struct ent_filter filter = { .type = "x.source" };
	struct ent_cursor *cursor = NULL;
	struct ent_event *source = NULL;
	struct ent_error err = { 0 };
	int rc = CLI_DONE, found;

	*out = (struct further){ 0 };
	found = ent_log_read(log, &filter, &cursor, &err);
	while (found == ENT_OK && rc == CLI_DONE) {
		found = ent_cursor_next(cursor, &source, &err);
		if (found == ENT_OK)
			rc = take(log, source, event, out);
	}
	if (found < 0)
		rc = fail_ent(&err, "read the log");
	ent_cursor_close(cursor);
	return rc;
}

void further_release(struct further *further)
{
	for (size_t i = 0; i < further->count; i++)
		ent_event_free(further->items[i]);
	free(further->items);
	*further = (struct further){ 0 };
}
