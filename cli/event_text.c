/*
 * event_text.c - events as people read them.  What is added to a text here is
 * not safe yet: who prints it makes it so.
 */
#include "event_text.h"
#include "countries.h"

#include <inttypes.h>
#include <string.h>

void event_date(struct text *text, const struct ent_event *event)
{
	text_str(text, event->date ? event->date : "-");
	if (event->until)
		text_fmt(text, " until %s", event->until);
}

static const char *said(const struct ent_event *event)
{
	static const char *const keys[] = { "text", "reason", "name" };

	if (event->summary)
		return event->summary;
	if (event->object)
		return event->object;
	for (size_t i = 0; i < 3; i++) {
		const char *str = ent_value_get_text(event->data, keys[i]);

		if (str)
			return str;
	}
	return "";
}

void event_gist(struct text *text, const struct ent_event *event)
{
	if (strcmp(event->modality, "fact") != 0) {
		text_fmt(text, "(%s", event->modality);
		if (event->attributed_to)
			text_fmt(text, " by %s", event->attributed_to);
		text_str(text, ") ");
	}
	text_str(text, said(event));
}

static void add_part(struct text *text, const char *part)
{
	if (!part || *part == '\0')
		return;
	if (text->len > 0)
		text_str(text, ", ");
	text_str(text, part);
}

void event_source(struct text *text, const struct ent_event *event)
{
	struct text parts = { 0 };

	if (!event->has_source)
		return;
	add_part(&parts, event->source.publisher);
	add_part(&parts, event->source.title);
	add_part(&parts, event->source.published);
	add_part(&parts, event->source.url);
	text_str(text, text_get(&parts));
	text_release(&parts);
}

void event_line(struct text *text, const struct ent_event *event)
{
	text_fmt(text, "#%" PRIu64 " %s ", event->seq, event->type);
	event_date(text, event);
	if (event->actor) {
		text_str(text, " ");
		country_add(text, event->actor);
	}
}

void entry_type(struct text *text, const struct ent_value *entry)
{
	const char *type = ent_value_get_text(entry, "type");
	const char *modality = ent_value_get_text(entry, "modality");
	const char *by = ent_value_get_text(entry, "attributed_to");

	text_str(text, type ? type : "");
	if (!modality || strcmp(modality, "fact") == 0)
		return;
	text_fmt(text, " (%s", modality);
	if (by)
		text_fmt(text, " by %s", by);
	text_str(text, ")");
}

bool event_says_redacted(const struct ent_event *event)
{
	const struct ent_value *said =
		event->data ? ent_value_get(event->data, "redacted") : NULL;

	return !ent_id_is_nil(&event->retracts) && said &&
	       said->kind == ENT_BOOL && said->as.boolean;
}
