/*
 * mail_quote.c - what a mail quotes from others is not its news.
 */
#include <string.h>

#include "ground/ascii.h"
#include "news/read/mail.h"

enum { INTRODUCTION_LINES = 3 }; /* over which a mailer folds it */

/* Where the line that ends before `end` starts, at `from` or behind it. */
static size_t line_start(const char *text, size_t from, size_t end)
{
	while (end > from && text[end - 1] != '\n')
		end--;
	return end;
}

static bool is_quoted(const char *line, size_t len)
{
	while (len > 0 && ascii_is_space(*line))
		line++, len--;
	return len > 0 && *line == '>';
}

static bool introduces(const char *line, size_t len)
{
	static const char *const ends[] = { "wrote:", "writes:" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		size_t size = strlen(ends[i]);

		if (len >= size && ascii_same(line + len - size, size, ends[i]))
			return true;
	}
	return false;
}

/* Take "On 30 Aug 2023, at 10:00, X wrote:" from the end of what was kept behind
 * the quotation before; it is one line, or begins with "On" some lines above. */
static void drop_introduction(struct buf *kept, size_t from)
{
	size_t end = kept->len, start, first;

	while (end > from && ascii_is_space(kept->data[end - 1]))
		end--;
	start = first = line_start(kept->data, from, end);
	if (!introduces(kept->data + start, end - start))
		return;
	for (int i = 1; i < INTRODUCTION_LINES && first > from; i++) {
		if (ascii_starts(kept->data + first, end - first, "on "))
			break;
		first = line_start(kept->data, from, first - 1);
	}
	if (ascii_starts(kept->data + first, end - first, "on "))
		start = first;
	kept->len = start;
	kept->data[start] = '\0';
}

void mail_leave_out_quoted(struct buf *text)
{
	struct buf kept = { 0 };
	size_t at = 0, from = 0, len;
	bool quoting = false, quoted;

	for (; at < text->len; at += len) {
		const char *line = text->data + at;
		const char *stop = memchr(line, '\n', text->len - at);

		len = stop ? (size_t)(stop - line) + 1 : text->len - at;
		quoted = is_quoted(line, len);
		if (quoted && !quoting && kept.len > 0)
			drop_introduction(&kept, from);
		if (quoted)
			from = kept.len;
		else
			buf_add(&kept, line, len);
		quoting = quoted;
	}
	kept.failed |= text->failed;
	buf_release(text);
	*text = kept;
}
