/*
 * change_text.c - the leaves of one slot, as a person would say them.
 */
#include "change_text.h"
#include "countries.h"
#include "event_text.h"

#include <string.h>

static const struct ent_change *leaf(const struct change_slot *slot, const char *name)
{
	for (size_t i = slot->first; i < slot->last; i++) {
		const struct ent_change *change = ent_diff_get(slot->diff, i);
		const char *at = strrchr(change->path, '/');

		if (at && strcmp(at + 1, name) == 0)
			return change;
	}
	return NULL;
}

/* An entry that was not there, and one whose value is none: both are shown so. */
static bool is_none(const struct ent_value *value)
{
	return !value || value->kind == ENT_NULL ||
	       (value->kind == ENT_TEXT && strcmp(value->as.text, "none") == 0);
}

static void add_value(struct text *text, const struct ent_value *value)
{
	if (!value || value->kind == ENT_NULL)
		text_str(text, "none");
	else if (value->kind == ENT_TEXT)
		text_str(text, value->as.text);
	else if (value->kind == ENT_LIST)
		for (size_t i = 0; i < value->len; i++) {
			text_str(text, i ? ", " : "");
			add_value(text, &value->as.items[i]);
		}
	else
		text_json_value(text, value, NULL);
}

static void add_change(struct text *text, const struct ent_change *change)
{
	add_value(text, change->from);
	text_str(text, " -> ");
	add_value(text, change->to);
}

static void add_named(struct text *text, const struct change_slot *slot,
		      const char *name)
{
	const struct ent_change *change = leaf(slot, name);

	if (!change)
		return;
	if (text->len > 0)
		text_str(text, ", ");
	text_fmt(text, "%s ", name);
	add_change(text, change);
}

/* What the slot holds now that is worth a word beside a change of its value. */
static void add_now(struct text *text, const struct change_slot *slot, const char *name)
{
	const struct ent_change *change = leaf(slot, name);

	if (!change || !change->to || change->to->kind == ENT_NULL)
		return;
	if (text->len > 0)
		text_str(text, ", ");
	text_fmt(text, "%s ", name);
	add_value(text, change->to);
}

/* "now certain (was possible: lapsed, member)", "possible: frozen, member" */
static void add_certainty(struct text *text, const struct change_slot *slot)
{
	const struct ent_change *possible = leaf(slot, "possible");

	if (!possible)
		return;
	if (text->len > 0)
		text_str(text, ", ");
	if (possible->to) {
		text_str(text, "possible: ");
		add_value(text, possible->to);
		return;
	}
	text_str(text, "now certain (was possible: ");
	add_value(text, possible->from);
	text_str(text, ")");
}

static void describe_held(struct text *what, struct text *note,
			  const struct change_slot *slot, const char *main_leaf)
{
	const struct ent_change *change = leaf(slot, main_leaf);

	if (change && is_none(change->from) && is_none(change->to)) {
		add_value(what, change->to);
		add_certainty(what, slot);
		return;
	}
	if (change) {
		add_change(what, change);
		add_now(note, slot, "since");
		add_now(note, slot, "until");
		if (change->to)
			add_certainty(note, slot);
		return;
	}
	add_named(what, slot, "since");
	add_named(what, slot, "until");
	add_named(what, slot, "joined");
	add_certainty(what, slot);
	if (what->len == 0)
		text_str(what, "other events decide it");
}

static void describe_stance(struct text *what, struct text *note,
			    const struct change_slot *slot)
{
	add_named(what, slot, "score");
	add_named(note, slot, "class");
	if (what->len == 0 && note->len == 0)
		text_str(what, "other events count");
}

/* Summaries are long: they get a line of their own. */
static void describe_entry(struct text *what, struct text *below,
			   const struct change_slot *slot)
{
	const struct ent_change *change = ent_diff_get(slot->diff, slot->first);
	const struct ent_value *entry = change->to ? change->to : change->from;
	const char *date = ent_value_get_text(entry, "date");
	const char *summary = ent_value_get_text(entry, "summary");

	if (!entry || entry->kind != ENT_MAP) {
		add_change(what, change);
		return;
	}
	text_fmt(what, "%s  ", date ? date : "");
	entry_type(what, entry);
	text_str(below, summary ? summary : "");
}

/* The name of the slot in the first column. */
void change_add_name(struct text *text, const struct change_slot *slot)
{
	const struct change_path *path = &slot->path;
	const char *section = path->count > 1 ? path->tokens[1] : "alliance";

	if (path->count < 3)
		text_str(text, section);
	else if (strcmp(section, "members") == 0)
		country_add(text, path->tokens[2]);
	else if (strcmp(section, "stance") == 0) {
		text_str(text, "stance of ");
		country_add(text, path->tokens[2]);
	} else if (strcmp(section, "chairs") == 0) {
		text_fmt(text, "%s", path->tokens[2]);
	} else {
		const struct ent_change *change =
			ent_diff_get(slot->diff, slot->first);
		const char *actor = ent_value_get_text(
			change->to ? change->to : change->from, "actor");

		text_fmt(text, "%.*s ", (int)strlen(section) -
			 (section[strlen(section) - 1] == 's'), section);
		if (actor)
			country_add(text, actor);
	}
}

void change_describe(struct text *what, struct text *note, struct text *below,
		     const struct change_slot *slot)
{
	const struct change_path *path = &slot->path;
	const char *section = path->count > 2 ? path->tokens[1] : "";

	if (strcmp(section, "members") == 0)
		describe_held(what, note, slot, "status");
	else if (strcmp(section, "chairs") == 0)
		describe_held(what, note, slot, "actor");
	else if (strcmp(section, "stance") == 0)
		describe_stance(what, note, slot);
	else
		describe_entry(what, below, slot);
}
