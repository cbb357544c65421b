/*
 * column_map_spells.c - lines of a map that say which rows count, and which belong
 * together.
 */
#include "import/column_map_read.h"

#include <string.h>

/* ---- conditions -------------------------------------------------------- */

static int read_condition(struct map_line *line, struct condition *out,
			  struct ent_error *err)
{
	int rc = read_operand(line->map, &line->at, line->number, &out->left, err);

	out->differ = line->at[0] == '!' && line->at[1] == '=';
	if (rc < 0 || (*line->at != '=' && !out->differ)) {
		out->differ = true; /* from nothing */
		return rc;
	}
	line->at += out->differ ? 2 : 1;
	return read_operand(line->map, &line->at, line->number, &out->right, err);
}

int read_conditions(struct map_line *line, struct conditions *conditions,
			   struct ent_error *err)
{
	int rc;

	do {
		struct condition condition = { 0 };

		rc = read_condition(line, &condition, err);
		if (rc == ENT_OK)
			rc = mem_grow(&conditions->items, &conditions->room,
				      conditions->count + 1, sizeof(condition),
				      err);
		if (rc == ENT_OK)
			conditions->items[conditions->count++] = condition;
	} while (rc == ENT_OK && line_takes(line, "and"));
	return rc < 0 ? rc : line_end(line, err);
}

int read_leave_out(struct map_line *line, struct ent_error *err)
{
	struct column_map *map = line->map;
	int rc;

	if (!line_takes(line, "out") || !line_takes(line, "when"))
		return ent_error_set(err, ENT_EINPUT, "write \"leave out when\" "
				     "and a condition");
	rc = mem_grow(&map->leave_out, &map->leave_out_room,
		      map->leave_out_count + 1, sizeof(*map->leave_out), err);
	if (rc < 0)
		return rc;
	map->leave_out[map->leave_out_count] = (struct conditions){ 0 };
	return read_conditions(line, &map->leave_out[map->leave_out_count++],
			       err);
}

/* ---- spells ------------------------------------------------------------ */

static int read_let_name(struct map_line *line, size_t *out,
			 struct ent_error *err)
{
	const char *name;
	int rc = line_name(line, &name, err);

	for (size_t i = 0; rc == ENT_OK && i < line->map->lets_count; i++) {
		if (strcmp(line->map->lets[i].name, name) == 0) {
			*out = i;
			return ENT_OK;
		}
	}
	return rc < 0 ? rc : ent_error_set(err, ENT_EINPUT, "there is no let "
					   "\"%s\" above", name);
}

int read_spell(struct map_line *line, struct ent_error *err)
{
	int rc = read_let_name(line, &line->map->spell_from, err);

	if (rc == ENT_OK)
		rc = read_let_name(line, &line->map->spell_to, err);
	if (rc == ENT_OK)
		rc = line_end(line, err);
	line->map->has_spell = rc == ENT_OK;
	return rc;
}

static int read_grouping(struct map_line *line, struct groupings *groupings,
			 const char *name, struct ent_error *err)
{
	struct grouping grouping = { .name = name };
	struct part **tail = &grouping.keys;
	int rc = ENT_OK;

	if (!line->map->has_spell)
		return ent_error_set(err, ENT_EINPUT, "\"spell\" must stand "
				     "above");
	do {
		rc = read_operand(line->map, &line->at, line->number, tail, err);
		if (rc == ENT_OK)
			tail = &(*tail)->next;
	} while (rc == ENT_OK && *line->at);
	if (rc == ENT_OK)
		rc = mem_grow(&groupings->items, &groupings->room,
			      groupings->count + 1, sizeof(grouping), err);
	if (rc == ENT_OK)
		groupings->items[groupings->count++] = grouping;
	return rc;
}

int read_merge(struct map_line *line, struct ent_error *err)
{
	return read_grouping(line, &line->map->merges, NULL, err);
}

int read_group(struct map_line *line, struct ent_error *err)
{
	const char *name;
	int rc = line_name(line, &name, err);

	if (rc == ENT_OK)
		rc = line_is_new(line->map, name, err);
	if (rc == ENT_OK && !line_takes(line, "by"))
		rc = ent_error_set(err, ENT_EINPUT, "\"by\" is missing");
	return rc < 0 ? rc : read_grouping(line, &line->map->groups, name, err);
}
