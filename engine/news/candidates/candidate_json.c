/*
 * candidate_json.c - candidates as lines of JSON: the event, and beside its
 * members one more, `candidate`, with what a reviewer wants to know.
 */
#include <assert.h>
#include <string.h>

#include "doors/codec.h"
#include "doors/json.h"
#include "news/candidates/candidate.h"
#include "values/event.h"
#include "values/value.h"

/* An event that stands alone was coded elsewhere, with no doubt told. */
enum { SCORE_UNSAID = CANDIDATE_SCORE_MAX };

/* ---- writing ----------------------------------------------------------- */

static int put(struct arena *arena, struct ent_value *map, const char *key,
	       const char *text, struct ent_error *err)
{
	return text ? value_put(arena, map, key, value_borrowed(text), err) :
		      ENT_OK;
}

static int put_number(struct arena *arena, struct ent_value *map,
		      const char *key, size_t number, struct ent_error *err)
{
	return value_put(arena, map, key, value_int((int64_t)number), err);
}

/* What the coder said, where a log has had its say since. */
static int put_own(const struct candidate *candidate, struct arena *arena,
		   struct ent_value *map, struct ent_error *err)
{
	int rc;

	if (!candidate->weighed)
		return ENT_OK;
	rc = put_number(arena, map, "own_score", (size_t)candidate->own_score,
			err);
	return rc < 0 ? rc : put(arena, map, "own_note", candidate->own_note, err);
}

static int put_place(const struct ent_candidate *view, struct arena *arena,
		     struct ent_value *map, struct ent_error *err)
{
	struct ent_value trigger = value_list();
	int rc;

	if (!view->quote && view->end == 0)
		return ENT_OK;
	rc = put(arena, map, "quote", view->quote, err);
	if (rc == ENT_OK)
		rc = put_number(arena, map, "start", view->start, err);
	if (rc == ENT_OK)
		rc = put_number(arena, map, "end", view->end, err);
	if (rc == ENT_OK)
		rc = value_push(arena, &trigger,
				value_int((int64_t)view->trigger_start), err);
	if (rc == ENT_OK)
		rc = value_push(arena, &trigger,
				value_int((int64_t)view->trigger_end), err);
	if (rc == ENT_OK)
		rc = value_put(arena, map, "trigger", trigger, err);
	return rc;
}

static int make_about(const struct candidate *candidate, struct arena *arena,
		      struct ent_value *map, struct ent_error *err)
{
	const struct ent_candidate *view = &candidate->view;
	const struct {
		const char *key, *text;
	} texts[] = {
		{ "after", view->after },       { "already", view->already },
		{ "article", view->article },   { "before", view->before },
		{ "coded_by", view->coded_by }, { "effect", view->effect },
		{ "file", view->file },         { "note", view->note },
		{ "rule", view->rule },
	};
	int rc = put_place(view, arena, map, err);

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts) && rc == ENT_OK; i++)
		rc = put(arena, map, texts[i].key, texts[i].text, err);
	if (rc == ENT_OK)
		rc = put_number(arena, map, "score", (size_t)view->score, err);
	return rc < 0 ? rc : put_own(candidate, arena, map, err);
}

int ent_candidate_json(const struct ent_candidate *view, char **out,
		       size_t *out_len, struct ent_error *err)
{
	const struct candidate *candidate = (const struct candidate *)view;
	struct ent_value about = value_map(), line = value_map();
	struct arena arena = { 0 };
	int rc = ENT_OK;

	assert(view && view->event && out);

	for (size_t i = 0; i < view->event->len && rc == ENT_OK; i++)
		rc = value_put(&arena, &line, view->event->as.members[i].key,
			       view->event->as.members[i].value, err);
	if (rc == ENT_OK)
		rc = make_about(candidate, &arena, &about, err);
	if (rc == ENT_OK)
		rc = value_put(&arena, &line, "candidate", about, err);
	if (rc == ENT_OK)
		rc = ent_value_json(&line, ENT_JSON_SAFE, out, out_len, err);
	arena_release(&arena);
	return rc;
}

int ent_candidate_event_json(const struct ent_candidate *view, char **out,
			     size_t *out_len, struct ent_error *err)
{
	assert(view && view->event && out);

	return ent_value_json(view->event, ENT_JSON_SAFE, out, out_len, err);
}

/* ---- reading ----------------------------------------------------------- */

struct reading {
	const char *json;
	size_t len;
	const struct ent_value *about; /* the member `candidate`, or NULL */
	struct ent_error *err;
};

/* Tell where in the line the message is about. */
static int bad(const struct reading *reading, const char *member)
{
	if (reading->err)
		reading->err->column = json_column(reading->json, reading->len,
						   "candidate", member, false);
	return ENT_EINPUT;
}

static int take_text(const struct reading *reading, const char *key,
		     const char **out)
{
	const struct ent_value *value = ent_value_get(reading->about, key);

	if (!value)
		return ENT_OK;
	if (value->kind != ENT_TEXT) {
		ent_error_set(reading->err, ENT_EINPUT,
			      "candidate.%s is not a text", key);
		return bad(reading, key);
	}
	*out = value->as.text;
	return ENT_OK;
}

/* The file that it came from ends nowhere near this. */
enum { PLACE_MAX = INT32_MAX };

static int take_number(const struct reading *reading, const char *key,
		       const struct ent_value *value, int64_t max, int64_t *out)
{
	if (!value)
		return ENT_OK;
	if (value->kind != ENT_INT || value->as.integer < 0 ||
	    value->as.integer > max) {
		ent_error_set(reading->err, ENT_EINPUT,
			      "candidate.%s is not a whole number from 0 to %lld",
			      key, (long long)max);
		return bad(reading, key);
	}
	*out = value->as.integer;
	return ENT_OK;
}

static int take_score(const struct reading *reading, const char *key, int *out)
{
	int64_t score = *out;
	int rc = take_number(reading, key, ent_value_get(reading->about, key),
			     CANDIDATE_SCORE_MAX, &score);

	*out = (int)score;
	return rc;
}

static int take_trigger(const struct reading *reading, int64_t out[2])
{
	const struct ent_value *pair = ent_value_get(reading->about, "trigger");
	int rc = ENT_OK;

	if (!pair)
		return ENT_OK;
	if (pair->kind != ENT_LIST || pair->len != 2) {
		ent_error_set(reading->err, ENT_EINPUT,
			      "candidate.trigger is not a list of two numbers");
		return bad(reading, "trigger");
	}
	for (int i = 0; i < 2 && rc == ENT_OK; i++)
		rc = take_number(reading, "trigger", &pair->as.items[i], PLACE_MAX,
				 &out[i]);
	return rc;
}

static int take_place(const struct reading *reading, struct ent_candidate *view)
{
	int64_t start = 0, end = 0, trigger[2];
	int rc;

	rc = take_number(reading, "start",
			 ent_value_get(reading->about, "start"), PLACE_MAX, &start);
	end = start;
	if (rc == ENT_OK)
		rc = take_number(reading, "end",
				 ent_value_get(reading->about, "end"), PLACE_MAX,
				 &end);
	trigger[0] = trigger[1] = start;
	if (rc == ENT_OK)
		rc = take_trigger(reading, trigger);
	if (rc < 0)
		return rc;
	if (start > trigger[0] || trigger[0] > trigger[1] || trigger[1] > end) {
		ent_error_set(reading->err, ENT_EINPUT,
			      "candidate.trigger %lld to %lld is not within %lld "
			      "to %lld", (long long)trigger[0],
			      (long long)trigger[1], (long long)start,
			      (long long)end);
		return bad(reading, "trigger");
	}
	view->start = (size_t)start;
	view->end = (size_t)end;
	view->trigger_start = (size_t)trigger[0];
	view->trigger_end = (size_t)trigger[1];
	return ENT_OK;
}

static int take_already(const struct reading *reading,
			struct ent_candidate *view)
{
	struct ent_id id;
	int rc = take_text(reading, "already", &view->already);

	if (rc < 0 || !view->already ||
	    ent_id_parse(view->already, &id, reading->err) == ENT_OK)
		return rc;
	ent_error_wrap(reading->err, "candidate.already");
	return bad(reading, "already");
}

static int take_own(const struct reading *reading, struct candidate *candidate)
{
	int rc;

	candidate->weighed = ent_value_get(reading->about, "own_score") != NULL;
	rc = take_score(reading, "own_score", &candidate->own_score);
	return rc < 0 ? rc : take_text(reading, "own_note", &candidate->own_note);
}

/* Members that are not known here may be those of a later version: left alone. */
static int take_about(const struct reading *reading, struct candidate *candidate)
{
	struct ent_candidate *view = &candidate->view;
	const struct {
		const char *key, **text;
	} texts[] = {
		{ "after", &view->after },       { "article", &view->article },
		{ "before", &view->before },     { "coded_by", &view->coded_by },
		{ "effect", &view->effect },     { "file", &view->file },
		{ "note", &view->note },         { "quote", &view->quote },
		{ "rule", &view->rule },
	};
	int rc = ENT_OK;

	view->score = SCORE_UNSAID;
	if (!reading->about)
		return ENT_OK;
	if (reading->about->kind != ENT_MAP) {
		ent_error_set(reading->err, ENT_EINPUT,
			      "candidate is not an object");
		return bad(reading, NULL);
	}
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts) && rc == ENT_OK; i++)
		rc = take_text(reading, texts[i].key, texts[i].text);
	if (rc == ENT_OK)
		rc = take_place(reading, view);
	if (rc == ENT_OK)
		rc = take_score(reading, "score", &view->score);
	if (rc == ENT_OK)
		rc = take_already(reading, view);
	return rc < 0 ? rc : take_own(reading, candidate);
}

/* What the line says beside the event, and what a log added to it, goes. */
static int take_event(const struct ent_value *root, struct candidate *candidate,
		      struct ent_error *err)
{
	static const char *const left_out[] = { "candidate", "hash", "recorded",
						"seq" };
	int rc = ENT_OK;

	for (size_t i = 0; i < root->len && rc == ENT_OK; i++) {
		const struct ent_member *member = &root->as.members[i];
		bool out = false;

		for (size_t j = 0; j < 4; j++)
			out = out || strcmp(member->key, left_out[j]) == 0;
		if (!out)
			rc = value_put(&candidate->arena, &candidate->event,
				       member->key, member->value, err);
	}
	return rc;
}

/* root without `candidate`, which is no member of an event. */
static int without_about(const struct ent_value *root, struct arena *arena,
			 struct ent_value *out, struct ent_error *err)
{
	struct ent_value event = value_map();
	int rc = ENT_OK;

	if (root->kind != ENT_MAP) {
		*out = *root;
		return ENT_OK;
	}
	for (size_t i = 0; i < root->len && rc == ENT_OK; i++) {
		const struct ent_member *member = &root->as.members[i];

		if (strcmp(member->key, "candidate") != 0)
			rc = value_put(arena, &event, member->key, member->value,
				       err);
	}
	if (rc == ENT_OK)
		*out = event;
	return rc;
}

/* Packing tells whether the event is small enough. */
static int check_event(const struct reading *reading,
		       const struct ent_value *root, struct arena *arena)
{
	struct event_fault fault = { 0 };
	struct ent_value alone;
	struct ent_event event;
	struct buf body = { 0 };
	int rc = without_about(root, arena, &alone, reading->err);

	if (rc == ENT_OK)
		rc = event_check(&alone, arena, &event, &fault, reading->err);
	if (rc == ENT_OK)
		rc = codec_pack(event.body, &body, reading->err);
	buf_release(&body);
	if (rc == ENT_EINPUT && reading->err)
		reading->err->column = json_column(reading->json, reading->len,
						   fault.key, fault.member,
						   fault.name);
	return rc;
}

int ent_candidate_parse(const char *json, size_t len, struct ent_candidate **out,
			struct ent_error *err)
{
	struct reading reading = { json ? json : "", len, NULL, err };
	struct candidate *candidate = NULL;
	struct ent_value root = { 0 };
	int rc;

	assert((json || len == 0) && out);

	rc = candidate_new(&candidate, err);
	if (rc == ENT_OK)
		rc = json_read(reading.json, len, &candidate->arena, &root, err);
	if (rc == ENT_OK)
		rc = check_event(&reading, &root, &candidate->arena);
	if (rc < 0)
		goto out;
	reading.about = ent_value_get(&root, "candidate");
	rc = take_about(&reading, candidate);
	if (rc == ENT_OK)
		rc = take_event(&root, candidate, err);
	if (rc < 0)
		goto out;
	*out = &candidate->view;
	candidate = NULL;
out:
	ent_candidate_free(candidate ? &candidate->view : NULL);
	return rc;
}
