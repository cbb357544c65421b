/*
 * pointer.c - see pointer.h.
 */
#include "import/pointer.h"

#include <inttypes.h>
#include <string.h>

#include "doors/codec.h"
#include "doors/hash.h"
#include "ground/be.h"
#include "ground/utf8.h"
#include "values/event.h"
#include "values/value.h"

struct making {
	struct pointers *pointers;
	const struct pointer *pointer;
	struct ent_value event;
};

int pointers_open(struct pointers *pointers, const char *name,
		  const struct ent_import *to, struct ent_error *err)
{
	*pointers = (struct pointers){ .name = name, .to = to };
	return lexicon_open(&pointers->lexicon, err);
}

void pointers_close(struct pointers *pointers)
{
	lexicon_close(pointers->lexicon);
	arena_release(&pointers->scratch);
	map_release(&pointers->seen);
}

bool pointer_is_ours(const struct pointer *pointer)
{
	const struct party_code *actor = &pointer->actor;
	const struct party_code *target = &pointer->target;

	return actor->code && target->code &&
	       !(actor->alliance && target->alliance) &&
	       strcmp(actor->code, target->code) != 0;
}

int pointers_bad(struct pointers *pointers, uint64_t line, unsigned column,
		 int rc, const struct ent_error *err)
{
	struct buf label = { 0 };

	if (rc != ENT_EINPUT || pointers->stopped)
		return rc;
	pointers->done.bad++;
	buf_printf(&label, "%s:%" PRIu64, pointers->name, line);
	if (pointers->to->bad)
		pointers->to->bad(label.data ? label.data : pointers->name,
				  column, err->msg, pointers->to->arg);
	buf_release(&label);
	return ENT_OK;
}

int pointers_end_row(struct pointers *pointers, uint64_t line, unsigned column,
		     int rc, const struct ent_error *why,
		     struct ent_error *err)
{
	if (rc < 0 && err)
		*err = *why;
	if (rc < 0)
		rc = pointers_bad(pointers, line, column, rc, why);
	arena_release(&pointers->scratch);
	pointers->scratch = (struct arena){ 0 };
	return rc;
}

char *pointers_text(struct pointers *pointers, const char *text, size_t max)
{
	struct buf out = { 0 };
	size_t len = utf8_cut(text, max), at = 0;
	char *copy = NULL;

	while (at < len) {
		size_t start = at;
		int32_t code = utf8_next(text, len, &at);

		if (code < 0)
			break;
		if (code != ' ' && !utf8_is_control(code))
			buf_add(&out, text + start, at - start);
		else if (out.len > 0 && out.data[out.len - 1] != ' ')
			buf_byte(&out, ' ');
	}
	while (out.len > 0 && out.data[out.len - 1] == ' ')
		out.len--;
	if (!out.failed)
		copy = arena_text(&pointers->scratch, out.len ? out.data : "",
				  out.len);
	buf_release(&out);
	return copy;
}

/* ---- the event --------------------------------------------------------- */

/* Of "https://www.Example.org:80/a" "example.org"; *out stays where there is
 * none. */
static int host_of(struct pointers *pointers, const char *url, const char **out,
		   struct ent_error *err)
{
	const char *at = url ? strstr(url, "://") : NULL;
	size_t len;
	char *host;

	if (!at)
		return ENT_OK;
	at += 3;
	if (strncmp(at, "www.", 4) == 0)
		at += 4;
	len = strcspn(at, "/:?#@");
	if (len == 0)
		return ENT_OK;
	host = arena_text(&pointers->scratch, at, len);
	if (!host)
		return mem_error(err);
	for (size_t i = 0; i < len; i++)
		if (host[i] >= 'A' && host[i] <= 'Z')
			host[i] = (char)(host[i] - 'A' + 'a');
	*out = host;
	return ENT_OK;
}

static int put(struct making *making, struct ent_value *map, const char *key,
	       const char *text, struct ent_error *err)
{
	if (!text || !*text)
		return ENT_OK;
	return value_put(&making->pointers->scratch, map, key,
			 value_borrowed(text), err);
}

static int put_texts(struct making *making, struct ent_value *map,
		     const char *const texts[][2], size_t count,
		     struct ent_error *err)
{
	int rc = ENT_OK;

	for (size_t i = 0; i < count && rc == ENT_OK; i++)
		rc = put(making, map, texts[i][0], texts[i][1], err);
	return rc;
}

static int put_map(struct making *making, struct ent_value *into,
		   const char *key, const char *const texts[][2], size_t count,
		   struct ent_error *err)
{
	struct ent_value map = value_map();
	int rc = put_texts(making, &map, texts, count, err);

	return rc < 0 ? rc : value_put(&making->pointers->scratch, into, key,
				       map, err);
}

/* Who says so: without one of these, the machine. */
static int publisher_of(struct making *making, const char **out,
			struct ent_error *err)
{
	const struct pointer *pointer = making->pointer;

	*out = pointer->publisher ? pointer->publisher : pointer->coder;
	if (pointer->publisher)
		return ENT_OK;
	return host_of(making->pointers, pointer->url, out, err);
}

static int make_event(struct making *making, const char *publisher,
		      struct ent_error *err)
{
	const struct pointer *pointer = making->pointer;
	const char *alliance = pointer->actor.alliance ? pointer->actor.code :
			       pointer->target.alliance ? pointer->target.code :
							  NULL;
	const char *const texts[][2] = {
		{ "type", pointer->type },
		{ "actor", pointer->actor.code },
		{ "alliance", alliance },
		{ "target", pointer->target.alliance ? NULL :
						       pointer->target.code },
		{ "date", pointer->date },
		{ "modality", "claim" },
		{ "attributed_to", publisher },
		{ "coder", pointer->coder },
	};
	const char *const source[][2] = {
		{ "url", pointer->url },
		{ "publisher", publisher },
		{ "title", pointer->title },
		{ "published", pointer->published },
		{ "quote", pointer->quote },
	};
	const char *const data[][2] = {
		{ "code", pointer->code },
		{ "record", pointer->record },
	};
	int rc = put_texts(making, &making->event, texts, 8, err);

	if (rc == ENT_OK)
		rc = put_map(making, &making->event, "source", source, 5, err);
	return rc < 0 ? rc : put_map(making, &making->event, "data", data, 2, err);
}

/* Packing tells whether it is small enough. */
static int check(struct making *making, struct ent_error *err)
{
	struct event_fault fault = { 0 };
	struct buf packed = { 0 };
	struct ent_event event;
	int rc = event_check(&making->event, &making->pointers->scratch, &event,
			     &fault, err);

	if (rc == ENT_OK)
		rc = codec_pack(event.body, &packed, err);
	buf_release(&packed);
	return rc;
}

/* ---- giving ------------------------------------------------------------ */

/* Was it given already?  A machine codes the sentences of a page one by one. */
static int is_again(struct pointers *pointers, const struct pointer *pointer,
		    bool *out, struct ent_error *err)
{
	const char *const says[] = { pointer->url ? pointer->url : "",
				     pointer->title ? pointer->title : "",
				     pointer->type, pointer->actor.code,
				     pointer->target.code };
	struct ent_bytes parts[5];
	struct ent_hash hash;
	struct map_key key;
	int rc;

	for (size_t i = 0; i < 5; i++)
		parts[i] = (struct ent_bytes){ says[i], strlen(says[i]) + 1 };
	rc = hash_parts(parts, 5, &hash, err);
	if (rc < 0)
		return rc;
	key = (struct map_key){ be64_get(hash.bytes), be64_get(hash.bytes + 8) };
	*out = map_find(&pointers->seen, key) != NULL;
	return *out ? ENT_OK : map_add(&pointers->seen, key, 1, err);
}

static int put_candidate(struct making *making, const char *label,
			 struct ent_error *err)
{
	struct arena *arena = &making->pointers->scratch;
	struct ent_value about = value_map();
	const char *const texts[][2] = {
		{ "file", label },
		{ "note", making->pointer->note },
		{ "rule", making->pointer->rule },
	};
	int rc = put_texts(making, &about, texts, 3, err);

	if (rc == ENT_OK)
		rc = value_put(arena, &about, "score",
			       value_int(making->pointer->score), err);
	return rc < 0 ? rc : value_put(arena, &making->event, "candidate", about,
				       err);
}

static int give(struct making *making, struct ent_error *err)
{
	struct pointers *pointers = making->pointers;
	struct buf label = { 0 };
	char *json = NULL;
	size_t len = 0;
	int rc;

	buf_printf(&label, "%s:%" PRIu64, pointers->name, making->pointer->line);
	rc = buf_check(&label, err);
	if (rc == ENT_OK)
		rc = put_candidate(making, label.data, err);
	if (rc == ENT_OK)
		rc = ent_value_json(&making->event, ENT_JSON_SAFE, &json, &len,
				    err);
	if (rc == ENT_OK) {
		pointers->done.events++;
		rc = pointers->to->take(json, len, label.data, pointers->to->arg,
					err);
		pointers->stopped = rc != ENT_OK;
	}
	ent_free(json);
	buf_release(&label);
	return rc;
}

int pointers_give(struct pointers *pointers, const struct pointer *pointer,
		  struct ent_error *err)
{
	struct making making = { pointers, pointer, value_map() };
	struct ent_error why = { 0 };
	bool again = false;
	const char *publisher;
	int rc = publisher_of(&making, &publisher, &why);

	if (rc == ENT_OK)
		rc = make_event(&making, publisher, &why);
	if (rc == ENT_OK)
		rc = check(&making, &why);
	if (rc == ENT_OK)
		rc = is_again(pointers, pointer, &again, &why);
	if (rc < 0) {
		if (err)
			*err = why;
		return pointers_bad(pointers, pointer->line, 0, rc, &why);
	}
	if (again) {
		pointers->done.left_out++;
		return ENT_OK;
	}
	return give(&making, err);
}

/* ---- reading -------------------------------------------------------------- */

int pointers_read(struct pointers *pointers, int fd, char delimiter,
		  pointers_row_fn *take, void *arg, struct ent_error *err)
{
	struct rows *rows = NULL;
	int rc = rows_open(fd, delimiter, false, &rows, err);

	while (rc == ENT_OK) {
		struct row_fields row;
		struct ent_error why = { 0 };

		rc = rows_next(rows, &row, &why);
		if (rc == ENT_OK) {
			rc = take(&row, arg, err);
		} else if (rc < 0) {
			if (err)
				*err = why;
			pointers->done.rows += rc == ENT_EINPUT;
			rc = pointers_bad(pointers, rows_line(rows),
					  (unsigned)why.column, rc, &why);
		}
	}
	rows_close(rows);
	return rc;
}
