/*
 * lexicon_load.c - the files: lines into rows, rows into columns.
 */
#include "news/lexicon/lexicon_private.h"

#include "ground/utf8.h"

#include <string.h>

enum { COLUMNS_MAX = 8 };

typedef int read_row_fn(struct lexicon *lexicon, char **columns,
			struct ent_error *err);

/* In the order in which they are read: names need the spellings. */
static const struct file_kind {
	const char *name;
	unsigned columns;
	read_row_fn *read;
} kinds[] = {
	{ "spellings.tsv", 2, lexicon_read_spelling },
	{ "followers.tsv", 1, lexicon_read_follower },
	{ "states.tsv", 8, lexicon_read_state },
	{ "alliances.tsv", 5, lexicon_read_alliance },
	{ "offices.tsv", 2, lexicon_read_office },
	{ "leaders.tsv", 4, lexicon_read_leader },
	{ "stops.tsv", 1, lexicon_read_stop },
};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static const struct file_kind *kind_of(const char *name)
{
	for (size_t i = 0; i < KINDS; i++) {
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	}
	return NULL;
}

/* Cut line at its tabs; returns how many columns it has, at most one more than
 * there is room for. */
static unsigned cut_columns(char *line, char *columns[COLUMNS_MAX])
{
	unsigned count = 0;

	while (line && count < COLUMNS_MAX) {
		columns[count++] = line;
		line = strchr(line, '\t');
		if (line)
			*line++ = '\0';
	}
	return line ? COLUMNS_MAX + 1 : count;
}

static int read_line(struct lexicon *lexicon, const struct file_kind *kind,
		     char *line, struct ent_error *err)
{
	char *columns[COLUMNS_MAX];
	unsigned count;

	if (line[0] == '#' || line[0] == '\0')
		return ENT_OK;
	count = cut_columns(line, columns);
	if (count != kind->columns)
		return ent_error_set(err, ENT_ECORRUPT,
				     "the row has %u columns, not %u", count,
				     kind->columns);
	return kind->read(lexicon, columns, err);
}

static int read_lines(struct lexicon *lexicon, const struct file_kind *kind,
		      char *text, struct ent_error *err)
{
	unsigned number = 0;
	int rc = ENT_OK;

	while (text && rc == ENT_OK) {
		char *line = text;

		text = strchr(text, '\n');
		if (text)
			*text++ = '\0';
		number++;
		rc = read_line(lexicon, kind, line, err);
	}
	if (rc < 0)
		ent_error_wrap(err, "%s: line %u", kind->name, number);
	return rc;
}

int lexicon_load(struct lexicon *lexicon, const char *name, const char *text,
		 size_t len, struct ent_error *err)
{
	const struct file_kind *kind = kind_of(name);
	char *copy;

	if (!kind)
		return ent_error_set(err, ENT_ECORRUPT,
				     "%s: no file of the lexicon has that name",
				     name);
	if (utf8_check(text, len) != len || memchr(text, '\0', len))
		return ent_error_set(err, ENT_ECORRUPT, "%s: it is not UTF-8 text",
				     name);
	copy = arena_text(&lexicon->arena, text, len);
	if (!copy)
		return mem_error(err);
	return read_lines(lexicon, kind, copy, err);
}

static int load_kind(struct lexicon *lexicon, const struct file_kind *kind,
		     struct ent_error *err)
{
	const char *text;
	size_t len;

	for (size_t i = 0; (text = lexicon_file(i, &len)); i++) {
		if (strcmp(lexicon_file_name(i), kind->name) == 0)
			return lexicon_load(lexicon, kind->name, text, len, err);
	}
	return ent_error_set(err, ENT_ECORRUPT, "%s: the file is missing",
			     kind->name);
}

int lexicon_open(struct lexicon **out, struct ent_error *err)
{
	struct lexicon *lexicon = NULL;
	int rc = lexicon_new(&lexicon, err);

	for (size_t i = 0; i < KINDS && rc == ENT_OK; i++)
		rc = load_kind(lexicon, &kinds[i], err);
	if (rc < 0)
		goto out;
	*out = lexicon;
	lexicon = NULL;
out:
	lexicon_close(lexicon);
	return rc;
}
