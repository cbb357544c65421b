/*
 * event_rules.c - what the members of an event demand of each other: the needs
 * of its type, its dates, its modality; and what data may hold.
 */
#include <assert.h>
#include <string.h>

#include "ground/utf8.h"
#include "values/event_private.h"

const char *kind_name(enum ent_kind kind)
{
	switch (kind) {
	case ENT_NULL:
		return "null";
	case ENT_BOOL:
		return "true or false";
	case ENT_INT:
		return "a whole number";
	case ENT_REAL:
		return "a number with a fraction";
	case ENT_TEXT:
		return "a text";
	case ENT_LIST:
		return "a list";
	case ENT_MAP:
		return "an object";
	}
	return "something else";
}

int check_kind(struct check *check, const char *key, const char *member,
	       const struct ent_value *value, enum ent_kind kind)
{
	if (value->kind == kind)
		return ENT_OK;
	ent_error_set(check->err, ENT_EINPUT, "%s%s%s is %s, not %s%s", key,
		      member ? "." : "", member ? member : "",
		      kind_name(value->kind), kind_name(kind),
		      value->kind == ENT_NULL ? "; leave out what is not there"
					      : "");
	return check_at(check, key, member);
}

/* ---- data ------------------------------------------------------------- */

static int too_deep(struct check *check)
{
	ent_error_set(check->err, ENT_EINPUT,
		      "data has more than %d levels", ENT_DATA_DEPTH_MAX);
	return check_at(check, "data", NULL);
}

static int check_data_key(struct check *check, const char *top,
			  const char *key)
{
	size_t len = strlen(key), at = 0;

	while (at < len) {
		int32_t code = utf8_next(key, len, &at);

		if (code < 0 || !utf8_is_control(code))
			continue;
		ent_error_set(check->err, ENT_EINPUT,
			      "a key in data has the control character U+%04X",
			      (unsigned)code);
		return check_at(check, "data", top);
	}
	return ENT_OK;
}

/* top is the member of data that value is, or is in. */
static int check_within(struct check *check, const struct ent_value *value,
			const char *top, int level)
{
	int rc = ENT_OK;

	if (value->kind == ENT_TEXT)
		return check_text(check, "data", top, value, true);
	if (value->kind != ENT_LIST && value->kind != ENT_MAP)
		return ENT_OK;
	if (level > ENT_DATA_DEPTH_MAX)
		return too_deep(check);

	for (size_t i = 0; i < value->len && rc == ENT_OK; i++) {
		const struct ent_value *below;
		const char *key = top;

		if (value->kind == ENT_LIST) {
			below = &value->as.items[i];
		} else {
			below = &value->as.members[i].value;
			if (!top)
				key = value->as.members[i].key;
			rc = check_data_key(check, top,
					    value->as.members[i].key);
		}
		if (rc == ENT_OK)
			rc = check_within(check, below, key, level + 1);
	}
	return rc;
}

/* The reducers take these as texts. */
static int check_known_data(struct check *check, const struct ent_value *data)
{
	static const char *const texts[] = { "name", "kind", "lead",
					     "predecessor", "reason" };
	const char *lead;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		const struct ent_value *value = ent_value_get(data, texts[i]);
		int rc = value ? check_kind(check, "data", texts[i], value,
					    ENT_TEXT)
			       : ENT_OK;

		if (rc < 0)
			return rc;
	}
	lead = ent_value_get_text(data, "lead");
	if (lead && !event_is_actor_code(lead)) {
		ent_error_set(check->err, ENT_EINPUT,
			      "data.lead \"%.*s\" is no code of an actor",
			      (int)utf8_cut(lead, 60), lead);
		return check_at(check, "data", "lead");
	}
	return ENT_OK;
}

int check_data(struct check *check)
{
	const struct ent_value *data = check->at[FIELD_DATA];
	int rc;

	if (!data)
		return ENT_OK;
	rc = check_within(check, data, NULL, 1);
	return rc < 0 ? rc : check_known_data(check, data);
}

/* ---- dates ------------------------------------------------------------ */

/* Read the date in field, or in its member, where it is there. */
static int read_date(struct check *check, enum event_field field,
		     const char *member, bool *there, struct ent_date *out)
{
	const char *key = check_field_name(field);
	const char *text = member ? ent_value_get_text(check->at[field], member)
				  : check_field_text(check, field);

	*there = text != NULL;
	if (!text || ent_date_parse(text, out, check->err) == ENT_OK)
		return ENT_OK;
	ent_error_wrap(check->err, "%s%s%s", key, member ? "." : "",
		       member ? member : "");
	return check_at(check, key, member);
}

/* An unknown day is no later than the publication, which must then be known. */
static int close_unknown(struct check *check, const char *key,
			 int32_t published_hi, struct ent_date *date)
{
	if (!(date->flags & ENT_DATE_UNKNOWN))
		return ENT_OK;
	if (published_hi == ENT_DAY_OPEN_END) {
		ent_error_set(check->err, ENT_EINPUT,
			      "%s XXXX needs a source.published with a last day",
			      key);
		return check_at(check, key, NULL);
	}
	date->hi = published_hi;
	return ENT_OK;
}

static int check_order(struct check *check, const struct ent_date *date,
		       const struct ent_date *until)
{
	char last[ENT_DAY_TEXT_SIZE], first[ENT_DAY_TEXT_SIZE];

	if (until->hi >= date->lo)
		return ENT_OK;
	ent_day_text(until->hi, last);
	ent_day_text(date->lo, first);
	ent_error_set(check->err, ENT_EINPUT,
		      "until is before date: it ends on %s, date starts on %s",
		      last, first);
	return check_at(check, "until", NULL);
}

static int check_dates(struct check *check)
{
	struct ent_date date = { 0 }, until = { 0 }, other = { 0 };
	bool has_date, has_until, there;
	int32_t published_hi;
	int rc;

	rc = read_date(check, FIELD_SOURCE, "retrieved", &there, &other);
	if (rc == ENT_OK)
		rc = read_date(check, FIELD_SOURCE, "published", &there,
			       &other);
	if (rc < 0)
		return rc;
	published_hi = there ? other.hi : ENT_DAY_OPEN_END;

	rc = read_date(check, FIELD_DATE, NULL, &has_date, &date);
	if (rc == ENT_OK)
		rc = read_date(check, FIELD_UNTIL, NULL, &has_until, &until);
	if (rc == ENT_OK && has_date)
		rc = close_unknown(check, "date", published_hi, &date);
	if (rc == ENT_OK && has_until)
		rc = close_unknown(check, "until", published_hi, &until);
	if (rc == ENT_OK && has_date && has_until)
		rc = check_order(check, &date, &until);
	return rc;
}

/* ---- needs ------------------------------------------------------------ */

static int need(struct check *check, bool needed, enum event_field field)
{
	if (!needed || check->at[field])
		return ENT_OK;
	ent_error_set(check->err, ENT_EINPUT, "%s needs %s",
		      check_field_text(check, FIELD_TYPE),
		      check_field_name(field));
	return check_at(check, NULL, NULL);
}

/* A text in data that is there and not empty. */
static int need_data(struct check *check, bool needed, const char *member)
{
	const struct ent_value *data = check->at[FIELD_DATA];
	const char *text;

	if (!needed)
		return ENT_OK;
	text = ent_value_get_text(data, member);
	if (text && *text)
		return ENT_OK;
	ent_error_set(check->err, ENT_EINPUT, "%s needs %s, and not an empty one",
		      check_field_text(check, FIELD_TYPE),
		      strcmp(member, "name") == 0 ? "data.name" : "data.reason");
	return check_at(check, data ? "data" : NULL, text ? member : NULL);
}

static int check_needs(struct check *check)
{
	unsigned needs = check->row->needs;
	bool retracts = (needs & NEEDS_RETRACTS) != 0;
	int rc;

	rc = need(check, (needs & NEEDS_ALLIANCE) != 0, FIELD_ALLIANCE);
	if (rc == ENT_OK)
		rc = need(check, (needs & NEEDS_ACTOR) != 0, FIELD_ACTOR);
	if (rc == ENT_OK)
		rc = need_data(check, (needs & NEEDS_NAME) != 0, "name");
	if (rc == ENT_OK)
		rc = need(check, retracts, FIELD_RETRACTS);
	if (rc == ENT_OK)
		rc = need_data(check, retracts, "reason");
	if (rc == ENT_OK)
		rc = need(check, !retracts, FIELD_DATE);
	if (rc == ENT_OK)
		rc = need(check, !retracts, FIELD_SOURCE);
	return rc;
}

static int check_retracts(struct check *check)
{
	if ((check->row->needs & NEEDS_RETRACTS) ||
	    !check->at[FIELD_RETRACTS])
		return ENT_OK;
	ent_error_set(check->err, ENT_EINPUT,
		      "retracts stands only on event.retracted");
	return check_at(check, "retracts", NULL);
}

static int check_claim(struct check *check)
{
	const char *modality = check_field_text(check, FIELD_MODALITY);
	const char *whose = check_field_text(check, FIELD_ATTRIBUTED_TO);

	if (!modality || event_modality_find(modality) != MODALITY_CLAIM ||
	    (whose && *whose))
		return ENT_OK;
	ent_error_set(check->err, ENT_EINPUT,
		      "modality claim needs attributed_to: who says so");
	return check_at(check, whose ? "attributed_to" : "modality", NULL);
}

int check_rules(struct check *check)
{
	int rc;

	if (!check->row) {
		ent_error_set(check->err, ENT_EINPUT, "the event has no type");
		return check_at(check, NULL, NULL);
	}
	rc = check_needs(check);
	if (rc == ENT_OK)
		rc = check_retracts(check);
	if (rc == ENT_OK)
		rc = check_claim(check);
	if (rc == ENT_OK)
		rc = check_dates(check);
	return rc;
}
