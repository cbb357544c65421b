/*
 * countries.h - names of states, also of those that are gone, by their ISO 3166
 * alpha-3 codes.
 */
#ifndef CLI_COUNTRIES_H
#define CLI_COUNTRIES_H

#include "text.h"

/* NULL where the code is none of a state. */
const char *country_name(const char *code);

/* "ARM Armenia", or the code alone. */
void country_add(struct text *text, const char *code);

#endif
