/*
 * cmd_init.c - make an empty log.
 */
#include "ask.h"
#include "out.h"

/* Opening without `create` tells a log from none; any other failure is told by
 * opening with it. */
static bool exists(const struct cli *cli)
{
	const struct ent_log_options options = { .read_only = true,
						 .trust = cli->trust };
	struct ent_log *log = NULL;
	struct ent_error err = { 0 };
	bool there;

	there = ent_log_open(ask_log_name(cli), &options, &log, &err) ==
		ENT_OK;
	ent_log_close(log);
	return there;
}

int cmd_init(struct cli *cli, int argc, char **argv)
{
	bool json = false;
	const struct opt opts[] = {
		{ 0, "json", OPT_FLAG, NULL, "answer as JSON", &json }
	};
	const struct usage usage = {
		.command = "init",
		.about = "Make an empty log.  `append` makes one too."
	};
	struct ent_log *log = NULL;
	struct text text = { 0 };
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, opts, OPT_COUNT(opts), argc, argv, &count);
	if (rc != OPT_GO)
		return rc;
	if (exists(cli))
		return fail(CLI_INPUT, "there is a log already: %s",
			    ask_log_name(cli));
	rc = ask_log(cli, ASK_CREATE, &log);
	if (rc == CLI_DONE && json) {
		text_str(&text, "{\"log\":");
		text_json_str(&text, ask_log_name(cli));
		text_str(&text, "}\n");
		out_text(&text);
	} else if (rc == CLI_DONE) {
		out_str("made an empty log: ");
		out_safe(ask_log_name(cli));
		out_str("\n");
	}
	ent_log_close(log);
	text_release(&text);
	return rc;
}
