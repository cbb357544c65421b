/*
 * reader.c - from a file to articles.
 */
#include <assert.h>
#include <string.h>

#include "news/read/reader.h"

static char *copy_text(const char *text)
{
	char *copy = mem_raw(strlen(text) + 1);

	return copy ? memcpy(copy, text, strlen(text) + 1) : NULL;
}

static int check_published(const char *published, struct ent_error *err)
{
	struct ent_date date;
	int rc = published ? ent_date_parse(published, &date, err) : ENT_OK;

	if (rc < 0)
		ent_error_wrap(err, "published");
	return rc;
}

/* The form of the file is not known before the first call reads of it. */
static int first_next(struct ent_reader *reader, struct ent_error *err)
{
	reader_next_fn *next = NULL;
	int rc;

	reader->next = reader_end;
	rc = reader_form(reader, &next, err);
	if (rc < 0)
		return rc;
	reader->next = next;
	return next(reader, err);
}

int reader_end(struct ent_reader *reader, struct ent_error *err)
{
	(void)reader, (void)err;
	return ENT_END;
}

int ent_reader_open(int fd, const char *name,
		    const struct ent_reader_options *options,
		    struct ent_reader **out, struct ent_error *err)
{
	const char *published = options ? options->published : NULL;
	struct ent_reader *reader;
	int rc = check_published(published, err);

	assert(name && out);

	if (rc < 0)
		return rc;
	reader = mem_new(1, sizeof(*reader));
	if (!reader)
		return mem_error(err);
	reader->fd = fd;
	reader->next = first_next;
	reader->name = copy_text(name);
	reader->published = published ? copy_text(published) : NULL;
	if (!reader->name || (published && !reader->published)) {
		ent_reader_close(reader);
		return mem_error(err);
	}
	*out = reader;
	return ENT_OK;
}

void ent_reader_close(struct ent_reader *reader)
{
	if (!reader)
		return;
	mem_free(reader->name);
	mem_free(reader->published);
	buf_release(&reader->bytes);
	buf_release(&reader->item);
	buf_release(&reader->publisher);
	piece_release(&reader->piece);
	xml_close(reader->xml);
	arena_release(&reader->arena);
	mem_free(reader);
}

void reader_name(struct ent_reader *reader, char mark, size_t number)
{
	buf_clear(&reader->item);
	buf_printf(&reader->item, "%s%c%zu", reader->name, mark, number);
}

static int finish(struct ent_reader *reader, struct ent_error *err)
{
	struct piece *piece = &reader->piece;
	int rc = buf_check(&reader->item, err);

	if (rc < 0)
		return rc;
	piece_date_of_url(piece);
	piece_date_of_text(piece);
	rc = piece_view(piece, reader->item.data, &reader->article, err);
	if (rc == ENT_OK && !reader->article.published)
		reader->article.published = reader->published;
	return rc;
}

int ent_reader_next(struct ent_reader *reader, const struct ent_article **out,
		    struct ent_error *err)
{
	int rc;

	assert(reader && out);

	piece_clear(&reader->piece);
	buf_clear(&reader->item);
	buf_text(&reader->item, reader->name);
	rc = reader->next(reader, err);
	if (rc == ENT_OK)
		rc = finish(reader, err);
	if (rc == ENT_OK)
		*out = &reader->article;
	if (rc == ENT_EINPUT && reader->item.len > 0)
		ent_error_wrap(err, "%s", reader->item.data);
	return rc;
}
