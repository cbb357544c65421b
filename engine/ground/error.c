/*
 * error.c - messages of failure, in memory that the caller owns.
 *
 * Nothing here allocates, so that running out of memory can be reported too.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "entente/error.h"
#include "ground/utf8.h"

/* A message is one line, whatever was quoted in it. */
static void make_one_line(char *msg)
{
	for (; *msg; msg++) {
		if ((unsigned char)*msg < 0x20 || *msg == 0x7f)
			*msg = '?';
	}
}

/* vsnprintf() may have cut a character in two: its start is then among the last
 * three bytes, and what is left of it is no character. */
static void drop_half_character(char *msg, size_t room, int wanted)
{
	size_t len = strlen(msg), start = len;

	if (wanted < 0 || (size_t)wanted < room)
		return;
	for (int i = 0; i < 3 && start > 0; i++) {
		size_t at = --start;

		if (((unsigned char)msg[start] & 0xc0) == 0x80)
			continue;
		if (utf8_next(msg, len, &at) < 0)
			msg[start] = '\0';
		return;
	}
}

static void print(char *msg, size_t room, const char *fmt, va_list args)
	ENT_PRINTF(3, 0);

static void print(char *msg, size_t room, const char *fmt, va_list args)
{
	int wanted = vsnprintf(msg, room, fmt, args);

	if (wanted < 0)
		msg[0] = '\0';
	drop_half_character(msg, room, wanted);
	make_one_line(msg);
}

int ent_error_set(struct ent_error *err, int code, const char *fmt, ...)
{
	struct ent_error made = { .code = code };
	va_list args;

	if (!err)
		return code;

	/* Into a copy: an argument may point into the old message. */
	va_start(args, fmt);
	print(made.msg, sizeof(made.msg), fmt, args);
	va_end(args);
	*err = made;
	return code;
}

void ent_error_wrap(struct ent_error *err, const char *fmt, ...)
{
	char context[sizeof(err->msg)];
	char old[sizeof(err->msg)];
	va_list args;
	int wanted;

	if (!err)
		return;

	va_start(args, fmt);
	print(context, sizeof(context), fmt, args);
	va_end(args);
	memcpy(old, err->msg, sizeof(old));
	wanted = snprintf(err->msg, sizeof(err->msg), "%s: %s", context, old);
	drop_half_character(err->msg, sizeof(err->msg), wanted);
}
