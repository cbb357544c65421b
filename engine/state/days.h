/*
 * days.h - a set of days to ask about.
 */
#ifndef ENGINE_DAYS_H
#define ENGINE_DAYS_H

#include "ground/mem.h"

/* { 0 } is empty; items go to mem_free(). */
struct days {
	int32_t *items;
	size_t count;
	size_t room;
};

int days_add(struct days *days, int32_t day, struct ent_error *err);

/* Ascending, each day once. */
void days_sort(struct days *days);

#endif
