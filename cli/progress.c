/*
 * progress.c - how far long work is.
 *
 * The clock here is one that only tells how much time went by: no answer depends
 * on it.
 */
#include "progress.h"
#include "text.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { FIRST_MS = 500, EACH_MS = 100, COLUMNS = 80, LONG = 20000 };

static int shows = -1; /* -1: not decided yet */
static bool begun;
static int64_t began_ms, drawn_ms;
static volatile sig_atomic_t drawn; /* there is a line to wipe */

static bool shows_by_itself(void)
{
	const char *term = getenv("TERM");

	return isatty(STDERR_FILENO) == 1 &&
	       !(term && strcmp(term, "dumb") == 0);
}

static int64_t now_ms(void)
{
	struct timespec now = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void progress_begin(void)
{
	begun = true;
	began_ms = now_ms();
	drawn_ms = began_ms + FIRST_MS - EACH_MS;
}

static bool can_show(void)
{
	if (shows < 0)
		shows = shows_by_itself();
	return shows;
}

static bool is_due(void)
{
	int64_t now;

	if (!can_show())
		return false;
	if (!begun)
		progress_begin();
	now = now_ms();
	if (now - drawn_ms < EACH_MS)
		return false;
	drawn_ms = now;
	return true;
}

/* What fits into one line: one that wraps could not be wiped. */
static size_t columns(void)
{
#ifdef TIOCGWINSZ
	struct winsize size = { 0 };

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col - 1u;
#endif
	return COLUMNS - 1;
}

/* The text is ASCII, and one write, so that it is not torn. */
static void draw(struct text *text)
{
	struct text line = { 0 };
	size_t room = columns();
	ssize_t n;

	text_str(&line, "\r");
	text_bytes(&line, text_get(text), text->len < room ? text->len : room);
	text_str(&line, "\x1b[K");
	drawn = 1;
	n = write(STDERR_FILENO, text_get(&line), line.len);
	(void)n;
	text_release(&line);
	text_release(text);
}

/* ---- what the line says ------------------------------------------------ */

static void add_left(struct text *text, uint64_t done, uint64_t total)
{
	double took = (double)(drawn_ms - began_ms) / 1000;
	double left = took * (double)(total - done) / (double)done;

	if (left < 100)
		text_fmt(text, ", %.0f s left", left);
	else if (left < 100 * 60)
		text_fmt(text, ", %.0f min left", left / 60);
	else
		text_fmt(text, ", %.0f h left", left / 3600);
}

void progress_of(const char *command, uint64_t done, uint64_t total)
{
	struct text text = { 0 };

	if (!is_due())
		return;
	text_fmt(&text, "entente: %s: ", command);
	text_number(&text, done);
	text_str(&text, " of ");
	text_number(&text, total);
	if (done > 0 && done <= total) {
		text_fmt(&text, " (%d %%)",
			 (int)(100 * (double)done / (double)total));
		add_left(&text, done, total);
	}
	draw(&text);
}

void progress_count(const char *command, uint64_t done, const char *unit)
{
	struct text text = { 0 };

	if (!is_due())
		return;
	text_fmt(&text, "entente: %s: ", command);
	text_number(&text, done);
	text_fmt(&text, " %s", unit);
	draw(&text);
}

void progress_long(const char *command, const char *doing, uint64_t count,
		   const char *unit)
{
	struct text text = { 0 };

	if (count < LONG || !can_show())
		return;
	text_fmt(&text, "entente: %s: %s ", command, doing);
	text_number(&text, count);
	text_fmt(&text, " %s", unit);
	draw(&text);
}

/* ---- the end of it ----------------------------------------------------- */

void progress_wipe(void)
{
	static const char wipe[] = "\r\x1b[K";
	ssize_t n;

	if (!drawn)
		return;
	drawn = 0;
	n = write(STDERR_FILENO, wipe, sizeof(wipe) - 1);
	(void)n;
}

void progress_done(void)
{
	progress_wipe();
	begun = false;
}
