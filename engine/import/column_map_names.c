/*
 * column_map_names.c - the templates and conditions of a map: names on their way
 * to what they mean.  What a name is must be said above where it is used; what
 * nothing said is a column of the table.
 */
#include "import/column_map.h"

#include <string.h>

#include "ground/buf.h"
#include "ground/near.h"
#include "ground/utf8.h"

enum { CALLS_MAX = 8 }; /* within each other */

struct reader {
	struct column_map *map;
	const char *at;
	unsigned line;
	unsigned calls;
	struct ent_error *err;
};

static int read_expression(struct reader *reader, struct part **out);

const char *column_map_text(struct column_map *map, const char *text, size_t len,
			    struct ent_error *err)
{
	const char *copy = arena_text(&map->arena, text, len);

	if (!copy)
		mem_error(err);
	return copy;
}

static void skip_blanks(struct reader *reader)
{
	reader->at += strspn(reader->at, " \t");
}

static int bad(const struct reader *reader, const char *what)
{
	return ent_error_set(reader->err, ENT_EINPUT, "%s at \"%.*s\"", what,
			     (int)utf8_cut(reader->at, 40), reader->at);
}

static int new_part(struct reader *reader, enum part_kind kind, const char *text,
		    size_t len, struct part **out)
{
	struct part *part = arena_alloc(&reader->map->arena, sizeof(*part));

	if (!part)
		return mem_error(reader->err);
	part->kind = kind;
	part->text = column_map_text(reader->map, text, len, reader->err);
	if (!part->text)
		return ENT_ENOMEM;
	*out = part;
	return ENT_OK;
}

/* ---- names ------------------------------------------------------------- */

static bool same(const char *name, const char *text, size_t len)
{
	return strlen(name) == len && memcmp(name, text, len) == 0;
}

static int column(struct reader *reader, struct part *part)
{
	struct column_map *map = reader->map;
	int rc;

	part->kind = PART_COLUMN;
	for (size_t i = 0; i < map->columns_count; i++) {
		if (strcmp(map->columns[i].name, part->text) == 0) {
			part->index = i;
			return ENT_OK;
		}
	}
	rc = mem_grow(&map->columns, &map->columns_room, map->columns_count + 1,
		      sizeof(*map->columns), reader->err);
	if (rc < 0)
		return rc;
	part->index = map->columns_count;
	map->columns[map->columns_count++] = (struct named_column){
		.name = part->text, .line = reader->line
	};
	return ENT_OK;
}

/* NAME.from or NAME.to of a group. */
static bool group_end(const struct reader *reader, struct part *part)
{
	const char *dot = strchr(part->text, '.');

	for (size_t i = 0; dot && i < reader->map->groups.count; i++) {
		if (!same(reader->map->groups.items[i].name, part->text,
			  (size_t)(dot - part->text)))
			continue;
		if (strcmp(dot, ".from") != 0 && strcmp(dot, ".to") != 0)
			continue;
		part->kind = dot[1] == 'f' ? PART_GROUP_FROM : PART_GROUP_TO;
		part->index = i;
		return true;
	}
	return false;
}

static int resolve(struct reader *reader, struct part *part)
{
	const struct column_map *map = reader->map;

	for (size_t i = 0; i < map->lets_count; i++) {
		if (strcmp(map->lets[i].name, part->text) == 0) {
			part->kind = PART_LET;
			part->index = i;
			return ENT_OK;
		}
	}
	return group_end(reader, part) ? ENT_OK : column(reader, part);
}

/* ---- calls ------------------------------------------------------------- */

static int unknown_function(const struct reader *reader, const char *name)
{
	struct near near = near_start(name);
	const struct function *function;

	for (size_t i = 0; (function = function_at(i)); i++)
		near_offer(&near, function->name);
	for (size_t i = 0; i < reader->map->lookups_count; i++)
		near_offer(&near, reader->map->lookups[i].name);
	return ent_error_set(reader->err, ENT_EINPUT, "there is no function or "
			     "table \"%.*s\"%s%s%s", (int)utf8_cut(name, 60),
			     name, near.best ? "; did you mean \"" : "",
			     near.best ? near.best : "", near.best ? "\"?" : "");
}

static int called(struct reader *reader, struct part *part)
{
	const struct column_map *map = reader->map;

	part->function = function_find(part->text, strlen(part->text));
	if (part->function) {
		part->kind = PART_FUNCTION;
		return ENT_OK;
	}
	for (size_t i = 0; i < map->lookups_count; i++) {
		if (strcmp(map->lookups[i].name, part->text) == 0) {
			part->kind = PART_TABLE;
			part->index = i;
			return ENT_OK;
		}
	}
	return unknown_function(reader, part->text);
}

static int check_count(const struct reader *reader, const struct part *part)
{
	size_t least = part->function ? part->function->args_min : 1;
	size_t most = part->function ? part->function->args_max : 1;

	if (part->args_count >= least && part->args_count <= most)
		return ENT_OK;
	return ent_error_set(reader->err, ENT_EINPUT, "%s() takes %zu to %zu "
			     "values, not %zu", part->text, least, most,
			     part->args_count);
}

/* Behind the opening bracket. */
static int read_args(struct reader *reader, struct part *part)
{
	struct part **tail = &part->args;
	int rc = called(reader, part);

	if (rc == ENT_OK && ++reader->calls > CALLS_MAX)
		rc = bad(reader, "too many calls within each other");
	while (rc == ENT_OK) {
		rc = read_expression(reader, tail);
		if (rc < 0)
			break;
		tail = &(*tail)->next;
		part->args_count++;
		skip_blanks(reader);
		if (*reader->at != ',')
			break;
		reader->at++;
	}
	if (rc == ENT_OK && *reader->at != ')')
		rc = bad(reader, "a \")\" is missing");
	if (rc < 0)
		return rc;
	reader->at++;
	reader->calls--;
	return check_count(reader, part);
}

/* ---- expressions ------------------------------------------------------- */

int read_quotes(struct column_map *map, const char **at, const char **out,
		struct ent_error *err)
{
	char quote = **at;
	const char *end = *at + 1;
	struct buf text = { 0 };
	int rc;

	for (; *end && (*end != quote || end[1] == quote); end++) {
		end += *end == quote;
		buf_byte(&text, (unsigned char)*end);
	}
	*out = NULL;
	rc = buf_check(&text, err);
	if (rc == ENT_OK && *end) {
		*out = column_map_text(map, text.len ? text.data : "", text.len,
				       err);
		rc = *out ? ENT_OK : ENT_ENOMEM;
		*at = end + 1;
	}
	buf_release(&text);
	return rc;
}

/* 'text', or "a column whose name is not a plain word". */
static int read_quoted(struct reader *reader, struct part **out)
{
	char quote = *reader->at;
	const char *text;
	int rc = read_quotes(reader->map, &reader->at, &text, reader->err);

	if (rc == ENT_OK && !text)
		return bad(reader, "a quote is never closed");
	if (rc == ENT_OK)
		rc = new_part(reader, PART_TEXT, text, strlen(text), out);
	return rc != ENT_OK || quote == '\'' ? rc : column(reader, *out);
}

static int read_expression(struct reader *reader, struct part **out)
{
	size_t len;
	int rc;

	skip_blanks(reader);
	if (*reader->at == '\'' || *reader->at == '"')
		return read_quoted(reader, out);
	len = strcspn(reader->at, " \t,(){}='\"!");
	if (len == 0)
		return bad(reader, "a name is missing");
	rc = new_part(reader, PART_TEXT, reader->at, len, out);
	if (rc < 0)
		return rc;
	reader->at += len;
	if (*reader->at == '(') {
		reader->at++;
		return read_args(reader, *out);
	}
	if (strspn((*out)->text, "-0123456789") == len)
		return ENT_OK;
	return resolve(reader, *out);
}

int read_operand(struct column_map *map, const char **at, unsigned line,
		 struct part **out, struct ent_error *err)
{
	struct reader reader = { map, *at, line, 0, err };
	int rc = read_expression(&reader, out);

	skip_blanks(&reader);
	*at = reader.at;
	return rc;
}

/* ---- templates --------------------------------------------------------- */

/* Text up to the next name; doubled braces stand for one. */
static int read_literal(struct reader *reader, struct part **out)
{
	struct buf text = { 0 };
	int rc;

	while (*reader->at) {
		char c = *reader->at;

		if ((c == '{' || c == '}') && reader->at[1] == c)
			reader->at++;
		else if (c == '{' || c == '}')
			break;
		buf_byte(&text, (unsigned char)c);
		reader->at++;
	}
	rc = buf_check(&text, reader->err);
	if (rc == ENT_OK)
		rc = new_part(reader, PART_TEXT, text.len ? text.data : "",
			      text.len, out);
	buf_release(&text);
	return rc;
}

static int read_braces(struct reader *reader, struct part **out)
{
	int rc;

	reader->at++;
	rc = read_expression(reader, out);
	if (rc < 0)
		return rc;
	skip_blanks(reader);
	if (*reader->at != '}')
		return bad(reader, "a \"}\" is missing");
	reader->at++;
	return ENT_OK;
}

/* "date(a, b)" without braces, which somebody forgot. */
static bool is_bare_call(const struct column_map *map, const char *text)
{
	size_t len = strcspn(text, "({");

	if (text[len] != '(' || strchr(text, '{') || text[strlen(text) - 1] != ')')
		return false;
	if (function_find(text, len))
		return true;
	for (size_t i = 0; i < map->lookups_count; i++)
		if (strlen(map->lookups[i].name) == len &&
		    memcmp(map->lookups[i].name, text, len) == 0)
			return true;
	return false;
}

int read_template(struct column_map *map, const char *text, unsigned line,
		  struct part **out, struct ent_error *err)
{
	struct reader reader = { map, text, line, 0, err };
	struct part **tail = out;
	int rc = ENT_OK;

	*out = NULL;
	if (is_bare_call(map, text))
		return ent_error_set(err, ENT_EINPUT, "a call stands in braces: "
				     "{%.*s}", (int)utf8_cut(text, 60), text);
	while (*reader.at && rc == ENT_OK) {
		if (*reader.at == '{' && reader.at[1] != '{')
			rc = read_braces(&reader, tail);
		else if (*reader.at == '}' && reader.at[1] != '}')
			rc = bad(&reader, "a \"}\" without \"{\"");
		else
			rc = read_literal(&reader, tail);
		if (rc == ENT_OK)
			tail = &(*tail)->next;
	}
	return rc;
}
