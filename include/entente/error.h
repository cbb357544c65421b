/*
 * error.h - how every call says that it failed, and what it lends and gives.
 *
 * Calls return 0 for success, ENT_END (> 0) for "nothing more" and a negative
 * enum ent_code for a failure.  Parameters come in this order: the object,
 * inputs, outputs, err.  On failure outputs are left untouched.  err may be
 * NULL everywhere.
 *
 * Three words are used in one sense throughout these headers:
 *   owned     the caller must release it, with the call that is named
 *   borrowed  it belongs to someone else; the comment says what ends its life
 *   copied    the library keeps no pointer to it
 */
#ifndef ENTENTE_ERROR_H
#define ENTENTE_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define ENT_API __attribute__((visibility("default")))
#define ENT_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define ENT_API
#define ENT_PRINTF(fmt, args)
#endif

#ifdef __cplusplus
extern "C" {
#endif

enum ent_code {
	ENT_OK = 0,
	ENT_END = 1,         /* nothing more, or not there; sets no message */
	ENT_ENOMEM = -1,     /* an allocation failed */
	ENT_EIO = -2,        /* the file system or LMDB refused */
	ENT_ECORRUPT = -3,   /* stored bytes break the format's rules */
	ENT_EINPUT = -4,     /* the caller's data breaks the rules */
	ENT_ECONFLICT = -5,  /* it does not fit what the log holds already */
	ENT_EUSAGE = -6,     /* the question itself cannot be asked that way */
	ENT_ENOLOG = -7,     /* there is no log in that place, or it is none */
	ENT_EVERSION = -8,   /* a newer program wrote this log */
	ENT_EBUSY = -9,      /* another writer held the log for too long */
	ENT_EDOUBT = -10,    /* the commit failed late: it may be on disk or not;
	                      * append the same events again to find out */
	ENT_EFULL = -11,     /* the disk, or the space allowed, is full */
	ENT_ESTOPPED = -12,  /* a callback of the caller's asked to stop */
	ENT_EPROOF = -13,    /* a signature or a proof does not hold */
	ENT_EREFUSED = -14,  /* the log lies where it is not safe; log.h says how
	                      * to open it all the same */
	ENT_EREOPEN = -15    /* other files are in the log's place, as compacting
	                      * does; nothing was done: open it again */
};

/* Valid only after a call returned < 0; otherwise left as it was. */
struct ent_error {
	int code;      /* the enum ent_code that was returned */
	int column;    /* 1-based column of bad JSON text, 0 where unknown */
	char msg[512]; /* one line, no newline; cut short rather than overrun */
};

/* Bytes that belong to someone else.  data may be NULL when len is 0. */
struct ent_bytes {
	const void *data;
	size_t len;
};

/* Fill err (which may be NULL) and return code, so that a failing branch is one
 * line: return ent_error_set(err, ENT_EINPUT, "...").  column becomes 0. */
ENT_API int ent_error_set(struct ent_error *err, int code, const char *fmt, ...)
	ENT_PRINTF(3, 4);

/* Put "context: " in front of a message on its way up. */
ENT_API void ent_error_wrap(struct ent_error *err, const char *fmt, ...)
	ENT_PRINTF(2, 3);

/* Release what a call of this library gave as owned memory.  NULL is allowed. */
ENT_API void ent_free(void *memory);

#ifdef __cplusplus
}
#endif

#endif
