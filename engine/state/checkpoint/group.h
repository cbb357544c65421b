/*
 * group.h - the series of one alliance or target within a checkpoint, packed so
 * that any row is found at once: about 12 bytes a row.
 *
 *   rows (4), series (4), vague rows (4), widths of who, other and seq (1 each), 0,
 *   lowest seq (8)
 *   series: key (8), first row (4), first vague row (4), the first days of its first
 *   and last row (4 each), its reach (4); ascending by key
 *   rows: lo (4), seq above the lowest, what (2), who, other
 *   for every GROUP_CHUNK rows: the lowest seq of them
 *   vague rows: row (4), hi (4), until lo (4), until hi (4), reach (4)
 *
 * A row stands together, because a walk that meets it wants all of it, and finds it
 * in one line of the cache and one page.  Numbers are little-endian.  Most rows are dated to the day and have no until; the
 * others are vague, and found in a list of their own.  The reach of a vague row is
 * the largest hi of the vague rows of its series up to it: it says how far back a
 * walk has to look.  In a chunk whose lowest seq is not known yet there is nothing
 * to see.
 */
#ifndef ENGINE_GROUP_H
#define ENGINE_GROUP_H

#include "ground/buf.h"
#include "ground/le.h"
#include "state/checkpoint/series.h"

enum {
	GROUP_CHUNK = 128,
	GROUP_SERIES_BYTES = 28,
	GROUP_VAGUE_BYTES = 20,
	GROUP_LO_BYTES = 4,
	GROUP_WHAT_BYTES = 2,
	/* the bits of what */
	GROUP_TYPE_BITS = 6,
	GROUP_MODALITY_BITS = 3,
	GROUP_FLAGS_BITS = 4,
	GROUP_MODALITY_AT = GROUP_TYPE_BITS,
	GROUP_FLAGS_AT = GROUP_MODALITY_AT + GROUP_MODALITY_BITS,
	GROUP_VAGUE_AT = GROUP_FLAGS_AT + GROUP_FLAGS_BITS,
	GROUP_FIX_AT
};

/* A packed group; borrowed from its transaction. */
struct group {
	uint64_t key; /* series_group() */
	size_t bytes;
	uint32_t rows, series, vagues;
	unsigned who_width, other_width, seq_width;
	unsigned row_bytes;
	uint64_t lowest;
	const uint8_t *dir, *row, *chunks, *vague;
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

static inline uint64_t group_number(const uint8_t *at, unsigned width)
{
	switch (width) {
	case 2:
		return le16_get(at);
	case 4:
		return le32_get(at);
	case 8:
		return le64_get(at);
	default:
		return 0;
	}
}

static inline const uint8_t *group_row(const struct group *group, uint32_t row)
{
	return group->row + (size_t)row * group->row_bytes;
}

static inline uint64_t group_series(const struct group *group, uint32_t i)
{
	return le64_get(group->dir + (size_t)i * GROUP_SERIES_BYTES);
}

/* The first row, and vague row, of series i; behind the last, how many there are. */
static inline uint32_t group_first_row(const struct group *group, uint32_t i)
{
	return i == group->series ?
		       group->rows :
		       le32_get(group->dir + (size_t)i * GROUP_SERIES_BYTES + 8);
}

static inline uint32_t group_first_vague(const struct group *group, uint32_t i)
{
	return i == group->series ?
		       group->vagues :
		       le32_get(group->dir + (size_t)i * GROUP_SERIES_BYTES +
				12);
}

/* On which days rows of series i begin: none before *out_from or behind *out_to. */
static inline void group_series_days(const struct group *group, uint32_t i,
				     int32_t *out_from, int32_t *out_to)
{
	const uint8_t *at = group->dir + (size_t)i * GROUP_SERIES_BYTES + 16;

	*out_from = (int32_t)le32_get(at);
	*out_to = (int32_t)le32_get(at + 4);
}

/* The reach of its last vague row; ENT_DAY_OPEN_START where none is vague. */
static inline int32_t group_series_reach(const struct group *group, uint32_t i)
{
	return (int32_t)le32_get(group->dir + (size_t)i * GROUP_SERIES_BYTES +
				 24);
}

/* The rows [*out_first, *out_end) of series i; none where the bytes are damaged. */
static inline void group_series_rows(const struct group *group, uint32_t i,
				     uint32_t *out_first, uint32_t *out_end)
{
	uint32_t first = group_first_row(group, i);
	uint32_t end = group_first_row(group, i + 1);

	*out_first = first;
	*out_end = end > group->rows || end < first ? first : end;
}

static inline int32_t group_lo(const struct group *group, uint32_t row)
{
	return (int32_t)le32_get(group_row(group, row));
}

static inline uint64_t group_seq(const struct group *group, uint32_t row)
{
	return group->lowest + group_number(group_row(group, row) +
						    GROUP_LO_BYTES,
					    group->seq_width);
}

/* The lowest seq of the chunk that row is in. */
static inline uint64_t group_chunk_lowest(const struct group *group,
					  uint32_t row)
{
	return group->lowest +
	       group_number(group->chunks + (size_t)(row / GROUP_CHUNK) *
						    group->seq_width,
			    group->seq_width);
}

static inline uint32_t group_what(const struct group *group, uint32_t row)
{
	return le16_get(group_row(group, row) + GROUP_LO_BYTES +
			group->seq_width);
}

static inline bool group_is_fix(const struct group *group, uint32_t row)
{
	return group_what(group, row) >> GROUP_FIX_AT & 1;
}

static inline bool group_is_vague(const struct group *group, uint32_t row)
{
	return group_what(group, row) >> GROUP_VAGUE_AT & 1;
}

static inline uint8_t group_type(const struct group *group, uint32_t row)
{
	return group_what(group, row) & ((1u << GROUP_TYPE_BITS) - 1);
}

static inline uint8_t group_modality(const struct group *group, uint32_t row)
{
	return group_what(group, row) >> GROUP_MODALITY_AT &
	       ((1u << GROUP_MODALITY_BITS) - 1);
}

static inline uint32_t group_who(const struct group *group, uint32_t row)
{
	return (uint32_t)group_number(group_row(group, row) + GROUP_LO_BYTES +
					      group->seq_width +
					      GROUP_WHAT_BYTES,
				      group->who_width);
}

static inline uint32_t group_other(const struct group *group, uint32_t row)
{
	return (uint32_t)group_number(group_row(group, row + 1) -
					      group->other_width,
				      group->other_width);
}

static inline struct vague group_vague(const struct group *group, uint32_t i)
{
	const uint8_t *at = group->vague + (size_t)i * GROUP_VAGUE_BYTES;

	return (struct vague){ .row = le32_get(at),
			       .hi = (int32_t)le32_get(at + 4),
			       .until_lo = (int32_t)le32_get(at + 8),
			       .until_hi = (int32_t)le32_get(at + 12),
			       .reach = (int32_t)le32_get(at + 16) };
}

/* The number of the first vague row of the series that is not before row. */
uint32_t group_vagues_before(const struct group *group, uint32_t series,
			     uint32_t row);

/* The whole item.  ENT_ECORRUPT: no such type, or no entry of a vague row. */
int group_item(const struct group *group, uint32_t series, uint32_t row,
	       struct item *out, struct ent_error *err);

#endif
