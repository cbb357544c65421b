/*
 * test_map.c - the hash map from pairs of numbers to numbers.
 */
#include "check.h"

#include "ground/map.h"

static void an_empty_map_has_nothing(void **state)
{
	struct map map = { 0 };

	(void)state;
	assert_null(map_find(&map, (struct map_key){ 0, 0 }));
	assert_null(map_find(&map, (struct map_key){ 1, 2 }));
	map_release(&map);
}

static void a_key_of_zeros_is_a_key(void **state)
{
	struct map map = { 0 };

	(void)state;
	assert_int_equal(map_add(&map, (struct map_key){ 0, 0 }, 7, NULL),
			 ENT_OK);
	assert_int_equal(*map_find(&map, (struct map_key){ 0, 0 }), 7);
	assert_null(map_find(&map, (struct map_key){ 0, 1 }));
	assert_null(map_find(&map, (struct map_key){ 1, 0 }));
	map_release(&map);
}

static void both_halves_of_a_key_count(void **state)
{
	static const struct map_key keys[] = {
		{ 1, 2 }, { 2, 1 }, { 1, 1 }, { 2, 2 }, { UINT64_MAX, 0 },
		{ 0, UINT64_MAX }, { UINT64_MAX, UINT64_MAX },
		{ (uint64_t)1 << 32, 0 }, { 0, (uint64_t)1 << 32 },
	};
	struct map map = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(keys); i++)
		assert_int_equal(map_add(&map, keys[i], i, NULL), ENT_OK);
	assert_int_equal(map.count, COUNT(keys));
	for (size_t i = 0; i < COUNT(keys); i++)
		assert_int_equal(*map_find(&map, keys[i]), i);
	map_release(&map);
}

/* Neighbours, multiples of the room, and keys that meet in both halves. */
static void nothing_is_lost_while_it_grows(void **state)
{
	enum { KEYS = 5000 };
	static const uint64_t strides[] = { 1, 64, 1 << 16,
					    (uint64_t)1 << 33 };

	(void)state;
	for (size_t s = 0; s < COUNT(strides); s++) {
		struct map map = { 0 };

		for (size_t i = 0; i < KEYS; i++) {
			struct map_key key = { i * strides[s], i % 3 };

			assert_null(map_find(&map, key));
			assert_int_equal(map_add(&map, key, i, NULL), ENT_OK);
			assert_true(map.room >= map.count * 2);
			assert_int_equal(map.room & (map.room - 1), 0);
		}
		assert_int_equal(map.count, KEYS);
		for (size_t i = 0; i < KEYS; i++) {
			struct map_key key = { i * strides[s], i % 3 };
			struct map_key other = { i * strides[s], i % 3 + 1 };

			assert_int_equal(*map_find(&map, key), i);
			assert_null(map_find(&map, other));
		}
		map_release(&map);
	}
}

/* All but those that were taken out are still found. */
static void what_is_removed_takes_nothing_along(void **state)
{
	enum { KEYS = 3000 };
	struct map map = { 0 };

	(void)state;
	for (size_t i = 0; i < KEYS; i++)
		map_add(&map, (struct map_key){ i, i % 7 }, i, NULL);
	for (size_t i = 0; i < KEYS; i += 3)
		map_remove(&map, (struct map_key){ i, i % 7 });
	assert_int_equal(map.count, KEYS - KEYS / 3);
	for (size_t i = 0; i < KEYS; i++) {
		const size_t *found = map_find(&map,
					       (struct map_key){ i, i % 7 });

		if (i % 3 == 0)
			assert_null(found);
		else
			assert_int_equal(*found, i);
	}
	map_add(&map, (struct map_key){ 0, 0 }, 5, NULL);
	assert_int_equal(*map_find(&map, (struct map_key){ 0, 0 }), 5);
	map_release(&map);
}

static void a_value_can_be_any_number(void **state)
{
	struct map map = { 0 };

	(void)state;
	map_add(&map, (struct map_key){ 1, 0 }, 0, NULL);
	map_add(&map, (struct map_key){ 2, 0 }, SIZE_MAX, NULL);
	assert_non_null(map_find(&map, (struct map_key){ 1, 0 }));
	assert_int_equal(*map_find(&map, (struct map_key){ 1, 0 }), 0);
	assert_true(*map_find(&map, (struct map_key){ 2, 0 }) == SIZE_MAX);
	map_release(&map);
}

static void a_released_map_is_empty_and_usable(void **state)
{
	struct map map = { 0 };

	(void)state;
	map_add(&map, (struct map_key){ 1, 2 }, 3, NULL);
	map_release(&map);
	assert_int_equal(map.count, 0);
	assert_null(map.entries);
	assert_null(map_find(&map, (struct map_key){ 1, 2 }));
	map_add(&map, (struct map_key){ 1, 2 }, 4, NULL);
	assert_int_equal(*map_find(&map, (struct map_key){ 1, 2 }), 4);
	map_release(&map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_map_has_nothing),
		cmocka_unit_test(a_key_of_zeros_is_a_key),
		cmocka_unit_test(both_halves_of_a_key_count),
		cmocka_unit_test(nothing_is_lost_while_it_grows),
		cmocka_unit_test(what_is_removed_takes_nothing_along),
		cmocka_unit_test(a_value_can_be_any_number),
		cmocka_unit_test(a_released_map_is_empty_and_usable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
