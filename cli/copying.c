/*
 * copying.c - copies of a log, as a person sees them being made.
 */
#include "copying.h"
#include "isolate.h"
#include "progress.h"
#include "stop.h"
#include "text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { FINDINGS_TOLD = 20 };

static int progress(uint64_t done, uint64_t total, void *arg)
{
	const struct copying *copying = arg;

	progress_of(copying->command, done, total);
	return stop_asked();
}

static void finding(uint64_t seq, const char *what, void *arg)
{
	struct copying *copying = arg;

	if (++copying->findings > FINDINGS_TOLD)
		return;
	if (seq)
		fail(CLI_DAMAGE, "event %" PRIu64 ": %s", seq, what);
	else
		fail(CLI_DAMAGE, "%s", what);
}

/* The hidden folder of the copy is a name that nobody has heard of. */
static void drop_name(struct ent_error *err, const char *dir)
{
	struct text before = { 0 };

	text_fmt(&before, "open log %s: ", dir);
	if (strncmp(err->msg, text_get(&before), before.len) == 0)
		memmove(err->msg, err->msg + before.len,
			strlen(err->msg + before.len) + 1);
	text_release(&before);
}

static int check(const char *dir, struct ent_verified *out, void *arg,
		 struct ent_error *err)
{
	int rc;

	progress_done(); /* what follows is another work: counted in events */
	rc = isolate_verify(dir, ENT_TRUST_FS, finding, progress, arg, out, err);
	if (rc < 0)
		drop_name(err, dir);
	return rc;
}

void copying_begin(struct copying *copying, const char *command)
{
	*copying = (struct copying){
		.command = command,
		.options = { .check = check, .progress = progress,
			     .arg = copying }
	};
	stop_later();
	progress_begin();
}

/* Hints of failures are about the log that --log names. */
int copying_end(struct copying *copying, int rc, const struct ent_error *err)
{
	progress_done();
	if (copying->findings > FINDINGS_TOLD)
		complain("... and %" PRIu64 " more",
			 copying->findings - FINDINGS_TOLD);
	if (rc < 0 && copying->other && rc != ENT_EVERSION && rc != ENT_EFULL)
		return fail(exit_of(rc), "%s", err->msg);
	return rc < 0 ? fail_said(err) : CLI_DONE;
}
