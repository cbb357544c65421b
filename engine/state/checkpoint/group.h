/*
 * group.h - the series of one alliance or target within a checkpoint, packed so
 * that any row is found at once: about 12 bytes a row.
 *
 *   rows (4), series (4), vague rows (4), widths of who, other and seq (1 each), 0,
 *   lowest seq (8)
 *   series: key (8), first row (4); ascending by key
 *   rows, column by column: lo (4), seq above the lowest, what (2), who, other
 *   for every GROUP_CHUNK rows: the lowest seq of them
 *   vague rows: row (4), hi (4), until lo (4), until hi (4), reach (4)
 *
 * Numbers are little-endian.  Most rows are dated to the day and have no until; the
 * others are vague, and found in a list of their own.  The reach of a vague row is
 * the largest hi of the vague rows of its series up to it: it says how far back a
 * walk has to look.  In a chunk whose lowest seq is not known yet there is nothing
 * to see.
 */
#ifndef ENGINE_GROUP_H
#define ENGINE_GROUP_H

#include "ground/buf.h"
#include "state/checkpoint/series.h"

enum { GROUP_CHUNK = 128 };

/* A packed group; borrowed from its transaction. */
struct group {
	uint64_t key; /* series_group() */
	size_t bytes;
	uint32_t rows, series, vagues;
	unsigned who_width, other_width, seq_width;
	uint64_t lowest;
	const uint8_t *dir, *lo, *seq, *what, *who, *other, *chunks, *vague;
};

struct vague {
	uint32_t row;
	int32_t hi, until_lo, until_hi, reach;
};

/* Pack items of one group, in the order of item_compare(), with doubles of fixes
 * left out. */
void group_pack(const struct item *items, size_t count, struct buf *out);

/* ENT_ECORRUPT: its parts do not fill the value. */
int group_read(uint64_t key, struct ent_bytes value, struct group *out,
	       struct ent_error *err);

uint64_t group_series(const struct group *group, uint32_t i);

/* The rows [*out_first, *out_end) of series i; none where the bytes are damaged. */
void group_series_rows(const struct group *group, uint32_t i,
		       uint32_t *out_first, uint32_t *out_end);

int32_t group_lo(const struct group *group, uint32_t row);
uint64_t group_seq(const struct group *group, uint32_t row);

/* The lowest seq of the chunk that row is in. */
uint64_t group_chunk_lowest(const struct group *group, uint32_t row);

/* What is cheap to tell of a row. */
bool group_is_fix(const struct group *group, uint32_t row);
bool group_is_vague(const struct group *group, uint32_t row);
uint8_t group_type(const struct group *group, uint32_t row);
uint8_t group_modality(const struct group *group, uint32_t row);
uint32_t group_who(const struct group *group, uint32_t row);
uint32_t group_other(const struct group *group, uint32_t row);

/* How many vague rows are before row: their numbers count from 0. */
uint32_t group_vagues_before(const struct group *group, uint32_t row);
struct vague group_vague(const struct group *group, uint32_t i);

/* The whole item.  ENT_ECORRUPT: no such type, or no entry of a vague row. */
int group_item(const struct group *group, uint64_t series, uint32_t row,
	       struct item *out, struct ent_error *err);

#endif
