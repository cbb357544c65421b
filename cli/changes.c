/*
 * changes.c - a diff for people.
 *
 * The library's changes are leaves, sorted, so the leaves of one slot stand
 * together: /CSTO/members/ARM/{certainty,events,since,status} is one row.
 */
#include "changes.h"
#include "causes.h"
#include "countries.h"
#include "event_text.h"
#include "table.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { TOKENS_MAX = 5, SUMMARY_INDENT = 5 };

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

/* "now certain (was possible: lapsed, member)", "possible: frozen, member" */
static void add_certainty(struct text *text, const struct slot *slot)
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
			  const struct slot *slot, const char *main_leaf)
{
	const struct ent_change *change = leaf(slot, main_leaf);

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
			    const struct slot *slot)
{
	add_named(what, slot, "score");
	add_named(note, slot, "class");
	if (what->len == 0 && note->len == 0)
		text_str(what, "other events count");
}

/* Summaries are long: they get a line of their own. */
static void describe_entry(struct text *what, struct text *below,
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
	text_str(below, summary ? summary : "");
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

static void describe(struct text *what, struct text *note, struct text *below,
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
		describe_entry(what, below, slot);
}

/* ---- rows ----------------------------------------------------------------- */

static enum ent_change_kind kind_of(const struct slot *slot)
{
	enum ent_change_kind kind = ent_diff_get(slot->diff, slot->first)->kind;

	for (size_t i = slot->first; i < slot->last; i++)
		if (ent_diff_get(slot->diff, i)->kind != kind)
			return ENT_CHANGED;
	return kind;
}

static bool is_stance(const struct slot *slot)
{
	return slot->path.count > 2 &&
	       strcmp(slot->path.tokens[1], "stance") == 0;
}

/* The number of the event that an entry of a list is; 0 for other slots. */
static uint64_t entry_seq(const struct slot *slot)
{
	const struct ent_change *change = ent_diff_get(slot->diff, slot->first);
	const struct ent_value *entry = change->to ? change->to : change->from;
	const struct ent_value *seq = ent_value_get(entry, "seq");

	return seq && seq->kind == ENT_INT ? (uint64_t)seq->as.integer : 0;
}

static void count_kind(struct changes_count *count, enum ent_change_kind kind)
{
	count->added += kind == ENT_ADDED;
	count->removed += kind == ENT_REMOVED;
	count->changed += kind == ENT_CHANGED;
}

static void add_row(struct table *table, struct sources *sources,
		    const struct slot *slot, struct changes_count *count)
{
	static const char *const marks[] = { [ENT_ADDED] = "+",
					     [ENT_REMOVED] = "-",
					     [ENT_CHANGED] = "~" };
	static const enum style styles[] = { [ENT_ADDED] = STYLE_GOOD,
					     [ENT_REMOVED] = STYLE_BAD,
					     [ENT_CHANGED] = STYLE_WARN };
	enum ent_change_kind kind = kind_of(slot);
	struct text name = { 0 }, what = { 0 }, note = { 0 }, below = { 0 };
	bool itself;

	add_name(&name, slot);
	itself = cause_is_itself(&below, sources, slot->diff, slot->first,
				 slot->last, entry_seq(slot));
	if (itself)
		text_str(&below, "  ");
	describe(&what, &note, &below, slot);
	table_add(table, styles[kind], marks[kind]);
	table_add(table, STYLE_BOLD, text_get(&name));
	table_add(table, STYLE_NONE, text_get(&what));
	table_add(table, STYLE_NONE, text_get(&note));
	if (below.len > 0)
		table_line(table, STYLE_NONE, SUMMARY_INDENT, text_get(&below));
	if (!itself)
		causes_add(table, sources, slot->diff, slot->first, slot->last,
			   is_stance(slot));
	count_kind(count, kind);
	text_release(&name);
	text_release(&what);
	text_release(&note);
	text_release(&below);
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

/* Sections in the order in which people ask for them. */
static unsigned rank_of(const struct slot *slot)
{
	static const char *const sections[] = { "chairs",      "members",
						"exercises",   "commitments",
						"signals",     "stance" };

	for (unsigned i = 0; slot->path.count > 2 &&
			     i < sizeof(sections) / sizeof(sections[0]); i++)
		if (strcmp(slot->path.tokens[1], sections[i]) == 0)
			return i + 1;
	return 0;
}

/* The slots of one alliance within one block. */
struct section {
	struct slot *slots;
	size_t count;
};

static int by_rank(const void *left, const void *right)
{
	const struct slot *a = left, *b = right;
	unsigned x = rank_of(a), y = rank_of(b);

	if (x != y)
		return x < y ? -1 : 1;
	return a->first < b->first ? -1 : a->first > b->first;
}

static void print_section(struct section *section, struct sources *sources,
			  struct changes_count *count)
{
	struct table table = { .columns = 4, .indent = 2 };

	if (section->count == 0)
		return;
	out_str(out_on(STYLE_BOLD));
	out_safe(section->slots[0].path.tokens[0]);
	out_str(out_off(STYLE_BOLD));
	out_str("\n");
	qsort(section->slots, section->count, sizeof(*section->slots), by_rank);
	for (size_t i = 0; i < section->count; i++) {
		if (i > 0 && rank_of(&section->slots[i]) !=
				     rank_of(&section->slots[i - 1]))
			table_print(&table); /* each its own columns */
		add_row(&table, sources, &section->slots[i], count);
	}
	table_print(&table);
	for (size_t i = 0; i < section->count; i++)
		free(section->slots[i].path.memory);
	free(section->slots);
	*section = (struct section){ 0 };
}

static void add_slot(struct section *section, struct slot slot)
{
	section->slots = grow(section->slots, section->count + 1,
			      sizeof(slot));
	section->slots[section->count++] = slot;
}

void changes_print(const struct ent_diff *diff, enum changes_heads heads,
		   struct changes_count *out)
{
	const struct ent_change *before = NULL;
	struct section section = { 0 };
	struct sources sources = { 0 };

	for (size_t i = 0; i < ent_diff_count(diff);) {
		const struct ent_change *change = ent_diff_get(diff, i);
		struct slot slot = { .diff = diff, .first = i };
		bool block = begins_block(before, change, heads);

		split(&slot.path, change->path);
		slot.last = end_of_slot(diff, &slot, heads);
		if (block || (section.count > 0 &&
			      strcmp(section.slots[0].path.tokens[0],
				     slot.path.tokens[0]) != 0))
			print_section(&section, &sources, out);
		if (block && heads != CHANGES_NONE) {
			out_str("\n");
			heading(diff, change, heads);
		}
		add_slot(&section, slot);
		before = change;
		i = slot.last;
	}
	print_section(&section, &sources, out);
	sources_print(&sources);
}
