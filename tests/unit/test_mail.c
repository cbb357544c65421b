/*
 * test_mail.c - articles that came by mail.
 */
#include "reading.h"

#include "news/read/mail.h"

static void a_plain_mail(void **state)
{
	static const char mail[] =
		"Received: from x\r\n\tby y\r\n"
		"FROM: \"A. Writer\" <writer@News.example>\r\n"
		"Subject: Armenia\r\n freezes\r\n"
		"Date: Fri, 23 Feb 24 23:30 PST\r\n"
		"Archived-At: <https://e.org/a>\r\n"
		"\r\n"
		"Armenia froze.\r\n\r\nFrom: no header\r\n";
	struct reading reading;
	const struct ent_article *article = READING_ONLY(&reading, "m", mail);

	(void)state;
	assert_string_equal(article->text, "Armenia froze.\n\nFrom: no header\n");
	assert_int_equal(article->body, 0);
	check_member(article->title, "Armenia freezes");
	check_member(article->author, "A. Writer");
	check_member(article->publisher, "News.example");
	check_member(article->published, "2024-02-23");
	check_member(article->url, "https://e.org/a");
	reading_ends(&reading);
}

static void check_header(const char *field, const char *title, const char *author)
{
	char mail[512];
	struct reading reading;
	const struct ent_article *article;

	snprintf(mail, sizeof(mail), "%s\nMessage-ID: <x>\n\ntext", field);
	article = reading_only(&reading, "m", mail, strlen(mail));
	check_member(article->title, title);
	check_member(article->author, author);
	reading_ends(&reading);
}

static void encoded_words(void **state)
{
	(void)state;
	check_header("Subject: =?utf-8?Q?caf=C3=A9_x?= y", "caf\xc3\xa9 x y", NULL);
	check_header("Subject: a =?ISO-8859-1?q?=e9?= b", "a \xc3\xa9 b", NULL);
	check_header("Subject: =?utf-8?B?w6k=?= =?utf-8?Q?b?=\n =?utf-8?b?w6k?=",
		     "\xc3\xa9" "b\xc3\xa9", NULL);
	/* One character in two words. */
	check_header("Subject: =?utf-8?Q?=C3?= =?utf-8?Q?=A9?=", "\xc3\xa9", NULL);
	check_header("Subject: =?koi8-r?B?8s8=?= =?utf-8?Q?x?=",
		     "\xd0\xa0\xd0\xbex", NULL);
	check_header("Subject: =?utf-8*en?Q?x?=", "x", NULL);
	check_header("Subject: caf\xc3\xa9 =?a", "caf\xc3\xa9 =?a", NULL);
	check_header("Subject: =?utf-8?X?x?= =?utf-8?Q?x", "=?utf-8?X?x?= "
		     "=?utf-8?Q?x", NULL);
	check_header("From: =?utf-8?Q?J=C3=BCrgen?= <j@e.org>", NULL, "J\xc3\xbcrgen");
	check_header("From: j@e.org (J)", NULL, "j@e.org");
	check_header("From: <j@e.org>", NULL, "j@e.org");
	check_header("From: J", NULL, "J");
	check_header("From:", NULL, NULL);
}

static void check_body(const char *mail, const char *wanted)
{
	struct reading reading;

	assert_string_equal(reading_only(&reading, "m", mail, strlen(mail))->text,
			    wanted);
	reading_ends(&reading);
}

static void transfer_encodings(void **state)
{
	(void)state;
	check_body("MIME-Version: 1.0\nContent-Type: text/plain; charset=\"utf-8\"\n"
		   "Content-Transfer-Encoding: Quoted-Printable\n\n"
		   "caf=C3=A9 so=\nft=20=\t\n=3d =zz = \n=",
		   "caf\xc3\xa9 soft = =zz ");
	check_body("MIME-Version: 1.0\nContent-Type: text/plain; charset=koi8-r\n"
		   "Content-Transfer-Encoding: base64\n\n8s/T\n1Q==\n",
		   "\xd0\xa0\xd0\xbe\xd1\x81\xd1\x83");
}

#define MIXED "From: a@b.c\nContent-Type: multipart/mixed; boundary=\"x y\"\n\npre\n"

static void the_first_part_of_text_is_taken(void **state)
{
	(void)state;
	check_body(MIXED "--x y\nContent-Type: text/html\n\n<p>html</p>\n"
		   "--x y\nContent-Type: text/plain\n"
		   "Content-Disposition: attachment\n\nattached\n"
		   "--x y\nContent-Type: multipart/alternative; boundary=z\n\n"
		   "--z\n\nplain\n--z--\n"
		   "--x y--\nbehind", "plain\n");
	check_body(MIXED "--x y\nContent-Type: image/png\n\nno\n"
		   "--x y\nContent-Type: text/html; charset=windows-1252\n\n"
		   "<title>t</title><p>caf\xe9</p><p>b</p>\n--x y--\n",
		   "caf\xc3\xa9\n\nb");
	check_body(MIXED "--x y\n\ncut o", "cut o");
}

#define PLAIN "From: a@b.c\nSubject: Re: news\nDate: Fri, 01 Mar 2024 10:00 GMT\n\n"

static void what_is_quoted_is_left_out(void **state)
{
	(void)state;
	check_body(PLAIN "Armenia left.\n\n"
		   "On Wed, 30 Aug 2023 at 10:00, A. Writer\n<a@b.c> wrote:\n\n"
		   "> Armenia joined.\n>> Georgia left.\n\nIt is so.\n",
		   "Armenia left.\n\n\nIt is so.\n");
	check_body(PLAIN "A. Writer writes:\n > Armenia joined.\nNo.\n", "No.\n");
	check_body(PLAIN "It left.\n\n\nA wrote:\n> b\n", "It left.\n\n\n");
	check_body(PLAIN "He wrote:\n\nArmenia left, 3 > 2.\n",
		   "He wrote:\n\nArmenia left, 3 > 2.\n");
}

static void check_forwarded(const char *mail, const char *title, const char *author,
			    const char *published, const char *text)
{
	struct reading reading;
	const struct ent_article *article =
		reading_only(&reading, "m", mail, strlen(mail));

	check_member(article->title, title);
	check_member(article->author, author);
	check_member(article->published, published);
	assert_string_equal(article->text, text);
	reading_ends(&reading);
}

static void a_forwarded_mail_is_the_news(void **state)
{
	(void)state;
	check_forwarded(PLAIN "Have a look.\n\n"
			"---------- Forwarded message ---------\n"
			"From: Wire <w@wire.example>\n"
			"Date: Fri, Feb 23, 2024 at 10:00 AM\nSubject: Armenia\n"
			"To: A <a@b.c>,\n<d@e.f>\n\n\nArmenia froze.\n",
			"Armenia", "Wire", "2024-02-23", "\n\nArmenia froze.\n");
	check_forwarded(PLAIN "Begin forwarded message:\n\n"
			"> From: w@wire.example\n> Subject: Armenia\n"
			"> Date: 23 February 2024 at 10:00:00 GMT+4\n>\n"
			"> Armenia froze.\n>> It joined.\n",
			"Armenia", "w@wire.example", "2024-02-23",
			"\nArmenia froze.\n");
	check_forwarded("From: a@b.c\nSubject: FW: news\n\n"
			"-----Original Message-----\nFrom: Wire\n"
			"Sent: 3/4/2024\nSubject: Armenia\n\nArmenia froze.\n",
			"Armenia", "Wire", NULL, "\nArmenia froze.\n");
}

static void an_answer_is_no_forwarded_mail(void **state)
{
	(void)state;
	check_forwarded(PLAIN "Armenia left.\n\n-----Original Message-----\n"
			"From: Wire\nSent: 23 Feb 2024\n\nArmenia froze.\n",
			"Re: news", "a@b.c", "2024-03-01", "Armenia left.\n\n");
	check_forwarded(PLAIN "--- Forwarded message ---\nTo whom it concerns\n",
			"Re: news", "a@b.c", "2024-03-01",
			"--- Forwarded message ---\nTo whom it concerns\n");
}

static void check_mail_fails(const char *mail, const char *msg)
{
	struct reading reading;

	reading_open(&reading, "m", mail);
	reading_fails(&reading, msg);
	reading_ends(&reading);
}

static void what_cannot_be_read(void **state)
{
	char mail[150000] = "From: a@b.c\n";
	size_t at = strlen(mail);

	(void)state;
	check_mail_fails("From: a@b.c\n\n", "m: there is no text");
	check_mail_fails("From: a@b.c\n\n> x\n",
			 "m: the mail has no text but what it quotes");
	check_mail_fails(MIXED "--x y\nContent-Type: a/b\n\nx\n--x y--\n",
			 "m: the mail has no part of text");
	for (; at < 140000; at += 5)
		memcpy(mail + at, "A: b\n", 6);
	check_mail_fails(mail, "m: the header has more than 65536 bytes");
	at = (size_t)snprintf(mail, sizeof(mail), "From: a@b.c\n");
	for (int i = 0; i < 10; i++)
		at += (size_t)snprintf(mail + at, 100, "Content-Type: multipart/x; "
				       "boundary=b%d\n\n--b%d\n", i, i);
	check_mail_fails(mail, "m: more than 8 levels of parts in the mail");
	at = (size_t)snprintf(mail, sizeof(mail), MIXED);
	for (int i = 0; i < 1001; i++)
		at += (size_t)snprintf(mail + at, 100, "--x y\nContent-Type: a/b\n\n");
	check_mail_fails(mail, "m: the mail has more than 1000 parts");
}

static void check_next(struct reading *reading, const char *name, const char *title,
		       const char *text)
{
	const struct ent_article *article = reading_next(reading);

	assert_string_equal(article->name, name);
	check_member(article->title, title);
	assert_string_equal(article->text, text);
}

static void a_box_of_mails(void **state)
{
	static const char box[] =
		"From a@b.c Fri Feb 23 10:00:00 2024\n"
		"Subject: one\n\nArmenia froze.\n>From 10:00 on 2024 it is.\n"
		"From 10:00 in 2024 it was\nso.\n\n"
		"From a@b.c Fri Feb 23 10:00:00 2024\nX: y\n\n\n"
		"From - Sat Feb 24 10:00:00 2024\nSubject: three\n\nGeorgia left.\n";
	struct reading reading;

	(void)state;
	reading_open(&reading, "box", box);
	check_next(&reading, "box#1", "one", "Armenia froze.\nFrom 10:00 on 2024 it "
		   "is.\nFrom 10:00 in 2024 it was\nso.\n\n");
	reading_fails(&reading, "box#2: there is no text");
	check_next(&reading, "box#3", "three", "Georgia left.\n");
	reading_ends(&reading);
}

static void a_box_in_utf16_is_refused(void **state)
{
	static const char box[] = "From a@b.c Fri Feb 23 10:00:00 2024\nSubject: x\n\ny";
	char wide[2 * sizeof(box)] = "\xff\xfe";
	struct reading reading;

	(void)state;
	for (size_t i = 0; i + 1 < sizeof(box); i++) {
		wide[2 * i + 2] = box[i];
		wide[2 * i + 3] = '\0';
	}
	reading_open_with(&reading, "box", wide, sizeof(wide), NULL);
	reading_fails(&reading, "box: a box of mails is not read in UTF-16");
	reading_ends(&reading);
}

static void what_begins_with_from_but_is_no_box(void **state)
{
	static const char *const rows[] = {
		"From 10:00 on Friday\nNote: x\n", "From 2024 on\nNote: x\n",
		"From a Fri Feb 23 10:00:00 2024\nprose\n",
		"From a Fri Feb 23 10:00:00 2024", "From \n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(mail_box_line(rows[i], strlen(rows[i])), 0);
}

static void what_is_a_mail(void **state)
{
	static const char *const mails[] = { "From: x\n\nb", "subject: x\r\n\r\nb",
					     "MIME-Version: 1.0\nA: b\n c\n\nb" };
	static const char *const others[] = { "From here\n\nb", "From: x\nb\n\nc",
					      "From: x", "From: x\nA: b\n", "",
					      "Date: x\n\nb", "From : x\n\nb" };

	(void)state;
	for (size_t i = 0; i < COUNT(mails); i++)
		assert_true(mail_is(mails[i], strlen(mails[i])));
	for (size_t i = 0; i < COUNT(others); i++)
		assert_false(mail_is(others[i], strlen(others[i])));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_mail),
		cmocka_unit_test(encoded_words),
		cmocka_unit_test(transfer_encodings),
		cmocka_unit_test(the_first_part_of_text_is_taken),
		cmocka_unit_test(what_is_quoted_is_left_out),
		cmocka_unit_test(a_forwarded_mail_is_the_news),
		cmocka_unit_test(an_answer_is_no_forwarded_mail),
		cmocka_unit_test(what_cannot_be_read),
		cmocka_unit_test(a_box_of_mails),
		cmocka_unit_test(a_box_in_utf16_is_refused),
		cmocka_unit_test(what_begins_with_from_but_is_no_box),
		cmocka_unit_test(what_is_a_mail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
