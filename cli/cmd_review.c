/*
 * cmd_review.c
 */
#include "cli.h"

int cmd_review(struct cli *cli, int argc, char **argv)
{
	(void)cli, (void)argc, (void)argv;
	return fail(CLI_USAGE, "review: in the making");
}
