/*
 * reader_mbox.c - several mails in one file, each behind a line "From ...".
 *
 * Source: RFC 4155; of `>From ` in a text one `>` is the box's, not the mail's.
 */
#include <string.h>

#include "news/read/mail.h"
#include "news/read/reader.h"

/* Where the mail that begins at `at` ends. */
static size_t mail_end(const struct buf *box, size_t at)
{
	const char *stop;

	while ((stop = memchr(box->data + at, '\n', box->len - at))) {
		at = (size_t)(stop - box->data) + 1;
		if (mail_box_line(box->data + at, box->len - at) > 0)
			return at;
	}
	return box->len;
}

static bool is_escaped(const char *line, size_t len)
{
	size_t marks = 0;

	while (marks < len && line[marks] == '>')
		marks++;
	return marks > 0 && len - marks > 5 && memcmp(line + marks, "From ", 5) == 0;
}

static void unescape(const char *text, size_t len, struct buf *out)
{
	size_t at = 0, size;

	for (; at < len; at += size) {
		const char *stop = memchr(text + at, '\n', len - at);
		bool escaped;

		size = stop ? (size_t)(stop - text) + 1 - at : len - at;
		escaped = is_escaped(text + at, size);
		buf_add(out, text + at + escaped, size - escaped);
	}
}

static int read_mail(struct ent_reader *reader, const char *text, size_t len,
		     struct ent_error *err)
{
	struct buf mail = { 0 };
	int rc;

	if (len > ENT_ARTICLE_BYTES_MAX)
		return ent_error_set(err, ENT_EINPUT, "the mail has more than %d "
				     "bytes", ENT_ARTICLE_BYTES_MAX);
	unescape(text, len, &mail);
	rc = buf_check(&mail, err);
	if (rc == ENT_OK)
		rc = mail_read(mail.len > 0 ? mail.data : "", mail.len,
			       &reader->piece, err);
	buf_release(&mail);
	return rc;
}

static int mbox_next(struct ent_reader *reader, struct ent_error *err)
{
	const struct buf *box = &reader->bytes;
	size_t start = reader->at;

	if (start >= box->len)
		return ENT_END;
	reader_name(reader, '#', ++reader->count);
	start += mail_box_line(box->data + start, box->len - start);
	reader->at = mail_end(box, start);
	return read_mail(reader, box->data + start, reader->at - start, err);
}

int reader_mbox(struct ent_reader *reader, struct ent_error *err)
{
	int rc;

	reader->next = reader_end;
	rc = reader_rest(reader, ENT_FEED_BYTES_MAX, err);
	if (rc < 0)
		return rc;
	/* What was passed over before the form was told. */
	while (reader->at < reader->bytes.len &&
	       mail_box_line(reader->bytes.data + reader->at,
			     reader->bytes.len - reader->at) == 0)
		reader->at++;
	if (reader->at == reader->bytes.len)
		return ent_error_set(err, ENT_EINPUT, "a box of mails is not read "
				     "in UTF-16");
	reader->next = mbox_next;
	return mbox_next(reader, err);
}
