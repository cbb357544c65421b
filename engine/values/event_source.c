/*
 * event_source.c - the form of an event's source.
 */
#include <assert.h>
#include <string.h>

#include "ground/near.h"
#include "ground/utf8.h"
#include "values/event_private.h"
#include "values/value.h"

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

static int check_source_field(struct check *check, int place,
			      const struct ent_member *member)
{
	int rc;

	if (place == SOURCE_FIELDS ||
	    value_key_order(source_fields[place], member->key) != 0)
		return unknown_source_field(check, member->key);
	rc = check_kind(check, "source", member->key, &member->value, ENT_TEXT);
	if (rc == ENT_OK)
		rc = check_text(check, "source", member->key, &member->value,
				strcmp(member->key, "quote") == 0);
	return rc;
}

/* Members and the names of the fields both ascend. */
static int check_source_fields(struct check *check,
			       const struct ent_value *source)
{
	int rc = ENT_OK, place = 0;

	for (size_t i = 0; i < source->len && rc == ENT_OK; i++) {
		const struct ent_member *member = &source->as.members[i];

		while (place < SOURCE_FIELDS &&
		       value_key_order(source_fields[place], member->key) < 0)
			place++;
		rc = check_source_field(check, place, member);
	}
	return rc;
}

static bool has_text(const struct ent_value *map, const char *key)
{
	const char *text = ent_value_get_text(map, key);

	return text && *text;
}

int check_source(struct check *check)
{
	const struct ent_value *source = check->at[FIELD_SOURCE];
	int rc;

	if (!source)
		return ENT_OK;
	rc = check_source_fields(check, source);
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
