/*
 * items.c - lines of JSON, each with what it must have.
 */
#include "items.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void items_give_up(const struct item_place *place, const char *why)
{
	fprintf(stderr, "%s:%lu: %s\n", place->file, place->line, why);
	exit(MISUSED);
}

static void need(const json_t *object, const char *key, const char *name,
		 const struct item_place *place)
{
	if (*match_text(object, key))
		return;
	fprintf(stderr, "%s:%lu: no %s\n", place->file, place->line, name);
	exit(MISUSED);
}

static void check_item(const json_t *item, const struct item_place *place)
{
	const json_t *expect = json_object_get(item, "expect");
	const json_t *row;
	size_t i;

	need(item, "id", "id", place);
	need(item, "published", "published", place);
	need(item, "text", "text", place);
	if (!json_is_array(expect))
		items_give_up(place, "no expect");
	json_array_foreach(expect, i, row) {
		need(row, "type", "expect.type", place);
		need(row, "modality", "expect.modality", place);
	}
}

static void read_line(const char *text, const struct item_place *place,
		      item_fn *take, void *arg)
{
	json_error_t error;
	json_t *item = json_loads(text, JSON_REJECT_DUPLICATES, &error);

	if (!item)
		items_give_up(place, error.text);
	check_item(item, place);
	take(item, place, arg);
	json_decref(item);
}

void items_read(const char *path, item_fn *take, void *arg)
{
	struct item_place place = { path, 0 };
	FILE *file = fopen(path, "r");
	char *text = NULL;
	size_t size = 0;

	if (!file)
		items_give_up(&place, strerror(errno));
	while (getline(&text, &size, file) >= 0) {
		place.line++;
		read_line(text, &place, take, arg);
	}
	if (ferror(file))
		items_give_up(&place, "cannot be read");
	free(text);
	fclose(file);
}

void items_read_usual(item_fn *take, void *arg)
{
	static const char *const usual[] = {
		"tests/news/sentences/a.jsonl",
		"tests/news/sentences/b.jsonl",
		"tests/news/sentences/all-a.jsonl",
		"tests/news/sentences/all-b.jsonl",
		"tests/news/sentences/digest.jsonl",
		"tests/news/sentences/rules.jsonl",
	};

	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
		items_read(usual[i], take, arg);
}

bool items_all_types(const json_t *item)
{
	return json_is_true(json_object_get(item, "all_types"));
}

void items_propose(struct ent_coder *coder, const json_t *item,
		   const struct item_place *place,
		   struct ent_candidate ***out, size_t *out_count)
{
	const char *text = match_text(item, "text");
	struct ent_article article = { .name = match_text(item, "id"),
				       .publisher = "sentences",
				       .published = match_text(item, "published"),
				       .text = text,
				       .len = strlen(text) };
	struct ent_error err;

	*out = NULL;
	*out_count = 0;
	if (ent_propose(coder, &article, out, out_count, &err) < 0)
		items_give_up(place, err.msg);
}
