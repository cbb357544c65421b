/*
 * cmd_propose.c
 */
#include "cli.h"

int cmd_propose(struct cli *cli, int argc, char **argv)
{
	(void)cli, (void)argc, (void)argv;
	return fail(CLI_USAGE, "propose: in the making");
}
