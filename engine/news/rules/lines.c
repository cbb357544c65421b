/*
 * lines.c - cutting a data file into lines and fields.
 */
#include "news/rules/lines.h"

#include "ground/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int lines_open(struct lines *lines, const char *file, const char *text,
	       size_t len, struct ent_error *err)
{
	*lines = (struct lines){ .file = file };
	if (!text)
		return ent_error_set(err, ENT_ECORRUPT, "%s is not compiled in",
				     file);
	lines->text = mem_new(len + 1, 1);
	if (!lines->text)
		return mem_error(err);
	memcpy(lines->text, text, len);
	lines->at = lines->text;
	return ENT_OK;
}

static void cut_fields(char *text, struct line *line)
{
	while (line->count < LINE_FIELDS_MAX) {
		char *tab = strchr(text, '\t');

		line->fields[line->count++] = text;
		if (!tab)
			return;
		*tab = '\0';
		text = tab + 1;
	}
}

int lines_next(struct lines *lines, struct line *out)
{
	while (*lines->at) {
		char *text = lines->at;
		char *end = strchr(text, '\n');

		lines->at = end ? end + 1 : text + strlen(text);
		if (end)
			*end = '\0';
		lines->number++;
		if (*text == '\0' || *text == '#')
			continue;
		*out = (struct line){ .file = lines->file,
				      .number = lines->number };
		cut_fields(text, out);
		return ENT_OK;
	}
	return ENT_END;
}

void lines_close(struct lines *lines)
{
	mem_free(lines->text);
	*lines = (struct lines){ 0 };
}

char *lines_word(char **rest)
{
	char *word = *rest + strspn(*rest, " ");
	char *end = word + strcspn(word, " ");

	if (end == word)
		return NULL;
	*rest = *end ? end + 1 : end;
	*end = '\0';
	return word;
}

int line_error(const struct line *line, struct ent_error *err, const char *fmt,
	       ...)
{
	char why[256];
	va_list args;

	va_start(args, fmt);
	vsnprintf(why, sizeof(why), fmt, args);
	va_end(args);
	return ent_error_set(err, ENT_ECORRUPT, "%s:%zu: %s", line->file,
			     line->number, why);
}
