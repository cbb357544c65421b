/*
 * changes.h - a diff for people: one row for each membership, chair or other
 * slot, with the events that did it.
 */
#ifndef CLI_CHANGES_H
#define CLI_CHANGES_H

#include "text.h"

struct changes_count {
	size_t added;
	size_t removed;
	size_t changed;
};

enum changes_heads {
	CHANGES_PARTS, /* a heading where knowledge and world are apart */
	CHANGES_DAYS,  /* a trail: one for each day */
	CHANGES_NONE
};

/* Print the rows, those of each alliance together. */
void changes_print(const struct ent_diff *diff, enum changes_heads heads,
		   struct changes_count *out);

#endif
