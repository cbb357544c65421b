/*
 * reading.h - articles out of bytes, as if they were a file.
 */
#ifndef TESTS_READING_H
#define TESTS_READING_H

#include "check.h"

#include "entente/news.h"

struct reading {
	FILE *file;
	struct ent_reader *reader;
	const struct ent_article *article; /* the last one */
};

static inline void reading_open_with(struct reading *reading, const char *name,
				     const void *bytes, size_t len,
				     const struct ent_reader_options *options)
{
	struct ent_error err = { 0 };

	*reading = (struct reading){ .file = tmpfile() };
	assert_non_null(reading->file);
	assert_int_equal(fwrite(bytes, 1, len, reading->file), len);
	rewind(reading->file);
	if (ent_reader_open(fileno(reading->file), name, options,
			    &reading->reader, &err) < 0)
		fail_msg("%s", err.msg);
}

static inline void reading_open(struct reading *reading, const char *name,
				const char *text)
{
	reading_open_with(reading, name, text, strlen(text), NULL);
}

static inline const struct ent_article *reading_next(struct reading *reading)
{
	struct ent_error err = { 0 };
	int rc = ent_reader_next(reading->reader, &reading->article, &err);

	if (rc != ENT_OK)
		fail_msg("rc %d: %s", rc, rc < 0 ? err.msg : "the end");
	return reading->article;
}

static inline void reading_fails(struct reading *reading, const char *msg)
{
	const struct ent_article *untouched = reading->article, *article = untouched;
	struct ent_error err = { 0 };

	check_failure(ent_reader_next(reading->reader, &article, &err), ENT_EINPUT,
		      &err, msg);
	assert_ptr_equal(article, untouched);
}

/* There is nothing more, however often one asks. */
static inline void reading_ends(struct reading *reading)
{
	const struct ent_article *article = NULL;

	for (int i = 0; i < 2; i++)
		assert_int_equal(ent_reader_next(reading->reader, &article, NULL),
				 ENT_END);
	assert_null(article);
	ent_reader_close(reading->reader);
	fclose(reading->file);
}

/* The only article of a text, whose reading ends with the returned reading. */
static inline const struct ent_article *
reading_only(struct reading *reading, const char *name, const void *bytes,
	     size_t len)
{
	reading_open_with(reading, name, bytes, len, NULL);
	return reading_next(reading);
}

#define READING_ONLY(reading, name, text) \
	reading_only(reading, name, text, sizeof(text) - 1)

/* NULL wanted: not there. */
static inline void check_member(const char *member, const char *wanted)
{
	if (!wanted)
		assert_null(member);
	else if (!member)
		fail_msg("missing: %s", wanted);
	else
		assert_string_equal(member, wanted);
}

#endif
