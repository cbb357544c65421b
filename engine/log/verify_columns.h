/*
 * verify_columns.h - are the columns those that follow from the events?
 */
#ifndef ENGINE_VERIFY_COLUMNS_H
#define ENGINE_VERIFY_COLUMNS_H

#include "log/columns.h"

/* { 0 } but for txn. */
struct column_check {
	struct store_txn *txn;
	uint64_t blocks; /* that were met, and the first event of the last one */
	uint64_t block;
	struct columns columns;
	struct row *stored;  /* as they are in the log */
	struct row *derived; /* as they follow from the events */
	struct buf packed;
};

/*
 * Compare the columns of event seq, which come ascending; behind the last event of a
 * block also the block, byte by byte.  row: NULL where the event is too damaged to
 * tell.
 *
 * ENT_END       they are not what follows from the event, or missing
 * ENT_ECORRUPT  they cannot be read
 */
int column_check_row(struct column_check *check, uint64_t seq,
		     const struct row *row, struct ent_error *err);
void column_check_release(struct column_check *check);

#endif
