/*
 * feed.c - articles of RSS 2.0, RDF Site Summary and Atom.
 *
 * Source: RSS 2.0.11; RSS 1.0; RFC 4287, Atom; Dublin Core elements 1.1.
 *
 * Feeds are told by the names of their elements alone: many name a wrong
 * namespace, or none.  What an item holds must be of the item's own namespace
 * ("media:title" is no title), or of one of the two that are meant.
 */
#include <string.h>

#include "ground/ascii.h"
#include "news/read/charset.h"
#include "news/read/html.h"
#include "news/read/reader.h"

static const struct xml_limits limits = { ENT_FEED_BYTES_MAX,
					  ENT_MARKUP_DEPTH_MAX };

static const char dublin_core[] = "http://purl.org/dc/";
static const char content_module[] = "http://purl.org/rss/1.0/modules/content/";

/* The child of that name; space NULL is the node's own. */
static const struct xml_node *child(const struct xml_node *node, const char *name,
				    const char *space)
{
	const struct xml_node *at = node->first;

	for (; at; at = at->next)
		if (xml_is(at, name) &&
		    (space ? strncmp(at->space, space, strlen(space)) == 0
			   : strcmp(at->space, node->space) == 0))
			return at;
	return NULL;
}

static void put_plain(const struct xml_node *node, struct piece *piece,
		      void (*put)(struct piece *, const char *, size_t))
{
	struct buf text = { 0 };

	if (!node)
		return;
	xml_text(node, &text);
	put(piece, text.data, text.len);
	piece->text.failed |= text.failed;
	buf_release(&text);
}

static void put_date(const struct xml_node *node, struct piece *piece)
{
	put_plain(node, piece, piece_date);
}

static void put_url(const struct xml_node *node, struct piece *piece)
{
	put_plain(node, piece, piece_url);
}

/* Titles are markup in some feeds and plain in others. */
static int put_line(const struct xml_node *node, struct buf *out,
		    struct ent_error *err)
{
	struct buf text = { 0 }, seen = { 0 };
	int rc = ENT_OK;

	if (!node || out->len > 0)
		return ENT_OK;
	xml_text(node, &text);
	rc = buf_check(&text, err);
	if (rc == ENT_OK && text.len > 0)
		rc = html_fragment(text.data, text.len, &seen, err);
	if (rc == ENT_OK)
		piece_line(out, seen.data, seen.len);
	buf_release(&text);
	buf_release(&seen);
	return rc;
}

/* Text that is escaped markup, or the elements of XHTML themselves. */
static int put_text(const struct xml_node *node, struct piece *piece,
		    struct ent_error *err)
{
	struct buf text = { 0 };
	const char *type;
	int rc;

	if (!node || piece->text.len > 0)
		return ENT_OK;
	type = xml_attribute(node, "type");
	if (type && strcmp(type, "xhtml") == 0) {
		html_visible(node, false, &piece->text);
		return ENT_OK;
	}
	xml_text(node, &text);
	rc = buf_check(&text, err);
	if (rc == ENT_OK && text.len > 0 && type && strcmp(type, "text") == 0)
		charset_clean(text.data, text.len, &piece->text);
	else if (rc == ENT_OK && text.len > 0)
		rc = html_fragment(text.data, text.len, &piece->text, err);
	buf_release(&text);
	return rc;
}

/* Atom: <link rel="alternate" href>, where rel may be left out. */
static void put_atom_link(const struct xml_node *entry, struct piece *piece)
{
	for (const struct xml_node *at = entry->first; at; at = at->next) {
		const char *rel = xml_attribute(at, "rel");
		const char *href = xml_attribute(at, "href");

		if (xml_is(at, "link") && href &&
		    strcmp(at->space, entry->space) == 0 &&
		    (!rel || strcmp(rel, "alternate") == 0))
			piece_url(piece, href, strlen(href));
	}
}

static void put_guid(const struct xml_node *item, struct piece *piece)
{
	const struct xml_node *guid = child(item, "guid", NULL);
	const char *permanent = guid ? xml_attribute(guid, "isPermaLink") : NULL;

	if (!permanent || strcmp(permanent, "false") != 0)
		put_url(guid, piece);
}

static int put_atom_author(const struct xml_node *entry, struct piece *piece,
			   struct ent_error *err)
{
	const struct xml_node *author = child(entry, "author", NULL);

	return author ? put_line(child(author, "name", NULL), &piece->author, err)
		      : ENT_OK;
}

static int take_entry(const struct xml_node *entry, struct piece *piece,
		      struct ent_error *err)
{
	int rc = put_line(child(entry, "title", NULL), &piece->title, err);

	put_atom_link(entry, piece);
	put_date(child(entry, "published", NULL), piece);
	put_date(child(entry, "issued", NULL), piece); /* Atom 0.3 */
	put_date(child(entry, "updated", NULL), piece);
	if (rc == ENT_OK)
		rc = put_atom_author(entry, piece, err);
	if (rc == ENT_OK)
		rc = put_text(child(entry, "content", NULL), piece, err);
	if (rc == ENT_OK)
		rc = put_text(child(entry, "summary", NULL), piece, err);
	return rc;
}

static int take_item(const struct xml_node *item, struct piece *piece,
		     struct ent_error *err)
{
	int rc = put_line(child(item, "title", NULL), &piece->title, err);

	put_url(child(item, "link", NULL), piece);
	put_guid(item, piece);
	put_date(child(item, "pubDate", NULL), piece);
	put_date(child(item, "date", dublin_core), piece);
	if (rc == ENT_OK)
		rc = put_line(child(item, "source", NULL), &piece->publisher, err);
	if (rc == ENT_OK)
		rc = put_line(child(item, "creator", dublin_core), &piece->author,
			      err);
	if (rc == ENT_OK)
		rc = put_line(child(item, "author", NULL), &piece->author, err);
	if (rc == ENT_OK)
		rc = put_text(child(item, "encoded", content_module), piece, err);
	if (rc == ENT_OK)
		rc = put_text(child(item, "description", NULL), piece, err);
	return rc;
}

static bool is_article(const struct xml_node *node)
{
	return xml_is(node, "item") || xml_is(node, "entry");
}

static int take_article(struct ent_reader *reader, struct ent_error *err)
{
	struct piece *piece = &reader->piece;
	int rc;

	rc = xml_is(reader->node, "entry") ? take_entry(reader->node, piece, err)
					   : take_item(reader->node, piece, err);
	if (rc < 0)
		return rc;
	if (piece->text.len == 0 && piece->title.len == 0)
		return ent_error_set(err, ENT_EINPUT, "neither text nor title");
	if (piece->text.len == 0)
		buf_add(&piece->text, piece->title.data, piece->title.len);
	if (piece->publisher.len == 0)
		buf_add(&piece->publisher, reader->publisher.data,
			reader->publisher.len);
	return ENT_OK;
}

/* Behind the last item: what was wrong with the file, once. */
static int end_feed(struct ent_reader *reader, struct ent_error *err)
{
	const char *broken = xml_broken(reader->xml);

	reader->next = reader_end;
	if (broken)
		return ent_error_set(err, ENT_EINPUT, "%s", broken);
	if (reader->count == 0)
		return ent_error_set(err, ENT_EINPUT, "the feed has no items");
	return ENT_END;
}

/* An item that breaks off is none: half a text may say the opposite. */
int feed_xml_next(struct ent_reader *reader, struct ent_error *err)
{
	const struct xml_node *top = xml_top(reader->xml);
	bool into = reader->count == 0;

	do {
		reader->node = xml_step(reader->node, top, into);
		into = true;
	} while (reader->node && !(is_article(reader->node) &&
				   reader->node->closed));
	if (!reader->node)
		return end_feed(reader, err);
	reader_name(reader, '#', ++reader->count);
	return take_article(reader, err);
}

/* RSS: the channel's title; Atom: the feed's. */
static int take_publisher(struct ent_reader *reader, struct ent_error *err)
{
	const struct xml_node *top = xml_top(reader->xml);
	const struct xml_node *channel = xml_find(top, "channel");

	if (!channel)
		channel = xml_find(top, "feed");
	return channel ? put_line(child(channel, "title", NULL),
				  &reader->publisher, err)
		       : ENT_OK;
}

/* An XML declaration behind white space is not XML, and common. */
static void blank_late_declaration(struct buf *text)
{
	size_t at = strspn(text->data, " \t\n");
	const char *end = strstr(text->data + at, "?>");

	if (at > 0 && end && strncmp(text->data + at, "<?xml", 5) == 0)
		memset(text->data + at, ' ', (size_t)(end + 2 - text->data) - at);
}

int reader_feed(struct ent_reader *reader, struct ent_error *err)
{
	struct buf text = { 0 };
	int rc;

	reader->next = reader_end;
	rc = reader_decoded(reader, ENT_FEED_BYTES_MAX, &text, err);
	if (rc == ENT_OK) {
		blank_late_declaration(&text);
		rc = xml_read(text.data, text.len, false, &limits, &reader->xml,
			      err);
	}
	buf_release(&text);
	if (rc == ENT_OK)
		rc = take_publisher(reader, err);
	if (rc < 0)
		return rc;
	reader->node = xml_top(reader->xml);
	reader->next = feed_xml_next;
	return feed_xml_next(reader, err);
}
