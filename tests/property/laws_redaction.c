/*
 * laws_redaction.c - an event whose content was taken away is as if another one, of no
 * effect, had stood in its place; and the tree does not notice.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "laws.h"

enum { BASES = 6 };

static const char *id_of(const json_t *events, size_t at)
{
	return json_string_value(
		json_object_get(json_array_get(events, at), "id"));
}

static json_t *without_effect(const char *id)
{
	return json_pack("{s:s, s:s, s:s, s:{s:s}}", "type", "x.nothing", "id",
			 id, "date", "2000", "source", "title", "a");
}

/* The same that does not say that what it retracts is redacted: here it is not. */
static json_t *plain_retraction(const json_t *redaction)
{
	json_t *plain = json_deep_copy(redaction);

	json_object_del(json_object_get(plain, "data"), "redacted");
	return plain;
}

static struct ent_hash root_of(struct harness *harness, uint64_t seq)
{
	struct ent_hash root;
	struct ent_error err;

	if (ent_log_root(harness->log, seq, &root, &err) < 0) {
		fprintf(stderr, "property: root: %s\n", err.msg);
		exit(EXIT_FAILURE);
	}
	return root;
}

static uint64_t redact(struct harness *harness, uint64_t seq)
{
	const struct ent_redact_options options = { .now_us = 1,
						    .reason = "a court" };
	struct ent_appended done = { 0 };
	struct ent_error err;

	if (ent_log_redact(harness->log, seq, &options, &done, &err) < 0) {
		fprintf(stderr, "property: redact: %s\n", err.msg);
		exit(EXIT_FAILURE);
	}
	return done.first_known_seq;
}

static void tell(uint64_t seq, const char *what, void *arg)
{
	(void)arg;
	printf("  event %llu: %s\n", (unsigned long long)seq, what);
}

static bool is_sound(struct harness *harness)
{
	struct ent_verified verified = { 0 };
	struct ent_error err;

	return ent_log_verify(harness->log, tell, NULL, NULL, &verified,
			      &err) == ENT_OK && verified.findings == 0;
}

static json_t *line_of(struct harness *harness, uint64_t seq)
{
	struct ent_event *event = NULL;
	struct ent_error err;
	char *text = NULL;
	json_t *line;

	if (ent_log_get(harness->log, seq, &event, &err) != ENT_OK ||
	    ent_event_json(event, &text, NULL, &err) < 0) {
		fprintf(stderr, "property: event %llu: %s\n",
			(unsigned long long)seq, err.msg);
		exit(EXIT_FAILURE);
	}
	line = json_loads(text, 0, NULL);
	ent_free(text);
	ent_event_free(event);
	return line;
}

static json_t *all_lines(struct harness *harness, uint64_t last)
{
	json_t *lines = json_array();

	for (uint64_t seq = 1; seq <= last; seq++)
		json_array_append_new(lines, line_of(harness, seq));
	return lines;
}

/* In one batch: what is redacted comes only with the event that says so. */
static void append_whole(struct harness *harness, const json_t *events)
{
	struct ent_appended done = { 0 };
	struct ent_error err;

	if (harness_append(harness, events, &done, &err) < 0) {
		fprintf(stderr, "property: append: %s\n", err.msg);
		exit(EXIT_FAILURE);
	}
}

/* Three logs: one that is redacted, one that never had it, and an export of the
 * first. */
static bool answer_alike(struct trial *trial, struct trial logs[3],
			 uint64_t last)
{
	bool same = true;

	for (int i = 0; i < BASES && same; i++) {
		struct reference_basis basis = trial_basis(trial);
		json_t *want;

		basis.known = 1 + dice_index(&trial->dice, last);
		want = trial_document(&logs[1], basis);
		same = trial_same(trial_document(&logs[0], basis),
				  json_incref(want)) &&
		       trial_same(trial_document(&logs[2], basis),
				  json_incref(want));
		json_decref(want);
	}
	return same;
}

bool law_redacted_is_as_if_it_had_not_been(struct trial *trial)
{
	size_t n = json_array_size(trial->events);
	size_t at = dice_index(&trial->dice, n);
	struct trial logs[3] = { { .events = trial->events },
				 { .events = json_copy(trial->events) },
				 { 0 } };
	struct ent_hash before, after;
	uint64_t last;
	bool holds;

	for (int i = 0; i < 3; i++)
		harness_open(&logs[i].harness);
	harness_fill(&logs[0].harness, trial->events);
	before = root_of(&logs[0].harness, n);
	last = redact(&logs[0].harness, at + 1);
	after = root_of(&logs[0].harness, n);
	logs[2].events = all_lines(&logs[0].harness, last);
	json_array_set_new(logs[1].events, at,
			   without_effect(id_of(trial->events, at)));
	json_array_append_new(logs[1].events,
			      plain_retraction(json_array_get(logs[2].events,
							      last - 1)));
	harness_fill(&logs[1].harness, logs[1].events);
	append_whole(&logs[2].harness, logs[2].events);
	holds = last == n + 1 && redact(&logs[0].harness, at + 1) == last &&
		memcmp(&before, &after, sizeof(before)) == 0 &&
		is_sound(&logs[0].harness) && is_sound(&logs[2].harness) &&
		answer_alike(trial, logs, last);
	for (int i = 0; i < 3; i++)
		harness_close(&logs[i].harness);
	json_decref(logs[1].events);
	json_decref(logs[2].events);
	return holds;
}
