/*
 * out.h - the standard output: answers go through here, so that the first write
 * that fails is remembered with its reason.
 */
#ifndef CLI_OUT_H
#define CLI_OUT_H

#include "text.h"

enum style {
	STYLE_NONE,
	STYLE_BOLD,
	STYLE_DIM,
	STYLE_GOOD,
	STYLE_BAD,
	STYLE_WARN,
	STYLE_MARK /* bold and inverse */
};

/* "auto", "always" or "never"; returns false for anything else. */
bool out_set_color(const char *when);

/* The codes that start and end a style; "" where there is no colour. */
const char *out_on(enum style style);
const char *out_off(enum style style);

void out_bytes(const void *data, size_t len);
void out_str(const char *str);  /* text of our own */
void out_safe(const char *str); /* text from outside, made safe (safe.h) */
void out_fmt(const char *fmt, ...) ENT_PRINTF(1, 2); /* ours as well */

/* Print and empty text, which is safe already. */
void out_text(struct text *text);

/* Text from outside, several lines of it, each below the first indented. */
void out_lines(const char *str, size_t indent);

/* Columns of the terminal, or OUT_COLUMNS where there is none. */
enum { OUT_COLUMNS = 132 };
size_t out_columns(void);

void out_flush(void);
bool out_failed(void); /* no use to go on */

/* These events are in the log (0: none): a failure to say so must not look as if
 * they were not. */
void out_appended(uint64_t first, uint64_t last);

/* Flush; 0, or the exit code after a message.  A reader that went away early
 * (`| head`) is no failure. */
int out_finish(void);

#endif
