/*
 * csv.h - the door to the CSV library: rows of a table, one at a time, strictly.
 */
#ifndef ENGINE_CSV_H
#define ENGINE_CSV_H

#include "entente/error.h"

enum { ROWS_BYTES_MAX = 1 << 20, ROWS_FIELDS_MAX = 4096 };

/* Borrowed until the next call. */
struct row_fields {
	uint64_t line; /* on which the row begins, from 1 */
	size_t count;
	const char *const *texts; /* UTF-8 without NUL, a NUL behind each */
};

struct rows; /* a table that is being read */

/*
 * Read rows from fd, which stays the caller's.  With quotes, fields may be quoted
 * as RFC 4180 says, and may then hold delimiters and newlines; without, a quote is
 * a character like others.  Where delimiter is NUL, a line is one field.  Blanks
 * around a field that is not quoted are dropped, and so are a byte order mark and
 * empty lines.  *out is owned: rows_close().
 */
int rows_open(int fd, char delimiter, bool quotes, struct rows **out,
	      struct ent_error *err);
void rows_close(struct rows *rows); /* NULL is allowed */

/*
 * The next row; ENT_END behind the last.
 *
 * ENT_EINPUT  the row cannot be read: quotes that do not match, bytes that are
 *             not UTF-8, NUL, more than ROWS_BYTES_MAX bytes or ROWS_FIELDS_MAX
 *             fields.  err->column counts fields from 1 (0: the row).  The next
 *             call goes on behind the line at fault.
 * ENT_EIO, ENT_ENOMEM
 */
int rows_next(struct rows *rows, struct row_fields *out, struct ent_error *err);

/* The line on which the row begins that was read, or was at fault, last. */
uint64_t rows_line(const struct rows *rows);

/* Take the line that comes next as it stands, and drop it; ENT_END for none. */
int rows_skip_line(struct rows *rows, struct ent_error *err);

#endif
