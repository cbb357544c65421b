/*
 * cmd_version.c - which program, library and format this is.
 */
#include "opt.h"
#include "out.h"

int cmd_version(struct cli *cli, int argc, char **argv)
{
	bool json = false;
	const struct opt opts[] = {
		{ 0, "json", OPT_FLAG, NULL, "answer as JSON", &json }
	};
	const struct usage usage = { .command = "version",
				     .about = "Show the version." };
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, opts, OPT_COUNT(opts), argc, argv, &count);
	if (rc != OPT_GO)
		return rc;
	if (json)
		out_fmt("{\"format\":%d,\"library\":\"%s\",\"version\":\"%s\"}\n",
			ENT_FORMAT_VERSION, ent_version(), ENT_VERSION);
	else
		out_fmt("entente %s (library %s, log format %d)\n", ENT_VERSION,
			ent_version(), ENT_FORMAT_VERSION);
	return CLI_DONE;
}
