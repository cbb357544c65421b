/*
 * xml_build.c - the tree of a document, as its elements and texts come in.
 */
#include <libxml/parser.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "doors/xml_private.h"

enum { ATTRIBUTES_KEPT = 64 };

void xml_stop(struct builder *builder, int rc)
{
	if (builder->rc == ENT_OK)
		builder->rc = rc;
	xmlStopParser(builder->parser);
}

void xml_refuse(struct builder *builder, const char *fmt, ...)
{
	char why[128];
	va_list args;

	if (builder->rc < 0)
		return;
	va_start(args, fmt);
	vsnprintf(why, sizeof(why), fmt, args);
	va_end(args);
	xml_stop(builder,
		 ent_error_set(&builder->err, ENT_EINPUT, "line %d: %s",
			       xmlSAX2GetLineNumber(builder->parser), why));
}

static void *allocate(struct builder *builder, size_t size)
{
	void *given = arena_alloc(&builder->xml->arena, size);

	if (!given)
		xml_stop(builder, mem_error(&builder->err));
	return given;
}

const char *xml_keep(struct builder *builder, const char *text, size_t len)
{
	const char *given = arena_text(&builder->xml->arena, text, len);

	if (!given)
		xml_stop(builder, mem_error(&builder->err));
	return given ? given : "";
}

static struct xml_node *add_node(struct builder *builder)
{
	struct xml_node *parent = builder->at, *node;

	if (builder->xml->count + builder->attributes >= XML_NODES_MAX) {
		xml_refuse(builder, "more than %d elements and texts",
			   XML_NODES_MAX);
		return NULL;
	}
	node = allocate(builder, sizeof(*node));
	if (!node)
		return NULL;
	node->number = builder->xml->count++;
	node->parent = parent;
	node->space = "";
	if (parent->last)
		parent->last->next = node;
	else
		parent->first = node;
	parent->last = node;
	return node;
}

void xml_flush_text(struct builder *builder)
{
	struct buf *text = &builder->text;
	struct xml_node *node;

	if (text->failed)
		xml_stop(builder, buf_check(text, &builder->err));
	if (text->len == 0 || builder->rc < 0)
		return;
	node = add_node(builder);
	if (!node)
		return;
	node->text = xml_keep(builder, text->data, text->len);
	node->len = text->len;
	buf_clear(text);
}

void xml_add_attribute(struct builder *builder, struct xml_node *node,
		       const char *name, const char *value, size_t len)
{
	struct xml_attribute *attribute;

	/* Of one local name, the first: href, then xlink:href. */
	if (builder->held == ATTRIBUTES_KEPT || xml_attribute(node, name))
		return;
	attribute = allocate(builder, sizeof(*attribute));
	if (!attribute)
		return;
	builder->attributes++;
	builder->held++;
	attribute->name = xml_keep(builder, name, strlen(name));
	attribute->value = xml_keep(builder, value, len);
	attribute->next = node->attributes;
	node->attributes = attribute;
}

/* Elements beyond the last level of HTML stay in the tree, side by side. */
struct xml_node *xml_open_element(struct builder *builder, const char *name,
				  const char *space)
{
	size_t most =
	    builder->html ? (size_t)XML_OPEN_MAX : builder->limits->depth;
	struct xml_node *node;

	xml_flush_text(builder);
	if (builder->rc < 0)
		return NULL;
	builder->held = 0;
	if (++builder->open > most) {
		xml_refuse(builder, "more than %zu levels of elements", most);
		return NULL;
	}
	node = add_node(builder);
	if (!node)
		return NULL;
	node->name = xml_keep(builder, name, strlen(name));
	if (strcmp(builder->at->space, space) == 0)
		node->space = builder->at->space;
	else
		node->space = xml_keep(builder, space, strlen(space));
	if (builder->open <= builder->limits->depth) {
		builder->at = node;
		builder->level++;
	}
	return node;
}

void xml_close_element(struct builder *builder)
{
	xml_flush_text(builder);
	if (builder->open == 0 || builder->rc < 0)
		return;
	if (builder->open-- > builder->level)
		return;
	builder->at->closed = true;
	builder->at = builder->at->parent;
	builder->level--;
}

void xml_close(struct xml *xml)
{
	if (!xml)
		return;
	arena_release(&xml->arena);
	mem_free(xml);
}

const char *xml_broken(const struct xml *xml)
{
	return xml->broken;
}

const struct xml_node *xml_top(const struct xml *xml)
{
	return xml->top;
}

size_t xml_count(const struct xml *xml)
{
	return xml->count;
}
