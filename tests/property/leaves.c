/*
 * leaves.c - see leaves.h.
 */
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "leaves.h"
#include "patch_apply.h"

enum { PATH_MAX_BYTES = 512 };

/* {key: {path, value}}: the key of an entry of a list is its event's id, which
 * does not move as its index does. */
static void put(json_t *leaves, const char *key, const char *path,
		json_t *value)
{
	if (json_is_null(value))
		return; /* null and absent are the same */
	json_object_set_new(leaves, key,
			    json_pack("{s:s, s:O}", "path", path, "value", value));
}

static void put_members(json_t *leaves, const char *path, json_t *map)
{
	const char *key;
	json_t *value;

	json_object_foreach(map, key, value) {
		char below[PATH_MAX_BYTES];

		strcpy(below, path);
		pointer_push(below, sizeof(below), key);
		if (json_is_object(value))
			put_members(leaves, below, value);
		else
			put(leaves, below, below, value);
	}
}

static void put_list(json_t *leaves, const char *path, json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *entry = json_array_get(list, i);
		json_t *index = json_sprintf("%zu", i);
		char key[PATH_MAX_BYTES];
		char below[PATH_MAX_BYTES];

		strcpy(below, path);
		pointer_push(below, sizeof(below), json_string_value(index));
		strcpy(key, path);
		pointer_push(key, sizeof(key),
			     json_string_value(json_object_get(entry, "id")));
		put(leaves, key, below, entry);
		json_decref(index);
	}
}

static void put_alliance(json_t *leaves, const char *path, json_t *alliance)
{
	const char *key;
	json_t *value;

	json_object_foreach(alliance, key, value) {
		char below[PATH_MAX_BYTES];
		bool group = strcmp(key, "candidates") == 0 ||
			     strcmp(key, "former") == 0;

		strcpy(below, path);
		pointer_push(below, sizeof(below), group ? "members" : key);
		if (json_is_array(value))
			put_list(leaves, below, value);
		else if (json_is_object(value))
			put_members(leaves, below, value);
		else
			put(leaves, below, below, value);
	}
}

static json_t *leaves_of(const json_t *alliances)
{
	json_t *leaves = json_object();
	const char *code;
	json_t *alliance;

	/* The macro asks for a document that could be changed. */
	json_object_foreach((json_t *)(uintptr_t)alliances, code, alliance) {
		char path[PATH_MAX_BYTES] = "";

		pointer_push(path, sizeof(path), code);
		put_alliance(leaves, path, alliance);
	}
	return leaves;
}

static void tell(json_t *changes, const char *path, json_t *from, json_t *to)
{
	const char *kind = !from ? "added" : !to ? "removed" : "changed";
	json_t *change = json_pack("{s:s, s:s, s:O?, s:O?}", "path", path,
				   "kind", kind, "from", from, "to", to);
	char *text = harness_dump(change);

	json_array_append_new(changes, json_string(text));
	free(text);
	json_decref(change);
}

static int compare(const void *a, const void *b)
{
	return strcmp(json_string_value(*(json_t *const *)a),
		      json_string_value(*(json_t *const *)b));
}

static json_t *sorted(json_t *changes)
{
	size_t n = json_array_size(changes);
	json_t **items = calloc(n + 1, sizeof(items[0]));
	json_t *out = json_array();

	if (!items)
		abort();
	for (size_t i = 0; i < n; i++)
		items[i] = json_array_get(changes, i);
	qsort(items, n, sizeof(items[0]), compare);
	for (size_t i = 0; i < n; i++)
		json_array_append(out, items[i]);
	free(items);
	json_decref(changes);
	return out;
}

json_t *leaves_changes(const json_t *a, const json_t *b)
{
	json_t *before = leaves_of(a);
	json_t *after = leaves_of(b);
	json_t *changes = json_array();
	const char *key;
	json_t *leaf;

	json_object_foreach(before, key, leaf) {
		json_t *to = json_object_get(json_object_get(after, key), "value");
		json_t *from = json_object_get(leaf, "value");

		if (!to || !json_equal(from, to))
			tell(changes,
			     json_string_value(json_object_get(leaf, "path")),
			     from, to);
	}
	json_object_foreach(after, key, leaf) {
		if (!json_object_get(before, key))
			tell(changes,
			     json_string_value(json_object_get(leaf, "path")),
			     NULL, json_object_get(leaf, "value"));
	}
	json_decref(before);
	json_decref(after);
	return sorted(changes);
}

json_t *leaves_of_diff(const struct ent_diff *diff, enum ent_part part,
		       bool backwards)
{
	json_t *changes = json_array();

	for (size_t i = 0; i < ent_diff_count(diff); i++) {
		const struct ent_change *change = ent_diff_get(diff, i);
		json_t *from = change->from ? harness_value(change->from) : NULL;
		json_t *to = change->to ? harness_value(change->to) : NULL;
		bool added = !from;
		bool removed = !to;

		if (change->part == part) {
			if (added != (change->kind == ENT_ADDED) ||
			    removed != (change->kind == ENT_REMOVED))
				json_array_append_new(changes,
						      json_string("bad kind"));
			tell(changes, change->path, backwards ? to : from,
			     backwards ? from : to);
		}
		json_decref(from);
		json_decref(to);
	}
	return sorted(changes);
}
