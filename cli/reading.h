/*
 * reading.h - from lines of JSON to a batch, and what is wrong with lines.
 */
#ifndef CLI_READING_H
#define CLI_READING_H

#include "input.h"

enum { REPORTS_MAX = 20 }; /* bad lines that are told in full */

struct reading {
	struct ent_batch *batch;
	struct text said; /* of each of the first bad lines a text, with its NUL */
	uint64_t bad;
};

/* Add the line that was read, or say what is wrong with it.  0, or an exit code
 * after a message. */
int reading_line(struct reading *reading, const struct input *input);

#endif
