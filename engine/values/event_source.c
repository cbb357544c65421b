/*
 * event_source.c - the form of an event's source.
 */
#include <assert.h>
#include <string.h>

#include "ground/near.h"
#include "ground/utf8.h"
#include "values/event_private.h"

static const char *const source_fields[] = { "author", "published", "publisher",
					     "quote", "retrieved", "title",
					     "url" };

enum { SOURCE_FIELDS = sizeof(source_fields) / sizeof(source_fields[0]) };

static int unknown_source_field(struct check *check, const char *key)
{
	struct near near = near_start(key);

	for (int i = 0; i < SOURCE_FIELDS; i++)
		near_offer(&near, source_fields[i]);
	ent_error_set(check->err, ENT_EINPUT,
		      "source has the unknown field \"%.*s\"%s%s%s",
		      (int)utf8_cut(key, QUOTED_MAX), key,
		      near.best ? "; did you mean \"" : "",
		      near.best ? near.best : "", near.best ? "\"?" : "");
	return check_name_at(check, "source", key);
}

static int check_source_field(struct check *check,
			      const struct ent_member *member)
{
	int rc;

	for (int i = 0; i < SOURCE_FIELDS; i++) {
		if (strcmp(source_fields[i], member->key) != 0)
			continue;
		rc = check_kind(check, "source", member->key, &member->value,
				ENT_TEXT);
		if (rc == ENT_OK)
			rc = check_text(check, "source", member->key,
					&member->value,
					strcmp(member->key, "quote") == 0);
		return rc;
	}
	return unknown_source_field(check, member->key);
}

static bool has_text(const struct ent_value *map, const char *key)
{
	const char *text = ent_value_get_text(map, key);

	return text && *text;
}

int check_source(struct check *check)
{
	const struct ent_value *source = ent_value_get(check->root, "source");
	int rc = ENT_OK;

	if (!source)
		return ENT_OK;
	for (size_t i = 0; i < source->len && rc == ENT_OK; i++)
		rc = check_source_field(check, &source->as.members[i]);
	if (rc < 0)
		return rc;
	if (!has_text(source, "url") && !has_text(source, "publisher") &&
	    !has_text(source, "title")) {
		ent_error_set(check->err, ENT_EINPUT,
			      "source needs a url, a publisher or a title");
		return check_at(check, "source", NULL);
	}
	return ENT_OK;
}
