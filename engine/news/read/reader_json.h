/*
 * reader_json.h - articles that are JSON objects.
 */
#ifndef NEWS_READER_JSON_H
#define NEWS_READER_JSON_H

#include "entente/value.h"
#include "news/read/reader_piece.h"

/*
 * Put the members of an object into piece: those of JSON Feed, of schema.org and
 * what dumps of news call them.  An article without text has its title for one.
 *
 * ENT_EINPUT  it is no object, or has neither text nor title
 */
int reader_json_article(const struct ent_value *object, struct piece *piece,
			struct ent_error *err);

/* Put the names that value holds (a text, an object with a name, a list of them;
 * may be NULL) as one line. */
void reader_json_names(const struct ent_value *value, struct buf *out);

/* Append text to out; where it is markup after all, what a reader sees of it. */
int reader_json_prose(const char *text, size_t len, struct buf *out,
		      struct ent_error *err);

#endif
