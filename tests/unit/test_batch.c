/*
 * test_batch.c - batches that several threads filled, joined to one.
 */
#include "check.h"

#include <pthread.h>

#include "log/batch.h"

enum { EVENTS = 2000, PARTS = 4 };

static struct ent_batch *new_batch(void)
{
	struct ent_batch *batch = NULL;

	assert_int_equal(ent_batch_new(&batch, NULL), ENT_OK);
	return batch;
}

/* Texts come again and again, and some are only in one part. */
static int add_event(struct ent_batch *batch, int i)
{
	char json[512], label[32];
	int len = snprintf(json, sizeof(json),
			   "{\"type\":\"exercise.held\",\"alliance\":\"A%d\","
			   "\"actor\":\"B%d\",\"date\":\"2024\","
			   "\"data\":{\"name\":\"No. %d\"},"
			   "\"source\":{\"title\":\"T %d\"}}",
			   i % 7, i % 11, i % 301, i);

	snprintf(label, sizeof(label), "line %d", i);
	return ent_batch_add(batch, json, (size_t)len, label, NULL);
}

static struct ent_batch *batch_of(int from, int to)
{
	struct ent_batch *batch = new_batch();

	for (int i = from; i < to; i++)
		assert_int_equal(add_event(batch, i), ENT_OK);
	return batch;
}

static void check_text(const struct ent_batch *got, uint32_t got_number,
		       const struct ent_batch *wanted, uint32_t wanted_number)
{
	assert_string_equal(batch_text(got, got_number),
			    batch_text(wanted, wanted_number));
}

static void check_same(const struct ent_batch *got,
		       const struct ent_batch *wanted)
{
	assert_int_equal(got->count, wanted->count);
	assert_int_equal(got->texts_count, wanted->texts_count);
	for (size_t i = 0; i < got->count; i++) {
		const struct draft *a = &got->drafts[i];
		const struct draft *b = &wanted->drafts[i];

		assert_string_equal(a->label, b->label);
		assert_true(ent_id_equal(&a->id, &b->id));
		assert_int_equal(a->body.len, b->body.len);
		assert_memory_equal(a->body.data, b->body.data, a->body.len);
		check_text(got, a->alliance, wanted, b->alliance);
		check_text(got, a->actor, wanted, b->actor);
		check_text(got, a->target, wanted, b->target);
		check_text(got, a->name, wanted, b->name);
	}
}

static void joined_batches_are_as_one(void **state)
{
	struct ent_batch *wanted = batch_of(0, EVENTS), *got = new_batch();
	struct ent_batch *part = new_batch();

	(void)state;
	for (int i = 0; i < EVENTS; i++) {
		assert_int_equal(add_event(part, i), ENT_OK);
		if (i % 333 != 0 && i != EVENTS - 1)
			continue;
		assert_int_equal(ent_batch_join(got, part, NULL), ENT_OK);
		assert_int_equal(ent_batch_count(part), 0);
	}
	check_same(got, wanted);
	assert_int_equal(ent_batch_join(got, part, NULL), ENT_OK); /* empty */
	ent_batch_free(part); /* what was joined does not need it */
	check_same(got, wanted);
	ent_batch_free(got);
	ent_batch_free(wanted);
}

static void a_bad_event_leaves_the_batch_as_it_was(void **state)
{
	struct ent_batch *wanted = batch_of(0, 10), *got = batch_of(0, 5);

	(void)state;
	assert_int_equal(ent_batch_add(got, "{\"type\":", 8, "bad", NULL),
			 ENT_EINPUT);
	for (int i = 5; i < 10; i++)
		assert_int_equal(add_event(got, i), ENT_OK);
	check_same(got, wanted);
	ent_batch_free(got);
	ent_batch_free(wanted);
}

struct part {
	pthread_t thread;
	struct ent_batch *batch;
	int from, to;
	int rc;
};

static void *fill(void *arg)
{
	struct part *part = arg;

	for (int i = part->from; i < part->to && part->rc == ENT_OK; i++)
		part->rc = add_event(part->batch, i);
	return NULL;
}

static void threads_fill_a_batch_each(void **state)
{
	struct ent_batch *wanted = batch_of(0, EVENTS), *got = new_batch();
	struct part parts[PARTS];

	(void)state;
	for (int i = 0; i < PARTS; i++) {
		parts[i] = (struct part){ .batch = new_batch(),
					  .from = EVENTS / PARTS * i,
					  .to = EVENTS / PARTS * (i + 1) };
		assert_int_equal(pthread_create(&parts[i].thread, NULL, fill,
						&parts[i]), 0);
	}
	for (int i = 0; i < PARTS; i++) {
		pthread_join(parts[i].thread, NULL);
		assert_int_equal(parts[i].rc, ENT_OK);
		assert_int_equal(ent_batch_join(got, parts[i].batch, NULL),
				 ENT_OK);
		ent_batch_free(parts[i].batch);
	}
	check_same(got, wanted);
	ent_batch_free(got);
	ent_batch_free(wanted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(threads_fill_a_batch_each),
		cmocka_unit_test(joined_batches_are_as_one),
		cmocka_unit_test(a_bad_event_leaves_the_batch_as_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
