/*
 * xml_walk.c - ways through the tree, without recursion.
 */
#include <string.h>

#include "doors/xml.h"

const struct xml_node *xml_step(const struct xml_node *node,
				const struct xml_node *top, bool into)
{
	if (into && node->first)
		return node->first;
	while (node != top && !node->next)
		node = node->parent;
	return node == top ? NULL : node->next;
}

bool xml_is(const struct xml_node *node, const char *name)
{
	return node->name && strcmp(node->name, name) == 0;
}

const struct xml_node *xml_find(const struct xml_node *node, const char *name)
{
	const struct xml_node *at = node;

	while ((at = xml_step(at, node, true)))
		if (xml_is(at, name))
			return at;
	return NULL;
}

const char *xml_attribute(const struct xml_node *node, const char *name)
{
	const struct xml_attribute *at = node->attributes;

	while (at && strcmp(at->name, name) != 0)
		at = at->next;
	return at ? at->value : NULL;
}

void xml_text(const struct xml_node *node, struct buf *out)
{
	const struct xml_node *at = node;

	for (; at; at = xml_step(at, node, true))
		if (at->text)
			buf_add(out, at->text, at->len);
}
