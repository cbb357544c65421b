/*
 * event_check.c - the form of an event's members, one by one, and its canonical
 * body.
 */
#include <assert.h>
#include <string.h>

#include "ground/near.h"
#include "ground/utf8.h"
#include "values/event_private.h"
#include "values/value.h"

enum { SUMMARY_BYTES_MAX = 4096 };

typedef int field_fn(struct check *check, const char *key,
		     const struct ent_value *value);

struct field {
	const char *name;
	enum ent_kind kind;
	field_fn *form; /* beyond the kind; may be NULL */
	bool in_body;
};

static int fail(struct check *check, const char *key)
{
	return check_at(check, key, NULL);
}

int check_at(struct check *check, const char *key, const char *member)
{
	check->fault = (struct event_fault){ .key = key, .member = member };
	return ENT_EINPUT;
}

int check_name_at(struct check *check, const char *key, const char *member)
{
	check->fault = (struct event_fault){ .key = key, .member = member,
					     .name = true };
	return ENT_EINPUT;
}

int check_text(struct check *check, const char *key, const char *member,
	       const struct ent_value *text, bool loose)
{
	size_t at = utf8_plain(text->as.text, text->len);

	for (size_t i = at + 1; at < text->len; i++) {
		int32_t code = utf8_next(text->as.text, text->len, &at);

		if (code < 0 || !utf8_is_control(code))
			continue;
		if (loose && (code == '\t' || code == '\n'))
			continue;
		ent_error_set(check->err, ENT_EINPUT,
			      "%s%s%s has the control character U+%04X at "
			      "character %zu", key, member ? "." : "",
			      member ? member : "", (unsigned)code, i);
		return check_at(check, key, member);
	}
	return ENT_OK;
}

static int form_line(struct check *check, const char *key,
		     const struct ent_value *value)
{
	return check_text(check, key, NULL, value, false);
}

static int form_summary(struct check *check, const char *key,
			const struct ent_value *value)
{
	if (value->len > SUMMARY_BYTES_MAX) {
		ent_error_set(check->err, ENT_EINPUT,
			      "%s has %zu bytes, at most %d", key, value->len,
			      SUMMARY_BYTES_MAX);
		return fail(check, key);
	}
	return check_text(check, key, NULL, value, true);
}

static int form_type(struct check *check, const char *key,
		     const struct ent_value *value)
{
	enum event_type type;

	if (vocabulary_find(value->as.text, &type, check->err) < 0)
		return fail(check, key);
	check->row = vocabulary_row(type);
	return ENT_OK;
}

static int bad_code(struct check *check, const char *key, const char *text,
		    const char *form)
{
	ent_error_set(check->err, ENT_EINPUT, "%s \"%.*s\" is no code; it is %s",
		      key, (int)utf8_cut(text, QUOTED_MAX), text, form);
	return fail(check, key);
}

static int form_alliance(struct check *check, const char *key,
			 const struct ent_value *value)
{
	if (event_is_alliance_code(value->as.text))
		return ENT_OK;
	return bad_code(check, key, value->as.text,
			"1 to 32 of A-Z, 0-9 and -, as CSTO");
}

static int form_actor(struct check *check, const char *key,
		      const struct ent_value *value)
{
	if (event_is_actor_code(value->as.text))
		return ENT_OK;
	return bad_code(check, key, value->as.text,
			"2 to 32 of A-Z, 0-9 and -, a letter first, as ARM");
}

static int form_modality(struct check *check, const char *key,
			 const struct ent_value *value)
{
	const char *text = value->as.text;

	if (event_modality_find(text) >= 0)
		return ENT_OK;
	ent_error_set(check->err, ENT_EINPUT,
		      "%s \"%.*s\" is not fact, claim, possible, planned or "
		      "denied", key, (int)utf8_cut(text, QUOTED_MAX), text);
	return fail(check, key);
}

static int form_id(struct check *check, const char *key,
		   const struct ent_value *value)
{
	struct ent_id id;

	if (ent_id_parse(value->as.text, &id, check->err) == ENT_OK)
		return ENT_OK;
	ent_error_wrap(check->err, "%s", key);
	return fail(check, key);
}

static int form_seq(struct check *check, const char *key,
		    const struct ent_value *value)
{
	if (value->as.integer >= 1)
		return ENT_OK;
	ent_error_set(check->err, ENT_EINPUT, "%s is %lld, but starts at 1", key,
		      (long long)value->as.integer);
	return fail(check, key);
}

static int form_recorded(struct check *check, const char *key,
			 const struct ent_value *value)
{
	int64_t us;

	if (ent_time_parse(value->as.text, &us, check->err) == ENT_OK)
		return ENT_OK;
	ent_error_wrap(check->err, "%s", key);
	return fail(check, key);
}

static int form_hash(struct check *check, const char *key,
		     const struct ent_value *value)
{
	if (value->len == ENT_HASH_TEXT_SIZE - 1 &&
	    strspn(value->as.text, "0123456789abcdef") == value->len)
		return ENT_OK;
	ent_error_set(check->err, ENT_EINPUT,
		      "%s is not 64 digits of lower-case hex", key);
	return fail(check, key);
}

/* Dates are read in check_rules(), which needs their days. */
static const struct field fields[FIELD_COUNT] = {
	[FIELD_ACTOR] = { "actor", ENT_TEXT, form_actor, true },
	[FIELD_ALLIANCE] = { "alliance", ENT_TEXT, form_alliance, true },
	[FIELD_ATTRIBUTED_TO] = { "attributed_to", ENT_TEXT, form_line, true },
	[FIELD_CODER] = { "coder", ENT_TEXT, form_line, true },
	[FIELD_CORRECTS] = { "corrects", ENT_TEXT, form_id, true },
	[FIELD_DATA] = { "data", ENT_MAP, NULL, true },
	[FIELD_DATE] = { "date", ENT_TEXT, form_line, true },
	[FIELD_HASH] = { "hash", ENT_TEXT, form_hash, false },
	[FIELD_ID] = { "id", ENT_TEXT, form_id, false },
	[FIELD_MODALITY] = { "modality", ENT_TEXT, form_modality, true },
	[FIELD_OBJECT] = { "object", ENT_TEXT, form_line, true },
	[FIELD_RECORDED] = { "recorded", ENT_TEXT, form_recorded, false },
	[FIELD_RETRACTS] = { "retracts", ENT_TEXT, form_id, true },
	[FIELD_SEQ] = { "seq", ENT_INT, form_seq, false },
	[FIELD_SOURCE] = { "source", ENT_MAP, NULL, true },
	[FIELD_SUMMARY] = { "summary", ENT_TEXT, form_summary, true },
	[FIELD_TARGET] = { "target", ENT_TEXT, form_actor, true },
	[FIELD_TYPE] = { "type", ENT_TEXT, form_type, true },
	[FIELD_UNTIL] = { "until", ENT_TEXT, form_line, true },
};

const char *check_field_text(const struct check *check, enum event_field field)
{
	return check->at[field] ? check->at[field]->as.text : NULL;
}

const char *check_field_name(enum event_field field)
{
	return fields[field].name;
}

static int unknown_field(struct check *check, const char *key)
{
	struct near near = near_start(key);

	for (int i = 0; i < FIELD_COUNT; i++)
		near_offer(&near, fields[i].name);
	if (near.best)
		ent_error_set(check->err, ENT_EINPUT,
			      "unknown field \"%.*s\"; did you mean \"%s\"?",
			      (int)utf8_cut(key, QUOTED_MAX), key, near.best);
	else
		ent_error_set(check->err, ENT_EINPUT,
			      "unknown field \"%.*s\"; what has no field goes "
			      "into data", (int)utf8_cut(key, QUOTED_MAX), key);
	return check_name_at(check, key, NULL);
}

/* Of the fields from there on, the first that is not before key. */
static int field_from(int from, const char *key)
{
	while (from < FIELD_COUNT && value_key_order(fields[from].name, key) < 0)
		from++;
	return from;
}

static int check_field(struct check *check, int place,
		       const struct ent_member *member)
{
	const struct field *field = &fields[place];
	int rc;

	if (place == FIELD_COUNT ||
	    value_key_order(field->name, member->key) != 0)
		return unknown_field(check, member->key);
	rc = check_kind(check, member->key, NULL, &member->value, field->kind);
	if (rc == ENT_OK && field->form)
		rc = field->form(check, member->key, &member->value);
	check->at[place] = &member->value;
	return rc;
}

/* Members and fields both ascend. */
static int check_fields(struct check *check)
{
	const struct ent_value *root = check->root;
	int rc = ENT_OK, place = 0;

	if (root->kind != ENT_MAP) {
		ent_error_set(check->err, ENT_EINPUT,
			      "an event is a JSON object, not %s",
			      kind_name(root->kind));
		return fail(check, NULL);
	}
	for (size_t i = 0; i < root->len && rc == ENT_OK; i++) {
		place = field_from(place, root->as.members[i].key);
		rc = check_field(check, place, &root->as.members[i]);
	}
	return rc;
}

/* UUIDs are kept in lower case. */
static int lower_id(struct arena *arena, const struct ent_value *text,
		    struct ent_value *out, struct ent_error *err)
{
	char lower[ENT_ID_TEXT_SIZE];
	struct ent_id id;
	int rc = ent_id_parse(text->as.text, &id, err);

	if (rc < 0)
		return rc;
	ent_id_text(&id, lower);
	return value_text(arena, lower, out, err);
}

/* An explicit "fact" and none are the same event. */
static bool is_default(int place, const struct ent_value *value)
{
	return place == FIELD_MODALITY &&
	       event_modality_find(value->as.text) == MODALITY_FACT;
}

static int make_body(const struct check *check, struct arena *arena,
		     struct ent_value *out)
{
	size_t count = 0, room = value_room(check->root->len);
	struct ent_member *members = arena_alloc(arena, room * sizeof(*members));
	int rc = members ? ENT_OK : mem_error(check->err);

	for (int i = 0; i < FIELD_COUNT && rc == ENT_OK; i++) {
		const struct ent_value *value = check->at[i];

		if (!value || !fields[i].in_body || is_default(i, value))
			continue;
		members[count] = (struct ent_member){ .key = fields[i].name,
						      .value = *value };
		if (fields[i].form == form_id)
			rc = lower_id(arena, value, &members[count].value,
				      check->err);
		count++;
	}
	if (rc == ENT_OK)
		*out = (struct ent_value){ .kind = ENT_MAP, .len = count,
					   .as.members = count ? members : NULL };
	return rc;
}

/* The body's texts stay where root has them. */
static int make_event(const struct check *check, struct arena *arena,
		      struct ent_event *out)
{
	struct ent_value *body = arena_alloc(arena, sizeof(*body));
	const char *id = check_field_text(check, FIELD_ID);
	struct ent_event event;
	int rc;

	if (!body)
		return mem_error(check->err);
	rc = make_body(check, arena, body);
	if (rc == ENT_OK)
		rc = event_view(body, arena, &event, check->err);
	if (rc == ENT_OK && id)
		rc = ent_id_parse(id, &event.id, check->err);
	if (rc == ENT_OK)
		*out = event;
	return rc;
}

int event_check(const struct ent_value *root, struct arena *arena,
		struct ent_event *out, struct event_fault *fault,
		struct ent_error *err)
{
	struct check check = { .root = root, .err = err };
	int rc;

	assert(root && arena && out && fault);

	rc = check_fields(&check);
	if (rc == ENT_OK)
		rc = check_source(&check);
	if (rc == ENT_OK)
		rc = check_data(&check);
	if (rc == ENT_OK)
		rc = check_rules(&check);
	if (rc < 0) {
		*fault = check.fault;
		return rc;
	}
	*fault = (struct event_fault){ 0 };
	return make_event(&check, arena, out);
}
