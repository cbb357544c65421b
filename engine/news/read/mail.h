/*
 * mail.h - an article that came by mail.
 *
 * Source: RFC 5322, messages; RFC 2045 to 2047, MIME.
 */
#ifndef NEWS_MAIL_H
#define NEWS_MAIL_H

#include "news/read/reader_piece.h"

enum {
	MAIL_HEADER_MAX = 65536, /* bytes of a message's header, or a part's */
	MAIL_NESTING_MAX = 8,    /* levels of parts */
	MAIL_PARTS_MAX = 1000
};

/* Do the first bytes look like the header of a mail? */
bool mail_is(const char *text, size_t len);

/* How long the line is with which a box of mails (or one more mail in it) begins,
 * with its end; 0 where it is none. */
size_t mail_box_line(const char *text, size_t len);

/*
 * Read a message: its first text/plain part, else its first text/html part, without
 * what it quotes; of one that hands on another, that one.
 *
 * ENT_EINPUT  its header does not end, it has no text of its own, or is beyond a
 *             limit
 */
int mail_read(const char *bytes, size_t len, struct piece *piece,
	      struct ent_error *err);

/* Bytes of a message or of a part of it: header and body. */
struct mail_entity {
	const char *header;
	size_t header_len;
	const char *body;
	size_t body_len;
};

/* ENT_EINPUT  no empty line ends the header within its limit */
int mail_split(const char *bytes, size_t len, struct mail_entity *out,
	       struct ent_error *err);

/* A field's value, unfolded and without white space around it, as it stands; the
 * first of that name (lower case).  false where there is none. */
bool mail_field(const struct mail_entity *entity, const char *name,
		struct buf *out);

/* The same as clean text, encoded words decoded. */
int mail_field_text(const struct mail_entity *entity, const char *name,
		    struct buf *out, struct ent_error *err);

/* Put whom a field "From" names: "Name" <local@domain>, local@domain (Name). */
void mail_sender(const struct buf *from, struct piece *piece);

/* Where the text holds a forwarded mail with its header lines, the piece becomes
 * that mail. */
void mail_take_forwarded(struct piece *piece);

/* Take out lines that begin with `>`, and the "X wrote:" above them. */
void mail_leave_out_quoted(struct buf *text);

/* Append what quoted-printable or base64 stands for; bytes that are neither are
 * passed over. */
void mail_decode_quoted(const char *text, size_t len, bool word, struct buf *out);
void mail_decode_base64(const char *text, size_t len, struct buf *out);

#endif
