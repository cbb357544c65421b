/*
 * safe.h - what comes from outside (events, arguments, file names) made fit for
 * a terminal: nothing in it can move the cursor, hide text or turn its order.
 */
#ifndef CLI_SAFE_H
#define CLI_SAFE_H

#include "text.h"

#define SAFE_BAD_BYTE UINT32_MAX /* a byte that is no part of UTF-8 */

/* Read one character of at most left (> 0) bytes; returns its length, 1 for
 * SAFE_BAD_BYTE.  Strict: no overlong forms, surrogates or beyond U+10FFFF. */
size_t safe_decode(const char *at, size_t left, uint32_t *out_cp);

/* Controls, bidi and zero-width characters, line separators, tags. */
bool safe_is_harmful(uint32_t cp);

enum safe_space {
	SAFE_ESCAPE, /* tab and newline are escaped like other controls */
	SAFE_FOLD    /* a run of white space is one space: for tables */
};

/*
 * Add str with what could do harm shown as \x1b, \u{202e}, and a byte that is
 * no UTF-8 as \xff.
 */
void safe_add(struct text *text, const char *str, enum safe_space space);
void safe_bytes(struct text *text, const char *str, size_t len,
		enum safe_space space);

#endif
