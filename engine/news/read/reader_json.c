/*
 * reader_json.c - articles that are JSON objects.
 *
 * Source: JSON Feed 1.1; schema.org, Article.
 */
#include <string.h>

#include "ground/ascii.h"
#include "news/read/charset.h"
#include "news/read/html.h"
#include "news/read/reader_json.h"

/* Best first. */
static const char *const text_keys[] = { "content_text", "text", "body", "content",
					 "articleBody", "event_text", NULL };
static const char *const title_keys[] = { "title", "headline", NULL };
static const char *const url_keys[] = { "url", "link", "external_url", "id", NULL };
static const char *const date_keys[] = { "date_published", "datePublished",
					 "published", "date", NULL };
static const char *const publisher_keys[] = { "publisher", "source", NULL };
static const char *const author_keys[] = { "authors", "author", NULL };

static const char *first_text(const struct ent_value *map,
			      const char *const *keys)
{
	const char *text = NULL;

	for (; *keys && (!text || !*text); keys++)
		text = ent_value_get_text(map, *keys);
	return text && *text ? text : NULL;
}

static const char *name_of(const struct ent_value *value)
{
	static const char *const keys[] = { "name", "title", NULL };

	if (value->kind == ENT_TEXT)
		return value->as.text;
	return value->kind == ENT_MAP ? first_text(value, keys) : NULL;
}

void reader_json_names(const struct ent_value *value, struct buf *out)
{
	struct buf line = { 0 };
	const char *name;

	if (!value)
		return;
	name = name_of(value);
	if (name)
		buf_text(&line, name);
	for (size_t i = 0; value->kind == ENT_LIST && i < value->len; i++) {
		name = name_of(&value->as.items[i]);
		if (name && *name)
			buf_printf(&line, "%s%s", line.len ? ", " : "", name);
	}
	piece_line(out, line.data, line.len);
	out->failed |= line.failed;
	buf_release(&line);
}

static bool is_markup(const char *text, size_t len)
{
	return ascii_find(text, len, "</p>") || ascii_find(text, len, "<p>") ||
	       ascii_find(text, len, "<br") || ascii_find(text, len, "</div>");
}

int reader_json_prose(const char *text, size_t len, struct buf *out,
		      struct ent_error *err)
{
	if (is_markup(text, len))
		return html_fragment(text, len, out, err);
	charset_clean(text, len, out);
	return buf_check(out, err);
}

/* All dates are tried: one that cannot be read leaves the place to the next. */
static void take_lines(const struct ent_value *object, struct piece *piece)
{
	const char *text = first_text(object, title_keys);

	if (text)
		piece_line(&piece->title, text, strlen(text));
	for (size_t i = 0; url_keys[i]; i++) {
		text = ent_value_get_text(object, url_keys[i]);
		if (text)
			piece_url(piece, text, strlen(text));
	}
	for (size_t i = 0; date_keys[i]; i++) {
		text = ent_value_get_text(object, date_keys[i]);
		if (text)
			piece_date(piece, text, strlen(text));
	}
	for (size_t i = 0; publisher_keys[i]; i++)
		reader_json_names(ent_value_get(object, publisher_keys[i]),
				  &piece->publisher);
	for (size_t i = 0; author_keys[i]; i++)
		reader_json_names(ent_value_get(object, author_keys[i]),
				  &piece->author);
}

static int take_text(const struct ent_value *object, struct piece *piece,
		     struct ent_error *err)
{
	const char *text = first_text(object, text_keys);

	if (text)
		return reader_json_prose(text, strlen(text), &piece->text, err);
	text = ent_value_get_text(object, "content_html");
	if (text && *text)
		return html_fragment(text, strlen(text), &piece->text, err);
	text = ent_value_get_text(object, "summary");
	if (text && *text)
		return reader_json_prose(text, strlen(text), &piece->text, err);
	if (piece->title.len == 0)
		return ent_error_set(err, ENT_EINPUT, "neither text nor title");
	buf_add(&piece->text, piece->title.data, piece->title.len);
	return buf_check(&piece->text, err);
}

int reader_json_article(const struct ent_value *object, struct piece *piece,
			struct ent_error *err)
{
	if (object->kind != ENT_MAP)
		return ent_error_set(err, ENT_EINPUT, "not a JSON object");
	take_lines(object, piece);
	return take_text(object, piece, err);
}
