/*
 * xml_private.h - what is done to markup before libxml2 sees it.
 */
#ifndef ENGINE_XML_PRIVATE_H
#define ENGINE_XML_PRIVATE_H

#include "entente/error.h"
#include "ground/buf.h"

enum { XML_ATTRIBUTES_MAX = 1024 };

/*
 * text has a NUL behind it.  libxml2 compares each attribute of an element with those before it, which takes
 * time quadratic in their number.
 *
 * ENT_EINPUT  an element has more than XML_ATTRIBUTES_MAX
 */
int xml_check_attributes(const char *text, size_t len, bool html,
			 struct ent_error *err);

/* Append text to out, with HTML's entities as numbers: feeds use them without
 * declaring them. */
void xml_number_entities(const char *text, size_t len, struct buf *out);

#endif
