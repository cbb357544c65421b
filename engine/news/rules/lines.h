/*
 * lines.h - reading the data files that are compiled in: lines of fields between
 * tabs, `#` begins a comment line.
 */
#ifndef NEWS_LINES_H
#define NEWS_LINES_H

#include "entente/error.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

enum { LINE_FIELDS_MAX = 16 };

struct lines {
	const char *file;
	char *text; /* a copy that is cut into fields */
	char *at;
	size_t number;
};

struct line {
	const char *file;
	size_t number;
	char *fields[LINE_FIELDS_MAX]; /* borrowed, until lines_close() */
	size_t count;
};

int lines_open(struct lines *lines, const char *file, const char *text,
	       size_t len, struct ent_error *err);

/* The next line that has fields; ENT_END behind the last. */
int lines_next(struct lines *lines, struct line *out);
void lines_close(struct lines *lines);

/* Take the next word between blanks from *rest, which is cut; NULL at the end. */
char *lines_word(char **rest);

/* ENT_ECORRUPT with "FILE:LINE: ..." */
int line_error(const struct line *line, struct ent_error *err, const char *fmt,
	       ...) ENT_PRINTF(3, 4);

#endif
