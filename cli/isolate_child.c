/*
 * isolate_child.c - the process that opens a log which nobody vouches for.
 */
#include "isolate_private.h"
#include "sink.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#define MIB ((uint64_t)1 << 20)

/* A log of 60 MB was verified in 1.4 s, in 200 MiB with its map and the program. */
enum {
	SECONDS_LEAST = 30, MIB_LEAST = 1024, MEMORY_OF_FILE = 4,
	FILE_BYTES_OF_SECOND = 512 * 1024,
	MAP_MORE = 64 << 20, /* for what others append meanwhile */
	FILES = 32, FILES_LOOKED_AT = 256, /* valgrind keeps its own above */
	SECONDS_TO_DIE = 5, /* from SIGXCPU, which says why, to SIGKILL */
	LOCK_FILE_BYTES = 128 * 1024,
	TALK = 3 /* where the pipe goes, so that all above can be closed */
};

/* ---- limits ------------------------------------------------------------------ */

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
	__has_feature(memory_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static bool is_watched(void)
{
	const char *preloaded = getenv("LD_PRELOAD");

	return SANITIZED || (preloaded && strstr(preloaded, "vgpreload"));
}

struct isolate_limits isolate_limits_of(const char *dir)
{
	struct isolate_limits limits = { .none = is_watched() };
	char path[4096 + 16];
	struct stat file;

	snprintf(path, sizeof(path), "%s/data.mdb", dir);
	limits.is_file = lstat(path, &file) == 0 && S_ISREG(file.st_mode);
	if (limits.is_file)
		limits.file_bytes = (uint64_t)file.st_size;
	limits.memory_bytes = MIB_LEAST * MIB +
			      limits.file_bytes * MEMORY_OF_FILE;
	limits.seconds = SECONDS_LEAST +
			 limits.file_bytes / FILE_BYTES_OF_SECOND;
	return limits;
}

#ifdef __GLIBC__ /* an enumeration there, an int elsewhere */
typedef __rlimit_resource_t resource;
#else
typedef int resource;
#endif

static bool limit(resource which, uint64_t most, uint64_t more)
{
	struct rlimit now;

	if (getrlimit(which, &now) != 0)
		return false;
	if (now.rlim_max == RLIM_INFINITY || now.rlim_max > (rlim_t)(most + more))
		now.rlim_max = (rlim_t)(most + more);
	if (now.rlim_cur > (rlim_t)most)
		now.rlim_cur = (rlim_t)most;
	return setrlimit(which, &now) == 0;
}

static bool limit_all(const struct isolate_limits *limits)
{
	if (!limit(RLIMIT_CORE, 0, 0))
		return false;
	return limits->none ||
	       (limit(RLIMIT_AS, limits->memory_bytes, 0) &&
		limit(RLIMIT_CPU, limits->seconds, SECONDS_TO_DIE) &&
		limit(RLIMIT_NOFILE, FILES, 0) &&
		/* lock.mdb, where it has to be made; a data.mdb that a killed
		 * writer left short is read as it is where it is longer */
		limit(RLIMIT_FSIZE, LOCK_FILE_BYTES, 0));
}

/* ---- files and signals ------------------------------------------------------- */

/* The files of the parent are not the child's: a log that it has open, and what it
 * writes to. */
static bool keep_only(int pipe, int words, bool keep_errors)
{
	int nothing = open("/dev/null", O_RDONLY);
	bool kept = nothing >= 0 && dup2(pipe, TALK) == TALK &&
		    dup2(nothing, STDIN_FILENO) == STDIN_FILENO &&
		    dup2(nothing, STDOUT_FILENO) == STDOUT_FILENO;

	if (kept && !keep_errors)
		kept = dup2(words, STDERR_FILENO) == STDERR_FILENO;
	for (int fd = TALK + 1; fd < FILES_LOOKED_AT; fd++)
		close(fd);
	return kept;
}

/* The parent decides when to stop; what kills must kill, but for the handlers of a
 * sanitizer, which take more arguments than ours. */
static void reset_signals(void)
{
	static const int deadly[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE };
	struct sigaction now;

	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	for (size_t i = 0; i < sizeof(deadly) / sizeof(deadly[0]); i++)
		if (sigaction(deadly[i], NULL, &now) == 0 &&
		    !(now.sa_flags & SA_SIGINFO))
			signal(deadly[i], SIG_DFL);
}

static void give_up_rights(const struct isolate_limits *limits)
{
#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#endif
	if (!limits->none) /* where there are no filters, the limits are what holds */
		(void)isolate_confine(CONFINE_OPENING);
}

/* ---- talking ----------------------------------------------------------------- */

static void tell(enum frame_kind kind, uint64_t a, uint64_t b, const void *text,
		 size_t len)
{
	struct frame frame = { .kind = kind, .a = a, .b = b };
	char bytes[sizeof(frame) + FRAME_TEXT_MAX];

	frame.len = (uint32_t)(len < FRAME_TEXT_MAX ? len : FRAME_TEXT_MAX);
	memcpy(bytes, &frame, sizeof(frame));
	if (frame.len > 0)
		memcpy(bytes + sizeof(frame), text, frame.len);
	/* Where nobody listens any more there is nothing left to do. */
	if (!sink_bytes(TALK, bytes, sizeof(frame) + frame.len))
		_exit(1);
}

static void tell_failure(const struct ent_error *err)
{
	tell(FRAME_FAILED, (uint64_t)-err->code, 0, err->msg,
	     strlen(err->msg));
	_exit(0);
}

static void tell_finding(uint64_t seq, const char *what, void *arg)
{
	(void)arg;
	tell(FRAME_FINDING, seq, 0, what, strlen(what));
}

static int tell_progress(uint64_t done, uint64_t total, void *arg)
{
	(void)arg;
	tell(FRAME_PROGRESS, done, total, NULL, 0);
	return 0;
}

/* ---- the work ---------------------------------------------------------------- */

/* Is it our limit, or what there is, and not one that whoever started the program has
 * set? */
static bool is_our_limit(const struct isolate_limits *limits)
{
	struct rlimit now;

	return getrlimit(RLIMIT_AS, &now) == 0 &&
	       (now.rlim_cur == (rlim_t)limits->memory_bytes ||
		now.rlim_cur == RLIM_INFINITY);
}

/* Then it was not for want of memory that the log could not be opened. */
static bool has_memory(void)
{
	void *volatile some = malloc(MIB);
	bool has = some != NULL;

	free(some);
	return has;
}

/* No honest log comes to our limit while it is opened, time and again: its first pages
 * claim more than there can be. */
static void open_failed(const struct isolate_limits *limits,
			struct ent_error *err)
{
	if (err->code == ENT_ENOMEM && is_our_limit(limits) && has_memory())
		ent_error_set(err, ENT_ECORRUPT,
			      "opening the log asked for more memory than any log needs: its first pages are damaged");
	tell_failure(err);
}

static void verify(const char *dir, unsigned trust,
		   const struct isolate_limits *limits)
{
	const struct ent_log_options options = {
		.read_only = true,
		.map_bytes = limits->file_bytes + MAP_MORE,
		.trust = trust
	};
	struct ent_log *log = NULL;
	struct ent_verified done = { 0 };
	struct ent_error err = { 0 };
	int rc;

	rc = ent_log_open(dir, &options, &log, &err);
	if (rc == ENT_ENOMEM && has_memory())
		rc = ent_log_open(dir, &options, &log, &err);
	if (rc < 0)
		open_failed(limits, &err);
	if (!limits->none) {
		limit(RLIMIT_FSIZE, 0, 0);
		(void)isolate_confine(CONFINE_READING);
	}
	tell(FRAME_OPENED, 0, 0, NULL, 0);
	if (ent_log_verify(log, tell_finding, tell_progress, NULL, &done,
			   &err) < 0) {
		if (err.code != ENT_ECORRUPT)
			ent_error_wrap(&err, "verify");
		tell_failure(&err);
	}
	ent_log_close(log); /* its place among the readers is free then */
	tell(FRAME_VERIFIED, done.events, done.findings, &done.head,
	     sizeof(done.head));
}

void isolate_child(const char *dir, unsigned trust,
		   const struct isolate_limits *limits, int pipe, int words)
{
	struct ent_error err = { 0 };

	reset_signals();
	if (!keep_only(pipe, words, limits->none))
		_exit(1);
	give_up_rights(limits);
	if (!limit_all(limits)) {
		ent_error_set(&err, ENT_EIO, "set the limits of a process: %s",
			      strerror(errno));
		tell_failure(&err);
	}
	verify(dir, trust, limits);
	_exit(0);
}
