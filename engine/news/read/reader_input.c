/*
 * reader_input.c - bytes from a file descriptor, no more than wanted.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "news/read/charset.h"
#include "news/read/reader.h"

enum { CHUNK_BYTES = 65536 };

int reader_fill(struct ent_reader *reader, size_t want, struct ent_error *err)
{
	char chunk[CHUNK_BYTES];
	ssize_t count;

	while (!reader->at_end && reader->bytes.len < want) {
		size_t missing = want - reader->bytes.len;

		do
			count = read(reader->fd, chunk,
				     missing < sizeof(chunk) ? missing
							     : sizeof(chunk));
		while (count < 0 && errno == EINTR);
		if (count < 0)
			return ent_error_set(err, ENT_EIO, "read %s: error %d",
					     reader->name, errno);
		reader->at_end = count == 0;
		buf_add(&reader->bytes, chunk, (size_t)count);
		if (reader->bytes.failed)
			break;
	}
	return buf_check(&reader->bytes, err);
}

int reader_rest(struct ent_reader *reader, size_t max, struct ent_error *err)
{
	int rc = reader_fill(reader, max + 1, err);

	if (rc == ENT_OK && reader->bytes.len > max)
		rc = ent_error_set(err, ENT_EINPUT,
				   "the file has more than %zu bytes", max);
	return rc;
}

int reader_decoded(struct ent_reader *reader, size_t max, struct buf *out,
		   struct ent_error *err)
{
	char charset[CHARSET_NAME_SIZE];
	bool declared;
	int rc = reader_rest(reader, max, err);

	if (rc < 0)
		return rc;
	declared = charset_declared(reader->bytes.data, reader->bytes.len, charset);
	rc = charset_decode(reader->bytes.data, reader->bytes.len,
			    declared ? charset : NULL, out, err);
	buf_release(&reader->bytes);
	return rc;
}
