/*
 * test_ids.c - ids in runs: found after appends of any size, and damaged runs are
 * refused or read within their bytes.
 */
#include "logs.h"

#include "ground/be.h"
#include "ground/mem.h"
#include "log/ids.h"
#include "log/log.h"

static uint64_t dice_state = 11;

static uint64_t dice(uint64_t sides)
{
	uint64_t z = dice_state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (z ^ z >> 31) % sides;
}

/* ---- runs ------------------------------------------------------------------ */

static struct id_entry *make_entries(size_t count, uint64_t first)
{
	struct id_entry *entries = mem_new(count, sizeof(*entries));

	for (size_t i = 0; i < count; i++) /* some hashes are there twice */
		entries[i] = (struct id_entry){
			i % 5 == 4 ? entries[i - 1].hash :
				     dice((uint64_t)1 << ID_HASH_BITS),
			first + i
		};
	qsort(entries, count, sizeof(*entries), id_entry_compare);
	return entries;
}

static bool run_has(const struct id_run *run, const struct id_entry *entry)
{
	uint32_t from, end;

	id_run_bucket(run, entry->hash, &from, &end);
	while ((from = id_run_search(run, entry->hash, from, end)) < end)
		if (id_run_seq(run, from++) == entry->seq)
			return true;
	return false;
}

static void check_run(size_t count, uint64_t first)
{
	struct id_entry *entries = make_entries(count, first);
	struct buf packed = { 0 };
	struct id_run run;
	uint32_t bucket = 0;

	id_run_pack(entries, count, first, &packed);
	assert_int_equal(id_run_read((struct ent_bytes){ packed.data,
							 packed.len },
				     &run, NULL), ENT_OK);
	assert_int_equal(run.count, count);
	for (uint32_t i = 0; i < count; i++) {
		struct id_entry back = id_run_entry(&run, i, &bucket);

		assert_memory_equal(&back, &entries[i], sizeof(back));
		assert_true(run_has(&run, &entries[i]));
	}
	for (size_t i = 0; i < 1000; i++) {
		struct id_entry none = { dice((uint64_t)1 << ID_HASH_BITS),
					 first + count };

		assert_false(run_has(&run, &none));
	}
	buf_release(&packed);
	mem_free(entries);
}

static void runs_of_any_size(void **state)
{
	static const size_t counts[] = { 1,    2,     7,     255,   256,
					 1000, 16384, 99999, 600000 };

	(void)state;
	for (size_t i = 0; i < COUNT(counts); i++)
		check_run(counts[i], i % 2 ? 1 : (uint64_t)1 << 33);
}

/* In memory of just that length, so that a sanitizer sees a step beyond. */
static void damaged_runs(void **state)
{
	struct id_entry *entries = make_entries(300, 1);
	struct buf packed = { 0 };
	struct id_run run;
	size_t refused = 0;

	(void)state;
	id_run_pack(entries, 300, 1, &packed);
	for (size_t round = 0; round < 2 * packed.len; round++) {
		size_t len = dice(8) ? packed.len : dice(packed.len + 1);
		uint8_t *copy = mem_raw(len + 1);
		uint32_t bucket = 0;
		int rc;

		memcpy(copy, packed.data, len);
		if (len > 0)
			copy[round % len] ^= (uint8_t)(1 + dice(255));
		rc = id_run_read((struct ent_bytes){ copy, len }, &run, NULL);
		assert_true(rc == ENT_OK || rc == ENT_ECORRUPT);
		refused += rc != ENT_OK;
		for (uint32_t i = 0; rc == ENT_OK && i < run.count; i++) {
			(void)id_run_entry(&run, i, &bucket);
			(void)run_has(&run, &entries[i % 300]);
		}
		mem_free(copy);
	}
	assert_true(refused > 100);
	buf_release(&packed);
	mem_free(entries);
}

/* ---- the log's ids ------------------------------------------------------------ */

/* how: 0 as random, 1 counted, 2 all alike but for a few bits in the middle. */
static struct ent_id id_of(uint64_t n, unsigned how)
{
	struct ent_id id = { { 0 } };

	be64_put(id.bytes, how == 0 ? n * 0x9e3779b97f4a7c15u : how == 2 ? n << 20 : 1);
	be64_put(id.bytes + 8, how == 1 ? n : 42);
	return id;
}

static void append_some(uint64_t first, uint64_t count)
{
	struct ent_append_options options = { .no_sync = true };
	struct ent_batch *batch = NULL;
	struct ent_appended appended;

	assert_int_equal(ent_batch_new(&batch, NULL), ENT_OK);
	for (uint64_t n = first; n < first + count; n++) {
		struct ent_id id = id_of(n, (unsigned)(n % 3));
		char json[256], text[ENT_ID_TEXT_SIZE];
		int len;

		ent_id_text(&id, text);
		len = snprintf(json, sizeof(json),
			       "{\"id\":\"%s\",\"type\":\"x.a\",\"date\":\"2000\","
			       "\"source\":{\"title\":\"T\"}}", text);
		assert_int_equal(ent_batch_add(batch, json, (size_t)len, NULL,
					       NULL), ENT_OK);
	}
	assert_int_equal(ent_log_append(logs_log, batch, &options, &appended,
					NULL), ENT_OK);
	assert_int_equal(appended.appended, count);
	/* and again: all are there */
	assert_int_equal(ent_log_append(logs_log, batch, &options, &appended,
					NULL), ENT_OK);
	assert_int_equal(appended.already, count);
	assert_int_equal(appended.first_known_seq, first);
	ent_batch_free(batch);
}

static void check_found(uint64_t n, uint64_t count)
{
	struct ent_id id = id_of(n, (unsigned)(n % 3));
	uint64_t seq = 0;

	assert_int_equal(ent_log_find(logs_log, &id, &seq, NULL),
			 n <= count ? ENT_OK : ENT_END);
	assert_int_equal(seq, n <= count ? n : 0);
}

static void found_after_appends_of_any_size(void **state)
{
	static const uint64_t sizes[] = { 1,   3, 200, 255, 256, 1,   1000, 2,
					  700, 1, 300, 5000, 1,  999, 1,    260 };
	struct ent_verified verified;
	uint64_t count = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(sizes); i++) {
		append_some(count + 1, sizes[i]);
		count += sizes[i];
		for (uint64_t k = 0; k < 200; k++)
			check_found(1 + dice(count + 20), count);
		check_found(count, count);
		check_found(count + 1, count);
	}
	assert_int_equal(ent_log_verify(logs_log, NULL, NULL, NULL, &verified,
					NULL), ENT_OK);
	assert_int_equal(verified.findings, 0);
	assert_int_equal(verified.events, count);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(runs_of_any_size),
		cmocka_unit_test(damaged_runs),
		LOG_TEST(found_after_appends_of_any_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
