/*
 * reader.h - reading a file of articles, whatever it is.
 *
 * A form gives one article a call: it clears reader->piece, fills it and names the
 * item.  What the piece lacks and whether it will do is then the same for all.
 */
#ifndef NEWS_READER_H
#define NEWS_READER_H

#include "doors/xml.h"
#include "entente/value.h"
#include "ground/mem.h"
#include "news/read/reader_piece.h"

enum { READER_HEAD_BYTES = 65536 }; /* by which a file is told */

/*
 * The next article into reader->piece; ENT_END behind the last.  On ENT_EINPUT the
 * next call goes on behind what could not be read.
 */
typedef int reader_next_fn(struct ent_reader *reader, struct ent_error *err);

struct ent_reader {
	int fd;
	char *name;
	char *published;       /* of the options, or NULL */
	reader_next_fn *next;
	struct buf bytes;      /* the file, or a window of it */
	size_t at;             /* of bytes: what is before has been read */
	bool at_end;           /* there is nothing behind bytes */
	struct piece piece;
	struct buf item;       /* "feed.xml#3": the name of the piece */
	struct ent_article article;

	size_t count;          /* items or lines so far */
	struct xml *xml;       /* of a feed */
	const struct xml_node *node;
	struct arena arena;    /* of JSON */
	struct ent_value json;
	struct buf publisher;  /* the feed's title */
};

/* Read on until bytes has want bytes or the file ends; bytes read stay. */
int reader_fill(struct ent_reader *reader, size_t want, struct ent_error *err);

/* Read the rest of the file.
 * ENT_EINPUT  it has more than max bytes */
int reader_rest(struct ent_reader *reader, size_t max, struct ent_error *err);

/* The same as clean text, in the charset that the markup declares. */
int reader_decoded(struct ent_reader *reader, size_t max, struct buf *out,
		   struct ent_error *err);

/* Name the item: "feed.xml#3". */
void reader_name(struct ent_reader *reader, char mark, size_t number);

/* What there is to read, told by the first bytes.
 * ENT_EINPUT  nothing, or no text */
int reader_form(struct ent_reader *reader, reader_next_fn **out,
		struct ent_error *err);

/* The forms.  Those that read a whole file do so in their first call. */
reader_next_fn reader_plain;
reader_next_fn reader_mail;
reader_next_fn reader_mbox; /* several mails */
reader_next_fn reader_html;
reader_next_fn reader_feed;
reader_next_fn reader_json_document; /* JSON Feed, a list, one article */
reader_next_fn reader_lines;
reader_next_fn reader_end;

/* Items of a feed once it was read. */
reader_next_fn feed_xml_next;
reader_next_fn feed_json_next;

#endif
