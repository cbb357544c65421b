/*
 * atop.c - see atop.h.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "atop.h"

enum { COLUMNS_MAX = 160, LINE_MAX_BYTES = 4096, STATE_ALLIANCES = 59 };

/* A table without quotes, which these are. */
struct table {
	FILE *file;
	char header[LINE_MAX_BYTES];
	char line[LINE_MAX_BYTES];
	char *names[COLUMNS_MAX];
	char *fields[COLUMNS_MAX];
	size_t columns;
};

static size_t split(char *line, char *fields[COLUMNS_MAX])
{
	size_t n = 0;

	line[strcspn(line, "\r\n")] = '\0';
	while (line && n < COLUMNS_MAX) {
		char *comma = strchr(line, ',');

		fields[n++] = line;
		if (comma)
			*comma++ = '\0';
		line = comma;
	}
	return n;
}

static bool table_open(struct table *table, const char *dir, const char *name)
{
	char path[1024];

	snprintf(path, sizeof(path), "%s/data/%s", dir, name);
	table->file = fopen(path, "r");
	if (!table->file || !fgets(table->header, LINE_MAX_BYTES, table->file))
		return false;
	table->columns = split(table->header, table->names);
	return true;
}

static bool table_next(struct table *table)
{
	return fgets(table->line, LINE_MAX_BYTES, table->file) &&
	       split(table->line, table->fields) == table->columns;
}

static void table_close(struct table *table)
{
	if (table->file)
		fclose(table->file);
}

/* A number of the row; 0 where the field is empty or there is no such column. */
static long field(const struct table *table, const char *name)
{
	for (size_t i = 0; i < table->columns; i++) {
		if (strcmp(table->names[i], name) == 0)
			return strtol(table->fields[i], NULL, 10);
	}
	return 0;
}

static void *grown(void *items, size_t n, size_t size)
{
	void *more = items;

	/* At powers of two. */
	if ((n & (n - 1)) == 0)
		more = realloc(items, (n ? 2 * n : 1) * size);
	if (!more)
		abort();
	return more;
}

/* An unknown month or day is left out of the date. */
static void read_date(const struct table *table, const char *const columns[3],
		      char text[11], struct reference_days *days)
{
	unsigned year = (unsigned)field(table, columns[0]) % 10000u;
	unsigned month = (unsigned)field(table, columns[1]) % 100u;
	unsigned day = (unsigned)field(table, columns[2]) % 100u;

	*days = (struct reference_days){ REFERENCE_AFTER_ALL,
					 REFERENCE_AFTER_ALL };
	text[0] = '\0';
	if (!year)
		return;
	if (month && day)
		snprintf(text, 11, "%04u-%02u-%02u", year, month, day);
	else if (month)
		snprintf(text, 11, "%04u-%02u", year, month);
	else
		snprintf(text, 11, "%04u", year);
	if (!reference_days_read(text, days))
		abort();
}

static int compare_rows(const void *a, const void *b)
{
	const struct atop_row *x = a;
	const struct atop_row *y = b;

	if (x->alliance != y->alliance)
		return x->alliance < y->alliance ? -1 : 1;
	if (x->member != y->member)
		return x->member < y->member ? -1 : 1;
	if (x->entry.lo != y->entry.lo)
		return x->entry.lo < y->entry.lo ? -1 : 1;
	return (x->exit.lo > y->exit.lo) - (x->exit.lo < y->exit.lo);
}

static bool read_rows(struct atop *atop, const char *dir)
{
	static const char *const entry[] = { "yrent", "moent", "dayent" };
	static const char *const leave[] = { "yrexit", "moexit", "dayexit" };
	struct table table;
	bool ok = table_open(&table, dir, "atop5_1m.csv");

	while (ok && table_next(&table)) {
		struct atop_row *row;

		atop->rows = grown(atop->rows, atop->rows_n, sizeof(*row));
		row = &atop->rows[atop->rows_n++];
		row->alliance = field(&table, "atopid");
		row->member = field(&table, "member");
		read_date(&table, entry, row->entry_text, &row->entry);
		read_date(&table, leave, row->exit_text, &row->exit);
	}
	table_close(&table);
	if (atop->rows_n)
		qsort(atop->rows, atop->rows_n, sizeof(atop->rows[0]),
		      compare_rows);
	return atop->rows_n > 0;
}

static bool read_years(struct atop *atop, const char *dir)
{
	struct table table;
	bool ok = table_open(&table, dir, "atop5_1sy.csv");

	while (ok && table_next(&table)) {
		for (unsigned i = 1; i <= STATE_ALLIANCES; i++) {
			struct atop_year *year;
			char column[24];
			long alliance;

			snprintf(column, sizeof(column), "atopid%u", i);
			alliance = field(&table, column);
			if (!alliance)
				continue;
			atop->years = grown(atop->years, atop->years_n,
					    sizeof(*year));
			year = &atop->years[atop->years_n++];
			year->alliance = alliance;
			year->member = field(&table, "state");
			year->year = field(&table, "year");
		}
	}
	table_close(&table);
	return atop->years_n > 0;
}

bool atop_read(struct atop *atop, const char *dir)
{
	*atop = (struct atop){ .rows = NULL };
	return read_rows(atop, dir) && read_years(atop, dir);
}

void atop_release(struct atop *atop)
{
	free(atop->rows);
	free(atop->years);
}

size_t atop_spells(const struct atop *atop, struct atop_row *spells)
{
	size_t n = 0;

	for (size_t i = 0; i < atop->rows_n; i++) {
		const struct atop_row *row = &atop->rows[i];
		struct atop_row *last = n ? &spells[n - 1] : NULL;

		if (!last || last->alliance != row->alliance ||
		    last->member != row->member ||
		    row->entry.lo > last->exit.lo) {
			spells[n++] = *row;
		} else if (row->exit.lo > last->exit.lo) {
			last->exit = row->exit;
			strcpy(last->exit_text, row->exit_text);
		}
	}
	return n;
}
