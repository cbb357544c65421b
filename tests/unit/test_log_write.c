/*
 * test_log_write.c - what an append leaves in the log: times, hashes, roots.
 */
#include "logs.h"

#include "log/tree.h"

#define JOINED(actor) \
	"'type':'member.joined','alliance':'A','actor':'" actor "','date':'2001'"

static void recorded_never_goes_back(void **state)
{
	static const int64_t clock[] = { 5000, 3000, 5000, 7000, -1 };
	static const int64_t wanted[] = { 5000, 5000, 5000, 7000, 7000 };

	(void)state;
	for (size_t i = 0; i < COUNT(clock); i++) {
		struct ent_event *event = NULL;
		const char *events[] = { JOINED("ARM"), NULL };

		logs_append_at(clock[i], events);
		assert_int_equal(ent_log_get(logs_log, i + 1, &event, NULL),
				 ENT_OK);
		assert_int_equal(event->recorded_us, wanted[i]);
		ent_event_free(event);
	}
}

/* MTH of RFC 6962 over the hashes that the events carry. */
static struct ent_hash root_of(const struct ent_hash *leaves, size_t n)
{
	struct ent_hash left, right, out;
	size_t k = 1;

	if (n == 1)
		return leaves[0];
	while (k * 2 < n)
		k *= 2;
	left = root_of(leaves, k);
	right = root_of(leaves + k, n - k);
	assert_int_equal(tree_node(&left, &right, &out, NULL), ENT_OK);
	return out;
}

static void the_head_is_the_root_over_the_hashes(void **state)
{
	enum { EVENTS = 13 };
	struct ent_hash leaves[EVENTS], root, wanted;
	struct ent_error err;

	(void)state;
	for (size_t i = 0; i < EVENTS; i++) {
		struct ent_event *event = NULL;

		APPEND(JOINED("ARM"));
		assert_int_equal(ent_log_get(logs_log, i + 1, &event, NULL),
				 ENT_OK);
		leaves[i] = event->hash;
		ent_event_free(event);
		wanted = root_of(leaves, i + 1);
		assert_int_equal(ent_log_head(logs_log, NULL, &root, NULL),
				 ENT_OK);
		assert_memory_equal(&root, &wanted, sizeof(root));
	}
	for (size_t n = 1; n <= EVENTS; n++) {
		wanted = root_of(leaves, n);
		assert_int_equal(ent_log_root(logs_log, n, &root, NULL),
				 ENT_OK);
		assert_memory_equal(&root, &wanted, sizeof(root));
	}
	check_failure(ent_log_root(logs_log, EVENTS + 1, &root, &err),
		      ENT_EINPUT, &err, "the log has 13 events, not 14");
	assert_memory_equal(&root, &wanted, sizeof(root));
}

static void a_big_batch_grows_the_map(void **state)
{
	enum { EVENTS = 20000 };
	struct ent_log_options small = { .map_bytes = 512 << 10 };
	struct ent_append_options options = { .now_us = 1000 };
	struct ent_verified verified = { 0 };
	struct ent_appended appended = { 0 };
	struct ent_batch *batch = NULL;

	(void)state;
	ent_log_close(logs_log);
	logs_log = NULL;
	assert_int_equal(ent_log_open(logs_dir, &small, &logs_log, NULL),
			 ENT_OK);
	assert_int_equal(ent_batch_new(&batch, NULL), ENT_OK);
	for (int i = 0; i < EVENTS; i++) {
		char fields[128];

		snprintf(fields, sizeof(fields),
			 "'type':'member.joined','alliance':'A','actor':'ARM','date':'%04d-%02d-%02d'",
			 1900 + i / 336, 1 + i / 28 % 12, 1 + i % 28);
		logs_draft(batch, fields, NULL);
	}
	assert_int_equal(ent_batch_count(batch), EVENTS);
	assert_int_equal(ent_log_append(logs_log, batch, &options, &appended,
					NULL), ENT_OK);
	assert_int_equal(appended.appended, EVENTS);
	assert_int_equal(appended.last_seq, EVENTS);
	ent_batch_free(batch);
	assert_int_equal(ent_log_verify(logs_log, NULL, NULL, NULL, &verified,
					NULL),
			 ENT_OK);
	assert_int_equal(verified.events, EVENTS);
	assert_int_equal(verified.findings, 0);
}

static void without_sync_it_is_there_all_the_same(void **state)
{
	struct ent_event *event = NULL;

	(void)state;
	APPEND(JOINED("ARM")); /* with no_sync */
	ent_log_close(logs_log);
	logs_log = NULL;
	assert_int_equal(ent_log_open(logs_dir, NULL, &logs_log, NULL), ENT_OK);
	assert_int_equal(ent_log_get(logs_log, 1, &event, NULL), ENT_OK);
	ent_event_free(event);
}

/* LMDB's keys end at 511 bytes: longer texts are found all the same, also where
 * they differ in their last byte alone. */
static void long_names_are_kept_apart(void **state)
{
	static const size_t lengths[] = { 199, 200, 201, 511, 512, 700 };
	struct ent_verified verified = { 0 };
	char name[701];

	(void)state;
	for (size_t i = 0; i < COUNT(lengths); i++)
		for (char last = 'a'; last <= 'c'; last++) {
			char fields[900];
			const char *events[] = { fields, NULL };

			memset(name, 'n', sizeof(name));
			name[lengths[i] - 1] = last;
			name[lengths[i]] = '\0';
			snprintf(fields, sizeof(fields),
				 "'type':'exercise.held','alliance':'A',"
				 "'date':'2001','data':{'name':'%s'}", name);
			logs_append_at(1, events);
		}
	assert_int_equal(ent_log_verify(logs_log, NULL, NULL, NULL, &verified,
					NULL), ENT_OK);
	assert_int_equal(verified.events, 3 * COUNT(lengths));
	assert_int_equal(verified.findings, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LOG_TEST(recorded_never_goes_back),
		LOG_TEST(the_head_is_the_root_over_the_hashes),
		LOG_TEST(a_big_batch_grows_the_map),
		LOG_TEST(long_names_are_kept_apart),
		LOG_TEST(without_sync_it_is_there_all_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
