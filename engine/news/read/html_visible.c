/*
 * html_visible.c - the text of markup as a reader sees it.
 */
#include <string.h>

#include "ground/ascii.h"
#include "news/read/html.h"

enum gap { GAP_NONE, GAP_SPACE, GAP_LINE, GAP_PARAGRAPH };

struct view {
	struct buf *out;
	size_t start;  /* of out: what stood there before is not ours */
	enum gap gap;  /* what goes before the next character */
	bool prose;
};

static const char *const unseen[] = {
	"script", "style", "noscript", "template", "head", "iframe", "svg", "math",
	"object", "embed", "audio", "video", "canvas", "select", "textarea",
	"button", "map", "frameset", NULL
};
static const char *const furniture[] = {
	"nav", "header", "footer", "aside", "figure", "figcaption", "form", "menu",
	"dialog", NULL
};
static const char *const furniture_roles[] = {
	"navigation", "banner", "contentinfo", "complementary", "search", NULL
};
static const char *const furniture_classes[] = {
	"comments", "comment-list", "related", "related-articles", "newsletter",
	"share", "social", "cookie", "cookies", "advertisement", "breadcrumb",
	"breadcrumbs", "sidebar", "promo", "caption", "wp-caption-text", NULL
};
static const char *const blocks[] = {
	"p", "div", "section", "article", "main", "header", "footer", "aside",
	"nav", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol",
	"dl", "table", "figure", "figcaption", "address", "form", "fieldset",
	"center", "body", "hr", "details", "summary", NULL
};
static const char *const lines[] = { "br", "li", "tr", "dt", "dd", "option",
				     "caption", NULL };

static bool is_one_of(const char *name, const char *const *names)
{
	for (; name && *names; names++)
		if (strcmp(name, *names) == 0)
			return true;
	return false;
}

/* Classes apart by white space; whole ones only, since "has-sidebar" is often the
 * page itself. */
static bool has_furniture_class(const char *classes)
{
	size_t len;

	for (; classes && *classes; classes += len) {
		classes += strspn(classes, " \t\n");
		len = strcspn(classes, " \t\n");
		for (size_t i = 0; furniture_classes[i]; i++)
			if (ascii_same(classes, len, furniture_classes[i]))
				return true;
	}
	return false;
}

static bool is_not_displayed(const struct xml_node *node)
{
	const char *style = xml_attribute(node, "style");

	return style && (ascii_find(style, strlen(style), "display:none") ||
			 ascii_find(style, strlen(style), "display: none"));
}

bool html_is_unseen(const struct xml_node *node)
{
	const char *hidden;

	if (!node->name)
		return false;
	if (is_one_of(node->name, unseen))
		return true;
	if (!node->attributes)
		return false;
	hidden = xml_attribute(node, "aria-hidden");
	return xml_attribute(node, "hidden") ||
	       (hidden && strcmp(hidden, "true") == 0) || is_not_displayed(node);
}

bool html_is_furniture(const struct xml_node *node)
{
	const char *id;

	if (!node->name || xml_is(node, "body") || xml_is(node, "main") ||
	    xml_is(node, "article") || xml_is(node, "html"))
		return false;
	id = xml_attribute(node, "id");
	return is_one_of(node->name, furniture) ||
	       is_one_of(xml_attribute(node, "role"), furniture_roles) ||
	       is_one_of(id, furniture_classes) ||
	       has_furniture_class(xml_attribute(node, "class"));
}

bool html_is_block(const struct xml_node *node)
{
	return is_one_of(node->name, blocks) || is_one_of(node->name, lines) ||
	       xml_is(node, "td") || xml_is(node, "th");
}

static enum gap gap_of(const struct xml_node *node)
{
	if (is_one_of(node->name, blocks))
		return GAP_PARAGRAPH;
	if (is_one_of(node->name, lines))
		return GAP_LINE;
	return xml_is(node, "td") || xml_is(node, "th") ? GAP_SPACE : GAP_NONE;
}

static void widen(struct view *view, enum gap gap)
{
	if (view->gap < gap)
		view->gap = gap;
}

static void add_word(struct view *view, const char *text, size_t len)
{
	static const char *const gaps[] = { "", " ", "\n", "\n\n" };

	if (view->out->len > view->start)
		buf_text(view->out, gaps[view->gap]);
	view->gap = GAP_NONE;
	buf_add(view->out, text, len);
}

static void add_text(struct view *view, const struct xml_node *node)
{
	const char *text = node->text;
	size_t at = 0, from;

	while (at < node->len) {
		from = at;
		if (ascii_is_space(text[at])) {
			widen(view, text[at] == '\n' &&
				    xml_is(node->parent, "pre") ? GAP_LINE
								: GAP_SPACE);
			at++;
			continue;
		}
		if (strncmp(text + at, "\xc2\xa0", 2) == 0) {
			widen(view, GAP_SPACE);
			at += 2;
			continue;
		}
		while (at < node->len && !ascii_is_space(text[at]) &&
		       (at == from || text[at] != '\xc2'))
			at++;
		add_word(view, text + from, at - from);
	}
}

static size_t text_bytes(const struct xml_node *node)
{
	const struct xml_node *at = node;
	size_t count = node->len;

	while ((at = xml_step(at, node, true)))
		count += at->len;
	return count;
}

/* A block whose text is nearly all in links is a list of other articles. */
static bool is_mostly_links(const struct xml_node *node)
{
	size_t all = 0, linked = 0;
	const struct xml_node *at = node;
	bool link = false;

	if (!is_one_of(node->name, blocks) || xml_is(node, "body"))
		return false;
	while ((at = xml_step(at, node, !link))) {
		size_t count;

		link = xml_is(at, "a");
		count = link ? text_bytes(at) : at->len;
		all += count;
		linked += link ? count : 0;
	}
	return linked > 0 && linked * 5 > all * 4;
}

/* As deep as the tree, which is limited. */
static void add_node(struct view *view, const struct xml_node *node)
{
	enum gap gap = gap_of(node);

	if (node->text)
		add_text(view, node);
	widen(view, gap);
	for (const struct xml_node *at = node->first; at; at = at->next) {
		if (html_is_unseen(at))
			continue;
		if (view->prose && (html_is_furniture(at) || is_mostly_links(at)))
			widen(view, GAP_PARAGRAPH);
		else
			add_node(view, at);
	}
	widen(view, gap);
}

void html_visible(const struct xml_node *node, bool prose, struct buf *out)
{
	struct view view = { .out = out, .start = out->len, .prose = prose };

	add_node(&view, node);
}
