/*
 * xml.h - the door to libxml2: a tree of elements and texts, read without network,
 * DTD or entities, and within limits.
 *
 * The tree is ours: libxml2 only tells what it meets, so that no hostile file can
 * make it build, walk or free something deep.
 */
#ifndef ENGINE_XML_H
#define ENGINE_XML_H

#include "entente/error.h"
#include "ground/buf.h"

enum {
	XML_NODES_MAX = 1000000, /* elements, texts and attributes of a document */
	XML_OPEN_MAX = 1024      /* elements of HTML open at once: each end tag is
	                          * looked for among them */
};

struct xml_attribute {
	const char *name; /* local, lower case in HTML */
	const char *value;
	const struct xml_attribute *next;
};

/* An element, or a text (name is NULL).  Neighbouring texts are one. */
struct xml_node {
	const char *name;  /* local, lower case in HTML */
	const char *space; /* namespace, "" for none */
	const char *text;  /* of a text */
	size_t len;
	size_t number;     /* in the order of the document, from 0 */
	const struct xml_attribute *attributes;
	struct xml_node *parent, *first, *last, *next;
	bool closed;       /* its end was met */
};

struct xml;

struct xml_limits {
	size_t bytes; /* of the document */
	size_t depth; /* levels of elements: more are refused in XML, and stand
	               * side by side on the last level in HTML */
};

/*
 * Read markup in UTF-8, with a NUL behind it, whatever encoding it declares; html
 * takes what browsers take.  A document that breaks off is read up to there:
 * xml_broken().  *out is owned: xml_close().
 *
 * ENT_EINPUT  nothing can be read of it, or it is beyond a limit
 */
int xml_read(const char *text, size_t len, bool html,
	     const struct xml_limits *limits, struct xml **out,
	     struct ent_error *err);
void xml_close(struct xml *xml); /* NULL is allowed */

/* "line 3: ..." where reading ended before the document did, or NULL. */
const char *xml_broken(const struct xml *xml);

/* A node without name's parents, above all else; it has children. */
const struct xml_node *xml_top(const struct xml *xml);
size_t xml_count(const struct xml *xml); /* of nodes: numbers are below */

/* The node behind node in the order of the document, within top; NULL at its end.
 * Without into, what is below node is passed over. */
const struct xml_node *xml_step(const struct xml_node *node,
				const struct xml_node *top, bool into);

/* The first element of that name below node, or NULL. */
const struct xml_node *xml_find(const struct xml_node *node, const char *name);
bool xml_is(const struct xml_node *node, const char *name);

/* The value of an attribute, or NULL. */
const char *xml_attribute(const struct xml_node *node, const char *name);

/* All text below, appended to out as it stands. */
void xml_text(const struct xml_node *node, struct buf *out);

#endif
