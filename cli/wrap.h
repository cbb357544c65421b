/*
 * wrap.h - text in lines as wide as the terminal, parts of it in a style.
 */
#ifndef CLI_WRAP_H
#define CLI_WRAP_H

#include "out.h"

struct wrap {
	size_t columns; /* of a line, at least 20 */
	size_t indent;  /* blanks in front of each */
	struct text out;
	struct text word; /* not in out yet: its end is not known */
	size_t word_columns;
	size_t used; /* columns of the line that is being filled */
};

/* Add text from outside, made safe.  Runs of white space are one blank, at which
 * lines may end; a word may go on in the next call. */
void wrap_add(struct wrap *wrap, enum style style, const char *str, size_t len);

/* End the line. */
void wrap_end(struct wrap *wrap);

#endif
