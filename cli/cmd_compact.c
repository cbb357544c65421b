/*
 * cmd_compact.c - the log written anew, as small as it can be.
 */
#include "ask.h"
#include "copying.h"
#include "out.h"

#include <inttypes.h>

static void print(const struct ent_copied *done, bool json)
{
	char head[ENT_HASH_TEXT_SIZE];
	struct text text = { 0 };

	ent_hash_text(&done->head, head);
	if (json) {
		text_fmt(&text, "{\"bytes_after\":%" PRIu64
			 ",\"bytes_before\":%" PRIu64 ",\"events\":%" PRIu64
			 ",\"head\":\"%s\"}\n", done->bytes,
			 done->bytes_before, done->events, head);
	} else {
		text_number(&text, done->bytes_before);
		text_str(&text, " bytes before, ");
		text_number(&text, done->bytes);
		text_fmt(&text, " after; %" PRIu64 " events, verified; head %s\n",
			 done->events, head);
	}
	out_text(&text);
	text_release(&text);
}

static int compact(struct ent_log *log, bool json)
{
	struct copying copying;
	struct ent_copied done = { 0 };
	struct ent_error err = { 0 };
	int rc;

	copying_begin(&copying, "compact");
	rc = ent_log_compact(log, &copying.options, &done, &err);
	rc = copying_end(&copying, rc, &err);
	if (rc == CLI_DONE)
		print(&done, json);
	return rc;
}

int cmd_compact(struct cli *cli, int argc, char **argv)
{
	bool json = false;
	const struct opt opts[] = {
		{ 0, "json", OPT_FLAG, NULL, "answer as JSON", &json }
	};
	const struct usage usage = {
		.command = "compact",
		.about = "Write the log anew without the space that it does not use, "
			 "verify that, and put\nit in place.  Writers wait; who has "
			 "the old file open opens the log again."
	};
	struct ent_log *log = NULL;
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, opts, OPT_COUNT(opts), argc, argv, &count);
	if (rc != OPT_GO)
		return rc;
	rc = ask_log(cli, ASK_WRITE, &log);
	if (rc == CLI_DONE)
		rc = compact(log, json);
	ent_log_close(log);
	return rc;
}
