/*
 * table.c - columns that line up.
 */
#include "table.h"
#include "safe.h"
#include "width.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { GAP = 2, LAST_MIN = 24 };

struct table_cell {
	char *str; /* safe */
	enum style style;
	bool line; /* the row is this text alone */
	size_t indent;
};

static void put(struct table *table, struct table_cell cell)
{
	if (table->count == table->cap) {
		table->cap = table->cap ? 2 * table->cap : 64;
		table->cells = grow(table->cells, table->cap,
				    sizeof(*table->cells));
	}
	table->cells[table->count++] = cell;
}

void table_add(struct table *table, enum style style, const char *str)
{
	struct text text = { 0 };

	safe_add(&text, str ? str : "", SAFE_FOLD);
	text_trim(&text);
	put(table, (struct table_cell){ .str = text.data, .style = style });
}

void table_fmt(struct table *table, enum style style, const char *fmt, ...)
{
	char small[512];
	va_list args;

	va_start(args, fmt);
	vsnprintf(small, sizeof(small), fmt, args);
	va_end(args);
	table_add(table, style, small);
}

void table_line(struct table *table, enum style style, size_t indent,
		const char *str)
{
	table_add(table, style, str);
	table->cells[table->count - 1].line = true;
	table->cells[table->count - 1].indent = indent;
	while (table->count % table->columns != 0)
		put(table, (struct table_cell){ 0 });
}

static void measure(const struct table *table, size_t widths[])
{
	for (size_t i = 0; i < table->count; i++) {
		const struct table_cell *cell = &table->cells[i];
		size_t column = i % table->columns;
		size_t width;

		if (cell->line) {
			i += table->columns - 1;
			continue;
		}
		width = width_of(cell->str);
		if (width > widths[column])
			widths[column] = width;
	}
}

static void print_cell(struct text *line, const struct table_cell *cell)
{
	text_str(line, out_on(cell->style));
	text_str(line, cell->str);
	text_str(line, out_off(cell->style));
}

/* Spaces wait until something follows them: no line ends with one. */
static void print_row(struct text *line, const struct table_cell *row,
		      const size_t widths[], size_t columns)
{
	size_t pending = 0;

	for (size_t i = 0; i < columns; i++) {
		if (row[i].str[0] != '\0') {
			text_repeat(line, ' ', pending);
			print_cell(line, &row[i]);
			pending = 0;
		}
		if (widths[i] > 0)
			pending += widths[i] - width_of(row[i].str) + GAP;
	}
}

/* Cut the last column to what the others leave of the terminal. */
static void cut_last(struct table *table, size_t widths[])
{
	size_t last = table->columns - 1;
	size_t used = table->indent, room;

	for (size_t i = 0; i < last; i++)
		used += widths[i] > 0 ? widths[i] + GAP : 0;
	room = out_columns() > used + LAST_MIN ? out_columns() - used : LAST_MIN;
	for (size_t i = last; i < table->count; i += table->columns) {
		char *str = table->cells[i].str;
		struct text text = { 0 };

		if (!str || width_of(str) <= room)
			continue;
		text_bytes(&text, str, width_cut(str, room - 1));
		text_str(&text, "\xE2\x80\xA6");
		free(str);
		table->cells[i].str = text.data;
	}
}

void table_print(struct table *table)
{
	size_t widths[TABLE_COLUMNS_MAX] = { 0 };
	struct text line = { 0 };

	measure(table, widths);
	if (table->cut)
		cut_last(table, widths);
	for (size_t i = 0; i < table->count; i += table->columns) {
		text_repeat(&line, ' ', table->indent);
		text_repeat(&line, ' ', table->cells[i].indent);
		if (table->cells[i].line)
			print_cell(&line, &table->cells[i]);
		else
			print_row(&line, &table->cells[i], widths,
				  table->columns);
		text_trim(&line);
		text_str(&line, "\n");
		out_text(&line);
	}
	for (size_t i = 0; i < table->count; i++)
		free(table->cells[i].str);
	free(table->cells);
	table->cells = NULL;
	table->count = table->cap = 0;
	text_release(&line);
}
