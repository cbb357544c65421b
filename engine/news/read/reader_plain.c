/*
 * reader_plain.c - plain text, with lines at its top that tell where it is from.
 */
#include <string.h>

#include "ground/ascii.h"
#include "news/read/charset.h"
#include "news/read/reader.h"

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

enum key { KEY_URL, KEY_DATE, KEY_TITLE, KEY_PUBLISHER, KEY_AUTHOR, KEYS };

static enum key find_key(const char *at, size_t len)
{
	static const char *const names[KEYS] = { "url", "date", "title",
						 "publisher", "author" };
	size_t i = 0;

	while (i < KEYS && !ascii_same(at, len, names[i]))
		i++;
	return (enum key)i;
}

static void take_line(const char *at, size_t len, struct piece *piece)
{
	size_t key = key_length(at, len);
	const char *value = at + key + 1;
	size_t value_len = len - key - 1;

	switch (find_key(at, key)) {
	case KEY_URL:
		piece_url(piece, value, value_len);
		break;
	case KEY_DATE:
		piece_date(piece, value, value_len);
		break;
	case KEY_TITLE:
		piece_line(&piece->title, value, value_len);
		break;
	case KEY_PUBLISHER:
		piece_line(&piece->publisher, value, value_len);
		break;
	case KEY_AUTHOR:
		piece_line(&piece->author, value, value_len);
		break;
	case KEYS:
		break;
	}
}

static bool is_upper(const char *at, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (ascii_lower(at[i]) == at[i] && at[i] != '-')
			return false;
	return true;
}

/* How long the header is, 0 for none: lines of the form, one of them known, and an
 * empty line.  Where there is no such line, only what is known or in capitals, for a
 * story may begin with a colon in its first line, too. */
static size_t header_length(const char *text, size_t text_len)
{
	const char *at = text, *end = text + text_len;
	size_t len = 0, key, sure = 0;
	bool known = false, known_sure = false, all_sure = true;

	for (; at < end; at += len + 1) {
		len = line_length(at, end);
		key = key_length(at, len);
		if (key == 0)
			break;
		known |= find_key(at, key) != KEYS;
		all_sure &= find_key(at, key) != KEYS || is_upper(at, key);
		if (all_sure) {
			sure = (size_t)(at - text) + len + 1;
			known_sure = known;
		}
	}
	if (at < end && len == 0)
		return known ? (size_t)(at + 1 - text) : 0;
	return known_sure && sure < text_len ? sure : 0;
}

static size_t take_header(struct piece *piece)
{
	const char *text = piece->text.data;
	size_t header = header_length(text, piece->text.len), len;

	for (size_t at = 0; at < header; at += len + 1) {
		len = line_length(text + at, text + header);
		if (len > 0)
			take_line(text + at, len, piece);
	}
	return header;
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
	piece->body = take_header(piece);
	take_source(piece->text.data, piece->text.len, piece);
	return ENT_OK;
}
