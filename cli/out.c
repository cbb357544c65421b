/*
 * out.c - the standard output and colours.
 */
#include "out.h"
#include "cli.h"
#include "progress.h"
#include "safe.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int failed_errno; /* of the first write that failed */
static int color = -1;   /* -1: not decided yet */
static uint64_t appended_first, appended_last; /* 0: nothing was */

/* ---- colour ------------------------------------------------------------ */

static bool color_by_itself(void)
{
	const char *no = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	if (no && *no)
		return false;
	if (term && strcmp(term, "dumb") == 0)
		return false;
	return isatty(STDOUT_FILENO) == 1;
}

bool out_set_color(const char *when)
{
	if (strcmp(when, "always") == 0)
		color = 1;
	else if (strcmp(when, "never") == 0)
		color = 0;
	else if (strcmp(when, "auto") == 0)
		color = -1;
	else
		return false;
	return true;
}

static bool has_color(void)
{
	if (color < 0)
		color = color_by_itself();
	return color == 1;
}

const char *out_on(enum style style)
{
	static const char *const codes[] = {
		[STYLE_NONE] = "",          [STYLE_BOLD] = "\x1b[1m",
		[STYLE_DIM] = "\x1b[2m",    [STYLE_GOOD] = "\x1b[32m",
		[STYLE_BAD] = "\x1b[31m",   [STYLE_WARN] = "\x1b[33m",
		[STYLE_MARK] = "\x1b[1;7m"
	};

	return has_color() ? codes[style] : "";
}

const char *out_off(enum style style)
{
	return style != STYLE_NONE && has_color() ? "\x1b[0m" : "";
}

/* ---- writing ----------------------------------------------------------- */

void out_bytes(const void *data, size_t len)
{
	if (failed_errno != 0 || len == 0)
		return;
	progress_wipe();
	errno = 0;
	if (fwrite(data, 1, len, stdout) != len)
		failed_errno = errno ? errno : EIO;
}

void out_flush(void)
{
	if (failed_errno != 0)
		return;
	progress_wipe();
	errno = 0;
	if (fflush(stdout) != 0)
		failed_errno = errno ? errno : EIO;
}

void out_str(const char *str)
{
	out_bytes(str, strlen(str));
}

void out_text(struct text *text)
{
	out_bytes(text_get(text), text->len);
	text_clear(text);
}

void out_safe(const char *str)
{
	struct text text = { 0 };

	safe_add(&text, str, SAFE_ESCAPE);
	out_text(&text);
	text_release(&text);
}

void out_fmt(const char *fmt, ...)
{
	char small[512];
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(small, sizeof(small), fmt, args);
	va_end(args);
	if (n > 0)
		out_bytes(small, (size_t)n < sizeof(small) ? (size_t)n :
							    sizeof(small) - 1);
}

void out_lines(const char *str, size_t indent)
{
	struct text text = { 0 };

	for (;;) {
		size_t len = strcspn(str, "\n");

		safe_bytes(&text, str, len, SAFE_FOLD);
		text_trim(&text);
		text_str(&text, "\n");
		if (str[len] == '\0')
			break;
		str += len + 1;
		text_repeat(&text, ' ', indent);
	}
	out_text(&text);
	text_release(&text);
}

bool out_failed(void)
{
	return failed_errno != 0;
}

void out_appended(uint64_t first, uint64_t last)
{
	appended_first = first;
	appended_last = last;
}

int out_finish(void)
{
	out_flush();
	if (failed_errno == 0 || failed_errno == EPIPE)
		return CLI_DONE;
	errno = failed_errno;
	if (appended_first == 0)
		return fail_errno(CLI_SYSTEM, "write to standard output");
	if (appended_first == appended_last)
		return fail_errno(CLI_SYSTEM, "event %" PRIu64 " was appended; "
				  "only the answer could not be written",
				  appended_first);
	return fail_errno(CLI_SYSTEM, "events %" PRIu64 " to %" PRIu64 " were "
			  "appended; only the answer could not be written",
			  appended_first, appended_last);
}

size_t out_columns(void)
{
#ifdef TIOCGWINSZ
	struct winsize size = { 0 };

	if (isatty(STDOUT_FILENO) == 1 &&
	    ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
		return size.ws_col;
#endif
	return OUT_COLUMNS;
}
