/*
 * row.h - the columns of an event that a fold needs, without opening its body,
 * and the two indexes that carry them.
 *
 *   time     key lo, phase, seq                 all events but retractions
 *   subject  key kind, code, lo, phase, seq     by alliance, and for what
 *                                               weighs in a stance by target
 *
 * Both carry the same 36-byte columns, so that one kind of read serves both.
 */
#ifndef ENGINE_ROW_H
#define ENGINE_ROW_H

#include "doors/store.h"
#include "values/event.h"

enum {
	ROW_HAS_NAME = 1, /* of a founding: data.name, kind, lead, predecessor */
	ROW_HAS_KIND = 2,
	ROW_HAS_LEAD = 4,
	ROW_HAS_PREDECESSOR = 8
};

enum row_subject { ROW_TIME = 0, ROW_ALLIANCE = 'A', ROW_TARGET = 'T' };

/* Codes are those of codes.h, 0 for none. */
struct row {
	uint64_t seq;
	int32_t lo; /* ENT_DAY_OPEN_START for an open start */
	int32_t hi;
	int32_t until_lo; /* ENT_DAY_OPEN_END where there is no until */
	int32_t until_hi;
	int32_t published_hi; /* ENT_DAY_OPEN_END where it is not said */
	uint32_t alliance;
	uint32_t actor;
	uint32_t target;
	uint32_t name; /* role of a chair, data.name of an exercise, lead of a
	                * founding */
	uint8_t phase;
	uint8_t type;     /* enum event_type */
	uint8_t modality; /* enum modality */
	uint8_t flags;
};

enum { ROW_KEY_BYTES = 13, ROW_SUBJECT_KEY_BYTES = 18, ROW_VALUE_BYTES = 36 };

/* The order of the fold: lo, phase, seq. */
int row_compare(const struct row *a, const struct row *b);

/* All columns but the codes. */
void row_of_event(const struct ent_event *event, enum event_type type,
		  struct row *out);

bool row_has_open_start(const struct row *row);

/* It counts on day: section 5. */
bool row_counts(const struct row *row, int32_t day);

bool row_ran_out(const struct row *row, int32_t day);

/* Facts and claims of a weighed type. */
bool row_weighs(const struct row *row);

/* Write rows into the indexes that they belong to; reorders them.  STORE_GROW. */
int row_put_all(struct store_txn *txn, struct row *rows, size_t count,
		struct ent_error *err);

/*
 * The stored row at the place of *key: in the time index where code is 0, else in
 * the subject index.  ENT_END: there is none.
 */
int row_get(struct store_txn *txn, enum row_subject kind, uint32_t code,
	    const struct row *key, struct row *out, struct ent_error *err);

/* How many entries row_put_all() makes in the subject index. */
unsigned row_subject_entries(const struct row *row);

/* A walk over one index in the order of the fold, up to and with last_day. */
struct row_walk {
	struct store_cursor *cursor;
	uint8_t prefix[5];
	size_t prefix_len;
	int32_t from_day;
	int32_t last_day;
	bool started;
};

int row_walk_time(struct store_txn *txn, int32_t from_day, int32_t last_day,
		  struct row_walk *out, struct ent_error *err);
int row_walk_subject(struct store_txn *txn, enum row_subject kind,
		     uint32_t code, int32_t from_day, int32_t last_day,
		     struct row_walk *out, struct ent_error *err);

/* ENT_END after the last.  ENT_ECORRUPT: an entry of the wrong length. */
int row_walk_next(struct row_walk *walk, struct row *out,
		  struct ent_error *err);
void row_walk_end(struct row_walk *walk);

#endif
