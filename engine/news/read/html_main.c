/*
 * html_main.c - the element that holds a page's article.
 *
 * Where the page marks it, that is taken.  Else the element with most prose right
 * below it: paragraphs count by their text, less what is in links, and for their
 * parent whole, for its parent half.
 */
#include <string.h>

#include "ground/mem.h"
#include "ground/ascii.h"
#include "news/read/html.h"

enum {
	PARAGRAPH_MIN = 40, /* bytes: shorter ones are labels */
	MARKED_MIN = 140    /* an <article> with less is a teaser */
};

/* Bytes of text of a node, without what is unseen or furniture. */
struct measure {
	size_t own;    /* in the node itself and its inline elements */
	size_t linked; /* of own, in links */
	size_t prose;  /* all paragraphs below */
	size_t score;
};

static size_t count_text(const struct xml_node *node)
{
	size_t count = 0;

	for (size_t i = 0; i < node->len; i++)
		count += !ascii_is_space(node->text[i]);
	return count;
}

static size_t paragraph(const struct measure *measure)
{
	if (measure->own < PARAGRAPH_MIN || measure->own < 2 * measure->linked)
		return 0;
	return measure->own - 2 * measure->linked;
}

static void add_child(const struct xml_node *child, const struct measure *of_child,
		      struct measure *to)
{
	size_t own = paragraph(of_child);

	to->prose += of_child->prose;
	if (!html_is_block(child)) {
		to->own += of_child->own;
		to->linked += of_child->linked;
		to->score += of_child->score;
	} else if (xml_is(child, "p")) {
		to->score += own + of_child->score / 2;
	} else {
		to->score += of_child->score / 2;
	}
}

/* As deep as the tree, which is limited. */
static void measure_node(const struct xml_node *node, struct measure *all,
			 bool link)
{
	struct measure *mine = &all[node->number];

	link = link || xml_is(node, "a");
	if (node->text) {
		mine->own = count_text(node);
		mine->linked = link ? mine->own : 0;
	}
	for (const struct xml_node *at = node->first; at; at = at->next) {
		if (html_is_unseen(at) || html_is_furniture(at))
			continue;
		measure_node(at, all, link);
		add_child(at, &all[at->number], mine);
	}
	if (!html_is_block(node))
		return;
	mine->prose += paragraph(mine);
	if (!xml_is(node, "p"))
		mine->score += paragraph(mine);
}

static const struct xml_node *best(const struct xml *xml,
				   const struct measure *all,
				   bool (*fits)(const struct xml_node *))
{
	const struct xml_node *top = xml_top(xml), *at = top, *found = NULL;

	while ((at = xml_step(at, top, true))) {
		size_t score = fits ? all[at->number].prose
				    : all[at->number].score;
		size_t most = !found ? 0 : fits ? all[found->number].prose
						: all[found->number].score;

		if (at->name && score > most && (!fits || fits(at)))
			found = at;
	}
	return found;
}

static bool is_article_body(const struct xml_node *node)
{
	const char *item = xml_attribute(node, "itemprop");

	return item && strcmp(item, "articleBody") == 0;
}

static bool is_article(const struct xml_node *node)
{
	return xml_is(node, "article");
}

static bool is_main(const struct xml_node *node)
{
	const char *role = xml_attribute(node, "role");

	return xml_is(node, "main") || (role && strcmp(role, "main") == 0);
}

/* Marked as the article, with a good part of the page's prose in it. */
static const struct xml_node *find_marked(const struct xml *xml,
					  const struct measure *all)
{
	static bool (*const marks[])(const struct xml_node *) = {
		is_article_body, is_article, is_main
	};
	size_t whole = all[xml_top(xml)->number].prose;

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		const struct xml_node *node = best(xml, all, marks[i]);
		size_t prose = node ? all[node->number].prose : 0;

		if (prose >= MARKED_MIN && prose * 3 >= whole)
			return node;
	}
	return NULL;
}

/* Advertisements between paragraphs split an article into several elements: up to
 * an element that has half as much again, or yet more. */
static const struct xml_node *find_dense(const struct xml *xml,
					 const struct measure *all)
{
	const struct xml_node *node = best(xml, all, NULL), *at;

	if (!node)
		return xml_top(xml);
	for (at = node->parent; at; at = at->parent)
		if (all[at->number].prose * 2 >= all[node->number].prose * 3)
			node = at;
	return node;
}

int html_main(const struct xml *xml, const struct xml_node **out,
	      struct ent_error *err)
{
	struct measure *all = mem_new(xml_count(xml), sizeof(*all));
	const struct xml_node *node;

	if (!all)
		return mem_error(err);
	measure_node(xml_top(xml), all, false);
	node = find_marked(xml, all);
	*out = node ? node : find_dense(xml, all);
	mem_free(all);
	return ENT_OK;
}
