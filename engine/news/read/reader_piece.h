/*
 * reader_piece.h - an article as it is being read.
 */
#ifndef NEWS_READER_PIECE_H
#define NEWS_READER_PIECE_H

#include "entente/news.h"
#include "ground/buf.h"
#include "news/dates/when.h"

/* { 0 } is an empty piece.  What is put first stays: readers go from what is told
 * best to what is told worst. */
struct piece {
	struct buf url;
	struct buf publisher;
	struct buf title;
	struct buf author;
	struct buf text;
	size_t body;
	char published[WHEN_TEXT_SIZE]; /* "": not known */
};

void piece_clear(struct piece *piece);
void piece_release(struct piece *piece);

/* Put text (may be NULL) as one line, cut where it is far too long. */
void piece_line(struct buf *member, const char *text, size_t len);

/* Put an address of the web; anything else is passed over. */
void piece_url(struct piece *piece, const char *text, size_t len);

/* Put a date as headers write it, or EDTF; anything else is passed over. */
void piece_date(struct piece *piece, const char *text, size_t len);

/* Where no date was put: the one in an address such as /2025/07/18/. */
void piece_date_of_url(struct piece *piece);

/* Likewise: the one in a line of its own at the top of the text, or its dateline. */
void piece_date_of_text(struct piece *piece);

/* Append text to out, white space (and no-break spaces) folded to one space. */
void piece_fold(const char *text, size_t len, struct buf *out);

/*
 * The view of a piece, borrowed from it and from name.
 *
 * ENT_EINPUT  there is no text, or too much of it
 */
int piece_view(struct piece *piece, const char *name, struct ent_article *out,
	       struct ent_error *err);

#endif
