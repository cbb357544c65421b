/*
 * input.h - reading JSON Lines: one line at a time, none longer than 1 MiB.
 */
#ifndef CLI_INPUT_H
#define CLI_INPUT_H

#include "text.h"

enum { INPUT_LINE_MAX = 1024 * 1024 };

/* Why a file cannot be read; doing is NULL where nothing is wrong. */
struct input_fault {
	const char *doing; /* "open", ... */
	const char *name;  /* borrowed */
	int errnum;
};

struct input {
	int fd;           /* -1: none */
	int wake;         /* reading ends when this can be read; -1: none */
	const char *name; /* for messages; borrowed */
	int64_t start;    /* where in the file the line began that was read last */
	uint64_t line;    /* the number of the line that was read last */
	struct text text; /* its bytes, without the newline and a BOM */
	bool too_long;    /* it was longer than INPUT_LINE_MAX: text is cut */
	struct input_fault fault;
	char *buffer;     /* what was read and is no line yet: [from, to) */
	size_t from, to;
	int64_t before;   /* bytes of the file before the buffer */
	bool at_end;
};

/* Open the file of that name, "-" being the standard input.  0, or CLI_INPUT
 * after a message. */
int input_open(struct input *input, const char *name);

/* Go to where a line began; nothing has been read yet.  0, or CLI_SYSTEM without a
 * message. */
int input_seek(struct input *input, int64_t start);

/* The next line that is not blank: 0; INPUT_END after the last; CLI_INPUT after a
 * message. */
enum { INPUT_END = -1 };
int input_next(struct input *input);

void input_close(struct input *input);

/* ---- the same for a thread that may not print --------------------------- */

/* CLI_INPUT: without a message, which input_complain() prints. */
int input_try_open(struct input *input, const char *name);
int input_try_next(struct input *input);

int input_complain(const struct input_fault *fault); /* returns CLI_INPUT */

/* Is another line there, so that input_try_next() would not wait for it? */
bool input_has_line(const struct input *input);

#endif
