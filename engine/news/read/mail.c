/*
 * mail.c - an article that came by mail.
 */
#include <string.h>

#include "ground/ascii.h"
#include "news/read/charset.h"
#include "news/read/html.h"
#include "news/read/mail.h"

enum { BOUNDARY_SIZE = 72 }; /* RFC 2046 allows 70 bytes */

/* The search for a part of a type. */
struct search {
	const char *type;
	size_t parts; /* looked at so far */
	bool found;
	struct mail_entity part;
};

static bool is_type(const struct mail_entity *entity, const char *type)
{
	struct buf field = { 0 };
	bool said = mail_field(entity, "content-type", &field);
	bool same = said ? ascii_starts(field.data, field.len, type)
			 : strcmp(type, "text/plain") == 0;

	buf_release(&field);
	return same;
}

static bool is_attachment(const struct mail_entity *entity)
{
	struct buf field = { 0 };
	bool attached = mail_field(entity, "content-disposition", &field) &&
			ascii_starts(field.data, field.len, "attachment");

	buf_release(&field);
	return attached;
}

/* The start of the line with the boundary in text, or NULL. */
static const char *find_boundary(const char *text, const char *end,
				 const char *boundary)
{
	size_t len = strlen(boundary);

	while (text && text < end) {
		if ((size_t)(end - text) >= len + 2 && text[0] == '-' &&
		    text[1] == '-' && memcmp(text + 2, boundary, len) == 0)
			return text;
		text = memchr(text, '\n', (size_t)(end - text));
		if (text)
			text++;
	}
	return NULL;
}

static int search_entity(const struct mail_entity *entity, int level,
			 struct search *search, struct ent_error *err);

static int search_part(const char *start, const char *end, int level,
		       struct search *search, struct ent_error *err)
{
	struct mail_entity part;

	if (++search->parts > MAIL_PARTS_MAX)
		return ent_error_set(err, ENT_EINPUT,
				     "the mail has more than %d parts",
				     MAIL_PARTS_MAX);
	if (mail_split(start, (size_t)(end - start), &part, NULL) < 0)
		return ENT_OK; /* cut off in its header: nothing to read */
	return search_entity(&part, level + 1, search, err);
}

static int search_parts(const struct mail_entity *entity, const char *boundary,
			int level, struct search *search, struct ent_error *err)
{
	const char *end = entity->body + entity->body_len, *next, *start;
	const char *at = find_boundary(entity->body, end, boundary);
	size_t len = strlen(boundary);
	int rc = ENT_OK;

	while (at && rc == ENT_OK && !search->found) {
		start = memchr(at, '\n', (size_t)(end - at));
		if (!start || (end - at >= (ptrdiff_t)len + 4 &&
			       memcmp(at + 2 + len, "--", 2) == 0))
			break;
		next = find_boundary(start + 1, end, boundary);
		rc = search_part(start + 1, next ? next : end, level, search, err);
		at = next;
	}
	return rc;
}

static int search_entity(const struct mail_entity *entity, int level,
			 struct search *search, struct ent_error *err)
{
	char boundary[BOUNDARY_SIZE];
	struct buf field = { 0 };
	bool parts;

	if (level > MAIL_NESTING_MAX)
		return ent_error_set(err, ENT_EINPUT,
				     "more than %d levels of parts in the mail",
				     MAIL_NESTING_MAX);
	if (is_attachment(entity))
		return ENT_OK;
	if (is_type(entity, search->type)) {
		search->found = true;
		search->part = *entity;
		return ENT_OK;
	}
	parts = is_type(entity, "multipart/") &&
		mail_field(entity, "content-type", &field) &&
		charset_parameter(field.data, field.len, "boundary", boundary,
				  sizeof(boundary));
	buf_release(&field);
	return parts ? search_parts(entity, boundary, level, search, err) : ENT_OK;
}

static void decode_transfer(const struct mail_entity *part, struct buf *out)
{
	struct buf field = { 0 };

	mail_field(part, "content-transfer-encoding", &field);
	if (field.data && ascii_starts(field.data, field.len, "base64"))
		mail_decode_base64(part->body, part->body_len, out);
	else if (field.data &&
		 ascii_starts(field.data, field.len, "quoted-printable"))
		mail_decode_quoted(part->body, part->body_len, false, out);
	else
		buf_add(out, part->body, part->body_len);
	out->failed |= field.failed;
	buf_release(&field);
}

/* The part's text, decoded, as clean text. */
static int part_text(const struct mail_entity *part, bool html, struct buf *out,
		     struct ent_error *err)
{
	char charset[CHARSET_NAME_SIZE];
	struct buf field = { 0 }, bytes = { 0 };
	bool said;
	int rc;

	decode_transfer(part, &bytes);
	said = mail_field(part, "content-type", &field) &&
	       charset_parameter(field.data, field.len, "charset", charset,
				 sizeof(charset));
	rc = buf_check(&bytes, err);
	if (rc == ENT_OK && bytes.len > 0) {
		if (!said && html)
			said = charset_declared(bytes.data, bytes.len, charset);
		rc = charset_decode(bytes.data, bytes.len, said ? charset : NULL,
				    out, err);
	}
	buf_release(&field);
	buf_release(&bytes);
	return rc;
}

static int take_text(const struct mail_entity *mail, struct piece *piece,
		     struct ent_error *err)
{
	struct search search = { .type = "text/plain" };
	struct buf html = { 0 };
	int rc = search_entity(mail, 0, &search, err);

	if (rc == ENT_OK && search.found)
		return part_text(&search.part, false, &piece->text, err);
	search = (struct search){ .type = "text/html" };
	if (rc == ENT_OK)
		rc = search_entity(mail, 0, &search, err);
	if (rc == ENT_OK && !search.found)
		rc = ent_error_set(err, ENT_EINPUT,
				   "the mail has no part of text");
	if (rc == ENT_OK)
		rc = part_text(&search.part, true, &html, err);
	if (rc == ENT_OK && html.len > 0)
		rc = html_read(html.data, html.len, true, piece, err);
	buf_release(&html);
	return rc;
}

void mail_sender(const struct buf *from, struct piece *piece)
{
	const char *text = from->data, *open = strchr(text, '<');
	const char *address = open ? open + 1 : text, *at = strchr(address, '@');
	size_t name_len = open ? (size_t)(open - text) : from->len;

	while (name_len > 0 && strchr("\" ", text[name_len - 1]))
		name_len--;
	while (name_len > 0 && strchr("\" ", *text))
		text++, name_len--;
	if (open && name_len > 0)
		piece_line(&piece->author, text, name_len);
	else
		piece_line(&piece->author, address, strcspn(address, "> ("));
	if (at)
		piece_line(&piece->publisher, at + 1, strcspn(at + 1, "> ,;()"));
}

static int take_header(const struct mail_entity *mail, struct piece *piece,
		       struct ent_error *err)
{
	struct buf title = { 0 }, from = { 0 }, house = { 0 }, field = { 0 };
	int rc = mail_field_text(mail, "subject", &title, err);

	if (rc == ENT_OK)
		rc = mail_field_text(mail, "from", &from, err);
	if (rc == ENT_OK)
		rc = mail_field_text(mail, "organization", &house, err);
	if (rc == ENT_OK) {
		piece_line(&piece->title, title.data, title.len);
		piece_line(&piece->publisher, house.data, house.len);
	}
	if (rc == ENT_OK && from.len > 0)
		mail_sender(&from, piece);
	if (mail_field(mail, "date", &field))
		piece_date(piece, field.data, field.len);
	if (mail_field(mail, "snapshot-content-location", &field))
		piece_url(piece, field.data, field.len);
	if (mail_field(mail, "archived-at", &field) && field.len > 2)
		piece_url(piece, field.data + 1, field.len - 2);
	piece->text.failed |= field.failed;
	buf_release(&title);
	buf_release(&from);
	buf_release(&house);
	buf_release(&field);
	return rc;
}

static bool is_blank(const struct buf *text)
{
	size_t at = 0;

	while (at < text->len && ascii_is_space(text->data[at]))
		at++;
	return at == text->len;
}

static int take_own_text(struct piece *piece, struct ent_error *err)
{
	bool blank = is_blank(&piece->text);

	mail_take_forwarded(piece);
	mail_leave_out_quoted(&piece->text);
	if (!blank && !piece->text.failed && is_blank(&piece->text))
		return ent_error_set(err, ENT_EINPUT, "the mail has no text but "
				     "what it quotes");
	return ENT_OK;
}

int mail_read(const char *bytes, size_t len, struct piece *piece,
	      struct ent_error *err)
{
	struct mail_entity mail;
	int rc = mail_split(bytes, len, &mail, err);

	if (rc == ENT_OK)
		rc = take_header(&mail, piece, err);
	if (rc == ENT_OK)
		rc = take_text(&mail, piece, err);
	if (rc == ENT_OK)
		rc = take_own_text(piece, err);
	return rc;
}
