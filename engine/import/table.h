/*
 * table.h - a table on its way to events.
 */
#ifndef IMPORT_TABLE_H
#define IMPORT_TABLE_H

#include "entente/import.h"
#include "import/column_map.h"

/* A record that waits for others to be merged or grouped with. */
struct spell {
	struct record record;
	int32_t from, to; /* first possible days; ENT_DAY_OPEN_END where open */
	size_t order;     /* in the table */
	const char *key;  /* of the merge or grouping that goes on */
	bool gone;        /* merged into another, or bad */
};

struct table {
	const char *name; /* of the file, for labels */
	struct column_map *map;
	struct lexicon *lexicon;
	const struct ent_import *to;
	struct ent_imported done;
	bool stopped;           /* take did not return 0 */
	struct arena scratch;   /* of the row or record */
	const char **columns;   /* of the row, in the map's order */
	struct spell *spells;   /* where the map has a spell */
	size_t spells_count, spells_room;
	struct arena kept;      /* what spells borrow from */
};

struct scope table_scope(struct table *table, const struct record *record);

/* Tell of a row that cannot be used.  rc is returned, unless it is ENT_EINPUT:
 * then ENT_OK, for one bad row ends nothing. */
int table_bad(struct table *table, uint64_t line, unsigned column, int rc,
	      const struct ent_error *err);

/* table_event.c: give the events of a record to take. */
int table_events(struct table *table, const struct record *record, size_t order,
		 struct ent_error *err);

/* table_spells.c: keep a row's record; then put together what belongs together,
 * and give the events of all. */
int table_keep(struct table *table, const struct record *row,
	       struct ent_error *err);
int table_spells(struct table *table, struct ent_error *err);

#endif
