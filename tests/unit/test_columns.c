/*
 * test_columns.c - rows come back from columns as they went in, whatever they are;
 * and damaged columns are refused or read within their bytes.
 */
#include "check.h"

#include "ground/mem.h"
#include "log/block.h"
#include "log/columns.h"

static uint64_t dice_state = 7;

static uint64_t dice(uint64_t sides)
{
	uint64_t z = dice_state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (z ^ z >> 31) % sides;
}

/* Usual ones, and the ends of what there is. */
static int32_t any_day(void)
{
	static const int32_t ends[] = { ENT_DAY_OPEN_START, ENT_DAY_OPEN_END };

	switch (dice(8)) {
	case 0:
		return ends[dice(2)];
	case 1:
		return dice(2) ? ent_day(1, 1, 1) : ent_day(9999, 12, 31);
	default:
		return (int32_t)dice(30000) - 8000;
	}
}

static uint32_t any_code(void)
{
	return (uint32_t)(dice(3) == 0 ? 0 : dice((uint64_t)1 << dice(33)));
}

/* how: 0 plain rows that are nearly all alike, 1 anything. */
static struct row any_row(uint64_t seq, unsigned how)
{
	struct row row = {
		.seq = seq,
		.lo = how ? any_day() : 20000 + (int32_t)dice(100),
		.until_lo = ENT_DAY_OPEN_END,
		.until_hi = ENT_DAY_OPEN_END,
		.published_hi = ENT_DAY_OPEN_END,
		.alliance = how ? any_code() : 1,
		.actor = how ? any_code() : 2,
		.type = (uint8_t)dice(TYPE_COUNT),
	};

	if (row.type == TYPE_RETRACTED)
		row.type = TYPE_USER;
	row.phase = (uint8_t)vocabulary_row(row.type)->type.phase;
	if (row.lo == ENT_DAY_OPEN_END)
		row.lo = 0;
	row.hi = row.lo;
	if (how) {
		row.hi = any_day();
		row.until_lo = any_day();
		row.until_hi = any_day();
		row.published_hi = any_day();
		row.target = any_code();
		row.name = any_code();
		row.modality = (uint8_t)dice(5);
		row.flags = (uint8_t)dice(16);
	}
	return row;
}

static void check_rows(const struct row *rows, size_t count)
{
	static struct row back[BLOCK_EVENTS];
	struct buf packed = { 0 };
	struct columns columns;
	int32_t first = INT32_MAX;

	columns_pack(rows, count, &packed);
	assert_int_equal(columns_read(rows[0].seq,
				      (struct ent_bytes){ packed.data,
							  packed.len },
				      &columns, NULL), ENT_OK);
	assert_int_equal(columns.count, count);
	assert_int_equal(columns_unpack(&columns, back, NULL), ENT_OK);
	for (size_t i = 0; i < count; i++) {
		assert_memory_equal(&back[i], &rows[i], sizeof(rows[i]));
		assert_true(!rows[i].alliance ||
			    (columns.alliances &
			     columns_alliance_bit(rows[i].alliance)));
		first = rows[i].lo < first ? rows[i].lo : first;
	}
	assert_true(columns_may_count(&columns, first));
	if (first != ENT_DAY_OPEN_START)
		assert_false(columns_may_count(&columns, first - 1));
	buf_release(&packed);
}

static void rows_come_back(void **state)
{
	static struct row rows[BLOCK_EVENTS];

	(void)state;
	for (int round = 0; round < 400; round++) {
		size_t count = 1 + dice(round % 20 ? 40 : BLOCK_EVENTS);
		unsigned how = (unsigned)dice(2);

		memset(rows, 0, sizeof(rows));
		for (size_t i = 0; i < count; i++)
			rows[i] = any_row(77 + i, how);
		check_rows(rows, count);
	}
}

/* What is usual takes few bytes. */
static void usual_rows_are_small(void **state)
{
	static struct row rows[BLOCK_EVENTS];
	struct buf packed = { 0 };

	(void)state;
	for (size_t i = 0; i < BLOCK_EVENTS; i++)
		rows[i] = any_row(1 + i, 0);
	columns_pack(rows, BLOCK_EVENTS, &packed);
	assert_in_range(packed.len, 1, 4 * BLOCK_EVENTS + 64);
	buf_release(&packed);
}

static void a_retraction_has_only_its_type(void **state)
{
	struct row rows[2] = { any_row(5, 0), any_row(6, 0) }, back[2];
	struct buf packed = { 0 };
	struct columns columns;

	(void)state;
	rows[1].type = TYPE_RETRACTED;
	columns_pack(rows, 2, &packed);
	assert_int_equal(columns_read(5, (struct ent_bytes){ packed.data,
							     packed.len },
				      &columns, NULL), ENT_OK);
	assert_int_equal(columns_unpack(&columns, back, NULL), ENT_OK);
	assert_memory_equal(&back[0], &rows[0], sizeof(rows[0]));
	assert_int_equal(back[1].type, TYPE_RETRACTED);
	assert_int_equal(back[1].alliance, 0);
	buf_release(&packed);
}

/* In memory of just that length, so that a sanitizer sees a step beyond. */
static void damage_is_refused_or_stays_within(void **state)
{
	static struct row rows[64], back[BLOCK_EVENTS];
	struct buf packed = { 0 };
	size_t refused = 0;

	(void)state;
	for (size_t i = 0; i < 64; i++)
		rows[i] = any_row(1 + i, i % 4 == 0);
	columns_pack(rows, 64, &packed);
	for (int round = 0; round < 20000; round++) {
		size_t len = dice(4) ? packed.len : dice(packed.len + 1);
		uint8_t *copy = mem_raw(len ? len : 1);
		struct columns columns;
		int rc;

		memcpy(copy, packed.data, len);
		for (size_t n = dice(4); len > 0 && n > 0; n--)
			copy[dice(dice(2) ? len : len < 32 ? len : 32)] =
				(uint8_t)dice(256);
		rc = columns_read(1, (struct ent_bytes){ copy, len }, &columns,
				  NULL);
		if (rc == ENT_OK)
			rc = columns_unpack(&columns, back, NULL);
		assert_true(rc == ENT_OK || rc == ENT_ECORRUPT);
		refused += rc != ENT_OK;
		mem_free(copy);
	}
	assert_true(refused > 1000);
	buf_release(&packed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_come_back),
		cmocka_unit_test(usual_rows_are_small),
		cmocka_unit_test(a_retraction_has_only_its_type),
		cmocka_unit_test(damage_is_refused_or_stays_within),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
