/*
 * cmd_import.c - tables as events, all of them or none; feeds as candidates, on
 * the standard output, for `review`.
 */
#include "import.h"
#include "progress.h"
#include "stop.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct format {
	const char *name;
	int (*import)(int fd, const char *name, const struct ent_import *to,
		      struct ent_imported *out, struct ent_error *err);
};

/* csv is the one that makes events. */
static const struct format formats[] = {
	{ "csv", NULL },
	{ "gdelt", ent_import_gdelt },
	{ "jsonl", ent_import_plover },
	{ "plover", ent_import_plover },
};

enum { FORMATS = sizeof(formats) / sizeof(*formats) };

/* ---- bad rows ---------------------------------------------------------- */

static void report(struct import *import, const char *label, unsigned column,
		   const char *why)
{
	import->bad++;
	if (import->reported >= IMPORT_REPORTS_MAX)
		return;
	import->reported++;
	complain("%s:%u: %s", label, column ? column : 1, why);
}

static void bad_row(const char *label, unsigned column, const char *why,
		    void *arg)
{
	progress_done();
	report(arg, label, column, why);
}

static void report_end(const struct import *import)
{
	if (import->bad > import->reported)
		complain("\xE2\x80\xA6 and %" PRIu64 " more",
			 import->bad - import->reported);
}

/* ---- what comes in ----------------------------------------------------- */

static int print_line(const char *json, size_t len, const char *label, void *arg,
		      struct ent_error *err)
{
	(void)label;
	(void)arg;
	(void)err;
	out_bytes(json, len);
	out_str("\n");
	return out_failed() ? ENT_END : ENT_OK;
}

static int hold_line(const char *json, size_t len, const char *label, void *arg,
		     struct ent_error *err)
{
	struct import *import = arg;

	(void)label;
	(void)err;
	text_bytes(&import->printed, json, len);
	text_str(&import->printed, "\n");
	return ENT_OK;
}

static int add_event(const char *json, size_t len, const char *label, void *arg,
		     struct ent_error *err)
{
	struct import *import = arg;
	int rc = ent_batch_add(import->append.batch, json, len, label, err);

	progress_count("import", ent_batch_count(import->append.batch),
		       "events");
	return rc;
}

static int open_file(const char *name, int *out)
{
	struct stat st;
	int fd = STDIN_FILENO;

	if (strcmp(name, "-") != 0)
		fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return fail_errno(CLI_INPUT, "open %s", name);
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		if (fd != STDIN_FILENO)
			close(fd);
		return fail(CLI_INPUT, "%s is a folder, not a table", name);
	}
	*out = fd;
	return CLI_DONE;
}

static void add_done(struct import *import, const struct ent_imported *more)
{
	import->done.rows += more->rows;
	import->done.events += more->events;
	import->done.bad += more->bad;
	import->done.left_out += more->left_out;
}

/* What is wrong with the map is told of its file, not of the table. */
static int fail_input(const struct import *import, const char *table,
		      const char *why)
{
	static const char map[] = "map: ";
	size_t len = sizeof(map) - 1;

	if (import->map && strcmp(table, "map") != 0 && strncmp(why, map, len) == 0)
		return fail(CLI_INPUT, "%s: %s", import->map, why + len);
	return fail(CLI_INPUT, "%s", why);
}

static int read_file(struct import *import, const struct format *format,
		     const char *map, size_t map_len, const char *file)
{
	const struct ent_import to = {
		.take = format->import ? print_line :
			import->print  ? hold_line : add_event,
		.bad = bad_row, .arg = import
	};
	const char *name = strcmp(file, "-") == 0 ? "<stdin>" : file;
	struct ent_imported done = { 0 };
	struct ent_error err = { 0 };
	int fd = -1, rc;

	rc = open_file(file, &fd);
	if (rc != CLI_DONE)
		return rc;
	rc = format->import ? format->import(fd, name, &to, &done, &err) :
			      ent_import_csv(fd, name, map, map_len, &to, &done,
					     &err);
	progress_done();
	if (fd != STDIN_FILENO)
		close(fd);
	if (rc < 0)
		return err.code == ENT_EINPUT ? fail_input(import, name, err.msg) :
						fail_ent(&err, "%s", name);
	add_done(import, &done);
	return CLI_DONE;
}

static int read_files(struct import *import, const struct format *format,
		      size_t count, char **files)
{
	const char *map = NULL;
	size_t map_len = 0;
	int rc = CLI_DONE;

	if (!format->import)
		rc = import_map(import, &map, &map_len);
	for (size_t i = 0; i < count && rc == CLI_DONE; i++)
		rc = read_file(import, format, map, map_len, files[i]);
	return rc;
}

/* ---- what becomes of it ------------------------------------------------ */

static const char *plural(uint64_t n)
{
	return n == 1 ? "" : "s";
}

/* Behind the answer, on stderr, so that the answer stays what it is. */
static void say_done(const struct import *import, const char *what)
{
	const struct ent_imported *done = &import->done;
	struct text text = { 0 };

	text_fmt(&text, "%" PRIu64 " row%s, %" PRIu64 " %s%s", done->rows,
		 plural(done->rows), done->events, what, plural(done->events));
	if (done->left_out)
		text_fmt(&text, ", %" PRIu64 " left out", done->left_out);
	if (done->bad)
		text_fmt(&text, ", %" PRIu64 " bad row%s skipped", done->bad,
			 plural(done->bad));
	note("%s", text_get(&text));
	text_release(&text);
}

static int bad_rows(const struct import *import, const char *done,
		    const char *instead)
{
	int rc = fail(CLI_INPUT, "import: %" PRIu64 " bad row%s; %s",
		      import->done.bad, plural(import->done.bad), done);

	hint("--skip-bad %s", instead);
	return rc;
}

static int append_batch(struct import *import)
{
	struct append *append = &import->append;
	struct ent_append_options options;
	struct ent_appended done = { 0 };
	struct ent_error err = { 0 };
	int rc;

	if (append->dry_run)
		return append_preview(append);
	options = append_options(append);
	stop_later(); /* no half-made log */
	rc = ask_log(append->cli, ASK_CREATE, &append->log);
	if (rc != CLI_DONE)
		return rc;
	append_stops_behind(append, "import");
	if (ask_append(append->cli, &append->log, append->batch, &options, &done,
		       &err) < 0)
		return append_failed(append, &err);
	stop_later(); /* behind the answer */
	out_appended(done.first_seq, done.last_seq);
	if (append->json)
		append_json(&done, NULL);
	else
		append_text(&done, false);
	return CLI_DONE;
}

static int import_table(struct import *import, const struct format *format,
			size_t count, char **files)
{
	struct ent_error err = { 0 };
	int rc;

	if (ent_batch_new(&import->append.batch, &err) < 0)
		return fail_ent(&err, "import");
	if (!import->print)
		append_stops(&import->append, "import");
	rc = read_files(import, format, count, files);
	report_end(import);
	if (rc == CLI_DONE && import->done.bad > 0 && !import->skip_bad)
		rc = bad_rows(import, import->print ? "nothing was printed" :
						      "nothing was appended",
			      "goes on with the others");
	else if (rc == CLI_DONE && import->print)
		out_text(&import->printed);
	else if (rc == CLI_DONE)
		rc = append_batch(import);
	if (rc == CLI_DONE)
		say_done(import, "event");
	return rc;
}

static int import_feed(struct import *import, const struct format *format,
		       size_t count, char **files)
{
	int rc = read_files(import, format, count, files);

	report_end(import);
	if (rc == CLI_DONE && import->done.bad > 0 && !import->skip_bad)
		rc = bad_rows(import, "the candidates of the others were "
			      "printed", "lets that be a success");
	if (rc == CLI_DONE && !out_failed())
		say_done(import, "candidate");
	return rc;
}

/* ---- the command ------------------------------------------------------- */

static const struct format *find_format(const char *name)
{
	for (size_t i = 0; i < FORMATS; i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	fail(CLI_USAGE, "import: there is no format \"%s\"", name);
	hint("the formats are csv, gdelt and jsonl");
	return NULL;
}

static int check_options(const struct import *import, const struct format *format)
{
	if (!format->import && !import->map) {
		int rc = fail(CLI_USAGE, "import csv: --map is missing");

		hint("a column map says what the columns mean; \"--map atop\" is "
		     "built in");
		return rc;
	}
	if (!format->import && import->print &&
	    (import->append.dry_run || import->append.json))
		return fail(CLI_USAGE, "import csv: --print does not go with "
			    "--dry-run or --json");
	if (!format->import)
		return CLI_DONE;
	if (import->map)
		return fail(CLI_USAGE, "import %s: --map is for csv",
			    format->name);
	if (import->append.dry_run || import->append.skip_existing ||
	    import->append.no_sync || import->append.json)
		return fail(CLI_USAGE, "import %s: it prints candidates and "
			    "appends nothing; such options are for csv",
			    format->name);
	return CLI_DONE;
}

static int import_files(struct import *import, const char *name, size_t count,
			char **files)
{
	const struct format *format = find_format(name);
	int rc = format ? check_options(import, format) : CLI_USAGE;

	if (rc != CLI_DONE)
		return rc;
	return format->import ? import_feed(import, format, count, files) :
				import_table(import, format, count, files);
}

static const char about[] =
	"Tables and feeds of others.  FORMAT is\n"
	"  csv    a table with a column map: events, which are "
	"appended, all or none\n"
	"  gdelt  GDELT 2.0 event export: candidates, on the "
	"standard output\n"
	"  jsonl  records with PLOVER types (NGEC, POLECAT): "
	"candidates likewise\n"
	"Candidates are for `entente review`; they are never "
	"appended unread.\nFILE \"-\" is the standard input.";

int cmd_import(struct cli *cli, int argc, char **argv)
{
	struct import import = { .append = { .cli = cli } };
	const struct opt opts[] = {
		{ 0, "map", OPT_TEXT, "FILE", "csv: what the columns mean; or the "
		  "name of a map that is built in (atop)", &import.map },
		{ 0, "print", OPT_FLAG, NULL, "csv: print the events as JSON "
		  "Lines; append nothing", &import.print },
		{ 'n', "dry-run", OPT_FLAG, NULL, "csv: write nothing; show what "
		  "would change", &import.append.dry_run },
		{ 0, "skip-existing", OPT_FLAG, NULL, "csv: append what the log "
		  "does not have", &import.append.skip_existing },
		{ 0, "skip-bad", OPT_FLAG, NULL, "import the good rows where "
		  "others are bad", &import.skip_bad },
		{ 0, "no-sync", OPT_FLAG, NULL, "csv: do not wait for the disk",
		  &import.append.no_sync },
		{ 0, "json", OPT_FLAG, NULL, "csv: answer as JSON",
		  &import.append.json }
	};
	const struct usage usage = {
		.command = "import", .operands = "FORMAT FILE...", .min = 2,
		.max = SIZE_MAX,
		.about = about
	};
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, opts, OPT_COUNT(opts), argc, argv, &count);
	if (rc != OPT_GO)
		return rc;
	rc = import_files(&import, argv[0], count - 1, argv + 1);
	ent_batch_free(import.append.batch);
	ent_log_close(import.append.log);
	free(import.map_text);
	text_release(&import.printed);
	return rc;
}
