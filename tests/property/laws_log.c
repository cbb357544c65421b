/*
 * laws_log.c - orders, copies, values, and what verify says.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "laws.h"

enum { ASKED = 4 };

/* ---- orders and copies ------------------------------------------------ */

static void drop_numbers(json_t *json)
{
	const char *key;
	json_t *value;

	json_object_del(json, "seq");
	json_object_foreach(json, key, value)
		drop_numbers(value);
	for (size_t i = 0; i < json_array_size(json); i++)
		drop_numbers(json_array_get(json, i));
}

static void shuffle(struct dice *dice, json_t *events)
{
	for (size_t i = json_array_size(events); i > 1; i--) {
		json_t *moved = json_incref(
			json_array_get(events, dice_index(dice, i)));
		size_t at = 0;

		while (json_array_get(events, at) != moved)
			at++;
		json_array_remove(events, at);
		json_array_append_new(events, moved);
	}
}

/* The order of recording does not matter where no two events share a day. */
bool law_order_does_not_matter(struct trial *trial)
{
	struct trial first = { .dice = { trial->seed } };
	struct trial second = { .dice = { trial->seed } };
	struct reference_basis basis;
	json_t *a, *b;

	first.events = generate_distinct(trial->seed);
	second.events = json_copy(first.events);
	shuffle(&trial->dice, second.events);
	basis = trial_basis(&first);
	basis.known = json_array_size(first.events);
	harness_open(&first.harness);
	harness_open(&second.harness);
	harness_fill(&first.harness, first.events);
	harness_fill(&second.harness, second.events);
	a = trial_document(&first, basis);
	b = trial_document(&second, basis);
	drop_numbers(a);
	drop_numbers(b);
	harness_close(&first.harness);
	harness_close(&second.harness);
	json_decref(first.events);
	json_decref(second.events);
	return trial_same(a, b);
}

static json_t *retraction_of(struct dice *dice, const char *target)
{
	char id[37];

	generate_id(dice, id);
	return json_pack("[{s:s, s:s, s:s, s:{s:s}}]", "type",
			 "event.retracted", "id", id, "retracts", target,
			 "data", "reason", "a mistake");
}

static const char *id_of(const json_t *events, size_t at)
{
	return json_string_value(
		json_object_get(json_array_get(events, at), "id"));
}

/* To take an event back, and then to take that back, changes nothing. */
bool law_retracted_twice(struct trial *trial)
{
	size_t n = json_array_size(trial->events);
	size_t at = dice_index(&trial->dice, n);
	struct reference_basis basis = trial_basis(trial);
	struct trial other = { .dice = trial->dice, .events = trial->events };
	json_t *once = retraction_of(&trial->dice, id_of(trial->events, at));
	json_t *twice = retraction_of(&trial->dice, id_of(once, 0));
	json_t *after;

	basis.has_published = false;
	basis.known = n;
	harness_open(&other.harness);
	harness_fill(&other.harness, trial->events);
	harness_fill(&other.harness, once);
	harness_fill(&other.harness, twice);
	basis.known = n + 2;
	after = trial_document(&other, basis);
	basis.known = n;
	harness_close(&other.harness);
	json_decref(once);
	json_decref(twice);
	return trial_same(trial_document(trial, basis), after);
}

/* Every event of a log as the program prints it. */
static json_t *exported(struct ent_log *log)
{
	struct ent_cursor *cursor = NULL;
	struct ent_event *event = NULL;
	struct ent_error err;
	json_t *lines = json_array();
	int rc = ent_log_read(log, NULL, &cursor, &err);

	while (rc == ENT_OK &&
	       (rc = ent_cursor_next(cursor, &event, &err)) == ENT_OK) {
		char *text = NULL;

		rc = ent_event_json(event, &text, NULL, &err);
		if (rc == ENT_OK)
			json_array_append_new(lines, json_loads(text, 0, NULL));
		ent_free(text);
		ent_event_free(event);
	}
	ent_cursor_close(cursor);
	if (rc < 0)
		printf("  export: %s\n", err.msg);
	return lines;
}

/* What is exported and appended to a new log gives the same answers. */
bool law_exported_and_back(struct trial *trial)
{
	json_t *lines = exported(trial->harness.log);
	struct trial copy = { .dice = trial->dice };
	bool same = json_array_size(lines) == json_array_size(trial->events);

	harness_open(&copy.harness);
	harness_fill(&copy.harness, lines);
	for (int i = 0; i < ASKED; i++) {
		struct reference_basis basis = trial_basis(trial);
		struct ent_state *a, *b;
		struct ent_hash x, y;

		a = harness_replay(&trial->harness, &basis, NULL);
		b = harness_replay(&copy.harness, &basis, NULL);
		x = ent_state_digest(a);
		y = ent_state_digest(b);
		same = same && memcmp(&x, &y, sizeof(x)) == 0;
		ent_state_free(a);
		ent_state_free(b);
	}
	harness_close(&copy.harness);
	json_decref(lines);
	return same;
}

/* An answer about one alliance is that part of the whole answer. */
bool law_one_alliance_is_a_part(struct trial *trial)
{
	static const char *const codes[] = { "CSTO", "ATOP-3180", "Q", "NONE" };
	const char *code = codes[dice_index(&trial->dice, 4)];
	struct reference_basis basis = trial_basis(trial);
	json_t *whole = trial_document(trial, basis);
	json_t *part = json_object_get(whole, code);
	json_t *want = part ? json_pack("{s:O}", code, part) : json_object();
	struct ent_state *state = harness_replay(&trial->harness, &basis, code);
	json_t *got = harness_value(ent_state_alliances(state));

	ent_state_free(state);
	json_decref(whole);
	return trial_same(got, want);
}

/* The same batch again writes nothing and gives the same positions. */
bool law_appended_again(struct trial *trial)
{
	uint64_t n = json_array_size(trial->events);
	struct ent_appended appended = { 0 };
	struct ent_hash before;
	struct ent_error err;

	if (ent_log_head(trial->harness.log, NULL, &before, &err) < 0 ||
	    harness_append(&trial->harness, trial->events, &appended, &err) < 0) {
		printf("  append again: %s\n", err.msg);
		return false;
	}
	return appended.appended == 0 && appended.already == n &&
	       appended.first_seq == 0 && appended.first_known_seq == 1 &&
	       appended.last_known_seq == n && appended.head_seq == n &&
	       memcmp(&before, &appended.head, sizeof(before)) == 0;
}

/* ---- values and trust ------------------------------------------------- */

static json_t *event_with_data(struct dice *dice)
{
	json_t *data = json_object();
	char *text;

	json_object_set_new(data, "figures", generate_data(dice, 14));
	text = harness_dump(data);
	if (strlen(text) > 30000) /* an event has a largest size */
		json_object_set_new(data, "figures", json_null());
	free(text);
	return json_pack("{s:s, s:s, s:{s:s}, s:o}", "type", "x.figures",
			 "date", "2020", "source", "title", "a", "data", data);
}

/* Any JSON in data comes back as it was, and the event keeps its id. */
bool law_data_comes_back(struct trial *trial)
{
	json_t *json = event_with_data(&trial->dice);
	char *text = harness_dump(json);
	struct ent_event *first = NULL;
	struct ent_event *second = NULL;
	struct ent_error err = { 0 };
	char *written = NULL;
	size_t len = 0;
	bool same = false;

	if (ent_event_parse(text, strlen(text), &first, &err) == ENT_OK &&
	    ent_event_json(first, &written, &len, &err) == ENT_OK &&
	    ent_event_parse(written, len, &second, &err) == ENT_OK) {
		json_t *read = json_loads(written, 0, NULL);

		same = ent_id_equal(&first->id, &second->id) &&
		       json_equal(json_object_get(read, "data"),
				  json_object_get(json, "data"));
		json_decref(read);
	}
	if (!same)
		printf("  %s\n  %s\n  %s\n", err.msg, text,
		       written ? written : "");
	ent_free(written);
	ent_event_free(first);
	ent_event_free(second);
	free(text);
	json_decref(json);
	return same;
}

static void show_finding(uint64_t seq, const char *what, void *arg)
{
	(void)arg;
	printf("  event %llu: %s\n", (unsigned long long)seq, what);
}

bool law_verify_finds_nothing(struct trial *trial)
{
	struct ent_verified verified = { 0 };
	struct ent_error err;

	if (ent_log_verify(trial->harness.log, show_finding, NULL, NULL,
			   &verified, &err) < 0) {
		printf("  verify: %s\n", err.msg);
		return false;
	}
	return verified.findings == 0 &&
	       verified.events == json_array_size(trial->events);
}
