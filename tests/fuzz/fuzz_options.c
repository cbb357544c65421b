/*
 * fuzz_options.c - any command line, a word a line, the command first.  What is asked
 * about is a small log; those that write do so in a folder with a key, a note, a proof
 * and a copy, and all is as it was for the next.
 *
 * fuzz: -max_len=256 -close_fd_mask=3
 */
#include "fuzz.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"
#include "out.h"

enum { WORDS = 24, IMAGE_MAX = 1 << 20 };

static const struct {
	const char *name;
	cmd_fn *fn;
	bool writes, damage; /* exit code 5 is an answer of it */
} known[] = {
	{ "replay", cmd_replay, false, false },
	{ "diff", cmd_diff, false, false },
	{ "why", cmd_why, false, false },
	{ "log", cmd_log, false, false },
	{ "show", cmd_show, false, false },
	{ "stat", cmd_stat, false, false },
	{ "verify", cmd_verify, false, true },
	{ "export", cmd_export, true, false },
	{ "head", cmd_head, true, true },
	{ "prove", cmd_prove, true, true },
	{ "checkpoint", cmd_checkpoint, true, false },
	{ "key", cmd_key, true, false },
	{ "backup", cmd_backup, true, false },
	{ "restore", cmd_restore, true, true },
	{ "compact", cmd_compact, true, false },
	{ "redact", cmd_redact, true, false },
};

enum { KNOWN = sizeof(known) / sizeof(known[0]) };

static char log_dir[128], data_path[160], work_dir[128];
static uint8_t image[IMAGE_MAX];
static size_t image_size;
static int before; /* the folder in which the target was started */

/* ---- where it writes ----------------------------------------------------- */

static int remove_entry(const char *path, const struct stat *st, int flag,
			struct FTW *ftw)
{
	(void)st;
	(void)flag;
	return ftw->level > 0 ? remove(path) : 0;
}

static void remove_all(const char *dir)
{
	nftw(dir, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

static int call(cmd_fn *command, const char *const *words)
{
	char texts[WORDS][64], *argv[WORDS + 1] = { NULL };
	struct cli cli = { 0 };
	int count = 0;

	for (; words[count]; count++) {
		snprintf(texts[count], sizeof(texts[0]), "%s", words[count]);
		argv[count] = texts[count];
	}
	return command(&cli, count, argv);
}

/* One key for all: those that are made anew are never the same. */
static void fill_work(void)
{
	static const char *const key[] = { "new", "key", NULL };
	static const char *const note[] = { "--key", "key", "-o", "note", NULL };
	static const char *const proof[] = { "1", "--key", "key", "-o", "proof",
					     NULL };
	static const char *const copy[] = { "copy", NULL };

	FUZZ_CHECK(call(cmd_key, key) == CLI_DONE);
	FUZZ_CHECK(call(cmd_head, note) == CLI_DONE);
	FUZZ_CHECK(call(cmd_prove, proof) == CLI_DONE);
	FUZZ_CHECK(call(cmd_backup, copy) == CLI_DONE);
}

static void read_image(void)
{
	FILE *file = fopen(data_path, "rb");

	FUZZ_CHECK(file);
	image_size = fread(image, 1, sizeof(image), file);
	FUZZ_CHECK(image_size > 0 && image_size < sizeof(image));
	fclose(file);
}

/* The log as it was. */
static void write_image(void)
{
	FILE *file;

	remove_all(log_dir);
	file = fopen(data_path, "wb");
	FUZZ_CHECK(file && fwrite(image, 1, image_size, file) == image_size);
	FUZZ_CHECK(fclose(file) == 0);
}

static bool changed(const char *path, struct stat *last)
{
	struct stat now;
	bool same = stat(path, &now) == 0 && now.st_ino == last->st_ino &&
		    now.st_mtim.tv_sec == last->st_mtim.tv_sec &&
		    now.st_mtim.tv_nsec == last->st_mtim.tv_nsec;

	*last = now;
	return !same;
}

/* A command that replaces a file makes another one, which its folder's time shows. */
static void clean_up(void)
{
	static struct stat data, work;

	if (changed(data_path, &data)) {
		write_image();
		changed(data_path, &data);
	}
	if (changed(work_dir, &work)) {
		remove_all(work_dir);
		fill_work();
		changed(work_dir, &work);
	}
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

	(void)argc;
	(void)argv;
	before = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	FUZZ_CHECK(null >= 0 && before >= 0);
	dup2(null, STDIN_FILENO);
	snprintf(log_dir, sizeof(log_dir), "%s/log", fuzz_folder());
	snprintf(data_path, sizeof(data_path), "%s/data.mdb", log_dir);
	snprintf(work_dir, sizeof(work_dir), "%s/work", fuzz_folder());
	fuzz_history(log_dir, 0);
	read_image();
	setenv("ENTENTE_LOG", log_dir, 1);
	FUZZ_CHECK(mkdir(work_dir, 0700) == 0);
	fuzz_silence();
	return 0;
}

/* ---- one line -------------------------------------------------------------- */

static int find_command(const char *name)
{
	for (int i = 0; i < KNOWN; i++)
		if (strcmp(known[i].name, name) == 0)
			return i;
	return -1;
}

/* Nothing is written but below the folder. */
static bool may_run(int command, const char *text)
{
	return command >= 0 && (!known[command].writes ||
				(!strchr(text, '/') && !strstr(text, "..")));
}

static int cut_words(char *text, char *words[WORDS + 1])
{
	int count = 0;

	while (text && count < WORDS)
		words[count++] = strsep(&text, "\n");
	words[count] = NULL;
	return count;
}

static void run(int command, char *text)
{
	char *words[WORDS + 1];
	struct cli cli = { 0 };
	int rc, count = cut_words(text, words);

	if (known[command].writes) {
		FUZZ_CHECK(chdir(work_dir) == 0);
		clean_up();
	}
	rc = known[command].fn(&cli, count, words);
	FUZZ_CHECK(rc >= CLI_DONE && rc <= CLI_DAMAGE);
	FUZZ_CHECK(rc != CLI_DAMAGE || known[command].damage);
	out_set_color("auto");
	if (known[command].writes) {
		clean_up();
		FUZZ_CHECK(fchdir(before) == 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size), *rest = strchr(text, '\n');
	int command;

	if (rest)
		*rest++ = '\0';
	command = find_command(text);
	if (may_run(command, rest ? rest : ""))
		run(command, rest);
	free(text);
	return 0;
}
