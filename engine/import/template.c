/*
 * template.c - templates, evaluated for one record.
 */
#include "import/template.h"

#include <assert.h>
#include <string.h>

#include "ground/buf.h"
#include "ground/utf8.h"
#include "import/column_map.h"

static int part_text(struct scope *scope, const struct part *part,
		     const char **out, struct ent_error *err);

/* The ends of a spell were found when the record was read, and moved where it
 * was merged. */
static int let_text(struct scope *scope, size_t index, const char **out,
		    struct ent_error *err)
{
	const struct column_map *map = scope->map;
	const struct record *record = scope->record;

	if (map->has_spell && record->from && index == map->spell_from)
		*out = record->from;
	else if (map->has_spell && record->to && index == map->spell_to)
		*out = record->to;
	else
		return template_text(scope, map->lets[index].value, out, err);
	return ENT_OK;
}

static int function_text(struct scope *scope, const struct part *part,
			 const char **out, struct ent_error *err)
{
	const char *args[FUNCTION_ARGS_MAX];
	size_t count = 0;
	int rc = ENT_OK;

	for (const struct part *arg = part->args; arg; arg = arg->next) {
		assert(count < FUNCTION_ARGS_MAX);
		rc = part_text(scope, arg, &args[count++], err);
		if (rc < 0)
			return rc;
	}
	rc = part->function->call(scope, args, count, out, err);
	if (rc == ENT_EINPUT)
		scope->column = template_column(scope->map, part->args);
	return rc;
}

static int lookup_text(struct scope *scope, const struct part *part,
		       const char **out, struct ent_error *err)
{
	const struct lookup *lookup = &scope->map->lookups[part->index];
	const char *from;
	int rc = part_text(scope, part->args, &from, err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < lookup->count; i++) {
		if (strcmp(lookup->rows[i].from, from) == 0) {
			*out = lookup->rows[i].to;
			return ENT_OK;
		}
	}
	if (lookup->otherwise) {
		*out = lookup->otherwise;
		return ENT_OK;
	}
	scope->column = template_column(scope->map, part->args);
	return ent_error_set(err, ENT_EINPUT, "\"%.*s\" is not in the map's "
			     "table %s", (int)utf8_cut(from, 60), from,
			     lookup->name);
}

static int part_text(struct scope *scope, const struct part *part,
		     const char **out, struct ent_error *err)
{
	const struct record *record = scope->record;

	switch (part->kind) {
	case PART_TEXT:
		*out = part->text;
		return ENT_OK;
	case PART_COLUMN:
		*out = record->columns[part->index];
		return ENT_OK;
	case PART_LET:
		return let_text(scope, part->index, out, err);
	case PART_GROUP_FROM:
		*out = record->groups ? record->groups[part->index]->from : "";
		return ENT_OK;
	case PART_GROUP_TO:
		*out = record->groups ? record->groups[part->index]->to : "";
		return ENT_OK;
	case PART_FUNCTION:
		return function_text(scope, part, out, err);
	case PART_TABLE:
		return lookup_text(scope, part, out, err);
	}
	return ENT_OK;
}

int template_text(struct scope *scope, const struct part *parts,
		  const char **out, struct ent_error *err)
{
	struct buf text = { 0 };
	const char *piece;
	int rc = ENT_OK;

	if (parts && !parts->next)
		return part_text(scope, parts, out, err);
	for (; parts && rc == ENT_OK; parts = parts->next) {
		rc = part_text(scope, parts, &piece, err);
		if (rc == ENT_OK)
			buf_text(&text, piece);
	}
	if (rc == ENT_OK)
		rc = buf_check(&text, err);
	if (rc == ENT_OK) {
		const char *copy = arena_text(scope->scratch,
					      text.len ? text.data : "",
					      text.len);

		rc = copy ? ENT_OK : mem_error(err);
		if (copy)
			*out = copy;
	}
	buf_release(&text);
	return rc;
}

unsigned template_column(const struct column_map *map, const struct part *parts)
{
	unsigned column = 0;

	for (; parts && column == 0; parts = parts->next) {
		if (parts->kind == PART_COLUMN)
			column = (unsigned)map->columns[parts->index].at + 1;
		else if (parts->kind == PART_LET)
			column = template_column(map,
						 map->lets[parts->index].value);
		else
			column = template_column(map, parts->args);
	}
	return column;
}

static int condition_holds(struct scope *scope, const struct condition *condition,
			   bool *out, struct ent_error *err)
{
	const char *left, *right = "";
	int rc = part_text(scope, condition->left, &left, err);

	if (rc == ENT_OK && condition->right)
		rc = part_text(scope, condition->right, &right, err);
	if (rc == ENT_OK)
		*out = (strcmp(left, right) != 0) == condition->differ;
	return rc;
}

int conditions_hold(struct scope *scope, const struct conditions *conditions,
		    bool *out, struct ent_error *err)
{
	bool hold = true;
	int rc = ENT_OK;

	for (size_t i = 0; i < conditions->count && rc == ENT_OK && hold; i++)
		rc = condition_holds(scope, &conditions->items[i], &hold, err);
	if (rc == ENT_OK)
		*out = hold;
	return rc;
}
