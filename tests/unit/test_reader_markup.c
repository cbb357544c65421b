/*
 * test_reader_markup.c - articles out of HTML and XML feeds.
 */
#include "reading.h"

#define PARAGRAPHS \
	"<p>Armenia has frozen its participation in the <a href=x>CSTO</a>, the " \
	"prime minister said&nbsp;on\n Friday in an interview.</p>" \
	"<p>The alliance, which Russia leads, did not answer Yerevan in time when " \
	"it asked for help, he said.</p>"
#define PROSE \
	"Armenia has frozen its participation in the CSTO, the prime minister said " \
	"on Friday in an interview.\n\n" \
	"The alliance, which Russia leads, did not answer Yerevan in time when it " \
	"asked for help, he said."
#define AROUND \
	"<header>Site name</header><nav><a href=/>Home</a></nav>"
#define BEHIND \
	"<ul><li><a href=1>Another story of today</a><li><a href=2>And one more " \
	"that is a little longer</a></ul><aside>Aside</aside><footer>(c)</footer>"

static void check_page(const char *page, const char *wanted)
{
	struct reading reading;

	assert_string_equal(reading_only(&reading, "p", page, strlen(page))->text,
			    wanted);
	reading_ends(&reading);
}

static void the_text_is_the_article(void **state)
{
	(void)state;
	check_page("<body>" AROUND "<article><h1>Frozen</h1>" PARAGRAPHS
		   "<figure><figcaption>Photo</figcaption></figure></article>" BEHIND,
		   "Frozen\n\n" PROSE);
	check_page("<body>" AROUND "<main>" PARAGRAPHS "<form>Sign up</form></main>"
		   BEHIND, PROSE);
	check_page("<body>" AROUND "<div><div id=x>" PARAGRAPHS "</div></div>" BEHIND,
		   PROSE);
	check_page("<body>" AROUND "<div><div>" PARAGRAPHS "</div><div>ad</div><div>"
		   PARAGRAPHS "</div></div>" BEHIND, PROSE "\n\nad\n\n" PROSE);
	check_page("<body>" AROUND "<div itemprop=articleBody>" PARAGRAPHS "</div>"
		   "<div class='x comments'>" PARAGRAPHS "</div>", PROSE);
	check_page("<body class=sidebar><p style='display: none'>a</p><p hidden>b</p>"
		   "<p aria-hidden=true>c</p>" PARAGRAPHS "<script>x</script>", PROSE);
	check_page("<table><tr><td>Menu<td>Armenia has frozen its participation in "
		   "the alliance, he said.<br><br>Second paragraph of the old page."
		   "</table>",
		   "Armenia has frozen its participation in the alliance, he "
		   "said.\nSecond paragraph of the old page.");
	check_page("<?xml version='1.0' encoding='utf-8'?>\n<!DOCTYPE html PUBLIC "
		   "'x' 'y'><html xmlns='http://www.w3.org/1999/xhtml'><body><p>"
		   "XHTML.</p></body></html>", "XHTML.");
	check_page("<!-- c --><P>Short.", "Short.");
	check_page("<nav>Only this</nav>", "Only this");
	check_page("<p>a<ul><li>b<li>c</ul>d<br>e<pre>f\ng  h</pre>",
		   "a\n\nb\nc\n\nd\ne\n\nf\ng h");
}

struct told {
	const char *url, *publisher, *title, *author, *published;
};

static void check_told(const char *file, const struct told *wanted)
{
	struct reading reading;
	const struct ent_article *article =
		reading_only(&reading, "p", file, strlen(file));

	check_member(article->url, wanted->url);
	check_member(article->publisher, wanted->publisher);
	check_member(article->title, wanted->title);
	check_member(article->author, wanted->author);
	check_member(article->published, wanted->published);
	reading_ends(&reading);
}

static void linked_data_tells_best(void **state)
{
	static const struct told told = { "https://e.org/a", "House", "Head & line",
					  "X, Y", "2024-02-23" };

	(void)state;
	check_told("<title>t</title><meta property=og:title content=og>"
		   "<script type='application/ld+json'>//<![CDATA[\n"
		   "{\"@graph\":[{\"@type\":\"WebPage\",\"headline\":\"no\"},"
		   "{\"@id\":\"#h\",\"@type\":\"Organization\",\"name\":\"House\"},"
		   "{\"@type\":[\"x\",\"ReportageNewsArticle\"],\"headline\":\"Head "
		   "&amp; line\",\n\"datePublished\":\"2024-02-23T23:00:00-08:00\","
		   "\"author\":[{\"name\":\"X\"},\"Y\"],\"publisher\":{\"@id\":\"#h\"},"
		   "\"mainEntityOfPage\":{\"@id\":\"https://e.org/a\"}}]}\n//]]>"
		   "</script><p>text", &told);
	check_told("<script type=application/ld+json>[{\"@type\":\"BlogPosting\","
		   "\"headline\":\"Head & line\",\"url\":\"https://e.org/a\","
		   "\"author\":\"X, Y\",\"publisher\":{\"name\":\"House\"},"
		   "\"datePublished\":\"2024-02-23\"}]</script><p>text", &told);
}

static void a_whole_body_in_linked_data_is_taken(void **state)
{
	char page[2048];

	(void)state;
	snprintf(page, sizeof(page), "<script type=application/ld+json>"
		 "{\"@type\":\"NewsArticle\",\"articleBody\":\"%s\"}</script>"
		 "<p>Teaser.", "Body. " PROSE);
	for (char *at = page; *at; at++) /* raw line ends: not JSON */
		if (*at == '\n')
			*at = ' ';
	check_page(page, "Body. Armenia has frozen its participation in the CSTO, "
			 "the prime minister said on Friday in an interview.  The "
			 "alliance, which Russia leads, did not answer Yerevan in "
			 "time when it asked for help, he said.");
	check_page("<script type=application/ld+json>{\"@type\":\"NewsArticle\","
		   "\"articleBody\":\"Armenia has fro...\"}</script>" PARAGRAPHS,
		   PROSE);
	check_page("<script type=application/ld+json>{\"@type\":</script>" PARAGRAPHS,
		   PROSE);
}

static void metas_tell_next(void **state)
{
	static const struct told told = { "https://e.org/a", "House", "T", "X",
					  "2024-02-23" };
	static const struct told only_title = { NULL, NULL, "T", NULL, NULL };
	static const struct told dated = { NULL, NULL, NULL, NULL, "2024-02-23" };

	(void)state;
	check_told("<link rel=Canonical href=https://e.org/a>"
		   "<meta property=og:url content=https://e.org/b>"
		   "<meta name=date content=2020-01-01>"
		   "<meta property=article:published_time content=2024-02-23T10:00>"
		   "<meta property=og:title content=T><title>T - House</title>"
		   "<meta property=og:site_name content=House>"
		   "<meta name=Author content=X><p>text", &told);
	check_told("<title> T\n</title><h1>H</h1><p>text", &only_title);
	check_told("<title></title><h1>T</h1><p>text", &only_title);
	check_told("<p>a <time datetime=2024-02-23T10:00>today</time> <time "
		   "datetime=2020-01-01>", &dated);
	check_told("<p>text <abbr itemprop=datePublished title=2024-02-23>", &dated);
	check_told("<meta name=DC.date.issued content=2024-02-23><p>text", &dated);
	check_told("<meta name=date content='0000-00-00'><time datetime=2024-02-23>"
		   "</time><p>text", &dated);
}

static void check_item(struct reading *reading, const char *name, const char *text,
		       const struct told *wanted)
{
	const struct ent_article *article = reading_next(reading);

	assert_string_equal(article->name, name);
	assert_string_equal(article->text, text);
	check_member(article->url, wanted->url);
	check_member(article->publisher, wanted->publisher);
	check_member(article->title, wanted->title);
	check_member(article->author, wanted->author);
	check_member(article->published, wanted->published);
}

static void rss(void **state)
{
	static const struct told told[] = {
		{ "https://e.org/1", "The & House", "One & two", "X", "2024-02-23" },
		{ "https://e.org/2024/03/05/two", "Other", "Two", "a@b.c (A)",
		  "2024-03-05" },
		{ NULL, "The & House", "Four", NULL, "2024-02-24" },
	};
	struct reading reading;

	(void)state;
	reading_open(&reading, "f",
		"\xef\xbb\xbf \n<?xml version='1.0'?><!-- c --><rss version='2.0' "
		"xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:c="
		"'http://purl.org/rss/1.0/modules/content/' xmlns:m='urn:media'>"
		"<channel><title>The &amp; House</title>"
		"<item><m:title>no</m:title><title>One &amp;amp; two</title>"
		"<link> https://e.org/1 </link><dc:creator>X</dc:creator>"
		"<pubDate>Fri, 23 Feb 2024 23:00:00 EDST</pubDate>"
		"<description><![CDATA[<p>a&nbsp;<b>b</b></p><p>c</p>]]>"
		"</description></item>"
		"<item><title>Two</title><guid>https://e.org/2024/03/05/two</guid>"
		"<author>a@b.c (A)</author><source url='u'>Other</source>"
		"<c:encoded>&lt;p&gt;whole &amp;eacute;&lt;/p&gt;</c:encoded>"
		"<description>teaser</description></item>"
		"<item><guid>3</guid></item>"
		"<item><title>Four</title><guid isPermaLink='false'>https://e.org/4"
		"</guid><dc:date>2024-02-24T10:00Z</dc:date></item>"
		"</channel></rss>");
	check_item(&reading, "f#1", "a b\n\nc", &told[0]);
	check_item(&reading, "f#2", "whole \xc3\xa9", &told[1]);
	reading_fails(&reading, "f#3: neither text nor title");
	check_item(&reading, "f#4", "Four", &told[2]);
	reading_ends(&reading);
}

static void rdf_site_summary(void **state)
{
	static const struct told told = { "https://e.org/1", "House", "One", "X",
					  "2024-02-23" };
	struct reading reading;

	(void)state;
	reading_open(&reading, "f",
		"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
		"xmlns='http://purl.org/rss/1.0/' "
		"xmlns:dc='http://purl.org/dc/elements/1.1/'>"
		"<channel><title>House</title><items/></channel>"
		"<item><title>One</title><link>https://e.org/1</link>"
		"<description>Plain text\nof two lines</description>"
		"<dc:creator>X</dc:creator><dc:date>2024-02-23</dc:date></item>"
		"</rdf:RDF>");
	check_item(&reading, "f#1", "Plain text\nof two lines", &told);
	reading_ends(&reading);
}

static void atom(void **state)
{
	static const struct told told[] = {
		{ "https://e.org/1", "House", "One & 2", "X", "2024-02-23" },
		{ "https://e.org/2", "House", "Two", NULL, "2024-02-25" },
		{ NULL, "House", NULL, NULL, NULL },
	};
	struct reading reading;

	(void)state;
	reading_open(&reading, "f",
		"<feed xmlns='http://www.w3.org/2005/Atom'><title>House</title>"
		"<entry><title type='html'>One &amp;amp; 2</title>"
		"<link rel='edit' href='https://e.org/no'/>"
		"<link rel='alternate' href='https://e.org/1'/>"
		"<published>2024-02-23T23:00:00-05:00</published>"
		"<updated>2024-02-26T10:00:00Z</updated><author><name>X</name>"
		"</author><summary>teaser</summary>"
		"<content type='html'>&lt;p&gt;a&lt;/p&gt;b</content></entry>"
		"<entry><title>Two</title><link href='https://e.org/2'/>"
		"<updated>2024-02-25T10:00:00Z</updated><content type='xhtml'>"
		"<div xmlns='http://www.w3.org/1999/xhtml'><p>c  d</p><p>e</p>"
		"<script>no</script></div></content></entry>"
		"<entry><content type='text'>a &lt;b&gt; c</content></entry></feed>");
	check_item(&reading, "f#1", "a\n\nb", &told[0]);
	check_item(&reading, "f#2", "c d\n\ne", &told[1]);
	check_item(&reading, "f#3", "a <b> c", &told[2]);
	reading_ends(&reading);
}

static void feeds_in_other_encodings(void **state)
{
	static const char cyrillic[] =
		"<?xml version='1.0' encoding='windows-1251'?><rss><channel><item>"
		"<title>\xd0\xee\xf1</title></item></channel></rss>";
	static const char wide[] =
		"\0<\0r\0s\0s\0>\0<\0i\0t\0e\0m\0>\0<\0t\0i\0t\0l\0e\0>\0\xe9\0<\0/\0t"
		"\0i\0t\0l\0e\0>\0<\0/\0i\0t\0e\0m\0>\0<\0/\0r\0s\0s\0>";
	struct reading reading;

	(void)state;
	assert_string_equal(READING_ONLY(&reading, "f", cyrillic)->title,
			    "\xd0\xa0\xd0\xbe\xd1\x81");
	reading_ends(&reading);
	assert_string_equal(READING_ONLY(&reading, "f", wide)->title, "\xc3\xa9");
	reading_ends(&reading);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_text_is_the_article),
		cmocka_unit_test(linked_data_tells_best),
		cmocka_unit_test(a_whole_body_in_linked_data_is_taken),
		cmocka_unit_test(metas_tell_next),
		cmocka_unit_test(rss),
		cmocka_unit_test(rdf_site_summary),
		cmocka_unit_test(atom),
		cmocka_unit_test(feeds_in_other_encodings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
