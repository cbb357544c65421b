/*
 * changes.c - a diff for people.
 *
 * The library's changes are leaves, sorted, so the leaves of one slot stand
 * together: /CSTO/members/ARM/{certainty,events,since,status} is one row.
 */
#include "changes.h"
#include "causes.h"
#include "change_text.h"
#include "table.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { SUMMARY_INDENT = 5 };

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

static void split(struct change_path *path, const char *pointer)
{
	char *at;

	*path = (struct change_path){ .memory = copy(pointer) };
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
static size_t slot_tokens(const struct change_path *path)
{
	return path->count < 3 ? path->count : 3;
}

static bool same_slot(const struct change_path *a, const struct change_path *b)
{
	size_t n = slot_tokens(a);

	if (n != slot_tokens(b))
		return false;
	for (size_t i = 0; i < n; i++)
		if (strcmp(a->tokens[i], b->tokens[i]) != 0)
			return false;
	return true;
}

static enum ent_change_kind kind_of(const struct change_slot *slot)
{
	enum ent_change_kind kind = ent_diff_get(slot->diff, slot->first)->kind;

	for (size_t i = slot->first; i < slot->last; i++)
		if (ent_diff_get(slot->diff, i)->kind != kind)
			return ENT_CHANGED;
	return kind;
}

static bool is_stance(const struct change_slot *slot)
{
	return slot->path.count > 2 &&
	       strcmp(slot->path.tokens[1], "stance") == 0;
}

/* The number of the event that an entry of a list is; 0 for other slots. */
static uint64_t entry_seq(const struct change_slot *slot)
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
		    const struct change_slot *slot, struct changes_count *count)
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

	change_add_name(&name, slot);
	itself = cause_is_itself(&below, sources, slot->diff, slot->first,
				 slot->last, entry_seq(slot));
	if (itself)
		text_str(&below, "  ");
	change_describe(&what, &note, &below, slot);
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

/* Knowledge is gained on the day of from; where it goes back, on that of to. */
static void knowledge_heading(const struct ent_diff *diff)
{
	struct ent_basis from = ent_diff_from(diff), to = ent_diff_to(diff);
	bool back = from.known > to.known;
	char day[ENT_DAY_TEXT_SIZE];

	ent_day_text(back ? to.at : from.at, day);
	out_fmt(back ? "what was not yet known of %s: events %" PRIu64 " to %" PRIu64
		       "\n" :
		       "what was learned of %s, events %" PRIu64 " to %" PRIu64
		       "\n",
		day, (back ? to.known : from.known) + 1,
		back ? from.known : to.known);
}

static void heading(const struct ent_diff *diff, const struct ent_change *change,
		    enum changes_heads heads)
{
	char day[ENT_DAY_TEXT_SIZE];

	ent_day_text(change->day, day);
	if (heads == CHANGES_NONE)
		return;
	if (change->part == ENT_KNOWLEDGE)
		knowledge_heading(diff);
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

static size_t end_of_slot(const struct ent_diff *diff, const struct change_slot *slot,
			  enum changes_heads heads)
{
	const struct ent_change *first = ent_diff_get(diff, slot->first);
	size_t i = slot->first + 1;

	for (; i < ent_diff_count(diff); i++) {
		const struct ent_change *change = ent_diff_get(diff, i);
		struct change_path path;
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
static unsigned rank_of(const struct change_slot *slot)
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
	struct change_slot *slots;
	size_t count;
};

static int by_rank(const void *left, const void *right)
{
	const struct change_slot *a = left, *b = right;
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

static void add_slot(struct section *section, struct change_slot slot)
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
		struct change_slot slot = { .diff = diff, .first = i };
		bool block = begins_block(before, change, heads);

		split(&slot.path, change->path);
		assert(slot.path.count > 0); /* an alliance at least */
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
