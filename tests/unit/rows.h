/*
 * rows.h - tables of what is read and what comes of it.
 */
#ifndef TESTS_ROWS_H
#define TESTS_ROWS_H

#include "check.h"

/* Where `known` says why it cannot be right yet, it must be wrong, so that the mark
 * goes with it. */
struct row {
	const char *text, *wanted, *known;
};

static inline unsigned check_row(const struct row *row, const char *got)
{
	bool same = strcmp(got, row->wanted) == 0;

	if (same == !row->known)
		return 0;
	print_error("%s\n  gives  %s\n  wanted %s\n%s%s\n", row->text, got,
		    row->wanted, row->known ? "  though known: " : "",
		    row->known ? row->known : "");
	return 1;
}

#endif
