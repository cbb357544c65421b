/*
 * test_isolate.c - logs that nobody vouches for: whatever bytes their file has, the
 * program ends by itself, and says that it is damaged or that it is whole.
 *
 *     test_isolate PROGRAM [FLIPS [SEED]]
 *
 * Each truncation at a sector, and so many files in which one byte is another one.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	FLIPS = 200, SECTOR = 512, TOLD = 10,
	WHOLE = 0, SYSTEM = 4, DAMAGED = 5,
	SECONDS_MAX = 120 /* the limit of a child for so small a file is 30 */
};

static const char *program;
static char folder[64];
static unsigned passed, failed, signals;
static unsigned counts[256];

static void die(const char *what)
{
	perror(what);
	exit(2);
}

static const char *in_folder(const char *name)
{
	static char paths[2][128];
	static unsigned turn;
	char *path = paths[turn++ % 2];

	snprintf(path, sizeof(paths[0]), "%s/%s", folder, name);
	return path;
}

/* ---- the program ----------------------------------------------------------------- */

static int nothing(int flags)
{
	int fd = open("/dev/null", flags);

	if (fd < 0)
		die("/dev/null");
	return fd;
}

static void exec_program(const char *command, const char *operand)
{
	int err = open(in_folder("err"), O_WRONLY | O_CREAT | O_TRUNC, 0600);

	dup2(nothing(O_RDONLY), STDIN_FILENO);
	dup2(nothing(O_WRONLY), STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	alarm(SECONDS_MAX);
	execl(program, program, "--log", in_folder("log"), command, operand,
	      (char *)NULL);
	_exit(127);
}

/* The exit code, or 128 and a signal; SIGALRM is a hang. */
static int run(const char *command, const char *operand)
{
	pid_t pid = fork();
	int status = 0;

	if (pid < 0)
		die("fork");
	if (pid == 0)
		exec_program(command, operand);
	if (waitpid(pid, &status, 0) != pid)
		die("waitpid");
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) :
				     WEXITSTATUS(status);
}

static const char *said(void)
{
	static char text[4096];
	FILE *file = fopen(in_folder("err"), "r");
	size_t n = file ? fread(text, 1, sizeof(text) - 1, file) : 0;

	text[n] = '\0';
	if (file)
		fclose(file);
	return text;
}

/* ---- files ------------------------------------------------------------------------ */

static unsigned char *whole;
static size_t whole_len;

static void read_whole(void)
{
	FILE *file = fopen(in_folder("log/data.mdb"), "rb");
	struct stat st;

	if (!file || fstat(fileno(file), &st) != 0)
		die("data.mdb");
	whole_len = (size_t)st.st_size;
	whole = malloc(whole_len);
	if (!whole || fread(whole, 1, whole_len, file) != whole_len)
		die("data.mdb");
	fclose(file);
}

/* As somebody sends it: one file, and no locks. */
static void write_log(size_t len)
{
	FILE *file;

	unlink(in_folder("log/lock.mdb"));
	unlink(in_folder("log/writer.lock"));
	file = fopen(in_folder("log/data.mdb"), "wb");
	if (!file || fwrite(whole, 1, len, file) != len || fclose(file) != 0)
		die("data.mdb");
}

static void remove_folder(void)
{
	unlink(in_folder("log/data.mdb"));
	unlink(in_folder("log/lock.mdb"));
	unlink(in_folder("log/writer.lock"));
	rmdir(in_folder("log"));
	unlink(in_folder("err"));
	rmdir(folder);
}

static void check(bool good, const char *what, size_t at, int code)
{
	if (good) {
		passed++;
		return;
	}
	if (failed++ < TOLD)
		printf("  FAIL  %s %zu: exit code %d: %s\n", what, at, code,
		       said());
}

/* A byte of the number of the format may make it one that a newer program has. */
static bool is_other_format(int code)
{
	return code == SYSTEM && strstr(said(), "it has format ");
}

static int verify(void)
{
	int code = run("verify", NULL);

	counts[code & 255]++;
	signals += strstr(said(), "ended in signal") != NULL;
	return code;
}

static void try_cut(size_t len)
{
	int code;

	write_log(len);
	code = verify();
	check(len < whole_len ? code == DAMAGED : code == WHOLE, "cut at", len,
	      code);
}

static void try_flip(size_t at, unsigned char mask)
{
	int code;

	whole[at] = (unsigned char)(whole[at] ^ mask);
	write_log(whole_len);
	code = verify();
	check(code == WHOLE || code == DAMAGED || is_other_format(code),
	      "another byte at", at, code);
	whole[at] = (unsigned char)(whole[at] ^ mask);
}

/* ---- chance ------------------------------------------------------------------------ */

static uint64_t state;

static uint64_t chance(uint64_t below)
{
	state = state * UINT64_C(6364136223846793005) +
		UINT64_C(1442695040888963407);
	return (state >> 33) % below;
}

/* Most of a small file is free, and then its bytes do not matter. */
static size_t any_place(bool also_empty)
{
	size_t at = (size_t)chance(whole_len);

	while (!also_empty && whole[at] == 0)
		at = (size_t)chance(whole_len);
	return at;
}

/* Half of them flip all bits, half one. */
static void flip(unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		try_flip(any_place(i % 8 < 2),
			 (unsigned char)(i % 2 ? 0xff : 1u << chance(8)));
}

/* ---- more than one byte ------------------------------------------------------------ */

static void check_words(void)
{
	memset(whole + 2 * 4096, 0xff, whole_len - 2 * 4096);
	write_log(whole_len);
	check(run("verify", NULL) == DAMAGED, "all pages but the roots", 0, -1);
	check(run("restore", in_folder("log")) == 3, "restore onto itself", 0,
	      -1);
}

int main(int argc, char **argv)
{
	unsigned flips = argc > 2 ? (unsigned)atoi(argv[2]) : FLIPS;

	if (argc < 2)
		return fputs("usage: test_isolate PROGRAM [FLIPS [SEED]]\n",
			     stderr), 2;
	program = argv[1];
	state = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
	strcpy(folder, "/tmp/entente-isolate-XXXXXX");
	if (!mkdtemp(folder))
		die(folder);
	/* A sanitizer in the program leaves the signals to it. */
	setenv("ASAN_OPTIONS", "handle_segv=0:handle_sigbus=0:handle_abort=0:handle_sigfpe=0", 1);
	if (run("append", "tests/cli/csto.jsonl") != 0)
		die(said());
	read_whole();
	for (size_t len = 0; len <= whole_len; len += SECTOR)
		try_cut(len);
	flip(flips);
	check_words();
	printf("isolate: %u passed, %u failed, 0 skipped (%u whole, %u damaged, "
	       "%u by a signal)\n", passed, failed, counts[WHOLE],
	       counts[DAMAGED], signals);
	free(whole);
	remove_folder();
	return failed > 0;
}
