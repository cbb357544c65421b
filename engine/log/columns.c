/*
 * columns.c - packing rows into columns, and unpacking them.
 */
#include "log/columns.h"

#include "ground/le.h"
#include "log/block.h"

#include <inttypes.h>
#include <string.h>

enum column {
	COLUMN_LO,
	COLUMN_HI,
	COLUMN_UNTIL_LO,
	COLUMN_UNTIL_HI,
	COLUMN_PUBLISHED,
	COLUMN_ALLIANCE,
	COLUMN_ACTOR,
	COLUMN_TARGET,
	COLUMN_NAME,
	COLUMN_TYPE,
	COLUMN_HOW, /* modality, and flags above its 3 bits */
	COLUMN_COUNT
};

enum {
	HEAD_BYTES = 20,
	BITMAP_BYTES = BLOCK_EVENTS / 8,
	SPARSE = 0x10, /* added to a width of 1, 2 or 4; mode 0: all are 0 */
	MODALITY_BITS = 3
};

/* Hardened builds zero each variable first.  Those below are large, are written
 * before they are read, and zeroing them costs more than the rows of a small block. */
#ifdef __has_attribute
#if __has_attribute(uninitialized)
#define NOT_ZEROED __attribute__((uninitialized))
#endif
#endif
#ifndef NOT_ZEROED
#define NOT_ZEROED
#endif

/* The columns of one block as numbers. */
struct numbers {
	uint32_t of[COLUMN_COUNT][BLOCK_EVENTS];
};

/* ---- days as small numbers ------------------------------------------------ */

/* No end is 0 and no start 1; the others count both ways from a day. */
static uint32_t day_code(int32_t day, int32_t from)
{
	int64_t ahead = (int64_t)day - from;

	if (day == ENT_DAY_OPEN_END)
		return 0;
	if (day == ENT_DAY_OPEN_START)
		return 1;
	return (uint32_t)(ahead >= 0 ? 2 * ahead : -2 * ahead - 1) + 2;
}

static int32_t day_of_code(uint32_t code, int32_t from)
{
	uint32_t zigzag = code - 2;
	uint32_t ahead = zigzag & 1 ? ~(zigzag >> 1) : zigzag >> 1;

	if (code < 2)
		return code == 0 ? ENT_DAY_OPEN_END : ENT_DAY_OPEN_START;
	return (int32_t)((uint32_t)from + ahead);
}

static bool takes_part(const struct row *row)
{
	return row->type != TYPE_RETRACTED;
}

/* What the other days of a row count from. */
static int32_t origin(int32_t lo, int32_t base_day)
{
	return lo == ENT_DAY_OPEN_START ? base_day : lo;
}

static void number_row(const struct row *row, int32_t base_day, size_t i,
		       struct numbers *n)
{
	int32_t from = origin(row->lo, base_day);

	for (unsigned c = 0; c < COLUMN_COUNT; c++)
		n->of[c][i] = 0;
	n->of[COLUMN_TYPE][i] = row->type;
	if (!takes_part(row))
		return;
	n->of[COLUMN_LO][i] = row_has_open_start(row) ?
				      0 :
				      (uint32_t)(row->lo - base_day) + 1;
	n->of[COLUMN_HI][i] =
		row->hi == row->lo ? 0 : day_code(row->hi, from) + 1;
	n->of[COLUMN_UNTIL_LO][i] = day_code(row->until_lo, from);
	n->of[COLUMN_UNTIL_HI][i] = day_code(row->until_hi, from);
	n->of[COLUMN_PUBLISHED][i] = day_code(row->published_hi, from);
	n->of[COLUMN_ALLIANCE][i] = row->alliance;
	n->of[COLUMN_ACTOR][i] = row->actor;
	n->of[COLUMN_TARGET][i] = row->target;
	n->of[COLUMN_NAME][i] = row->name;
	n->of[COLUMN_HOW][i] = row->modality |
			       (uint32_t)row->flags << MODALITY_BITS;
}

/* The phases of all types, at hand in one line of the processor's cache. */
static void fill_phases(uint8_t phases[TYPE_COUNT])
{
	for (unsigned type = 0; type < TYPE_COUNT; type++)
		phases[type] = (uint8_t)vocabulary_row(type)->type.phase;
}

static void row_of_numbers(const struct columns *c, const uint32_t *const *n,
			   const uint8_t *phases, uint32_t i, struct row *out)
{
	uint32_t lo = n[COLUMN_LO][i], hi = n[COLUMN_HI][i];
	int32_t from;

	out->seq = c->first + i;
	out->lo = lo == 0 ? ENT_DAY_OPEN_START :
			    (int32_t)((uint32_t)c->base_day + lo - 1);
	from = origin(out->lo, c->base_day);
	out->hi = hi == 0 ? out->lo : day_of_code(hi - 1, from);
	out->until_lo = day_of_code(n[COLUMN_UNTIL_LO][i], from);
	out->until_hi = day_of_code(n[COLUMN_UNTIL_HI][i], from);
	out->published_hi = day_of_code(n[COLUMN_PUBLISHED][i], from);
	out->alliance = n[COLUMN_ALLIANCE][i];
	out->actor = n[COLUMN_ACTOR][i];
	out->target = n[COLUMN_TARGET][i];
	out->name = n[COLUMN_NAME][i];
	out->type = (uint8_t)n[COLUMN_TYPE][i];
	out->phase = phases[out->type];
	out->modality = n[COLUMN_HOW][i] & ((1u << MODALITY_BITS) - 1);
	out->flags = (uint8_t)(n[COLUMN_HOW][i] >> MODALITY_BITS);
}

/* ---- packing --------------------------------------------------------------- */

static unsigned width_of(uint32_t largest)
{
	return largest > UINT16_MAX ? 4 : largest > UINT8_MAX ? 2 :
	       largest > 0		? 1 : 0;
}

static unsigned choose_mode(const uint32_t *column, size_t count)
{
	uint32_t largest = 0;
	size_t used = 0;
	unsigned width;

	for (size_t i = 0; i < count; i++) {
		largest = column[i] > largest ? column[i] : largest;
		used += column[i] != 0;
	}
	width = width_of(largest);
	return (count + 7) / 8 + used * width < count * width ?
		       width | SPARSE : width;
}

static void add_column(const uint32_t *column, size_t count, unsigned mode,
		       struct buf *out)
{
	unsigned width = mode & ~(unsigned)SPARSE;
	uint8_t bitmap[BITMAP_BYTES] = { 0 };

	for (size_t i = 0; i < count; i++)
		bitmap[i / 8] |= (uint8_t)((column[i] != 0) << i % 8);
	if (mode & SPARSE)
		buf_add(out, bitmap, (count + 7) / 8);
	for (size_t i = 0; width > 0 && i < count; i++)
		if (column[i] != 0 || !(mode & SPARSE))
			le_add(out, column[i], width);
}

/* The days from the first to the last on which an event of the block begins. */
static void find_days(const struct row *rows, size_t count, int32_t *out_base,
		      int32_t *out_last)
{
	bool any = false;

	*out_base = *out_last = 0;
	for (size_t i = 0; i < count; i++) {
		if (!takes_part(&rows[i]) || row_has_open_start(&rows[i]))
			continue;
		if (!any || rows[i].lo < *out_base)
			*out_base = rows[i].lo;
		if (!any || rows[i].lo > *out_last)
			*out_last = rows[i].lo;
		any = true;
	}
}

static size_t count_open_starts(const struct row *rows, size_t count)
{
	size_t open = 0;

	for (size_t i = 0; i < count; i++)
		open += takes_part(&rows[i]) && row_has_open_start(&rows[i]);
	return open;
}

static uint64_t alliances_of(const struct row *rows, size_t count)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < count; i++)
		if (takes_part(&rows[i]) && rows[i].alliance != 0)
			bits |= columns_alliance_bit(rows[i].alliance);
	return bits;
}

void columns_pack(const struct row *rows, size_t count, struct buf *out)
{
	struct numbers numbers NOT_ZEROED;
	uint8_t modes[COLUMN_COUNT];
	int32_t base_day, last_day;

	find_days(rows, count, &base_day, &last_day);
	for (size_t i = 0; i < count; i++)
		number_row(&rows[i], base_day, i, &numbers);
	for (unsigned c = 0; c < COLUMN_COUNT; c++)
		/* cppcheck-suppress uninitvar ; as many as there are rows */
		modes[c] = (uint8_t)choose_mode(numbers.of[c], count);
	le_add(out, count, 2);
	le_add(out, count_open_starts(rows, count), 2);
	le_add(out, (uint32_t)base_day, 4);
	le_add(out, (uint32_t)last_day, 4);
	le_add(out, alliances_of(rows, count), 8);
	buf_add(out, modes, sizeof(modes));
	for (unsigned c = 0; c < COLUMN_COUNT; c++)
		add_column(numbers.of[c], count, modes[c], out);
}

/* ---- unpacking -------------------------------------------------------------- */

int columns_read(uint64_t first, struct ent_bytes value, struct columns *out,
		 struct ent_error *err)
{
	const uint8_t *at = value.data;
	uint32_t count = value.len >= HEAD_BYTES + COLUMN_COUNT ?
				 le16_get(at) : 0;

	if (count == 0 || count > BLOCK_EVENTS)
		return ent_error_set(err, ENT_ECORRUPT,
				     "the columns of event %" PRIu64
				     " have %zu bytes, for %u events",
				     first, value.len, count);
	*out = (struct columns){ .first = first,
				 .count = count,
				 .open_starts = le16_get(at + 2),
				 .base_day = (int32_t)le32_get(at + 4),
				 .last_day = (int32_t)le32_get(at + 8),
				 .alliances = le64_get(at + 12),
				 .value = value };
	return ENT_OK;
}

bool columns_may_count(const struct columns *columns, int32_t day)
{
	return columns->base_day <= day || columns->open_starts > 0;
}

uint64_t columns_alliance_bit(uint32_t alliance)
{
	return (uint64_t)1 << alliance % 64;
}

static void widen(const uint8_t *at, size_t count, unsigned width,
		  uint32_t *out)
{
	if (width == 1)
		for (size_t i = 0; i < count; i++)
			out[i] = at[i];
	else if (width == 2)
		for (size_t i = 0; i < count; i++)
			out[i] = le16_get(at + 2 * i);
	else
		for (size_t i = 0; i < count; i++)
			out[i] = le32_get(at + 4 * i);
}

static size_t count_bits(const uint8_t *bitmap, size_t bytes)
{
	size_t count = 0;

	for (size_t i = 0; i < bytes; i++)
		count += (size_t)__builtin_popcount(bitmap[i]);
	return count;
}

/* From the last to the first: the packed numbers stand at the start of out. */
static void spread(const uint8_t *bitmap, size_t count, size_t used,
		   uint32_t *out)
{
	for (size_t i = count; i-- > 0;)
		out[i] = bitmap[i / 8] >> i % 8 & 1 ? out[--used] : 0;
}

/* Bytes that the column takes, or 0 where it does not end within len. */
static size_t read_column(const uint8_t *at, size_t len, unsigned mode,
			  size_t count, uint32_t *out)
{
	size_t bitmap = mode & SPARSE ? (count + 7) / 8 : 0, used = count;
	unsigned width = mode & ~(unsigned)SPARSE;

	if ((width != 1 && width != 2 && width != 4) || len < bitmap)
		return 0;
	if (bitmap)
		used = count_bits(at, bitmap);
	if (used > count || len - bitmap < used * width)
		return 0;
	widen(at + bitmap, used, width, out);
	if (bitmap)
		spread(at, count, used, out);
	return bitmap + used * width;
}

static int column_error(const struct columns *c, unsigned column,
			struct ent_error *err)
{
	return ent_error_set(err, ENT_ECORRUPT,
			     "column %u of the block of event %" PRIu64
			     " is damaged", column, c->first);
}

static int read_columns(const struct columns *c, struct numbers *numbers,
			const uint32_t **out, struct ent_error *err)
{
	static const uint32_t zeros[BLOCK_EVENTS];
	const uint8_t *at = c->value.data, *modes = at + HEAD_BYTES;
	size_t used = HEAD_BYTES + COLUMN_COUNT, took;

	for (unsigned i = 0; i < COLUMN_COUNT; i++) {
		out[i] = zeros;
		if (modes[i] == 0)
			continue;
		took = read_column(at + used, c->value.len - used, modes[i],
				   c->count, numbers->of[i]);
		if (took == 0)
			return column_error(c, i, err);
		used += took;
		out[i] = numbers->of[i];
	}
	return ENT_OK;
}

int columns_unpack(const struct columns *columns, struct row *rows,
		   struct ent_error *err)
{
	struct numbers numbers NOT_ZEROED;
	const uint32_t *of[COLUMN_COUNT];
	uint8_t phases[TYPE_COUNT];
	uint32_t largest = 0;
	int rc = read_columns(columns, &numbers, of, err);

	if (rc < 0)
		return rc;
	for (uint32_t i = 0; i < columns->count; i++)
		largest = of[COLUMN_TYPE][i] > largest ? of[COLUMN_TYPE][i] :
							 largest;
	if (largest >= TYPE_COUNT)
		return column_error(columns, COLUMN_TYPE, err);
	fill_phases(phases);
	for (uint32_t i = 0; i < columns->count; i++)
		row_of_numbers(columns, of, phases, i, &rows[i]);
	return ENT_OK;
}
