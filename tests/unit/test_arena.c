/*
 * test_arena.c - memory that is freed, kept or handed on all at once.
 */
#include "check.h"

#include "ground/mem.h"

enum { TEXTS = 5000 };

static void fill(struct arena *arena, char *texts[TEXTS], const char *name)
{
	char text[64];

	for (int i = 0; i < TEXTS; i++) {
		int len = snprintf(text, sizeof(text), "%s %d", name, i);

		texts[i] = arena_text(arena, text, (size_t)len);
		assert_non_null(texts[i]);
	}
}

static void check_filled(char *texts[TEXTS], const char *name)
{
	char text[64];

	for (int i = 0; i < TEXTS; i++) {
		snprintf(text, sizeof(text), "%s %d", name, i);
		assert_string_equal(texts[i], text);
	}
}

static void what_is_reset_is_zero_again(void **state)
{
	static const char zeros[40000];
	struct arena arena = { 0 };
	char *first[TEXTS], *again[TEXTS];

	(void)state;
	arena_reset(&arena);
	for (int round = 0; round < 3; round++) {
		fill(&arena, first, "first");
		fill(&arena, again, "again");
		check_filled(first, "first");
		check_filled(again, "again");
		arena_reset(&arena);
		for (size_t size = 1; size < sizeof(zeros); size *= 3)
			assert_memory_equal(arena_alloc(&arena, size), zeros,
					    size);
		arena_reset(&arena);
	}
	arena_release(&arena);
}

static void a_reset_keeps_no_large_block(void **state)
{
	struct arena arena = { 0 };

	(void)state;
	assert_non_null(arena_alloc(&arena, 1000000));
	arena_reset(&arena);
	assert_null(arena.blocks);
	assert_non_null(arena_alloc(&arena, 1));
	arena_reset(&arena);
	assert_non_null(arena.blocks);
	arena_release(&arena);
}

static void what_is_joined_lives_on(void **state)
{
	struct arena arena = { 0 }, from = { 0 };
	char *ours[TEXTS], *theirs[TEXTS], *more[TEXTS], *last[TEXTS];

	(void)state;
	arena_join(&arena, &from);
	assert_null(arena.blocks);
	fill(&from, theirs, "theirs");
	arena_join(&arena, &from);
	assert_null(from.blocks);
	fill(&arena, ours, "ours");
	fill(&from, more, "more");
	arena_join(&arena, &from);
	fill(&arena, last, "last");
	check_filled(theirs, "theirs");
	check_filled(ours, "ours");
	check_filled(more, "more");
	check_filled(last, "last");
	arena_release(&from);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_reset_is_zero_again),
		cmocka_unit_test(a_reset_keeps_no_large_block),
		cmocka_unit_test(what_is_joined_lives_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
