/*
 * fuzz_read.c - any file as news: HTML, feeds, mail and plain text, told apart by
 * their first bytes.  What comes out is UTF-8 without control characters.
 *
 * fuzz: -max_len=1536
 */
#include "fuzz.h"

#include <string.h>

#include "entente/news.h"
#include "ground/utf8.h"

static void check_text(const char *text, size_t len)
{
	size_t at = 0;

	FUZZ_CHECK(strlen(text) == len);
	while (at < len) {
		int32_t code = utf8_next(text, len, &at);

		FUZZ_CHECK(code == '\t' || code == '\n' ||
			   (code >= 0 && !utf8_is_control(code)));
	}
}

static void check_article(const struct ent_article *article)
{
	const char *texts[] = { article->name, article->url, article->publisher,
				article->title, article->author,
				article->published };
	struct ent_date date;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (texts[i])
			check_text(texts[i], strlen(texts[i]));
	FUZZ_CHECK(!article->published ||
		   ent_date_parse(article->published, &date, NULL) == ENT_OK);
	check_text(article->text, article->len);
	FUZZ_CHECK(article->body <= article->len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct ent_article *article = NULL;
	struct ent_reader *reader = NULL;
	struct ent_error err = { 0 };
	int rc;

	FUZZ_CHECK(ent_reader_open(fuzz_file(data, size), "news", NULL, &reader,
				   &err) == ENT_OK);
	while ((rc = ent_reader_next(reader, &article, &err)) != ENT_END) {
		FUZZ_CHECK(rc == ENT_OK || rc == ENT_EINPUT);
		if (rc == ENT_OK)
			check_article(article);
	}
	ent_reader_close(reader);
	return 0;
}
