/*
 * countries.c - names of states, from the table that countries/make.awk makes of
 * the lists of iso-codes.
 */
#include "countries.h"

#include <stdlib.h>
#include <string.h>

struct country {
	const char *code;
	const char *name;
};

/* Sorted by code; ends with an entry without one. */
static const struct country countries[] = {
#include "countries_table.h"
	{ NULL, NULL }
};

static int compare(const void *key, const void *member)
{
	return strcmp(key, ((const struct country *)member)->code);
}

const char *country_name(const char *code)
{
	size_t n = sizeof(countries) / sizeof(*countries) - 1;
	const struct country *found = NULL;

	if (code && n > 0)
		found = bsearch(code, countries, n, sizeof(*countries), compare);
	return found ? found->name : NULL;
}

void country_add(struct text *text, const char *code)
{
	const char *name = country_name(code);

	text_str(text, code);
	if (name)
		text_fmt(text, " %s", name);
}
