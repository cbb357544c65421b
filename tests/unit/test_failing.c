/*
 * test_failing.c - every call of the library with its first allocation failing, its
 * second, and so on until none does (of those beyond 300, fewer and fewer); then the
 * same with reads and writes of the store, and with hashes.
 *
 * A call that fails says so by its code, leaves its outputs alone and loses no memory;
 * the log holds what it held, and verifies.
 */
#include "failing.h"
#include "failing_steps.h"

enum { VERIFY_EVERY = 16, EACH = 300, SOME = 32 };

#define STEP(name) { #name, step_##name, false }
/* One that reads JSON: where there is no memory for one reader, another may do. */
#define STEP_JSON(name) { #name, step_##name, true }

static const struct step {
	const char *name;
	int (*run)(struct ent_error *err);
	bool reads_json;
} questions[] = {
	STEP(replay),	    STEP(replay_folded),  STEP(replay_published),
	STEP(replay_one),   STEP(replay_reducer), STEP(diff),
	STEP(diff_trail),   STEP(diff_back),	  STEP(diff_json),
	STEP(patch),	    STEP(state_json),	  STEP(why_member),
	STEP(why_stance),   STEP(standings),	  STEP(verify),
	STEP(head),	    STEP(root),		  STEP(known_at),
	STEP(get),	    STEP(find),		  STEP(fixes),
	STEP(read),	    STEP(read_back),	  STEP(stat),
	STEP(redactions),   STEP(checkpoints),	  STEP(prove),
	STEP(prove_redacted), STEP(note),	  STEP(minisign),
	STEP(public_minisign), STEP_JSON(proof_check), STEP(note_read),
	STEP(extends),	    STEP(consistency),	  STEP(key),
	STEP(public),	    STEP_JSON(batch_new),
}, writers[] = {
	STEP(append_small), STEP(append_large), STEP(append_fixing),
	STEP(append_again), STEP_JSON(redact),	STEP(build),
	STEP(drop),	    STEP(preview),
};

static char base_folder[64];

static void copy_file(const char *from, const char *to)
{
	char piece[65536];
	FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
	size_t n;

	assert_true(in && out);
	while ((n = fread(piece, 1, sizeof(piece), in)) > 0)
		assert_int_equal(fwrite(piece, 1, n, out), n);
	fclose(in);
	assert_int_equal(fclose(out), 0);
}

static void open_log(void)
{
	struct ent_error err;

	if (ent_log_open(logs_dir, NULL, &logs_log, &err) < 0)
		fail_msg("%s", err.msg);
}

static void close_log(void)
{
	ent_log_close(logs_log);
	logs_log = NULL;
}

/* A log as steps_make() left it, for each test and each writer. */
static void copy_base(void)
{
	char from[96], to[112];

	snprintf(from, sizeof(from), "%s/log/data.mdb", base_folder);
	snprintf(to, sizeof(to), "%s/data.mdb", logs_dir);
	copy_file(from, to);
}

static int make_base(void **state)
{
	if (logs_make(state) != 0)
		return -1;
	strcpy(base_folder, logs_folder);
	steps_make();
	close_log();
	return 0;
}

static int remove_base(void **state)
{
	steps_free();
	strcpy(logs_folder, base_folder);
	return logs_remove_folder(state);
}

static int make_copy(void **state)
{
	fail_end(); /* where a test ended early */
	if (logs_make_folder(state) != 0 || mkdir(logs_dir, 0700) != 0)
		return -1;
	copy_base();
	return 0;
}

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

	open_log();
	close_log();
	return failing.allocated - before;
}

static void check_outcome(const struct step *step, enum failing_kind kind,
			  unsigned long n, int rc, const struct ent_error *err)
{
	int wanted = kind == FAIL_GROW || kind == FAIL_SHA1 ? ENT_OK :
		     kind == FAIL_MEMORY ? ENT_ENOMEM : ENT_EIO;

	if (kind == FAIL_MEMORY && step->reads_json && rc == ENT_OK)
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

	open_log();
	fail_at(kind, n);
	rc = step->run(&err);
	failed = fail_end();
	check_outcome(step, failed ? kind : FAIL_GROW, n, rc, &err);
	if (writes && rc < 0)
		check_head(step, n);
	if (writes && (!failed || n % VERIFY_EVERY == 1))
		check_verifies(step, n);
	close_log();
	if (failing.allocated != before + nothing)
		fail_msg("%s, call %lu: %ld blocks are lost", step->name, n,
			 failing.allocated - before - nothing);
	return failed;
}

static unsigned long try_step(const struct step *step, enum failing_kind kind,
			      bool writes)
{
	long nothing = count_of_nothing();
	unsigned long n = 1;

	while (try_once(step, kind, n, writes, nothing)) {
		if (writes)
			copy_base();
		n += n < EACH ? 1 : n / SOME;
	}
	if (writes)
		copy_base();
	return n - 1;
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
	try_all(questions, COUNT(questions), FAIL_MEMORY, false);
}

static void writers_without_memory(void **state)
{
	(void)state;
	try_all(writers, COUNT(writers), FAIL_MEMORY, true);
}

static void questions_that_cannot_read(void **state)
{
	(void)state;
	try_all(questions, COUNT(questions), FAIL_READ, false);
}

static void writers_that_cannot_read(void **state)
{
	(void)state;
	try_all(writers, COUNT(writers), FAIL_READ, true);
}

static void writers_that_cannot_write(void **state)
{
	(void)state;
	try_all(writers, COUNT(writers), FAIL_WRITE, true);
}

/* At whatever write the map is full: all of it is done once more, in a larger one. */
static void writers_in_a_small_map(void **state)
{
	(void)state;
	try_all(writers, COUNT(writers), FAIL_GROW, true);
}

static void nobody_can_hash(void **state)
{
	(void)state;
	try_all(questions, COUNT(questions), FAIL_HASH, false);
	try_all(writers, COUNT(writers), FAIL_HASH, true);
}

static void ids_without_the_quick_hash(void **state)
{
	(void)state;
	try_all(writers, COUNT(writers), FAIL_SHA1, true);
}

#define COPY_TEST(f) \
	cmocka_unit_test_setup_teardown(f, make_copy, logs_remove_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		COPY_TEST(questions_without_memory),
		COPY_TEST(writers_without_memory),
		COPY_TEST(questions_that_cannot_read),
		COPY_TEST(writers_that_cannot_read),
		COPY_TEST(writers_that_cannot_write),
		COPY_TEST(writers_in_a_small_map),
		COPY_TEST(nobody_can_hash),
		COPY_TEST(ids_without_the_quick_hash),
	};

	return cmocka_run_group_tests(tests, make_base, remove_base);
}
