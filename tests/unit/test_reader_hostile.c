/*
 * test_reader_hostile.c - files that are damaged, far too large, or made to harm.
 */
#include <sys/wait.h>
#include <unistd.h>

#include "reading.h"

#include "ground/utf8.h"

/* A text that is repeated, for files of many megabytes. */
struct part {
	const char *text;
	size_t count;
};

static void open_parts(struct reading *reading, const struct part *parts,
		       size_t count)
{
	struct ent_error err = { 0 };

	*reading = (struct reading){ .file = tmpfile() };
	assert_non_null(reading->file);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < parts[i].count; j++)
			fputs(parts[i].text, reading->file);
	rewind(reading->file);
	assert_int_equal(ent_reader_open(fileno(reading->file), "f", NULL,
					 &reading->reader, &err), ENT_OK);
}

/* Articles of these titles, then that message, then the end. */
static void check_breaks(const struct part *parts, size_t count,
			 const char *const *titles, const char *msg)
{
	struct reading reading;

	open_parts(&reading, parts, count);
	for (; titles && *titles; titles++)
		check_member(reading_next(&reading)->title, *titles);
	reading_fails(&reading, msg);
	reading_ends(&reading);
}

#define CHECK_BREAKS(msg, ...)                                             \
	do {                                                               \
		const struct part parts[] = { __VA_ARGS__ };               \
		check_breaks(parts, COUNT(parts), NULL, msg);              \
	} while (0)

static void what_holds_nothing(void **state)
{
	(void)state;
	CHECK_BREAKS("f: the file is empty", { "", 0 });
	CHECK_BREAKS("f: the file is empty", { "\xef\xbb\xbf", 1 });
	CHECK_BREAKS("f: there is no text", { " \n\t", 3 });
	CHECK_BREAKS("f: there is no text", { "DATE: 2024\n\n \n", 1 });
	CHECK_BREAKS("f: there is no text", { "<html><script>x</script>", 1 });
	CHECK_BREAKS("f: the feed has no items", { "<rss><channel/></rss>", 1 });
	CHECK_BREAKS("f: the feed has no items", { "{\"items\":[]}", 1 });
	CHECK_BREAKS("f: the feed has no items", { "[]", 1 });
	CHECK_BREAKS("f: XML of another kind: its first element is <urlset>, not "
		     "<rss>, <rdf:RDF>, <feed> or <html>",
		     { "<?xml version='1.0'?><urlset/>", 1 });
}

static void check_bytes_fail(const char *bytes, size_t len, const char *msg)
{
	struct reading reading;

	reading_open_with(&reading, "f", bytes, len, NULL);
	reading_fails(&reading, msg);
	reading_ends(&reading);
}

static void what_is_no_text(void **state)
{
	static const char zip[] = "PK\x03\x04\x14\0\0\0\x08\0\0\0!\0\x01\x02\x03";
	static const char elf[] = "\x7f" "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>";
	char noise[5000];
	uint32_t seed = 1;

	(void)state;
	for (size_t i = 0; i < sizeof(noise); i++)
		noise[i] = (char)((seed = seed * 1664525 + 1013904223) >> 24);
	check_bytes_fail(zip, sizeof(zip), "f: the file is not text");
	check_bytes_fail(elf, sizeof(elf), "f: the file is not text");
	check_bytes_fail(noise, sizeof(noise), "f: the file is not text");
	check_bytes_fail("%PDF-1.4\n%", 10, "f: the file is not text");
}

#define TOO_LONG "f: the file has more than 4194304 bytes"

static void sizes_are_limited(void **state)
{
	enum { MIB = 1 << 20 };
	struct reading reading;
	static const struct part most[] = { { "x", 4 * MIB } };

	(void)state;
	open_parts(&reading, most, 1);
	assert_int_equal(reading_next(&reading)->len, ENT_ARTICLE_BYTES_MAX);
	reading_ends(&reading);
	CHECK_BREAKS(TOO_LONG, { "x", 4 * MIB + 1 });
	CHECK_BREAKS(TOO_LONG, { "<p>", 1 }, { "x", 4 * MIB });
	CHECK_BREAKS(TOO_LONG, { "From: a@b.c\n\n", 1 }, { "x", 4 * MIB });
	CHECK_BREAKS("f: the file has more than 33554432 bytes",
		     { "<rss><channel>", 1 }, { "        ", 4 * MIB });
	CHECK_BREAKS("f: the file has more than 33554432 bytes",
		     { "{\"items\":[", 1 }, { "        ", 4 * MIB });
	CHECK_BREAKS("f#1: the document has 5000009 bytes, at most 4194304",
		     { "<rss><item><description>", 1 }, { "x", 5000000 },
		     { "&lt;p>&lt;b>c&amp;d", 1 }, { "</description></item></rss>", 1 });
	CHECK_BREAKS("f#1: the text has 5000000 bytes, at most 4194304",
		     { "<rss><item><description>", 1 }, { "xxxxx", 1000000 },
		     { "</description></item></rss>", 1 });
	CHECK_BREAKS("f: more than 524288 values of JSON", { "{\"items\":[", 1 },
		     { "0,", 600000 }, { "0]}", 1 });
}

static void depths_are_limited(void **state)
{
	static const char *const one[] = { "a", NULL };
	static const struct part broken[] = {
		{ "<rss><item><title>a</title></item>\n<item><title>b&c</title>", 1 }
	};

	(void)state;
	CHECK_BREAKS("f: line 1: more than 256 levels of elements",
		     { "<rss><item><title>a</title></item>", 1 }, { "<a>", 200000 });
	CHECK_BREAKS("f: line 1: more than 1024 levels of elements",
		     { "<p>a", 1 }, { "<div>", 200000 });
	CHECK_BREAKS("f#1: line 1: more than 1024 levels of elements",
		     { "<rss><item><description>", 1 }, { "&lt;b>", 200000 },
		     { "</description></item></rss>", 1 });
	CHECK_BREAKS("f: more than 64 levels of JSON", { "{\"items\":", 1 },
		     { "[", 1000000 });
	check_breaks(broken, 1, one, "f: line 2: EntityRef: expecting ';'");
}

#define DECLARES "f: line 1: the DTD declares entities or attributes; such a file " \
	"is not read"

static void entities_are_refused(void **state)
{
	(void)state;
	CHECK_BREAKS(DECLARES, { "<!DOCTYPE rss [<!ENTITY a 'ha'>", 1 },
		     { "<!ENTITY b '&a;&a;&a;&a;&a;'>", 20 },
		     { "]><rss><item><title>&b;</title></item></rss>", 1 });
	CHECK_BREAKS(DECLARES, { "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a "
				 "SYSTEM 'file:///etc/passwd'>]><rss><item><title>"
				 "&a;</title></item></rss>", 1 });
	CHECK_BREAKS(DECLARES, { "<!DOCTYPE rss [<!ENTITY % a SYSTEM "
				 "'http://127.0.0.1:1/'>%a;]><rss/>", 1 });
}

/* Through a pipe, as what comes from another program does. */
static void a_long_line_is_thrown_away(void **state)
{
	static const char after[] = "x\"}\n{\"text\":\"after\"}\n";
	static char chunk[1 << 16];
	struct reading reading = { 0 };
	int ends[2], status;
	pid_t child;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		memset(chunk, 'x', sizeof(chunk));
		if (write(ends[1], "{\"text\":\"", 9) != 9)
			_exit(1);
		for (int i = 0; i < 4096; i++) /* 256 MiB */
			if (write(ends[1], chunk, sizeof(chunk)) < 0)
				_exit(1);
		_exit(write(ends[1], after, sizeof(after) - 1) < 0);
	}
	close(ends[1]);
	reading.file = fdopen(ends[0], "r");
	assert_int_equal(ent_reader_open(ends[0], "f", NULL, &reading.reader, NULL),
			 ENT_OK);
	reading_fails(&reading, "f:1: the line has more than 4194304 bytes");
	assert_string_equal(reading_next(&reading)->text, "after");
	assert_string_equal(reading.article->name, "f:2");
	reading_ends(&reading);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void a_file_that_cannot_be_read(void **state)
{
	const struct ent_article *article = NULL;
	struct ent_reader *reader = NULL;
	struct ent_error err = { 0 };

	(void)state;
	assert_int_equal(ent_reader_open(-1, "f", NULL, &reader, &err), ENT_OK);
	assert_int_equal(ent_reader_next(reader, &article, &err), ENT_EIO);
	assert_int_equal(err.code, ENT_EIO);
	assert_int_equal(ent_reader_next(reader, &article, &err), ENT_END);
	ent_reader_close(reader);
}

static void check_article(const struct ent_article *article)
{
	const char *members[] = { article->url, article->publisher, article->title,
				  article->author, article->published };

	assert_int_equal(strlen(article->text), article->len);
	assert_int_equal(utf8_check(article->text, article->len), article->len);
	assert_true(article->body < article->len);
	for (const char *at = article->text; *at; at++)
		assert_true((unsigned char)*at >= ' ' || *at == '\n' || *at == '\t');
	for (size_t i = 0; i < COUNT(members); i++)
		if (members[i])
			for (const char *at = members[i]; *at; at++)
				assert_true((unsigned char)*at >= ' ');
}

/* However it goes, it comes to an end, and what is given keeps the promises. */
static void read_all(const char *bytes, size_t len)
{
	const struct ent_article *article;
	struct ent_error err = { 0 };
	struct reading reading;
	int rc, calls = 0;

	reading_open_with(&reading, "f", bytes, len, NULL);
	while ((rc = ent_reader_next(reading.reader, &article, &err)) != ENT_END) {
		assert_true(rc == ENT_OK || rc == ENT_EINPUT);
		assert_true(++calls < 100);
		if (rc == ENT_OK)
			check_article(article);
	}
	reading_ends(&reading);
}

static const char *const samples[] = {
	"<!DOCTYPE html><html><head><meta charset=utf-8><title>T &amp; t</title>"
	"<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":"
	"\"H\",\"datePublished\":\"2024-02-23\"}</script></head><body><nav><a href=/>"
	"x</a></nav><article><p>caf\xc3\xa9 <b>b</b><br>c</p><!-- c --></article>",
	"<?xml version='1.0' encoding='utf-8'?><rss xmlns:dc="
	"'http://purl.org/dc/elements/1.1/'><channel><title>C</title><item><title>"
	"T</title><pubDate>Fri, 23 Feb 2024 10:00:00 GMT</pubDate><description>"
	"<![CDATA[<p>caf\xc3\xa9</p>]]>&amp;eacute;</description></item><item><title>"
	"U</title></item></channel></rss>",
	"<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><entry><title>T"
	"</title><link href='https://e.org/2024/02/23/'/><content type='xhtml'><div "
	"xmlns='http://www.w3.org/1999/xhtml'><p>a</p></div></content></entry></feed>",
	"From: =?utf-8?Q?J=C3=BC?= <j@e.org>\nSubject: =?utf-8?B?w6k=?=\nDate: Fri, 23 "
	"Feb 2024 10:00:00 +0400\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
	"Content-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: "
	"quoted-printable\n\n=F2=\nb\n--x--\n",
	"{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"F\",\"items\":"
	"[{\"id\":1,\"content_html\":\"<p>a\\u00e9</p>\",\"authors\":[{\"name\":\"X\"}]},"
	"{\"content_text\":\"b\"}]}",
	"{\"text\":\"a\",\"date\":\"2024-02-23\"}\n{\"title\":\"b\"}\n",
	"URL: https://e.org/2024/02/23/a\nDATE: 2024-02\n\nArmenia.\nSource: x\n",
};

static void every_beginning_is_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++)
		for (size_t len = 0; len <= strlen(samples[i]); len++)
			read_all(samples[i], len);
}

static void every_changed_byte_is_read(void **state)
{
	static const char changes[] = { '\0', '<', '>', '&', '"', '\n', '\xff', '=' };

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		size_t len = strlen(samples[i]);
		char copy[1024];

		assert_true(len < sizeof(copy));
		memcpy(copy, samples[i], len);
		for (size_t at = 0; at < len; at++) {
			copy[at] = changes[(at + i) % sizeof(changes)];
			read_all(copy, len);
			copy[at] = samples[i][at];
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_holds_nothing),
		cmocka_unit_test(what_is_no_text),
		cmocka_unit_test(sizes_are_limited),
		cmocka_unit_test(depths_are_limited),
		cmocka_unit_test(entities_are_refused),
		cmocka_unit_test(a_long_line_is_thrown_away),
		cmocka_unit_test(a_file_that_cannot_be_read),
		cmocka_unit_test(every_beginning_is_read),
		cmocka_unit_test(every_changed_byte_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
