/*
 * test_limits.c - what the process may do that reads a log which nobody vouches for.
 *
 * The library's calls are ours here: within them, the child looks at itself.
 */
#include "isolate_private.h"

#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

enum { FDS = 256, FILES = 32, LOCK_FILE_BYTES = 128 * 1024, SECONDS = 31,
       SECONDS_TO_DIE = 5, MAP_MORE = 64 << 20 };

#define MEMORY_BYTES ((uint64_t)1 << 46) /* a sanitizer takes 2^44 */

struct seen {
	struct rlimit memory, seconds, files, bytes, core;
	bool no_new_rights, dies_with_parent;
	bool interrupt_ignored, terminate_ignored, segv_kills;
	bool open[FDS], null_in, null_out;
	bool may_signal, may_open;
	ino_t err;
};

/* Shared with the child. */
static struct {
	struct seen opening, verifying;
	struct ent_log_options options;
	int fails_with; /* what opening says */
	unsigned opened;
} *shared;

static unsigned passed, failed;

static void check(bool good, const char *what, uint64_t value)
{
	passed += good;
	failed += !good;
	if (!good)
		printf("  FAIL  limits: %s: %" PRIu64 "\n", what, value);
}

/* ---- in the child ------------------------------------------------------------- */

static bool is_null(int fd)
{
	struct stat file;

	return fstat(fd, &file) == 0 && S_ISCHR(file.st_mode) &&
	       file.st_rdev == makedev(1, 3);
}

static void (*handler_of(int number))(int)
{
	struct sigaction now;

	sigaction(number, NULL, &now);
	return now.sa_handler;
}

static bool opens(const char *path)
{
	int fd = open(path, O_RDONLY);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static void look(struct seen *seen)
{
	struct stat err;
	int sig = 0;

	getrlimit(RLIMIT_AS, &seen->memory);
	getrlimit(RLIMIT_CPU, &seen->seconds);
	getrlimit(RLIMIT_NOFILE, &seen->files);
	getrlimit(RLIMIT_FSIZE, &seen->bytes);
	getrlimit(RLIMIT_CORE, &seen->core);
#ifdef __linux__
	seen->no_new_rights = prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1;
	seen->dies_with_parent = prctl(PR_GET_PDEATHSIG, &sig) == 0 &&
				 sig == SIGKILL;
#endif
	seen->interrupt_ignored = handler_of(SIGINT) == SIG_IGN;
	seen->terminate_ignored = handler_of(SIGTERM) == SIG_IGN;
	seen->segv_kills = handler_of(SIGSEGV) == SIG_DFL;
	for (int fd = 0; fd < FDS; fd++)
		seen->open[fd] = fcntl(fd, F_GETFD) != -1;
	seen->may_signal = kill(getpid(), 0) == 0;
	seen->may_open = opens("/dev/null");
	seen->null_in = is_null(STDIN_FILENO);
	seen->null_out = is_null(STDOUT_FILENO);
	seen->err = fstat(STDERR_FILENO, &err) == 0 ? err.st_ino : 0;
}

int ent_log_open(const char *dir, const struct ent_log_options *options,
		 struct ent_log **out, struct ent_error *err)
{
	(void)dir;
	look(&shared->opening);
	shared->options = *options;
	shared->opened++;
	if (shared->fails_with < 0) {
		err->code = shared->fails_with;
		strcpy(err->msg, "why");
		return shared->fails_with;
	}
	*out = NULL;
	return ENT_OK;
}

int ent_log_verify(struct ent_log *log, ent_finding_fn *finding,
		   ent_progress_fn *progress, void *arg, struct ent_verified *out,
		   struct ent_error *err)
{
	(void)log;
	(void)finding;
	(void)progress;
	(void)arg;
	(void)err;
	look(&shared->verifying);
	out->events = 3;
	return ENT_OK;
}

void ent_log_close(struct ent_log *log)
{
	(void)log;
}

/* ---- in the parent ------------------------------------------------------------- */

static const struct isolate_limits limits = { .file_bytes = 1000,
					      .memory_bytes = MEMORY_BYTES,
					      .seconds = SECONDS };

struct spoken {
	struct frame last;
	char text[FRAME_TEXT_MAX + 1];
	unsigned count;
	ino_t words;
};

static void listen_to(int from, struct spoken *out)
{
	FILE *file = fdopen(from, "r");

	while (file && fread(&out->last, sizeof(out->last), 1, file) == 1) {
		size_t len = out->last.len;

		if (len > FRAME_TEXT_MAX || fread(out->text, 1, len, file) != len)
			break;
		out->text[len] = '\0';
		out->count++;
	}
	fclose(file);
}

/* As a program does that has files open and hears signals. */
static void run(struct spoken *out)
{
	int talk[2], words[2], status = 0;
	struct stat file;
	pid_t pid;

	memset(out, 0, sizeof(*out));
	shared->opened = 0;
	if (pipe(talk) != 0 || pipe(words) != 0)
		exit(2);
	fstat(words[1], &file);
	out->words = file.st_ino;
	fflush(stdout);
	pid = fork();
	if (pid == 0)
		isolate_child("dir", ENT_TRUST_FS, &limits, talk[1], words[1]);
	close(talk[1]);
	close(words[1]);
	listen_to(talk[0], out);
	close(words[0]);
	waitpid(pid, &status, 0);
	check(status == 0, "how it ended", (uint64_t)status);
}

static void check_limit(const char *what, const struct rlimit *seen,
			uint64_t most, uint64_t more)
{
	check(seen->rlim_cur == most, what, seen->rlim_cur);
	check(seen->rlim_max == most + more, what, seen->rlim_max);
}

static void check_limits(const struct seen *seen, uint64_t bytes)
{
	check_limit("memory", &seen->memory, MEMORY_BYTES, 0);
	check_limit("seconds of the processor", &seen->seconds, SECONDS,
		    SECONDS_TO_DIE);
	check_limit("files", &seen->files, FILES, 0);
	check_limit("bytes of a file", &seen->bytes, bytes, 0);
	check_limit("core", &seen->core, 0, 0);
}

static void check_self(const struct seen *seen, ino_t words)
{
#ifdef __linux__
	check(seen->no_new_rights, "new rights are refused", 0);
	check(seen->dies_with_parent, "it dies with its parent", 0);
#endif
	check(seen->interrupt_ignored, "SIGINT is the parent's", 0);
	check(seen->terminate_ignored, "SIGTERM is the parent's", 0);
	check(seen->segv_kills, "SIGSEGV kills", 0);
	check(seen->null_in && seen->null_out, "0 and 1 are /dev/null", 0);
	check(seen->err == words, "2 is the pipe for words", seen->err);
	check(seen->open[3], "3 is the pipe", 0);
	for (int fd = 4; fd < FDS; fd++)
		check(!seen->open[fd], "a file of the parent's is open",
		      (uint64_t)fd);
}

/* Where the system has filters of calls; test_confine tries them one by one. */
static bool has_filters(void)
{
	int status = 1;
	pid_t pid = fork();

	if (pid == 0) {
#ifdef __linux__
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#endif
		_exit(!isolate_confine(CONFINE_READING));
	}
	waitpid(pid, &status, 0);
	return status == 0;
}

static void check_filters(void)
{
	if (!has_filters()) {
		puts("  skip  limits: this system has no filters of calls");
		return;
	}
	check(!shared->opening.may_signal, "signals while it opens the log", 0);
	check(shared->opening.may_open, "files while it opens the log", 0);
	check(!shared->verifying.may_signal, "signals while it reads", 0);
	check(!shared->verifying.may_open, "other files while it reads", 0);
}

static void heard(int number)
{
	(void)number;
}

static void a_log_is_read_within_limits(void)
{
	struct spoken spoken;
	int fds[] = { 10, 100, FDS - 1 };

	for (size_t i = 0; i < sizeof(fds) / sizeof(fds[0]); i++)
		if (dup2(STDOUT_FILENO, fds[i]) != fds[i])
			exit(2);
	signal(SIGINT, heard);
	signal(SIGTERM, heard);
	signal(SIGSEGV, heard);
	run(&spoken);
	signal(SIGSEGV, SIG_DFL);
	check_limits(&shared->opening, LOCK_FILE_BYTES);
	check_limits(&shared->verifying, 0);
	check_self(&shared->opening, spoken.words);
	check_filters();
	check(shared->options.read_only, "for reading", 0);
	check(!shared->options.create, "nothing is made", 0);
	check(shared->options.trust == ENT_TRUST_FS, "trust",
	      shared->options.trust);
	check(shared->options.map_bytes == limits.file_bytes + MAP_MORE,
	      "the map", shared->options.map_bytes);
	check(spoken.count == 2 && spoken.last.kind == FRAME_VERIFIED &&
	      spoken.last.a == 3, "what it says", spoken.last.kind);
}

/* Tried again, since it may have been another's memory; not where the limit was
 * set by whoever started the program. */
static void what_opening_asks_for_is_damage(void)
{
	struct rlimit old, less;
	struct spoken spoken;

	shared->fails_with = ENT_ENOMEM;
	run(&spoken);
	check(spoken.last.kind == FRAME_FAILED &&
	      spoken.last.a == (uint64_t)-ENT_ECORRUPT &&
	      strstr(spoken.text, "more memory than any log needs"),
	      "our limit", spoken.last.a);
	check(shared->opened == 2, "tries", shared->opened);
	getrlimit(RLIMIT_AS, &old);
	less = old;
	less.rlim_cur = MEMORY_BYTES / 2;
	setrlimit(RLIMIT_AS, &less);
	run(&spoken);
	setrlimit(RLIMIT_AS, &old);
	check(spoken.last.kind == FRAME_FAILED &&
	      spoken.last.a == (uint64_t)-ENT_ENOMEM, "a limit of another's",
	      spoken.last.a);
	shared->fails_with = 0;
}

/* ---- how much --------------------------------------------------------------------- */

static void limits_go_with_the_file(void)
{
	char dir[] = "/tmp/entente-limits-XXXXXX", path[64];
	struct isolate_limits of;
	const uint64_t bytes = (uint64_t)100 << 20;
	int fd;

	if (!mkdtemp(dir))
		exit(2);
	snprintf(path, sizeof(path), "%s/data.mdb", dir);
	of = isolate_limits_of(dir);
	check(!of.is_file && of.file_bytes == 0, "no file", of.file_bytes);
	check(of.memory_bytes == (uint64_t)1 << 30, "memory for nothing",
	      of.memory_bytes);
	check(of.seconds == 30, "time for nothing", of.seconds);
	fd = open(path, O_WRONLY | O_CREAT, 0600);
	if (fd < 0 || ftruncate(fd, (off_t)bytes) != 0)
		exit(2);
	close(fd);
	of = isolate_limits_of(dir);
	check(of.is_file && of.file_bytes == bytes, "a file", of.file_bytes);
	check(of.memory_bytes == ((uint64_t)1 << 30) + 4 * bytes, "memory",
	      of.memory_bytes);
	check(of.seconds == 30 + 200, "time", of.seconds);
	unlink(path);
	if (mkfifo(path, 0600) == 0)
		of = isolate_limits_of(dir);
	check(!of.is_file, "a FIFO is no file", 0);
	unlink(path);
	rmdir(dir);
}

int main(void)
{
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		return 2;
	a_log_is_read_within_limits();
	what_opening_asks_for_is_damage();
	limits_go_with_the_file();
	printf("limits: %u passed, %u failed, 0 skipped\n", passed, failed);
	return failed > 0;
}
