/*
 * column_map_read.c - a column map from its text, line by line.
 */
#include "import/column_map.h"

#include <assert.h>
#include <string.h>

#include "ground/near.h"
#include "ground/utf8.h"
#include "import/column_map_read.h"
#include "values/vocabulary.h"

size_t line_word(struct map_line *line, const char **out)
{
	size_t len;

	line->at += strspn(line->at, " \t");
	len = strcspn(line->at, " \t");
	*out = line->at;
	line->at += len;
	line->at += strspn(line->at, " \t");
	return len;
}

bool line_takes(struct map_line *line, const char *word)
{
	const char *at = line->at;
	const char *found;
	size_t len = line_word(line, &found);

	if (strlen(word) == len && memcmp(word, found, len) == 0)
		return true;
	line->at = at;
	return false;
}

int line_end(const struct map_line *line, struct ent_error *err)
{
	if (!*line->at)
		return ENT_OK;
	return ent_error_set(err, ENT_EINPUT, "\"%.*s\" is too much",
			     (int)utf8_cut(line->at, 40), line->at);
}

int line_name(struct map_line *line, const char **out,
		     struct ent_error *err)
{
	const char *word;
	size_t len = line_word(line, &word);

	if (len == 0)
		return ent_error_set(err, ENT_EINPUT, "a name is missing");
	*out = column_map_text(line->map, word, len, err);
	return *out ? ENT_OK : ENT_ENOMEM;
}

/* ---- how the table is written ------------------------------------------ */

static int read_delimiter(struct map_line *line, struct ent_error *err)
{
	if (line_takes(line, "comma"))
		line->map->delimiter = ',';
	else if (line_takes(line, "semicolon"))
		line->map->delimiter = ';';
	else if (line_takes(line, "tab"))
		line->map->delimiter = '\t';
	else
		return ent_error_set(err, ENT_EINPUT, "a delimiter is comma, "
				     "semicolon or tab");
	return line_end(line, err);
}

static int read_skip(struct map_line *line, struct ent_error *err)
{
	unsigned lines = 0;

	for (; *line->at >= '0' && *line->at <= '9' && lines < 100000; line->at++)
		lines = lines * 10 + (unsigned)(*line->at - '0');
	line->map->skip = lines;
	return line_end(line, err);
}

static int read_words(struct map_line *line, const char ***words, size_t *count,
		      size_t *room, struct ent_error *err)
{
	int rc = ENT_OK;

	while (*line->at && rc == ENT_OK) {
		rc = mem_grow(words, room, *count + 1, sizeof(**words), err);
		if (rc == ENT_OK)
			rc = line_name(line, &(*words)[*count], err);
		if (rc == ENT_OK)
			(*count)++;
	}
	return rc;
}

static int read_columns(struct map_line *line, struct ent_error *err)
{
	line->map->has_header = false;
	return read_words(line, &line->map->given, &line->map->given_count,
			  &line->map->given_room, err);
}

static int read_missing(struct map_line *line, struct ent_error *err)
{
	return read_words(line, &line->map->missing, &line->map->missing_count,
			  &line->map->missing_room, err);
}

/* ---- names ------------------------------------------------------------- */

int line_is_new(const struct column_map *map, const char *name,
		  struct ent_error *err)
{
	for (size_t i = 0; i < map->columns_count; i++)
		if (strcmp(map->columns[i].name, name) == 0)
			return ent_error_set(err, ENT_EINPUT, "\"%s\" is used "
					     "as a column in line %u", name,
					     map->columns[i].line);
	for (size_t i = 0; i < map->lets_count; i++)
		if (strcmp(map->lets[i].name, name) == 0)
			return ent_error_set(err, ENT_EINPUT, "there is a \"%s\" "
					     "above", name);
	return ENT_OK;
}

static int read_let(struct map_line *line, struct ent_error *err)
{
	struct column_map *map = line->map;
	struct let let = { 0 };
	int rc = line_name(line, &let.name, err);

	if (rc == ENT_OK && !line_takes(line, "="))
		rc = ent_error_set(err, ENT_EINPUT, "a \"=\" is missing");
	if (rc == ENT_OK)
		rc = read_template(map, line->at, line->number, &let.value, err);
	if (rc == ENT_OK) /* nor may the value use a column of that name */
		rc = line_is_new(map, let.name, err);
	if (rc == ENT_OK)
		rc = mem_grow(&map->lets, &map->lets_room, map->lets_count + 1,
			      sizeof(let), err);
	if (rc == ENT_OK)
		map->lets[map->lets_count++] = let;
	return rc;
}

static int read_table(struct map_line *line, struct ent_error *err)
{
	struct column_map *map = line->map;
	struct lookup lookup = { 0 };
	int rc = line_name(line, &lookup.name, err);

	if (rc == ENT_OK)
		rc = line_end(line, err);
	if (rc == ENT_OK)
		rc = mem_grow(&map->lookups, &map->lookups_room,
			      map->lookups_count + 1, sizeof(lookup), err);
	if (rc == ENT_OK)
		map->lookups[map->lookups_count++] = lookup;
	return rc;
}

/* ---- events ------------------------------------------------------------ */

static int read_once(struct map_line *line, struct block *block,
		     struct ent_error *err)
{
	const char *name;
	int rc;

	if (!line_takes(line, "per"))
		return ent_error_set(err, ENT_EINPUT, "write \"once per\" and "
				     "the name of a group");
	rc = line_name(line, &name, err);
	for (size_t i = 0; rc == ENT_OK && i < line->map->groups.count; i++) {
		if (strcmp(line->map->groups.items[i].name, name) == 0) {
			block->once = true;
			block->group = i;
			return ENT_OK;
		}
	}
	return rc < 0 ? rc : ent_error_set(err, ENT_EINPUT, "there is no group "
					   "\"%s\" above", name);
}

static int read_event(struct map_line *line, struct ent_error *err)
{
	struct column_map *map = line->map;
	struct block block = { 0 };
	enum event_type type;
	int rc = mem_grow(&map->blocks, &map->blocks_room, map->blocks_count + 1,
			  sizeof(block), err);

	if (rc == ENT_OK)
		rc = line_name(line, &block.type, err);
	if (rc == ENT_OK)
		rc = vocabulary_find(block.type, &type, err);
	if (rc < 0)
		return rc;
	map->blocks[map->blocks_count++] = block;
	line->block = &map->blocks[map->blocks_count - 1];
	if (line_takes(line, "once"))
		rc = read_once(line, line->block, err);
	if (rc == ENT_OK && line_takes(line, "when"))
		return read_conditions(line, &line->block->when, err);
	return rc < 0 ? rc : line_end(line, err);
}

static int read_every(struct map_line *line, struct ent_error *err)
{
	if (!line_takes(line, "event"))
		return ent_error_set(err, ENT_EINPUT, "write \"every event\"");
	line->block = &line->map->every;
	return line_end(line, err);
}

/* ---- lines ------------------------------------------------------------- */

static const struct directive {
	const char *word;
	int (*read)(struct map_line *line, struct ent_error *err);
} directives[] = {
	{ "columns", read_columns },     { "delimiter", read_delimiter },
	{ "event", read_event },         { "every", read_every },
	{ "group", read_group },         { "leave", read_leave_out },
	{ "let", read_let },             { "merge", read_merge },
	{ "missing", read_missing },     { "skip", read_skip },
	{ "spell", read_spell },         { "table", read_table },
};

enum { DIRECTIVES = sizeof(directives) / sizeof(*directives) };

static int read_directive(struct map_line *line, struct ent_error *err)
{
	struct near near;
	const char *word;

	line->block = NULL;
	for (size_t i = 0; i < DIRECTIVES; i++) {
		if (!line_takes(line, directives[i].word))
			continue;
		line->in_table = directives[i].read == read_table;
		return directives[i].read(line, err);
	}
	if (line_name(line, &word, err) < 0)
		return ENT_ENOMEM;
	near = near_start(word);
	for (size_t i = 0; i < DIRECTIVES; i++)
		near_offer(&near, directives[i].word);
	return ent_error_set(err, ENT_EINPUT, "there is no \"%.*s\"%s%s%s",
			     (int)utf8_cut(word, 40), word,
			     near.best ? "; did you mean \"" : "",
			     near.best ? near.best : "", near.best ? "\"?" : "");
}

static int read_line(struct map_line *line, struct ent_error *err)
{
	const char *start = line->at;

	line->at += strspn(line->at, " \t");
	if (!*line->at || *line->at == '#')
		return ENT_OK;
	if (line->at == start)
		return read_directive(line, err);
	if (line->block)
		return read_field(line, err);
	if (line->in_table)
		return read_lookup_row(line, err);
	return ent_error_set(err, ENT_EINPUT, "an indented line stands below a "
			     "table or an event");
}

/* Cut the text into lines, without blanks at their ends. */
static int read_lines(struct column_map *map, char *text, struct ent_error *err)
{
	struct map_line line = { .map = map };
	int rc = ENT_OK;

	while (text && rc == ENT_OK) {
		char *end = strchr(text, '\n');
		size_t len = end ? (size_t)(end - text) : strlen(text);

		while (len > 0 && strchr(" \t\r", text[len - 1]))
			len--;
		text[len] = '\0';
		line.at = text;
		line.number++;
		rc = read_line(&line, err);
		text = end ? end + 1 : NULL;
	}
	if (rc < 0)
		ent_error_wrap(err, "map: line %u", line.number);
	else if (map->blocks_count == 0)
		rc = ent_error_set(err, ENT_EINPUT, "map: it makes no event");
	return rc;
}

int column_map_read(const char *text, size_t len, struct column_map **out,
		    struct ent_error *err)
{
	struct column_map *map = mem_new(1, sizeof(*map));
	char *copy;
	int rc = ENT_OK;

	assert((text || len == 0) && out);

	if (!map)
		return mem_error(err);
	map->delimiter = ',';
	map->has_header = true;
	if (utf8_check(text, len) != len || memchr(text, '\0', len))
		rc = ent_error_set(err, ENT_EINPUT, "map: not a text in UTF-8");
	if (rc == ENT_OK && !(copy = arena_text(&map->arena, text, len)))
		rc = mem_error(err);
	if (rc == ENT_OK)
		rc = read_lines(map, copy + (strncmp(copy, "\xEF\xBB\xBF", 3) ==
					     0 ? 3 : 0), err);
	if (rc < 0) {
		column_map_free(map);
		return rc;
	}
	*out = map;
	return ENT_OK;
}
