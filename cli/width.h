/*
 * width.h - how many columns of a terminal a text takes.  The C library's
 * wcwidth() needs a locale, which the program never sets.
 */
#ifndef CLI_WIDTH_H
#define CLI_WIDTH_H

#include <stddef.h>

size_t width_of(const char *str);

/* The number of bytes at the start of str that take at most columns. */
size_t width_cut(const char *str, size_t columns);

#endif
