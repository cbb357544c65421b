/*
 * interpose.h - what goes wrong, and when: the plan that the interposed calls and
 * allocations follow.
 *
 * The same files make two things: a library for LD_PRELOAD, in front of the whole
 * program, and objects that are linked into a test, where they stand in front of
 * the C library for LMDB and the engine alike.
 */
#ifndef FAULT_INTERPOSE_H
#define FAULT_INTERPOSE_H

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>

enum fault_kind {
	FAULT_NONE,
	FAULT_EARLY, /* the call fails and does nothing */
	FAULT_LATE,  /* the call does its work and fails all the same */
	FAULT_SHORT, /* a write takes a part only; other calls: as early */
	FAULT_CUT,   /* the power goes off in the middle of the call */
	FAULT_MEMORY /* an allocation gives NULL */
};

struct fault_plan {
	enum fault_kind kind;
	int code;        /* errno */
	uint64_t at;     /* the n-th call or allocation, from 1 */
	bool behind_rename; /* counted from the first rename on */
	bool persistent; /* and all behind it */
	bool no_sync;      /* planted: fdatasync() and fsync() do nothing */
	bool no_meta_sync; /* planted: O_DSYNC is ignored */
};

struct failing {
	struct fault_plan plan;
	bool armed;     /* calls count */
	bool power_off; /* nothing is written any more */
	uint64_t calls; /* since it was armed */
	uint64_t allocations;
	uint64_t hits; /* faults that happened */
	char first[24]; /* the call that was the first of them */
	char rest[3944];
};

enum { FAULT_PAGE = 4096 };

/* A page of its own, so that processes may share it. */
static_assert(sizeof(struct failing) <= FAULT_PAGE &&
	      sizeof(struct failing) > FAULT_PAGE / 2, "one page");
extern struct failing failing __attribute__((aligned(FAULT_PAGE)));

/* Count from 1 again, and follow that plan; NULL: none, and nothing counts. */
void fault_arm(const struct fault_plan *plan);
void fault_disarm(void);

#endif
