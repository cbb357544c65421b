/*
 * reader_piece.c - an article as it is being read.
 */
#include <stdio.h>
#include <string.h>

#include "doors/hash.h"
#include "ground/utf8.h"
#include "ground/ascii.h"
#include "news/read/charset.h"
#include "news/read/reader_piece.h"
#include "values/day.h"

enum {
	LINE_MAX_BYTES = 1024, /* of a title, a name */
	URL_MAX_BYTES = 2048
};

void piece_clear(struct piece *piece)
{
	buf_clear(&piece->url);
	buf_clear(&piece->publisher);
	buf_clear(&piece->title);
	buf_clear(&piece->author);
	buf_clear(&piece->text);
	piece->body = 0;
	piece->published[0] = '\0';
}

void piece_release(struct piece *piece)
{
	buf_release(&piece->url);
	buf_release(&piece->publisher);
	buf_release(&piece->title);
	buf_release(&piece->author);
	buf_release(&piece->text);
}

void piece_fold(const char *text, size_t len, struct buf *out)
{
	size_t start = out->len, at = 0, from;
	bool gap = false;

	while (at < len) {
		from = at;
		if (ascii_is_space(text[at])) {
			gap = true;
			at++;
			continue;
		}
		if (len - at >= 2 && memcmp(text + at, "\xc2\xa0", 2) == 0) {
			gap = true;
			at += 2;
			continue;
		}
		while (at < len && !ascii_is_space(text[at]) && text[at] != '\xc2')
			at++;
		at += at == from; /* another character that starts with 0xc2 */
		if (gap && out->len > start)
			buf_byte(out, ' ');
		gap = false;
		buf_add(out, text + from, at - from);
	}
}

void piece_line(struct buf *member, const char *text, size_t len)
{
	struct buf clean = { 0 };

	if (!text || member->len > 0)
		return;
	charset_clean(text, len, &clean);
	if (clean.data)
		piece_fold(clean.data, clean.len, member);
	member->failed |= clean.failed;
	buf_release(&clean);
	if (member->len > LINE_MAX_BYTES) {
		member->len = utf8_cut(member->data, LINE_MAX_BYTES);
		member->data[member->len] = '\0';
	}
}

static bool is_url(const char *text, size_t len)
{
	if (len > URL_MAX_BYTES || utf8_check(text, len) < len ||
	    (!ascii_starts(text, len, "http://") &&
	     !ascii_starts(text, len, "https://")))
		return false;
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] <= ' ' || strchr("\"<>\x7f", text[i]))
			return false;
	return true;
}

void piece_url(struct piece *piece, const char *text, size_t len)
{
	if (!text || piece->url.len > 0)
		return;
	ascii_trim(&text, &len);
	if (is_url(text, len))
		piece_line(&piece->url, text, len);
}

/* "2024-02" and "2024~" are dates; "XXXX" and "../2024" tell no reader enough. */
static bool is_plain_edtf(const char *text)
{
	struct ent_date date;

	return ent_date_parse(text, &date, NULL) == ENT_OK &&
	       date.lo != ENT_DAY_OPEN_START && date.hi != ENT_DAY_OPEN_END;
}

void piece_date(struct piece *piece, const char *text, size_t len)
{
	struct buf line = { 0 };

	if (!text || piece->published[0])
		return;
	piece_line(&line, text, len);
	if (line.len > 0 && !line.failed &&
	    !when_header(line.data, piece->published)) {
		piece->published[0] = '\0';
		if (line.len < WHEN_TEXT_SIZE && is_plain_edtf(line.data))
			memcpy(piece->published, line.data, line.len + 1);
	}
	piece->text.failed |= line.failed;
	buf_release(&line);
}

/* "/2025/07/18/..." or "/2025/jul/18/...". */
static bool path_date(const char *text, char out[WHEN_TEXT_SIZE])
{
	bool named = strnlen(text, 13) >= 12 && ascii_is_letter(text[6]);
	size_t len = named ? 11 : 10;
	char date[WHEN_TEXT_SIZE];

	if (strnlen(text, len + 1) <= len || text[5] != '/' ||
	    !strchr("/?#", text[len + 1]) || digits4(text + 1) < 1900)
		return false;
	if (named && text[9] == '/')
		snprintf(date, sizeof(date), "%.2s %.3s %.4s", text + 10,
			 text + 6, text + 1);
	else
		snprintf(date, sizeof(date), "%.10s", text + 1);
	return when_header(date, out);
}

void piece_date_of_url(struct piece *piece)
{
	const char *at = piece->url.len > 0 ? piece->url.data : NULL;

	while (!piece->published[0] && at && (at = strchr(at, '/'))) {
		if (!path_date(at, piece->published))
			piece->published[0] = '\0';
		at++;
	}
}

static const char *text_or_null(const struct buf *buf)
{
	return buf->len > 0 ? buf->data : NULL;
}

static int check_texts(struct piece *piece, struct ent_error *err)
{
	const struct buf *all[] = { &piece->url, &piece->publisher, &piece->title,
				    &piece->author, &piece->text };
	int rc = ENT_OK;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]) && rc == ENT_OK; i++)
		rc = buf_check(all[i], err);
	return rc;
}

static bool is_blank(const struct buf *text, size_t from)
{
	while (from < text->len && ascii_is_space(text->data[from]))
		from++;
	return from >= text->len;
}

int piece_view(struct piece *piece, const char *name, struct ent_article *out,
	       struct ent_error *err)
{
	struct ent_article view = { 0 };
	struct ent_bytes body;
	int rc = check_texts(piece, err);

	if (rc < 0)
		return rc;
	if (is_blank(&piece->text, piece->body))
		return ent_error_set(err, ENT_EINPUT, "there is no text");
	if (piece->text.len > ENT_ARTICLE_BYTES_MAX)
		return ent_error_set(err, ENT_EINPUT,
				     "the text has %zu bytes, at most %d",
				     piece->text.len, ENT_ARTICLE_BYTES_MAX);
	view.name = name;
	view.url = text_or_null(&piece->url);
	view.publisher = text_or_null(&piece->publisher);
	view.title = text_or_null(&piece->title);
	view.author = text_or_null(&piece->author);
	view.published = piece->published[0] ? piece->published : NULL;
	view.text = piece->text.data;
	view.len = piece->text.len;
	view.body = piece->body;
	body = (struct ent_bytes){ view.text + view.body, view.len - view.body };
	rc = hash_parts(&body, 1, &view.digest, err);
	if (rc == ENT_OK)
		*out = view;
	return rc;
}
