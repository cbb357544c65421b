/*
 * plover.c - records with PLOVER types or CAMEO codes, as JSON Lines.  Who writes
 * them agrees on the types and on little else, so each thing is looked for under
 * several names.
 *
 * Source: PLOVER, Open Event Data Alliance; the records of NGEC, which makes
 * POLECAT.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "doors/csv.h"
#include "doors/json.h"
#include "ground/buf.h"
#include "import/cameo.h"

enum { PARTIES_MAX = 4, WORDS_MAX = 12, TITLE_MAX = 500, QUOTE_MAX = 1000,
       URL_MAX = 4096 };

/* A machine read it, and has not said how sure it is. */
enum { SCORE = 300 };

static_assert((int)ROWS_BYTES_MAX <= (int)JSON_BYTES_MAX,
	      "a line that can be read can be parsed");

struct plover {
	struct pointers pointers;
	struct ent_value record;
	uint64_t line;
};

struct parties {
	struct party_code items[PARTIES_MAX];
	size_t count;
};

typedef const char *const names[];

static const char *text_of(const struct ent_value *map, names keys)
{
	const char *text = NULL;

	for (size_t i = 0; keys[i] && (!text || !*text); i++)
		text = ent_value_get_text(map, keys[i]);
	return text && *text ? text : NULL;
}

/* ---- parties ----------------------------------------------------------- */

/* A whole name of the lexicon. */
static struct party_code by_name(struct plover *plover, const char *text)
{
	struct pointers *pointers = &plover->pointers;
	char *copy = pointers_text(pointers, text, TITLE_MAX);
	const char *words[WORDS_MAX];
	const struct name *name;
	size_t count = 0;

	while (copy && *copy && count < WORDS_MAX) {
		words[count++] = copy;
		copy = strchr(copy, ' ');
		if (copy)
			*copy++ = '\0';
	}
	if (count == 0 || (copy && *copy) ||
	    lexicon_match(pointers->lexicon, words, count, &name) != count)
		return (struct party_code){ NULL, false };
	if (name->kind == NAME_STATE || name->kind == NAME_ALLIANCE)
		return (struct party_code){ name->code,
					    name->kind == NAME_ALLIANCE };
	return (struct party_code){ NULL, false };
}

/* "USA", "USAGOV", "IGOEUREEC", or a name. */
static struct party_code by_text(struct plover *plover, const char *text)
{
	size_t len = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	struct party_code party = { NULL, false };
	char state[4] = "", role[4] = "", group[4] = "";

	if (text[len] || len < 3 || len % 3 != 0 || len > 15)
		return by_name(plover, text);
	memcpy(state, text, 3);
	if (strcmp(state, "IGO") == 0)
		memcpy(group, text + len - 3, 3);
	else if (len > 3)
		memcpy(role, text + 3, 3);
	party = cameo_party(plover->pointers.lexicon, state, group, role);
	return party.code ? party : by_name(plover, text);
}

static struct party_code by_map(struct plover *plover,
				const struct ent_value *map)
{
	static names of_state = { "country", "country_code", "code", NULL };
	static names of_role = { "code_1", "sector", NULL };
	static names of_name = { "wiki", "name", "text", NULL };
	const char *state = text_of(map, of_state);
	const char *role = text_of(map, of_role);
	const char *name = text_of(map, of_name);
	struct party_code party = { NULL, false };

	if (state && strcmp(state, "IGO") != 0)
		return cameo_party(plover->pointers.lexicon, state, "",
				   role ? role : "");
	if (name)
		party = by_name(plover, name);
	return party;
}

static void add_party(struct parties *parties, struct party_code party)
{
	for (size_t i = 0; i < parties->count; i++)
		if (party.code && strcmp(parties->items[i].code, party.code) == 0)
			return;
	if (party.code && parties->count < PARTIES_MAX)
		parties->items[parties->count++] = party;
}

static void add_value(struct plover *plover, const struct ent_value *value,
		      struct parties *parties)
{
	if (value->kind == ENT_TEXT)
		add_party(parties, by_text(plover, value->as.text));
	else if (value->kind == ENT_MAP)
		add_party(parties, by_map(plover, value));
}

static struct parties parties_of(struct plover *plover, names keys)
{
	const struct ent_value *maps[] = {
		ent_value_get(&plover->record, "attributes"), &plover->record
	};
	const struct ent_value *value = NULL;
	struct parties parties = { .count = 0 };

	for (size_t i = 0; i < 2 && !value; i++)
		for (size_t k = 0; keys[k] && !value; k++)
			value = ent_value_get(maps[i], keys[k]);
	if (!value)
		return parties;
	if (value->kind != ENT_LIST)
		add_value(plover, value, &parties);
	for (size_t i = 0; value->kind == ENT_LIST && i < value->len; i++)
		add_value(plover, &value->as.items[i], &parties);
	return parties;
}

/* ---- dates ------------------------------------------------------------- */

/* EDTF of "2019-08-01T10:00:00", "2019-08-01 10:00", "20190801" and of EDTF. */
static int read_day(struct plover *plover, const char *text, const char **out,
		    struct ent_error *err)
{
	struct buf day = { 0 };
	struct ent_date date;
	int rc;

	if (strlen(text) == 8 && strspn(text, "0123456789") == 8)
		buf_printf(&day, "%.4s-%.2s-%.2s", text, text + 4, text + 6);
	else if (strlen(text) > 10 && (text[10] == 'T' || text[10] == ' '))
		buf_add(&day, text, 10);
	else
		buf_text(&day, text);
	rc = buf_check(&day, err);
	if (rc == ENT_OK)
		rc = ent_date_parse(day.data ? day.data : "", &date, err);
	if (rc == ENT_OK) {
		*out = arena_text(&plover->pointers.scratch, day.data, day.len);
		rc = *out ? ENT_OK : mem_error(err);
	}
	buf_release(&day);
	return rc;
}

/* NGEC takes the day of publication where it found none, and says so in
 * date_raw. */
static bool is_guessed(const struct plover *plover)
{
	const char *raw = ent_value_get_text(&plover->record, "date_raw");

	return raw && (*raw == '<' || strncmp(raw, "No date", 7) == 0);
}

/* Where only the day of publication is known, it happened by then. */
static int read_dates(struct plover *plover, struct pointer *pointer,
		      struct ent_error *err)
{
	static names of_date = { "date_resolved", "event_date", "date", NULL };
	static names of_publication = { "pub_date", "published",
					"date_published", "publication_date",
					NULL };
	const char *date = is_guessed(plover) ? NULL :
					text_of(&plover->record, of_date);
	const char *published = text_of(&plover->record, of_publication);
	size_t size;
	char *by;
	int rc = ENT_OK;

	if (published)
		rc = read_day(plover, published, &pointer->published, err);
	if (rc == ENT_OK && date)
		rc = read_day(plover, date, &pointer->date, err);
	if (rc != ENT_OK || date)
		return rc;
	if (!published)
		return ent_error_set(err, ENT_EINPUT, "it has no date");
	size = strlen(pointer->published) + sizeof("../");
	by = arena_alloc(&plover->pointers.scratch, size);
	if (!by)
		return mem_error(err);
	snprintf(by, size, "../%s", pointer->published);
	pointer->date = by;
	return ENT_OK;
}

/* ---- the record -------------------------------------------------------- */

static const char *mode_of(const struct plover *plover)
{
	static names of_mode = { "event_mode", "mode", NULL };
	const struct ent_value *modes = ent_value_get(&plover->record,
						      "event_mode");

	if (modes && modes->kind == ENT_LIST)
		return modes->len > 0 && modes->as.items[0].kind == ENT_TEXT ?
			       modes->as.items[0].as.text : NULL;
	return text_of(&plover->record, of_mode);
}

static int read_action(const struct plover *plover, struct pointer *pointer,
		       const struct action **out, struct ent_error *err)
{
	static names of_type = { "event_type", "type", "cameo", "code", NULL };
	const char *type = text_of(&plover->record, of_type);

	if (!type)
		return ent_error_set(err, ENT_EINPUT, "it has no event_type");
	*out = *type >= '0' && *type <= '9' ?
		       cameo_action(type) : plover_action(type, mode_of(plover));
	if (!*out)
		return ent_error_set(err, ENT_EINPUT, "\"%.60s\" is neither a "
				     "type of PLOVER nor a code of CAMEO", type);
	pointer->type = (*out)->type;
	pointer->code = type;
	return ENT_OK;
}

static int read_text(struct plover *plover, names keys, size_t max,
		     const char **out, struct ent_error *err)
{
	const char *text = text_of(&plover->record, keys);

	if (!text)
		return ENT_OK;
	*out = pointers_text(&plover->pointers, text, max);
	return *out ? ENT_OK : mem_error(err);
}

static int read_source(struct plover *plover, struct pointer *pointer,
		       struct ent_error *err)
{
	static names of_url = { "url", "source_url", "link", NULL };
	static names of_publisher = { "publisher", "source_name", "source", NULL };
	static names of_title = { "headline", "title", NULL };
	static names of_text = { "event_text", "sentence", "text", NULL };
	static names of_id = { "id", "event_id", "story_id", NULL };
	static names of_coder = { "version", "coder", NULL };

	const struct {
		const char *const *keys;
		size_t max;
		const char **out;
	} texts[] = {
		{ of_url, URL_MAX, &pointer->url },
		{ of_publisher, TITLE_MAX, &pointer->publisher },
		{ of_title, TITLE_MAX, &pointer->title },
		{ of_text, QUOTE_MAX, &pointer->quote },
		{ of_id, TITLE_MAX, &pointer->record },
		{ of_coder, TITLE_MAX, &pointer->coder },
	};
	int rc = ENT_OK;

	pointer->coder = "PLOVER";
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts) && rc == ENT_OK; i++)
		rc = read_text(plover, texts[i].keys, texts[i].max, texts[i].out,
			       err);
	return rc;
}

static int make_texts(struct plover *plover, const struct action *action,
		      struct pointer *pointer, struct ent_error *err)
{
	struct arena *arena = &plover->pointers.scratch;
	struct buf note = { 0 }, rule = { 0 };
	int rc;

	buf_printf(&note, "only a pointer: a machine read \"%s %s %s\" (%s) in "
		   "this text. Read it first", pointer->actor.code, action->word,
		   pointer->target.code, action->code);
	buf_printf(&rule, "plover-%s", action->code);
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

/* One candidate for each pair of parties. */
static int give_pairs(struct plover *plover, const struct action *action,
		      struct pointer *pointer, struct ent_error *err)
{
	static names of_actor = { "ACTOR", "actor", "actors", "source_actor",
				  NULL };
	static names of_target = { "RECIP", "recip", "recipient", "recipients",
				   "target", NULL };
	struct parties actors = parties_of(plover, of_actor);
	struct parties targets = parties_of(plover, of_target);
	bool any = false;
	int rc = ENT_OK;

	for (size_t i = 0; i < actors.count * targets.count && rc == ENT_OK; i++) {
		pointer->actor = actors.items[i / targets.count];
		pointer->target = targets.items[i % targets.count];
		if (!pointer_is_ours(pointer))
			continue;
		any = true;
		rc = make_texts(plover, action, pointer, err);
		if (rc == ENT_OK)
			rc = pointers_give(&plover->pointers, pointer, err);
	}
	plover->pointers.done.left_out += rc == ENT_OK && !any;
	return rc;
}

static int read_record(struct plover *plover, struct ent_error *err)
{
	struct pointer pointer = { .line = plover->line, .score = SCORE };
	const struct action *action = NULL;
	int rc;

	if (plover->record.kind != ENT_MAP)
		return ent_error_set(err, ENT_EINPUT, "a record is an object");
	rc = read_action(plover, &pointer, &action, err);
	if (rc == ENT_OK)
		rc = read_dates(plover, &pointer, err);
	if (rc < 0)
		return rc;
	if (!action->type) {
		plover->pointers.done.left_out++;
		return ENT_OK;
	}
	rc = read_source(plover, &pointer, err);
	return rc < 0 ? rc : give_pairs(plover, action, &pointer, err);
}

static int take_line(const struct row_fields *row, void *arg,
		     struct ent_error *err)
{
	struct plover *plover = arg;
	struct ent_error why = { 0 };
	int rc;

	plover->pointers.done.rows++;
	plover->line = row->line;
	rc = json_read(row->texts[0], strlen(row->texts[0]),
		       &plover->pointers.scratch, &plover->record, &why);
	if (rc == ENT_OK)
		rc = read_record(plover, &why);
	return pointers_end_row(&plover->pointers, row->line,
				(unsigned)why.column, rc, &why, err);
}

int ent_import_plover(int fd, const char *name, const struct ent_import *to,
		      struct ent_imported *out, struct ent_error *err)
{
	struct plover plover = { .line = 0 };
	int rc;

	assert(name && to && to->take && out);

	rc = pointers_open(&plover.pointers, name, to, err);
	if (rc == ENT_OK)
		rc = pointers_read(&plover.pointers, fd, '\0', take_line,
				   &plover, err);
	if (rc >= 0)
		*out = plover.pointers.done;
	pointers_close(&plover.pointers);
	return rc == ENT_END ? ENT_OK : rc;
}
