/*
 * candidate.c - making a candidate, and what it takes from its article.
 */
#include <assert.h>
#include <string.h>

#include "entente/entente.h"
#include "ground/buf.h"
#include "ground/utf8.h"
#include "news/candidates/candidate.h"
#include "values/value.h"

const char *candidate_coder(void)
{
	return "entente " ENT_VERSION;
}

int candidate_new(struct candidate **out, struct ent_error *err)
{
	struct candidate *candidate = mem_new(1, sizeof(*candidate));

	if (!candidate)
		return mem_error(err);
	candidate->event = value_map();
	candidate->view.event = &candidate->event;
	*out = candidate;
	return ENT_OK;
}

void ent_candidate_free(struct ent_candidate *view)
{
	struct candidate *candidate = (struct candidate *)view;

	if (!candidate)
		return;
	arena_release(&candidate->arena);
	mem_free(candidate);
}

void ent_candidates_free(struct ent_candidate **candidates, size_t count)
{
	for (size_t i = 0; candidates && i < count; i++)
		ent_candidate_free(candidates[i]);
	mem_free(candidates);
}

/* ---- putting ----------------------------------------------------------- */

int candidate_text(struct candidate *candidate, const char *text,
		   const char **out, struct ent_error *err)
{
	struct ent_value value;
	int rc = value_text(&candidate->arena, text, &value, err);

	if (rc == ENT_OK)
		*out = text ? value.as.text : NULL;
	return rc;
}

static int put_text(struct candidate *candidate, struct ent_value *map,
		    const char *key, const char *text, struct ent_error *err)
{
	struct ent_value value;
	int rc;

	if (!text)
		return ENT_OK;
	rc = value_text(&candidate->arena, text, &value, err);
	return rc < 0 ? rc : value_put(&candidate->arena, map, key, value, err);
}

int candidate_put(struct candidate *candidate, const char *key, const char *text,
		  struct ent_error *err)
{
	return put_text(candidate, &candidate->event, key, text, err);
}

int candidate_put_data(struct candidate *candidate, const char *key,
		       const char *text, struct ent_error *err)
{
	const struct ent_value *there = ent_value_get(&candidate->event, "data");
	struct ent_value data = there ? *there : value_map();
	int rc;

	if (!text)
		return ENT_OK;
	rc = put_text(candidate, &data, key, text, err);
	if (rc == ENT_OK)
		rc = value_put(&candidate->arena, &candidate->event, "data", data,
			       err);
	return rc;
}

/* ---- the article ------------------------------------------------------- */

/* What an event takes in one line: controls become blanks, bytes that are no
 * UTF-8 (a file's name may have some) the replacement character. */
static void clean_line(const char *text, struct buf *out)
{
	size_t len = strlen(text), at = 0;

	while (at < len) {
		size_t start = at;
		int32_t code = utf8_next(text, len, &at);

		if (code < 0) {
			buf_text(out, "\xEF\xBF\xBD");
			at++;
		} else if (utf8_is_control(code)) {
			buf_byte(out, ' ');
		} else {
			buf_add(out, text + start, at - start);
		}
	}
}

/* An empty text is none. */
static int put_line(struct candidate *candidate, struct ent_value *map,
		    const char *key, const char *text, struct ent_error *err)
{
	struct buf line = { 0 };
	int rc = ENT_OK;

	if (!text || *text == '\0')
		return ENT_OK;
	clean_line(text, &line);
	rc = buf_check(&line, err);
	if (rc == ENT_OK) {
		assert(line.data); /* every character leaves one */
		line.data[utf8_cut(line.data, CANDIDATE_LINE_MAX)] = '\0';
		rc = put_text(candidate, map, key, line.data, err);
	}
	buf_release(&line);
	return rc;
}

/* Half an address leads nowhere. */
static int put_url(struct candidate *candidate, struct ent_value *map,
		   const char *url, struct ent_error *err)
{
	struct buf line = { 0 };
	int rc;

	if (!url || *url == '\0' || strlen(url) > CANDIDATE_URL_MAX)
		return ENT_OK;
	clean_line(url, &line);
	rc = buf_check(&line, err);
	if (rc == ENT_OK)
		rc = put_text(candidate, map, "url", line.data, err);
	buf_release(&line);
	return rc;
}

static int put_quote(struct candidate *candidate, struct ent_value *map,
		     const char *quote, struct ent_error *err)
{
	struct ent_value value;
	char *kept;

	if (!quote || *quote == '\0')
		return ENT_OK;
	kept = arena_text(&candidate->arena, quote,
			  utf8_cut(quote, CANDIDATE_QUOTE_MAX));
	if (!kept)
		return mem_error(err);
	value = value_borrowed(kept);
	return value_put(&candidate->arena, map, "quote", value, err);
}

static int make_source(struct candidate *candidate,
		       const struct ent_article *article, const char *quote,
		       struct ent_value *source, struct ent_error *err)
{
	int rc = put_url(candidate, source, article->url, err);

	if (rc == ENT_OK)
		rc = put_line(candidate, source, "publisher", article->publisher,
			      err);
	if (rc == ENT_OK)
		rc = put_line(candidate, source, "title", article->title, err);
	if (rc == ENT_OK && source->len == 0)
		rc = put_line(candidate, source, "title",
			      article->name && *article->name ? article->name :
								"article",
			      err);
	if (rc == ENT_OK)
		rc = put_line(candidate, source, "author", article->author, err);
	if (rc == ENT_OK)
		rc = put_line(candidate, source, "published", article->published,
			      err);
	if (rc == ENT_OK)
		rc = put_quote(candidate, source, quote, err);
	return rc;
}

int candidate_source(struct candidate *candidate,
		     const struct ent_article *article, const char *quote,
		     struct ent_error *err)
{
	struct ent_value source = value_map();
	char digest[ENT_HASH_TEXT_SIZE];
	int rc;

	assert(candidate && article);

	ent_hash_text(&article->digest, digest);
	rc = make_source(candidate, article, quote, &source, err);
	if (rc == ENT_OK)
		rc = value_put(&candidate->arena, &candidate->event, "source",
			       source, err);
	if (rc == ENT_OK)
		rc = candidate_put_data(candidate, "article", digest, err);
	if (rc == ENT_OK)
		rc = candidate_text(candidate, digest, &candidate->view.article,
				    err);
	if (rc == ENT_OK)
		rc = candidate_text(candidate, article->name,
				    &candidate->view.file, err);
	return rc;
}

int candidate_copy_place(struct candidate *candidate,
			 const struct ent_candidate *from, struct ent_error *err)
{
	struct ent_candidate *view = &candidate->view;
	const struct {
		const char *text, **out;
	} texts[] = {
		{ from->rule, &view->rule },       { from->quote, &view->quote },
		{ from->before, &view->before },   { from->after, &view->after },
		{ from->file, &view->file },       { from->article, &view->article },
		{ from->coded_by, &view->coded_by },
	};
	int rc = ENT_OK;

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts) && rc == ENT_OK; i++)
		rc = candidate_text(candidate, texts[i].text, texts[i].out, err);
	view->start = from->start;
	view->end = from->end;
	view->trigger_start = from->trigger_start;
	view->trigger_end = from->trigger_end;
	return rc;
}
