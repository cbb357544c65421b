/*
 * html.h - articles and texts out of HTML.
 */
#ifndef NEWS_HTML_H
#define NEWS_HTML_H

#include "doors/xml.h"
#include "news/read/reader_piece.h"

/*
 * Read a page in clean UTF-8: what it tells about its article (JSON-LD, meta
 * elements, <time>, its title), and the article's text without what stands around
 * it.  whole: all its text, as of a mail.
 *
 * ENT_EINPUT  too long, too deep, or too many elements
 */
int html_read(const char *text, size_t len, bool whole, struct piece *piece,
	      struct ent_error *err);

/* Append the text of markup, or of what may be markup, to out. */
int html_fragment(const char *text, size_t len, struct buf *out,
		  struct ent_error *err);

/*
 * Append the text below node as a reader sees it to out: paragraphs apart by an
 * empty line, white space folded, without scripts and the like; prose also without
 * navigation, captions and what is mostly links.
 */
void html_visible(const struct xml_node *node, bool prose, struct buf *out);

/* What html_visible() leaves out: always, or of prose. */
bool html_is_unseen(const struct xml_node *node);
bool html_is_furniture(const struct xml_node *node);
bool html_is_block(const struct xml_node *node);

/* The element that holds the article's text. */
int html_main(const struct xml *xml, const struct xml_node **out,
	      struct ent_error *err);

/* Put what JSON-LD says of the article into piece; articleBody into body. */
int html_linked_data(const struct xml *xml, struct piece *piece,
		     struct buf *body, struct ent_error *err);

/* Put what meta, link, time and title elements say into piece. */
void html_meta(const struct xml *xml, struct piece *piece);

#endif
