/*
 * table.h - columns that line up, measured as a terminal shows them.
 */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include "out.h"

enum { TABLE_COLUMNS_MAX = 8 };

/* Set columns and indent; the rest starts as zero. */
struct table {
	size_t columns;
	size_t indent;
	bool cut; /* the last column is cut to the width of the terminal */
	struct table_cell *cells;
	size_t count; /* of cells: columns a row */
	size_t cap;
};

/* The next cell, from text that may come from outside; NULL is an empty one. */
void table_add(struct table *table, enum style style, const char *str);
void table_fmt(struct table *table, enum style style, const char *fmt, ...)
	ENT_PRINTF(3, 4);

/* A row that is one text and has no columns, indented by so much more. */
void table_line(struct table *table, enum style style, size_t indent,
		const char *str);

/* Print and empty the table. */
void table_print(struct table *table);

#endif
