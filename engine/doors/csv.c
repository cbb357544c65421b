/*
 * csv.c - see csv.h.
 *
 * The library knows no lines and no limits, and stops for good at the first
 * fault.  So it is fed one line at a time: lines are counted here, a row that
 * grows too long is given up before the library stores more of it, and behind a
 * fault a new parser goes on with the next line.
 */
#include "doors/csv.h"

#include <csv.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "ground/buf.h"
#include "ground/mem.h"
#include "ground/utf8.h"

enum { CHUNK_BYTES = 65536 };

struct rows {
	int fd;
	char delimiter;
	bool quotes;
	struct csv_parser parser;
	uint64_t line;  /* of what is fed next */
	uint64_t first; /* of the row that is being read */
	size_t bytes;   /* of it, so far */
	bool complete;
	bool begun;     /* behind a byte order mark */
	bool after_cr;  /* what was fed last ended with one */
	bool ended;     /* the file */
	bool finished;  /* and the last row with it */
	struct buf texts;
	size_t *starts; /* of each field in texts */
	size_t starts_room;
	const char **pointers;
	size_t pointers_room;
	size_t count;
	int rc; /* of the callbacks, which cannot fail themselves */
	char chunk[CHUNK_BYTES];
	size_t at, len; /* what is left of chunk */
};

static int no_parser(struct ent_error *err)
{
	return ent_error_set(err, ENT_ENOMEM, "out of memory for a table");
}

static int start_parser(struct rows *rows, struct ent_error *err)
{
	if (csv_init(&rows->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
		return no_parser(err);
	/* NUL, which is refused, stands for a character that there is not. */
	csv_set_delim(&rows->parser, (unsigned char)rows->delimiter);
	if (!rows->quotes)
		csv_set_quote(&rows->parser, '\0');
	return ENT_OK;
}

int rows_open(int fd, char delimiter, bool quotes, struct rows **out,
	      struct ent_error *err)
{
	struct rows *rows = mem_new(1, sizeof(*rows));

	if (!rows)
		return mem_error(err);
	rows->fd = fd;
	rows->delimiter = delimiter;
	rows->quotes = quotes;
	rows->line = 1;
	if (start_parser(rows, err) < 0) {
		mem_free(rows);
		return ENT_ENOMEM;
	}
	*out = rows;
	return ENT_OK;
}

void rows_close(struct rows *rows)
{
	if (!rows)
		return;
	csv_free(&rows->parser);
	buf_release(&rows->texts);
	mem_free(rows->starts);
	mem_free(rows->pointers);
	mem_free(rows);
}

uint64_t rows_line(const struct rows *rows)
{
	return rows->first;
}

/* ---- bytes ------------------------------------------------------------- */

/* More than nothing in chunk, or ended. */
static int fill(struct rows *rows, struct ent_error *err)
{
	ssize_t n;

	if (rows->at < rows->len || rows->ended)
		return ENT_OK;
	do
		n = read(rows->fd, rows->chunk, sizeof(rows->chunk));
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return ent_error_set(err, ENT_EIO, "read: %s", strerror(errno));
	rows->at = 0;
	rows->len = (size_t)n;
	rows->ended = n == 0;
	return ENT_OK;
}

static int skip_mark(struct rows *rows, struct ent_error *err)
{
	int rc = rows->begun ? ENT_OK : fill(rows, err);

	if (rc < 0 || rows->begun)
		return rc;
	rows->begun = true;
	if (rows->len >= 3 && memcmp(rows->chunk, "\xEF\xBB\xBF", 3) == 0)
		rows->at = 3;
	if (rows->len < 2 || (memcmp(rows->chunk, "\xFF\xFE", 2) != 0 &&
			      memcmp(rows->chunk, "\xFE\xFF", 2) != 0))
		return ENT_OK;
	rows->ended = rows->finished = true;
	rows->at = rows->len;
	return ent_error_set(err, ENT_EINPUT, "it is UTF-16; save it as UTF-8");
}

/* How many bytes of chunk belong to this line; *out_ends where it ends there. */
static size_t piece(const struct rows *rows, bool *out_ends)
{
	const char *start = rows->chunk + rows->at;
	size_t len = rows->len - rows->at;

	for (size_t i = 0; i < len; i++) {
		if (start[i] == '\n' || start[i] == '\r') {
			*out_ends = true;
			return i + 1;
		}
	}
	*out_ends = false;
	return len;
}

/* Step over a piece, and count the line that ends with it: LF, CR, or CR LF,
 * whose LF is a piece by itself. */
static void step(struct rows *rows, size_t len, bool ends)
{
	char last = rows->chunk[rows->at + len - 1];

	rows->at += len;
	if (ends && !(last == '\n' && len == 1 && rows->after_cr))
		rows->line++;
	rows->after_cr = last == '\r';
}

/* Drop the rest of the line. */
static int skip_rest(struct rows *rows, struct ent_error *err)
{
	bool ends = false;
	int rc = ENT_OK;

	while (rc == ENT_OK && !ends) {
		size_t len;

		rc = fill(rows, err);
		if (rc < 0 || rows->ended)
			break;
		len = piece(rows, &ends);
		step(rows, len, ends);
	}
	return rc;
}

int rows_skip_line(struct rows *rows, struct ent_error *err)
{
	int rc = skip_mark(rows, err);

	if (rc == ENT_OK)
		rc = fill(rows, err);
	if (rc == ENT_OK && rows->after_cr && rows->at < rows->len &&
	    rows->chunk[rows->at] == '\n') {
		step(rows, 1, true);
		rc = fill(rows, err);
	}
	if (rc == ENT_OK && rows->ended)
		return ENT_END;
	rows->first = rows->line;
	return rc < 0 ? rc : skip_rest(rows, err);
}

/* ---- fields ------------------------------------------------------------ */

static void take_field(void *text, size_t len, void *arg)
{
	struct rows *rows = arg;

	if (rows->rc < 0 || rows->count++ >= ROWS_FIELDS_MAX)
		return;
	rows->rc = mem_grow(&rows->starts, &rows->starts_room, rows->count,
			    sizeof(*rows->starts), NULL);
	if (rows->rc < 0)
		return;
	rows->starts[rows->count - 1] = rows->texts.len;
	buf_add(&rows->texts, text ? text : "", len);
	buf_byte(&rows->texts, '\0');
}

static void take_row(int end, void *arg)
{
	struct rows *rows = arg;

	(void)end;
	rows->complete = true;
}

static void start_row(struct rows *rows)
{
	buf_clear(&rows->texts);
	rows->count = 0;
	rows->bytes = 0;
	rows->complete = false;
	rows->first = rows->line;
}

static int at_field(const struct rows *rows, struct ent_error *err)
{
	if (err)
		err->column = (int)(rows->count < ROWS_FIELDS_MAX ?
				    rows->count + 1 : ROWS_FIELDS_MAX);
	return ENT_EINPUT;
}

/* A fresh parser, which stands at the beginning of a row. */
static int restart(struct rows *rows, struct ent_error *err)
{
	csv_free(&rows->parser);
	return start_parser(rows, err);
}

static int give_up(struct rows *rows, struct ent_error *err)
{
	int rc = restart(rows, err);

	return rc < 0 ? rc : skip_rest(rows, err);
}

static int bad_quote(struct rows *rows, struct ent_error *err)
{
	int rc = give_up(rows, err);

	if (rc < 0)
		return rc;
	ent_error_set(err, ENT_EINPUT, "a quote inside of a field: a field with "
		      "quotes is quoted, and they are doubled");
	return at_field(rows, err);
}

static int too_long(struct rows *rows, struct ent_error *err)
{
	bool lines = rows->line > rows->first;
	int rc = give_up(rows, err);

	if (rc < 0)
		return rc;
	ent_error_set(err, ENT_EINPUT, "the row is longer than %d bytes%s",
		      ROWS_BYTES_MAX,
		      lines ? "; is a quote never closed?" : "");
	return at_field(rows, err);
}

static int never_closed(struct rows *rows, struct ent_error *err)
{
	int rc = restart(rows, err);

	if (rc < 0)
		return rc;
	ent_error_set(err, ENT_EINPUT, "a quote is never closed");
	return at_field(rows, err);
}

static bool is_blank(const char *text, size_t len)
{
	size_t i = 0;

	while (i < len && strchr(" \r\n", text[i]) && text[i])
		i++;
	return i == len;
}

static int feed(struct rows *rows, struct ent_error *err)
{
	bool ends, blank = false;
	size_t len = piece(rows, &ends);
	const char *start = rows->chunk + rows->at;

	rows->bytes += len;
	if (rows->bytes > ROWS_BYTES_MAX)
		return too_long(rows, err);
	if (memchr(start, '\0', len)) {
		int rc = give_up(rows, err);

		if (rc < 0)
			return rc;
		return ent_error_set(err, ENT_EINPUT, "a NUL in the row");
	}
	if (csv_parse(&rows->parser, start, len, take_field, take_row, rows) !=
	    len) {
		if (csv_error(&rows->parser) != CSV_EPARSE)
			return no_parser(err);
		return bad_quote(rows, err);
	}
	blank = rows->bytes == len && is_blank(start, len);
	step(rows, len, ends);
	if (blank)
		start_row(rows); /* an empty line is none */
	return ENT_OK;
}

static int finish(struct rows *rows, struct ent_error *err)
{
	rows->finished = true;
	if (csv_fini(&rows->parser, take_field, take_row, rows) == 0)
		return ENT_OK;
	if (csv_error(&rows->parser) != CSV_EPARSE)
		return no_parser(err);
	return never_closed(rows, err);
}

/* ---- rows -------------------------------------------------------------- */

static int check_field(const struct rows *rows, size_t i, struct ent_error *err)
{
	size_t start = rows->starts[i];
	size_t end = i + 1 < rows->count ? rows->starts[i + 1] : rows->texts.len;
	size_t len = end - start - 1;

	if (utf8_check(rows->texts.data + start, len) == len)
		return ENT_OK;
	ent_error_set(err, ENT_EINPUT, "not UTF-8 (a table in another encoding "
		      "is to be converted first)");
	if (err)
		err->column = (int)i + 1;
	return ENT_EINPUT;
}

static int give_row(struct rows *rows, struct row_fields *out,
		    struct ent_error *err)
{
	int rc = rows->rc < 0 ? mem_error(err) : buf_check(&rows->texts, err);

	if (rc == ENT_OK && rows->count > ROWS_FIELDS_MAX)
		rc = ent_error_set(err, ENT_EINPUT, "%zu fields; %d are allowed",
				   rows->count, ROWS_FIELDS_MAX);
	if (rc == ENT_OK)
		rc = mem_grow(&rows->pointers, &rows->pointers_room,
			      rows->count, sizeof(*rows->pointers), err);
	for (size_t i = 0; i < rows->count && rc == ENT_OK; i++) {
		rc = check_field(rows, i, err);
		rows->pointers[i] = rows->texts.data + rows->starts[i];
	}
	if (rc < 0)
		return rc;
	*out = (struct row_fields){ rows->first, rows->count, rows->pointers };
	return ENT_OK;
}

int rows_next(struct rows *rows, struct row_fields *out, struct ent_error *err)
{
	int rc;

	start_row(rows);
	rc = skip_mark(rows, err);
	while (rc == ENT_OK && !rows->complete && !rows->finished) {
		rc = fill(rows, err);
		if (rc < 0)
			break;
		rc = rows->ended ? finish(rows, err) : feed(rows, err);
	}
	if (rc < 0)
		return rc;
	return rows->complete ? give_row(rows, out, err) : ENT_END;
}
