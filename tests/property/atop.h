/*
 * atop.h - the tables of ATOP 5.1 (Leeds, Ritter, Mitchell and Long 2002), as
 * far as memberships go.
 *
 * The files are other people's and not part of the project: a test that wants
 * them says so and skips where they are not there.
 */
#ifndef PROPERTY_ATOP_H
#define PROPERTY_ATOP_H

#include <stdbool.h>
#include <stddef.h>

#include "reference.h"

enum { ATOP_FIRST_YEAR = 1815, ATOP_LAST_YEAR = 2018 };

/* One phase of one member: in from the entry on, out from the exit on. */
struct atop_row {
	long alliance;
	long member; /* a number of the Correlates of War project */
	char entry_text[11];
	char exit_text[11]; /* empty: in force */
	struct reference_days entry;
	struct reference_days exit; /* REFERENCE_AFTER_ALL where in force */
};

/* A state of the other table had this alliance at some time of the year. */
struct atop_year {
	long alliance;
	long member;
	long year;
};

struct atop {
	struct atop_row *rows; /* sorted by alliance, member, entry */
	size_t rows_n;
	struct atop_year *years;
	size_t years_n;
};

/* Read both tables from the directory; false where one is not there or cannot be
 * understood. */
bool atop_read(struct atop *atop, const char *dir);
void atop_release(struct atop *atop);

/* Put together the phases of a member that touch or overlap.  The number of
 * spells that spells, which has room for all rows, then has. */
size_t atop_spells(const struct atop *atop, struct atop_row *spells);

#endif
