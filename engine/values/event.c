/*
 * event.c - an event's body seen as a struct.
 */
#include <assert.h>
#include <string.h>

#include "ground/ascii.h"
#include "values/event.h"

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

static void view_source(const struct ent_value *body, struct ent_event *event)
{
	const struct ent_value *source = ent_value_get(body, "source");

	event->has_source = source != NULL;
	event->source = (struct ent_source){
		.url = ent_value_get_text(source, "url"),
		.publisher = ent_value_get_text(source, "publisher"),
		.title = ent_value_get_text(source, "title"),
		.author = ent_value_get_text(source, "author"),
		.published = ent_value_get_text(source, "published"),
		.retrieved = ent_value_get_text(source, "retrieved"),
		.quote = ent_value_get_text(source, "quote"),
	};
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
	const char *modality = ent_value_get_text(body, "modality");
	struct ent_event event = {
		.type = ent_value_get_text(body, "type"),
		.alliance = ent_value_get_text(body, "alliance"),
		.actor = ent_value_get_text(body, "actor"),
		.target = ent_value_get_text(body, "target"),
		.date = ent_value_get_text(body, "date"),
		.until = ent_value_get_text(body, "until"),
		.object = ent_value_get_text(body, "object"),
		.modality = modality ? modality : modalities[MODALITY_FACT],
		.attributed_to = ent_value_get_text(body, "attributed_to"),
		.summary = ent_value_get_text(body, "summary"),
		.coder = ent_value_get_text(body, "coder"),
		.data = ent_value_get(body, "data"),
		.body = body,
	};
	int rc;

	(void)arena; /* the body has all that the view needs */

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
