/*
 * fuzz_options.c - any command line of the commands that only read, a word a line,
 * the command first.  What is asked about is a small log.
 *
 * fuzz: -max_len=256 -close_fd_mask=3
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "out.h"

enum { WORDS = 24 };

static const struct {
	const char *name;
	cmd_fn *fn;
} reading[] = {
	{ "replay", cmd_replay }, { "diff", cmd_diff },   { "why", cmd_why },
	{ "log", cmd_log },       { "show", cmd_show },   { "stat", cmd_stat },
	{ "verify", cmd_verify }, { "export", cmd_export },
};

enum { READING = sizeof(reading) / sizeof(reading[0]) };

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static char dir[128];

	(void)argc;
	(void)argv;
	snprintf(dir, sizeof(dir), "%s/log", fuzz_folder());
	fuzz_history(dir, 0);
	setenv("ENTENTE_LOG", dir, 1);
	fuzz_silence();
	return 0;
}

static cmd_fn *find_command(const char *name)
{
	for (int i = 0; i < READING; i++)
		if (strcmp(reading[i].name, name) == 0)
			return reading[i].fn;
	return NULL;
}

/* An export may be asked to write somewhere: only where nothing can be. */
static bool may_run(cmd_fn *command, const char *text)
{
	return command && (command != cmd_export ||
			   (!strchr(text, 'o') && !strchr(text, 'f')));
}

static int cut_words(char *text, char *words[WORDS + 1])
{
	int count = 0;

	while (text && count < WORDS)
		words[count++] = strsep(&text, "\n");
	words[count] = NULL;
	return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size), *rest = strchr(text, '\n');
	char *words[WORDS + 1];
	struct cli cli = { 0 };
	cmd_fn *command;
	int rc;

	if (rest)
		*rest++ = '\0';
	command = find_command(text);
	if (may_run(command, rest ? rest : "")) {
		int count = rest ? cut_words(rest, words) : 0;

		words[count] = NULL;
		rc = command(&cli, count, words);
		FUZZ_CHECK(rc >= CLI_DONE && rc <= CLI_DAMAGE);
		FUZZ_CHECK(rc != CLI_DAMAGE || command == cmd_verify);
		out_set_color("auto");
	}
	free(text);
	return 0;
}
