/*
 * input.h - reading JSON Lines: one line at a time, none longer than 1 MiB.
 */
#ifndef CLI_INPUT_H
#define CLI_INPUT_H

#include "text.h"

#include <stdio.h>

enum { INPUT_LINE_MAX = 1024 * 1024 };

struct input {
	FILE *file;
	const char *name; /* for messages; borrowed */
	uint64_t line;    /* the number of the line that was read last */
	struct text text; /* its bytes, without the newline and a BOM */
	bool too_long;    /* it was longer than INPUT_LINE_MAX: text is cut */
};

/* Open the file of that name, "-" being the standard input.  0, or CLI_INPUT
 * after a message. */
int input_open(struct input *input, const char *name);

/* The next line that is not blank: 0; INPUT_END after the last; CLI_INPUT after a
 * message. */
enum { INPUT_END = -1 };
int input_next(struct input *input);

void input_close(struct input *input);

#endif
