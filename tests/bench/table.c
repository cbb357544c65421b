/*
 * table.c - tables on stdout, and the same in a JSON file.
 */
#include "table.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { PATH_SIZE = 4096, WIDTH = 79 };

static const struct unit {
	const char *name, *key;
	bool more_is_better;
	double factor; /* from what is given */
} units[] = {
	[EVENTS_PER_S] = { "events/s", "events_per_s", true, 1 },
	[MILLISECONDS] = { "ms", "ms", false, 1e3 },
	[MEBIBYTES] = { "MiB", "mib", false, 1.0 / (1 << 20) },
	[BYTES_PER_BYTE] = { "bytes/byte", "bytes_per_byte", false, 1 },
};

static FILE *json;
static bool any_table, any_row;

static struct {
	const struct unit *unit;
	bool tail;
	double first; /* value of the first row; 0 before it */
} table;

/* ---- the document ----------------------------------------------------- */

static void open_path(const char *path, char out[PATH_SIZE])
{
	int n = snprintf(out, PATH_SIZE, "%s.new", path);

	if (n < 0 || n >= PATH_SIZE)
		die("a path of %d bytes", n);
}

static void write_text(const char *text)
{
	fputc('"', json);
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			fputc('\\', json);
		fputc((unsigned char)*text < ' ' ? ' ' : *text, json);
	}
	fputc('"', json);
}

static void write_key(const char *key)
{
	write_text(key);
	fputs(": ", json);
}

void results_begin(const char *path)
{
	char part[PATH_SIZE];

	open_path(path, part);
	json = fopen(part, "w");
	if (!json)
		die("%s cannot be written", part);
	fputs("{\n", json);
}

void results_number(const char *key, double value)
{
	write_key(key);
	fprintf(json, "%.10g,\n", value);
}

void results_text(const char *key, const char *value)
{
	write_key(key);
	write_text(value);
	fputs(",\n", json);
}

void results_end(const char *path)
{
	char part[PATH_SIZE];

	open_path(path, part);
	fputs("\n]\n}\n", json);
	if (ferror(json) || fclose(json) != 0 || rename(part, path) != 0)
		die("%s cannot be written", path);
}

/* ---- a table ---------------------------------------------------------- */

void table_begin(const char *title, enum table_unit unit, bool tail)
{
	table.unit = &units[unit];
	table.tail = tail;
	table.first = 0;
	any_row = false;
	fputs(any_table ? ",\n" : "\"tables\": [\n", json);
	any_table = true;
	fputs("{\"title\": ", json);
	write_text(title);
	fprintf(json, ", \"unit\": \"%s\", \"rows\": [\n", table.unit->key);
	printf("\n%-42s %11s %9s", title, table.unit->name, tail ? "p99" : "");
	printf("  %13s\n", "entente is");
}

static void print_number(double value, int width)
{
	int digits = value >= 1000 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;

	printf(" %*.*f", width, digits, value);
}

/* How many times better the first row is; our own rows are no peers of it. */
static void put_ratio(const char *who, double value)
{
	double ratio;

	if (table.first == 0) {
		table.first = value;
		return;
	}
	if (strncmp(who, "entente", 7) == 0 || value <= 0 || table.first <= 0)
		return;
	ratio = table.unit->more_is_better ? table.first / value
					   : value / table.first;
	fprintf(json, ", \"ratio\": %.4g", ratio);
	if (ratio >= 1)
		printf("%8.*f better", ratio < 100 ? 2 : 0, ratio);
	else
		printf("%8.*f worse", 1 / ratio < 100 ? 2 : 0, 1 / ratio);
}

static void begin_row(const char *who)
{
	fprintf(json, "%s  {\"who\": ", any_row ? ",\n" : "");
	write_text(who);
	any_row = true;
	printf("  %-40s", who);
}

static void put_row(const char *who, double value, double tail, size_t count)
{
	begin_row(who);
	fprintf(json, ", \"value\": %.6g", value);
	print_number(value, 11);
	if (tail > 0) {
		fprintf(json, ", \"p99\": %.6g", tail);
		print_number(tail, 9);
	} else {
		printf(" %9s", "");
	}
	if (count)
		fprintf(json, ", \"samples\": %zu", count);
	printf("  ");
	put_ratio(who, value);
	fputc('}', json);
	printf("\n");
	fflush(stdout);
}

void table_value(const char *who, double value)
{
	put_row(who, value * table.unit->factor, 0, 0);
}

void table_samples(const char *who, struct samples *seconds)
{
	double factor = table.unit->factor;
	double tail = table.tail ? samples_percentile(seconds, 99) : 0;

	put_row(who, samples_median(seconds) * factor, tail * factor,
		seconds->count);
}

void table_rates(const char *who, struct samples *seconds, double count)
{
	put_row(who, count / samples_median(seconds), 0, seconds->count);
}

void table_skipped(const char *who, const char *why)
{
	begin_row(who);
	fputs(", \"skipped\": ", json);
	write_text(why);
	fputc('}', json);
	printf("  skipped: %s\n", why);
}

/* Words of text in lines of WIDTH. */
static void print_wrapped(const char *text)
{
	size_t column = 0;

	while (*text) {
		size_t word = strcspn(text, " ");

		if (column == 0 || column + 1 + word > WIDTH) {
			printf("%s    ", column ? "\n" : "");
			column = 4;
		} else {
			putchar(' ');
			column++;
		}
		printf("%.*s", (int)word, text);
		column += word;
		text += word + strspn(text + word, " ");
	}
	printf("\n");
}

void table_end(const char *format, ...)
{
	char setting[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(setting, sizeof(setting), format, args);
	va_end(args);
	fputs("\n], \"setting\": ", json);
	write_text(setting);
	fputc('}', json);
	print_wrapped(setting);
	fflush(stdout);
}
