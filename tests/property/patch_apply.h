/*
 * patch_apply.h - JSON Pointer (RFC 6901) and the three operations of JSON Patch
 * (RFC 6902) that a difference of two documents needs.
 */
#ifndef PROPERTY_PATCH_APPLY_H
#define PROPERTY_PATCH_APPLY_H

#include <stdbool.h>

#include <jansson.h>

/* What the pointer names; borrowed, NULL where nothing. */
json_t *pointer_get(json_t *document, const char *pointer);

/* Add to *text, which has room for size bytes, a token with its slash. */
void pointer_push(char *text, size_t size, const char *token);

/*
 * Do what the patch says to *document, which may be another value afterwards.
 * False, with the document in any state, where an operation cannot be done, or
 * is none of add, remove, replace.
 */
bool patch_apply(json_t **document, const json_t *patch);

#endif
