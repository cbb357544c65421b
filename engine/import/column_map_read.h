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

/* The next word, "" behind the last; returns its length. */
size_t line_word(struct map_line *line, const char **out);

/* Is the next word this one?  Then it is taken. */
bool line_takes(struct map_line *line, const char *word);

int line_name(struct map_line *line, const char **out, struct ent_error *err);
int line_end(const struct map_line *line, struct ent_error *err);

/* What is used above as a column cannot become something else. */
int line_is_new(const struct column_map *map, const char *name,
		struct ent_error *err);

/* column_map_spells.c */
int read_conditions(struct map_line *line, struct conditions *conditions,
		    struct ent_error *err);
int read_leave_out(struct map_line *line, struct ent_error *err);
int read_spell(struct map_line *line, struct ent_error *err);
int read_merge(struct map_line *line, struct ent_error *err);
int read_group(struct map_line *line, struct ent_error *err);

/* column_map_rows.c: indented lines. */
int read_field(struct map_line *line, struct ent_error *err);
int read_lookup_row(struct map_line *line, struct ent_error *err);

#endif
