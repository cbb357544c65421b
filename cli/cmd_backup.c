/*
 * cmd_backup.c - a copy of the log, to keep.
 */
#include "ask.h"
#include "copying.h"
#include "out.h"

#include <inttypes.h>

static void print(const struct ent_copied *done, const char *to, bool json)
{
	char head[ENT_HASH_TEXT_SIZE];
	struct text text = { 0 };

	ent_hash_text(&done->head, head);
	if (json) {
		text_fmt(&text, "{\"bytes\":%" PRIu64 ",\"events\":%" PRIu64
			 ",\"head\":\"%s\",\"to\":", done->bytes, done->events,
			 head);
		text_json_str(&text, to);
		text_str(&text, "}\n");
		out_text(&text);
	} else {
		out_fmt("%" PRIu64 " events, verified, in ", done->events);
		out_safe(to);
		out_fmt("; head %s\n", head);
	}
	text_release(&text);
}

static int backup(struct ent_log *log, const char *to, bool json)
{
	struct copying copying;
	struct ent_copied done = { 0 };
	struct ent_error err = { 0 };
	int rc;

	copying_begin(&copying, "backup");
	rc = ent_log_backup(log, to, &copying.options, &done, &err);
	rc = copying_end(&copying, rc, &err);
	if (rc == CLI_DONE)
		print(&done, to, json);
	return rc;
}

int cmd_backup(struct cli *cli, int argc, char **argv)
{
	bool json = false;
	const struct opt opts[] = {
		{ 0, "json", OPT_FLAG, NULL, "answer as JSON", &json }
	};
	const struct usage usage = {
		.command = "backup", .operands = "DEST", .min = 1, .max = 1,
		.about = "Write what the log has now to the new folder DEST, while "
			 "others read and write\nit, and verify that.  DEST is a "
			 "log like any other; `restore` brings it back."
	};
	struct ent_log *log = NULL;
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, opts, OPT_COUNT(opts), argc, argv, &count);
	if (rc != OPT_GO)
		return rc;
	if (argv[0][0] == '\0')
		return fail(CLI_USAGE, "backup: the name of the folder is empty");
	rc = ask_log(cli, ASK_READ, &log);
	if (rc == CLI_DONE)
		rc = backup(log, argv[0], json);
	ent_log_close(log);
	return rc;
}
