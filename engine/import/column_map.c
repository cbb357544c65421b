/*
 * column_map.c - a map and the table that it is for.
 */
#include "import/column_map.h"

#include <string.h>

#include "ground/near.h"
#include "ground/utf8.h"

static void release_block(struct block *block)
{
	mem_free(block->when.items);
	mem_free(block->fields);
}

void column_map_free(struct column_map *map)
{
	if (!map)
		return;
	for (size_t i = 0; i < map->lookups_count; i++)
		mem_free(map->lookups[i].rows);
	for (size_t i = 0; i < map->leave_out_count; i++)
		mem_free(map->leave_out[i].items);
	for (size_t i = 0; i < map->blocks_count; i++)
		release_block(&map->blocks[i]);
	release_block(&map->every);
	mem_free(map->columns);
	mem_free(map->given);
	mem_free(map->missing);
	mem_free(map->lets);
	mem_free(map->lookups);
	mem_free(map->leave_out);
	mem_free(map->merges.items);
	mem_free(map->groups.items);
	mem_free(map->blocks);
	arena_release(&map->arena);
	mem_free(map);
}

static int no_column(const struct named_column *column, const char *const *names,
		     size_t count, struct ent_error *err)
{
	struct near near = near_start(column->name);

	for (size_t i = 0; i < count; i++)
		near_offer(&near, names[i]);
	return ent_error_set(err, ENT_EINPUT, "the table has no column \"%.*s\", "
			     "which line %u of the map names%s%.*s%s",
			     (int)utf8_cut(column->name, 60), column->name,
			     column->line, near.best ? "; is it \"" : "",
			     near.best ? (int)utf8_cut(near.best, 60) : 0,
			     near.best ? near.best : "", near.best ? "\"?" : "");
}

static int bind(struct named_column *column, const char *const *names,
		size_t count, struct ent_error *err)
{
	size_t found = 0;

	for (size_t i = 0; i < count; i++) {
		if (strcmp(names[i], column->name) != 0)
			continue;
		if (found++ == 0)
			column->at = i;
	}
	if (found == 0)
		return no_column(column, names, count, err);
	if (found > 1)
		return ent_error_set(err, ENT_EINPUT, "the table has %zu columns "
				     "of the name \"%.*s\"", found,
				     (int)utf8_cut(column->name, 60),
				     column->name);
	return ENT_OK;
}

int column_map_bind(struct column_map *map, const char *const *names,
		    size_t count, struct ent_error *err)
{
	int rc = ENT_OK;

	for (size_t i = 0; i < map->columns_count && rc == ENT_OK; i++)
		rc = bind(&map->columns[i], names, count, err);
	return rc;
}
