/*
 * test_buf.c - growable bytes, growing arrays and arenas.
 */
#include "check.h"

#include "ground/be.h"
#include "ground/buf.h"
#include "ground/mem.h"

static void grows(void **state)
{
	struct buf buf = { 0 };

	(void)state;
	for (int i = 0; i < 1000; i++)
		buf_printf(&buf, "%d,", i % 10);
	assert_int_equal(buf.len, 2000);
	assert_int_equal(strlen(buf.data), 2000);
	assert_memory_equal(buf.data + 1990, "5,6,7,8,9,", 10);
	buf_clear(&buf);
	assert_int_equal(buf.len, 0);
	assert_string_equal(buf.data, "");
	buf_add(&buf, "a\0b", 3);
	buf_byte(&buf, 'c');
	buf_text(&buf, "de");
	assert_int_equal(buf.len, 6);
	assert_memory_equal(buf.data, "a\0bcde", 7);
	assert_int_equal(buf_check(&buf, NULL), ENT_OK);
	buf_release(&buf);
	assert_null(buf.data);
}

static void hands_over(void **state)
{
	struct buf buf = { 0 };
	char *text = NULL;
	size_t len = 99;

	(void)state;
	assert_int_equal(buf_take(&buf, &text, &len, NULL), ENT_OK);
	assert_string_equal(text, "");
	assert_int_equal(len, 0);
	ent_free(text);
	buf_text(&buf, "abc");
	assert_int_equal(buf_take(&buf, &text, NULL, NULL), ENT_OK);
	assert_string_equal(text, "abc");
	assert_null(buf.data);
	ent_free(text);
}

static void failure_sticks(void **state)
{
	struct buf buf = { 0 };
	struct ent_error err;
	char *text = (char *)1;
	size_t len = 42;

	(void)state;
	buf_text(&buf, "abc");
	buf_add(&buf, "x", SIZE_MAX - 3);
	buf_text(&buf, "def");
	assert_int_equal(buf.len, 3);
	check_failure(buf_check(&buf, &err), ENT_ENOMEM, &err, "out of memory");
	assert_int_equal(buf_take(&buf, &text, &len, &err), ENT_ENOMEM);
	assert_ptr_equal(text, (char *)1);
	assert_int_equal(len, 42);
	buf_release(&buf);
}

static void arrays_grow(void **state)
{
	uint32_t *items = NULL;
	size_t room = 0, before;
	struct ent_error err;

	(void)state;
	for (uint32_t i = 0; i < 1000; i++) {
		assert_int_equal(mem_grow(&items, &room, i + 1, sizeof(*items),
					  &err), ENT_OK);
		assert_true(room > i);
		items[i] = i;
	}
	assert_int_equal(items[999], 999);
	before = room;
	check_failure(mem_grow(&items, &room, SIZE_MAX / 2, sizeof(*items), &err),
		      ENT_ENOMEM, &err, "out of memory");
	assert_int_equal(room, before);
	assert_int_equal(items[500], 500);
	mem_free(items);
}

static void arena_gives_zeroed_aligned_bytes(void **state)
{
	struct arena arena = { 0 };
	static const size_t sizes[] = { 0, 1, 7, 16, 100, 1000, 5000, 70000, 3 };
	unsigned char *last = NULL;

	(void)state;
	for (int round = 0; round < 20; round++) {
		for (size_t i = 0; i < COUNT(sizes); i++) {
			unsigned char *at = arena_alloc(&arena, sizes[i]);

			assert_non_null(at);
			assert_ptr_not_equal(at, last);
			assert_int_equal((uintptr_t)at % sizeof(void *), 0);
			for (size_t j = 0; j < sizes[i]; j++)
				assert_int_equal(at[j], 0);
			memset(at, 0xff, sizes[i]);
			last = at;
		}
	}
	assert_null(arena_alloc(&arena, SIZE_MAX));
	assert_null(arena_alloc(&arena, SIZE_MAX - 64));
	assert_string_equal(arena_text(&arena, "abcdef", 3), "abc");
	arena_release(&arena);
	assert_null(arena.blocks);
}

static void big_endian_sorts(void **state)
{
	static const int32_t days[] = { INT32_MIN, -5, 0, 7, 300, INT32_MAX };
	uint8_t before[4], at[8];

	(void)state;
	for (size_t i = 0; i < COUNT(days); i++) {
		be_day_put(at, days[i]);
		assert_int_equal(be_day_get(at), days[i]);
		if (i > 0)
			assert_true(memcmp(before, at, 4) < 0);
		memcpy(before, at, 4);
	}
	be64_put(at, UINT64_C(0x0102030405060708));
	assert_memory_equal(at, "\1\2\3\4\5\6\7\10", 8);
	assert_true(be64_get(at) == UINT64_C(0x0102030405060708));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grows),
		cmocka_unit_test(hands_over),
		cmocka_unit_test(failure_sticks),
		cmocka_unit_test(arrays_grow),
		cmocka_unit_test(arena_gives_zeroed_aligned_bytes),
		cmocka_unit_test(big_endian_sorts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
