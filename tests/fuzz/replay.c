/*
 * replay.c - a target without libFuzzer: every file of the folders that are named
 * goes through it, and then bytes cut off its end, since those cost nothing.
 */
#include "fuzz.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { INPUT_MAX = 1 << 20 };

static int said = STDOUT_FILENO; /* a target may close 1 and 2 */
static char current[512];        /* the file that is being run */
static size_t files, bytes;

__attribute__((weak)) int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	return 0;
}

/* Whatever ends the process, the input is named; only write() is allowed. */
static void name_input(int sig)
{
	ssize_t n = write(said, current, strlen(current));

	(void)n;
	signal(sig, SIG_DFL);
	raise(sig);
}

/* In memory of just that size, so that a byte too far is noticed. */
static void run_input(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size > 0 ? size : 1);

	FUZZ_CHECK(copy);
	if (size > 0)
		memcpy(copy, data, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

static void run_file(const char *folder, const char *name)
{
	static uint8_t data[INPUT_MAX];
	FILE *file;
	size_t size;

	snprintf(current, sizeof(current), "%s/%s\n", folder, name);
	current[strlen(current) - 1] = '\0';
	file = fopen(current, "rb");
	FUZZ_CHECK(file);
	size = fread(data, 1, sizeof(data), file);
	FUZZ_CHECK(!ferror(file) && size < sizeof(data));
	fclose(file);
	strcat(current, "\n");
	run_input(data, size);
	run_input(data, size / 2);
	run_input(data, size > 0 ? size - 1 : 0);
	files++;
	bytes += size;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_input(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void run_folder(const char *folder)
{
	struct dirent **entries = NULL;
	int count = scandir(folder, &entries, is_input, by_name);

	for (int i = 0; i < count; i++) {
		run_file(folder, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
}

static void name_inputs(void)
{
	static const int deaths[] = { SIGABRT, SIGSEGV, SIGBUS, SIGFPE,
				      SIGALRM, SIGXCPU };

	for (size_t i = 0; i < sizeof(deaths) / sizeof(deaths[0]); i++)
		signal(deaths[i], name_input);
}

int main(int argc, char **argv)
{
	int fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10);

	if (fd >= 0)
		said = fd;
	fuzz_replaying = true;
	name_inputs();
	LLVMFuzzerInitialize(&argc, &argv);
	run_input(NULL, 0);
	for (int i = 1; i < argc; i++)
		run_folder(argv[i]);
	dprintf(said, "%zu inputs, %zu bytes\n", files, bytes);
	return files > 0 ? 0 : 1;
}
