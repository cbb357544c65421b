/*
 * gdelt.c - GDELT 2.0 event export: a machine's codes of what pages say, as
 * pointers to those pages.
 *
 * Source: The GDELT Event Database, Data Format Codebook V2.0, 2015.
 */
#include <assert.h>
#include <string.h>

#include "doors/csv.h"
#include "ground/buf.h"
#include "import/cameo.h"

enum {
	GLOBAL_EVENT_ID, SQL_DATE,
	ACTOR_1 = 5, ACTOR_2 = 15, /* of each, where its columns begin */
	IS_ROOT_EVENT = 25, EVENT_CODE,
	NUM_MENTIONS = 31, NUM_SOURCES, NUM_ARTICLES,
	DATE_ADDED = 59, SOURCE_URL,
	COLUMNS
};

enum { ACTOR_STATE = 2, ACTOR_GROUP = 3, ACTOR_TYPE = 7 }; /* from its first */

enum { DATE_LEN = 8 }; /* YYYYMMDD */

/* A machine is right about half of the time; a sentence that leads the page is a
 * better sign, and so are other sources. */
enum { SCORE_BASE = 200, SCORE_ROOT = 150, SCORE_SOURCE = 50, SOURCES_MAX = 3 };

struct gdelt {
	struct pointers pointers;
	struct row_fields row;
	unsigned column; /* at fault, from 1 */
};

/* "20191024143000" as "2019-10-24". */
static int read_day(struct gdelt *gdelt, size_t column, const char **out,
		    struct ent_error *err)
{
	const char *text = gdelt->row.texts[column];
	struct buf day = { 0 };
	struct ent_date date;
	int rc = ENT_OK;

	gdelt->column = (unsigned)column + 1;
	if (strspn(text, "0123456789") < DATE_LEN)
		return ent_error_set(err, ENT_EINPUT, "not a date (YYYYMMDD)");
	buf_printf(&day, "%.4s-%.2s-%.2s", text, text + 4, text + 6);
	rc = buf_check(&day, err);
	if (rc == ENT_OK)
		rc = ent_date_parse(day.data, &date, err);
	if (rc == ENT_OK) {
		*out = arena_text(&gdelt->pointers.scratch, day.data, day.len);
		rc = *out ? ENT_OK : mem_error(err);
	}
	buf_release(&day);
	return rc;
}

static struct party_code party(const struct gdelt *gdelt, size_t first)
{
	const char *const *texts = gdelt->row.texts + first;

	return cameo_party(gdelt->pointers.lexicon, texts[ACTOR_STATE],
			   texts[ACTOR_GROUP], texts[ACTOR_TYPE]);
}

static int score(const struct row_fields *row)
{
	const char *sources = row->texts[NUM_SOURCES];
	int others = strlen(sources) > 1 ? SOURCES_MAX :
		     *sources > '1' ? *sources - '1' : 0;

	if (others > SOURCES_MAX)
		others = SOURCES_MAX;
	return SCORE_BASE + others * SCORE_SOURCE +
	       (strcmp(row->texts[IS_ROOT_EVENT], "1") == 0 ? SCORE_ROOT : 0);
}

static int make_texts(struct gdelt *gdelt, const struct action *action,
		      struct pointer *pointer, struct ent_error *err)
{
	const char *const *texts = gdelt->row.texts;
	struct arena *arena = &gdelt->pointers.scratch;
	struct buf note = { 0 }, rule = { 0 };
	int rc;

	buf_printf(&note, "only a pointer: a machine read \"%s %s %s\" (CAMEO %s) "
		   "on this page; sources: %s, articles: %s. Read it first",
		   pointer->actor.code, action->word, pointer->target.code,
		   texts[EVENT_CODE], texts[NUM_SOURCES], texts[NUM_ARTICLES]);
	buf_printf(&rule, "gdelt-%s", action->code);
	rc = buf_check(&note, err);
	if (rc == ENT_OK)
		rc = buf_check(&rule, err);
	if (rc == ENT_OK) {
		pointer->note = arena_text(arena, note.data, note.len);
		pointer->rule = arena_text(arena, rule.data, rule.len);
		rc = pointer->note && pointer->rule ? ENT_OK : mem_error(err);
	}
	buf_release(&note);
	buf_release(&rule);
	return rc;
}

static void take_page(struct gdelt *gdelt, struct pointer *pointer)
{
	const char *page = gdelt->row.texts[SOURCE_URL];

	if (strncmp(page, "http://", 7) == 0 || strncmp(page, "https://", 8) == 0)
		pointer->url = page;
	else if (*page)
		pointer->title = page;
}

static int read_row(struct gdelt *gdelt, struct ent_error *err)
{
	const char *const *texts = gdelt->row.texts;
	const struct action *action = cameo_action(texts[EVENT_CODE]);
	struct pointer pointer = {
		.line = gdelt->row.line, .actor = party(gdelt, ACTOR_1),
		.target = party(gdelt, ACTOR_2), .coder = "GDELT 2.0",
		.record = texts[GLOBAL_EVENT_ID], .code = texts[EVENT_CODE],
		.score = score(&gdelt->row)
	};
	int rc;

	gdelt->column = EVENT_CODE + 1;
	if (!action)
		return ent_error_set(err, ENT_EINPUT, "not a CAMEO code");
	if (!action->type || !pointer_is_ours(&pointer)) {
		gdelt->pointers.done.left_out++;
		return ENT_OK;
	}
	pointer.type = action->type;
	take_page(gdelt, &pointer);
	rc = read_day(gdelt, SQL_DATE, &pointer.date, err);
	if (rc == ENT_OK)
		rc = read_day(gdelt, DATE_ADDED, &pointer.published, err);
	if (rc == ENT_OK)
		rc = make_texts(gdelt, action, &pointer, err);
	gdelt->column = rc < 0 ? gdelt->column : 0;
	return rc < 0 ? rc : pointers_give(&gdelt->pointers, &pointer, err);
}

static int take_row(const struct row_fields *row, void *arg,
		    struct ent_error *err)
{
	struct gdelt *gdelt = arg;
	struct ent_error why = { 0 };
	int rc;

	gdelt->row = *row;
	gdelt->pointers.done.rows++;
	gdelt->column = 0;
	if (gdelt->row.count != COLUMNS)
		rc = ent_error_set(&why, ENT_EINPUT, "%zu fields; an event of "
				   "GDELT 2.0 has %d, with tabs between",
				   gdelt->row.count, COLUMNS);
	else
		rc = read_row(gdelt, &why);
	return pointers_end_row(&gdelt->pointers, gdelt->row.line,
				gdelt->column, rc, &why, err);
}

int ent_import_gdelt(int fd, const char *name, const struct ent_import *to,
		     struct ent_imported *out, struct ent_error *err)
{
	struct gdelt gdelt = { .column = 0 };
	int rc;

	assert(name && to && to->take && out);

	rc = pointers_open(&gdelt.pointers, name, to, err);
	if (rc == ENT_OK)
		rc = pointers_read(&gdelt.pointers, fd, '\t', take_row, &gdelt,
				   err);
	if (rc >= 0)
		*out = gdelt.pointers.done;
	pointers_close(&gdelt.pointers);
	return rc == ENT_END ? ENT_OK : rc;
}
