/*
 * batch.h - events that are checked and encoded, ready to be appended: all that
 * is slow is done before a writer holds the log.
 */
#ifndef ENGINE_BATCH_H
#define ENGINE_BATCH_H

#include "entente/log.h"
#include "ground/mem.h"
#include "log/row.h"

/* One event of a batch; everything lives in the batch's arena. */
struct draft {
	const char *label; /* never NULL */
	struct ent_id id;
	struct ent_id corrects; /* nil for none; likewise retracts */
	struct ent_id retracts;
	struct ent_bytes body; /* canonical MessagePack */
	struct row row;        /* without seq and codes */
	const char *alliance;  /* texts of the row's codes, NULL for none */
	const char *actor;
	const char *target;
	const char *name;
};

struct ent_batch {
	struct arena arena;
	struct draft *drafts;
	size_t count;
	size_t room;
};

/* The text behind row.name: what it is depends on the type. */
const char *draft_row_name(const struct ent_event *event,
			   enum event_type type);

#endif
