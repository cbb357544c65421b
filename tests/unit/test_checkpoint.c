/*
 * test_checkpoint.c - packed groups: rows come back, and damaged ones are refused
 * or read within their bytes; and checkpoints that damage is found in.
 */
#include "logs.h"

#include "ground/mem.h"
#include "log/log.h"
#include "state/checkpoint/checkpoint_rows.h"

#include <lmdb.h>

static uint64_t dice_state = 5;

static uint64_t dice(uint64_t sides)
{
	uint64_t z = dice_state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (z ^ z >> 31) % sides;
}

static struct item any_item(uint64_t seq, uint64_t highest)
{
	struct item item = {
		.group = series_group(GROUP_ALLIANCE, 7),
		.series = series_key(SERIES_MEMBER, (uint32_t)dice(9)),
		.seq = dice(3) ? seq : dice(highest) + 1,
		.lo = (int32_t)dice(3000),
		.until_lo = ENT_DAY_OPEN_END,
		.until_hi = ENT_DAY_OPEN_END,
		.who = (uint32_t)dice(dice(9) ? 300 : UINT32_MAX),
		.type = (uint8_t)(TYPE_MEMBER_APPLIED + dice(9)),
		.modality = (uint8_t)dice(5),
		.flags = (uint8_t)dice(16),
	};

	item.phase = (uint8_t)vocabulary_row(item.type)->type.phase;
	item.hi = item.lo + (dice(5) ? 0 : (int32_t)dice(400));
	if (dice(7) == 0)
		item.until_lo = item.until_hi = item.hi + (int32_t)dice(900);
	item.fixed = dice(10) == 0;
	return item;
}

static int by_order(const void *left, const void *right)
{
	return item_compare(left, right);
}

static struct item *make_items(size_t count, uint64_t highest)
{
	struct item *items = mem_new(count, sizeof(*items));

	for (size_t i = 0; i < count; i++)
		items[i] = any_item(1 + i, highest);
	qsort(items, count, sizeof(*items), by_order);
	return items;
}

static bool same_item(const struct item *a, const struct item *b)
{
	return item_compare(a, b) == 0 && a->hi == b->hi &&
	       a->until_lo == b->until_lo && a->until_hi == b->until_hi &&
	       a->who == b->who && a->other == b->other &&
	       a->type == b->type && a->modality == b->modality &&
	       a->flags == b->flags && a->phase == b->phase;
}

static void check_group(size_t count, uint64_t highest)
{
	struct item *items = make_items(count, highest), back;
	struct buf packed = { 0 };
	struct group group;
	size_t i = 0;

	group_pack(items, count, &packed);
	assert_int_equal(group_read(items[0].group,
				    (struct ent_bytes){ packed.data,
							packed.len },
				    &group, NULL), ENT_OK);
	for (uint32_t s = 0; s < group.series; s++) {
		uint32_t row, end;

		group_series_rows(&group, s, &row, &end);
		for (; row < end; row++, i++) {
			while (i > 0 && items[i].fixed &&
			       item_compare(&items[i - 1], &items[i]) == 0)
				i++; /* a double */
			assert_int_equal(group_item(&group, s, row, &back,
						    NULL), ENT_OK);
			assert_true(same_item(&back, &items[i]));
			assert_true(group_chunk_lowest(&group, row) <=
				    back.seq);
		}
	}
	buf_release(&packed);
	mem_free(items);
}

static void rows_come_back(void **state)
{
	static const size_t counts[] = { 1, 2, 127, 128, 129, 3000 };

	(void)state;
	for (size_t i = 0; i < COUNT(counts); i++) {
		check_group(counts[i], counts[i]);
		check_group(counts[i], (uint64_t)1 << 40);
	}
}

/* By search, and by looking at every row. */
static void searches_find_the_day(void **state)
{
	struct item *items = make_items(4000, 4000);
	struct buf packed = { 0 };
	struct group group;

	(void)state;
	group_pack(items, 4000, &packed);
	assert_int_equal(group_read(1, (struct ent_bytes){ packed.data,
							   packed.len },
				    &group, NULL), ENT_OK);
	for (int round = 0; round < 3000; round++) {
		uint32_t series = (uint32_t)dice(group.series), first, end;
		uint32_t count = 0;
		int32_t day = (int32_t)dice(3200) - 100;

		group_series_rows(&group, series, &first, &end);
		for (uint32_t row = first; row < end; row++)
			count += group_lo(&group, row) <= day;
		assert_int_equal(legs_upper(&group, first, end, day), count);
	}
	buf_release(&packed);
	mem_free(items);
}

static int nothing(const struct item *item, void *arg, struct ent_error *err)
{
	(void)item;
	(void)arg;
	(void)err;
	return ENT_OK;
}

/* Everything that a walk looks at.  Nothing in it is dead: no transaction is
 * needed for rows without marks. */
static void walk_all(const struct group *group)
{
	struct legs legs = { .known = 1000 };
	struct item item;

	for (uint32_t s = 0; s < group->series; s++) {
		legs.day = (int32_t)dice(3000);
		legs.count = 0;
		legs_add(&legs, group, s);
		for (uint32_t row = 0; row < 3 && legs.count > 0; row++) {
			struct leg *leg = &legs.items[0];

			if (leg->at > leg->first)
				(void)group_item(group, s, leg->at - 1, &item,
						 NULL);
		}
		legs.known = 0; /* none is asked whether it is alive */
		(void)legs_reaching(&legs, 5, ENT_DAY_OPEN_START, nothing,
				    NULL, NULL);
		legs.known = 1000;
	}
}

/* In memory of just that length, so that a sanitizer sees a step beyond. */
static void damage_is_refused_or_stays_within(void **state)
{
	struct item *items = make_items(200, 200);
	struct buf packed = { 0 };
	struct group group;
	size_t refused = 0;

	(void)state;
	group_pack(items, 200, &packed);
	for (size_t round = 0; round < 4 * packed.len; round++) {
		size_t len = dice(20) ? packed.len : dice(packed.len + 1);
		uint8_t *copy = mem_raw(len + 1);
		int rc;

		memcpy(copy, packed.data, len);
		if (len > 0)
			copy[round % len] ^= (uint8_t)(1 + dice(255));
		rc = group_read(1, (struct ent_bytes){ copy, len }, &group,
				NULL);
		assert_true(rc == ENT_OK || rc == ENT_ECORRUPT);
		refused += rc != ENT_OK;
		if (rc == ENT_OK)
			walk_all(&group);
		mem_free(copy);
	}
	assert_true(refused > 50);
	buf_release(&packed);
	mem_free(items);
}

/* ---- in a log ------------------------------------------------------------------ */

static void make_log(void)
{
	APPEND("'type':'alliance.founded','alliance':'A','date':'2000'",
	       "'type':'member.joined','alliance':'A','actor':'ARM','date':'2001'",
	       "'type':'aid.sent','actor':'ARM','target':'RUS','date':'2001'",
	       "'type':'event.retracted','retracts':'#2','data':{'reason':'r'}");
	assert_int_equal(ent_checkpoint_build(logs_log, 1, NULL), ENT_OK);
}

static int count_one(const struct ent_checkpoint *checkpoint, void *arg)
{
	struct ent_checkpoint *sum = arg;

	sum->groups += checkpoint->groups;
	sum->last_seq = checkpoint->last_seq;
	sum->bytes += checkpoint->bytes;
	return 0;
}

static void they_are_listed_and_dropped(void **state)
{
	struct ent_checkpoint sum = { 0 };

	(void)state;
	assert_int_equal(ent_checkpoint_list(logs_log, count_one, &sum, NULL),
			 ENT_OK);
	assert_int_equal(sum.last_seq, 0);
	make_log();
	assert_int_equal(ent_checkpoint_list(logs_log, count_one, &sum, NULL),
			 ENT_OK);
	assert_int_equal(sum.last_seq, 4);
	assert_int_equal(sum.groups, 2);
	assert_true(sum.bytes > 50);
	assert_int_equal(ent_checkpoint_drop(logs_log, NULL), ENT_OK);
	sum.groups = 0;
	assert_int_equal(ent_checkpoint_list(logs_log, count_one, &sum, NULL),
			 ENT_OK);
	assert_int_equal(sum.groups, 0);
}

/* The bit of one byte of the only alliance's group, behind the log's back. */
static size_t flip(size_t at)
{
	uint8_t key_bytes[13] = { GROUP_ALLIANCE, 0, 0, 0, 1,
				  0, 0, 0, 0, 0, 0, 0, 1 }, bytes[4096];
	MDB_val key = { sizeof(key_bytes), key_bytes }, value;
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi dbi;

	ent_log_close(logs_log);
	assert_int_equal(mdb_env_create(&env), 0);
	mdb_env_set_maxdbs(env, 16);
	assert_int_equal(mdb_env_open(env, logs_dir, 0, 0600), 0);
	assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
	assert_int_equal(mdb_dbi_open(txn, "checkpoints", 0, &dbi), 0);
	assert_int_equal(mdb_get(txn, dbi, &key, &value), 0);
	assert_true(at < value.mv_size && value.mv_size < sizeof(bytes));
	memcpy(bytes, value.mv_data, value.mv_size);
	bytes[at] ^= 1;
	value.mv_data = bytes;
	assert_int_equal(mdb_put(txn, dbi, &key, &value, 0), 0);
	assert_int_equal(mdb_txn_commit(txn), 0);
	mdb_env_close(env);
	assert_int_equal(ent_log_open(logs_dir, NULL, &logs_log, NULL), ENT_OK);
	return value.mv_size;
}

static void every_byte_is_verified(void **state)
{
	struct ent_verified out;
	size_t len = 2;

	(void)state;
	make_log();
	for (size_t at = 0; at < len; at++) {
		len = flip(at);
		assert_int_equal(ent_log_verify(logs_log, NULL, NULL, NULL,
						&out, NULL), ENT_OK);
		assert_int_equal(out.findings, 1);
		flip(at);
	}
	assert_int_equal(ent_log_verify(logs_log, NULL, NULL, NULL, &out, NULL),
			 ENT_OK);
	assert_int_equal(out.findings, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_come_back),
		cmocka_unit_test(searches_find_the_day),
		cmocka_unit_test(damage_is_refused_or_stays_within),
		LOG_TEST(they_are_listed_and_dropped),
		LOG_TEST(every_byte_is_verified),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
