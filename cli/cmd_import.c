/*
 * cmd_import.c
 */
#include "cli.h"

int cmd_import(struct cli *cli, int argc, char **argv)
{
	(void)cli, (void)argc, (void)argv;
	return fail(CLI_USAGE, "import: in the making");
}
