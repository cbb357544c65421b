/*
 * diff_json.c - a diff as the document of the contract.
 */
#include "state/diff.h"

static int put_text(struct arena *arena, struct ent_value *map, const char *key,
		    const char *text, struct ent_error *err)
{
	return value_put(arena, map, key, value_borrowed(text), err);
}

static int render_cause(struct arena *arena, const struct ent_event *event,
			struct ent_value *out, struct ent_error *err)
{
	struct ent_value map = value_map(), id = value_null();
	const struct ent_value *source = ent_value_get(event->body, "source");
	char text[ENT_ID_TEXT_SIZE];
	int rc;

	ent_id_text(&event->id, text);
	rc = value_text(arena, text, &id, err);
	if (rc == ENT_OK && event->date)
		rc = put_text(arena, &map, "date", event->date, err);
	if (rc == ENT_OK)
		rc = value_put(arena, &map, "id", id, err);
	if (rc == ENT_OK)
		rc = value_put(arena, &map, "seq",
			       value_int((int64_t)event->seq), err);
	if (rc == ENT_OK && source)
		rc = value_put(arena, &map, "source", *source, err);
	if (rc == ENT_OK)
		rc = put_text(arena, &map, "type", event->type, err);
	if (rc == ENT_OK)
		*out = map;
	return rc;
}

static int render_causes(struct arena *arena, const struct ent_change *change,
			 struct ent_value *out, struct ent_error *err)
{
	struct ent_value list = value_list();
	int rc = ENT_OK;

	for (size_t i = 0; rc == ENT_OK && i < change->causes_count; i++) {
		struct ent_value cause = value_null();

		rc = render_cause(arena, change->causes[i], &cause, err);
		if (rc == ENT_OK)
			rc = value_push(arena, &list, cause, err);
	}
	if (rc == ENT_OK)
		*out = list;
	return rc;
}

static int render_change(struct arena *arena, const struct ent_change *change,
			 struct ent_value *out, struct ent_error *err)
{
	static const char *const kinds[] = { "added", "removed", "changed" };
	struct ent_value map = value_map(), causes = value_null(),
			 day = value_null();
	char text[ENT_DAY_TEXT_SIZE];
	int rc = render_causes(arena, change, &causes, err);

	ent_day_text(change->day, text);
	if (rc == ENT_OK)
		rc = value_text(arena, text, &day, err);
	if (rc == ENT_OK)
		rc = value_put(arena, &map, "causes", causes, err);
	if (rc == ENT_OK)
		rc = value_put(arena, &map, "day", day, err);
	if (rc == ENT_OK)
		rc = value_put(arena, &map, "from",
			       change->from ? *change->from : value_null(),
			       err);
	if (rc == ENT_OK)
		rc = put_text(arena, &map, "kind", kinds[change->kind], err);
	if (rc == ENT_OK)
		rc = put_text(arena, &map, "part",
			      change->part == ENT_WORLD ? "world" :
							  "knowledge", err);
	if (rc == ENT_OK)
		rc = put_text(arena, &map, "path", change->path, err);
	if (rc == ENT_OK)
		rc = value_put(arena, &map, "to",
			       change->to ? *change->to : value_null(), err);
	if (rc == ENT_OK)
		*out = map;
	return rc;
}

static int render_diff(struct arena *arena, const struct ent_diff *diff,
		       struct ent_value *out, struct ent_error *err)
{
	struct ent_value map = value_map(), changes = value_list(), from, to;
	int rc = render_basis(arena, &diff->from, &diff->from_head, &from, err);

	if (rc == ENT_OK)
		rc = render_basis(arena, &diff->to, &diff->to_head, &to, err);
	for (size_t i = 0; rc == ENT_OK && i < diff->count; i++) {
		struct ent_value change = value_null();

		rc = render_change(arena, &diff->changes[i], &change, err);
		if (rc == ENT_OK)
			rc = value_push(arena, &changes, change, err);
	}
	if (rc == ENT_OK)
		rc = value_put(arena, &map, "changes", changes, err);
	if (rc == ENT_OK)
		rc = value_put(arena, &map, "from", from, err);
	if (rc == ENT_OK)
		rc = render_redactions(arena, diff->redactions,
				       diff->redactions_count, &map, err);
	if (rc == ENT_OK)
		rc = value_put(arena, &map, "to", to, err);
	if (rc == ENT_OK)
		*out = map;
	return rc;
}

int ent_diff_json(const struct ent_diff *diff, char **out, size_t *out_len,
		  struct ent_error *err)
{
	struct arena arena = { 0 };
	struct ent_value document = value_null();
	int rc = render_diff(&arena, diff, &document, err);

	if (rc == ENT_OK)
		rc = ent_value_json(&document, ENT_JSON_SAFE, out, out_len,
				    err);
	arena_release(&arena);
	return rc;
}
