/*
 * redactions.c - saying what an answer lacks.
 */
#include "redactions.h"
#include "cli.h"
#include "out.h"

#include <inttypes.h>

enum { SHOWN_MAX = 10 };

static int read_redactions(struct ent_log *log, uint64_t known,
			   struct ent_redaction **out, size_t *out_count)
{
	struct ent_error err = { 0 };

	if (ent_log_redactions(log, known, out, out_count, &err) < 0)
		return fail_ent(&err, "read the log");
	return CLI_DONE;
}

void redactions_print(const struct ent_redaction *items, size_t count)
{
	if (count == 0)
		return;
	out_fmt("\n%zu event%s redacted, and count%s no more:", count,
		count == 1 ? " is" : "s are", count == 1 ? "s" : "");
	for (size_t i = 0; i < count && i < SHOWN_MAX; i++)
		out_fmt("%s #%" PRIu64 " (by #%" PRIu64 ")", i ? "," : "",
			items[i].seq, items[i].by);
	out_str(count > SHOWN_MAX ? ", \xE2\x80\xA6\n" : "\n");
}

int redactions_print_known(struct ent_log *log, uint64_t known)
{
	struct ent_redaction *items = NULL;
	size_t count = 0;
	int rc = read_redactions(log, known, &items, &count);

	redactions_print(items, count);
	ent_free(items);
	return rc;
}

int redactions_json(struct ent_log *log, uint64_t known, struct text *out)
{
	struct ent_redaction *items = NULL;
	size_t count = 0;
	int rc = read_redactions(log, known, &items, &count);

	if (rc != CLI_DONE || count == 0)
		return rc;
	text_str(out, ",\"redacted\":[");
	for (size_t i = 0; i < count; i++)
		text_fmt(out, "%s{\"by\":%" PRIu64 ",\"seq\":%" PRIu64 "}",
			 i ? "," : "", items[i].by, items[i].seq);
	text_str(out, "]");
	ent_free(items);
	return CLI_DONE;
}
