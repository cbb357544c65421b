/*
 * json_private.h - what json.c and json_column.c share.
 */
#ifndef ENGINE_JSON_PRIVATE_H
#define ENGINE_JSON_PRIVATE_H

#include <stddef.h>

/* The 1-based column, in characters of its line, of the byte at offset. */
int json_column_at(const char *text, size_t offset);

#endif
