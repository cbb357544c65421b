/*
 * user.c - the caller's own reducers: they see whole events and put texts.
 */
#include "ground/utf8.h"
#include "state/fold.h"

#include <string.h>

struct ent_puts {
	struct fold *fold;
	const struct row *row;
	uint32_t reducer;
};

/* The number of a text, from 1; the same text has the same number.  Reducers
 * make few different texts, so a list is enough. */
static int text_number(struct texts *texts, const char *text, uint32_t *out,
		       struct ent_error *err)
{
	char *copy;
	int rc;

	for (size_t i = 0; i < texts->count; i++) {
		if (strcmp(texts->items[i], text) == 0) {
			*out = (uint32_t)i + 1;
			return ENT_OK;
		}
	}
	rc = mem_grow(&texts->items, &texts->room, texts->count + 1,
		      sizeof(*texts->items), err);
	if (rc < 0)
		return rc;
	copy = arena_text(&texts->arena, text, strlen(text));
	if (!copy)
		return mem_error(err);
	texts->items[texts->count++] = copy;
	*out = (uint32_t)texts->count;
	return ENT_OK;
}

static int check_text(const char *what, const char *text,
		      struct ent_error *err)
{
	if (!text || !*text || utf8_check(text, strlen(text)) < strlen(text))
		return ent_error_set(err, ENT_EINPUT,
				     "the %s that a reducer puts is empty or not UTF-8",
				     what);
	return ENT_OK;
}

int ent_put(struct ent_puts *puts, const char *path, const char *value,
	    struct ent_error *err)
{
	struct fold *fold = puts->fold;
	uint32_t path_number = 0, value_number = 0;
	int rc = check_text("path", path, err);

	if (rc == ENT_OK)
		rc = check_text("value", value, err);
	if (rc == ENT_OK)
		rc = text_number(fold->texts, path, &path_number, err);

	if (rc == ENT_OK)
		rc = text_number(fold->texts, value, &value_number, err);
	if (rc == ENT_OK)
		rc = fold_put(fold, puts->reducer, ASPECT_USER, path_number,
			      puts->row, value_number, err);
	return rc;
}

int reduce_user(struct fold *fold, const struct row *row,
		struct ent_error *err)
{
	struct ent_puts puts = { .fold = fold, .row = row };
	struct ent_event *event = NULL;
	int rc = log_event(fold->txn, row->seq, &event, err);

	if (rc == ENT_END)
		return ent_error_set(err, ENT_ECORRUPT,
				     "an index names event %llu, which is missing",
				     (unsigned long long)row->seq);
	for (size_t i = 0; rc == ENT_OK && i < fold->ask.view->reducers_count;
	     i++) {
		const struct ent_reducer *reducer = &fold->ask.view->reducers[i];

		puts.reducer = (uint32_t)i;
		rc = reducer->reduce(event, &puts, reducer->arg, err);
	}
	ent_event_free(event);
	return rc;
}
