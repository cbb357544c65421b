/*
 * cmd_checkpoint.c - the cache that makes questions fast: to see it, and to prove
 * that it changes nothing.
 */
#include "ask.h"
#include "out.h"
#include "progress.h"

#include <inttypes.h>
#include <string.h>

/* ---- list ------------------------------------------------------------------- */

struct listing {
	bool json;
	uint64_t count, bytes;
};

static int list_one(const struct ent_checkpoint *c, void *arg)
{
	struct listing *listing = arg;

	if (listing->json)
		out_fmt("%s{\"bytes\":%" PRIu64 ",\"first_seq\":%" PRIu64
			",\"groups\":%" PRIu64 ",\"last_seq\":%" PRIu64 "}",
			listing->count ? "," : "", c->bytes, c->first_seq,
			c->groups, c->last_seq);
	else
		out_fmt("events %" PRIu64 " to %" PRIu64 ": %" PRIu64
			" groups, %" PRIu64 " bytes\n",
			c->first_seq, c->last_seq, c->groups, c->bytes);
	listing->count++;
	listing->bytes += c->bytes;
	return 0;
}

static int list(struct ent_log *log, bool json)
{
	struct listing listing = { .json = json };
	struct ent_error err = { 0 };

	out_str(json ? "{\"checkpoints\":[" : "");
	if (ent_checkpoint_list(log, list_one, &listing, &err) < 0)
		return fail_ent(&err, "read the checkpoints");
	if (json)
		out_str("]}\n");
	else if (listing.count == 0)
		out_str("no checkpoints\n");
	return CLI_DONE;
}

/* ---- build, drop ------------------------------------------------------------- */

static int build(struct ent_log *log, bool json)
{
	struct ent_error err = { 0 };
	uint64_t last = 0;
	int rc = ent_log_head(log, &last, NULL, &err);

	progress_long("checkpoint", "sorting", last, "events");
	if (rc == ENT_OK)
		rc = ent_checkpoint_build(log, 1, &err);
	progress_done();
	return rc < 0 ? fail_ent(&err, "build the checkpoints") :
			list(log, json);
}

static int drop(struct ent_log *log, bool json)
{
	struct ent_error err = { 0 };

	if (ent_checkpoint_drop(log, &err) < 0)
		return fail_ent(&err, "drop the checkpoints");
	return list(log, json);
}

static const struct {
	const char *name;
	enum ask_mode mode;
	int (*fn)(struct ent_log *log, bool json);
} actions[] = {
	{ "list", ASK_READ, list },
	{ "build", ASK_WRITE, build },
	{ "drop", ASK_WRITE, drop },
};

enum { ACTIONS = sizeof(actions) / sizeof(actions[0]) };

static int run(struct cli *cli, const char *name, bool json)
{
	struct ent_log *log = NULL;
	size_t i = 0;
	int rc;

	while (i < ACTIONS && strcmp(actions[i].name, name) != 0)
		i++;
	if (i == ACTIONS) {
		fail(CLI_USAGE, "checkpoint: there is no action \"%s\"", name);
		hint("the actions are list, build and drop");
		return CLI_USAGE;
	}
	rc = ask_log(cli, actions[i].mode, &log);
	if (rc == CLI_DONE)
		rc = actions[i].fn(log, json);
	ent_log_close(log);
	return rc;
}

int cmd_checkpoint(struct cli *cli, int argc, char **argv)
{
	bool json = false;
	const struct opt opts[] = {
		{ 0, "json", OPT_FLAG, NULL, "answer as JSON", &json }
	};
	const struct usage usage = {
		.command = "checkpoint", .operands = "list|build|drop",
		.min = 1, .max = 1,
		.about = "Checkpoints are a cache that appending keeps by itself; "
			 "every answer is the\nsame without.  list shows them, "
			 "build makes them cover every event, drop takes\nthem "
			 "away."
	};
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, opts, OPT_COUNT(opts), argc, argv, &count);
	return rc == OPT_GO ? run(cli, argv[0], json) : rc;
}
