/*
 * html.c - articles and texts out of HTML.
 */
#include <string.h>

#include "ground/ascii.h"
#include "news/read/charset.h"
#include "news/read/html.h"

enum { LINKED_BODY_MIN = 200 }; /* a shorter articleBody is a teaser */

static const struct xml_limits limits = { ENT_ARTICLE_BYTES_MAX,
					  ENT_MARKUP_DEPTH_MAX };

/* A body in JSON-LD that is cut short is worth less than the page. */
static void choose_text(const struct buf *linked, const struct buf *page,
			struct buf *out)
{
	bool take_linked = linked->len >= LINKED_BODY_MIN &&
			   linked->len >= page->len / 2;
	const struct buf *chosen = take_linked ? linked : page;

	if (chosen->data)
		buf_add(out, chosen->data, chosen->len);
	out->failed |= linked->failed || page->failed;
}

static int page_text(const struct xml *xml, struct buf *out,
		     struct ent_error *err)
{
	const struct xml_node *main = NULL;
	int rc = html_main(xml, &main, err);

	if (rc < 0)
		return rc;
	html_visible(main, true, out);
	if (out->len == 0)
		html_visible(xml_top(xml), false, out);
	return ENT_OK;
}

static int read_page(const struct xml *xml, struct piece *piece,
		     struct ent_error *err)
{
	struct buf linked = { 0 }, page = { 0 };
	int rc = html_linked_data(xml, piece, &linked, err);

	if (rc == ENT_OK) {
		html_meta(xml, piece);
		rc = page_text(xml, &page, err);
	}
	if (rc == ENT_OK)
		choose_text(&linked, &page, &piece->text);
	buf_release(&linked);
	buf_release(&page);
	return rc;
}

int html_read(const char *text, size_t len, bool whole, struct piece *piece,
	      struct ent_error *err)
{
	struct xml *xml = NULL;
	int rc = xml_read(text, len, true, &limits, &xml, err);

	if (rc < 0)
		return rc;
	if (whole) {
		html_visible(xml_top(xml), false, &piece->text);
		html_meta(xml, piece);
	} else {
		rc = read_page(xml, piece, err);
	}
	xml_close(xml);
	return rc;
}

/* Text as it stands, without white space around it. */
static void add_plain(const char *text, size_t len, struct buf *out)
{
	ascii_trim(&text, &len);
	charset_clean(text, len, out);
}

static bool has_markup(const char *text, size_t len)
{
	for (size_t i = 0; i + 1 < len; i++) {
		if (text[i] == '<' && (ascii_is_letter(text[i + 1]) ||
				       text[i + 1] == '/' || text[i + 1] == '!'))
			return true;
		if (text[i] == '&' && (ascii_is_letter(text[i + 1]) ||
				       text[i + 1] == '#'))
			return true;
	}
	return false;
}

int html_fragment(const char *text, size_t len, struct buf *out,
		  struct ent_error *err)
{
	struct xml *xml = NULL;
	struct buf clean = { 0 };
	int rc;

	if (!has_markup(text, len)) {
		add_plain(text, len, out);
		return buf_check(out, err);
	}
	charset_clean(text, len, &clean);
	rc = buf_check(&clean, err);
	if (rc == ENT_OK)
		rc = xml_read(clean.data, clean.len, true, &limits, &xml, err);
	if (rc == ENT_OK) {
		html_visible(xml_top(xml), false, out);
		rc = buf_check(out, err);
	}
	xml_close(xml);
	buf_release(&clean);
	return rc;
}
