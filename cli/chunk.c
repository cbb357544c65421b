/*
 * chunk.c - lines of JSON: reading some, and checking what was read.
 */
#include "chunk.h"
#include "cli.h"

#include <inttypes.h>
#include <stdlib.h>

int chunk_make(struct chunk *chunk)
{
	struct ent_error err = { 0 };

	*chunk = (struct chunk){ 0 };
	return ent_batch_new(&chunk->batch, &err) < 0 ? exit_of(err.code)
						      : CLI_DONE;
}

void chunk_clear(struct chunk *chunk)
{
	text_clear(&chunk->text);
	text_clear(&chunk->messages);
	ent_batch_clear(chunk->batch);
	chunk->name = NULL;
	chunk->count = 0;
	chunk->bad_count = 0;
	chunk->fault = (struct input_fault){ 0 };
	chunk->err.code = ENT_OK;
	chunk->last = false;
}

void chunk_release(struct chunk *chunk)
{
	ent_batch_free(chunk->batch);
	text_release(&chunk->text);
	text_release(&chunk->messages);
	free(chunk->lines);
	free(chunk->bad);
}

/* ---- reading -------------------------------------------------------------- */

static void add_line(struct chunk *chunk, const struct input *input)
{
	if (chunk->count == chunk->room) {
		chunk->room = chunk->room ? chunk->room * 2 : 64;
		chunk->lines = grow(chunk->lines, chunk->room,
				    sizeof(*chunk->lines));
	}
	chunk->lines[chunk->count++] = (struct chunk_line){
		.at = chunk->text.len,
		.len = input->text.len,
		.number = input->line,
		.too_long = input->too_long
	};
	text_bytes(&chunk->text, text_get(&input->text), input->text.len);
}

int chunk_read(struct chunk *chunk, struct input *input, uint64_t max)
{
	int rc;

	chunk->name = input->name;
	do {
		rc = input_try_next(input);
		if (rc == CLI_DONE)
			add_line(chunk, input);
	} while (rc == CLI_DONE && chunk->count < max && input_has_line(input));
	chunk->fault = input->fault;
	return rc;
}

/* ---- checking ------------------------------------------------------------- */

static void add_bad(struct chunk *chunk, const char *label, int column,
		    const char *why)
{
	if (chunk->bad_count == chunk->bad_room) {
		chunk->bad_room = chunk->bad_room ? chunk->bad_room * 2 : 16;
		chunk->bad = grow(chunk->bad, chunk->bad_room,
				  sizeof(*chunk->bad));
	}
	chunk->bad[chunk->bad_count++] = (struct bad_line){
		.good = ent_batch_count(chunk->batch),
		.message = chunk->messages.len
	};
	text_fmt(&chunk->messages, "%s:%d: %s", label, column, why);
	text_bytes(&chunk->messages, "", 1);
}

/* False where nothing more can be checked. */
static bool check_line(struct chunk *chunk, const struct chunk_line *line,
		       const char *label)
{
	struct ent_error err = { 0 };
	int rc;

	if (line->too_long) {
		add_bad(chunk, label, INPUT_LINE_MAX + 1,
			"the line is longer than 1 MiB");
		return true;
	}
	rc = ent_batch_add(chunk->batch, text_get(&chunk->text) + line->at,
			   line->len, label, &err);
	if (rc == ENT_EINPUT) {
		add_bad(chunk, label, err.column > 0 ? err.column : 1, err.msg);
	} else if (rc < 0) {
		chunk->err = err;
		chunk->failed_at = line->number;
		return false;
	}
	return true;
}

void chunk_check(struct chunk *chunk)
{
	struct text label = { 0 };
	bool going = true;

	for (size_t i = 0; i < chunk->count && going; i++) {
		text_clear(&label);
		text_fmt(&label, "%s:%" PRIu64, chunk->name,
			 chunk->lines[i].number);
		going = check_line(chunk, &chunk->lines[i], text_get(&label));
	}
	text_release(&label);
}
