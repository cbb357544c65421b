/*
 * fuzz_frame.c - any bytes from a process that reads a log which nobody vouches for:
 * what its parent makes of them does not depend on how many come at once, and what it
 * tells is text of bounded length.
 *
 * The parent's part is included, since no other file needs to see inside; it is given
 * a file in place of the pipe.
 *
 * fuzz: -max_len=4096
 */
#include "fuzz.h"

#include <poll.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static ssize_t read_some(int fd, void *out, size_t room);

#define read read_some
#include "isolate.c"
#undef read

#include "cli.h" /* the program's commands are linked */

enum { LIMIT_SECONDS = 30 };

static size_t most; /* bytes at once */

static ssize_t read_some(int fd, void *out, size_t room)
{
	FUZZ_CHECK(room > 0);
	return read(fd, out, room < most ? room : most);
}

/* What came of it. */
struct came {
	int rc;
	bool opened, ended;
	struct ent_verified out;
	uint64_t told, sum;
	char msg[sizeof(((struct ent_error *)0)->msg)];
};

static void add(struct came *came, const void *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		came->sum = came->sum * 31 + ((const uint8_t *)bytes)[i];
}

static void hear_finding(uint64_t seq, const char *what, void *arg)
{
	struct came *came = arg;

	FUZZ_CHECK(strlen(what) <= FRAME_TEXT_MAX);
	came->told++;
	add(came, &seq, sizeof(seq));
	add(came, what, strlen(what));
}

static int hear_progress(uint64_t done, uint64_t total, void *arg)
{
	struct came *came = arg;

	add(came, &done, sizeof(done));
	add(came, &total, sizeof(total));
	return done == 77; /* whoever asks may stop */
}

static struct came hear(const uint8_t *data, size_t size, size_t at_once)
{
	struct came came = { 0 };
	struct ent_error err = { 0 };
	struct listening l = { .from = fuzz_file(data, size),
			       .words = -1,
			       .limits = { .seconds = LIMIT_SECONDS },
			       .finding = hear_finding,
			       .progress = hear_progress,
			       .arg = &came,
			       .out = &came.out,
			       .err = &err };

	most = at_once;
	came.rc = listen_to(&l);
	FUZZ_CHECK(came.rc == ENT_END || came.rc < 0);
	FUZZ_CHECK(l.len <= sizeof(l.bytes));
	if (came.rc == ENT_END)
		came.rc = how_it_ended(&l, 0);
	FUZZ_CHECK(came.rc <= ENT_OK && came.rc >= ENT_EREFUSED);
	FUZZ_CHECK(came.rc == ENT_OK ? l.ended : err.code == came.rc);
	came.opened = l.opened;
	came.ended = l.ended;
	memcpy(came.msg, err.msg, strlen(err.msg));
	return came;
}

/* The first byte of the input says how many come at once. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct came whole, parts;

	if (size == 0)
		return 0;
	whole = hear(data + 1, size - 1, sizeof(((struct listening *)0)->bytes));
	parts = hear(data + 1, size - 1, (size_t)data[0] + 1);
	FUZZ_CHECK(whole.rc == parts.rc && whole.told == parts.told &&
		   whole.sum == parts.sum && whole.opened == parts.opened &&
		   whole.ended == parts.ended);
	FUZZ_CHECK(strcmp(whole.msg, parts.msg) == 0);
	FUZZ_CHECK(whole.rc != ENT_OK ||
		   memcmp(&whole.out, &parts.out, sizeof(whole.out)) == 0);
	return 0;
}
