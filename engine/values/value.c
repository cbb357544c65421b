/*
 * value.c - building, copying and comparing trees of plain data.
 *
 * Lists and maps keep no capacity: the room behind len entries is the next power
 * of two, which whoever adds an entry works out from len.
 */
#include <assert.h>
#include <string.h>

#include "values/value.h"

enum { SMALL_MAP = 24 };

enum { ROOM_FIRST = 4 };

struct ent_value value_null(void)
{
	return (struct ent_value){ .kind = ENT_NULL };
}

struct ent_value value_bool(bool boolean)
{
	return (struct ent_value){ .kind = ENT_BOOL, .as.boolean = boolean };
}

struct ent_value value_int(int64_t integer)
{
	return (struct ent_value){ .kind = ENT_INT, .as.integer = integer };
}

struct ent_value value_borrowed(const char *text)
{
	return (struct ent_value){ .kind = ENT_TEXT, .len = strlen(text),
				   .as.text = text };
}

struct ent_value value_list(void)
{
	return (struct ent_value){ .kind = ENT_LIST };
}

struct ent_value value_map(void)
{
	return (struct ent_value){ .kind = ENT_MAP };
}

int value_text(struct arena *arena, const char *text, struct ent_value *out,
	       struct ent_error *err)
{
	char *copy;

	if (!text) {
		*out = value_null();
		return ENT_OK;
	}
	copy = arena_text(arena, text, strlen(text));
	if (!copy)
		return mem_error(err);
	*out = value_borrowed(copy);
	return ENT_OK;
}

size_t value_room(size_t len)
{
	size_t room = ROOM_FIRST;

	while (room < len)
		room *= 2;
	return len == 0 ? 0 : room;
}

/* Where one more than len entries of that size fit: old itself, or a copy with
 * twice the room.  NULL when there is no memory. */
static void *grow(struct arena *arena, void *old, size_t len, size_t size)
{
	size_t room = value_room(len + 1);
	void *grown;

	if (room == value_room(len))
		return old;
	if (room > SIZE_MAX / size)
		return NULL;
	grown = arena_alloc(arena, room * size);
	if (grown && len > 0)
		memcpy(grown, old, len * size);
	return grown;
}

int value_push(struct arena *arena, struct ent_value *list,
	       struct ent_value item, struct ent_error *err)
{
	struct ent_value *items;

	assert(list->kind == ENT_LIST);

	items = grow(arena, list->as.items, list->len, sizeof(*items));
	if (!items)
		return mem_error(err);
	items[list->len++] = item;
	list->as.items = items;
	return ENT_OK;
}

/* Most maps are small: a look at first letters then beats a search by halves. */
static size_t place_in_small(const struct ent_member *members, size_t count,
			     const char *key, bool *found)
{
	size_t at = 0;
	int order;

	while (at < count && (unsigned char)members[at].key[0] <
				     (unsigned char)key[0])
		at++;
	for (; at < count && members[at].key[0] == key[0]; at++) {
		order = strcmp(members[at].key, key);
		*found = order == 0;
		if (order >= 0)
			break;
	}
	return at;
}

static size_t place_in_large(const struct ent_member *members, size_t count,
			     const char *key, bool *found)
{
	size_t low = 0, high = count;
	int order;

	if (strcmp(members[high - 1].key, key) < 0)
		return high;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		order = strcmp(members[middle].key, key);
		if (order == 0) {
			*found = true;
			return middle;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The place of key among the members; *found says whether it is there. */
static size_t place_of(const struct ent_value *map, const char *key, bool *found)
{
	*found = false;
	return map->len <= SMALL_MAP ?
		       place_in_small(map->as.members, map->len, key, found) :
		       place_in_large(map->as.members, map->len, key, found);
}

int value_put(struct arena *arena, struct ent_value *map, const char *key,
	      struct ent_value value, struct ent_error *err)
{
	struct ent_member *members;
	bool found;
	size_t at;

	assert(map->kind == ENT_MAP);

	at = place_of(map, key, &found);
	if (found) {
		map->as.members[at].value = value;
		return ENT_OK;
	}
	members = grow(arena, map->as.members, map->len, sizeof(*members));
	if (!members)
		return mem_error(err);
	memmove(members + at + 1, members + at,
		(map->len - at) * sizeof(*members));
	members[at] = (struct ent_member){ .key = key, .value = value };
	map->as.members = members;
	map->len++;
	return ENT_OK;
}

static int copy_list(struct arena *arena, const struct ent_value *from,
		     struct ent_value *out, struct ent_error *err)
{
	struct ent_value list = value_list();

	for (size_t i = 0; i < from->len; i++) {
		struct ent_value item;
		int rc = value_copy(arena, &from->as.items[i], &item, err);

		if (rc == ENT_OK)
			rc = value_push(arena, &list, item, err);
		if (rc < 0)
			return rc;
	}
	*out = list;
	return ENT_OK;
}

static int copy_map(struct arena *arena, const struct ent_value *from,
		    struct ent_value *out, struct ent_error *err)
{
	struct ent_value map = value_map();

	for (size_t i = 0; i < from->len; i++) {
		const struct ent_member *member = &from->as.members[i];
		const char *key = arena_text(arena, member->key,
					     strlen(member->key));
		struct ent_value value;
		int rc = key ? value_copy(arena, &member->value, &value, err)
			     : mem_error(err);

		if (rc == ENT_OK)
			rc = value_put(arena, &map, key, value, err);
		if (rc < 0)
			return rc;
	}
	*out = map;
	return ENT_OK;
}

int value_copy(struct arena *arena, const struct ent_value *from,
	       struct ent_value *out, struct ent_error *err)
{
	switch (from->kind) {
	case ENT_TEXT:
		return value_text(arena, from->as.text, out, err);
	case ENT_LIST:
		return copy_list(arena, from, out, err);
	case ENT_MAP:
		return copy_map(arena, from, out, err);
	default:
		*out = *from;
		return ENT_OK;
	}
}

size_t value_depth(const struct ent_value *value)
{
	size_t deepest = 0;

	if (value->kind != ENT_LIST && value->kind != ENT_MAP)
		return 1;
	for (size_t i = 0; i < value->len; i++) {
		const struct ent_value *below =
			value->kind == ENT_LIST ? &value->as.items[i]
						: &value->as.members[i].value;
		size_t depth = value_depth(below);

		if (depth > deepest)
			deepest = depth;
	}
	return deepest + 1;
}

const struct ent_value *ent_value_get(const struct ent_value *map,
				      const char *key)
{
	bool found;
	size_t at;

	if (!map || map->kind != ENT_MAP)
		return NULL;
	at = place_of(map, key, &found);
	return found ? &map->as.members[at].value : NULL;
}

const char *ent_value_get_text(const struct ent_value *map, const char *key)
{
	const struct ent_value *value = ent_value_get(map, key);

	return value && value->kind == ENT_TEXT ? value->as.text : NULL;
}

static bool lists_equal(const struct ent_value *a, const struct ent_value *b)
{
	for (size_t i = 0; i < a->len; i++) {
		if (!ent_value_equal(&a->as.items[i], &b->as.items[i]))
			return false;
	}
	return true;
}

static bool maps_equal(const struct ent_value *a, const struct ent_value *b)
{
	for (size_t i = 0; i < a->len; i++) {
		const struct ent_member *left = &a->as.members[i];
		const struct ent_member *right = &b->as.members[i];

		if (strcmp(left->key, right->key) != 0 ||
		    !ent_value_equal(&left->value, &right->value))
			return false;
	}
	return true;
}

bool ent_value_equal(const struct ent_value *a, const struct ent_value *b)
{
	if (a->kind != b->kind || a->len != b->len)
		return false;
	switch (a->kind) {
	case ENT_NULL:
		return true;
	case ENT_BOOL:
		return a->as.boolean == b->as.boolean;
	case ENT_INT:
		return a->as.integer == b->as.integer;
	case ENT_REAL:
		return a->as.real <= b->as.real && a->as.real >= b->as.real;
	case ENT_TEXT:
		return memcmp(a->as.text, b->as.text, a->len) == 0;
	case ENT_LIST:
		return lists_equal(a, b);
	case ENT_MAP:
		return maps_equal(a, b);
	}
	return false;
}
