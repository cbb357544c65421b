/*
 * import_csv.c - the rows of a table, one at a time.
 */
#include "import/table.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "doors/csv.h"
#include "ground/buf.h"

static_assert((int)ROWS_BYTES_MAX == (int)ENT_ROW_BYTES_MAX,
	      "the public header tells the truth");

struct scope table_scope(struct table *table, const struct record *record)
{
	return (struct scope){ .map = table->map, .record = record,
			       .lexicon = table->lexicon,
			       .scratch = &table->scratch };
}

int table_bad(struct table *table, uint64_t line, unsigned column, int rc,
	      const struct ent_error *err)
{
	struct buf label = { 0 };

	if (rc != ENT_EINPUT)
		return rc;
	table->done.bad++;
	buf_printf(&label, "%s:%" PRIu64, table->name, line);
	if (table->to->bad)
		table->to->bad(label.data ? label.data : table->name, column,
			       err->msg, table->to->arg);
	buf_release(&label);
	return ENT_OK;
}

/* ---- the header -------------------------------------------------------- */

static int skip_lines(struct rows *rows, unsigned lines, struct ent_error *err)
{
	int rc = ENT_OK;

	while (lines-- > 0 && rc == ENT_OK)
		rc = rows_skip_line(rows, err);
	return rc < 0 ? rc : ENT_OK;
}

/* A fault of the line that names the columns. */
static int bad_header(const struct table *table, const struct rows *rows, int rc,
		      struct ent_error *err)
{
	if (rc == ENT_EINPUT)
		ent_error_wrap(err, "%s:%" PRIu64, table->name, rows_line(rows));
	return rc;
}

/* How many columns the table has. */
static int read_header(struct table *table, struct rows *rows, size_t *out_count,
		       struct ent_error *err)
{
	struct column_map *map = table->map;
	struct row_fields row;
	int rc = skip_lines(rows, map->skip, err);

	if (rc < 0)
		return rc;
	if (!map->has_header) {
		*out_count = map->given_count;
		rc = column_map_bind(map, map->given, map->given_count, err);
		if (rc == ENT_EINPUT)
			ent_error_wrap(err, "%s", table->name);
		return rc;
	}
	rc = rows_next(rows, &row, err);
	if (rc == ENT_END)
		return ent_error_set(err, ENT_EINPUT, "%s: the table has no line "
				     "that names its columns", table->name);
	if (rc < 0)
		return bad_header(table, rows, rc, err);
	*out_count = row.count;
	rc = column_map_bind(map, row.texts, row.count, err);
	return bad_header(table, rows, rc, err);
}

/* ---- rows -------------------------------------------------------------- */

static bool is_empty(const struct row_fields *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (*row->texts[i])
			return false;
	return true;
}

static int is_left_out(struct table *table, const struct record *record,
		       bool *out, struct ent_error *err)
{
	struct scope scope = table_scope(table, record);
	bool holds = false;
	int rc = ENT_OK;

	for (size_t i = 0; i < table->map->leave_out_count && !holds; i++) {
		rc = conditions_hold(&scope, &table->map->leave_out[i], &holds,
				     err);
		if (rc < 0)
			return table_bad(table, record->line, scope.column, rc,
					 err);
	}
	*out = holds;
	return rc;
}

static int take_record(struct table *table, const struct record *record,
		       struct ent_error *err)
{
	uint64_t bad = table->done.bad;
	struct ent_error why = { 0 };
	bool left_out = false;
	int rc = is_left_out(table, record, &left_out, &why);

	if (rc < 0 && err)
		*err = why;
	if (rc < 0 || table->done.bad > bad)
		return rc;
	table->done.left_out += left_out;
	if (left_out)
		return ENT_OK;
	return table->map->has_spell ? table_keep(table, record, err) :
				       table_events(table, record, 0, err);
}

static int take_row(struct table *table, const struct row_fields *row,
		    size_t count, struct ent_error *err)
{
	struct record record = { .line = row->line, .columns = table->columns };
	struct ent_error why = { 0 };
	int rc;

	if (is_empty(row))
		return ENT_OK;
	table->done.rows++;
	if (row->count != count) {
		rc = ent_error_set(&why, ENT_EINPUT, "%zu field%s, where the "
				   "table has %zu columns", row->count,
				   row->count == 1 ? "" : "s", count);
		return table_bad(table, row->line, 0, rc, &why);
	}
	for (size_t i = 0; i < table->map->columns_count; i++)
		table->columns[i] = row->texts[table->map->columns[i].at];
	rc = take_record(table, &record, err);
	arena_release(&table->scratch);
	table->scratch = (struct arena){ 0 };
	return rc;
}

static int take_rows(struct table *table, struct rows *rows, size_t count,
		     struct ent_error *err)
{
	struct row_fields row;
	int rc = ENT_OK;

	while (rc == ENT_OK) {
		struct ent_error why = { 0 };

		rc = rows_next(rows, &row, &why);
		if (rc == ENT_OK) {
			rc = take_row(table, &row, count, err);
		} else if (rc < 0) {
			table->done.rows += rc == ENT_EINPUT;
			if (err)
				*err = why;
			rc = table_bad(table, rows_line(rows),
				       (unsigned)why.column, rc, &why);
		}
	}
	return rc;
}

static int import(struct table *table, struct rows *rows, struct ent_error *err)
{
	size_t count = 0;
	int rc = read_header(table, rows, &count, err);

	if (rc < 0)
		return rc;
	table->columns = mem_new(table->map->columns_count + 1,
				 sizeof(*table->columns));
	if (!table->columns)
		return mem_error(err);
	rc = take_rows(table, rows, count, err);
	if (rc == ENT_END && !table->stopped && table->map->has_spell)
		rc = table_spells(table, err);
	return rc;
}

int ent_import_csv(int fd, const char *name, const char *map, size_t map_len,
		   const struct ent_import *to, struct ent_imported *out,
		   struct ent_error *err)
{
	struct table table = { .name = name, .to = to };
	struct rows *rows = NULL;
	int rc;

	assert(name && to && to->take && out);

	rc = column_map_read(map, map_len, &table.map, err);
	if (rc == ENT_OK)
		rc = lexicon_open(&table.lexicon, err);
	if (rc == ENT_OK)
		rc = rows_open(fd, table.map->delimiter, true, &rows, err);
	if (rc == ENT_OK)
		rc = import(&table, rows, err);
	if (rc >= 0)
		*out = table.done;
	rows_close(rows);
	lexicon_close(table.lexicon);
	mem_free(table.columns);
	mem_free(table.spells);
	arena_release(&table.kept);
	arena_release(&table.scratch);
	column_map_free(table.map);
	return rc == ENT_END ? ENT_OK : rc;
}
