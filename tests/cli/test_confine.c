/*
 * test_confine.c - what the process that reads a log of unknown origin cannot do.
 *
 * Each call is tried in a process of its own, before and behind the filter: one that
 * fails without it shows nothing.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "../../cli/isolate_private.h"

enum { ALLOWED, REFUSED, NO_FILTER, FAILED };

static char folder[64] = "/tmp/entente-confine-XXXXXX";
static int file; /* in it, open for writing */

/* ---- calls: 0, or -1 with errno ------------------------------------------------- */

static int run_program(void)
{
	char *const argv[] = { "true", NULL };

	return execv("/bin/true", argv);
}

static int start_process(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	return pid < 0 ? -1 : 0;
}

static int open_connection(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) < 0 ? -1 : 0;
}

static int send_signal(void)
{
	return kill(getpid(), 0);
}

static int take_name_away(void)
{
	return unlink("file");
}

static int change_name(void)
{
	return rename("file", "other");
}

static int make_folder(void)
{
	return mkdir("new", 0700);
}

static int give_away(void)
{
	return chmod("file", 0666);
}

static int read_other_file(void)
{
	return open("file", O_RDONLY) < 0 ? -1 : 0;
}

static int write_to_file(void)
{
	return pwrite(file, "x", 1, 0) < 0 ? -1 : 0;
}

static int cut_file(void)
{
	return ftruncate(file, 0);
}

static int read_on(void)
{
	char c;

	return pread(file, &c, 1, 0) < 0 ? -1 : 0;
}

static const struct {
	const char *what;
	int (*call)(void);
	int opening, reading; /* what becomes of it */
} calls[] = {
	{ "run a program", run_program, REFUSED, REFUSED },
	{ "open a connection", open_connection, REFUSED, REFUSED },
	{ "send a signal", send_signal, REFUSED, REFUSED },
	{ "take a name away", take_name_away, REFUSED, REFUSED },
	{ "change a name", change_name, REFUSED, REFUSED },
	{ "make a folder", make_folder, REFUSED, REFUSED },
	{ "change rights", give_away, REFUSED, REFUSED },
	{ "read another file", read_other_file, ALLOWED, REFUSED },
	{ "write to a file", write_to_file, ALLOWED, REFUSED },
	{ "cut a file", cut_file, ALLOWED, REFUSED },
	{ "start a process", start_process, ALLOWED, REFUSED },
	{ "read on", read_on, ALLOWED, ALLOWED },
};

/* ---- trying them ---------------------------------------------------------------- */

static bool confine(int stages)
{
#ifdef __linux__
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#endif
	return (stages < 1 || isolate_confine(CONFINE_OPENING)) &&
	       (stages < 2 || isolate_confine(CONFINE_READING));
}

/* execv() that succeeds ends in 0, which is ALLOWED. */
static int try(int (*call)(void), int stages)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		if (!confine(stages))
			_exit(NO_FILTER);
		if (call() == 0)
			_exit(ALLOWED);
		_exit(errno == EPERM ? REFUSED : FAILED);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return FAILED;
	return WEXITSTATUS(status);
}

static int make_file(void)
{
	if (file)
		close(file);
	rename("other", "file");
	rmdir("new");
	file = open("file", O_RDWR | O_CREAT | O_TRUNC, 0600);
	return file < 0 || write(file, "text", 4) != 4 ? -1 : 0;
}

static bool check(const char *what, int (*call)(void), int stages, int expected)
{
	int got;

	if (make_file() != 0) {
		perror("file");
		exit(2);
	}
	got = try(call, stages);
	if (got != expected)
		printf("  FAIL  %s, behind %d filters: %d, not %d\n", what,
		       stages, got, expected);
	return got == expected;
}

static void remove_files(void)
{
	unlink("file");
	unlink("other");
	rmdir("new");
	if (chdir("/") == 0)
		rmdir(folder);
}

int main(void)
{
	unsigned passed = 0, total = 0;

	if (!mkdtemp(folder) || chdir(folder) != 0)
		return perror(folder), 2;
	if (try(read_on, 2) == NO_FILTER) {
		remove_files();
		puts("  skip  confine: this system has no filters of calls");
		puts("confine: 0 passed, 0 failed, 1 skipped");
		return 0;
	}
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		passed += check(calls[i].what, calls[i].call, 0, ALLOWED);
		passed += check(calls[i].what, calls[i].call, 1, calls[i].opening);
		passed += check(calls[i].what, calls[i].call, 2, calls[i].reading);
		total += 3;
	}
	remove_files();
	printf("confine: %u passed, %u failed, 0 skipped\n", passed,
	       total - passed);
	return passed != total;
}
