/*
 * state_text.c - the state of one alliance: a header, then a table for each part
 * that has something.
 */
#include "state_text.h"
#include "countries.h"
#include "event_text.h"
#include "table.h"

#include <inttypes.h>
#include <string.h>

static const struct ent_value *part(const struct ent_value *state,
				    const char *name)
{
	static const struct ent_value nothing = { .kind = ENT_MAP };
	const struct ent_value *found = ent_value_get(state, name);

	return found ? found : &nothing;
}

static void heading(const char *name, size_t count)
{
	out_fmt("\n%s%s%s  %zu\n", out_on(STYLE_BOLD), name, out_off(STYLE_BOLD),
		count);
}

/* "certain", or "possible: member, none" */
static void add_certainty(struct text *text, const struct ent_value *slot)
{
	const struct ent_value *possible = ent_value_get(slot, "possible");
	const char *certainty = ent_value_get_text(slot, "certainty");

	text_str(text, certainty ? certainty : "");
	if (!possible || possible->kind != ENT_LIST)
		return;
	for (size_t i = 0; i < possible->len; i++) {
		const struct ent_value *value = &possible->as.items[i];

		text_str(text, i ? ", " : ": ");
		text_str(text, value->kind == ENT_TEXT ? value->as.text : "none");
	}
}

static bool is_certain(const struct ent_value *slot)
{
	const char *certainty = ent_value_get_text(slot, "certainty");

	return certainty && strcmp(certainty, "certain") == 0;
}

/* ---- header ------------------------------------------------------------ */

static void print_chair(const struct ent_member *chair)
{
	const char *actor = ent_value_get_text(&chair->value, "actor");
	const char *since = ent_value_get_text(&chair->value, "since");
	const char *until = ent_value_get_text(&chair->value, "until");
	struct text text = { 0 };

	text_fmt(&text, "%s ", chair->key);
	if (actor)
		country_add(&text, actor);
	else
		text_str(&text, "nobody");
	if (since)
		text_fmt(&text, " since %s", since);
	if (until)
		text_fmt(&text, " until %s", until);
	if (!is_certain(&chair->value)) {
		text_str(&text, " (");
		add_certainty(&text, &chair->value);
		text_str(&text, ")");
	}
	out_safe(text_get(&text));
	out_str("\n");
	text_release(&text);
}

static void add_known(struct text *text, const char *label, const char *value)
{
	if (value)
		text_fmt(text, ", %s %s", label, value);
}

static void print_header(const struct ent_member *member, const char *when)
{
	const struct ent_value *state = &member->value;
	const struct ent_value *chairs = part(state, "chairs");
	const char *name = ent_value_get_text(state, "name");
	const char *status = ent_value_get_text(state, "status");
	const char *lead = ent_value_get_text(state, "lead");
	struct text text = { 0 };

	out_str(out_on(STYLE_BOLD));
	out_safe(member->key);
	out_str(out_off(STYLE_BOLD));
	if (name) {
		out_str("  ");
		out_safe(name);
	}
	out_fmt("\n%s\n", when);
	text_str(&text, status ? status : "unknown");
	add_known(&text, "founded", ent_value_get_text(state, "founded"));
	add_known(&text, "kind", ent_value_get_text(state, "kind"));
	add_known(&text, "after", ent_value_get_text(state, "predecessor"));
	if (lead) {
		text_str(&text, ", led by ");
		country_add(&text, lead);
	}
	out_safe(text_get(&text));
	out_str("\n");
	for (size_t i = 0; i < chairs->len; i++)
		print_chair(&chairs->as.members[i]);
	text_release(&text);
}

/* ---- members and stance ------------------------------------------------ */

static void add_stance(struct table *table, const struct ent_value *stance)
{
	const struct ent_value *score = ent_value_get(stance, "score");
	const char *class = ent_value_get_text(stance, "class");
	bool good = class && strcmp(class, "aligned") == 0;

	if (score && score->kind == ENT_INT && class)
		table_fmt(table, good ? STYLE_NONE : STYLE_WARN,
			  "%+" PRId64 " %s", score->as.integer, class);
	else
		table_add(table, STYLE_NONE, NULL);
}

static enum style status_style(const char *status)
{
	if (status && strcmp(status, "member") == 0)
		return STYLE_GOOD;
	return status && strcmp(status, "none") == 0 ? STYLE_DIM : STYLE_WARN;
}

static void print_slots(const char *title, const struct ent_value *slots,
			const struct ent_value *stance)
{
	struct table table = { .columns = 6, .indent = 2 };
	struct text text = { 0 };

	if (slots->len == 0)
		return;
	heading(title, slots->len);
	for (size_t i = 0; i < slots->len; i++) {
		const char *code = slots->as.members[i].key;
		const struct ent_value *slot = &slots->as.members[i].value;
		const char *status = ent_value_get_text(slot, "status");
		const char *since = ent_value_get_text(slot, "since");

		table_add(&table, STYLE_BOLD, code);
		table_add(&table, STYLE_NONE, country_name(code));
		table_add(&table, status_style(status), status);
		table_fmt(&table, STYLE_NONE, since ? "since %s" : "%s",
			  since ? since : "");
		add_certainty(&text, slot);
		table_add(&table, is_certain(slot) ? STYLE_NONE : STYLE_WARN,
			  text_get(&text));
		add_stance(&table, ent_value_get(stance, code));
		text_clear(&text);
	}
	table_print(&table);
	text_release(&text);
}

/* The stance of those that stand under no other heading. */
static void print_others(const struct ent_value *state)
{
	const struct ent_value *stance = part(state, "stance");
	struct table table = { .columns = 3, .indent = 2 };
	size_t n = 0;

	for (size_t i = 0; i < stance->len; i++) {
		const char *code = stance->as.members[i].key;

		if (ent_value_get(part(state, "members"), code) ||
		    ent_value_get(part(state, "candidates"), code) ||
		    ent_value_get(part(state, "former"), code))
			continue;
		table_add(&table, STYLE_BOLD, code);
		table_add(&table, STYLE_NONE, country_name(code));
		add_stance(&table, &stance->as.members[i].value);
		n++;
	}
	if (n > 0)
		heading("stance of others", n);
	table_print(&table);
}

/* ---- entries ----------------------------------------------------------- */

static void print_entries(const char *title, const struct ent_value *entries)
{
	struct table table = { .columns = 5, .indent = 2, .cut = true };
	struct text text = { 0 };

	if (entries->len == 0 || entries->kind != ENT_LIST)
		return;
	heading(title, entries->len);
	for (size_t i = 0; i < entries->len; i++) {
		const struct ent_value *entry = &entries->as.items[i];
		const struct ent_value *seq = ent_value_get(entry, "seq");
		const char *said = ent_value_get_text(entry, "summary");

		table_fmt(&table, STYLE_DIM, "#%" PRId64,
			  seq && seq->kind == ENT_INT ? seq->as.integer : 0);
		table_add(&table, STYLE_NONE, ent_value_get_text(entry, "date"));
		table_add(&table, STYLE_BOLD, ent_value_get_text(entry, "actor"));
		entry_type(&text, entry);
		table_add(&table, STYLE_NONE, text_get(&text));
		table_add(&table, STYLE_NONE,
			  said ? said : ent_value_get_text(entry, "object"));
		text_clear(&text);
	}
	table_print(&table);
	text_release(&text);
}

void state_print(const struct ent_member *member, const char *when)
{
	const struct ent_value *state = &member->value;
	const struct ent_value *stance = part(state, "stance");

	print_header(member, when);
	print_slots("members", part(state, "members"), stance);
	print_slots("candidates", part(state, "candidates"), stance);
	print_slots("former", part(state, "former"), stance);
	print_others(state);
	print_entries("exercises", part(state, "exercises"));
	print_entries("commitments", part(state, "commitments"));
	print_entries("signals", part(state, "signals"));
}
