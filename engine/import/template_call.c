/*
 * template_call.c - the functions that a template may call.
 */
#include "import/template.h"

#include <assert.h>
#include <string.h>

#include "ground/buf.h"
#include "ground/utf8.h"
#include "import/column_map.h"
#include "entente/date.h"

/* Numbers of states lie within (ATOP adds some of four digits for what the
 * Correlates of War project does not count); "now" for a translator. */
enum { COW_FIRST = 2, COW_LAST = 9999, YEAR_NOW = 9999 };

static int keep(struct scope *scope, const char *text, size_t len,
		const char **out, struct ent_error *err)
{
	const char *copy = arena_text(scope->scratch, text, len);

	if (!copy)
		return mem_error(err);
	*out = copy;
	return ENT_OK;
}

static int keep_buf(struct scope *scope, struct buf *text, const char **out,
		    struct ent_error *err)
{
	int rc = buf_check(text, err);

	if (rc == ENT_OK)
		rc = keep(scope, text->len ? text->data : "", text->len, out,
			  err);
	buf_release(text);
	return rc;
}

/* All of text as a whole number below a million, or -1. */
static int number(const char *text)
{
	int value = 0;

	if (!*text || strlen(text) > 6)
		return -1;
	for (; *text; text++) {
		if (*text < '0' || *text > '9')
			return -1;
		value = value * 10 + (*text - '0');
	}
	return value;
}

/* ---- dates ------------------------------------------------------------- */

static bool is_missing(const struct column_map *map, const char *text)
{
	for (size_t i = 0; i < map->missing_count; i++)
		if (strcmp(map->missing[i], text) == 0)
			return true;
	return *text == '\0';
}

static int bad_part(const char *what, const char *text, struct ent_error *err)
{
	return ent_error_set(err, ENT_EINPUT, "\"%.*s\" is not a %s",
			     (int)utf8_cut(text, 60), text, what);
}

/* "63" would be a year of the first century, which nobody means. */
static int short_year(const char *text, struct ent_error *err)
{
	return ent_error_set(err, ENT_EINPUT, "year %s: four digits", text);
}

/* Year, month, day: from the first that is missing on, the date is partial; where
 * the year is, there is none. */
static int call_date(struct scope *scope, const char *const *args, size_t count,
		     const char **out, struct ent_error *err)
{
	static const char *const what[] = { "year", "month", "day" };
	static const int most[] = { 9999, 12, 31 };
	struct ent_date date;
	struct buf text = { 0 };
	int rc;

	assert(count <= sizeof(most) / sizeof(*most)); /* as its row says */
	for (size_t i = 0; i < count && !is_missing(scope->map, args[i]); i++) {
		int part = number(args[i]);

		if (part < 1 || part > most[i]) {
			buf_release(&text);
			return bad_part(what[i], args[i], err);
		}
		if (i == 0 && strlen(args[i]) < 3) {
			buf_release(&text);
			return short_year(args[i], err);
		}
		buf_printf(&text, i == 0 ? "%04d" : "-%02d", part);
	}
	rc = keep_buf(scope, &text, out, err);
	return rc < 0 || !**out ? rc : ent_date_parse(*out, &date, err);
}

/* The year of a date: that of the first day on which it may be. */
static int call_year(struct scope *scope, const char *const *args, size_t count,
		     const char **out, struct ent_error *err)
{
	char day[ENT_DAY_TEXT_SIZE];
	struct ent_date date;
	int rc;

	(void)count;
	if (!*args[0])
		return keep(scope, "", 0, out, err);
	rc = ent_date_parse(args[0], &date, err);
	if (rc < 0)
		return rc;
	ent_day_text(date.lo, day);
	return keep(scope, day, day[0] == '.' ? 0 : 4, out, err);
}

/* The day before: "held no more on" becomes "held last on".  Of a month or year
 * there is no telling: it stays. */
static int call_day_before(struct scope *scope, const char *const *args,
			   size_t count, const char **out, struct ent_error *err)
{
	char day[ENT_DAY_TEXT_SIZE];
	struct ent_date date;
	int rc;

	(void)count;
	if (!*args[0])
		return keep(scope, "", 0, out, err);
	rc = ent_date_parse(args[0], &date, err);
	if (rc < 0)
		return rc;
	if (date.lo != date.hi)
		return keep(scope, args[0], strlen(args[0]), out, err);
	ent_day_text(date.lo - 1, day);
	return keep(scope, day, strlen(day), out, err);
}

/* ---- codes ------------------------------------------------------------- */

/* A state of the Correlates of War project in a year, which may be missing: now.
 * One that has no code of ISO 3166-1 keeps its number. */
static int call_cow(struct scope *scope, const char *const *args, size_t count,
		    const char **out, struct ent_error *err)
{
	int state = number(args[0]);
	int year = YEAR_NOW;
	struct buf text = { 0 };
	const char *code;

	if (state < COW_FIRST || state > COW_LAST)
		return bad_part("number of the Correlates of War project",
				args[0], err);
	if (count > 1 && !is_missing(scope->map, args[1])) {
		year = number(args[1]);
		if (year < 0)
			return bad_part("year", args[1], err);
	}
	code = lexicon_cow(scope->lexicon, state, year);
	if (code) {
		*out = code;
		return ENT_OK;
	}
	buf_printf(&text, "COW-%d", state);
	return keep_buf(scope, &text, out, err);
}

static int call_iso2(struct scope *scope, const char *const *args, size_t count,
		     const char **out, struct ent_error *err)
{
	const char *code = lexicon_iso2(scope->lexicon, args[0]);

	(void)count;
	if (!code)
		return bad_part("code of a state", args[0], err);
	*out = code;
	return ENT_OK;
}

/* ---- texts ------------------------------------------------------------- */

static int call_upper(struct scope *scope, const char *const *args, size_t count,
		      const char **out, struct ent_error *err)
{
	struct buf text = { 0 };

	(void)count;
	for (const char *c = args[0]; *c; c++)
		buf_byte(&text, (unsigned char)(*c >= 'a' && *c <= 'z' ?
						*c - 'a' + 'A' : *c));
	return keep_buf(scope, &text, out, err);
}

/* Those that are not empty, with commas between. */
static int call_list(struct scope *scope, const char *const *args, size_t count,
		     const char **out, struct ent_error *err)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < count; i++) {
		if (*args[i] && text.len)
			buf_text(&text, ", ");
		buf_text(&text, args[i]);
	}
	return keep_buf(scope, &text, out, err);
}

static const struct function functions[] = {
	{ "cow", 1, 2, call_cow },
	{ "date", 1, 3, call_date },
	{ "day_before", 1, 1, call_day_before },
	{ "iso2", 1, 1, call_iso2 },
	{ "list", 1, FUNCTION_ARGS_MAX, call_list },
	{ "upper", 1, 1, call_upper },
	{ "year", 1, 1, call_year },
};

const struct function *function_at(size_t i)
{
	return i < sizeof(functions) / sizeof(*functions) ? &functions[i] : NULL;
}

const struct function *function_find(const char *name, size_t len)
{
	const struct function *function;

	for (size_t i = 0; (function = function_at(i)); i++)
		if (strlen(function->name) == len &&
		    memcmp(function->name, name, len) == 0)
			return function;
	return NULL;
}
