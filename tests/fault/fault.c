/*
 * fault.c - what the programs of this folder share.
 */
#include "fault.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { HANG_MS = 10000, NAMES = 8, EVENT_SIZE = 4096 };

struct fault fault;

/* ---- the frame --------------------------------------------------------------- */

/* Signals are what is looked for, so a sanitizer must leave them alone; it reads
 * its options before main(). */
static void leave_signals(char **argv)
{
	static const char options[] =
		"handle_segv=0:handle_sigbus=0:handle_abort=0:handle_sigfpe=0:"
		"detect_leaks=0:allocator_may_return_null=1";

	if (getenv("ASAN_OPTIONS"))
		return;
	setenv("ASAN_OPTIONS", options, 1);
	execv("/proc/self/exe", argv);
}

void fault_begin(const char *name, int argc, char **argv)
{
	const char *tmp = getenv("TMPDIR");

	leave_signals(argv);
	fault.name = name;
	if (argc < 3)
		die("usage: %s PROGRAM short|full [SEED]", argv[0]);
	fault.program = realpath(argv[1], NULL);
	if (!fault.program)
		die("%s: %s", argv[1], strerror(errno));
	fault.full = strcmp(argv[2], "full") == 0;
	fault.seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
	snprintf(fault.dir, sizeof(fault.dir), "%s/fault-%s-XXXXXX",
		 tmp && *tmp ? tmp : "/tmp", name);
	if (!mkdtemp(fault.dir))
		die("%s: %s", fault.dir, strerror(errno));
	setvbuf(stdout, NULL, _IOLBF, 0);
}

int fault_end(void)
{
	remove_tree(fault.dir);
	printf("fault-%s: %" PRIu64 " passed, %" PRIu64 " failed, %" PRIu64
	       " skipped\n", fault.name, fault.passed, fault.failed,
	       fault.skipped);
	return fault.failed > 0 || fault.passed == 0;
}

static void ENT_PRINTF(2, 0)
say(const char *before, const char *fmt, va_list args)
{
	printf("  %s fault-%s: ", before, fault.name);
	vprintf(fmt, args);
	putchar('\n');
}

bool check(bool ok, const char *fmt, ...)
{
	va_list args;

	if (ok) {
		fault.passed++;
		return ok;
	}
	fault.failed++;
	va_start(args, fmt);
	say("FAIL ", fmt, args);
	va_end(args);
	return ok;
}

void skip(const char *fmt, ...)
{
	va_list args;

	fault.skipped++;
	va_start(args, fmt);
	say("skip ", fmt, args);
	va_end(args);
}

void tell(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say("     ", fmt, args);
	va_end(args);
}

void die(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say("DIED ", fmt, args);
	va_end(args);
	exit(2);
}

/* ---- dice: splitmix64 ---------------------------------------------------------- */

uint64_t roll(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

uint64_t roll_below(uint64_t *state, uint64_t n)
{
	return roll(state) % n;
}

/* ---- files ---------------------------------------------------------------------- */

const char *in_scratch(const char *fmt, ...)
{
	static char names[NAMES][300];
	static unsigned turn;
	char *name = names[turn++ % NAMES];
	va_list args;
	int len = snprintf(name, sizeof(names[0]), "%s/", fault.dir);

	va_start(args, fmt);
	vsnprintf(name + len, sizeof(names[0]) - (size_t)len, fmt, args);
	va_end(args);
	return name;
}

static int remove_one(const char *path, const struct stat *st, int type,
		      struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path) == 0 || errno == EBUSY ? 0 : -1;
}

void remove_tree(const char *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

char *read_file(const char *path, size_t *out_len)
{
	FILE *file = fopen(path, "rb");
	uint64_t size = file_size(path);
	char *bytes = malloc((size_t)size + 1);

	if (!file || !bytes)
		die("%s: %s", path, strerror(errno));
	*out_len = fread(bytes, 1, (size_t)size, file);
	bytes[*out_len] = '\0';
	fclose(file);
	return bytes;
}

void copy_file(const char *from, const char *to)
{
	size_t len;
	char *bytes = read_file(from, &len);
	FILE *file = fopen(to, "wb");

	if (!file || fwrite(bytes, 1, len, file) != len || fclose(file) != 0)
		die("%s: %s", to, strerror(errno));
	free(bytes);
}

uint64_t file_size(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (uint64_t)st.st_size : 0;
}

/* ---- events ---------------------------------------------------------------------- */

static const char *const types[] = { "member.joined", "member.suspended",
				     "accusation.made", "exercise.held",
				     "member.withdrew" };

void event_json(char *out, size_t size, unsigned writer, uint64_t i, size_t pad)
{
	static const char lead[] = "abcdefghijklmnopqrstuvwxyz ";
	char text[EVENT_SIZE / 2];
	size_t len = pad < sizeof(text) ? pad : sizeof(text) - 1;

	for (size_t at = 0; at < len; at++)
		text[at] = lead[(at * 7 + i) % (sizeof(lead) - 1)];
	text[len] = '\0';
	snprintf(out, size,
		 "{\"type\":\"%s\",\"alliance\":\"A%u\",\"actor\":\"B%u\","
		 "\"date\":\"20%02u-%02u-%02u\",\"summary\":\"%u/%" PRIu64
		 " %s\",\"source\":{\"title\":\"t\",\"published\":\"2024\"}}",
		 types[i % 5], (unsigned)(i % 4), (unsigned)(i % 9),
		 (unsigned)(i % 24), (unsigned)(i % 12) + 1,
		 (unsigned)(i % 28) + 1, writer, i, text);
}

struct ent_log *open_log(const char *dir, const struct ent_log_options *options)
{
	struct ent_log *log = NULL;
	struct ent_error err = { 0 };

	if (ent_log_open(dir, options, &log, &err) < 0)
		die("%s", err.msg);
	return log;
}

int append_events(struct ent_log *log, unsigned writer, uint64_t first,
		  size_t count, size_t pad, struct ent_appended *out,
		  struct ent_error *err)
{
	const struct ent_append_options options = { .now_us = 1 };
	struct ent_batch *batch = NULL;
	char json[EVENT_SIZE];
	int rc = ent_batch_new(&batch, err);

	for (size_t i = 0; rc == ENT_OK && i < count; i++) {
		event_json(json, sizeof(json), writer, first + i, pad);
		rc = ent_batch_add(batch, json, strlen(json), NULL, err);
	}
	if (rc == ENT_OK)
		rc = ent_log_append(log, batch, &options, out, err);
	ent_batch_free(batch);
	return rc;
}

static void show_finding(uint64_t seq, const char *what, void *arg)
{
	(void)arg;
	tell("event %" PRIu64 ": %s", seq, what);
}

int64_t verify_log(const char *dir)
{
	const struct ent_log_options options = { .read_only = true };
	struct ent_verified done = { 0 };
	struct ent_error err = { 0 };
	struct ent_log *log = NULL;
	int rc = ent_log_open(dir, &options, &log, &err);

	if (rc == ENT_OK)
		rc = ent_log_verify(log, show_finding, NULL, NULL, &done, &err);
	ent_log_close(log);
	if (rc < 0)
		tell("%s", err.msg);
	return rc < 0 || done.findings > 0 ? -1 : (int64_t)done.events;
}

/* ---- processes --------------------------------------------------------------------- */

int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * (int64_t)1000 + ts.tv_nsec / 1000000;
}

static void to_file(const char *path, int fd)
{
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	dup2(file, fd);
	close(file);
}

static void start(const struct run *run)
{
	const char *argv[32] = { "entente", "--log", run->log };
	size_t n = 3;
	int in = open(run->input ? run->input : "/dev/null", O_RDONLY);

	for (size_t i = 0; run->args[i] && n < 31; i++)
		argv[n++] = run->args[i];
	dup2(in, 0);
	close(in);
	to_file(in_scratch("out"), 1);
	to_file(in_scratch("err"), 2);
	signal(SIGINT, SIG_DFL); /* jobs in the background have it ignored */
	if (run->prepare)
		run->prepare(run->arg);
	execv(fault.program, (char *const *)argv);
	_exit(127);
}

static void wait_for(struct run *run, pid_t pid)
{
	const struct timespec nap = { 0, 500000 };
	int64_t began = now_ms();

	if (run->kill_after_us) {
		const struct timespec delay = {
			0, (long)run->kill_after_us * 1000
		};

		nanosleep(&delay, NULL);
		kill(pid, run->kill_by ? run->kill_by : SIGINT);
	}
	while (waitpid(pid, &run->status, WNOHANG) == 0) {
		if (!run->hung && now_ms() - began > HANG_MS) {
			run->hung = true;
			kill(pid, SIGKILL);
		}
		nanosleep(&nap, NULL);
	}
}

static void take(const char *path, char *out, size_t size)
{
	FILE *file = fopen(path, "rb");
	size_t len = file ? fread(out, 1, size - 1, file) : 0;

	out[len] = '\0';
	if (file)
		fclose(file);
}

void run(struct run *run)
{
	pid_t pid = fork();

	if (pid == 0)
		start(run);
	run->hung = false;
	wait_for(run, pid);
	take(in_scratch("out"), run->out, sizeof(run->out));
	take(in_scratch("err"), run->err, sizeof(run->err));
}

int exit_of_run(const struct run *run)
{
	return !run->hung && WIFEXITED(run->status) ? WEXITSTATUS(run->status) :
						      -1;
}
