/*
 * template.h - texts with names in braces, and what they become for one record.
 *
 *     ATOP-{atopid}          {date(yrent, moent, dayent)}
 *
 * A name is a column, a `let`, or the end of a group; a call is one of the
 * functions of template_call.c or a table of the map.
 */
#ifndef IMPORT_TEMPLATE_H
#define IMPORT_TEMPLATE_H

#include "ground/mem.h"
#include "news/lexicon/lexicon.h"

struct column_map;

enum part_kind {
	PART_TEXT,
	PART_COLUMN,
	PART_LET,
	PART_GROUP_FROM,
	PART_GROUP_TO,
	PART_FUNCTION,
	PART_TABLE
};

struct function;

/* A piece of a template, or an argument; next is what stands behind it. */
struct part {
	enum part_kind kind;
	const char *text;    /* of PART_TEXT; else the name, for messages */
	size_t index;        /* of the column, let, group or table */
	const struct function *function;
	struct part *args;
	size_t args_count;
	struct part *next;
};

/* The days [from, to) that a group of records fills without a gap. */
struct span {
	const char *from, *to; /* EDTF; to is "" where it is open */
	size_t first;          /* number of the record that comes first in the table */
};

/* A row of the table, or several that were merged. */
struct record {
	uint64_t line; /* of the first of its rows */
	const char **columns; /* those that the map names, in its order */
	const char *from, *to; /* of its spell, where the map has one */
	const struct span **groups;
};

/* Where a template is evaluated.  Results live in scratch or in the record. */
struct scope {
	const struct column_map *map;
	const struct record *record;
	const struct lexicon *lexicon;
	struct arena *scratch;
	unsigned column; /* of the table, from 1: the one at fault, after a failure */
};

/* ENT_EINPUT  a value cannot be used; the message says why */
int template_text(struct scope *scope, const struct part *parts,
		  const char **out, struct ent_error *err);

/* The first column that the template reads, counted from 1 in the table; 0 for
 * none. */
unsigned template_column(const struct column_map *map, const struct part *parts);

/* ---- functions: template_call.c ---------------------------------------- */

struct function {
	const char *name;
	size_t args_min, args_max;
	int (*call)(struct scope *scope, const char *const *args, size_t count,
		    const char **out, struct ent_error *err);
};

enum { FUNCTION_ARGS_MAX = 8 };

const struct function *function_find(const char *name, size_t len);
const struct function *function_at(size_t i); /* NULL behind the last */

#endif
