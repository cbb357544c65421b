/*
 * reader_plain.c - plain text, with lines at its top that tell where it is from.
 */
#include <string.h>

#include "news/ascii.h"
#include "news/charset.h"
#include "news/reader.h"

enum { KEY_MAX = 32 };

static size_t line_length(const char *at, const char *end)
{
	const char *stop = memchr(at, '\n', (size_t)(end - at));

	return (size_t)((stop ? stop : end) - at);
}

/* "WORD-WORD" of a line "WORD-WORD: ...", or 0. */
static size_t key_length(const char *at, size_t len)
{
	size_t key = 0;

	while (key < len && key <= KEY_MAX &&
	       (ascii_is_letter(at[key]) || (at[key] == '-' && key > 0)))
		key++;
	return key > 1 && key <= KEY_MAX && key < len && at[key] == ':' ? key : 0;
}

static bool take_line(const char *at, size_t len, size_t key,
		      struct piece *piece)
{
	const char *value = at + key + 1;
	size_t value_len = len - key - 1;

	if (ascii_same(at, key, "url"))
		piece_url(piece, value, value_len);
	else if (ascii_same(at, key, "date"))
		piece_date(piece, value, value_len);
	else if (ascii_same(at, key, "title"))
		piece_line(&piece->title, value, value_len);
	else if (ascii_same(at, key, "publisher"))
		piece_line(&piece->publisher, value, value_len);
	else if (ascii_same(at, key, "author"))
		piece_line(&piece->author, value, value_len);
	else
		return false;
	return true;
}

/* Only lines of the form, one of them known, and an empty line: then it is a
 * header, and its length, with that line, is returned.  A story may begin with a
 * colon in its first line, too. */
static size_t take_header(const char *text, size_t text_len, struct piece *piece)
{
	const char *at = text, *end = text + text_len;
	struct piece found = { 0 };
	bool known = false;
	size_t len = 0, key;

	for (; at < end; at += len + 1) {
		len = line_length(at, end);
		if (len == 0)
			break;
		key = key_length(at, len);
		if (key == 0) {
			known = false;
			break;
		}
		known |= take_line(at, len, key, &found);
	}
	if (!known || at == text || at >= end) {
		piece_release(&found);
		return 0;
	}
	found.text = piece->text;
	piece->text = (struct buf){ 0 };
	piece_release(piece);
	*piece = found;
	return (size_t)(at + 1 - text);
}

/* The last line that is not empty: "Source: https://...". */
static void take_source(const char *text, size_t len, struct piece *piece)
{
	static const char key[] = "source:";
	size_t start;

	while (len > 0 && ascii_is_space(text[len - 1]))
		len--;
	for (start = len; start > 0 && text[start - 1] != '\n'; start--)
		continue;
	if (ascii_starts(text + start, len - start, key))
		piece_url(piece, text + start + strlen(key),
			  len - start - strlen(key));
}

int reader_plain(struct ent_reader *reader, struct ent_error *err)
{
	struct piece *piece = &reader->piece;
	int rc;

	reader->next = reader_end;
	rc = reader_rest(reader, ENT_ARTICLE_BYTES_MAX, err);
	if (rc == ENT_OK)
		rc = charset_decode(reader->bytes.data, reader->bytes.len, NULL,
				    &piece->text, err);
	buf_release(&reader->bytes);
	if (rc < 0)
		return rc;
	piece->body = take_header(piece->text.data, piece->text.len, piece);
	take_source(piece->text.data, piece->text.len, piece);
	return ENT_OK;
}
