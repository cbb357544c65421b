/*
 * reader_form.c - what a file is, told by its first bytes.
 */
#include <string.h>

#include "ground/ascii.h"
#include "news/read/charset.h"
#include "news/read/mail.h"
#include "news/read/reader.h"

/* The first characters of a file, as clean text. */
struct head {
	const char *text;
	size_t len;
};

static struct head skip_space(struct head head)
{
	while (head.len > 0 && ascii_is_space(*head.text))
		head = (struct head){ head.text + 1, head.len - 1 };
	return head;
}

/* Behind the next occurrence of what; empty where there is none. */
static struct head skip_behind(struct head head, const char *what)
{
	const char *found = ascii_find(head.text, head.len, what);
	size_t skip = found ? (size_t)(found - head.text) + strlen(what) : head.len;

	return (struct head){ head.text + skip, head.len - skip };
}

/* The first element: behind the XML declaration, comments and DOCTYPE. */
static struct head root_of(struct head head)
{
	for (head = skip_space(head); head.len > 1; head = skip_space(head)) {
		if (ascii_starts(head.text, head.len, "<!--"))
			head = skip_behind(head, "-->");
		else if (head.text[1] == '?')
			head = skip_behind(head, "?>");
		else if (head.text[1] == '!')
			head = skip_behind(head, ascii_find(head.text, strcspn(
				head.text, ">"), "[") ? "]>" : ">");
		else
			break;
	}
	return head;
}

static bool is_element(struct head head, const char *name)
{
	size_t len = strlen(name);

	return head.len > len + 1 && ascii_starts(head.text + 1, head.len - 1, name) &&
	       (ascii_is_space(head.text[len + 1]) ||
		strchr("/>", head.text[len + 1]));
}

static bool is_feed(struct head root)
{
	const char *colon = memchr(root.text, ':', root.len < 32 ? root.len : 32);
	struct head local = root;

	if (colon && colon < root.text + strcspn(root.text, " \t\n>"))
		local = (struct head){ colon, root.len -
					      (size_t)(colon - root.text) };
	return is_element(local, "rss") || is_element(local, "rdf") ||
	       is_element(local, "feed");
}

static int markup_form(struct head head, reader_next_fn **out,
		       struct ent_error *err)
{
	struct head root = root_of(head);
	size_t skip = root.len > 0;
	int name = (int)strcspn(root.text + skip, " \t\n>/");

	if (is_feed(root))
		*out = reader_feed;
	else if (!ascii_starts(head.text, head.len, "<?xml") ||
		 is_element(root, "html"))
		*out = reader_html;
	else if (ascii_find(head.text, head.len, "<!entity"))
		*out = reader_feed; /* which says why such a file is not read */
	else
		return ent_error_set(err, ENT_EINPUT,
				     "XML of another kind: its first element is "
				     "<%.*s>, not <rss>, <rdf:RDF>, <feed> or "
				     "<html>", name < 40 ? name : 40,
				     root.text + skip);
	return ENT_OK;
}

static bool is_json(struct head head)
{
	struct head next = { head.text + 1, head.len - 1 };

	next = skip_space(next);
	if (next.len == 0)
		return false;
	if (*head.text == '{')
		return *next.text == '"' || *next.text == '}';
	return *head.text == '[' && (*next.text == '{' || *next.text == ']');
}

/* Where the text that starts at the quote text[at] ends. */
static size_t skip_text(struct head head, size_t at)
{
	for (at++; at < head.len && head.text[at] != '"'; at++)
		at += head.text[at] == '\\';
	return at;
}

static bool names_feed(struct head at)
{
	struct head behind = { at.text + 1, at.len - 1 };

	if (ascii_starts(at.text, at.len, "\"https://jsonfeed.org/version/"))
		return true;
	if (!ascii_starts(at.text, at.len, "\"items\""))
		return false;
	behind = skip_space(skip_behind(behind, "\""));
	return behind.len > 0 && *behind.text == ':';
}

/* A JSON Feed says so in a member of its first level; and an object that goes on
 * behind the end of a line is not one of many. */
static bool is_document(struct head head)
{
	size_t levels = 0;

	if (*head.text == '[')
		return true;
	for (size_t at = 0; at < head.len; at++) {
		char byte = head.text[at];
		struct head here = { head.text + at, head.len - at };

		if (byte == '"' && levels == 1 && names_feed(here))
			return true;
		if (byte == '"')
			at = skip_text(head, at);
		levels += byte == '{' || byte == '[';
		if (byte == '}' || byte == ']')
			levels -= levels > 0;
		if (levels == 0)
			return false;
		if (byte == '\n')
			return true;
	}
	return false;
}

static bool is_markup(struct head head)
{
	return head.len > 1 && *head.text == '<' &&
	       (ascii_is_letter(head.text[1]) || strchr("!?", head.text[1]));
}

static int text_form(struct head head, reader_next_fn **out,
		     struct ent_error *err)
{
	struct head start = skip_space(head);

	if (is_markup(start))
		return markup_form(start, out, err);
	if (start.len > 1 && is_json(start))
		*out = is_document(start) ? reader_json_document : reader_lines;
	else if (mail_is(start.text, start.len))
		*out = reader_mail;
	else if (mail_box_line(start.text, start.len) > 0)
		*out = reader_mbox;
	else
		*out = reader_plain;
	return ENT_OK;
}

static bool is_utf16(const struct buf *bytes)
{
	const char *data = bytes->data;

	return bytes->len >= 4 &&
	       (memcmp(data, "\xff\xfe", 2) == 0 || memcmp(data, "\xfe\xff", 2) == 0 ||
		memcmp(data, "\0<\0", 3) == 0 ||
		(data[0] == '<' && !data[1] && !data[3]));
}

/* Files that people hand over by mistake, told by how they begin. */
static bool has_signature(const struct buf *bytes)
{
	static const struct ent_bytes signatures[] = {
		{ "%PDF-", 5 }, { "\x89PNG", 4 }, { "PK\x03\x04", 4 },
		{ "GIF8", 4 }, { "\xFF\xD8\xFF", 3 }, { "\x1F\x8B", 2 }
	};

	for (size_t i = 0; i < sizeof(signatures) / sizeof(signatures[0]); i++)
		if (bytes->len >= signatures[i].len &&
		    memcmp(bytes->data, signatures[i].data,
			   signatures[i].len) == 0)
			return true;
	return false;
}

/* A stray control character is damage, many of them are another kind of file. */
static bool is_binary(const struct buf *bytes)
{
	size_t controls = 0;

	if (is_utf16(bytes))
		return false;
	if (has_signature(bytes))
		return true;
	for (size_t i = 0; i < bytes->len; i++) {
		unsigned char byte = (unsigned char)bytes->data[i];

		controls += byte < 0x20 && !ascii_is_space((char)byte) &&
			    byte != 0x1b;
	}
	return controls * 64 > bytes->len + 256;
}

int reader_form(struct ent_reader *reader, reader_next_fn **out,
		struct ent_error *err)
{
	struct buf clean = { 0 };
	int rc = reader_fill(reader, READER_HEAD_BYTES, err);

	if (rc < 0)
		return rc;
	if (reader->bytes.len == 0)
		return ent_error_set(err, ENT_EINPUT, "the file is empty");
	if (is_binary(&reader->bytes))
		return ent_error_set(err, ENT_EINPUT, "the file is not text");
	rc = charset_decode(reader->bytes.data, reader->bytes.len, NULL, &clean,
			    err);
	if (rc == ENT_OK && clean.len > 0)
		rc = text_form((struct head){ clean.data, clean.len }, out, err);
	else if (rc == ENT_OK)
		rc = ent_error_set(err, ENT_EINPUT, "the file is empty");
	buf_release(&clean);
	if (rc == ENT_OK && *out == reader_lines && is_utf16(&reader->bytes))
		return ent_error_set(err, ENT_EINPUT,
				     "JSON Lines are read in UTF-8 only");
	return rc;
}
