/*
 * images.h - all that the disks may hold at one moment, and what must be found.
 *
 * Of the pieces that were not synced: all subsets where there are at most seven,
 * else none, all, each one alone, each one missing, all up to one, and some at
 * random.  Of the names: all and none; and where all pieces are synced, also those
 * up to one, and all but one.
 */
#ifndef FAULT_IMAGES_H
#define FAULT_IMAGES_H

#include "workers.h"

#include "entente/entente.h"

#include "../property/dice.h"

enum { IMAGES_PATH = 96, IMAGES_COPIES = 2 };

struct images_totals {
	uint64_t boundaries, images;
	uint64_t whole;  /* with a batch that was not yet told */
	uint64_t copies; /* with a copy in its place */
	char failure[WORKERS_TEXT];
};

struct images {
	struct images_totals *total;
	unsigned number; /* of the worker: each looks at boundaries of its own */
	uint32_t sector;
	uint64_t boundary;
	struct dice dice;
	char root[IMAGES_PATH];  /* in which log, backup and restored are made */
	char place[IMAGES_PATH]; /* in which images of it are */

	bool exists;           /* making the log has returned */
	uint64_t acked, batch; /* batch: events that are under way */
	uint64_t redacted;     /* events, as acknowledged */
	bool redacts;          /* the batch is one redaction */
	struct ent_hash head;      /* of what is acknowledged */
	struct ent_hash next_head; /* of that and the batch, as found */
	bool has_next;

	/* Folders beside the log, of what was acknowledged when they were made; told:
	 * that they are there. */
	bool copies, told[IMAGES_COPIES];
	uint64_t copy_events;
	struct ent_hash copy_head;
};

extern const char *const images_copies[IMAGES_COPIES];

void images_fail(struct images *at, const char *fmt, ...) ENT_PRINTF(2, 3);

/* Make and look at all images of this moment. */
void images_check(struct images *at);

#endif
