/*
 * xml.h - the door to libxml2: a tree of elements, read without network, DTD or
 * entities, and within limits.
 */
#ifndef ENGINE_XML_H
#define ENGINE_XML_H

#include "entente/error.h"
#include "ground/buf.h"

struct xml;      /* a document */
struct xml_node; /* an element of it, borrowed from the document */

struct xml_limits {
	size_t bytes; /* of the document */
	size_t depth; /* levels of elements */
};

/*
 * Read markup; html takes what browsers take.  charset (NULL: what the bytes say)
 * is what a header said.  *out is owned: xml_close().
 *
 * ENT_EINPUT  not well formed, a DTD with entities, or beyond a limit; line and
 *             column are in the message
 */
int xml_read(const char *bytes, size_t len, bool html, const char *charset,
	     const struct xml_limits *limits, struct xml **out,
	     struct ent_error *err);
void xml_close(struct xml *xml); /* NULL is allowed */

const struct xml_node *xml_root(const struct xml *xml);

/* Walking; NULL where there is none.  Names are local names, lower case in HTML. */
const struct xml_node *xml_child(const struct xml_node *node);  /* first element */
const struct xml_node *xml_next(const struct xml_node *node);   /* next sibling */
const struct xml_node *xml_find(const struct xml_node *node, const char *name);
const char *xml_name(const struct xml_node *node);
const char *xml_space(const struct xml_node *node); /* namespace, "" for none */

/* An attribute's text, appended to out; false where it is not there. */
bool xml_attribute(const struct xml_node *node, const char *name,
		   struct buf *out);

/* All text below, appended to out as it stands. */
void xml_text(const struct xml_node *node, struct buf *out);

/* Text below as a reader sees it: blocks apart by newlines, white space folded,
 * without script, style and the like. */
void xml_visible(const struct xml_node *node, struct buf *out);

#endif
