/*
 * test_failing.c - every call of the library with its first allocation failing, its
 * second, and so on (of very many, those between only now and then); then the same
 * with reads and writes of the store, and with hashes.
 *
 * A call that fails says so by its code, leaves its outputs alone and loses no memory;
 * the log holds what it held, and verifies.
 */
#include "failing.h"
#include "steps_ask.h"
#include "steps_copies.h"
#include "steps_write.h"

enum { VERIFY_EVERY = 16, EACH = 150, SOME = 100 };

static void check_verifies(const struct step *step, unsigned long n)
{
	struct ent_verified verified;
	struct ent_error err;

	if (ent_log_verify(logs_log, NULL, NULL, NULL, &verified, &err) < 0)
		fail_msg("%s, call %lu: %s", step->name, n, err.msg);
	if (verified.findings > 0)
		fail_msg("%s, call %lu: %llu findings", step->name, n,
			 (unsigned long long)verified.findings);
}

static void check_head(const struct step *step, unsigned long n)
{
	uint64_t seq = 0;

	assert_int_equal(ent_log_head(logs_log, &seq, NULL, NULL), ENT_OK);
	if (seq != STEP_EVENTS)
		fail_msg("%s, call %lu: %llu events", step->name, n,
			 (unsigned long long)seq);
}

/* What opening and closing leaves behind in our count: what the C library allocated. */
static long count_of_nothing(void)
{
	long before = failing.allocated;

	steps_open();
	steps_close();
	return failing.allocated - before;
}

static void check_outcome(const struct step *step, enum failing_kind kind,
			  unsigned long n, int rc, const struct ent_error *err)
{
	int wanted = kind == FAIL_GROW || kind == FAIL_SHA1 ? ENT_OK :
		     kind == FAIL_MEMORY || kind == FAIL_ROOM ? ENT_ENOMEM :
								ENT_EIO;

	if (rc == ENT_OK &&
	    step->makes_do & (wanted == ENT_ENOMEM ? WITHOUT_MEMORY :
			      kind == FAIL_READ	   ? WITHOUT_READING : 0))
		return;
	if (rc != wanted || (rc < 0 && err->code != rc))
		fail_msg("%s, call %lu: %d instead of %d: %s", step->name, n, rc,
			 wanted, rc < 0 ? err->msg : "(done)");
}

/* Whether call n of the kind was reached. */
static bool try_once(const struct step *step, enum failing_kind kind,
		     unsigned long n, bool writes, long nothing)
{
	struct ent_error err = { 0 };
	long before = failing.allocated;
	bool failed;
	int rc;

	steps_open();
	fail_at(kind, n);
	rc = step->run(&err);
	failed = fail_end();
	check_outcome(step, failed ? kind : FAIL_GROW, n, rc, &err);
	if (writes && rc < 0)
		check_head(step, n);
	if (writes && (!failed || n % VERIFY_EVERY == 1))
		check_verifies(step, n);
	steps_close();
	if (failing.allocated != before + nothing)
		fail_msg("%s, call %lu: %ld blocks are lost", step->name, n,
			 failing.allocated - before - nothing);
	return failed;
}

/* How many calls of the kind there are where none fails. */
static unsigned long count_calls(const struct step *step, enum failing_kind kind,
				 bool writes)
{
	struct ent_error err;

	steps_open();
	fail_at(kind, FAIL_NEVER);
	assert_int_equal(step->run(&err), ENT_OK);
	fail_end();
	steps_close();
	if (writes)
		steps_copy();
	return fail_count();
}

/* Those near the beginning and the end, and every so many between. */
static unsigned long next_call(unsigned long n, unsigned long count)
{
	unsigned long stride = count / SOME + 1;

	if (n < EACH || n + EACH >= count)
		return n + 1;
	return n + stride + EACH < count ? n + stride : count - EACH;
}

static unsigned long try_step(const struct step *step, enum failing_kind kind,
			      bool writes)
{
	unsigned long count = count_calls(step, kind, writes);
	long nothing = count_of_nothing();

	for (unsigned long n = 1; n <= count; n = next_call(n, count)) {
		if (!try_once(step, kind, n, writes, nothing))
			fail_msg("%s, call %lu of %lu is not made", step->name, n,
				 count);
		if (writes)
			steps_copy();
	}
	try_once(step, FAIL_NOTHING, 1, writes, nothing);
	if (writes)
		steps_copy();
	return count;
}

static void try_all(const struct step *list, size_t count,
		    enum failing_kind kind, bool writes)
{
	unsigned long total = 0;

	for (size_t i = 0; i < count; i++)
		total += try_step(&list[i], kind, writes);
	assert_true(total > 0);
}

static void questions_without_memory(void **state)
{
	(void)state;
	try_all(steps_ask, COUNT(steps_ask), FAIL_MEMORY, false);
}

static void writers_without_memory(void **state)
{
	(void)state;
	try_all(steps_write, COUNT(steps_write), FAIL_MEMORY, true);
}

static void questions_without_room(void **state)
{
	(void)state;
	try_all(steps_ask, COUNT(steps_ask), FAIL_ROOM, false);
}

static void writers_without_room(void **state)
{
	(void)state;
	try_all(steps_write, COUNT(steps_write), FAIL_ROOM, true);
}

static void questions_that_cannot_read(void **state)
{
	(void)state;
	try_all(steps_ask, COUNT(steps_ask), FAIL_READ, false);
}

static void writers_that_cannot_read(void **state)
{
	(void)state;
	try_all(steps_write, COUNT(steps_write), FAIL_READ, true);
}

static void writers_that_cannot_write(void **state)
{
	(void)state;
	try_all(steps_write, COUNT(steps_write), FAIL_WRITE, true);
}

static void copies_that_fail(void **state)
{
	(void)state;
	try_all(steps_copies, COUNT(steps_copies), FAIL_MEMORY, false);
	try_all(steps_copies, COUNT(steps_copies), FAIL_READ, false);
	try_all(steps_copies, COUNT(steps_copies), FAIL_WRITE, false);
	try_all(steps_copies, COUNT(steps_copies), FAIL_HASH, false);
}

/* At whatever write the map is full: all of it is done once more, in a larger one. */
static void writers_in_a_small_map(void **state)
{
	(void)state;
	try_all(steps_write, COUNT(steps_write), FAIL_GROW, true);
}

static void nobody_can_hash(void **state)
{
	(void)state;
	try_all(steps_ask, COUNT(steps_ask), FAIL_HASH, false);
	try_all(steps_write, COUNT(steps_write), FAIL_HASH, true);
}

static void ids_without_the_quick_hash(void **state)
{
	(void)state;
	try_all(steps_write, COUNT(steps_write), FAIL_SHA1, true);
}

/* ---- keys, whose files are ours ------------------------------------------------- */

static void check_loads(const char *path)
{
	struct ent_key *key = NULL;

	assert_int_equal(ent_key_load(path, &key, NULL), ENT_OK);
	assert_memory_equal(ent_key_public(key), ent_key_public(steps.key),
			    sizeof(struct ent_public));
	ent_key_free(key);
}

/* It is there whole, or not at all; whether call n was reached. */
static bool try_save(const char *path, unsigned long n, int code)
{
	struct ent_error err;
	int rc;

	unlink(path);
	fail_at(FAIL_SYSTEM, n);
	rc = ent_key_save(steps.key, path, &err);
	if (!fail_end())
		return false;
	if (rc == ENT_OK) {
		check_loads(path);
	} else {
		assert_int_equal(rc, code);
		assert_int_equal(access(path, F_OK), -1);
	}
	return true;
}

static bool try_load(const char *path, unsigned long n)
{
	struct ent_key *key = UNTOUCHED;
	struct ent_error err;
	int rc;

	fail_at(FAIL_SYSTEM, n);
	rc = ent_key_load(path, &key, &err);
	if (rc == ENT_OK)
		ent_key_free(key);
	else
		assert_ptr_equal(key, UNTOUCHED);
	return fail_end();
}

static void keys_without_a_disk(void **state)
{
	static const struct {
		int system, code;
	} rows[] = {
		{ EIO, ENT_EIO }, { ENOSPC, ENT_EFULL }, { EDQUOT, ENT_EFULL },
		{ EINTR, ENT_EIO },
	};
	char path[96];

	(void)state;
	snprintf(path, sizeof(path), "%s/key", logs_folder);
	for (size_t i = 0; i < COUNT(rows); i++) {
		unsigned long n = 1;

		failing.system = rows[i].system;
		while (try_save(path, n, rows[i].code))
			n++;
		assert_true(n > 4); /* open, write, fsync, close */
		check_loads(path);
		for (n = 1; try_load(path, n); n++)
			;
		assert_true(n > 2);
	}
}

/* A test that ended early has left it on. */
static int make_copy(void **state)
{
	fail_end();
	return steps_make_copy(state);
}

#define COPY_TEST(f) \
	cmocka_unit_test_setup_teardown(f, make_copy, logs_remove_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		COPY_TEST(questions_without_memory),
		COPY_TEST(writers_without_memory),
		COPY_TEST(questions_without_room),
		COPY_TEST(writers_without_room),
		COPY_TEST(questions_that_cannot_read),
		COPY_TEST(writers_that_cannot_read),
		COPY_TEST(writers_that_cannot_write),
		COPY_TEST(copies_that_fail),
		COPY_TEST(writers_in_a_small_map),
		COPY_TEST(nobody_can_hash),
		COPY_TEST(ids_without_the_quick_hash),
		COPY_TEST(keys_without_a_disk),
	};

	return cmocka_run_group_tests(tests, steps_make_base, steps_remove_base);
}
