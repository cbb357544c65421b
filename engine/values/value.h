/*
 * value.h - building trees of plain data in an arena.
 */
#ifndef ENGINE_VALUE_H
#define ENGINE_VALUE_H

#include <string.h>

#include "entente/value.h"
#include "ground/buf.h"
#include "ground/mem.h"

struct ent_value value_null(void);
struct ent_value value_bool(bool boolean);
struct ent_value value_int(int64_t integer);
struct ent_value value_borrowed(const char *text); /* text must outlive it */
struct ent_value value_list(void);                 /* empty */
struct ent_value value_map(void);

/* Copies text into the arena; NULL text gives ENT_NULL. */
int value_text(struct arena *arena, const char *text, struct ent_value *out,
	       struct ent_error *err);

/* For how many entries there is room behind that many, of which a list or map
 * made in one go must have as much. */
size_t value_room(size_t len);

/* strcmp() of keys, which mostly differ in their first bytes. */
static inline int value_key_order(const char *a, const char *b)
{
	int first = (unsigned char)*a - (unsigned char)*b;

	return first != 0 ? first : strcmp(a, b);
}

/* Append to a list that was made by value_list(), in amortised O(1). */
int value_push(struct arena *arena, struct ent_value *list,
	       struct ent_value item, struct ent_error *err);

/*
 * Put a member into a map that was made by value_map(), in its place; one of that
 * name is replaced.  key must outlive the map.  O(1) where keys come ascending.
 */
int value_put(struct arena *arena, struct ent_value *map, const char *key,
	      struct ent_value value, struct ent_error *err);

/* A deep copy in arena. */
int value_copy(struct arena *arena, const struct ent_value *from,
	       struct ent_value *out, struct ent_error *err);

/* Append the JSON to out (its failure is sticky). */
void value_write(const struct ent_value *value, enum ent_json_style style,
		 struct buf *out);

/* Levels below and with value: 1 for a scalar or an empty list. */
size_t value_depth(const struct ent_value *value);

/* Append one RFC 6901 token, with `~` and `/` escaped, behind a `/`. */
void pointer_add(struct buf *out, const char *token);

/*
 * Take the token that starts at *at (on its `/`), unescaped, into out, and step
 * behind it.  ENT_END where the pointer is at its end.
 *
 * ENT_EUSAGE  no `/` there, or `~` without 0 or 1
 */
int pointer_next(const char **at, struct buf *out, struct ent_error *err);

/* What ent_value_at() gives: NULL where there is nothing.  Other than there, that is
 * told apart from a pointer that is none and from the end of memory. */
int value_find(const struct ent_value *root, const char *pointer,
	       const struct ent_value **out, struct ent_error *err);

#endif
