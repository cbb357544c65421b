/*
 * html_linked_data.c - what JSON-LD says of a page's article.
 *
 * Source: schema.org, NewsArticle; JSON-LD 1.1, @graph and @id.
 */
#include <string.h>

#include "doors/json.h"
#include "ground/ascii.h"
#include "news/read/html.h"
#include "news/read/reader_json.h"

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

/* NewsArticle, ReportageNewsArticle, OpinionNewsArticle, LiveBlogPosting, ... */
static bool is_article_type(const struct ent_value *type)
{
	if (type->kind == ENT_TEXT)
		return ends_with(type->as.text, "Article") ||
		       ends_with(type->as.text, "BlogPosting") ||
		       strcmp(type->as.text, "SocialMediaPosting") == 0 ||
		       strcmp(type->as.text, "Report") == 0;
	for (size_t i = 0; type->kind == ENT_LIST && i < type->len; i++)
		if (type->as.items[i].kind == ENT_TEXT &&
		    is_article_type(&type->as.items[i]))
			return true;
	return false;
}

static bool is_article(const struct ent_value *map, const char *id)
{
	const struct ent_value *type = ent_value_get(map, "@type");

	(void)id;
	return type && is_article_type(type);
}

/* The thing itself, not a mention of its @id alone. */
static bool has_id(const struct ent_value *map, const char *id)
{
	const char *its = ent_value_get_text(map, "@id");

	return its && strcmp(its, id) == 0 && ent_value_get(map, "name");
}

/* The first map of the document that fits, among lists and graphs. */
static const struct ent_value *
find(const struct ent_value *value,
     bool (*fits)(const struct ent_value *, const char *), const char *id)
{
	static const char *const inside[] = { "@graph", "mainEntity", "publisher",
					      "author" };
	const struct ent_value *found = NULL, *member;

	if (value->kind == ENT_MAP && fits(value, id))
		return value;
	for (size_t i = 0; value->kind == ENT_LIST && i < value->len && !found; i++)
		found = find(&value->as.items[i], fits, id);
	for (size_t i = 0; value->kind == ENT_MAP && i < 4 && !found; i++) {
		member = ent_value_get(value, inside[i]);
		found = member ? find(member, fits, id) : NULL;
	}
	return found;
}

/* A publisher that is told by its @id stands elsewhere in the graph. */
static void take_named(const struct ent_value *root,
		       const struct ent_value *article, const char *key,
		       struct buf *out)
{
	const struct ent_value *named = ent_value_get(article, key);
	const char *id = ent_value_get_text(named, "@id");

	if (id && !ent_value_get(named, "name"))
		named = find(root, has_id, id);
	reader_json_names(named, out);
}

static void take_url(const struct ent_value *article, struct piece *piece)
{
	const struct ent_value *page = ent_value_get(article, "mainEntityOfPage");
	const char *url = ent_value_get_text(article, "url");

	if (url)
		piece_url(piece, url, strlen(url));
	url = page && page->kind == ENT_TEXT ? page->as.text
					     : ent_value_get_text(page, "@id");
	if (url)
		piece_url(piece, url, strlen(url));
}

static int take_article(const struct ent_value *root,
			const struct ent_value *article, struct piece *piece,
			struct buf *body, struct ent_error *err)
{
	const char *date = ent_value_get_text(article, "datePublished");
	const char *text = ent_value_get_text(article, "articleBody");
	const char *headline = ent_value_get_text(article, "headline");
	struct buf line = { 0 };
	int rc = ENT_OK;

	if (date)
		piece_date(piece, date, strlen(date));
	if (headline)
		rc = html_fragment(headline, strlen(headline), &line, err);
	piece_line(&piece->title, line.data, line.len);
	buf_release(&line);
	take_url(article, piece);
	take_named(root, article, "publisher", &piece->publisher);
	take_named(root, article, "author", &piece->author);
	if (rc == ENT_OK && text && body->len == 0)
		rc = reader_json_prose(text, strlen(text), body, err);
	return rc;
}

/* Some still hide it from browsers of the last century. */
static void drop_cdata(struct buf *text)
{
	static const char open[] = "<![CDATA[", close[] = "]]>";
	char *start = strstr(text->data, open);
	char *end = start ? strstr(start, close) : NULL;

	if (start)
		memset(start, ' ', strlen(open));
	while (end) {
		memset(end, ' ', strlen(close));
		end = strstr(end, close);
	}
}

/* Line ends stand raw in the texts of many pages, which JSON does not allow; and
 * slashes or a semicolon around it. */
static void clean_script(struct buf *text)
{
	const char *start;
	size_t skip;

	if (text->len == 0)
		return;
	drop_cdata(text);
	start = strpbrk(text->data, "{[");
	skip = start ? (size_t)(start - text->data) : text->len;
	for (size_t i = 0; i < text->len; i++)
		if (text->data[i] == '\n' || text->data[i] == '\t' || i < skip)
			text->data[i] = ' ';
	while (text->len > 0 && !strchr("}]", text->data[text->len - 1]))
		text->len--;
}

/* JSON that cannot be read says nothing; the page itself may. */
static int take_script(const struct xml_node *script, struct piece *piece,
		       struct buf *body, struct ent_error *err)
{
	const struct ent_value *article = NULL;
	struct ent_value root;
	struct arena arena = { 0 };
	struct buf text = { 0 };
	int rc;

	xml_text(script, &text);
	clean_script(&text);
	rc = buf_check(&text, err);
	if (rc == ENT_OK && text.len > 0) {
		rc = json_read_long(text.data, text.len, ENT_ARTICLE_BYTES_MAX,
				    &arena, &root, err);
		if (rc == ENT_OK)
			article = find(&root, is_article, NULL);
		if (article)
			rc = take_article(&root, article, piece, body, err);
	}
	arena_release(&arena);
	buf_release(&text);
	return rc == ENT_EINPUT ? ENT_OK : rc;
}

int html_linked_data(const struct xml *xml, struct piece *piece,
		     struct buf *body, struct ent_error *err)
{
	const struct xml_node *top = xml_top(xml), *at = top;
	int rc = ENT_OK;

	while (rc == ENT_OK && (at = xml_step(at, top, true))) {
		const char *type = xml_is(at, "script") ? xml_attribute(at, "type")
							: NULL;

		if (type && ascii_starts(type, strlen(type), "application/ld+json"))
			rc = take_script(at, piece, body, err);
	}
	return rc;
}
