/*
 * value.h - a tree of plain data: what JSON and MessagePack have in common.
 *
 * The members of a map are sorted by the bytes of their keys, and no two keys
 * are the same.  Text is strict UTF-8 with a NUL behind it, and has none
 * inside.  A number without a fraction that fits an int64_t is an ENT_INT, also
 * where it was written 1.0 or 1e3: equal numbers are equal values.  All of a
 * tree is borrowed from the object that it was read from.
 */
#ifndef ENTENTE_VALUE_H
#define ENTENTE_VALUE_H

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

enum ent_kind {
	ENT_NULL,
	ENT_BOOL,
	ENT_INT,
	ENT_REAL,
	ENT_TEXT,
	ENT_LIST,
	ENT_MAP
};

struct ent_member;

struct ent_value {
	enum ent_kind kind;
	size_t len; /* bytes of a text, items of a list, members of a map */
	union {
		bool boolean;
		int64_t integer;
		double real;
		const char *text;
		struct ent_value *items;
		struct ent_member *members;
	} as;
};

struct ent_member {
	const char *key;
	struct ent_value value;
};

/* The member of that name, or NULL where map is NULL, no map or has none. */
ENT_API const struct ent_value *ent_value_get(const struct ent_value *map,
					      const char *key);

/* The text of the member of that name, or NULL where it has no text. */
ENT_API const char *ent_value_get_text(const struct ent_value *map,
				       const char *key);

/* What a JSON Pointer (RFC 6901) names below root; NULL where nothing. */
ENT_API const struct ent_value *ent_value_at(const struct ent_value *root,
					     const char *pointer);

/* Same kinds, same contents. */
ENT_API bool ent_value_equal(const struct ent_value *a,
			     const struct ent_value *b);

enum ent_json_style {
	ENT_JSON_CANONICAL, /* no white space, keys in order of their UTF-8
	                     * bytes, only what RFC 8259 demands escaped:
	                     * what digests are taken over */
	ENT_JSON_SAFE       /* the same, with control, bidi and line-breaking
	                     * characters (and <, >, &) as \uXXXX: for output */
};

/*
 * Write value as one line of JSON without a newline.  *out is owned, ends with
 * a NUL and goes to ent_free(); *out_len (may be NULL) is without the NUL.
 */
ENT_API int ent_value_json(const struct ent_value *value,
			   enum ent_json_style style, char **out,
			   size_t *out_len, struct ent_error *err);

#ifdef __cplusplus
}
#endif

#endif
