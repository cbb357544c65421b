/*
 * lexicon_rows.c - what the columns of a row say.
 */
#include "news/lexicon/lexicon_private.h"

#include "news/lexicon/lexicon_words.h"

#include <string.h>

enum { CODE_MIN = 2, CODE_MAX = 32, YEAR_DIGITS = 4 };

static bool is_none(const char *column)
{
	return strcmp(column, "-") == 0;
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_capital(char byte)
{
	return byte >= 'A' && byte <= 'Z';
}

/* The next item of a column that is cut at its bars, or NULL; *at is what is left. */
static char *next_item(char **at)
{
	char *item = *at;

	if (!item)
		return NULL;
	*at = strchr(item, '|');
	if (*at)
		*(*at)++ = '\0';
	return item;
}

/* [A-Z][A-Z0-9-]{1,31}, as events take it; an alliance's may begin with a digit. */
static int check_code(const char *code, struct ent_error *err)
{
	size_t len = strlen(code);
	bool good = len >= CODE_MIN && len <= CODE_MAX && is_capital(code[0]);

	for (size_t i = 1; i < len && good; i++)
		good = is_capital(code[i]) || is_digit(code[i]) || code[i] == '-';
	if (good)
		return ENT_OK;
	return ent_error_set(err, ENT_ECORRUPT, "\"%s\" is no code", code);
}

/* Up to four digits at *at; 0 where there is none. */
static int take_year(const char **at)
{
	int year = 0;

	for (int i = 0; i < YEAR_DIGITS && is_digit(**at); i++)
		year = year * 10 + *(*at)++ - '0';
	return year;
}

/* FROM-TO, FROM-, -TO or - alone. */
static int read_years(const char *text, int *from, int *to,
		      struct ent_error *err)
{
	const char *at = text;

	*from = take_year(&at);
	if (*at != '-')
		goto bad;
	at++;
	*to = take_year(&at);
	if (*at != '\0' || (*from && *to && *from > *to))
		goto bad;
	return ENT_OK;
bad:
	return ent_error_set(err, ENT_ECORRUPT, "\"%s\" are no years", text);
}

static int add_code(struct lexicon *lexicon, const char *text,
		    enum code_kind kind, size_t party, struct ent_error *err)
{
	struct map_key key = { word_hash(text), kind };
	int rc = check_code(text, err);

	if (rc < 0)
		return rc;
	if (map_find(&lexicon->codes_index, key))
		return ent_error_set(err, ENT_ECORRUPT,
				     "the code \"%s\" stands twice", text);
	rc = mem_grow(&lexicon->codes, &lexicon->codes_room,
		      lexicon->codes_count + 1, sizeof(*lexicon->codes), err);
	if (rc == ENT_OK)
		rc = map_add(&lexicon->codes_index, key, lexicon->codes_count,
			     err);
	if (rc == ENT_OK)
		lexicon->codes[lexicon->codes_count++] =
			(struct code){ text, party };
	return rc;
}

static int add_party(struct lexicon *lexicon, struct party party,
		     struct ent_error *err)
{
	int rc;

	if (!party.title)
		return ent_error_set(err, ENT_ECORRUPT, "%s has no title",
				     party.code);
	rc = add_code(lexicon, party.code, CODE_OWN, lexicon->parties_count, err);
	if (rc == ENT_OK)
		rc = mem_grow(&lexicon->parties, &lexicon->parties_room,
			      lexicon->parties_count + 1,
			      sizeof(*lexicon->parties), err);
	if (rc == ENT_OK)
		lexicon->parties[lexicon->parties_count++] = party;
	return rc;
}

/* Take the years off text, if there are any, and set those of name. */
static int take_years(char *text, struct name *name, struct ent_error *err)
{
	char *years = strstr(text, " @");

	if (!years)
		return ENT_OK;
	*years = '\0';
	return read_years(years + 2, &name->from, &name->to, err);
}

/* Learn one name, written as in a file; the rest is as in model.  *out_phrase is
 * it without its marks. */
static int read_name(struct lexicon *lexicon, char *text,
		     const struct name *model, const char **out_phrase,
		     struct ent_error *err)
{
	struct name *name = arena_alloc(&lexicon->arena, sizeof(*name));
	int rc;

	if (!name)
		return mem_error(err);
	*name = *model;
	if (*text == '~') {
		name->flags |= NAME_WEAK;
		text++;
	}
	*out_phrase = text;
	rc = take_years(text, name, err);
	return rc < 0 ? rc : lexicon_learn(lexicon, text, name, err);
}

/* Learn the names of a column; the first is *out_title, which may be NULL. */
static int read_names(struct lexicon *lexicon, char *column, struct name model,
		      enum name_kind kind, const char **out_title,
		      struct ent_error *err)
{
	const char *phrase = NULL;
	char *text;
	int rc = ENT_OK;

	model.kind = kind;
	if (is_none(column))
		return ENT_OK;
	while (rc == ENT_OK && (text = next_item(&column))) {
		rc = read_name(lexicon, text, &model, &phrase, err);
		if (out_title && !*out_title)
			*out_title = phrase;
	}
	return rc;
}

static struct name name_of(const struct party *party)
{
	return (struct name){ .code = party->code, .flags = party->flags,
			      .from = party->from, .to = party->to };
}

static int read_short_codes(struct lexicon *lexicon, char *column, size_t party,
			    struct ent_error *err)
{
	char *text;
	int rc = ENT_OK;

	if (is_none(column))
		return ENT_OK;
	while (rc == ENT_OK && (text = next_item(&column)))
		rc = add_code(lexicon, text, CODE_SHORT, party, err);
	return rc;
}

/* NUMBER or NUMBER:FROM-TO. */
static int read_cow(const char *text, struct cow_span *span,
		    struct ent_error *err)
{
	const char *at = text;

	span->number = take_year(&at);
	if (span->number == 0 || (*at != ':' && *at != '\0'))
		return ent_error_set(err, ENT_ECORRUPT, "\"%s\" is no number",
				     text);
	if (*at == '\0')
		return ENT_OK;
	return read_years(at + 1, &span->from, &span->to, err);
}

static int read_cows(struct lexicon *lexicon, char *column, size_t party,
		     struct ent_error *err)
{
	char *text;
	int rc = ENT_OK;

	if (is_none(column))
		return ENT_OK;
	while (rc == ENT_OK && (text = next_item(&column))) {
		struct cow_span span = { .party = party };

		rc = read_cow(text, &span, err);
		if (rc == ENT_OK)
			rc = mem_grow(&lexicon->spans, &lexicon->spans_room,
				      lexicon->spans_count + 1, sizeof(span),
				      err);
		if (rc == ENT_OK)
			lexicon->spans[lexicon->spans_count++] = span;
	}
	return rc;
}

int lexicon_read_state(struct lexicon *lexicon, char **columns,
		       struct ent_error *err)
{
	static const enum name_kind kinds[] = { NAME_ADJECTIVE, NAME_PEOPLE,
						NAME_CAPITAL };
	struct party party = { .code = columns[0] };
	size_t index = lexicon->parties_count;
	int rc = read_years(columns[3], &party.from, &party.to, err);

	if (rc == ENT_OK)
		rc = read_names(lexicon, columns[4], name_of(&party), NAME_STATE,
				&party.title, err);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (rc == ENT_OK)
			rc = read_names(lexicon, columns[5 + i], name_of(&party),
					kinds[i], NULL, err);
	}
	if (rc == ENT_OK)
		rc = add_party(lexicon, party, err);
	if (rc == ENT_OK)
		rc = read_short_codes(lexicon, columns[1], index, err);
	return rc < 0 ? rc : read_cows(lexicon, columns[2], index, err);
}

static int read_kind(const char *text, unsigned *flags, struct ent_error *err)
{
	static const char *const others[] = { "security", "political",
					      "economic", "court", "treaty" };

	*flags = 0;
	if (strcmp(text, "military") == 0) {
		*flags = NAME_MILITARY;
		return ENT_OK;
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (strcmp(text, others[i]) == 0)
			return ENT_OK;
	}
	return ent_error_set(err, ENT_ECORRUPT, "\"%s\" is no kind of alliance",
			     text);
}

int lexicon_read_alliance(struct lexicon *lexicon, char **columns,
			  struct ent_error *err)
{
	struct party party = { .code = columns[0], .alliance = true };
	int rc = read_kind(columns[1], &party.flags, err);

	if (rc == ENT_OK)
		rc = read_years(columns[2], &party.from, &party.to, err);
	if (rc == ENT_OK)
		rc = read_names(lexicon, columns[3], name_of(&party),
				NAME_ALLIANCE, &party.title, err);
	if (rc == ENT_OK)
		rc = read_names(lexicon, columns[4], name_of(&party),
				NAME_TREATY, NULL, err);
	return rc < 0 ? rc : add_party(lexicon, party, err);
}

int lexicon_read_office(struct lexicon *lexicon, char **columns,
			struct ent_error *err)
{
	const struct party *party = lexicon_party(lexicon, columns[1], CODE_OWN);

	if (!party)
		return ent_error_set(err, ENT_ECORRUPT,
				     "no state has the code \"%s\"", columns[1]);
	return read_names(lexicon, columns[0], name_of(party), NAME_PERSON, NULL,
			  err);
}

int lexicon_read_leader(struct lexicon *lexicon, char **columns,
			struct ent_error *err)
{
	struct name model = { .code = columns[0] };
	int rc = read_years(columns[1], &model.from, &model.to, err);

	if (rc == ENT_OK && !lexicon_party(lexicon, columns[0], CODE_OWN))
		rc = ent_error_set(err, ENT_ECORRUPT,
				   "no state or alliance has the code \"%s\"",
				   columns[0]);
	for (unsigned i = 2; i < 4 && rc == ENT_OK; i++)
		rc = read_names(lexicon, columns[i], model, NAME_PERSON, NULL,
				err);
	return rc;
}

int lexicon_read_stop(struct lexicon *lexicon, char **columns,
		      struct ent_error *err)
{
	struct name nobody = { .code = "" };

	return read_names(lexicon, columns[0], nobody, NAME_STOP, NULL, err);
}

int lexicon_read_spelling(struct lexicon *lexicon, char **columns,
			  struct ent_error *err)
{
	int rc = mem_grow(&lexicon->spellings, &lexicon->spellings_room,
			  lexicon->spellings_count + 1,
			  sizeof(*lexicon->spellings), err);

	if (rc == ENT_OK)
		lexicon->spellings[lexicon->spellings_count++] =
			(struct spelling){ columns[0], columns[1] };
	return rc;
}

int lexicon_read_follower(struct lexicon *lexicon, char **columns,
			  struct ent_error *err)
{
	size_t node;

	return lexicon_grow(lexicon, NODE_FOLLOWERS, columns[0], &node, err);
}
