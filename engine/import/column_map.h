/*
 * column_map.h - a column map: how the rows of a table become events.  README.md
 * describes its form.
 */
#ifndef IMPORT_COLUMN_MAP_H
#define IMPORT_COLUMN_MAP_H

#include "import/template.h"

struct named_column {
	const char *name;
	unsigned line;  /* of the map, where it is named first */
	size_t at;      /* in the table; set by column_map_bind() */
};

struct let {
	const char *name;
	struct part *value;
};

/* A table of values: from the text of a cell to another. */
struct lookup_row {
	const char *from;
	const char *to;
};

struct lookup {
	const char *name;
	struct lookup_row *rows;
	size_t count, room;
	const char *otherwise; /* NULL: a value that is not there is bad */
};

/* left = right, or left != right; right NULL: left is not empty. */
struct condition {
	struct part *left, *right;
	bool differ;
};

struct conditions {
	struct condition *items;
	size_t count, room;
};

/* Keys by which records belong together. */
struct grouping {
	const char *name; /* of a group; NULL for a merge */
	struct part *keys; /* a list: each a name */
};

struct groupings {
	struct grouping *items;
	size_t count, room;
};

struct field {
	const char *key;    /* "source" */
	const char *member; /* "title", or NULL */
	struct part *value;
	unsigned line;
};

struct block {
	const char *type; /* NULL: for every event */
	struct conditions when;
	bool once;        /* only for the record that begins a span of .. */
	size_t group;     /* .. this group */
	struct field *fields;
	size_t count, room;
};

struct column_map {
	struct arena arena; /* all texts and parts */
	char delimiter;
	unsigned skip;      /* lines in front of the header */
	bool has_header;
	struct named_column *columns;
	size_t columns_count, columns_room;
	const char **given; /* names of the columns, where there is no header */
	size_t given_count, given_room;
	const char **missing; /* what stands for no day, month or year */
	size_t missing_count, missing_room;
	struct let *lets;
	size_t lets_count, lets_room;
	struct lookup *lookups;
	size_t lookups_count, lookups_room;
	struct conditions *leave_out; /* each line one: any of them */
	size_t leave_out_count, leave_out_room;
	bool has_spell;
	size_t spell_from, spell_to; /* lets */
	struct groupings merges, groups;
	struct block every;
	struct block *blocks;
	size_t blocks_count, blocks_room;
};

/*
 * Read a map.  *out is owned: column_map_free().
 *
 * ENT_EINPUT  it breaks a rule; the message names its line
 */
int column_map_read(const char *text, size_t len, struct column_map **out,
		    struct ent_error *err);
void column_map_free(struct column_map *map); /* NULL is allowed */

/*
 * Find the map's columns among the table's.
 *
 * ENT_EINPUT  one is not there, or twice
 */
int column_map_bind(struct column_map *map, const char *const *names,
		    size_t count, struct ent_error *err);

int conditions_hold(struct scope *scope, const struct conditions *conditions,
		    bool *out, struct ent_error *err);

/* ---- column_map_names.c: names on their way in ------------------------- */

/* Read "a-{b(c)}" or, of a condition, `a` or 'text'.  line is the map's. */
int read_template(struct column_map *map, const char *text, unsigned line,
		  struct part **out, struct ent_error *err);
int read_operand(struct column_map *map, const char **at, unsigned line,
		 struct part **out, struct ent_error *err);

/* Read a text between quotes, of which those within are doubled: *out NULL where it
 * is never closed, and *at stays. */
int read_quotes(struct column_map *map, const char **at, const char **out,
		struct ent_error *err);

/* A piece of text, copied into the map. */
const char *column_map_text(struct column_map *map, const char *text, size_t len,
			    struct ent_error *err);

#endif
