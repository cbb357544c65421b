/*
 * utf8.h - strict UTF-8: no overlong forms, no surrogates, no code above 10FFFF.
 */
#ifndef ENGINE_UTF8_H
#define ENGINE_UTF8_H

#include "entente/error.h"

/*
 * Read the code point at text[*at] and step over it.  Returns it, or -1 where the
 * bytes are not UTF-8 (*at stays).  *at < len.
 */
int32_t utf8_next(const char *text, size_t len, size_t *at);

/* How many of the first bytes are printable ASCII, found eight at a time; may stop
 * up to seven short. */
size_t utf8_plain(const char *text, size_t len);

/* The offset of the first byte that is not UTF-8, or len. */
size_t utf8_check(const char *text, size_t len);

/* At most max bytes of text (up to its NUL), without half a character behind. */
size_t utf8_cut(const char *text, size_t max);

bool utf8_is_control(int32_t code); /* C0, DEL, C1 */

/* What a reader may not see as it stands: controls, bidi, zero width, line and
 * paragraph separators, tags. */
bool utf8_is_unsafe(int32_t code);

/* Write code as UTF-8; returns the number of bytes. */
size_t utf8_put(int32_t code, char out[4]);

#endif
