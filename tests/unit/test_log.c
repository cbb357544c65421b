/*
 * test_log.c - appending: all of a batch or nothing, and what stands in the way.
 */
#include "logs.h"

#define JOINED(actor) \
	"'type':'member.joined','alliance':'A','actor':'" actor "','date':'2001'"

/* What the obstacle callback was told, one per line. */
static char told[2048];

static void note(const char *label, const char *what, void *arg)
{
	size_t len = strlen(told);

	assert_ptr_equal(arg, told);
	snprintf(told + len, sizeof(told) - len, "%s: %s\n", label, what);
}

static struct ent_append_options noting(void)
{
	told[0] = '\0';
	return (struct ent_append_options){ .now_us = 1000,
					    .obstacle = note,
					    .obstacle_arg = told };
}

static struct ent_batch *new_batch(void)
{
	struct ent_batch *batch = NULL;

	assert_int_equal(ent_batch_new(&batch, NULL), ENT_OK);
	return batch;
}

/* Labels are a, b, c ... */
static struct ent_batch *batch_of(const char *const *events)
{
	struct ent_batch *batch = new_batch();
	char label[2] = "a";

	for (size_t i = 0; events[i]; i++, label[0]++)
		logs_draft(batch, events[i], label);
	return batch;
}

#define BATCH(...) batch_of((const char *const[]){ __VA_ARGS__, NULL })

static void check_appended(const struct ent_append_options *options,
			   struct ent_batch *batch, struct ent_appended wanted)
{
	struct ent_appended got = { 0 };
	struct ent_error err;
	struct ent_hash head;
	uint64_t seq = 99;

	if (ent_log_append(logs_log, batch, options, &got, &err) < 0)
		fail_msg("%s\n%s", err.msg, told);
	assert_int_equal(got.appended, wanted.appended);
	assert_int_equal(got.already, wanted.already);
	assert_int_equal(got.first_seq, wanted.first_seq);
	assert_int_equal(got.last_seq, wanted.last_seq);
	assert_int_equal(got.first_known_seq, wanted.first_known_seq);
	assert_int_equal(got.last_known_seq, wanted.last_known_seq);
	assert_int_equal(got.head_seq, wanted.head_seq);
	assert_int_equal(ent_log_head(logs_log, &seq, &head, NULL), ENT_OK);
	assert_int_equal(seq, wanted.head_seq);
	assert_memory_equal(&head, &got.head, sizeof(head));
	ent_batch_free(batch);
}

/* Fails with that message and obstacles, and leaves log and output alone. */
static void check_refused(struct ent_append_options options,
			  struct ent_batch *batch, const char *msg,
			  const char *obstacles)
{
	struct ent_appended out, before;
	struct ent_hash root, root_after;
	uint64_t seq = 0, seq_after = 0;
	struct ent_error err;

	memset(&out, 0x5a, sizeof(out));
	before = out;
	assert_int_equal(ent_log_head(logs_log, &seq, &root, NULL), ENT_OK);
	check_failure(ent_log_append(logs_log, batch, &options, &out, &err),
		      ENT_ECONFLICT, &err, msg);
	assert_string_equal(told, logs_json(obstacles));
	assert_memory_equal(&out, &before, sizeof(out));
	assert_int_equal(ent_log_head(logs_log, &seq_after, &root_after, NULL),
			 ENT_OK);
	assert_int_equal(seq, seq_after);
	assert_memory_equal(&root, &root_after, sizeof(root));
	ent_batch_free(batch);
}

/* ---- the table of section 6 -------------------------------------------------- */

static void none_is_there_all_are_appended(void **state)
{
	struct ent_append_options options = noting();

	(void)state;
	check_appended(&options, BATCH(JOINED("ARM"), JOINED("BLR")),
		       (struct ent_appended){ 2, 0, 1, 2, 1, 2, 2, { { 0 } } });
	check_appended(NULL, BATCH(JOINED("KAZ")),
		       (struct ent_appended){ 1, 0, 3, 3, 3, 3, 3, { { 0 } } });
}

static void all_are_there_nothing_is_written(void **state)
{
	struct ent_append_options options = noting();

	(void)state;
	APPEND(JOINED("ARM"), JOINED("BLR"), JOINED("KAZ"));
	logs_count = 1;
	check_appended(&options, BATCH(JOINED("BLR"), JOINED("KAZ")),
		       (struct ent_appended){ 0, 2, 0, 0, 2, 3, 3, { { 0 } } });
	assert_string_equal(told, "");
}

static void some_are_there_they_are_named(void **state)
{
	(void)state;
	APPEND(JOINED("ARM"), JOINED("BLR"));
	logs_count = 1;
	check_refused(noting(), BATCH(JOINED("BLR"), JOINED("KAZ")),
		      "the log has 1 of the 2 events already; skip those that it has to append the rest",
		      "a: is event 2 already\n");
}

static void those_there_can_be_skipped(void **state)
{
	struct ent_append_options options = noting();

	(void)state;
	APPEND(JOINED("ARM"), JOINED("BLR"));
	logs_count = 1;
	options.skip_existing = true;
	check_appended(&options,
		       BATCH(JOINED("BLR"), JOINED("KAZ"), JOINED("KGZ")),
		       (struct ent_appended){ 2, 1, 3, 4, 2, 4, 4, { { 0 } } });
}

#define BODY(actor)                                                     \
	"{'actor':'" actor "','alliance':'A','date':'2001',"           \
	"'source':{'title':'T'},'type':'member.joined'}"

static void other_content_under_an_id_is_shown(void **state)
{
	struct ent_append_options options = noting();

	(void)state;
	APPEND(JOINED("ARM"));
	logs_count = 0;
	options.skip_existing = true; /* is no excuse */
	check_refused(options, BATCH(JOINED("BLR"), JOINED("KAZ")),
		      "1 of 2 events has an id that the log has with other content",
		      "a: id #1 is event 1 already, with other content; there: "
		      BODY("ARM") "; here: " BODY("BLR") "\n");
	logs_count = 0;
	check_refused(noting(), BATCH(JOINED("BLR")),
		      "1 of 1 events has an id that the log has with other content",
		      "a: id #1 is event 1 already, with other content; there: "
		      BODY("ARM") "; here: " BODY("BLR") "\n");
}

static void the_same_twice_in_a_batch_names_both(void **state)
{
	struct ent_append_options options = noting();
	const char *const events[] = { JOINED("ARM"), JOINED("BLR"),
				       "'id':'#1'," JOINED("ARM"), NULL };

	(void)state;
	check_refused(options, batch_of(events),
		      "1 of 3 events is in the batch twice",
		      "c: the same event as a (id #1)\n");
	logs_count = 0;
	options.skip_existing = true;
	check_appended(&options, batch_of(events),
		       (struct ent_appended){ 2, 1, 1, 2, 1, 2, 2, { { 0 } } });
}

static void two_contents_under_one_id_in_a_batch(void **state)
{
	struct ent_append_options options = noting();

	(void)state;
	options.skip_existing = true; /* is no excuse */
	check_refused(options,
		      BATCH(JOINED("ARM"), "'id':'#1'," JOINED("BLR")),
		      "1 of 2 events is in the batch twice",
		      "b: another event than a, with the same id #1\n");
}

static void an_empty_batch_is_appended(void **state)
{
	struct ent_append_options options = noting();

	(void)state;
	check_appended(&options, new_batch(),
		       (struct ent_appended){ 0 });
	APPEND(JOINED("ARM"));
	check_appended(&options, new_batch(),
		       (struct ent_appended){ .head_seq = 1 });
}

/* ---- expectations ------------------------------------------------------------- */

static void the_expected_head_must_be_the_head(void **state)
{
	struct ent_append_options options = noting();

	(void)state;
	options.has_expected_head = true;
	check_appended(&options, BATCH(JOINED("ARM")),
		       (struct ent_appended){ 1, 0, 1, 1, 1, 1, 1, { { 0 } } });
	check_refused(options, BATCH(JOINED("BLR")),
		      "the last event is 1, not 0 as expected", "");
	options.expected_head = 2;
	check_refused(options, BATCH(JOINED("BLR")),
		      "the last event is 1, not 2 as expected", "");
	options.expected_head = 1;
	check_appended(&options, BATCH(JOINED("KAZ")),
		       (struct ent_appended){ 1, 0, 2, 2, 2, 2, 2, { { 0 } } });
}

static void a_retry_succeeds_whatever_was_expected(void **state)
{
	struct ent_append_options options = noting();

	(void)state;
	options.has_expected_head = true;
	check_appended(&options, BATCH(JOINED("ARM")),
		       (struct ent_appended){ 1, 0, 1, 1, 1, 1, 1, { { 0 } } });
	logs_count = 0;
	check_appended(&options, BATCH(JOINED("ARM")),
		       (struct ent_appended){ 0, 1, 0, 0, 1, 1, 1, { { 0 } } });
	options.skip_existing = true;
	logs_count = 0;
	check_refused(options, BATCH(JOINED("ARM"), JOINED("BLR")),
		      "the last event is 1, not 0 as expected", "");
}

static void identity_comes_before_expectation(void **state)
{
	struct ent_append_options options = noting();

	(void)state;
	APPEND(JOINED("ARM"));
	logs_count = 0;
	options.has_expected_head = true;
	options.expected_head = 7;
	check_refused(options, BATCH(JOINED("ARM"), JOINED("BLR")),
		      "the log has 1 of the 2 events already; skip those that it has to append the rest",
		      "a: is event 1 already\n");
}

/* ---- targets -------------------------------------------------------------------- */

#define RETRACTS(n) \
	"'type':'event.retracted','retracts':'#" n "','data':{'reason':'r'}"

static void a_target_must_be_there(void **state)
{
	(void)state;
	check_refused(noting(),
		      BATCH(JOINED("ARM"), RETRACTS("77"),
			    JOINED("BLR") ",'corrects':'#78'"),
		      "2 events correct or retract what is no event before it",
		      "b: retracts #77, which is no event before it\n"
		      "c: corrects #78, which is no event before it\n");
}

static void a_target_must_come_before(void **state)
{
	(void)state;
	check_refused(noting(), BATCH(RETRACTS("2"), JOINED("ARM")),
		      "1 event corrects or retracts what is no event before it",
		      "a: retracts #2, which is no event before it\n");
	logs_count = 0;
	check_refused(noting(),
		      BATCH(JOINED("ARM") ",'corrects':'#2'", JOINED("BLR")),
		      "1 event corrects or retracts what is no event before it",
		      "a: corrects #2, which is no event before it\n");
}

static void no_event_takes_itself_back(void **state)
{
	(void)state;
	check_refused(noting(), BATCH("'id':'#9'," RETRACTS("9")),
		      "1 event corrects or retracts what is no event before it",
		      "a: retracts #9, which is no event before it\n");
}

static void a_target_may_stand_earlier_in_the_batch(void **state)
{
	struct ent_append_options options = noting();
	uint64_t *fixes = NULL;
	size_t count = 0;

	(void)state;
	check_appended(&options,
		       BATCH(JOINED("ARM"), RETRACTS("1"),
			     JOINED("BLR") ",'corrects':'#1'"),
		       (struct ent_appended){ 3, 0, 1, 3, 1, 3, 3, { { 0 } } });
	assert_int_equal(ent_log_fixes(logs_log, 1, &fixes, &count, NULL),
			 ENT_OK);
	assert_int_equal(count, 2);
	assert_int_equal(fixes[0], 2);
	assert_int_equal(fixes[1], 3);
	ent_free(fixes);
}

/* ---- the rest -------------------------------------------------------------------- */

static void a_batch_can_be_cleared_and_used_again(void **state)
{
	struct ent_batch *batch = BATCH(JOINED("ARM"), JOINED("BLR"));
	struct ent_append_options options = noting();
	struct ent_error err;

	(void)state;
	assert_int_equal(ent_batch_add(batch, "{", 1, "bad", &err), ENT_EINPUT);
	assert_int_equal(ent_batch_count(batch), 2);
	ent_batch_clear(batch);
	assert_int_equal(ent_batch_count(batch), 0);
	logs_draft(batch, JOINED("KAZ"), NULL);
	check_appended(&options, batch,
		       (struct ent_appended){ 1, 0, 1, 1, 1, 1, 1, { { 0 } } });
	ent_batch_free(NULL);
}

static void a_read_only_log_refuses(void **state)
{
	struct ent_log_options reading = { .read_only = true };
	struct ent_appended out;
	struct ent_batch *batch = BATCH(JOINED("ARM"));
	struct ent_error err;

	(void)state;
	ent_log_close(logs_log);
	logs_log = NULL;
	assert_int_equal(ent_log_open(logs_dir, &reading, &logs_log, NULL),
			 ENT_OK);
	check_failure(ent_log_append(logs_log, batch, NULL, &out, &err),
		      ENT_EUSAGE, &err,
		      "the log was opened for reading only");
	ent_batch_free(batch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LOG_TEST(none_is_there_all_are_appended),
		LOG_TEST(all_are_there_nothing_is_written),
		LOG_TEST(some_are_there_they_are_named),
		LOG_TEST(those_there_can_be_skipped),
		LOG_TEST(other_content_under_an_id_is_shown),
		LOG_TEST(the_same_twice_in_a_batch_names_both),
		LOG_TEST(two_contents_under_one_id_in_a_batch),
		LOG_TEST(an_empty_batch_is_appended),
		LOG_TEST(the_expected_head_must_be_the_head),
		LOG_TEST(a_retry_succeeds_whatever_was_expected),
		LOG_TEST(identity_comes_before_expectation),
		LOG_TEST(a_target_must_be_there),
		LOG_TEST(a_target_must_come_before),
		LOG_TEST(no_event_takes_itself_back),
		LOG_TEST(a_target_may_stand_earlier_in_the_batch),
		LOG_TEST(a_batch_can_be_cleared_and_used_again),
		LOG_TEST(a_read_only_log_refuses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
