/*
 * json_private.h - what the files of the JSON door share.
 */
#ifndef ENGINE_JSON_PRIVATE_H
#define ENGINE_JSON_PRIVATE_H

#include "entente/value.h"
#include "ground/mem.h"

/* The 1-based column, in characters of its line, of the byte at offset. */
int json_column_at(const char *text, size_t offset);

/*
 * Read text, which is UTF-8, where it is plain: false for all that is wrong, and
 * for some that is not (pairs of surrogates, integers of 19 digits, hundreds of
 * entries), which json_library() then reads to the same values.
 */
bool json_plain(const char *text, size_t len, struct arena *arena,
		struct ent_value *out);

/* The same of any text, by jansson.  Errors as json_read(). */
int json_library(const char *text, size_t len, struct arena *arena,
		 struct ent_value *out, struct ent_error *err);

int json_by_key(const void *a, const void *b); /* for qsort() of members */

#endif
