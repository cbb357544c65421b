/*
 * buf.c - growable bytes with a sticky failure.
 */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ground/buf.h"
#include "ground/mem.h"

/* Room for more bytes and the NUL behind them. */
static bool reserve(struct buf *buf, size_t more)
{
	if (buf->failed)
		return false;
	if (more < buf->room - buf->len)
		return true;
	if (more > SIZE_MAX - buf->len - 1 ||
	    mem_grow(&buf->data, &buf->room, buf->len + more + 1, 1, NULL) < 0)
		buf->failed = true;
	return !buf->failed;
}

void buf_add(struct buf *buf, const void *bytes, size_t len)
{
	if (!reserve(buf, len))
		return;
	if (len > 0)
		memcpy(buf->data + buf->len, bytes, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
}

void buf_text(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void buf_byte(struct buf *buf, unsigned char byte)
{
	buf_add(buf, &byte, 1);
}

void buf_printf(struct buf *buf, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (len < 0)
		buf->failed = true;
	if (len < 0 || !reserve(buf, (size_t)len))
		return;

	va_start(args, fmt);
	vsnprintf(buf->data + buf->len, (size_t)len + 1, fmt, args);
	va_end(args);
	buf->len += (size_t)len;
}

void buf_clear(struct buf *buf)
{
	buf->failed = false;
	buf->len = 0;
	if (buf->data)
		buf->data[0] = '\0';
}

void buf_release(struct buf *buf)
{
	mem_free(buf->data);
	*buf = (struct buf){ 0 };
}

int buf_check(const struct buf *buf, struct ent_error *err)
{
	return buf->failed ? mem_error(err) : ENT_OK;
}

int buf_take(struct buf *buf, char **out, size_t *out_len,
	     struct ent_error *err)
{
	int rc;

	reserve(buf, 0); /* an empty buffer gives an empty text */
	rc = buf_check(buf, err);
	if (rc < 0)
		return rc;

	buf->data[buf->len] = '\0';
	*out = buf->data;
	if (out_len)
		*out_len = buf->len;
	*buf = (struct buf){ 0 };
	return ENT_OK;
}
