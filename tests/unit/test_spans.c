/*
 * test_spans.c - spans that are added and joined stay few, whatever their sizes, and
 * follow each other without a gap.
 */
#include "check.h"

#include "log/spans.h"

static uint64_t dice_state = 3;

static uint64_t dice(uint64_t sides)
{
	uint64_t z = dice_state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (z ^ z >> 31) % sides;
}

static void add(struct spans *spans, uint64_t size)
{
	uint64_t last = spans_last(spans);

	assert_true(spans->count < SPANS_MAX);
	spans->items[spans->count++] = (struct span){ last + 1, last + size };
}

/* What was joined, in events. */
static uint64_t join_all(struct spans *spans, uint64_t events_max)
{
	uint64_t joined = 0;
	size_t count;

	while ((count = spans_to_join(spans, events_max)) > 0) {
		struct span whole = spans_whole(spans, count);

		assert_in_range(count, 2, spans->count);
		spans->count -= count;
		spans->items[spans->count++] = whole;
		joined += whole.last - whole.first + 1;
	}
	return joined;
}

static void check_gaps(const struct spans *spans)
{
	uint64_t last = 0;

	for (size_t i = 0; i < spans->count; i++) {
		assert_int_equal(spans->items[i].first, last + 1);
		last = spans->items[i].last;
	}
}

static void equal_ones_stay_few(void **state)
{
	struct spans spans = { .count = 0 };
	uint64_t written = 0;

	(void)state;
	for (int i = 0; i < 10000; i++) {
		add(&spans, 1000);
		written += 1000 + join_all(&spans, UINT64_MAX);
		assert_in_range(spans.count, 1, 3 * 8);
	}
	check_gaps(&spans);
	assert_int_equal(spans_last(&spans), 10000000);
	/* each event once for each fourfold growth: log4(10,000) is 6.6 */
	assert_in_range(written, 10000000, 8 * 10000000ull);
}

static void any_sizes_stay_few(void **state)
{
	struct spans spans = { .count = 0 };

	(void)state;
	for (int i = 0; i < 20000; i++) {
		add(&spans, 1 + dice((uint64_t)1 << dice(20)));
		join_all(&spans, dice(3) ? UINT64_MAX : 65536);
		assert_true(spans.count <= SPANS_MAX - 2);
	}
	check_gaps(&spans);
	join_all(&spans, UINT64_MAX);
	assert_in_range(spans.count, 1, 3 * 20);
}

/* Small appends join nothing large, until there is no more room. */
static void small_work_waits(void **state)
{
	struct spans spans = { .count = 0 };
	uint64_t most = 0, joined;

	(void)state;
	for (int i = 0; i < 500; i++) {
		add(&spans, 1024);
		joined = join_all(&spans, 65536);
		most = joined > most ? joined : most;
		assert_true(spans.count <= SPANS_MAX - 2);
	}
	assert_in_range(most, 1, 2 * 65536 + 65536 / 2);
	check_gaps(&spans);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_ones_stay_few),
		cmocka_unit_test(any_sizes_stay_few),
		cmocka_unit_test(small_work_waits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
