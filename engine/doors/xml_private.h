/*
 * xml_private.h - what is done to markup before libxml2 sees it, and the tree that is
 * made of what it says.
 */
#ifndef ENGINE_XML_PRIVATE_H
#define ENGINE_XML_PRIVATE_H

#include "doors/xml.h"
#include "ground/mem.h"

enum { XML_ATTRIBUTES_MAX = 1024 };

/*
 * text has a NUL behind it.  libxml2 compares each attribute of an element with those
 * before it, which takes time quadratic in their number.
 *
 * ENT_EINPUT  an element has more than XML_ATTRIBUTES_MAX
 */
int xml_check_attributes(const char *text, size_t len, bool html,
			 struct ent_error *err);

/* Append text to out, with HTML's entities as numbers: feeds use them without
 * declaring them. */
void xml_number_entities(const char *text, size_t len, struct buf *out);

/* ---- xml_build.c ----------------------------------------------------------------- */

struct xml {
	struct arena arena;
	struct xml_node *top;
	size_t count;
	const char *broken;
};

/* A document on its way. */
struct builder {
	struct xml *xml;
	struct xml_node *at; /* the innermost open element of the tree */
	struct buf text;     /* not yet in the tree */
	const struct xml_limits *limits;
	bool html;
	size_t open;         /* elements, also those that the tree flattens */
	size_t level;        /* of at */
	size_t attributes;
	size_t held;         /* attributes of the element that was opened last */
	int rc;              /* why we stopped the parser */
	struct _xmlParserCtxt *parser;
	struct ent_error err;
	char message[256];   /* the first fatal error of libxml2 */
};

/* End the parser, with that as its outcome unless there is one already. */
void xml_stop(struct builder *builder, int rc);

/* The same, as bad input on this line. */
void xml_refuse(struct builder *builder, const char *fmt, ...) ENT_PRINTF(2, 3);

/* In the tree's memory; "" where there is none left. */
const char *xml_keep(struct builder *builder, const char *text, size_t len);

/* NULL where the parser was ended. */
struct xml_node *xml_open_element(struct builder *builder, const char *name,
				  const char *space);
void xml_close_element(struct builder *builder);
void xml_add_attribute(struct builder *builder, struct xml_node *node,
		       const char *name, const char *value, size_t len);

/* Text that has come becomes a node. */
void xml_flush_text(struct builder *builder);

#endif
