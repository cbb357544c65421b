/*
 * fail.c - messages, and which exit code a failure of the library has.
 */
#include "cli.h"
#include "out.h"
#include "progress.h"
#include "safe.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int exit_of(int ent_code)
{
	switch (ent_code) {
	case ENT_OK:
		return CLI_DONE;
	case ENT_EINPUT:
	case ENT_ECONFLICT:
		return CLI_INPUT;
	case ENT_EUSAGE:
		return CLI_USAGE;
	case ENT_ECORRUPT:
	case ENT_EPROOF:
		return CLI_DAMAGE;
	default:
		return CLI_SYSTEM;
	}
}

static const char *hint_of_trust(const char *msg)
{
	if (strstr(msg, "network"))
		return "--trust=fs opens it all the same; `entente restore` "
		       "makes a log of your own from a copy";
	if (strstr(msg, "hard links"))
		return "make a real copy of it, and take the other names away";
	return "--trust=owner opens it all the same; `entente restore` makes a "
	       "log of your own from it";
}

static const char *hint_of(const struct ent_error *err)
{
	switch (err->code) {
	case ENT_ENOLOG:
		/* What is in the way of a log would be in the way of init. */
		if (strstr(err->msg, "data.mdb in it"))
			return "name the log with --log DIR or ENTENTE_LOG";
		return "name the log with --log DIR or ENTENTE_LOG; "
		       "`entente init` makes an empty one";
	case ENT_EVERSION:
		return "use the newer program that wrote it";
	case ENT_EBUSY:
		return "nothing was written; try again when the other writer "
		       "has finished";
	case ENT_EDOUBT:
		if (strstr(err->msg, "in its place"))
			return "after a power cut, look whether it is there";
		return "run the same command again: what is in the log "
		       "already is not written twice";
	case ENT_EFULL:
		return "nothing was written; free some space and run the same "
		       "command again";
	case ENT_EREFUSED:
		return hint_of_trust(err->msg);
	case ENT_ECORRUPT:
		return "`entente verify` says what is damaged; `entente "
		       "restore` makes a log from a backup, `entente export "
		       "--skip-bad` writes what is sound";
	case ENT_EREOPEN:
	case ENT_EIO:
		if (strstr(err->msg, "open it again"))
			return "run the same command again: what is in the log "
			       "already is not written twice";
		return NULL;
	case ENT_ECONFLICT:
		if (strstr(err->msg, "skip those"))
			return "--skip-existing does that";
		if (strstr(err->msg, "that it is redacted"))
			return "`entente redact` takes its content away here too";
		return NULL;
	default:
		return NULL;
	}
}

/* One write a line, so that lines of several programs do not mix. */
static void say(const char *before, const char *what, const char *why)
{
	struct text line = { 0 };

	out_flush();
	progress_wipe();
	text_str(&line, before);
	safe_add(&line, what, SAFE_ESCAPE);
	if (why) {
		text_str(&line, ": ");
		safe_add(&line, why, SAFE_ESCAPE);
	}
	text_str(&line, "\n");
	fwrite(text_get(&line), 1, line.len, stderr);
	text_release(&line);
}

static ENT_PRINTF(1, 0) char *format(const char *fmt, va_list args)
{
	char *str;
	va_list again;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		n = 0;
	str = grow(NULL, (size_t)n + 1, 1);
	str[0] = '\0';
	vsnprintf(str, (size_t)n + 1, fmt, args);
	return str;
}

int fail(int code, const char *fmt, ...)
{
	va_list args;
	char *what;

	va_start(args, fmt);
	what = format(fmt, args);
	va_end(args);
	say("entente: ", what, NULL);
	free(what);
	return code;
}

int fail_ent(const struct ent_error *err, const char *fmt, ...)
{
	const char *more = hint_of(err);
	va_list args;
	char *what;

	va_start(args, fmt);
	what = format(fmt, args);
	va_end(args);
	say("entente: ", what,
	    err->code == ENT_ENOMEM ? "out of memory" : err->msg);
	if (more)
		hint("%s", more);
	free(what);
	return exit_of(err->code);
}

int fail_said(const struct ent_error *err)
{
	const char *more = hint_of(err);

	say("entente: ", err->code == ENT_ENOMEM ? "out of memory" : err->msg,
	    NULL);
	if (more)
		hint("%s", more);
	return exit_of(err->code);
}

int fail_errno(int code, const char *fmt, ...)
{
	int saved = errno;
	va_list args;
	char *what;

	va_start(args, fmt);
	what = format(fmt, args);
	va_end(args);
	say("entente: ", what, strerror(saved));
	free(what);
	return code;
}

static void ENT_PRINTF(2, 0)
say_formatted(const char *prefix, const char *fmt, va_list args)
{
	char *what = format(fmt, args);

	say(prefix, what, NULL);
	free(what);
}

void hint(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say_formatted("hint: ", fmt, args);
	va_end(args);
}

void note(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say_formatted("note: ", fmt, args);
	va_end(args);
}

void complain(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say_formatted("", fmt, args);
	va_end(args);
}
