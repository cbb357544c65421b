/*
 * cmd_help.c - the list of commands, and pages on what all of them share.
 */
#include "opt.h"
#include "out.h"

#include <string.h>

static const char exit_codes[] =
	"Exit codes\n"
	"  0  done\n"
	"  1  the answer is no: diff --exit-code found changes, why or show found\n"
	"     nothing\n"
	"  2  wrong usage\n"
	"  3  bad input or a conflict with the log; nothing was written (propose, and\n"
	"     import of a feed: something could not be read, the rest was printed)\n"
	"  4  the log or the system failed: disk full, lock timeout, in doubt; the\n"
	"     message says which\n"
	"  5  damage was found in the log; a signature or a proof does not hold, or\n"
	"     the log does not extend a note\n"
	"An interrupted command ends by the signal (130 and 143 in a shell).\n";

static const char dates[] =
	"Dates are EDTF (ISO 8601-2), in the Gregorian calendar, years 0001 to 9999.\n"
	"\n"
	"  2024-02-23             a day\n"
	"  2024-02-23T10:00:00Z   a time: its day in UTC counts\n"
	"  2024-02, 2024-02-XX    some day of a month\n"
	"  2024, 2024-XX-XX       some day of a year\n"
	"  201X, 19XX             of a decade, of a century\n"
	"  2024-21 ... 2024-24    spring (March to May), summer, autumn, winter\n"
	"                         (December to next February)\n"
	"  A/B, ../B, A/..        some day from A to B; up to B; from A on\n"
	"  XXXX                   unknown, not later than source.published\n"
	"  2024?  2024~  2024%    uncertain, approximate, both: kept as flags\n"
	"\n"
	"In a question a date means the end of its last day: `replay 2012` is the end\n"
	"of 2012-12-31.  It needs a last day: A/.. and XXXX are refused.\n"
	"--known takes the number of an event (all digits: 2024 is event 2024), a date\n"
	"(its last day) or a time: what had been recorded by then.\n"
	"--published takes a date: only events whose source was surely published by\n"
	"the end of it.\n";

static int list_commands(void)
{
	out_fmt("entente %s - a history of alliances that you can replay to any "
		"day\n\n", ENT_VERSION);
	out_str("usage: entente [--log DIR] COMMAND [OPTION...] [OPERAND...]\n\n");
	for (const struct command *command = commands; command->name; command++)
		out_fmt("  %-9s %s\n", command->name, command->help);
	out_str("\nThe log is --log DIR, else $ENTENTE_LOG, else ./entente.lmdb.\n"
		"More: entente COMMAND --help, entente help exit-codes, "
		"entente help dates\n");
	return CLI_DONE;
}

static int explain(struct cli *cli, const char *topic)
{
	static char help[] = "--help";
	char *argv[] = { help, NULL };
	const struct command *command = command_find(topic);

	if (strcmp(topic, "exit-codes") == 0)
		out_str(exit_codes);
	else if (strcmp(topic, "dates") == 0)
		out_str(dates);
	else if (command)
		return command->fn(cli, 1, argv);
	else {
		fail(CLI_USAGE, "help: nothing is known of: %s", topic);
		hint("entente --help lists the commands");
		return CLI_USAGE;
	}
	return CLI_DONE;
}

int cmd_help(struct cli *cli, int argc, char **argv)
{
	const struct usage usage = {
		.command = "help", .operands = "[COMMAND|exit-codes|dates]",
		.max = 1, .about = "Explain a command, the exit codes or dates."
	};
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, NULL, 0, argc, argv, &count);
	if (rc != OPT_GO)
		return rc;
	return count == 0 ? list_commands() : explain(cli, argv[0]);
}
