/*
 * text_bytes.h - bytes written as text: base64 (RFC 4648, section 4) and
 * lower-case hex.  Reading is strict: bytes have one text and no other.
 */
#ifndef ENGINE_TEXT_BYTES_H
#define ENGINE_TEXT_BYTES_H

#include "ground/buf.h"

/* Write 4 letters for each 3 bytes or rest of them, and no NUL; how many. */
size_t base64_put(const void *bytes, size_t len, char *out);

void base64_add(struct buf *out, const void *bytes, size_t len);
void hex_add(struct buf *out, const void *bytes, size_t len);

/*
 * The bytes that text stands for, which are at most room; their number goes to
 * *out_len.  False, with out in any state, where text has a letter that does not
 * belong there, no or too much padding, bits that stand for nothing, or more bytes.
 */
bool base64_read(const char *text, size_t len, void *out, size_t room,
		 size_t *out_len);
bool hex_read(const char *text, size_t len, void *out, size_t room,
	      size_t *out_len);

/* Exactly size bytes; out is left alone where it is not that. */
bool hex_read_whole(const char *text, size_t len, void *out, size_t size);

#endif
