/*
 * charset.h - bytes of any encoding to clean text: strict UTF-8 without a byte
 * order mark or control characters but tab and newline.
 */
#ifndef NEWS_CHARSET_H
#define NEWS_CHARSET_H

#include "ground/buf.h"

enum { CHARSET_NAME_SIZE = 48 };

/*
 * Append bytes as clean text.  What they are is told by a byte order mark; else
 * they are UTF-8 where they can hardly be anything else; else what declared (may be
 * NULL) says, where that is known; else UTF-8, or windows-1252 where they are not.
 * What cannot be read becomes U+FFFD.
 */
int charset_decode(const char *bytes, size_t len, const char *declared,
		   struct buf *out, struct ent_error *err);

/* Append text that is UTF-8 already: CR LF becomes LF, control characters spaces,
 * what is not UTF-8 U+FFFD. */
void charset_clean(const char *text, size_t len, struct buf *out);

/* What the first bytes of XML or HTML declare: <?xml encoding="...">, <meta
 * charset=...>, <meta content="text/html; charset=...">. */
bool charset_declared(const char *bytes, size_t len,
		      char out[CHARSET_NAME_SIZE]);

/* The value behind "charset=" or another name in text, such as a Content-Type. */
bool charset_parameter(const char *text, size_t len, const char *name,
		       char *out, size_t size);

#endif
