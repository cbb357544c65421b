/*
 * reader_lines.c - JSON Lines of articles, a line at a time: the file may be of any
 * length, and a line that is too long is thrown away as it is read.
 */
#include <string.h>

#include "doors/json.h"
#include "ground/ascii.h"
#include "news/read/charset.h"
#include "news/read/reader.h"
#include "news/read/reader_json.h"

/* Forget what was read, and read on. */
static int refill(struct ent_reader *reader, struct ent_error *err)
{
	buf_clear(&reader->bytes);
	reader->at = 0;
	return reader_fill(reader, READER_HEAD_BYTES, err);
}

/* Append the line to line, up to one byte more than it may have.  ENT_END behind
 * the last. */
static int next_line(struct ent_reader *reader, struct buf *line,
		     struct ent_error *err)
{
	size_t taken = 0;
	int rc = ENT_OK;

	for (;;) {
		const char *start = reader->bytes.data + reader->at, *stop;
		size_t len = reader->bytes.len - reader->at, room;

		stop = len > 0 ? memchr(start, '\n', len) : NULL;
		len = stop ? (size_t)(stop - start) : len;
		room = ENT_ARTICLE_BYTES_MAX + 1 - line->len;
		buf_add(line, start, len < room ? len : room);
		taken += len;
		reader->at += len + (stop != NULL);
		if (stop)
			return buf_check(line, err);
		if (reader->at_end)
			return taken > 0 ? buf_check(line, err) : ENT_END;
		rc = refill(reader, err);
		if (rc < 0)
			return rc;
	}
}

static bool is_blank(const struct buf *line)
{
	size_t at = 0;

	while (at < line->len && ascii_is_space(line->data[at]))
		at++;
	return at == line->len;
}

static int read_line(struct ent_reader *reader, const struct buf *line,
		     struct ent_error *err)
{
	struct ent_value value;
	struct buf clean = { 0 };
	int rc;

	if (line->len > ENT_ARTICLE_BYTES_MAX)
		return ent_error_set(err, ENT_EINPUT,
				     "the line has more than %d bytes",
				     ENT_ARTICLE_BYTES_MAX);
	rc = charset_decode(line->data, line->len, NULL, &clean, err);
	if (rc == ENT_OK)
		rc = json_read_long(clean.data, clean.len, ENT_FEED_BYTES_MAX,
				    &reader->arena, &value, err);
	if (rc == ENT_OK)
		rc = reader_json_article(&value, &reader->piece, err);
	arena_release(&reader->arena);
	buf_release(&clean);
	return rc;
}

int reader_lines(struct ent_reader *reader, struct ent_error *err)
{
	struct buf line = { 0 };
	int rc;

	do {
		buf_clear(&line);
		rc = next_line(reader, &line, err);
		reader->count += rc == ENT_OK;
	} while (rc == ENT_OK && is_blank(&line));
	if (rc == ENT_OK) {
		reader_name(reader, ':', reader->count);
		rc = read_line(reader, &line, err);
	}
	buf_release(&line);
	return rc;
}
