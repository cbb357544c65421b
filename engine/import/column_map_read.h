/*
 * column_map_read.h - what the files that read a map share.
 */
#ifndef IMPORT_COLUMN_MAP_READ_H
#define IMPORT_COLUMN_MAP_READ_H

#include "import/column_map.h"

struct map_line {
	struct column_map *map;
	const char *at;      /* what is left of the line */
	unsigned number;
	struct block *block; /* that an indented line belongs to, or NULL */
	bool in_table;       /* it belongs to the last table */
};

size_t line_word(struct map_line *line, const char **out);
bool line_takes(struct map_line *line, const char *word);

/* column_map_rows.c: indented lines. */
int read_field(struct map_line *line, struct ent_error *err);
int read_lookup_row(struct map_line *line, struct ent_error *err);

#endif
