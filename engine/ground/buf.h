/*
 * buf.h - growable bytes with a sticky failure: thirty writes, one check.
 */
#ifndef ENGINE_BUF_H
#define ENGINE_BUF_H

#include "entente/error.h"

/* { 0 } is an empty buffer.  data always has a NUL behind len when not NULL. */
struct buf {
	char *data;
	size_t len;
	size_t room;
	bool failed; /* an allocation failed; later writes do nothing */
};

void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_text(struct buf *buf, const char *text);
void buf_byte(struct buf *buf, unsigned char byte);
void buf_printf(struct buf *buf, const char *fmt, ...) ENT_PRINTF(2, 3);
void buf_clear(struct buf *buf); /* empty and sound again; memory is kept */
void buf_release(struct buf *buf);

/* ENT_OK, or ENT_ENOMEM with its message where a write failed. */
int buf_check(const struct buf *buf, struct ent_error *err);

/* Hand the bytes over: *out is then the caller's, for ent_free(). */
int buf_take(struct buf *buf, char **out, size_t *out_len,
	     struct ent_error *err);

#endif
