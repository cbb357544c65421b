/*
 * test_frames.c - a process that was led astray may write anything to its parent, and
 * end in any way: what the parent makes of it.
 *
 * The child is ours here.
 */
#include "isolate.h"
#include "isolate_private.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SCRIPT_MAX = 8192, HEAD = sizeof(((struct ent_verified *)0)->head),
       SECONDS_MAX = 20 };

enum ending { EXITS, HANGS, DIES };

/* What the child does. */
static struct {
	char bytes[SCRIPT_MAX];
	size_t len, step; /* so many bytes at a time; 0: all */
	enum ending ending;
	int number; /* exit code, or signal */
	const char *words;
	struct isolate_limits limits;
} script;

static unsigned passed, failed;
static const char *current;

/* What came of it. */
static struct {
	int rc;
	struct ent_error err;
	struct ent_verified out;
	unsigned findings, told;
	uint64_t seq;
	char text[FRAME_TEXT_MAX + 2];
	int stop;
} came;

static void check(bool good, const char *what)
{
	passed += good;
	failed += !good;
	if (!good)
		printf("  FAIL  frames: %s: %s: rc %d: %s\n", current, what,
		       came.rc, came.rc < 0 ? came.err.msg : "");
}

/* ---- the child ----------------------------------------------------------------- */

struct isolate_limits isolate_limits_of(const char *dir)
{
	(void)dir;
	return script.limits;
}

static void write_script(int pipe)
{
	size_t step = script.step ? script.step : script.len;

	for (size_t at = 0; at < script.len; at += step) {
		size_t len = script.len - at < step ? script.len - at : step;

		if (write(pipe, script.bytes + at, len) != (ssize_t)len)
			_exit(99);
	}
}

void isolate_child(const char *dir, unsigned trust,
		   const struct isolate_limits *limits, int pipe, int words)
{
	const struct rlimit no_core = { 0, 0 };

	(void)dir;
	(void)trust;
	(void)limits;
	alarm(SECONDS_MAX);
	setrlimit(RLIMIT_CORE, &no_core);
	write_script(pipe);
	if (script.words && write(words, script.words, strlen(script.words)) < 0)
		_exit(98);
	if (script.ending == HANGS)
		for (;;)
			pause();
	if (script.ending == DIES) {
		signal(script.number, SIG_DFL);
		raise(script.number);
	}
	_exit(script.number);
}

/* ---- scripts --------------------------------------------------------------------- */

static void begin(const char *name)
{
	current = name;
	memset(&script, 0, sizeof(script));
	script.limits.seconds = 30;
}

static void add(const void *bytes, size_t len)
{
	memcpy(script.bytes + script.len, bytes, len);
	script.len += len;
}

/* The head of a frame, whatever comes behind it. */
static void add_head(uint32_t kind, uint32_t len, uint64_t a, uint64_t b)
{
	const struct frame frame = { .kind = kind, .len = len, .a = a, .b = b };

	add(&frame, sizeof(frame));
}

static void add_frame(uint32_t kind, uint64_t a, uint64_t b, const char *text)
{
	add_head(kind, (uint32_t)strlen(text), a, b);
	add(text, strlen(text));
}

static void add_verified(uint64_t events)
{
	char head[HEAD];

	memset(head, 'h', sizeof(head));
	add_head(FRAME_VERIFIED, HEAD, events, 0);
	add(head, sizeof(head));
}

static void finding(uint64_t seq, const char *what, void *arg)
{
	(void)arg;
	came.findings++;
	came.seq = seq;
	snprintf(came.text, sizeof(came.text), "%s", what);
}

static int progress(uint64_t done, uint64_t total, void *arg)
{
	(void)done;
	(void)total;
	(void)arg;
	came.told++;
	return came.stop;
}

/* A child that is left behind would be waited for. */
static void run(void)
{
	int stop = came.stop;

	memset(&came, 0, sizeof(came));
	came.stop = stop;
	came.out.events = 77;
	fflush(stdout);
	came.rc = isolate_verify("dir", 0, finding, progress, NULL, &came.out,
				 &came.err);
	check(waitpid(-1, NULL, WNOHANG) == -1, "the child is gone");
	check(came.rc == ENT_OK ? came.err.code == 0 : came.out.events == 77,
	      "what is not set stays");
}

static void expect(int rc, const char *message)
{
	run();
	check(came.rc == rc, "code");
	check(rc == ENT_OK || (came.err.code == rc &&
			       strcmp(came.err.msg, message) == 0), message);
}

static void expect_nonsense(void)
{
	expect(ENT_ECORRUPT, "the process that read it was led astray: its pages are damaged");
}

/* ---- what is said well -------------------------------------------------------------- */

static void a_log_is_verified(void)
{
	static const size_t steps[] = { 0, 1, 7, 25 };

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		begin("verified");
		script.step = steps[i];
		add_head(FRAME_OPENED, 0, 0, 0);
		add_head(FRAME_PROGRESS, 0, 5, 10);
		add_frame(FRAME_FINDING, 4, 0, "what\n\x1b is wrong");
		add_verified(10);
		expect(ENT_OK, NULL);
		check(came.out.events == 10 && came.out.findings == 0 &&
		      ((const char *)&came.out.head)[HEAD - 1] == 'h', "result");
		check(came.findings == 1 && came.seq == 4 &&
		      strcmp(came.text, "what\n\x1b is wrong") == 0, "finding");
		check(came.told >= 1, "progress");
	}
}

static void the_longest_text(void)
{
	char text[FRAME_TEXT_MAX + 1];

	begin("longest text");
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	for (int i = 0; i < 3; i++)
		add_frame(FRAME_FINDING, 1, 0, text);
	add_verified(1);
	expect(ENT_OK, NULL);
	check(came.findings == 3 && strcmp(came.text, text) == 0, "finding");
}

static void failures_are_passed_on(void)
{
	for (int code = ENT_EREFUSED; code < 0; code++) {
		begin("failed");
		add_frame(FRAME_FAILED, (uint64_t)-code, 0, "why");
		add_verified(1); /* behind a failure nothing counts */
		expect(code, "why");
	}
	begin("no log in a file");
	script.limits.is_file = true;
	add_frame(FRAME_FAILED, (uint64_t)-ENT_ENOLOG, 0, "it is none");
	expect(ENT_ECORRUPT, "it is none");
	begin("no lock in a file");
	script.limits.is_file = true;
	add_frame(FRAME_FAILED, (uint64_t)-ENT_ENOLOG, 0, "lock.mdb is a FIFO");
	expect(ENT_ENOLOG, "lock.mdb is a FIFO");
}

/* ---- nonsense ------------------------------------------------------------------------ */

static void unknown_kinds(void)
{
	static const uint32_t kinds[] = { 0, FRAME_FAILED + 1, 255, UINT32_MAX };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		begin("unknown kind");
		add_frame(kinds[i], 1, 1, "text");
		expect_nonsense();
	}
}

/* Told by the head alone, or it would be waited for. */
static void long_texts(void)
{
	static const uint32_t lens[] = { FRAME_TEXT_MAX + 1, 65536, INT32_MAX,
					 UINT32_MAX };

	for (size_t i = 0; i < sizeof(lens) / sizeof(lens[0]); i++) {
		begin("long text");
		script.ending = HANGS;
		add_head(FRAME_FINDING, lens[i], 1, 0);
		expect_nonsense();
		check(came.findings == 0, "no finding");
	}
}

static void other_heads(void)
{
	static const char text[HEAD + 1];

	for (uint32_t len = 0; len <= HEAD + 1; len++) {
		if (len == HEAD)
			continue;
		begin("a head of another length");
		add_head(FRAME_VERIFIED, len, 9, 0);
		add(text, len);
		expect_nonsense();
	}
}

static void codes_that_are_none(void)
{
	static const uint64_t codes[] = { 0, (uint64_t)-ENT_EREFUSED + 1,
					  (uint64_t)1 << 32, UINT64_MAX,
					  (uint64_t)1 << 63 };

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		begin("a code that is none");
		add_frame(FRAME_FAILED, codes[i], 0, "why");
		expect_nonsense();
	}
}

/* It said how it ended. */
static void more_behind_the_end(void)
{
	begin("more behind the end");
	add_verified(1);
	add_frame(FRAME_FINDING, 1, 0, "more");
	expect_nonsense();
	check(came.findings == 0, "no finding");
	begin("verified twice");
	script.step = 1;
	add_verified(1);
	add_verified(2);
	expect_nonsense();
}

/* Nobody waits for a child that is astray. */
static void whoever_is_astray_is_killed(void)
{
	struct timespec from, to;

	begin("astray, and hangs");
	script.ending = HANGS;
	add_frame(99, 0, 0, "");
	clock_gettime(CLOCK_MONOTONIC, &from);
	expect_nonsense();
	clock_gettime(CLOCK_MONOTONIC, &to);
	check(to.tv_sec - from.tv_sec < SECONDS_MAX / 2, "at once");
}

/* ---- ends ---------------------------------------------------------------------------- */

static void half_a_frame(void)
{
	for (size_t cut = 1; cut < sizeof(struct frame) + 4; cut += 5) {
		begin("half a frame");
		add_frame(FRAME_FINDING, 1, 0, "text");
		script.len = cut;
		expect(ENT_EIO, "the process that read the log ended with code 0");
		check(came.findings == 0, "no finding");
	}
	begin("nothing");
	script.number = 7;
	expect(ENT_EIO, "the process that read the log ended with code 7");
}

static void signals(void)
{
	char message[128];

	begin("a signal at once");
	script.ending = DIES;
	script.number = SIGBUS;
	snprintf(message, sizeof(message), "opening the log ended in signal %d (%s): its pages are damaged",
		 SIGBUS, strsignal(SIGBUS));
	expect(ENT_ECORRUPT, message);
	begin("an assertion");
	script.ending = DIES;
	script.number = SIGABRT;
	script.words = "mdb.c:1: Assertion\nmore";
	add_head(FRAME_OPENED, 0, 0, 0);
	add_head(FRAME_PROGRESS, 0, 5, 10);
	snprintf(message, sizeof(message), "reading the log behind 5 events ended in signal %d (%s): its pages are damaged: mdb.c:1: Assertion",
		 SIGABRT, strsignal(SIGABRT));
	expect(ENT_ECORRUPT, message);
	begin("killed");
	script.ending = DIES;
	script.number = SIGKILL;
	expect(ENT_EIO, "opening the log: the process was killed, maybe for want of memory");
	begin("out of time");
	script.ending = DIES;
	script.number = SIGXCPU;
	expect(ENT_ECORRUPT, "opening the log did not end within 30 s: its pages are damaged");
}

static void silence(void)
{
	begin("silence");
	script.ending = HANGS;
	script.limits.seconds = 0;
	add_head(FRAME_OPENED, 0, 0, 0);
	expect(ENT_EIO, "reading it said nothing for 0 s");
}

static void whoever_asks_may_stop(void)
{
	begin("stopped");
	script.ending = HANGS;
	add_head(FRAME_PROGRESS, 0, 5, 10);
	came.stop = 1;
	expect(ENT_ESTOPPED, "stopped after 5 of 10 events");
	begin("stopped while nothing is said");
	script.ending = HANGS;
	expect(ENT_ESTOPPED, "stopped after 0 of 0 events");
	came.stop = 0;
}

int main(void)
{
	a_log_is_verified();
	the_longest_text();
	failures_are_passed_on();
	unknown_kinds();
	long_texts();
	other_heads();
	codes_that_are_none();
	more_behind_the_end();
	whoever_is_astray_is_killed();
	half_a_frame();
	signals();
	silence();
	whoever_asks_may_stop();
	printf("frames: %u passed, %u failed, 0 skipped\n", passed, failed);
	return failed > 0;
}
