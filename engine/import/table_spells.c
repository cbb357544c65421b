/*
 * table_spells.c - rows that say from when to when something held, [from, to):
 * those of one key that touch or overlap are one record, or one group.
 */
#include "import/table.h"

#include <stdlib.h>
#include <string.h>

#include "entente/date.h"
#include "ground/buf.h"

/* ---- keeping ----------------------------------------------------------- */

static int day_of(const char *text, int32_t otherwise, int32_t *out,
		  struct ent_error *err)
{
	struct ent_date date;
	int rc;

	*out = otherwise;
	if (!*text)
		return ENT_OK;
	rc = ent_date_parse(text, &date, err);
	if (rc == ENT_OK)
		*out = date.lo;
	return rc;
}

static int end_of_spell(struct scope *scope, size_t let, int32_t otherwise,
			const char **out, int32_t *out_day,
			struct ent_error *err)
{
	const struct part *value = scope->map->lets[let].value;
	int rc = template_text(scope, value, out, err);

	if (rc < 0)
		return rc;
	scope->column = template_column(scope->map, value);
	return day_of(*out, otherwise, out_day, err);
}

static int read_spell(struct scope *scope, struct spell *spell,
		      struct ent_error *err)
{
	const struct column_map *map = scope->map;
	int rc = end_of_spell(scope, map->spell_from, ENT_DAY_OPEN_START,
			      &spell->record.from, &spell->from, err);

	if (rc == ENT_OK && !*spell->record.from)
		rc = ent_error_set(err, ENT_EINPUT, "no day on which it began");
	if (rc == ENT_OK)
		rc = end_of_spell(scope, map->spell_to, ENT_DAY_OPEN_END,
				  &spell->record.to, &spell->to, err);
	if (rc == ENT_OK && spell->to < spell->from)
		rc = ent_error_set(err, ENT_EINPUT, "it ends (%s) before it "
				   "begins (%s)", spell->record.to,
				   spell->record.from);
	return rc;
}

static int keep_text(struct table *table, const char **text,
		     struct ent_error *err)
{
	const char *copy = arena_text(&table->kept, *text, strlen(*text));

	if (!copy)
		return mem_error(err);
	*text = copy;
	return ENT_OK;
}

static int keep_texts(struct table *table, struct record *record,
		      const char *const *columns, struct ent_error *err)
{
	size_t count = table->map->columns_count;
	int rc = keep_text(table, &record->from, err);

	if (rc == ENT_OK)
		rc = keep_text(table, &record->to, err);
	record->columns = arena_alloc(&table->kept,
				      (count + 1) * sizeof(*record->columns));
	if (!record->columns)
		return mem_error(err);
	for (size_t i = 0; i < count && rc == ENT_OK; i++) {
		record->columns[i] = columns[i];
		rc = keep_text(table, &record->columns[i], err);
	}
	return rc;
}

int table_keep(struct table *table, const struct record *row,
	       struct ent_error *err)
{
	struct scope scope = table_scope(table, row);
	struct spell spell = { .record = *row, .order = table->spells_count };
	struct ent_error why = { 0 };
	int rc = read_spell(&scope, &spell, &why);

	if (rc < 0) {
		if (err)
			*err = why;
		return table_bad(table, row->line, scope.column, rc, &why);
	}
	rc = keep_texts(table, &spell.record, row->columns, err);
	if (rc == ENT_OK)
		rc = mem_grow(&table->spells, &table->spells_room,
			      table->spells_count + 1, sizeof(spell), err);
	if (rc == ENT_OK)
		table->spells[table->spells_count++] = spell;
	return rc;
}

/* ---- keys and order ---------------------------------------------------- */

static int make_key(struct scope *scope, const struct part *keys,
		    struct arena *arena, const char **out,
		    struct ent_error *err)
{
	struct buf text = { 0 };
	int rc = ENT_OK;

	for (; keys && rc == ENT_OK; keys = keys->next) {
		struct part alone = *keys;
		const char *piece;

		alone.next = NULL;
		rc = template_text(scope, &alone, &piece, err);
		if (rc == ENT_OK) {
			buf_text(&text, piece);
			buf_byte(&text, '\n'); /* in no key */
		}
	}
	if (rc == ENT_OK)
		rc = buf_check(&text, err);
	if (rc == ENT_OK) {
		*out = arena_text(arena, text.data, text.len);
		rc = *out ? ENT_OK : mem_error(err);
	}
	buf_release(&text);
	return rc;
}

static int make_keys(struct table *table, const struct grouping *grouping,
		     struct arena *arena, struct ent_error *err)
{
	int rc = ENT_OK;

	for (size_t i = 0; i < table->spells_count && rc == ENT_OK; i++) {
		struct spell *spell = &table->spells[i];
		struct scope scope = table_scope(table, &spell->record);
		struct ent_error why = { 0 };

		if (spell->gone)
			continue;
		rc = make_key(&scope, grouping->keys, arena, &spell->key, &why);
		arena_release(&table->scratch);
		table->scratch = (struct arena){ 0 };
		if (rc == ENT_OK)
			continue;
		if (err)
			*err = why;
		spell->gone = true;
		rc = table_bad(table, spell->record.line, scope.column, rc, &why);
	}
	return rc;
}

/* By key, then as they begin; what is gone comes last. */
static int compare(const void *a, const void *b)
{
	const struct spell *x = *(const struct spell *const *)a;
	const struct spell *y = *(const struct spell *const *)b;
	int order;

	if (x->gone != y->gone)
		return x->gone ? 1 : -1;
	if (x->gone)
		return (x->order > y->order) - (x->order < y->order);
	order = strcmp(x->key, y->key);
	if (order != 0)
		return order;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->to != y->to)
		return x->to < y->to ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

/* *out is owned: mem_free(). */
static int sorted(struct table *table, struct spell ***out,
		  struct ent_error *err)
{
	struct spell **all = mem_new(table->spells_count, sizeof(*all));

	if (!all)
		return mem_error(err);
	for (size_t i = 0; i < table->spells_count; i++)
		all[i] = &table->spells[i];
	if (table->spells_count > 0)
		qsort(all, table->spells_count, sizeof(*all), compare);
	*out = all;
	return ENT_OK;
}

/* ---- merging ----------------------------------------------------------- */

/* The first row's record takes the end of the one that ends last. */
static void merge_sorted(struct spell **all, size_t count)
{
	struct spell *last = NULL;

	for (size_t i = 0; i < count && !all[i]->gone; i++) {
		struct spell *spell = all[i];

		if (!last || strcmp(last->key, spell->key) != 0 ||
		    spell->from > last->to) {
			last = spell;
			continue;
		}
		if (spell->to > last->to) {
			last->to = spell->to;
			last->record.to = spell->record.to;
		}
		spell->gone = true;
	}
}

static int merge(struct table *table, const struct grouping *grouping,
		 struct ent_error *err)
{
	struct arena keys = { 0 };
	struct spell **all = NULL;
	int rc = make_keys(table, grouping, &keys, err);

	if (rc == ENT_OK)
		rc = sorted(table, &all, err);
	if (rc == ENT_OK)
		merge_sorted(all, table->spells_count);
	mem_free(all);
	arena_release(&keys);
	return rc;
}

/* ---- grouping ---------------------------------------------------------- */

static int new_span(struct table *table, const struct spell *spell,
		    struct span **out, struct ent_error *err)
{
	struct span *span = arena_alloc(&table->kept, sizeof(*span));

	if (!span)
		return mem_error(err);
	span->from = spell->record.from;
	span->to = spell->record.to;
	span->first = spell->order;
	*out = span;
	return ENT_OK;
}

static int group_sorted(struct table *table, size_t group, struct spell **all,
			struct ent_error *err)
{
	const struct spell *begun = NULL;
	struct span *span = NULL;
	int32_t to = 0;
	int rc = ENT_OK;

	for (size_t i = 0; i < table->spells_count && !all[i]->gone; i++) {
		struct spell *spell = all[i];

		if (!begun || strcmp(begun->key, spell->key) != 0 ||
		    spell->from > to) {
			begun = spell;
			to = spell->to;
			rc = new_span(table, spell, &span, err);
			if (rc < 0)
				return rc;
		} else if (spell->to > to) {
			to = spell->to;
			span->to = spell->record.to;
		}
		if (spell->order < span->first)
			span->first = spell->order;
		spell->record.groups[group] = span;
	}
	return rc;
}

static int group(struct table *table, size_t index, struct ent_error *err)
{
	struct arena keys = { 0 };
	struct spell **all = NULL;
	int rc = make_keys(table, &table->map->groups.items[index], &keys, err);

	if (rc == ENT_OK)
		rc = sorted(table, &all, err);
	if (rc == ENT_OK)
		rc = group_sorted(table, index, all, err);
	mem_free(all);
	arena_release(&keys);
	return rc;
}

static int make_groups(struct table *table, struct ent_error *err)
{
	size_t count = table->map->groups.count;
	int rc = ENT_OK;

	for (size_t i = 0; i < table->spells_count && count > 0; i++) {
		struct record *record = &table->spells[i].record;

		record->groups = arena_alloc(&table->kept,
					     count * sizeof(*record->groups));
		if (!record->groups)
			return mem_error(err);
	}
	for (size_t i = 0; i < count && rc == ENT_OK; i++)
		rc = group(table, i, err);
	return rc;
}

int table_spells(struct table *table, struct ent_error *err)
{
	const struct groupings *merges = &table->map->merges;
	int rc = ENT_OK;

	for (size_t i = 0; i < merges->count && rc == ENT_OK; i++)
		rc = merge(table, &merges->items[i], err);
	if (rc == ENT_OK)
		rc = make_groups(table, err);
	for (size_t i = 0; i < table->spells_count && rc == ENT_OK; i++) {
		const struct spell *spell = &table->spells[i];

		if (!spell->gone)
			rc = table_events(table, &spell->record, spell->order,
					  err);
		arena_release(&table->scratch);
		table->scratch = (struct arena){ 0 };
	}
	return rc;
}
