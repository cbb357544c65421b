/*
 * mail_header.c - the header of a message.
 */
#include <string.h>

#include "ground/ascii.h"
#include "news/read/charset.h"
#include "news/read/mail.h"

/* Fields with which a mail begins; the others are those of many a text. */
static const char *const first_fields[] = {
	"from", "received", "return-path", "subject", "message-id", "mime-version",
	"delivered-to", NULL
};

static const char *line_end(const char *at, const char *end)
{
	const char *found = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;

	return found ? found : end;
}

static bool is_blank(const char *at, const char *end)
{
	return at == end || (end - at == 1 && *at == '\r');
}

/* How long the field's name is at the start of a line, 0 for no field. */
static size_t name_length(const char *at, const char *end)
{
	size_t len = 0;

	while (at + len < end && at[len] > ' ' && at[len] < 0x7f && at[len] != ':')
		len++;
	return at + len < end && at[len] == ':' ? len : 0;
}

int mail_split(const char *bytes, size_t len, struct mail_entity *out,
	       struct ent_error *err)
{
	const char *at = bytes, *end = bytes + len, *stop;

	for (; at < end; at = stop + 1) {
		stop = line_end(at, end);
		if ((size_t)(stop - bytes) > MAIL_HEADER_MAX)
			return ent_error_set(err, ENT_EINPUT,
					     "the header has more than %d bytes",
					     MAIL_HEADER_MAX);
		if (!is_blank(at, stop))
			continue;
		*out = (struct mail_entity){ bytes, (size_t)(at - bytes), stop, 0 };
		out->body += stop < end;
		out->body_len = (size_t)(end - out->body);
		return ENT_OK;
	}
	return ent_error_set(err, ENT_EINPUT,
			     "no empty line ends the header of the mail");
}

static bool is_field_line(const char *at, const char *end)
{
	return *at == ' ' || *at == '\t' || name_length(at, end) > 0;
}

bool mail_is(const char *text, size_t len)
{
	const char *at = text, *end = text + len, *stop = line_end(at, end);
	bool known = false;

	for (size_t i = 0; first_fields[i]; i++)
		known |= ascii_same(at, name_length(at, stop), first_fields[i]);
	for (; known && stop < end; at = stop + 1, stop = line_end(at, end)) {
		if (is_blank(at, stop))
			return true;
		if (!is_field_line(at, stop))
			return false;
	}
	return known && len > MAIL_HEADER_MAX / 2; /* more of it follows */
}

/* "10:00" and a year of four digits. */
static bool has_time_and_year(const char *at, const char *end)
{
	bool time = false, year = false;
	size_t digits = 0;

	for (; at <= end; at++) {
		if (at < end && ascii_is_digit(*at)) {
			digits++;
			continue;
		}
		time |= digits == 2 && at + 1 < end && *at == ':' &&
			ascii_is_digit(at[1]);
		year |= digits == 4 && at[-5] == ' ';
		digits = 0;
	}
	return time && year;
}

size_t mail_box_line(const char *text, size_t len)
{
	const char *end = text + len, *stop, *next;

	if (len < 6 || memcmp(text, "From ", 5) != 0)
		return 0;
	stop = line_end(text, end);
	next = stop < end ? stop + 1 : end;
	if (name_length(next, line_end(next, end)) == 0 ||
	    !has_time_and_year(text + 5, stop))
		return 0;
	return (size_t)(next - text);
}

/* A line that begins with white space goes on with the one before. */
static void unfold(const char *at, const char *end, struct buf *out)
{
	const char *stop = line_end(at, end);

	for (;;) {
		while (at < stop && ascii_is_space(*at))
			at++;
		while (stop > at && ascii_is_space(stop[-1]))
			stop--;
		if (out->len > 0 && at < stop)
			buf_byte(out, ' ');
		buf_add(out, at, (size_t)(stop - at));
		at = line_end(stop, end);
		if (at + 1 >= end || (at[1] != ' ' && at[1] != '\t'))
			return;
		at++;
		stop = line_end(at, end);
	}
}

bool mail_field(const struct mail_entity *entity, const char *name,
		struct buf *out)
{
	const char *at = entity->header, *end = at + entity->header_len, *stop;

	for (; at < end; at = stop + 1) {
		stop = line_end(at, end);
		if (!ascii_same(at, name_length(at, stop), name))
			continue;
		buf_clear(out);
		unfold(at + strlen(name) + 1, end, out);
		return out->len > 0;
	}
	return false;
}

/* =?charset?B|Q?text?= */
struct encoded_word {
	char charset[CHARSET_NAME_SIZE];
	char encoding;
	const char *text;
	size_t text_len;
	size_t len; /* of it all */
};

static bool take_encoded_word(const char *at, size_t len,
			      struct encoded_word *out)
{
	const char *end = at + len, *charset = at + 2, *mark, *close, *star;

	if (len < 8 || at[0] != '=' || at[1] != '?')
		return false;
	mark = memchr(charset, '?', (size_t)(end - charset));
	if (!mark || mark - charset >= CHARSET_NAME_SIZE || end - mark < 5 ||
	    mark[2] != '?')
		return false;
	close = memchr(mark + 3, '?', (size_t)(end - mark - 3));
	if (!close || close + 1 >= end || close[1] != '=')
		return false;
	star = memchr(charset, '*', (size_t)(mark - charset)); /* a language */
	*out = (struct encoded_word){ .encoding = ascii_lower(mark[1]),
				      .text = mark + 3,
				      .text_len = (size_t)(close - mark - 3),
				      .len = (size_t)(close + 2 - at) };
	memcpy(out->charset, charset, (size_t)((star ? star : mark) - charset));
	return out->encoding == 'b' || out->encoding == 'q';
}

static size_t count_spaces(const char *at, size_t len)
{
	size_t count = 0;

	while (count < len && ascii_is_space(at[count]))
		count++;
	return count;
}

/* Neighbours of one charset are one text: many a mailer cuts within a character.
 * White space between them is not theirs.  Returns how many bytes were taken. */
static size_t decode_words(const char *at, size_t len, struct buf *out,
			   struct ent_error *err)
{
	struct encoded_word word, first;
	struct buf bytes = { 0 };
	size_t taken = 0, spaces = 0;

	take_encoded_word(at, len, &first);
	while (take_encoded_word(at + taken + spaces, len - taken - spaces, &word) &&
	       strcmp(word.charset, first.charset) == 0) {
		if (word.encoding == 'b')
			mail_decode_base64(word.text, word.text_len, &bytes);
		else
			mail_decode_quoted(word.text, word.text_len, true, &bytes);
		taken += spaces + word.len;
		spaces = count_spaces(at + taken, len - taken);
	}
	if (bytes.data)
		charset_decode(bytes.data, bytes.len, first.charset, out, err);
	out->failed |= bytes.failed;
	buf_release(&bytes);
	if (take_encoded_word(at + taken + spaces, len - taken - spaces, &word))
		taken += spaces;
	return taken;
}

int mail_field_text(const struct mail_entity *entity, const char *name,
		    struct buf *out, struct ent_error *err)
{
	struct buf raw = { 0 };
	struct encoded_word word;
	size_t at = 0, start = 0;
	int rc;

	mail_field(entity, name, &raw);
	while (at < raw.len) {
		if (!take_encoded_word(raw.data + at, raw.len - at, &word)) {
			at++;
			continue;
		}
		charset_decode(raw.data + start, at - start, NULL, out, err);
		at += decode_words(raw.data + at, raw.len - at, out, err);
		start = at;
	}
	if (raw.len > start)
		charset_decode(raw.data + start, raw.len - start, NULL, out, err);
	out->failed |= raw.failed;
	rc = buf_check(out, err);
	buf_release(&raw);
	return rc;
}
