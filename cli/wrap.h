/*
 * wrap.h - text in lines as wide as the terminal, parts of it in a style.
 */
#ifndef CLI_WRAP_H
#define CLI_WRAP_H

#include "out.h"

struct wrap_run {
	enum style style;
	size_t len; /* bytes */
};

enum { WRAP_RUNS_MAX = 8 }; /* changes of style within one word */

struct wrap {
	size_t columns; /* of a line, at least 20 */
	size_t indent;  /* blanks in front of each */
	struct text out;
	enum style style; /* that is on at the end of out */
	size_t used;      /* columns of the line that is being filled */
	struct text word; /* not in out yet: its end is not known */
	size_t word_columns;
	struct wrap_run runs[WRAP_RUNS_MAX];
	size_t runs_count;
};

/* Add text from outside, made safe.  Runs of white space are one blank, at which
 * lines may end; a word may go on in the next call. */
void wrap_add(struct wrap *wrap, enum style style, const char *str, size_t len);

/* End the line. */
void wrap_end(struct wrap *wrap);

#endif
