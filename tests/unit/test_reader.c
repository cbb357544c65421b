/*
 * test_reader.c - articles out of each kind of file.
 */
#include "reading.h"

#include "doors/hash.h"

static void plain_text_is_the_file_itself(void **state)
{
	static const char text[] = "URL: https://example.org/a\n"
				   "DATE: 2024-02-23\n"
				   "TITLE:  Armenia  freezes \n"
				   "TEXT-STATUS: verbatim\n"
				   "PUBLISHER: Example\nAUTHOR: A. Writer\n"
				   "\n"
				   "Armenia froze \xe2\x80\x93 on Friday.\n";
	size_t body = (size_t)(strstr(text, "Armenia froze") - text);
	struct reading reading;
	const struct ent_article *article = READING_ONLY(&reading, "a.txt", text);
	struct ent_bytes bytes = { text + body, strlen(text) - body };
	struct ent_hash digest;

	(void)state;
	assert_string_equal(article->name, "a.txt");
	assert_string_equal(article->text, text);
	assert_int_equal(article->len, strlen(text));
	assert_int_equal(article->body, body);
	check_member(article->url, "https://example.org/a");
	check_member(article->published, "2024-02-23");
	check_member(article->title, "Armenia freezes");
	check_member(article->publisher, "Example");
	check_member(article->author, "A. Writer");
	assert_int_equal(hash_parts(&bytes, 1, &digest, NULL), ENT_OK);
	assert_memory_equal(&article->digest, &digest, sizeof(digest));
	reading_ends(&reading);
}

static void what_is_no_header_is_text(void **state)
{
	static const char *const rows[] = {
		"Yerevan: a city.\n\nAnd more.\n",         /* nothing known */
		"Yerevan: it is.\nURL: https://example.org/a\nAnd text.\n",
		"URL: https://example.org/a\n", /* and no text */
		"\nURL: https://example.org/a\n\nmore\n",
		"A: b",
		"<3 news\n",
		"[Reuters] Armenia left.\n",
		"{braces} at the start\n",
		"Subject to approval, Armenia left.\n\nMore: this\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct reading reading;
		const struct ent_article *article =
			reading_only(&reading, "a", rows[i], strlen(rows[i]));

		assert_int_equal(article->body, 0);
		assert_string_equal(article->text, rows[i]);
		check_member(article->url, NULL);
		check_member(article->published, NULL);
		check_member(article->title, NULL);
		reading_ends(&reading);
	}
}

static void a_header_may_end_without_an_empty_line(void **state)
{
	static const struct {
		const char *text, *published, *title, *body;
	} rows[] = {
		{ "DATE: 2024-03-08\nArmenia left.\n\nMore: x\n", "2024-03-08",
		  NULL, "Armenia left.\n\nMore: x\n" },
		{ "Date: 8 March 2024\nTEXT-STATUS: x\nTITLE: T\n  Left.",
		  "2024-03-08", "T", "  Left." },
		{ "DATE: 2024-03-08\nYerevan: it left.\nTITLE: T\nOn.",
		  "2024-03-08", NULL, "Yerevan: it left.\nTITLE: T\nOn." },
		{ "DATE: 03/08/2024\nArmenia left.", NULL, NULL, "Armenia left." },
		{ "DATE: 03/08/2024\n\nArmenia left.", NULL, NULL,
		  "Armenia left." },
		{ "DATE: 13/08/2024\n\nArmenia left.", "2024-08-13", NULL,
		  "Armenia left." },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct reading reading;
		const struct ent_article *article = reading_only(
			&reading, "a", rows[i].text, strlen(rows[i].text));

		check_member(article->published, rows[i].published);
		check_member(article->title, rows[i].title);
		assert_string_equal(article->text + article->body, rows[i].body);
		reading_ends(&reading);
	}
}

static void the_last_line_may_tell_the_source(void **state)
{
	static const struct {
		const char *text, *url, *published;
	} rows[] = {
		{ "Left.\nSource: https://e.org/2025/07/18/left/",
		  "https://e.org/2025/07/18/left/", "2025-07-18" },
		{ "Left.\nSource: https://e.org/2025/jul/18/left\n\n",
		  "https://e.org/2025/jul/18/left", "2025-07-18" },
		{ "Left.\nSource: https://e.org/a/2025/07/18", 
		  "https://e.org/a/2025/07/18", "2025-07-18" },
		{ "Left.\nSource: https://e.org/2025/13/18/left/",
		  "https://e.org/2025/13/18/left/", NULL },
		{ "Left.\nSource: https://e.org/2025/07/181/",
		  "https://e.org/2025/07/181/", NULL },
		{ "Left.\nSource: https://e.org/0025/07/18/",
		  "https://e.org/0025/07/18/", NULL },
		{ "URL: https://e.org/x\n\nLeft.\nSource: https://e.org/y\n",
		  "https://e.org/x", NULL },
		{ "DATE: 2024\n\nLeft.\nSource: https://e.org/2025/07/18/\n",
		  "https://e.org/2025/07/18/", "2024" },
		{ "Left.\nSource: javascript:alert(1)", NULL, NULL },
		{ "Left.\nSource: https://e.org/a b", NULL, NULL },
		{ "Source: https://e.org/y\nLeft.", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct reading reading;
		const struct ent_article *article = reading_only(
			&reading, "a", rows[i].text, strlen(rows[i].text));

		check_member(article->url, rows[i].url);
		check_member(article->published, rows[i].published);
		reading_ends(&reading);
	}
}

static void a_text_may_tell_its_day_at_the_top(void **state)
{
	static const char *const rows[][2] = {
		{ "Left\n\nFebruary 23, 2024\n\nIt left.", "2024-02-23" },
		{ "Left\nPublished on 23 February 2024, 10:00 GMT\nIt left.",
		  "2024-02-23" },
		{ "Posted 23 Feb. 2024\nIt left.", "2024-02-23" },
		{ "YEREVAN, Feb. 23, 2024 (Example) - It left.", "2024-02-23" },
		{ "WASHINGTON, D.C., February 23, 2024 \xe2\x80\x94 It left.",
		  "2024-02-23" },
		{ "1\n\n2\n\n3\n\n4\n\nFebruary 23, 2024", "2024-02-23" },
		{ "1\n\n2\n\n3\n\n4\n\n5\n\nFebruary 23, 2024", NULL },
		{ "February 2024\n\nIt left.", NULL },
		{ "February 30, 2024\n\nIt left.", NULL },
		{ "February 23, 2024 was the day: it left.", NULL },
		{ "On February 23, 2024 - a Friday - it left.", NULL },
		{ "Yerevan left on February 23, 2024 - a Friday.", NULL },
		{ "YEREVAN, Feb. 23 (Example) - It left.", NULL },
		{ "YEREVAN, Feb. 23, 2024, it left.", NULL },
		{ "DATE: 2024-02-25\n\nYEREVAN, Feb. 23, 2024 - Left.",
		  "2024-02-25" },
		{ "URL: https://e.org/2024/02/25/x\n\nFebruary 23, 2024\nLeft.",
		  "2024-02-25" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct reading reading;

		check_member(reading_only(&reading, "a", rows[i][0],
					  strlen(rows[i][0]))->published,
			     rows[i][1]);
		reading_ends(&reading);
	}
}

static void dates_that_cannot_be_are_passed_over(void **state)
{
	static const char *const rows[][2] = {
		{ "0000-01-01", NULL },       { "-0044-03-15", NULL },
		{ "2023-02-29", NULL },       { "15 March 44 BC", NULL },
		{ "XXXX", NULL },             { "../2024", NULL },
		{ "yesterday", NULL },        { "2024-02", "2024-02" },
		{ "2024~", "2024~" },         { "23 February 2024", "2024-02-23" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char text[80];
		struct reading reading;

		snprintf(text, sizeof(text), "DATE: %s\n\nLeft.", rows[i][0]);
		check_member(reading_only(&reading, "a", text, strlen(text))
				     ->published, rows[i][1]);
		reading_ends(&reading);
	}
}

static void an_option_dates_what_does_not_say(void **state)
{
	struct ent_reader_options options = { .published = "2024-03" };
	struct ent_reader *reader = NULL;
	struct ent_error err = { 0 };
	struct reading reading;
	static const char lines[] = "{\"text\":\"a\",\"date\":\"2024-02-23\"}\n"
				    "{\"text\":\"b\"}\n";

	(void)state;
	reading_open_with(&reading, "a", lines, strlen(lines), &options);
	check_member(reading_next(&reading)->published, "2024-02-23");
	check_member(reading_next(&reading)->published, "2024-03");
	reading_ends(&reading);
	options.published = "2024-13";
	check_failure(ent_reader_open(0, "a", &options, &reader, &err), ENT_EINPUT,
		      &err, "published: month 13 does not exist");
	assert_null(reader);
	ent_reader_close(NULL);
}

static void check_text(const void *bytes, size_t len, const char *wanted)
{
	struct reading reading;

	assert_string_equal(reading_only(&reading, "a", bytes, len)->text, wanted);
	reading_ends(&reading);
}

#define CHECK_TEXT(bytes, wanted) check_text(bytes, sizeof(bytes) - 1, wanted)

static void encodings(void **state)
{
	(void)state;
	CHECK_TEXT("caf\xc3\xa9\r\nb\rc\x01\x7f\xc2\x85" "d", "caf\xc3\xa9\nb\nc   d");
	CHECK_TEXT("\xef\xbb\xbf" "caf\xc3\xa9", "caf\xc3\xa9");
	CHECK_TEXT("caf\xe9 \x93q\x94 \x81", "caf\xc3\xa9 \xe2\x80\x9cq\xe2\x80\x9d "
					     "\xef\xbf\xbd");
	CHECK_TEXT("\xff\xfe" "c\0\xe9\0\r\0\n\0\x3d\xd8\x00\xde\0\xd8",
		   "c\xc3\xa9\n\xf0\x9f\x98\x80\xef\xbf\xbd");
	CHECK_TEXT("\xfe\xff\0c\0\xe9", "c\xc3\xa9");
	CHECK_TEXT("\xc3\xa9\xc3\xa9\xc3\xa9 \xff", "\xc3\xa9\xc3\xa9\xc3\xa9 "
						    "\xef\xbf\xbd");
	CHECK_TEXT("a\xef\xbf\xbf" "b", "a\xef\xbf\xbd" "b");
	/* Declared, and so; declared wrongly; not known. */
	CHECK_TEXT("<meta charset=koi8-r><p>\xf2\xcf\xd3", "\xd0\xa0\xd0\xbe\xd1\x81");
	CHECK_TEXT("<meta http-equiv=Content-Type content='text/html; "
		   "charset=windows-1251'><p>\xd0\xee\xf1",
		   "\xd0\xa0\xd0\xbe\xd1\x81");
	CHECK_TEXT("<meta charset='Shift_JIS'><p>\x93\xfa\x96\x7b",
		   "\xe6\x97\xa5\xe6\x9c\xac");
	CHECK_TEXT("<meta charset=windows-1258><p>a\xec", "\xc3\xa1");
	CHECK_TEXT("<meta charset=utf-8><p>caf\xe9", "caf\xc3\xa9");
	CHECK_TEXT("<meta charset=utf-7><p>caf\xe9+AD4-", "caf\xc3\xa9+AD4-");
	CHECK_TEXT("<meta charset=gb2312><p>\xd0\xa0\xd0\xbe\xd1\x81\xd1\x81",
		   "\xd0\xa0\xd0\xbe\xd1\x81\xd1\x81");
	CHECK_TEXT("<p>a\0b</p>", "a b");
}

static void json_lines(void **state)
{
	static const char lines[] =
		"\xef\xbb\xbf{\"id\":7,\"headline\":\"H\",\"body\":\"B\\u0007\\r\\n\","
		"\"link\":\"https://e.org/a\",\"datePublished\":\"2024-02-23T23:00Z\","
		"\"publisher\":{\"name\":\"P\"},\"author\":[\"X\",{\"name\":\"Y\"}]}\r\n"
		"\r\n"
		"{\"content\":\"<p>a</p><p>b &amp; c</p>\",\"source\":\"S\"}\n"
		"{\"text\":\"\",\"articleBody\":\"c\",\"date\":\"soon\"}\n"
		"{\"event_text\":5,\"title\":\"T\"}\n"
		"{\"title\":\"\"}\n"
		"[1]\n"
		"{\"text\":\"a\",}\n"
		"{\"text\":\"last\"}";
	const struct ent_article *article;
	struct reading reading;

	(void)state;
	reading_open(&reading, "n", lines);
	article = reading_next(&reading);
	assert_string_equal(article->name, "n:1");
	assert_string_equal(article->text, "B \n");
	check_member(article->title, "H");
	check_member(article->url, "https://e.org/a");
	check_member(article->published, "2024-02-23");
	check_member(article->publisher, "P");
	check_member(article->author, "X, Y");
	article = reading_next(&reading);
	assert_string_equal(article->name, "n:3");
	assert_string_equal(article->text, "a\n\nb & c");
	check_member(article->title, NULL);
	check_member(article->publisher, "S");
	assert_string_equal(reading_next(&reading)->text, "c");
	check_member(reading.article->published, NULL);
	assert_string_equal(reading_next(&reading)->text, "T");
	reading_fails(&reading, "n:6: neither text nor title");
	reading_fails(&reading, "n:7: not a JSON object");
	reading_fails(&reading, "n:8: not JSON: string or '}' expected near '}'");
	assert_string_equal(reading_next(&reading)->name, "n:9");
	reading_ends(&reading);
}

static void json_feed(void **state)
{
	static const char feed[] =
		"{\"title\":\"F\",\"version\":\"https://jsonfeed.org/version/1.1\","
		"\"items\":[{\"id\":1,\"content_html\":\"<p>a&nbsp;b</p>\","
		"\"date_published\":\"2024-02-23T23:00:00-08:00\","
		"\"external_url\":\"https://e.org/a\"},{\"id\":\"2\"},"
		"{\"id\":\"https://e.org/3\",\"content_text\":\"c\",\"authors\":"
		"[{\"name\":\"X\"}],\"title\":\"T\"},{\"summary\":\"s\"}]}";
	struct reading reading;
	const struct ent_article *article = READING_ONLY(&reading, "f", feed);

	(void)state;
	assert_string_equal(article->name, "f#1");
	assert_string_equal(article->text, "a b");
	check_member(article->published, "2024-02-23");
	check_member(article->publisher, "F");
	check_member(article->url, "https://e.org/a");
	reading_fails(&reading, "f#2: neither text nor title");
	article = reading_next(&reading);
	assert_string_equal(article->text, "c");
	check_member(article->url, "https://e.org/3");
	check_member(article->author, "X");
	check_member(article->title, "T");
	assert_string_equal(reading_next(&reading)->text, "s");
	reading_ends(&reading);
}

static void json_documents(void **state)
{
	struct reading reading;

	(void)state;
	READING_ONLY(&reading, "d", " [ {\"text\":\"a\"},\n {\"text\":\"b\"} ]");
	assert_string_equal(reading.article->name, "d#1");
	assert_string_equal(reading_next(&reading)->text, "b");
	reading_ends(&reading);
	READING_ONLY(&reading, "d", "{\n \"text\": \"a\",\n \"title\": \"t\"\n}\n");
	assert_string_equal(reading.article->name, "d");
	assert_string_equal(reading.article->title, "t");
	reading_ends(&reading);
	READING_ONLY(&reading, "d", "{\"title\":\"items\",\"text\":\"a\"}\n");
	assert_string_equal(reading.article->name, "d:1");
	reading_ends(&reading);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_text_is_the_file_itself),
		cmocka_unit_test(what_is_no_header_is_text),
		cmocka_unit_test(a_header_may_end_without_an_empty_line),
		cmocka_unit_test(the_last_line_may_tell_the_source),
		cmocka_unit_test(a_text_may_tell_its_day_at_the_top),
		cmocka_unit_test(dates_that_cannot_be_are_passed_over),
		cmocka_unit_test(an_option_dates_what_does_not_say),
		cmocka_unit_test(encodings),
		cmocka_unit_test(json_lines),
		cmocka_unit_test(json_feed),
		cmocka_unit_test(json_documents),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
