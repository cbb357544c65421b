/*
 * generate_private.h - what the parts of the generator share.
 */
#ifndef PROPERTY_GENERATE_PRIVATE_H
#define PROPERTY_GENERATE_PRIVATE_H

#include "generate.h"

enum { GENERATE_DATE_SIZE = 64 };

/* A random date of the family, within the window that begins at base. */
void generate_date(struct dice *dice, enum generate_family family, long base,
		   char out[GENERATE_DATE_SIZE]);

/* A day of the window. */
long generate_day(struct dice *dice, enum generate_family family, long base);

#endif
