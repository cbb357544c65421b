/*
 * reader_single.c - files that are one article: HTML and mail.
 */
#include "news/read/charset.h"
#include "news/read/html.h"
#include "news/read/mail.h"
#include "news/read/reader.h"

int reader_html(struct ent_reader *reader, struct ent_error *err)
{
	struct buf text = { 0 };
	int rc;

	reader->next = reader_end;
	rc = reader_decoded(reader, ENT_ARTICLE_BYTES_MAX, &text, err);
	if (rc == ENT_OK)
		rc = html_read(text.data, text.len, false, &reader->piece, err);
	buf_release(&text);
	return rc;
}

int reader_mail(struct ent_reader *reader, struct ent_error *err)
{
	const char *bytes;
	size_t len;
	int rc;

	reader->next = reader_end;
	rc = reader_rest(reader, ENT_ARTICLE_BYTES_MAX, err);
	if (rc < 0)
		return rc;
	bytes = reader->bytes.data;
	len = reader->bytes.len;
	/* What text_form() passed over in front of the header. */
	while (len > 0 && (unsigned char)*bytes <= ' ')
		bytes++, len--;
	if (len > 2 && (unsigned char)bytes[0] == 0xef)
		bytes += 3, len -= 3;
	return mail_read(bytes, len, &reader->piece, err);
}
