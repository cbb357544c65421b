/*
 * review_event.c - a candidate's event as text, changed on its way.
 */
#include "countries.h"
#include "review.h"

#include <inttypes.h>
#include <string.h>

/* Memory is the only thing that can run out. */
static void add_value(struct text *text, const struct ent_value *value)
{
	struct ent_error err = { 0 };

	if (text_json_value(text, value, &err) < 0)
		grow(NULL, 0, 1);
}

static void add_member(struct text *text, const char *key,
		       const struct ent_value *value)
{
	text_json_str(text, key);
	text_str(text, ":");
	add_value(text, value);
}

static void add_text(struct text *text, const char *key, const char *str)
{
	if (!str)
		return;
	text_fmt(text, ",\"%s\":", key);
	text_json_str(text, str);
}

/* ---- one line ---------------------------------------------------------- */

/* Each of these stands for a member that is written anew. */
static bool is_changed(const char *key, const struct review_change *change)
{
	return (change->coder && strcmp(key, "coder") == 0) ||
	       (change->modality && strcmp(key, "modality") == 0) ||
	       (change->attributed_to && strcmp(key, "attributed_to") == 0);
}

/* Without the brace at the end.  Members need no order: who reads sorts. */
static void add_event(struct text *text, const struct ent_value *event,
		      const struct review_change *change)
{
	bool first = true;

	text_str(text, "{");
	for (size_t i = 0; i < event->len; i++) {
		const struct ent_member *member = &event->as.members[i];

		if (is_changed(member->key, change))
			continue;
		if (!first)
			text_str(text, ",");
		first = false;
		add_member(text, member->key, &member->value);
	}
	add_text(text, "coder", change->coder);
	add_text(text, "modality", change->modality);
	add_text(text, "attributed_to", change->attributed_to);
}

void review_event(struct text *text, const struct ent_candidate *candidate,
		  const struct review_change *change)
{
	add_event(text, candidate->event, change);
	text_str(text, "}");
}

/* ---- for an editor ----------------------------------------------------- */

static void add_pretty(struct text *text, const struct ent_value *map,
		       size_t indent)
{
	bool first = true;

	text_str(text, "{");
	for (size_t i = 0; i < map->len; i++) {
		const struct ent_member *member = &map->as.members[i];

		/* An id stands for what it was made of. */
		if (indent == 0 && strcmp(member->key, "id") == 0)
			continue;
		text_str(text, first ? "\n" : ",\n");
		first = false;
		text_repeat(text, ' ', indent + 2);
		text_json_str(text, member->key);
		text_str(text, ": ");
		if (member->value.kind == ENT_MAP && member->value.len > 0)
			add_pretty(text, &member->value, indent + 2);
		else
			add_value(text, &member->value);
	}
	text_str(text, "\n");
	text_repeat(text, ' ', indent);
	text_str(text, "}");
}

void review_pretty(struct text *text, const struct ent_candidate *candidate)
{
	add_pretty(text, candidate->event, 0);
	text_str(text, "\n");
}

/* ---- for people -------------------------------------------------------- */

void review_gist(struct text *text, const struct ent_candidate *candidate)
{
	const struct ent_value *event = candidate->event;
	const char *modality = ent_value_get_text(event, "modality");
	const char *by = ent_value_get_text(event, "attributed_to");
	const char *date = ent_value_get_text(event, "date");
	const char *until = ent_value_get_text(event, "until");
	const char *alliance = ent_value_get_text(event, "alliance");
	const char *actor = ent_value_get_text(event, "actor");
	const char *target = ent_value_get_text(event, "target");

	text_str(text, ent_value_get_text(event, "type"));
	if (modality && strcmp(modality, "fact") != 0)
		text_fmt(text, " (%s%s%s)", modality, by ? " by " : "",
			 by ? by : "");
	if (date)
		text_fmt(text, " %s", date);
	if (until)
		text_fmt(text, " until %s", until);
	if (alliance)
		text_fmt(text, " %s", alliance);
	if (actor) {
		text_str(text, " ");
		country_add(text, actor);
	}
	if (target) {
		text_str(text, " \xE2\x86\x92 ");
		country_add(text, target);
	}
}
