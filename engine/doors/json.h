/*
 * json.h - the door to the JSON library: strict reading, with columns.
 */
#ifndef ENGINE_JSON_H
#define ENGINE_JSON_H

#include "entente/value.h"
#include "ground/mem.h"

enum {
	JSON_BYTES_MAX = 1048576,
	JSON_DEPTH_MAX = 64,
	JSON_VALUES_MAX = 524288 /* of a long text: as many as fit a short one */
};

/*
 * Read one JSON value that fills text but for white space.  Refused: duplicate
 * keys, bytes that are not UTF-8, \u0000, lone surrogates, integers beyond
 * int64_t, numbers beyond a double, more than JSON_BYTES_MAX bytes or
 * JSON_DEPTH_MAX levels.  Integral reals become integers where they fit.
 * The tree lives in arena.  text may be NULL when len is 0.
 *
 * ENT_EINPUT  err->column is the 1-based column, in characters
 */
int json_read(const char *text, size_t len, struct arena *arena,
	      struct ent_value *out, struct ent_error *err);

/*
 * The same of a text of at most bytes_max bytes, which has at most JSON_VALUES_MAX
 * values: what a value costs is many times its two bytes.
 */
int json_read_long(const char *text, size_t len, size_t bytes_max,
		   struct arena *arena, struct ent_value *out,
		   struct ent_error *err);

/*
 * The 1-based column, in characters, of the value of the top-level member key in
 * text, which json_read() accepted; of key.member where member is not NULL; of
 * the member's name where name is set; 1 where key is NULL or not there.
 */
int json_column(const char *text, size_t len, const char *key,
		const char *member, bool name);

#endif
