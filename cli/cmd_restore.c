/*
 * cmd_restore.c - a log from a backup.
 */
#include "ask.h"
#include "copying.h"
#include "out.h"

#include <inttypes.h>

static void print(const struct ent_copied *done, const char *dir, bool json)
{
	char head[ENT_HASH_TEXT_SIZE];
	struct text text = { 0 };

	ent_hash_text(&done->head, head);
	if (json) {
		text_fmt(&text, "{\"bytes\":%" PRIu64 ",\"events\":%" PRIu64
			 ",\"head\":\"%s\",\"log\":", done->bytes,
			 done->events, head);
		text_json_str(&text, dir);
		text_str(&text, "}\n");
		out_text(&text);
	} else {
		out_fmt("%" PRIu64 " events, verified, in the log ",
			done->events);
		out_safe(dir);
		out_fmt("; head %s\n", head);
	}
	text_release(&text);
}

int cmd_restore(struct cli *cli, int argc, char **argv)
{
	bool json = false;
	const struct opt opts[] = {
		{ 0, "json", OPT_FLAG, NULL, "answer as JSON", &json }
	};
	const struct usage usage = {
		.command = "restore", .operands = "BACKUP", .min = 1, .max = 1,
		.about = "Make the log from the folder BACKUP, after every promise of "
			 "it was derived again in\na process of its own.  There "
			 "must be no log yet."
	};
	struct copying copying;
	struct ent_copied done = { 0 };
	struct ent_error err = { 0 };
	const char *dir;
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, opts, OPT_COUNT(opts), argc, argv, &count);
	if (rc != OPT_GO)
		return rc;
	rc = ask_log_dir(cli, &dir);
	if (rc != CLI_DONE)
		return rc;
	copying_begin(&copying, "restore");
	copying.other = true;
	rc = ent_log_restore(argv[0], dir, &copying.options, &done, &err);
	rc = copying_end(&copying, rc, &err);
	if (rc == CLI_DONE)
		print(&done, dir, json);
	return rc;
}
