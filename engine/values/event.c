/*
 * event.c - an event's body seen as a struct.
 */
#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "ground/ascii.h"
#include "values/event.h"
#include "values/value.h"

enum { CODE_MAX = 32 };

static const char *const modalities[] = {
	[MODALITY_FACT] = "fact",
	[MODALITY_CLAIM] = "claim",
	[MODALITY_POSSIBLE] = "possible",
	[MODALITY_PLANNED] = "planned",
	[MODALITY_DENIED] = "denied",
};

enum { MODALITIES = sizeof(modalities) / sizeof(modalities[0]) };

int event_modality_find(const char *name)
{
	for (int i = 0; i < MODALITIES; i++) {
		if (strcmp(name, modalities[i]) == 0)
			return i;
	}
	return -1;
}

enum modality event_modality(const struct ent_event *event)
{
	int found = event_modality_find(event->modality);

	assert(found >= 0);
	return (enum modality)found;
}

int32_t event_published_hi(const struct ent_event *event)
{
	struct ent_date date;

	if (!event->source.published ||
	    ent_date_parse(event->source.published, &date, NULL) < 0)
		return ENT_DAY_OPEN_END;
	return date.hi;
}

const char *event_data_text(const struct ent_event *event, const char *key)
{
	return ent_value_get_text(event->data, key);
}

static bool is_code(const char *text, size_t len_min, bool digit_first)
{
	size_t len = 0;

	while (ascii_is_upper(text[len]) || ascii_is_digit(text[len]) ||
	       text[len] == '-')
		len++;
	return text[len] == '\0' && len >= len_min && len <= CODE_MAX &&
	       text[0] != '-' && (digit_first || !ascii_is_digit(text[0]));
}

bool event_is_alliance_code(const char *text)
{
	return is_code(text, 1, true);
}

bool event_is_actor_code(const char *text)
{
	return is_code(text, 2, false);
}

/* Where in a struct the text of a member goes.  By name, ascending. */
struct view_text {
	const char *key;
	size_t offset;
};

#define OF_EVENT(member) { #member, offsetof(struct ent_event, member) }
#define OF_SOURCE(member) { #member, offsetof(struct ent_source, member) }

static const struct view_text event_texts[] = {
	OF_EVENT(actor),    OF_EVENT(alliance), OF_EVENT(attributed_to),
	OF_EVENT(coder),    OF_EVENT(date),	OF_EVENT(modality),
	OF_EVENT(object),   OF_EVENT(summary),	OF_EVENT(target),
	OF_EVENT(type),	    OF_EVENT(until),
};

static const struct view_text source_texts[] = {
	OF_SOURCE(author), OF_SOURCE(published), OF_SOURCE(publisher),
	OF_SOURCE(quote),  OF_SOURCE(retrieved), OF_SOURCE(title),
	OF_SOURCE(url),
};

enum {
	EVENT_TEXTS = sizeof(event_texts) / sizeof(event_texts[0]),
	SOURCE_TEXTS = sizeof(source_texts) / sizeof(source_texts[0])
};

/* One walk: the members of map ascend too. */
static void view_texts(const struct ent_value *map,
		       const struct view_text texts[], size_t count, void *out)
{
	size_t place = 0;

	for (size_t i = 0; i < map->len; i++) {
		const struct ent_member *member = &map->as.members[i];
		int order = -1;

		while (place < count &&
		       (order = value_key_order(texts[place].key,
						member->key)) < 0)
			place++;
		if (order == 0 && member->value.kind == ENT_TEXT)
			memcpy((char *)out + texts[place].offset,
			       &member->value.as.text,
			       sizeof(member->value.as.text));
	}
}

static void view_source(const struct ent_value *body, struct ent_event *event)
{
	const struct ent_value *source = ent_value_get(body, "source");

	event->has_source = source != NULL;
	if (source && source->kind == ENT_MAP)
		view_texts(source, source_texts, SOURCE_TEXTS, &event->source);
}

static int view_id(const struct ent_value *body, const char *key,
		   struct ent_id *out, struct ent_error *err)
{
	const char *text = ent_value_get_text(body, key);

	return text ? ent_id_parse(text, out, err) : ENT_OK;
}

/* An unknown day is no later than the publication. */
static int view_date(const struct ent_event *event, const char *text,
		     struct ent_date *out, struct ent_error *err)
{
	int rc = text ? ent_date_parse(text, out, err) : ENT_OK;

	if (rc == ENT_OK && (out->flags & ENT_DATE_UNKNOWN))
		out->hi = event_published_hi(event);
	return rc;
}

int event_view(const struct ent_value *body, struct arena *arena,
	       struct ent_event *out, struct ent_error *err)
{
	struct ent_event event = { .modality = modalities[MODALITY_FACT],
				   .data = ent_value_get(body, "data"),
				   .body = body };
	int rc;

	(void)arena; /* the body has all that the view needs */
	if (body->kind == ENT_MAP)
		view_texts(body, event_texts, EVENT_TEXTS, &event);

	/* Bytes with a sound hash can still come from a program with other
	 * rules; no reducer should meet an event without a type. */
	if (!event.type || event_modality_find(event.modality) < 0)
		return ent_error_set(err, ENT_ECORRUPT,
				     "the event has no type, or a modality that "
				     "does not exist");
	view_source(body, &event);
	rc = view_id(body, "corrects", &event.corrects, err);
	if (rc == ENT_OK)
		rc = view_id(body, "retracts", &event.retracts, err);
	if (rc == ENT_OK)
		rc = view_date(&event, event.date, &event.when, err);
	if (rc == ENT_OK)
		rc = view_date(&event, event.until, &event.held, err);
	if (rc < 0)
		return rc;
	*out = event;
	return ENT_OK;
}
