/*
 * changes.c - a diff for people.
 *
 * The library's changes are leaves, sorted, so the leaves of one slot stand
 * together: /CSTO/members/ARM/{certainty,events,since,status} is one row.
 */
#include "changes.h"
#include "countries.h"
#include "event_text.h"
#include "table.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { TOKENS_MAX = 5, CAUSES_MAX = 16 };

struct path {
	char *tokens[TOKENS_MAX]; /* alliance, section, key, leaf, below */
	size_t count;
	char *memory;
};

/* The leaves of one slot: changes first to last - 1. */
struct slot {
	const struct ent_diff *diff;
	size_t first, last;
	struct path path; /* of the first leaf */
};

static void unescape(char *token)
{
	char *to = token;

	for (const char *c = token; *c; c++) {
		if (*c == '~' && (c[1] == '0' || c[1] == '1'))
			*to++ = *++c == '0' ? '~' : '/';
		else
			*to++ = *c;
	}
	*to = '\0';
}

static void split(struct path *path, const char *pointer)
{
	char *at;

	*path = (struct path){ .memory = copy(pointer) };
	for (at = path->memory; at && *at == '/' && path->count < TOKENS_MAX;) {
		char *next = strchr(at + 1, '/');

		path->tokens[path->count++] = at + 1;
		*at = '\0';
		at = next;
	}
	for (size_t i = 0; i < path->count; i++)
		unescape(path->tokens[i]);
}

/* How many tokens of a path name its slot. */
static size_t slot_tokens(const struct path *path)
{
	return path->count < 3 ? path->count : 3;
}

static bool same_slot(const struct path *a, const struct path *b)
{
	size_t n = slot_tokens(a);

	if (n != slot_tokens(b))
		return false;
	for (size_t i = 0; i < n; i++)
		if (strcmp(a->tokens[i], b->tokens[i]) != 0)
			return false;
	return true;
}

static const struct ent_change *leaf(const struct slot *slot, const char *name)
{
	for (size_t i = slot->first; i < slot->last; i++) {
		const struct ent_change *change = ent_diff_get(slot->diff, i);
		const char *at = strrchr(change->path, '/');

		if (at && strcmp(at + 1, name) == 0)
			return change;
	}
	return NULL;
}

/* ---- one row ----------------------------------------------------------- */

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

static void add_named(struct text *text, const struct slot *slot,
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
static void add_now(struct text *text, const struct slot *slot, const char *name)
{
	const struct ent_change *change = leaf(slot, name);

	if (!change || !change->to || change->to->kind == ENT_NULL)
		return;
	if (text->len > 0)
		text_str(text, ", ");
	text_fmt(text, "%s ", name);
	add_value(text, change->to);
}

static void describe_held(struct text *what, struct text *note,
			  const struct slot *slot, const char *main_leaf)
{
	const struct ent_change *change = leaf(slot, main_leaf);
	const struct ent_change *certainty = leaf(slot, "certainty");

	if (change) {
		add_change(what, change);
		add_now(note, slot, "since");
		add_now(note, slot, "until");
		if (leaf(slot, "possible"))
			add_now(note, slot, "possible");
		else if (certainty && certainty->from && certainty->to)
			add_now(note, slot, "certainty");
		return;
	}
	add_named(what, slot, "since");
	add_named(what, slot, "until");
	add_named(what, slot, "joined");
	add_named(what, slot, "certainty");
	add_named(what, slot, "possible");
	if (what->len == 0)
		text_str(what, "other events decide it");
}

static void describe_stance(struct text *what, struct text *note,
			    const struct slot *slot)
{
	add_named(what, slot, "score");
	add_named(note, slot, "class");
	if (what->len == 0 && note->len == 0)
		text_str(what, "other events count");
}

static void describe_entry(struct text *what, struct text *note,
			   const struct slot *slot)
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
	text_str(note, summary ? summary : "");
}

/* The name of the slot in the first column. */
static void add_name(struct text *text, const struct slot *slot)
{
	const struct path *path = &slot->path;
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

static void describe(struct text *what, struct text *note,
		     const struct slot *slot)
{
	const struct path *path = &slot->path;
	const char *section = path->count > 2 ? path->tokens[1] : "";

	if (strcmp(section, "members") == 0)
		describe_held(what, note, slot, "status");
	else if (strcmp(section, "chairs") == 0)
		describe_held(what, note, slot, "actor");
	else if (strcmp(section, "stance") == 0)
		describe_stance(what, note, slot);
	else
		describe_entry(what, note, slot);
}

/* ---- causes ------------------------------------------------------------ */

static int by_seq(const void *a, const void *b)
{
	const struct ent_event *x = *(const struct ent_event *const *)a;
	const struct ent_event *y = *(const struct ent_event *const *)b;

	return (x->seq > y->seq) - (x->seq < y->seq);
}

static void add_causes(struct table *table, const struct slot *slot)
{
	const struct ent_event *causes[CAUSES_MAX];
	struct text line = { 0 };
	size_t n = 0, more = 0;

	for (size_t i = slot->first; i < slot->last; i++) {
		const struct ent_change *change = ent_diff_get(slot->diff, i);

		for (size_t j = 0; j < change->causes_count; j++) {
			bool known = false;

			for (size_t k = 0; k < n; k++)
				known |= causes[k]->seq == change->causes[j]->seq;
			if (known)
				continue;
			if (n < CAUSES_MAX)
				causes[n++] = change->causes[j];
			else
				more++;
		}
	}
	qsort(causes, n, sizeof(*causes), by_seq);
	for (size_t i = 0; i < n; i++) {
		text_clear(&line);
		event_line(&line, causes[i]);
		table_line(table, STYLE_DIM, 3, text_get(&line));
	}
	if (more > 0)
		table_line(table, STYLE_DIM, 3, "and others");
	text_release(&line);
}

static enum ent_change_kind kind_of(const struct slot *slot)
{
	enum ent_change_kind kind = ent_diff_get(slot->diff, slot->first)->kind;

	for (size_t i = slot->first; i < slot->last; i++)
		if (ent_diff_get(slot->diff, i)->kind != kind)
			return ENT_CHANGED;
	return kind;
}

static void add_row(struct table *table, const struct slot *slot,
		    struct changes_count *count)
{
	static const char *const marks[] = { [ENT_ADDED] = "+",
					     [ENT_REMOVED] = "-",
					     [ENT_CHANGED] = "~" };
	static const enum style styles[] = { [ENT_ADDED] = STYLE_GOOD,
					     [ENT_REMOVED] = STYLE_BAD,
					     [ENT_CHANGED] = STYLE_WARN };
	enum ent_change_kind kind = kind_of(slot);
	struct text name = { 0 }, what = { 0 }, note = { 0 };

	add_name(&name, slot);
	describe(&what, &note, slot);
	table_add(table, styles[kind], marks[kind]);
	table_add(table, STYLE_BOLD, text_get(&name));
	table_add(table, STYLE_NONE, text_get(&what));
	table_add(table, STYLE_NONE, text_get(&note));
	add_causes(table, slot);
	count->added += kind == ENT_ADDED;
	count->removed += kind == ENT_REMOVED;
	count->changed += kind == ENT_CHANGED;
	text_release(&name);
	text_release(&what);
	text_release(&note);
}

/* ---- all --------------------------------------------------------------- */

static void heading(const struct ent_diff *diff, const struct ent_change *change,
		    enum changes_heads heads)
{
	char day[ENT_DAY_TEXT_SIZE], from[ENT_DAY_TEXT_SIZE];

	ent_day_text(change->day, day);
	ent_day_text(ent_diff_from(diff).at, from);
	if (heads == CHANGES_NONE)
		return;
	if (change->part == ENT_KNOWLEDGE)
		out_fmt("what was learned of %s, events %" PRIu64 " to %" PRIu64
			"\n", from, ent_diff_from(diff).known + 1,
			ent_diff_to(diff).known);
	else if (heads == CHANGES_DAYS)
		out_fmt("%s\n", day);
	else if (ent_diff_from(diff).known != ent_diff_to(diff).known)
		out_str("what changed in the world\n");
}

/* Where the next slot begins another block, print what was gathered. */
static bool begins_block(const struct ent_change *before,
			 const struct ent_change *change, enum changes_heads heads)
{
	return !before || before->part != change->part ||
	       (heads == CHANGES_DAYS && before->day != change->day);
}

static size_t end_of_slot(const struct ent_diff *diff, const struct slot *slot,
			  enum changes_heads heads)
{
	const struct ent_change *first = ent_diff_get(diff, slot->first);
	size_t i = slot->first + 1;

	for (; i < ent_diff_count(diff); i++) {
		const struct ent_change *change = ent_diff_get(diff, i);
		struct path path;
		bool same;

		split(&path, change->path);
		same = same_slot(&path, &slot->path) &&
		       !begins_block(first, change, heads);
		free(path.memory);
		if (!same)
			break;
	}
	return i;
}

void changes_print(const struct ent_diff *diff, enum changes_heads heads,
		   struct changes_count *out)
{
	struct table table = { .columns = 4, .indent = 2 };
	const struct ent_change *before = NULL;
	char *alliance = copy("");

	for (size_t i = 0; i < ent_diff_count(diff);) {
		const struct ent_change *change = ent_diff_get(diff, i);
		struct slot slot = { .diff = diff, .first = i };
		bool block = begins_block(before, change, heads);

		split(&slot.path, change->path);
		slot.last = end_of_slot(diff, &slot, heads);
		if (block || strcmp(alliance, slot.path.tokens[0]) != 0) {
			table_print(&table);
			if (block && heads != CHANGES_NONE) {
				out_str("\n");
				heading(diff, change, heads);
			}
			out_str(out_on(STYLE_BOLD));
			out_safe(slot.path.tokens[0]);
			out_str(out_off(STYLE_BOLD));
			out_str("\n");
			free(alliance);
			alliance = copy(slot.path.tokens[0]);
		}
		add_row(&table, &slot, out);
		free(slot.path.memory);
		before = change;
		i = slot.last;
	}
	table_print(&table);
	free(alliance);
}
