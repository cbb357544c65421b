/*
 * columns.h - the rows of a block of events, column by column, under the number
 * of the first: about 11 bytes an event, and read at some 100 million a second.
 *
 *   count (2), open starts (2), base day (4), last day (4), alliances (8), a mode
 *   for each column
 *   the columns, one behind the other
 *
 * An event may have happened from its first day on: those lie between the base day
 * and the last day, but for open starts, which are counted.  alliances has bit
 * (code % 64) for each alliance that is named.  With these a walk knows what it need
 * not read.  A retraction has no columns but its type: it takes no part in a fold.
 *
 * A column is a small number for each row, 0 for what is usual: days count from
 * the row's own first day, and that from the base day.  Its mode says how wide the
 * numbers are, and whether all are there or, behind a bitmap, only those that are
 * not 0.  Numbers are little-endian here: they are read in masses, never compared.
 */
#ifndef ENGINE_COLUMNS_H
#define ENGINE_COLUMNS_H

#include "doors/store.h"
#include "ground/buf.h"
#include "log/row.h"

/* What a block's columns say of all its rows. */
struct columns {
	uint64_t first;
	uint32_t count;
	uint32_t open_starts;
	int32_t base_day;
	int32_t last_day;
	uint64_t alliances;
	struct ent_bytes value;
};

/* Rows of numbers first, first + 1 ...; 1 to BLOCK_EVENTS of them. */
void columns_pack(const struct row *rows, size_t count, struct buf *out);

/* ENT_ECORRUPT: too short, or a count that no block has. */
int columns_read(uint64_t first, struct ent_bytes value, struct columns *out,
		 struct ent_error *err);

/* All its rows; rows has room for BLOCK_EVENTS.  ENT_ECORRUPT: a column ends
 * before its time, or names a type that does not exist. */
int columns_unpack(const struct columns *columns, struct row *rows,
		   struct ent_error *err);

/* May a row of it count on that day? */
bool columns_may_count(const struct columns *columns, int32_t day);
/* Of columns.alliances. */
uint64_t columns_alliance_bit(uint32_t alliance);

#endif
