/*
 * test_csv.c - rows of tables, and what is no row.
 */
#include "check.h"
#include "file_of.h"

#include <stdlib.h>
#include <unistd.h>

#include "doors/csv.h"

static void add(char *out, size_t room, const char *text)
{
	assert_true(strlen(out) + strlen(text) < room);
	strcat(out, text);
}

/* "1: [a][b]" for each row, "2.3! why" for each that is at fault. */
static void dump(const char *bytes, size_t len, char delimiter, bool quotes,
		 char *out, size_t room)
{
	int fd = file_of(bytes, len);
	struct rows *rows = NULL;
	struct row_fields row;
	int rc = ENT_OK;

	*out = '\0';
	assert_int_equal(rows_open(fd, delimiter, quotes, &rows, NULL), ENT_OK);
	while (rc != ENT_END) {
		struct ent_error err = { 0 };
		char line[600];

		rc = rows_next(rows, &row, &err);
		assert_true(rc == ENT_OK || rc == ENT_END || rc == ENT_EINPUT);
		if (rc == ENT_EINPUT) {
			snprintf(line, sizeof(line), "%u.%d! %s\n",
				 (unsigned)rows_line(rows), err.column, err.msg);
			add(out, room, line);
		} else if (rc == ENT_OK) {
			assert_true(row.line == rows_line(rows));
			snprintf(line, sizeof(line), "%u: ", (unsigned)row.line);
			add(out, room, line);
			for (size_t i = 0; i < row.count; i++) {
				add(out, room, "[");
				add(out, room, row.texts[i]);
				add(out, room, "]");
			}
			add(out, room, "\n");
		}
	}
	rows_close(rows);
	close(fd);
}

static void good_rows(void **state)
{
	static const struct {
		const char *text;
		char delimiter;
		bool quotes;
		const char *rows;
	} cases[] = {
		{ "", ',', true, "" },
		{ "\n\r\n \n", ',', true, "" },
		{ "a,b\n1,2\n", ',', true, "1: [a][b]\n2: [1][2]\n" },
		{ "a,b\n1,2", ',', true, "1: [a][b]\n2: [1][2]\n" },
		{ "a,b\r\n1,2\r\n", ',', true, "1: [a][b]\n2: [1][2]\n" },
		{ "a,b\r1,2\r", ',', true, "1: [a][b]\n2: [1][2]\n" },
		{ "\xEF\xBB\xBF" "a,b\n", ',', true, "1: [a][b]\n" },
		{ "a\n\n\nb\n", ',', true, "1: [a]\n4: [b]\n" },
		{ "a\r\n\r\nb\r\n", ',', true, "1: [a]\n3: [b]\n" },
		{ ",,\n", ',', true, "1: [][][]\n" },
		{ "a;\"x;y\";\"z\"\"z\"\n", ';', true, "1: [a][x;y][z\"z]\n" },
		{ "\"a\nb\",c\nd,e\n", ',', true, "1: [a\nb][c]\n3: [d][e]\n" },
		{ "\"a\r\nb\",c\r\nd,e\r\n", ',', true,
		  "1: [a\r\nb][c]\n3: [d][e]\n" },
		{ " a , \" b \" \n", ',', true, "1: [a][ b ]\n" },
		{ "\ta\t\tb\n", '\t', false, "1: [][a][][b]\n" },
		{ "say \"x\"\t\"\n", '\t', false, "1: [say \"x\"][\"]\n" },
		{ "{\"a\":1, \"b\":\"\t\"}\nx\n", '\0', false,
		  "1: [{\"a\":1, \"b\":\"\t\"}]\n2: [x]\n" },
		{ "=cmd|' /C calc'!A0,+1,-1,@x\n", ',', true,
		  "1: [=cmd|' /C calc'!A0][+1][-1][@x]\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char out[1000];

		dump(cases[i].text, strlen(cases[i].text), cases[i].delimiter,
		     cases[i].quotes, out, sizeof(out));
		assert_string_equal(out, cases[i].rows);
	}
}

#define QUOTE "a quote inside of a field: a field with quotes is quoted, and they " \
	      "are doubled"
#define ENCODING "not UTF-8 (a table in another encoding is to be converted first)"

#define BYTES(text) text, sizeof(text) - 1

static void bad_rows(void **state)
{
	static const struct {
		const char *text;
		size_t len;
		const char *rows;
	} cases[] = {
		{ BYTES("a,b\"c,d\n1,2\n"), "1.2! " QUOTE "\n2: [1][2]\n" },
		{ BYTES("\"a\"b,c\n1\n"), "1.1! " QUOTE "\n2: [1]\n" },
		{ BYTES("1\na,\"b\nc\n"), "1: [1]\n2.2! a quote is never "
					       "closed\n" },
		{ BYTES("a,\0b\n1\n"), "1.0! a NUL in the row\n2: [1]\n" },
		{ BYTES("a,b,\xE9t\xE9\n1\n"), "1.3! " ENCODING
						     "\n2: [1]\n" },
		{ BYTES("a,\xED\xA0\x80\n"), "1.2! " ENCODING "\n" },
		{ BYTES("\xFF\xFE" "a\0,\0"), "1.0! it is UTF-16; save it as "
						   "UTF-8\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char out[1000];

		dump(cases[i].text, cases[i].len, ',', true, out,
		     sizeof(out));
		assert_string_equal(out, cases[i].rows);
	}
}

/* len bytes of c with text behind. */
static char *filled(size_t len, char c, const char *text)
{
	char *bytes = malloc(len + strlen(text) + 1);

	assert_non_null(bytes);
	memset(bytes, c, len);
	strcpy(bytes + len, text);
	return bytes;
}

static void long_rows(void **state)
{
	static const struct {
		char c;
		const char *first, *behind, *rows;
	} cases[] = {
		{ 'x', "", "\nb\n", "1.1! the row is longer than 1048576 bytes\n"
				   "2: [b]\n" },
		{ ',', "", "\nb\n", "1.4096! the row is longer than 1048576 "
				   "bytes\n2: [b]\n" },
		{ 'x', "\"a\n", "", "1.1! the row is longer than 1048576 bytes; is "
				    "a quote never closed?\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *bytes = filled(3u << 20, cases[i].c, cases[i].behind);
		char out[1000];

		memcpy(bytes, cases[i].first, strlen(cases[i].first));
		dump(bytes, strlen(bytes), ',', true, out, sizeof(out));
		assert_string_equal(out, cases[i].rows);
		free(bytes);
	}
}

static void many_fields(void **state)
{
	char *bytes = filled(5000, ',', "\n1\n");
	char out[1000];

	(void)state;
	dump(bytes, strlen(bytes), ',', true, out, sizeof(out));
	assert_string_equal(out, "1.0! 5001 fields; 4096 are allowed\n2: [1]\n");
	free(bytes);
}

/* Rows that lie across the pieces in which a file is read. */
static void long_files(void **state)
{
	enum { ROWS = 40000 };
	static char bytes[ROWS * 12];
	size_t len = 0, n = 0;
	struct rows *rows = NULL;
	struct row_fields row;
	int fd;

	(void)state;
	for (int i = 0; i < ROWS; i++)
		len += (size_t)sprintf(bytes + len, "%d,\"x\"\r\n", i);
	fd = file_of(bytes, len);
	assert_int_equal(rows_open(fd, ',', true, &rows, NULL), ENT_OK);
	while (rows_next(rows, &row, NULL) == ENT_OK) {
		assert_int_equal(row.count, 2);
		assert_int_equal(strtol(row.texts[0], NULL, 10), n++);
		assert_int_equal(row.line, n);
	}
	assert_int_equal(n, ROWS);
	rows_close(rows);
	close(fd);
}

static void skipped_lines(void **state)
{
	static const char text[] = "one \"\r\ntwo\r\na,b\r\n";
	int fd = file_of(text, strlen(text));
	struct rows *rows = NULL;
	struct row_fields row;

	(void)state;
	assert_int_equal(rows_open(fd, ',', true, &rows, NULL), ENT_OK);
	assert_int_equal(rows_skip_line(rows, NULL), ENT_OK);
	assert_int_equal(rows_skip_line(rows, NULL), ENT_OK);
	assert_int_equal(rows_next(rows, &row, NULL), ENT_OK);
	assert_int_equal(row.line, 3);
	assert_string_equal(row.texts[1], "b");
	assert_int_equal(rows_skip_line(rows, NULL), ENT_END);
	rows_close(rows);
	close(fd);
}

static void unreadable(void **state)
{
	struct rows *rows = NULL;
	struct row_fields row;
	struct ent_error err = { 0 };

	(void)state;
	assert_int_equal(rows_open(-1, ',', true, &rows, NULL), ENT_OK);
	check_failure(rows_next(rows, &row, &err), ENT_EIO, &err,
		      "read: Bad file descriptor");
	rows_close(rows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_rows),     cmocka_unit_test(bad_rows),
		cmocka_unit_test(long_rows),     cmocka_unit_test(many_fields),
		cmocka_unit_test(long_files),    cmocka_unit_test(skipped_lines),
		cmocka_unit_test(unreadable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
