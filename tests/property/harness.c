/*
 * harness.c - see harness.h.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dice.h"
#include "harness.h"

static const int64_t recorded_us = 1750000000000000; /* any time will do */

static void give_up(const char *what, const char *why)
{
	fprintf(stderr, "property: %s: %s\n", what, why);
	exit(EXIT_FAILURE);
}

void harness_open(struct harness *harness)
{
	struct ent_log_options options = { .create = true };
	const char *tmp = getenv("TMPDIR");
	struct ent_error err;

	snprintf(harness->dir, sizeof(harness->dir), "%s/property-XXXXXX",
		 tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(harness->dir))
		give_up(harness->dir, "cannot make a directory");
	if (ent_log_open(harness->dir, &options, &harness->log, &err) < 0)
		give_up(harness->dir, err.msg);
}

void harness_close(struct harness *harness)
{
	char path[1024];
	struct dirent *entry;
	DIR *dir;

	ent_log_close(harness->log);
	dir = opendir(harness->dir);
	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.' &&
		    (!entry->d_name[1] || strcmp(entry->d_name, "..") == 0))
			continue;
		snprintf(path, sizeof(path), "%s/%s", harness->dir,
			 entry->d_name);
		unlink(path);
	}
	if (dir)
		closedir(dir);
	rmdir(harness->dir);
}

int harness_append(struct harness *harness, const json_t *events,
		   struct ent_appended *out, struct ent_error *err)
{
	struct ent_append_options options = { .now_us = recorded_us,
					      .no_sync = true };
	struct ent_batch *batch = NULL;
	int rc = ent_batch_new(&batch, err);

	for (size_t i = 0; rc == ENT_OK && i < json_array_size(events); i++) {
		char *line = harness_dump(json_array_get(events, i));
		char label[32];

		snprintf(label, sizeof(label), "event %zu", i + 1);
		rc = ent_batch_add(batch, line, strlen(line), label, err);
		if (rc < 0)
			fprintf(stderr, "%s\n", line);
		free(line);
	}
	if (rc == ENT_OK)
		rc = ent_log_append(harness->log, batch, &options, out, err);
	ent_batch_free(batch);
	return rc;
}

static void fill_part(struct harness *harness, const json_t *events,
		      const json_t *part)
{
	struct ent_appended appended;
	struct ent_error err;

	if (harness_append(harness, part, &appended, &err) < 0) {
		harness_print(events);
		give_up("append", err.msg);
	}
}

static void keep_checkpoints(struct harness *harness, struct dice *dice)
{
	struct ent_error err;
	int rc = ENT_OK;

	if (dice_index(dice, 3) > 0)
		rc = ent_checkpoint_build(harness->log, 1, &err);
	else if (dice_index(dice, 10) == 0)
		rc = ent_checkpoint_drop(harness->log, &err);
	if (rc < 0)
		give_up("checkpoints", err.msg);
}

/* The same history has its checkpoints at the same places again. */
static uint64_t seed_of(const json_t *event)
{
	const char *id = json_string_value(json_object_get(event, "id"));
	uint64_t seed = 0;

	while (id && *id)
		seed = seed * 31 + (unsigned char)*id++;
	return seed;
}

void harness_fill(struct harness *harness, const json_t *events)
{
	size_t at = 0, count = json_array_size(events);
	struct dice dice = { seed_of(json_array_get(events, count - 1)) };

	while (at < count) {
		size_t end = at + 1 + dice_index(&dice, 8);
		json_t *part = json_array();

		for (; at < end && at < count; at++)
			json_array_append(part, json_array_get(events, at));
		fill_part(harness, events, part);
		keep_checkpoints(harness, &dice);
		json_decref(part);
	}
}

struct ent_basis harness_basis(const struct reference_basis *basis)
{
	return (struct ent_basis){ .at = (int32_t)basis->at,
				   .known = basis->known,
				   .has_published = basis->has_published,
				   .published = (int32_t)basis->published };
}

struct ent_state *harness_replay(struct harness *harness,
				 const struct reference_basis *basis,
				 const char *alliance)
{
	struct ent_view view = { .alliances = alliance ? &alliance : NULL,
				 .alliances_count = alliance ? 1 : 0,
				 .last = basis->last };
	struct ent_basis asked = harness_basis(basis);
	struct ent_state *state = NULL;
	struct ent_error err;

	if (ent_replay(harness->log, &asked, &view, &state, &err) < 0)
		give_up("replay", err.msg);
	return state;
}

char *harness_text(const struct ent_value *value)
{
	struct ent_error err;
	char *text = NULL;

	if (ent_value_json(value, ENT_JSON_CANONICAL, &text, NULL, &err) < 0)
		give_up("write JSON", err.msg);
	return text;
}

char *harness_dump(const json_t *json)
{
	char *text = json_dumps(json, JSON_SORT_KEYS | JSON_COMPACT |
					      JSON_ENCODE_ANY);

	if (!text)
		give_up("write JSON", "out of memory");
	return text;
}

json_t *harness_value(const struct ent_value *value)
{
	char *text = harness_text(value);
	json_error_t error;
	json_t *json = json_loads(text, JSON_DECODE_ANY, &error);

	if (!json)
		give_up("read JSON", error.text);
	ent_free(text);
	return json;
}

void harness_print(const json_t *events)
{
	for (size_t i = 0; i < json_array_size(events); i++) {
		char *line = harness_dump(json_array_get(events, i));

		printf("%s\n", line);
		free(line);
	}
}

void harness_print_basis(const struct reference_basis *basis)
{
	char at[11];
	char published[11] = "any";

	reference_day_text(basis->at, at);
	if (basis->has_published)
		reference_day_text(basis->published, published);
	printf("at %s, known %zu, published %s, last %zu\n", at, basis->known,
	       published, basis->last);
}

unsigned long harness_number(int argc, char **argv, int at,
			     unsigned long otherwise)
{
	return argc > at ? strtoul(argv[at], NULL, 10) : otherwise;
}
