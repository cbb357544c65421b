/*
 * mail_forward.c - a mail that hands on another one: that one is the news.
 */
#include <assert.h>
#include <string.h>

#include "ground/ascii.h"
#include "news/read/mail.h"

enum { FORWARDS_MAX = 8, FIELD_NAME_MAX = 32 };

/* A line without white space and one level of `>` around it. */
struct line {
	const char *text;
	size_t len;
	size_t size; /* with all around it, and its end */
	bool quoted;
};

static struct line line_at(const char *text, const char *end)
{
	const char *stop = memchr(text, '\n', (size_t)(end - text));
	struct line line = { text, (size_t)((stop ? stop : end) - text), 0, false };

	line.size = line.len + (stop != NULL);
	line.quoted = line.len > 0 && *text == '>';
	if (line.quoted)
		line.text++, line.len--;
	ascii_trim(&line.text, &line.len);
	return line;
}

enum mark { MARK_NONE, MARK_FORWARDED, MARK_ORIGINAL };

/* "---------- Forwarded message ---------" and its like. */
static enum mark mark_of(struct line line)
{
	bool dashes = line.len > 2 && line.text[0] == '-' && line.text[1] == '-';

	if (ascii_same(line.text, line.len, "begin forwarded message:"))
		return line.quoted ? MARK_NONE : MARK_FORWARDED;
	while (line.len > 0 && strchr("- ", *line.text))
		line.text++, line.len--;
	while (line.len > 0 && strchr("- ", line.text[line.len - 1]))
		line.len--;
	if (!dashes || line.quoted)
		return MARK_NONE;
	if (ascii_same(line.text, line.len, "forwarded message"))
		return MARK_FORWARDED;
	return ascii_same(line.text, line.len, "original message") ? MARK_ORIGINAL
								   : MARK_NONE;
}

/* The mail within: its header lines, and where it stands in the text. */
struct inner {
	enum mark mark;
	size_t start;  /* of the mark */
	size_t body;   /* behind the header lines */
	bool quoted;   /* line by line */
	struct line from, date, subject; /* values */
};

static struct line value_behind(struct line line, size_t name)
{
	return line_at(line.text + name, line.text + line.len);
}

/* A line of the header, or false. */
static bool take_field(struct line line, struct inner *inner)
{
	const char *colon = line.len > 0 ? memchr(line.text, ':', line.len) : NULL;
	size_t name = colon ? (size_t)(colon - line.text) : 0;

	if (name == 0 || name > FIELD_NAME_MAX || memchr(line.text, ' ', name))
		return false;
	if (ascii_same(line.text, name, "from"))
		inner->from = value_behind(line, name + 1);
	else if (ascii_same(line.text, name, "date") ||
		 ascii_same(line.text, name, "sent"))
		inner->date = value_behind(line, name + 1);
	else if (ascii_same(line.text, name, "subject"))
		inner->subject = value_behind(line, name + 1);
	return true;
}

/* Addresses that a mailer folded without white space before them. */
static bool goes_on(struct line line, const char *raw)
{
	return line.len > 0 && (*line.text == '<' || *raw == ' ' || *raw == '\t');
}

static bool take_fields(const struct buf *text, size_t at, struct inner *inner)
{
	const char *end = text->data + text->len;
	struct line line = { 0 };
	bool any = false;

	for (; at < text->len; at += line.size) {
		line = line_at(text->data + at, end);
		if (!any && line.len == 0)
			continue;
		if (mark_of(line) != MARK_NONE)
			break; /* so that each line is looked at once */
		if (!take_field(line, inner) &&
		    !(any && goes_on(line, text->data + at)))
			break;
		inner->quoted |= !any && line.quoted;
		any = true;
	}
	inner->body = at;
	return inner->from.len > 0 && (inner->date.len > 0 || inner->subject.len > 0);
}

static bool find_inner(const struct buf *text, struct inner *inner)
{
	struct line line;

	for (size_t at = 0; at < text->len; at += line.size) {
		line = line_at(text->data + at, text->data + text->len);
		*inner = (struct inner){ .mark = mark_of(line), .start = at };
		if (inner->mark && take_fields(text, at + line.size, inner))
			return true;
	}
	return false;
}

/* The text of the mail within, of which one level of `>` is taken off. */
static void take_body(struct buf *text, const struct inner *inner)
{
	struct buf body = { 0 };
	const char *end = text->data + text->len;
	size_t size;

	for (size_t at = inner->body; at < text->len; at += size) {
		const char *start = text->data + at;
		struct line line = line_at(start, end);
		size_t skip = 0;

		size = line.size;
		if (inner->quoted && line.quoted)
			skip = size > 1 && start[1] == ' ' ? 2 : 1;
		buf_add(&body, start + skip, size - skip);
	}
	body.failed |= text->failed;
	buf_release(text);
	*text = body;
}

/* Whose it is and when it was written says the mail within alone: the day on which
 * it was handed on is not that of the news. */
static void take_header(struct piece *piece, const struct inner *inner)
{
	struct buf from = { 0 };

	buf_clear(&piece->author);
	buf_clear(&piece->publisher);
	piece->published[0] = '\0';
	piece_line(&from, inner->from.text, inner->from.len);
	if (from.len > 0)
		mail_sender(&from, piece);
	piece->text.failed |= from.failed;
	buf_release(&from);
	piece_date(piece, inner->date.text, inner->date.len);
	if (inner->subject.len > 0)
		buf_clear(&piece->title);
	piece_line(&piece->title, inner->subject.text, inner->subject.len);
}

static bool is_blank(const char *text, size_t len)
{
	while (len > 0 && ascii_is_space(*text))
		text++, len--;
	return len == 0;
}

/* An answer stands above the mail that it answers. */
static bool is_answer(const struct piece *piece, const struct inner *inner)
{
	assert(piece->text.data); /* inner was found in it */
	return inner->mark == MARK_ORIGINAL && piece->title.len > 0 &&
	       ascii_starts(piece->title.data, piece->title.len, "re:") &&
	       !is_blank(piece->text.data, inner->start);
}

void mail_take_forwarded(struct piece *piece)
{
	struct inner inner;

	for (int i = 0; i < FORWARDS_MAX && find_inner(&piece->text, &inner); i++) {
		if (is_answer(piece, &inner)) {
			piece->text.len = inner.start;
			piece->text.data[inner.start] = '\0';
			return;
		}
		take_header(piece, &inner);
		take_body(&piece->text, &inner);
	}
}
