/*
 * isolate_private.h - what the two processes say to each other.
 *
 * A frame is its head and len bytes of text.  The reading side believes nothing: a
 * child that a log has led astray may write anything.
 */
#ifndef CLI_ISOLATE_PRIVATE_H
#define CLI_ISOLATE_PRIVATE_H

#include <entente/entente.h>

#include <sys/types.h>

enum frame_kind {
	FRAME_OPENED = 1, /* the log is open */
	FRAME_PROGRESS,   /* a done, b total */
	FRAME_FINDING,    /* a seq; the text says what */
	FRAME_VERIFIED,   /* a events, b findings; the text is the head */
	FRAME_FAILED      /* a -enum ent_code; the text is the message */
};

struct frame {
	uint32_t kind, len;
	uint64_t a, b;
};

enum { FRAME_TEXT_MAX = 1024 };

/* What a child may use: it grows with the file. */
struct isolate_limits {
	bool none;    /* sanitizers and valgrind */
	bool is_file; /* data.mdb is a file */
	uint64_t file_bytes;
	uint64_t memory_bytes;
	uint64_t seconds; /* of the processor */
};

struct isolate_limits isolate_limits_of(const char *dir);

enum confine_stage { CONFINE_OPENING, CONFINE_READING };

/* Give up calls of the system that opening or, more of them, reading a log has no need
 * of: they fail with EPERM.  For good, and only behind PR_SET_NO_NEW_PRIVS.  False,
 * with errno, where the kernel has no such filters, or none is known for it. */
bool isolate_confine(enum confine_stage stage);

/* The child's part: talks on pipe, and what LMDB says before it dies goes to
 * words.  Does not return. */
void isolate_child(const char *dir, unsigned trust,
		   const struct isolate_limits *limits, int pipe, int words) __attribute__((noreturn));

#endif
