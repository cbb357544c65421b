/*
 * column_map_rows.c - the indented lines of a map: fields of events, rows of
 * tables.
 */
#include "import/column_map_read.h"

#include <string.h>

#include "ground/near.h"
#include "ground/utf8.h"

/* ---- fields ------------------------------------------------------------ */

/* What an event may have but for type and id, which are given otherwise. */
static const char *const keys[] = {
	"actor", "alliance", "attributed_to", "coder", "corrects", "date",
	"modality", "object", "retracts", "summary", "target", "until",
	"source.author", "source.publisher", "source.published", "source.quote",
	"source.retrieved", "source.title", "source.url"
};

enum { KEYS = sizeof(keys) / sizeof(*keys), DATA_LEN = 5 };

static bool is_data(const char *name)
{
	return strncmp(name, "data.", DATA_LEN) == 0 && name[DATA_LEN];
}

static int check_key(const char *name, struct ent_error *err)
{
	struct near near = near_start(name);

	if (is_data(name))
		return ENT_OK;
	for (size_t i = 0; i < KEYS; i++) {
		if (strcmp(keys[i], name) == 0)
			return ENT_OK;
	}
	for (size_t i = 0; i < KEYS; i++)
		near_offer(&near, keys[i]);
	return ent_error_set(err, ENT_EINPUT, "an event has no field \"%.*s\""
			     "%s%s%s", (int)utf8_cut(name, 40), name,
			     near.best ? "; did you mean \"" : "",
			     near.best ? near.best : "", near.best ? "\"?" : "");
}

static bool has_field(const struct block *block, const struct field *field)
{
	for (size_t i = 0; i < block->count; i++) {
		const struct field *other = &block->fields[i];

		if (strcmp(other->key, field->key) == 0 &&
		    strcmp(other->member ? other->member : "",
			   field->member ? field->member : "") == 0)
			return true;
	}
	return false;
}

/* Cut "source.title" in two. */
static int split_key(struct column_map *map, const char *name,
		     struct field *field, struct ent_error *err)
{
	const char *dot = strchr(name, '.');

	field->key = name;
	if (!dot)
		return ENT_OK;
	field->member = dot + 1;
	field->key = column_map_text(map, name, (size_t)(dot - name), err);
	return field->key ? ENT_OK : ENT_ENOMEM;
}

int read_field(struct map_line *line, struct ent_error *err)
{
	struct block *block = line->block;
	struct field field = { .line = line->number };
	const char *word, *name;
	size_t len = line_word(line, &word);
	int rc;

	name = column_map_text(line->map, word, len, err);
	if (!name)
		return ENT_ENOMEM;
	rc = check_key(name, err);
	if (rc == ENT_OK)
		rc = split_key(line->map, name, &field, err);
	if (rc == ENT_OK && has_field(block, &field))
		rc = ent_error_set(err, ENT_EINPUT, "there is a \"%s\" above",
				   name);
	if (rc == ENT_OK && !*line->at)
		rc = ent_error_set(err, ENT_EINPUT, "\"%s\" has no value", name);
	if (rc == ENT_OK)
		rc = read_template(line->map, line->at, line->number,
				   &field.value, err);
	if (rc == ENT_OK)
		rc = mem_grow(&block->fields, &block->room, block->count + 1,
			      sizeof(field), err);
	if (rc == ENT_OK)
		block->fields[block->count++] = field;
	return rc;
}

/* ---- rows of tables ---------------------------------------------------- */

/* A word, or 'several words'. */
static int read_value(struct map_line *line, const char **out,
		      struct ent_error *err)
{
	const char *word;
	size_t len;
	int rc;

	if (*line->at == '\'') {
		rc = read_quotes(line->map, &line->at, out, err);
		if (rc == ENT_OK && !*out)
			rc = ent_error_set(err, ENT_EINPUT, "a quote is never "
					   "closed");
		line->at += strspn(line->at, " \t");
		return rc;
	}
	len = line_word(line, &word);
	*out = column_map_text(line->map, word, len, err);
	return *out ? ENT_OK : ENT_ENOMEM;
}

int read_lookup_row(struct map_line *line, struct ent_error *err)
{
	struct lookup *lookup =
		&line->map->lookups[line->map->lookups_count - 1];
	struct lookup_row row = { NULL, NULL };
	bool otherwise = line_takes(line, "else");
	int rc = otherwise ? ENT_OK : read_value(line, &row.from, err);

	if (rc < 0)
		return rc;
	row.to = column_map_text(line->map, line->at, strlen(line->at), err);
	if (!row.to)
		return ENT_ENOMEM;
	if (otherwise) {
		lookup->otherwise = row.to;
		return ENT_OK;
	}
	rc = mem_grow(&lookup->rows, &lookup->room, lookup->count + 1,
		      sizeof(row), err);
	if (rc == ENT_OK)
		lookup->rows[lookup->count++] = row;
	return rc;
}
