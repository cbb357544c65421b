/*
 * html_meta.c - what a page's meta, link, time and title elements say.
 */
#include <string.h>

#include "ground/ascii.h"
#include "news/read/html.h"

enum member { PUBLISHED, TITLE, URL, PUBLISHER, AUTHOR };

/* Best first, for each member. */
static const struct {
	const char *name; /* of property, name or itemprop */
	enum member member;
} metas[] = {
	{ "article:published_time", PUBLISHED },
	{ "datepublished", PUBLISHED },
	{ "parsely-pub-date", PUBLISHED },
	{ "dc.date.issued", PUBLISHED },
	{ "dcterms.issued", PUBLISHED },
	{ "dc.date", PUBLISHED },
	{ "dcterms.date", PUBLISHED },
	{ "dcterms.created", PUBLISHED },
	{ "sailthru.date", PUBLISHED },
	{ "pubdate", PUBLISHED },
	{ "publishdate", PUBLISHED },
	{ "publish-date", PUBLISHED },
	{ "publish_date", PUBLISHED },
	{ "publication_date", PUBLISHED },
	{ "citation_publication_date", PUBLISHED },
	{ "date", PUBLISHED },
	{ "og:title", TITLE },
	{ "headline", TITLE },
	{ "parsely-title", TITLE },
	{ "dc.title", TITLE },
	{ "twitter:title", TITLE },
	{ "og:url", URL },
	{ "parsely-link", URL },
	{ "og:site_name", PUBLISHER },
	{ "dc.publisher", PUBLISHER },
	{ "publisher", PUBLISHER },
	{ "author", AUTHOR },
	{ "parsely-author", AUTHOR },
	{ "dc.creator", AUTHOR },
	{ "byl", AUTHOR },
};

static void put(struct piece *piece, enum member member, const char *text)
{
	size_t len = strlen(text);

	if (member == PUBLISHED)
		piece_date(piece, text, len);
	else if (member == TITLE)
		piece_line(&piece->title, text, len);
	else if (member == URL)
		piece_url(piece, text, len);
	else if (member == PUBLISHER)
		piece_line(&piece->publisher, text, len);
	else
		piece_line(&piece->author, text, len);
}

static bool says(const struct xml_node *node, const char *name)
{
	static const char *const keys[] = { "property", "name", "itemprop" };

	for (size_t i = 0; i < 3; i++) {
		const char *key = xml_attribute(node, keys[i]);

		if (key && ascii_same(key, strlen(key), name))
			return true;
	}
	return false;
}

static void take_metas(const struct xml_node *top, struct piece *piece)
{
	const struct xml_node *at;
	const char *content;

	for (size_t i = 0; i < sizeof(metas) / sizeof(metas[0]); i++) {
		for (at = top; (at = xml_step(at, top, true));) {
			if (!xml_is(at, "meta") || !says(at, metas[i].name))
				continue;
			content = xml_attribute(at, "content");
			if (content)
				put(piece, metas[i].member, content);
		}
	}
}

static void take_canonical(const struct xml_node *top, struct piece *piece)
{
	const struct xml_node *at = top;
	const char *rel, *href;

	while ((at = xml_step(at, top, true))) {
		rel = xml_is(at, "link") ? xml_attribute(at, "rel") : NULL;
		href = rel ? xml_attribute(at, "href") : NULL;
		if (href && ascii_same(rel, strlen(rel), "canonical"))
			piece_url(piece, href, strlen(href));
	}
}

/* The page's own date is the first: those of other articles stand below. */
static void take_time(const struct xml_node *top, struct piece *piece)
{
	const struct xml_node *at = top;
	const char *date, *title;

	while ((at = xml_step(at, top, true))) {
		bool said = at->attributes && says(at, "datepublished");

		date = said || xml_is(at, "time") ? xml_attribute(at, "datetime")
						  : NULL;
		title = said ? xml_attribute(at, "title") : NULL; /* <abbr> */
		if (date)
			piece_date(piece, date, strlen(date));
		if (title)
			piece_date(piece, title, strlen(title));
	}
}

static void take_element(const struct xml_node *top, const char *name,
			 struct piece *piece)
{
	const struct xml_node *node = xml_find(top, name);
	struct buf text = { 0 };

	if (!node)
		return;
	xml_text(node, &text);
	piece_line(&piece->title, text.data, text.len);
	piece->title.failed |= text.failed;
	buf_release(&text);
}

void html_meta(const struct xml *xml, struct piece *piece)
{
	const struct xml_node *top = xml_top(xml);

	take_canonical(top, piece);
	take_metas(top, piece);
	take_time(top, piece);
	take_element(top, "title", piece);
	take_element(top, "h1", piece);
}
