/*
 * days.c - a set of days.
 */
#include "state/days.h"

#include <stdlib.h>

int days_add(struct days *days, int32_t day, struct ent_error *err)
{
	int rc = mem_grow(&days->items, &days->room, days->count + 1,
			  sizeof(*days->items), err);

	if (rc == ENT_OK)
		days->items[days->count++] = day;
	return rc;
}

static int compare_days(const void *left, const void *right)
{
	int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;

	return a < b ? -1 : a > b;
}

void days_sort(struct days *days)
{
	size_t kept = 0;

	if (days->count > 0)
		qsort(days->items, days->count, sizeof(*days->items),
		      compare_days);
	for (size_t i = 0; i < days->count; i++)
		if (kept == 0 || days->items[kept - 1] != days->items[i])
			days->items[kept++] = days->items[i];
	days->count = kept;
}
