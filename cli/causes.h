/*
 * causes.h - the events behind a change, and their sources, each told once.
 */
#ifndef CLI_CAUSES_H
#define CLI_CAUSES_H

#include "table.h"
#include "text.h"

/* Sources in the order in which they were first named; { 0 } has none. */
struct sources {
	char **items;
	size_t count;
};

/* The number of the event's source, from 1; 0 where it has none. */
size_t sources_number(struct sources *sources, const struct ent_event *event);

/*
 * Add the causes of the changes first to last - 1: a line for each event, with
 * the number of its source in brackets; or, where brief is set, one line for all.
 */
void causes_add(struct table *table, struct sources *sources,
		const struct ent_diff *diff, size_t first, size_t last,
		bool brief);

/* "#17 [1]" where the changes have the one cause seq; else nothing, and false. */
bool cause_is_itself(struct text *out, struct sources *sources,
		     const struct ent_diff *diff, size_t first, size_t last,
		     uint64_t seq);

void sources_release(struct sources *sources);

/* Print the list that the numbers lead to, and empty it. */
void sources_print(struct sources *sources);

#endif
