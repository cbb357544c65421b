/*
 * candidate_key.c - what names a candidate for good: a decision about it is found
 * again under this key when its article is read anew.
 *
 * Left out is all that may change while the candidate stays the same: who coded
 * it, its score, what a log said of it, the words of its summary.
 */
#include <assert.h>

#include "doors/hash.h"
#include "news/candidates/candidate.h"
#include "values/value.h"

static int put(struct arena *arena, struct ent_value *map, const char *key,
	       const struct ent_value *value, struct ent_error *err)
{
	return value ? value_put(arena, map, key, *value, err) : ENT_OK;
}

static int copy_members(const struct ent_value *from, const char *const *keys,
			size_t count, struct arena *arena, struct ent_value *map,
			struct ent_error *err)
{
	int rc = ENT_OK;

	for (size_t i = 0; i < count && rc == ENT_OK; i++)
		rc = put(arena, map, keys[i], ent_value_get(from, keys[i]), err);
	return rc;
}

static int put_modality(const struct ent_value *event, struct arena *arena,
			struct ent_value *map, struct ent_error *err)
{
	const struct ent_value *given = ent_value_get(event, "modality");

	return value_put(arena, map, "modality",
			 given ? *given : value_borrowed("fact"), err);
}

static int put_place(const struct ent_candidate *view, struct arena *arena,
		     struct ent_value *map, struct ent_error *err)
{
	const size_t places[] = { view->start, view->end, view->trigger_start,
				  view->trigger_end };
	struct ent_value list = value_list();
	int rc = ENT_OK;

	for (size_t i = 0; i < 4 && rc == ENT_OK; i++)
		rc = value_push(arena, &list, value_int((int64_t)places[i]), err);
	return rc < 0 ? rc : value_put(arena, map, "place", list, err);
}

/* An article's digest and a place in it say what the words were.  Its address
 * tells two copies of it apart. */
static int of_article(const struct ent_candidate *view, struct arena *arena,
		      struct ent_value *map, struct ent_error *err)
{
	static const char *const keys[] = { "actor", "alliance", "attributed_to",
					    "date", "object", "target", "type",
					    "until" };
	const struct ent_value *source = ent_value_get(view->event, "source");
	int rc = put_place(view, arena, map, err);

	if (rc == ENT_OK)
		rc = value_put(arena, map, "article",
			       value_borrowed(view->article), err);
	if (rc == ENT_OK && view->rule)
		rc = value_put(arena, map, "rule", value_borrowed(view->rule),
			       err);
	if (rc == ENT_OK)
		rc = put(arena, map, "url", ent_value_get(source, "url"), err);
	return rc < 0 ? rc : copy_members(view->event, keys, 8, arena, map, err);
}

/* Without one, all that the event says is what there is. */
static int of_event(const struct ent_candidate *view, struct arena *arena,
		    struct ent_value *map, struct ent_error *err)
{
	static const char *const keys[] = { "actor", "alliance", "attributed_to",
					    "corrects", "data", "date", "object",
					    "retracts", "source", "summary",
					    "target", "type", "until" };

	return copy_members(view->event, keys, 13, arena, map, err);
}

int ent_candidate_key(const struct ent_candidate *view, struct ent_hash *out,
		      struct ent_error *err)
{
	struct ent_value map = value_map();
	struct arena arena = { 0 };
	char *json = NULL;
	size_t len = 0;
	int rc;

	assert(view && view->event && out);

	rc = view->article ? of_article(view, &arena, &map, err) :
			     of_event(view, &arena, &map, err);
	if (rc == ENT_OK)
		rc = put_modality(view->event, &arena, &map, err);
	if (rc == ENT_OK)
		rc = ent_value_json(&map, ENT_JSON_CANONICAL, &json, &len, err);
	if (rc == ENT_OK)
		rc = hash_parts(&(struct ent_bytes){ json, len }, 1, out, err);
	ent_free(json);
	arena_release(&arena);
	return rc;
}
