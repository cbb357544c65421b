/*
 * redacted.c - an event whose content is gone, as JSON and as a struct.
 */
#include "log/redacted.h"

#include "ground/text_bytes.h"
#include "values/value.h"

#include <string.h>

static const char type_name[] = "event.redacted";

bool redacted_is(const struct ent_value *root)
{
	const char *type = root->kind == ENT_MAP ?
				   ent_value_get_text(root, "type") : NULL;

	return type && strcmp(type, type_name) == 0;
}

bool redacted_says(const struct ent_event *event)
{
	const struct ent_value *said =
		event->data ? ent_value_get(event->data, "redacted") : NULL;

	return !ent_id_is_nil(&event->retracts) && said &&
	       said->kind == ENT_BOOL && said->as.boolean;
}

/* ---- reading --------------------------------------------------------------- */

static bool read_hash(const char *text, struct ent_hash *out)
{
	return text && hex_read_whole(text, strlen(text), out->bytes,
				      sizeof(out->bytes));
}

/* What the log adds, an export has as well. */
static int check_members(const struct ent_value *root, struct ent_error *err)
{
	static const char *const known[] = { "data", "hash", "id",
					     "recorded", "seq", "type" };

	for (size_t i = 0; i < root->len; i++) {
		const char *key = root->as.members[i].key;
		size_t k = 0;

		while (k < 6 && strcmp(known[k], key) != 0)
			k++;
		if (k == 6)
			return ent_error_set(err, ENT_EINPUT,
					     "%s has no member %.64s",
					     type_name, key);
	}
	return ENT_OK;
}

int redacted_read(const struct ent_value *root, struct arena *arena,
		  struct ent_event *out, struct ent_hash *out_body,
		  struct ent_error *err)
{
	const struct ent_value *data = ent_value_get(root, "data");
	const char *id = ent_value_get_text(root, "id");
	struct ent_hash body;
	struct ent_event event;
	int rc = check_members(root, err);

	if (rc < 0)
		return rc;
	if (!data || data->kind != ENT_MAP || data->len != 1 ||
	    !read_hash(ent_value_get_text(data, "body"), &body))
		return ent_error_set(err, ENT_EINPUT,
				     "%s needs data.body, 64 digits of lower-case hex, and no other data",
				     type_name);
	if (!id)
		return ent_error_set(err, ENT_EINPUT, "%s needs an id",
				     type_name);
	rc = redacted_view(&body, arena, &event, err);
	if (rc == ENT_OK)
		rc = ent_id_parse(id, &event.id, err);
	if (rc < 0)
		return rc;
	*out = event;
	*out_body = body;
	return ENT_OK;
}

/* ---- showing --------------------------------------------------------------- */

static int make_body(const struct ent_hash *hash, struct arena *arena,
		     struct ent_value *out, struct ent_error *err)
{
	struct ent_value root = value_map(), data = value_map(), text;
	char hex[ENT_HASH_TEXT_SIZE];
	int rc;

	ent_hash_text(hash, hex);
	rc = value_text(arena, hex, &text, err);
	if (rc == ENT_OK)
		rc = value_put(arena, &data, "body", text, err);
	if (rc == ENT_OK)
		rc = value_put(arena, &root, "data", data, err);
	if (rc == ENT_OK)
		rc = value_put(arena, &root, "type", value_borrowed(type_name),
			       err);
	if (rc == ENT_OK)
		*out = root;
	return rc;
}

int redacted_view(const struct ent_hash *body, struct arena *arena,
		  struct ent_event *out, struct ent_error *err)
{
	struct ent_value *root = arena_alloc(arena, sizeof(*root));
	int rc = root ? make_body(body, arena, root, err) : mem_error(err);

	if (rc < 0)
		return rc;
	*out = (struct ent_event){ .redacted = true,
				   .type = type_name,
				   .modality = "fact",
				   .data = ent_value_get(root, "data"),
				   .body = root };
	return ENT_OK;
}
