/*
 * reading.c - checking lines.
 */
#include "reading.h"
#include "cli.h"

#include <inttypes.h>

static void say(struct reading *reading, const char *label, int column,
		const char *why)
{
	if (++reading->bad > REPORTS_MAX)
		return;
	text_fmt(&reading->said, "%s:%d: %s", label, column, why);
	text_bytes(&reading->said, "", 1);
}

int reading_line(struct reading *reading, const struct input *input)
{
	struct ent_error err = { 0 };
	struct text label = { 0 };
	int rc = CLI_DONE, added = ENT_OK;

	text_fmt(&label, "%s:%" PRIu64, input->name, input->line);
	if (input->too_long) {
		say(reading, text_get(&label), INPUT_LINE_MAX + 1,
		    "the line is longer than 1 MiB");
		goto out;
	}
	added = ent_batch_add(reading->batch, text_get(&input->text),
			      input->text.len, text_get(&label), &err);
	if (added == ENT_EINPUT)
		say(reading, text_get(&label), err.column > 0 ? err.column : 1,
		    err.msg);
	else if (added < 0)
		rc = fail_ent(&err, "%s", text_get(&label));
out:
	text_release(&label);
	return rc;
}
