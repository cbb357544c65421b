/*
 * xml.c - markup through libxml2's SAX interface, into a tree of our own.
 *
 * The handlers that libxml2 would use to load or expand anything are not there:
 * no external subset, no entity but the predefined ones.  A document that declares
 * an entity or default attributes is refused at the first of them, which ends
 * billion laughs and external entities alike.  Errors go to a handler of this
 * parser alone; nothing of the host program's settings is touched.
 */
#include <assert.h>
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "doors/xml_private.h"
#include "ground/utf8.h"

/* libxml2 looks for each prefix among all that are in scope. */
enum { SPACES_MAX = 32 };

static const char *bytes_of(const xmlChar *text)
{
	return (const char *)text;
}

static void on_xml_start(void *arg, const xmlChar *name, const xmlChar *prefix,
			 const xmlChar *space, int spaces,
			 const xmlChar **declared, int count, int defaults,
			 const xmlChar **attributes)
{
	struct builder *builder = arg;
	struct xml_node *node = xml_open_element(builder, bytes_of(name),
						 space ? bytes_of(space) : "");

	(void)prefix, (void)declared, (void)defaults;
	if (spaces > SPACES_MAX)
		xml_refuse(builder, "an element declares more than %d "
			   "namespaces", SPACES_MAX);
	/* name, prefix, namespace, value, end of value */
	for (int i = 0; node && i < count; i++, attributes += 5)
		xml_add_attribute(builder, node, bytes_of(attributes[0]),
				  bytes_of(attributes[3]),
				  (size_t)(attributes[4] - attributes[3]));
}

static void on_xml_end(void *arg, const xmlChar *name, const xmlChar *prefix,
		       const xmlChar *space)
{
	(void)name, (void)prefix, (void)space;
	xml_close_element(arg);
}

static void on_html_start(void *arg, const xmlChar *name,
			  const xmlChar **attributes)
{
	struct builder *builder = arg;
	struct xml_node *node = xml_open_element(builder, bytes_of(name), "");

	for (; node && attributes && attributes[0]; attributes += 2) {
		const char *value = attributes[1] ? bytes_of(attributes[1]) : "";

		xml_add_attribute(builder, node, bytes_of(attributes[0]), value,
				  strlen(value));
	}
}

static void on_html_end(void *arg, const xmlChar *name)
{
	(void)name;
	xml_close_element(arg);
}

static void on_text(void *arg, const xmlChar *text, int len)
{
	struct builder *builder = arg;

	/* libxml2 goes on telling of texts behind what was wrong. */
	if (!builder->message[0])
		buf_add(&builder->text, text, (size_t)len);
}

static void refuse_declaration(struct builder *builder)
{
	xml_refuse(builder, "the DTD declares entities or attributes; such a "
		   "file is not read");
}

static void on_entity(void *arg, const xmlChar *name, int type,
		      const xmlChar *public_id, const xmlChar *system_id,
		      xmlChar *content)
{
	(void)name, (void)type, (void)public_id, (void)system_id, (void)content;
	refuse_declaration(arg);
}

static void on_unparsed_entity(void *arg, const xmlChar *name,
			       const xmlChar *public_id,
			       const xmlChar *system_id,
			       const xmlChar *notation)
{
	(void)name, (void)public_id, (void)system_id, (void)notation;
	refuse_declaration(arg);
}

static void on_attribute_default(void *arg, const xmlChar *element,
				 const xmlChar *name, int type, int def,
				 const xmlChar *value, xmlEnumerationPtr tree)
{
	(void)element, (void)name, (void)type, (void)def, (void)value;
	xmlFreeEnumeration(tree); /* handed over to this handler */
	refuse_declaration(arg);
}

/* libxml2 quotes the file in some of its messages. */
static void note_message(struct builder *builder, int line, const char *text)
{
	char *at;

	snprintf(builder->message, sizeof(builder->message), "line %d: %s", line,
		 text);
	builder->message[utf8_check(builder->message,
				    strlen(builder->message))] = '\0';
	for (at = builder->message; *at; at++)
		if ((unsigned char)*at < 0x20 || *at == 0x7f)
			*at = ' ';
	while (at > builder->message && at[-1] == ' ')
		*--at = '\0';
}

#if LIBXML_VERSION >= 21200
static void on_error(void *arg, const xmlError *error)
#else
static void on_error(void *arg, xmlErrorPtr error)
#endif
{
	struct builder *builder = arg;

	if (error->code == XML_ERR_NO_MEMORY)
		xml_stop(builder, mem_error(&builder->err));
	if (!builder->html && error->level == XML_ERR_FATAL &&
	    !builder->message[0] && error->code != XML_ERR_USER_STOP)
		note_message(builder, error->line,
			     error->message ? error->message : "not well formed");
}

static void set_handlers(xmlSAXHandler *sax, bool html)
{
	memset(sax, 0, sizeof(*sax));
	sax->initialized = XML_SAX2_MAGIC;
	sax->serror = on_error;
	sax->characters = on_text;
	sax->ignorableWhitespace = on_text;
	sax->cdataBlock = on_text;
	if (html) {
		sax->startElement = on_html_start;
		sax->endElement = on_html_end;
		return;
	}
	sax->startElementNs = on_xml_start;
	sax->endElementNs = on_xml_end;
	sax->entityDecl = on_entity;
	sax->unparsedEntityDecl = on_unparsed_entity;
	sax->attributeDecl = on_attribute_default;
}

static int run_parser(struct builder *builder, const char *text, size_t len)
{
	xmlParserCtxtPtr parser = builder->parser;
	const int html = HTML_PARSE_NONET | HTML_PARSE_NODEFDTD |
			 HTML_PARSE_IGNORE_ENC;
	const int strict = XML_PARSE_NONET | XML_PARSE_IGNORE_ENC;
	xmlDocPtr rest;

	/* A document that holds nothing but entities is left where we stop. */
	rest = builder->html ? htmlCtxtReadMemory(parser, text, (int)len, NULL,
						  "UTF-8", html)
			     : xmlCtxtReadMemory(parser, text, (int)len, NULL,
						 "UTF-8", strict);
	xmlFreeDoc(rest);
	if (parser->errNo == XML_ERR_NO_MEMORY)
		xml_stop(builder, mem_error(&builder->err));
	xml_flush_text(builder);
	if (builder->rc < 0 || builder->html || parser->wellFormed)
		return builder->rc;
	if (!builder->message[0])
		note_message(builder, 1, "not well formed");
	builder->xml->broken = xml_keep(builder, builder->message,
					strlen(builder->message));
	return builder->rc;
}

/* Parts of libxml2 know no parser when memory ends: they tell the thread's handler,
 * and its reader of HTML then never comes to an end by itself. */
static int build(struct builder *builder, const char *text, size_t len,
		 struct ent_error *err)
{
	xmlStructuredErrorFunc others = xmlStructuredError;
	void *others_arg = xmlStructuredErrorContext;
	struct buf numbered = { 0 };
	int rc = ENT_OK;

	if (!builder->html) {
		xml_number_entities(text, len, &numbered);
		rc = buf_check(&numbered, err);
		text = numbered.data;
		len = numbered.len;
	}
	xmlSetStructuredErrorFunc(builder, on_error);
	builder->parser = builder->html ? htmlNewParserCtxt() : xmlNewParserCtxt();
	if (!builder->parser || len > INT_MAX)
		rc = mem_error(err);
	if (rc == ENT_OK) {
		set_handlers(builder->parser->sax, builder->html);
		builder->parser->userData = builder;
		rc = run_parser(builder, text, len);
		if (rc < 0 && err)
			*err = builder->err;
	}
	xmlFreeParserCtxt(builder->parser);
	xmlSetStructuredErrorFunc(others_arg, others);
	buf_release(&builder->text);
	buf_release(&numbered);
	return rc;
}

int xml_read(const char *text, size_t len, bool html,
	     const struct xml_limits *limits, struct xml **out,
	     struct ent_error *err)
{
	struct builder builder = { .html = html, .limits = limits };
	struct xml *xml;
	int rc;

	assert(text && limits && out);

	if (len == 0)
		return ent_error_set(err, ENT_EINPUT, "the document is empty");
	if (len > limits->bytes)
		return ent_error_set(err, ENT_EINPUT,
				     "the document has %zu bytes, at most %zu",
				     len, limits->bytes);
	rc = xml_check_attributes(text, len, html, err);
	if (rc < 0)
		return rc;
	xml = mem_new(1, sizeof(*xml));
	if (!xml)
		return mem_error(err);
	xml->top = arena_alloc(&xml->arena, sizeof(*xml->top));
	rc = xml->top ? ENT_OK : mem_error(err);
	if (rc == ENT_OK) {
		*xml->top = (struct xml_node){ .space = "" };
		xml->count = 1;
		builder.xml = xml;
		builder.at = xml->top;
		rc = build(&builder, text, len, err);
	}
	if (rc < 0) {
		xml_close(xml);
		return rc;
	}
	*out = xml;
	return ENT_OK;
}
