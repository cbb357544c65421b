/*
 * row_walk.h - the rows of a log: block by block as they were recorded, or those
 * that are wanted in the order of the fold.
 */
#ifndef ENGINE_ROW_WALK_H
#define ENGINE_ROW_WALK_H

#include "log/columns.h"

/* Which rows are wanted; the others may be given all the same. */
struct row_filter {
	uint64_t first;    /* from this number on */
	uint64_t known;    /* up to this number */
	int32_t last_day;  /* that may count by the end of this day */
	uint64_t alliances; /* that name one of these, by the bits of columns.h; 0
	                     * for any */
	int32_t weighed_after; /* and, with alliances, whatever begins later */
};

/* Single rows, by number: of ascending numbers each block is read once.  { 0 } but
 * for txn. */
struct row_reader {
	struct store_txn *txn;
	struct row *rows; /* of one block */
	uint64_t first;
	size_t count;
};

/* Borrowed until the next call.  ENT_ECORRUPT: it is not there. */
int row_read(struct row_reader *reader, uint64_t seq, const struct row **out,
	     struct ent_error *err);
void row_reader_release(struct row_reader *reader);

/* A walk over blocks, in the order of recording. */
struct row_scan {
	struct store_cursor *cursor;
	struct row_filter filter;
	uint64_t from; /* the block to begin with */
	struct row *rows;
	bool started;
};

int row_scan_begin(struct store_txn *txn, const struct row_filter *filter,
		   struct row_scan *out, struct ent_error *err);

/* The rows of the next block that may have one that is wanted, up to the last known
 * one; borrowed until the next call.  ENT_END after the last. */
int row_scan_next(struct row_scan *scan, const struct row **out,
		  size_t *out_count, struct ent_error *err);
void row_scan_end(struct row_scan *scan);

/*
 * A walk over the rows that are dated from from_day up to last_day, but for
 * retractions, in the order of the fold: for answers that look at the events of one
 * alliance.  alliance: 0 for any.
 */
struct row_walk {
	struct row *rows;
	size_t count, room;
	size_t at;
};

int row_walk_begin(struct store_txn *txn, uint32_t alliance, int32_t from_day,
		   int32_t last_day, struct row_walk *out,
		   struct ent_error *err);
bool row_walk_next(struct row_walk *walk, const struct row **out);
void row_walk_end(struct row_walk *walk);

#endif
