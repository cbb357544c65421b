/*
 * test_xml.c - markup into a tree, and what is refused.
 */
#include <unistd.h>

#include "check.h"

#include "doors/xml.h"
#include "ground/mem.h"

static const struct xml_limits limits = { 1 << 20, 8 };

static struct xml *read_markup(const char *text, bool html)
{
	struct ent_error err = { 0 };
	struct xml *xml = NULL;

	if (xml_read(text, strlen(text), html, &limits, &xml, &err) < 0)
		fail_msg("%s: %s", text, err.msg);
	return xml;
}

/* The tree in one line: <name@space attribute=value>text</>. */
static void write_tree(const struct xml_node *node, struct buf *out)
{
	if (node->text)
		buf_add(out, node->text, node->len);
	if (node->name) {
		buf_printf(out, "<%s%s%s", node->name, *node->space ? "@" : "",
			   node->space);
		for (const struct xml_attribute *at = node->attributes; at;
		     at = at->next)
			buf_printf(out, " %s=%s", at->name, at->value);
		buf_text(out, ">");
	}
	for (const struct xml_node *at = node->first; at; at = at->next) {
		assert_ptr_equal(at->parent, node);
		write_tree(at, out);
	}
	if (node->name)
		buf_text(out, node->closed ? "</>" : "...");
}

static void check_tree(const char *text, bool html, const char *wanted,
		       const char *broken)
{
	struct xml *xml = read_markup(text, html);
	struct buf out = { 0 };

	write_tree(xml_top(xml), &out);
	assert_string_equal(out.data ? out.data : "", wanted);
	if (broken)
		assert_string_equal(xml_broken(xml), broken);
	else
		assert_null(xml_broken(xml));
	buf_release(&out);
	xml_close(xml);
}

static void xml_becomes_a_tree(void **state)
{
	(void)state;
	check_tree("<a x='1' y='&lt;2'>b<c/>d&amp;&#233;e</a>", false,
		   "<a y=<2 x=1>b<c></>d&\xc3\xa9""e</>", NULL);
	check_tree("<a xmlns='u' xmlns:p='v'><p:b p:x='1' x='2'/></a>", false,
		   "<a@u><b@v x=1></></>", NULL);
	check_tree("<?xml version='1.0' encoding='utf-16'?><!-- c --><a><?pi?>"
		   "<![CDATA[<x>&amp;]]> y</a>", false, "<a><x>&amp; y</>", NULL);
	check_tree("<a>\xd1\x84</a>", false, "<a>\xd1\x84</>", NULL);
}

static void entities_of_html_are_known(void **state)
{
	(void)state;
	check_tree("<a x='&eacute;'>&nbsp;&eacute;&lt;</a>", false,
		   "<a x=\xc3\xa9>\xc2\xa0\xc3\xa9<</>", NULL);
	check_tree("<a>b&foo;c</a>", false, "<a>b...",
		   "line 1: Entity 'foo' not defined");
	check_tree("<a>b&;&#x;&nbsp</a>", false, "<a>b...",
		   "line 1: xmlParseEntityRef: no name");
}

static void html_is_what_browsers_take(void **state)
{
	(void)state;
	check_tree("<P CLASS=a>b<br>c<p>d &amp; &eacute; <B>e", true,
		   "<html><body><p class=a>b<br></>c</><p>d & \xc3\xa9 <b>e</></></>"
		   "</>", NULL);
	check_tree("<script>if (a<b && c) x()</script>", true,
		   "<html><head><script>if (a<b && c) x()</></></>", NULL);
}

static void what_breaks_off_is_read_up_to_there(void **state)
{
	(void)state;
	check_tree("<a>\n<b>c</b>\n<d>e", false, "<a>\n<b>c</>\n<d>e......",
		   "line 3: Premature end of data in tag d line 3");
	check_tree("<a><b></a>", false, "<a><b>......",
		   "line 1: Opening and ending tag mismatch: b line 1 and a");
	check_tree("<a/><b/>", false, "<a></>",
		   "line 1: Extra content at the end of the document");
	check_tree("nothing", false, "",
		   "line 1: Start tag expected, '<' not found");
	check_tree("<a><b>c", true, "<html><body><a><b>c</></></></>", NULL);
}

static void check_refused(const char *text, bool html, const char *msg)
{
	struct xml *xml = (struct xml *)&limits, *before = xml;
	struct ent_error err = { 0 };

	check_failure(xml_read(text, strlen(text), html, &limits, &xml, &err),
		      ENT_EINPUT, &err, msg);
	assert_ptr_equal(xml, before);
}

#define DECLARES "the DTD declares entities or attributes; such a file is not read"

static void declarations_are_refused(void **state)
{
	(void)state;
	check_refused("<!DOCTYPE a [<!ENTITY l 'l'>\n<!ENTITY m '&l;&l;'>]><a>&m;"
		      "</a>", false, "line 1: " DECLARES);
	check_refused("<!DOCTYPE a [\n<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
		      "<a>&x;</a>", false, "line 2: " DECLARES);
	check_refused("<!DOCTYPE a [<!ENTITY % x SYSTEM 'file:///etc/passwd'>%x;]>"
		      "<a/>", false, "line 1: " DECLARES);
	check_refused("<!DOCTYPE a [<!NOTATION n SYSTEM 'n'><!ENTITY x SYSTEM 'f' "
		      "NDATA n>]><a/>", false, "line 1: " DECLARES);
	check_refused("<!DOCTYPE a [<!ATTLIST a x (b|c) 'b'>]><a/>", false,
		      "line 1: " DECLARES);
	check_tree("<!DOCTYPE a SYSTEM 'file:///nowhere.dtd'><a>b</a>", false,
		   "<a>b</>", NULL);
	check_tree("<!DOCTYPE a [<!ELEMENT a ANY>]><a>b</a>", false, "<a>b</>",
		   NULL);
}

/* text, then part so often, then end. */
static char *repeat(const char *text, const char *part, size_t count,
		    const char *end)
{
	struct buf out = { 0 };

	buf_text(&out, text);
	for (size_t i = 0; i < count; i++)
		buf_text(&out, part);
	buf_text(&out, end);
	assert_false(out.failed);
	return out.data;
}

static void levels_are_limited(void **state)
{
	char *deep = repeat("", "<a>", 8, "x"), *deeper = repeat("", "<a>", 9, "x");
	char *html = repeat("", "<div>", 1022, "x"); /* html, body */
	char *deepest = repeat("", "<div>", 200000, "x");
	struct xml *xml = read_markup(html, true);
	const struct xml_node *at;
	size_t level = 0;

	(void)state;
	check_tree(deep, false, "<a><a><a><a><a><a><a><a>x"
		   "........................",
		   "line 1: Premature end of data in tag a line 1");
	check_refused(deeper, false, "line 1: more than 8 levels of elements");
	check_refused(deepest, false, "line 1: more than 8 levels of elements");
	for (at = xml_top(xml)->first; at; at = at->first)
		level++;
	assert_int_equal(level, 9); /* the last level holds the rest */
	assert_int_equal(xml_count(xml), 1026);
	xml_close(xml);
	check_refused(deepest, true, "line 1: more than 1024 levels of elements");
	mem_free(deep);
	mem_free(deeper);
	mem_free(html);
	mem_free(deepest);
}

static void numbers_are_limited(void **state)
{
	char *many = repeat("<a ", "b='>' ", 3000, "></a>");
	char *kept = repeat("<a ", "b='>' ", 1, "c='1'></a>");
	char *spaces = repeat("<a xmlns:b='c' ", "", 0, "></a>");
	char *nodes = repeat("<p>", "<br>", 250000, "");
	char *large = repeat("<p>", "x", 1 << 20, "");
	struct buf declared = { 0 };

	(void)state;
	check_refused(many, false, "an element has more than 1024 attributes");
	check_refused(many, true, "an element has more than 1024 attributes");
	check_tree(kept, false, "<a c=1 b=>></>", NULL);
	buf_text(&declared, "<a ");
	for (int i = 0; i < 33; i++)
		buf_printf(&declared, "xmlns:p%d='u' ", i);
	buf_text(&declared, "/>");
	check_refused(declared.data, false,
		      "line 1: an element declares more than 32 namespaces");
	check_refused(large, true, "the document has 1048579 bytes, at most "
				   "1048576");
	check_refused("", true, "the document is empty");
	xml_close(read_markup(nodes, true));
	xml_close(read_markup(spaces, false));
	buf_release(&declared);
	mem_free(many);
	mem_free(kept);
	mem_free(spaces);
	mem_free(nodes);
	mem_free(large);
}

static void a_section_of_text_has_no_attributes(void **state)
{
	char *words = repeat("<a><![CDATA[<b ", "word ", 3000, "]]></a>");

	(void)state;
	xml_close(read_markup(words, false));
	mem_free(words);
}

static void nodes_are_limited(void **state)
{
	static const struct xml_limits wide = { 8 << 20, 8 };
	char *nodes = repeat("<p>", "<br>", 1000001, "");
	struct ent_error err = { 0 };
	struct xml *xml = NULL;

	(void)state;
	check_failure(xml_read(nodes, strlen(nodes), true, &wide, &xml, &err),
		      ENT_EINPUT, &err,
		      "line 1: more than 1000000 elements and texts");
	assert_null(xml);
	mem_free(nodes);
}

static void steps_and_finds(void **state)
{
	struct xml *xml = read_markup("<a>1<b>2<c d='e'>3</c></b>4</a>", false);
	const struct xml_node *top = xml_top(xml), *b = xml_find(top, "b");
	struct buf out = { 0 };

	(void)state;
	assert_non_null(b);
	assert_true(xml_is(b, "b"));
	assert_false(xml_is(b->first, "b"));
	xml_text(b, &out);
	assert_string_equal(out.data, "23");
	assert_null(xml_find(b, "a"));
	assert_null(xml_find(b, "b"));
	assert_string_equal(xml_attribute(xml_find(top, "c"), "d"), "e");
	assert_null(xml_attribute(b, "d"));
	assert_string_equal(xml_step(b, top, false)->text, "4");
	assert_string_equal(xml_step(b, top, true)->text, "2");
	assert_null(xml_step(b, b, false));
	buf_release(&out);
	xml_close(xml);
	xml_close(NULL);
}

/* libxml2 would write there what it thinks of a document. */
static void nothing_goes_to_standard_error(void **state)
{
	FILE *caught = tmpfile();
	int saved = dup(STDERR_FILENO);

	(void)state;
	assert_non_null(caught);
	assert_true(saved >= 0);
	fflush(stderr);
	assert_true(dup2(fileno(caught), STDERR_FILENO) >= 0);
	xml_close(read_markup("<a><b c=1></a>&x;", false));
	xml_close(read_markup("<p:a x='1' x='2'>", false));
	xml_close(read_markup("<nonsense><p &x;<b></i>&#0;&foo;", true));
	fflush(stderr);
	assert_true(dup2(saved, STDERR_FILENO) >= 0);
	close(saved);
	assert_int_equal(lseek(fileno(caught), 0, SEEK_END), 0);
	fclose(caught);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(xml_becomes_a_tree),
		cmocka_unit_test(entities_of_html_are_known),
		cmocka_unit_test(html_is_what_browsers_take),
		cmocka_unit_test(what_breaks_off_is_read_up_to_there),
		cmocka_unit_test(declarations_are_refused),
		cmocka_unit_test(levels_are_limited),
		cmocka_unit_test(numbers_are_limited),
		cmocka_unit_test(a_section_of_text_has_no_attributes),
		cmocka_unit_test(nodes_are_limited),
		cmocka_unit_test(steps_and_finds),
		cmocka_unit_test(nothing_goes_to_standard_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
