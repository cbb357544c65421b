/*
 * change_text.h - one row of a diff in words.
 */
#ifndef CLI_CHANGE_TEXT_H
#define CLI_CHANGE_TEXT_H

#include "text.h"

enum { TOKENS_MAX = 5 };

struct change_path {
	char *tokens[TOKENS_MAX]; /* alliance, section, key, leaf, below */
	size_t count;
	char *memory;
};

/* The leaves of one slot: changes first to last - 1. */
struct change_slot {
	const struct ent_diff *diff;
	size_t first, last;
	struct change_path path; /* of the first leaf */
};

/* The name of the slot, for the first column. */
void change_add_name(struct text *text, const struct change_slot *slot);

/* What changed, what holds now besides, and what needs a line of its own. */
void change_describe(struct text *what, struct text *note, struct text *below,
		     const struct change_slot *slot);

#endif
