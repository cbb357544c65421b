/*
 * batch.h - events that are checked and encoded, ready to be appended: all that
 * is slow is done before a writer holds the log.
 */
#ifndef ENGINE_BATCH_H
#define ENGINE_BATCH_H

#include "entente/log.h"
#include "ground/buf.h"
#include "ground/map.h"
#include "ground/mem.h"
#include "log/row.h"

/* One event of a batch; everything lives in the batch's arena. */
struct draft {
	const char *label; /* never NULL */
	struct ent_id id;
	bool id_is_derived; /* from the body */
	struct ent_id corrects; /* nil for none; likewise retracts */
	struct ent_id retracts;
	struct ent_bytes body; /* canonical MessagePack */
	struct ent_hash body_hash;
	bool redacted;         /* body is its hash */
	bool redacts;          /* what it retracts is redacted */
	struct row row;        /* without seq and codes */
	uint32_t alliance;     /* texts of the row's codes, by their number in */
	uint32_t actor;        /* the batch; 0 for none */
	uint32_t target;
	uint32_t name;
};

struct ent_batch {
	struct arena arena;
	struct arena scratch; /* of the event being added; likewise body */
	struct buf body;
	struct draft *drafts;
	size_t count;
	size_t room;
	const char **texts; /* each different text once; [number - 1] */
	size_t texts_count, texts_room;
	struct map texts_index; /* by hash */
};

/* "-" for number 0. */
const char *batch_text(const struct ent_batch *batch, uint32_t number);

/* The text behind row.name: what it is depends on the type. */
const char *draft_row_name(const struct ent_event *event,
			   enum event_type type);

#endif
