/*
 * feed_json.c - articles of a file that is one JSON value: a JSON Feed, a list of
 * objects, or one of them.
 *
 * Source: JSON Feed 1.1.
 */
#include <string.h>

#include "doors/json.h"
#include "news/read/charset.h"
#include "news/read/reader.h"
#include "news/read/reader_json.h"

static void take_publisher(const struct ent_value *feed, struct ent_reader *reader)
{
	const char *title = ent_value_get_text(feed, "title");

	if (title && ent_value_get(feed, "items"))
		piece_line(&reader->publisher, title, strlen(title));
}

static int next_object(struct ent_reader *reader, const struct ent_value *object,
		       struct ent_error *err)
{
	int rc = reader_json_article(object, &reader->piece, err);

	if (rc == ENT_OK && reader->piece.publisher.len == 0)
		buf_add(&reader->piece.publisher, reader->publisher.data,
			reader->publisher.len);
	return rc;
}

int feed_json_next(struct ent_reader *reader, struct ent_error *err)
{
	const struct ent_value *items = ent_value_get(&reader->json, "items");

	if (reader->json.kind == ENT_LIST)
		items = &reader->json;
	if (!items) {
		reader->next = reader_end;
		return next_object(reader, &reader->json, err);
	}
	if (items->kind != ENT_LIST || items->len == 0) {
		reader->next = reader_end;
		return ent_error_set(err, ENT_EINPUT, "the feed has no items");
	}
	if (reader->count == items->len)
		return ENT_END;
	reader_name(reader, '#', ++reader->count);
	return next_object(reader, &items->as.items[reader->count - 1], err);
}

int reader_json_document(struct ent_reader *reader, struct ent_error *err)
{
	struct buf text = { 0 };
	int rc;

	reader->next = reader_end;
	rc = reader_rest(reader, ENT_FEED_BYTES_MAX, err);
	if (rc == ENT_OK)
		rc = charset_decode(reader->bytes.data, reader->bytes.len, NULL,
				    &text, err);
	buf_release(&reader->bytes);
	if (rc == ENT_OK)
		rc = json_read_long(text.data, text.len, ENT_FEED_BYTES_MAX,
				    &reader->arena, &reader->json, err);
	buf_release(&text);
	if (rc < 0)
		return rc;
	take_publisher(&reader->json, reader);
	reader->next = feed_json_next;
	return feed_json_next(reader, err);
}
