/*
 * xml_prepare.c - what is done to markup before libxml2 sees it.
 */
#include <libxml/HTMLparser.h>
#include <libxml/entities.h>
#include <string.h>

#include "doors/xml_private.h"

/* libxml2 looks through its whole table.  Behind so many entities, one of HTML is
 * unknown and the document ends there. */
enum { LOOKUPS_MAX = 1000000 };

static bool is_space(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* About how many attributes the tag has that starts at *at; steps behind it. */
static size_t count_attributes(const char *text, size_t len, size_t *at)
{
	const char *quote;
	size_t count = 0, i = *at + 1;

	for (; i < len && text[i] != '>'; i++) {
		if ((is_space(text[i]) || text[i] == '/') && !is_space(text[i - 1]))
			count++;
		if (text[i] != '=')
			continue;
		while (i + 1 < len && is_space(text[i + 1]))
			i++;
		if (i + 1 >= len || (text[i + 1] != '"' && text[i + 1] != '\''))
			continue;
		quote = i + 2 < len ? memchr(text + i + 2, text[i + 1], len - i - 2)
				    : NULL;
		i = quote ? (size_t)(quote - text) : len - 1;
		count++;
	}
	*at = i;
	return count;
}

/* What stands in a CDATA section is no tag, whatever it looks like. */
static bool skip_cdata(const char *text, size_t len, size_t *at)
{
	static const char open[] = "<![CDATA[";
	const char *end;

	if (len - *at < sizeof(open) || memcmp(text + *at, open, sizeof(open) - 1) != 0)
		return false;
	end = strstr(text + *at, "]]>");
	*at = end ? (size_t)(end - text) : len;
	return true;
}

int xml_check_attributes(const char *text, size_t len, bool html,
			 struct ent_error *err)
{
	for (size_t at = 0; at + 1 < len; at++) {
		char next = (char)(text[at + 1] | 0x20);

		if (text[at] != '<' || (!html && skip_cdata(text, len, &at)))
			continue;
		if (next >= 'a' && next <= 'z' &&
		    count_attributes(text, len, &at) >
			    (size_t)2 * XML_ATTRIBUTES_MAX)
			return ent_error_set(err, ENT_EINPUT,
					     "an element has more than %d "
					     "attributes", XML_ATTRIBUTES_MAX);
	}
	return ENT_OK;
}

/* HTML's names have eight characters or less.  The predefined five are XML's. */
static const htmlEntityDesc *html_entity(const char *text, size_t len,
					 size_t *out_len, size_t *lookups)
{
	char name[10];
	size_t at = 1;

	while (at < len && at < sizeof(name) &&
	       ((text[at] >= 'a' && text[at] <= 'z') ||
		(text[at] >= 'A' && text[at] <= 'Z') ||
		(text[at] >= '0' && text[at] <= '9')))
		at++;
	if (at == 1 || at >= sizeof(name) || at >= len || text[at] != ';')
		return NULL;
	memcpy(name, text + 1, at - 1);
	name[at - 1] = '\0';
	if (xmlGetPredefinedEntity(BAD_CAST name))
		return NULL;
	*out_len = at + 1;
	++*lookups;
	return htmlEntityLookup(BAD_CAST name);
}

void xml_number_entities(const char *text, size_t len, struct buf *out)
{
	const htmlEntityDesc *entity;
	size_t start = 0, taken, lookups = 0;

	for (size_t at = 0; at < len && lookups < LOOKUPS_MAX; at++) {
		entity = text[at] == '&' ? html_entity(text + at, len - at, &taken,
						       &lookups)
					 : NULL;
		if (!entity)
			continue;
		buf_add(out, text + start, at - start);
		buf_printf(out, "&#%u;", entity->value);
		start = at + taken;
		at = start - 1;
	}
	buf_add(out, text + start, len - start);
}
