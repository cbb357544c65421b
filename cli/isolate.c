/*
 * isolate.c - starting the process that reads a log, and listening to it.
 */
#include "isolate.h"
#include "isolate_private.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STEP_MS = 100, WORDS_MAX = 200 };

struct listening {
	pid_t child;
	int from, words;
	struct isolate_limits limits;
	ent_finding_fn *finding;
	ent_progress_fn *progress;
	void *arg;
	unsigned char bytes[sizeof(struct frame) + FRAME_TEXT_MAX];
	size_t len;
	bool opened, ended; /* ended: it said how */
	uint64_t done, total;
	struct ent_verified *out;
	struct ent_error *err;
};

/* ---- what it says ------------------------------------------------------------ */

static int nonsense(struct listening *l)
{
	return ent_error_set(l->err, ENT_ECORRUPT,
			     "the process that read it was led astray: its pages are damaged");
}

static int tell_progress(struct listening *l)
{
	if (!l->progress || l->progress(l->done, l->total, l->arg) == 0)
		return ENT_OK;
	return ent_error_set(l->err, ENT_ESTOPPED,
			     "stopped after %" PRIu64 " of %" PRIu64 " events",
			     l->done, l->total);
}

static int verified(struct listening *l, const struct frame *frame,
		    const char *text)
{
	if (frame->len != sizeof(l->out->head))
		return nonsense(l);
	l->ended = true;
	l->out->events = frame->a;
	l->out->findings = frame->b;
	memcpy(&l->out->head, text, sizeof(l->out->head));
	return ENT_OK;
}

static int failed(struct listening *l, uint64_t code, const char *text)
{
	if (code == 0 || code > -ENT_EREFUSED)
		return nonsense(l);
	l->ended = true;
	return ent_error_set(l->err, -(int)code, "%s", text);
}

static int take(struct listening *l, const struct frame *frame, const char *text)
{
	switch (frame->kind) {
	case FRAME_OPENED:
		l->opened = true;
		return ENT_OK;
	case FRAME_PROGRESS:
		l->done = frame->a;
		l->total = frame->b;
		return tell_progress(l);
	case FRAME_FINDING:
		if (l->finding)
			l->finding(frame->a, text, l->arg);
		return ENT_OK;
	case FRAME_VERIFIED:
		return verified(l, frame, text);
	case FRAME_FAILED:
		return failed(l, frame->a, text);
	default:
		return nonsense(l);
	}
}

/* All frames that are there whole. */
static int take_all(struct listening *l)
{
	char text[FRAME_TEXT_MAX + 1];
	struct frame frame;
	size_t at = 0;
	int rc = ENT_OK;

	while (rc == ENT_OK && l->len - at >= sizeof(frame)) {
		memcpy(&frame, l->bytes + at, sizeof(frame));
		if (frame.len > FRAME_TEXT_MAX || l->ended)
			return nonsense(l);
		if (l->len - at < sizeof(frame) + frame.len)
			break;
		memcpy(text, l->bytes + at + sizeof(frame), frame.len);
		text[frame.len] = '\0';
		at += sizeof(frame) + frame.len;
		rc = take(l, &frame, text);
	}
	memmove(l->bytes, l->bytes + at, l->len - at);
	l->len -= at;
	return rc;
}

/* ENT_END: it says nothing more. */
static int read_more(struct listening *l)
{
	ssize_t n = read(l->from, l->bytes + l->len, sizeof(l->bytes) - l->len);

	if (n < 0 && errno == EINTR)
		return ENT_OK;
	if (n < 0)
		return ent_error_set(l->err, ENT_EIO,
				     "read from a process: %s",
				     strerror(errno));
	if (n == 0)
		return ENT_END;
	l->len += (size_t)n;
	return take_all(l);
}

/* Time is counted in steps in which nothing came, so that a terminal that was
 * stopped for an hour is no hour of silence. */
static int listen_to(struct listening *l)
{
	uint64_t silent_ms = 0, most_ms = l->limits.seconds * 2000;
	struct pollfd from = { .fd = l->from, .events = POLLIN };
	int rc = ENT_OK;

	while (rc == ENT_OK) {
		int n = poll(&from, 1, STEP_MS);

		if (n > 0) {
			silent_ms = 0;
			rc = read_more(l);
		} else if (n == 0) {
			silent_ms += STEP_MS;
			rc = tell_progress(l);
		}
		if (rc == ENT_OK && silent_ms > most_ms && !l->limits.none)
			rc = ent_error_set(l->err, ENT_EIO,
					   "reading it said nothing for %" PRIu64 " s",
					   most_ms / 1000);
	}
	return rc;
}

/* ---- how it ended ------------------------------------------------------------ */

/* An assertion of LMDB says which. */
static void add_words(struct listening *l)
{
	char words[WORDS_MAX + 1];
	ssize_t n = read(l->words, words, WORDS_MAX);
	char *end;

	if (n <= 0)
		return;
	words[n] = '\0';
	end = strchr(words, '\n');
	if (end)
		*end = '\0';
	ent_error_set(l->err, l->err->code, "%s: %s", l->err->msg, words);
}

static int died(struct listening *l, int number)
{
	char place[80] = "opening the log";

	if (l->opened)
		snprintf(place, sizeof(place),
			 "reading the log behind %" PRIu64 " events", l->done);
	if (number == SIGKILL)
		return ent_error_set(l->err, ENT_EIO,
				     "%s: the process was killed, maybe for want of memory",
				     place);
	if (number == SIGXCPU)
		ent_error_set(l->err, ENT_ECORRUPT,
			      "%s did not end within %" PRIu64 " s: its pages are damaged",
			      place, l->limits.seconds);
	else
		ent_error_set(l->err, ENT_ECORRUPT,
			      "%s ended in signal %d (%s): its pages are damaged",
			      place, number, strsignal(number));
	add_words(l);
	return ENT_ECORRUPT;
}

static int how_it_ended(struct listening *l, int status)
{
	if (l->ended)
		return ENT_OK;
	if (WIFSIGNALED(status))
		return died(l, WTERMSIG(status));
	return ent_error_set(l->err, ENT_EIO,
			     "the process that read the log ended with code %d",
			     WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

static int wait_for(pid_t child)
{
	int status = 0;

	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

/* Something lies there under the name of a log's file, and is none: to whoever has
 * to say whether a log is whole, that is damage. */
static int look_at_place(struct listening *l, int rc)
{
	if (rc == ENT_ENOLOG && l->limits.is_file &&
	    !strstr(l->err->msg, "lock.mdb"))
		l->err->code = rc = ENT_ECORRUPT;
	return rc;
}

/* ---- starting it ------------------------------------------------------------- */

static int start(struct listening *l, const char *dir, unsigned trust)
{
	int talk[2] = { -1, -1 }, words[2] = { -1, -1 };

	if (pipe(talk) == 0 && pipe(words) == 0 &&
	    fcntl(words[1], F_SETFL, O_NONBLOCK) == 0 &&
	    fcntl(words[0], F_SETFL, O_NONBLOCK) == 0)
		l->child = fork();
	if (l->child == 0)
		isolate_child(dir, trust, &l->limits, talk[1], words[1]);
	if (l->child < 0)
		ent_error_set(l->err, ENT_EIO, "start a process: %s",
			      strerror(errno));
	if (talk[1] >= 0)
		close(talk[1]);
	if (words[1] >= 0)
		close(words[1]);
	l->from = talk[0];
	l->words = words[0];
	return l->child < 0 ? ENT_EIO : ENT_OK;
}

int isolate_verify(const char *dir, unsigned trust,
		   ent_finding_fn *finding, ent_progress_fn *progress, void *arg,
		   struct ent_verified *out, struct ent_error *err)
{
	struct ent_verified verified = { 0 };
	struct ent_error why = { 0 };
	struct listening l = { .child = -1,
			       .from = -1,
			       .words = -1,
			       .limits = isolate_limits_of(dir),
			       .finding = finding,
			       .progress = progress,
			       .arg = arg,
			       .out = &verified,
			       .err = &why };
	int rc = start(&l, dir, trust);

	if (rc == ENT_OK) {
		int status;

		rc = listen_to(&l);
		if (rc < 0)
			kill(l.child, SIGKILL);
		status = wait_for(l.child);
		if (rc == ENT_END)
			rc = how_it_ended(&l, status);
	}
	if (l.from >= 0)
		close(l.from);
	if (l.words >= 0)
		close(l.words);
	rc = look_at_place(&l, rc);
	if (rc == ENT_OK)
		*out = verified;
	else if (err)
		*err = why;
	return rc;
}
