/*
 * group.c - packing series, and reading rows of them.
 */
#include "state/checkpoint/group.h"

#include "ground/le.h"

#include <assert.h>

enum { HEAD_BYTES = 24 };

static_assert(TYPE_COUNT <= 1 << GROUP_TYPE_BITS, "a type fits into its bits");

/* ---- packing ------------------------------------------------------------ */

/* What the widths of a group depend on. */
struct extent {
	uint32_t rows, series, vagues;
	uint32_t who, other;
	uint64_t lowest, highest;
};

static bool is_double(const struct item *items, size_t i)
{
	return i > 0 && items[i].fixed &&
	       item_compare(&items[i - 1], &items[i]) == 0;
}

static struct extent measure(const struct item *items, size_t count)
{
	struct extent e = { .lowest = UINT64_MAX };

	for (size_t i = 0; i < count; i++) {
		const struct item *item = &items[i];

		if (is_double(items, i))
			continue;
		e.rows++;
		e.series += i == 0 || items[i - 1].series != item->series;
		e.vagues += item_is_vague(item);
		e.who = item->who > e.who ? item->who : e.who;
		e.other = item->other > e.other ? item->other : e.other;
		e.lowest = item->seq < e.lowest ? item->seq : e.lowest;
		e.highest = item->seq > e.highest ? item->seq : e.highest;
	}
	return e;
}

static unsigned code_width(uint32_t largest)
{
	return largest > UINT16_MAX ? 4 : largest > 0 ? 2 : 0;
}

static void add_head(struct buf *out, const struct extent *e,
		     unsigned seq_width)
{
	le_add(out, e->rows, 4);
	le_add(out, e->series, 4);
	le_add(out, e->vagues, 4);
	le_add(out, code_width(e->who), 1);
	le_add(out, code_width(e->other), 1);
	le_add(out, seq_width, 1);
	le_add(out, 0, 1);
	le_add(out, e->lowest, 8);
}

static void add_days(struct buf *out, const struct item *items, size_t count)
{
	int32_t reach = ENT_DAY_OPEN_START;
	size_t i = 0;

	for (; i < count && items[i].series == items[0].series; i++)
		if (item_is_vague(&items[i]) && items[i].hi > reach)
			reach = items[i].hi;
	le_add(out, (uint32_t)items[0].lo, 4);
	le_add(out, (uint32_t)items[i - 1].lo, 4);
	le_add(out, (uint32_t)reach, 4);
}

static void add_series(struct buf *out, const struct item *items, size_t count)
{
	uint32_t row = 0, vague = 0;

	for (size_t i = 0; i < count; i++) {
		if (is_double(items, i))
			continue;
		if (i == 0 || items[i - 1].series != items[i].series) {
			le_add(out, items[i].series, 8);
			le_add(out, row, 4);
			le_add(out, vague, 4);
			add_days(out, items + i, count - i);
		}
		row++;
		vague += item_is_vague(&items[i]);
	}
}

static uint32_t what_of(const struct item *item)
{
	return item->type | (uint32_t)item->modality << GROUP_MODALITY_AT |
	       (uint32_t)item->flags << GROUP_FLAGS_AT |
	       (uint32_t)item_is_vague(item) << GROUP_VAGUE_AT |
	       (uint32_t)item->fixed << GROUP_FIX_AT;
}

static void add_rows(struct buf *out, const struct item *items, size_t count,
		     const struct extent *e, unsigned seq_width)
{
	for (size_t i = 0; i < count; i++) {
		if (is_double(items, i))
			continue;
		le_add(out, (uint32_t)items[i].lo, GROUP_LO_BYTES);
		le_add(out, items[i].seq - e->lowest, seq_width);
		le_add(out, what_of(&items[i]), GROUP_WHAT_BYTES);
		le_add(out, items[i].who, code_width(e->who));
		le_add(out, items[i].other, code_width(e->other));
	}
}

static void add_chunks(struct buf *out, const struct item *items, size_t count,
		       unsigned width, uint64_t lowest)
{
	uint64_t least = UINT64_MAX;
	size_t rows = 0;

	for (size_t i = 0; i < count; i++) {
		if (is_double(items, i))
			continue;
		least = items[i].seq < least ? items[i].seq : least;
		if (++rows % GROUP_CHUNK != 0)
			continue;
		le_add(out, least - lowest, width);
		least = UINT64_MAX;
	}
	if (rows % GROUP_CHUNK != 0)
		le_add(out, least - lowest, width);
}

static void add_vagues(struct buf *out, const struct item *items, size_t count)
{
	int32_t reach = INT32_MIN;
	uint32_t row = 0;

	for (size_t i = 0; i < count; i++) {
		const struct item *item = &items[i];

		if (is_double(items, i))
			continue;
		if (i > 0 && items[i - 1].series != item->series)
			reach = INT32_MIN;
		if (item_is_vague(item)) {
			reach = item->hi > reach ? item->hi : reach;
			le_add(out, row, 4);
			le_add(out, (uint32_t)item->hi, 4);
			le_add(out, (uint32_t)item->until_lo, 4);
			le_add(out, (uint32_t)item->until_hi, 4);
			le_add(out, (uint32_t)reach, 4);
		}
		row++;
	}
}

void group_pack(const struct item *items, size_t count, struct buf *out)
{
	struct extent e = measure(items, count);
	unsigned seq_width = e.highest - e.lowest > UINT32_MAX ? 8 : 4;

	add_head(out, &e, seq_width);
	add_series(out, items, count);
	add_rows(out, items, count, &e, seq_width);
	add_chunks(out, items, count, seq_width, e.lowest);
	add_vagues(out, items, count);
}

/* ---- reading ------------------------------------------------------------- */

static bool is_width(unsigned width)
{
	return width == 0 || width == 2 || width == 4;
}

static size_t chunk_count(uint32_t rows)
{
	return ((size_t)rows + GROUP_CHUNK - 1) / GROUP_CHUNK;
}

static void place_parts(struct group *g, const uint8_t *at)
{
	g->dir = at + HEAD_BYTES;
	g->row = g->dir + (size_t)g->series * GROUP_SERIES_BYTES;
	g->chunks = g->row + (size_t)g->rows * g->row_bytes;
	g->vague = g->chunks + chunk_count(g->rows) * g->seq_width;
}

static size_t bytes_of(const struct group *g)
{
	return HEAD_BYTES + (size_t)g->series * GROUP_SERIES_BYTES +
	       (size_t)g->rows * g->row_bytes +
	       chunk_count(g->rows) * g->seq_width +
	       (size_t)g->vagues * GROUP_VAGUE_BYTES;
}

int group_read(uint64_t key, struct ent_bytes value, struct group *out,
	       struct ent_error *err)
{
	const uint8_t *at = value.data;
	struct group g = { .key = key, .bytes = value.len };

	if (value.len < HEAD_BYTES)
		return ent_error_set(err, ENT_ECORRUPT,
				     "a group of a checkpoint has %zu bytes, at least %d",
				     value.len, HEAD_BYTES);
	g.rows = le32_get(at);
	g.series = le32_get(at + 4);
	g.vagues = le32_get(at + 8);
	g.who_width = at[12];
	g.other_width = at[13];
	g.seq_width = at[14];
	g.row_bytes = GROUP_LO_BYTES + g.seq_width + GROUP_WHAT_BYTES +
		      g.who_width + g.other_width;
	g.lowest = le64_get(at + 16);
	if (!is_width(g.who_width) || !is_width(g.other_width) ||
	    (g.seq_width != 4 && g.seq_width != 8) || bytes_of(&g) != value.len)
		return ent_error_set(err, ENT_ECORRUPT,
				     "a group of a checkpoint has %zu bytes instead of %zu",
				     value.len, bytes_of(&g));
	place_parts(&g, at);
	*out = g;
	return ENT_OK;
}

/* Those of a series only are looked at, which are few. */
uint32_t group_vagues_before(const struct group *group, uint32_t series,
			     uint32_t row)
{
	uint32_t lo = group_first_vague(group, series);
	uint32_t hi = group_first_vague(group, series + 1);

	hi = hi > group->vagues ? group->vagues : hi;
	lo = lo > hi ? hi : lo;
	while (lo < hi) {
		uint32_t middle = lo + (hi - lo) / 2;

		if (group_vague(group, middle).row < row)
			lo = middle + 1;
		else
			hi = middle;
	}
	return lo;
}

static int take_vague(const struct group *group, uint32_t series, uint32_t row,
		      struct item *item, struct ent_error *err)
{
	uint32_t i = group_vagues_before(group, series, row);
	struct vague vague;

	if (i < group->vagues) {
		vague = group_vague(group, i);
		item->hi = vague.hi;
		item->until_lo = vague.until_lo;
		item->until_hi = vague.until_hi;
		if (vague.row == row)
			return ENT_OK;
	}
	return ent_error_set(err, ENT_ECORRUPT,
			     "row %u of a checkpoint has no entry for its dates",
			     row);
}

int group_item(const struct group *group, uint32_t series, uint32_t row,
	       struct item *out, struct ent_error *err)
{
	struct item item = {
		.group = group->key,
		.series = group_series(group, series),
		.seq = group_seq(group, row),
		.lo = group_lo(group, row),
		.hi = group_lo(group, row),
		.until_lo = ENT_DAY_OPEN_END,
		.until_hi = ENT_DAY_OPEN_END,
		.who = group_who(group, row),
		.other = group_other(group, row),
		.type = group_type(group, row),
		.modality = group_modality(group, row),
		.flags = group_what(group, row) >> GROUP_FLAGS_AT & ((1u << GROUP_FLAGS_BITS) - 1),
		.fixed = group_is_fix(group, row),
	};

	if (item.type >= TYPE_COUNT)
		return ent_error_set(err, ENT_ECORRUPT,
				     "row %u of a checkpoint has the unknown type %u",
				     row, item.type);
	item.phase = (uint8_t)vocabulary_row(item.type)->type.phase;
	if (group_is_vague(group, row)) {
		int rc = take_vague(group, series, row, &item, err);

		if (rc < 0)
			return rc;
	}
	*out = item;
	return ENT_OK;
}
