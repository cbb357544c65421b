/*
 * test_preview.c - what an append would change, without writing.
 */
#include "logs.h"

#define EVENT(type, actor, date) \
	"'type':'" type "','alliance':'A','actor':'" actor "','date':'" date "'"

static char seen[4096]; /* "DAY CHANGES FIRST-PATH\n" each */

static int note(int32_t day, const struct ent_diff *diff, void *arg,
		struct ent_error *err)
{
	char text[ENT_DAY_TEXT_SIZE];
	struct ent_basis from = ent_diff_from(diff), to = ent_diff_to(diff);

	(void)err;
	assert_ptr_equal(arg, seen);
	assert_int_equal(from.at, day);
	assert_int_equal(to.at, day);
	assert_true(from.known < to.known);
	for (size_t i = 0; i < ent_diff_count(diff); i++)
		assert_int_equal(ent_diff_get(diff, i)->part, ENT_KNOWLEDGE);
	ent_day_text(day, text);
	sprintf(seen + strlen(seen), "%s %s\n", text,
		ent_diff_get(diff, 0)->path);
	return ENT_OK;
}

static int refuse(int32_t day, const struct ent_diff *diff, void *arg,
		  struct ent_error *err)
{
	(void)day;
	(void)diff;
	return ent_error_set(err, *(int *)arg, "refused");
}

static struct ent_batch *batch_of(const char *const *events)
{
	struct ent_batch *batch = NULL;

	assert_int_equal(ent_batch_new(&batch, NULL), ENT_OK);
	for (size_t i = 0; events[i]; i++)
		logs_draft(batch, events[i], NULL);
	return batch;
}

#define BATCH(...) batch_of((const char *const[]){ __VA_ARGS__, NULL })

static void check_preview(struct ent_batch *batch, const char *today,
			  const char *wanted)
{
	struct ent_appended out = { 0 };
	struct ent_hash before, after;
	uint64_t seq = 0, seq_after = 0;
	struct ent_error err;

	seen[0] = '\0';
	assert_int_equal(ent_log_head(logs_log, &seq, &before, NULL), ENT_OK);
	if (ent_log_preview(logs_log, batch, NULL, logs_day(today), note, seen,
			    &out, &err) < 0)
		fail_msg("%s", err.msg);
	assert_string_equal(seen, wanted);
	assert_int_equal(out.head_seq, seq + out.appended);
	assert_int_equal(ent_log_head(logs_log, &seq_after, &after, NULL),
			 ENT_OK);
	assert_int_equal(seq, seq_after);
	assert_memory_equal(&before, &after, sizeof(before));
	ent_batch_free(batch);
}

static void nothing_is_written(void **state)
{
	struct ent_verified verified = { 0 };

	(void)state;
	check_preview(BATCH(EVENT("member.joined", "ARM", "2001-01-01")),
		      "2010-01-01",
		      "2001-01-01 /A/members/ARM/certainty\n"
		      "2010-01-01 /A/members/ARM/certainty\n");
	assert_int_equal(ent_log_verify(logs_log, NULL, NULL, NULL, &verified,
					NULL),
			 ENT_OK);
	assert_int_equal(verified.events, 0);
	assert_int_equal(verified.findings, 0);
}

/* The bounds of dates and untils, and today, each once, in order. */
static void days_come_in_order(void **state)
{
	(void)state;
	check_preview(BATCH(EVENT("member.joined", "BLR", "2003"),
			    EVENT("member.joined", "ARM", "2001-02")
			    ",'until':'2002-03-04'"),
		      "2001-02-28",
		      "2001-02-01 /A/members/ARM/certainty\n"
		      "2001-02-28 /A/members/ARM/certainty\n"
		      "2002-03-04 /A/members/ARM/certainty\n"
		      "2003-01-01 /A/members/BLR/certainty\n"
		      "2003-12-31 /A/members/BLR/certainty\n");
}

static void days_without_a_change_are_left_out(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001-01-01"));
	check_preview(BATCH(EVENT("member.joined", "ARM", "2000-01-01")),
		      "2010-01-01", "2000-01-01 /A/members/ARM/certainty\n");
}

/* Also the days of what is corrected. */
static void days_of_targets_are_touched(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001-01-01")
	       ",'until':'2001-12-31'");
	check_preview(BATCH("'type':'event.retracted','retracts':'#1','data':{'reason':'r'}"),
		      "2010-01-01",
		      "2001-01-01 /A/members/ARM/certainty\n"
		      "2001-12-31 /A/members/ARM/certainty\n"
		      "2010-01-01 /A/status\n"); /* nobody names it any more */
}

static void what_is_there_already_changes_nothing(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001-01-01"));
	logs_count = 0;
	check_preview(BATCH(EVENT("member.joined", "ARM", "2001-01-01")),
		      "2010-01-01", "");
}

static void what_append_refuses_preview_refuses(void **state)
{
	struct ent_batch *batch = BATCH(
		EVENT("member.joined", "ARM", "2001") ",'corrects':'#9'");
	struct ent_appended out = { .appended = 42 };
	struct ent_error err;

	(void)state;
	seen[0] = '\0';
	check_failure(ent_log_preview(logs_log, batch, NULL, 0, note, seen,
				      &out, &err), ENT_ECONFLICT, &err,
		      "1 event corrects or retracts what is no event before it");
	assert_string_equal(seen, "");
	assert_int_equal(out.appended, 42);
	ent_batch_free(batch);
}

static void a_refusal_stops_it(void **state)
{
	struct ent_batch *batch = BATCH(EVENT("member.joined", "ARM", "2001"));
	struct ent_appended out = { .appended = 42 };
	int code = ENT_EINPUT;
	struct ent_error err;

	(void)state;
	check_failure(ent_log_preview(logs_log, batch, NULL, 0, refuse, &code,
				      &out, &err), ENT_EINPUT, &err, "refused");
	assert_int_equal(out.appended, 42);
	logs_append_at(0, (const char *const[]){ EVENT("aid.sent", "ARM",
						       "2001"), NULL });
	ent_batch_free(batch);
}

static void the_map_grows_for_a_preview_too(void **state)
{
	struct ent_log_options small = { .map_bytes = 512 << 10 };
	struct ent_batch *batch = NULL;

	(void)state;
	ent_log_close(logs_log);
	logs_log = NULL;
	assert_int_equal(ent_log_open(logs_dir, &small, &logs_log, NULL),
			 ENT_OK);
	assert_int_equal(ent_batch_new(&batch, NULL), ENT_OK);
	for (int i = 0; i < 3000; i++)
		logs_draft(batch, EVENT("member.joined", "ARM", "2001-01-01"),
			   NULL);
	check_preview(batch, "2001-01-01",
		      "2001-01-01 /A/members/ARM/certainty\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LOG_TEST(nothing_is_written),
		LOG_TEST(days_come_in_order),
		LOG_TEST(days_without_a_change_are_left_out),
		LOG_TEST(days_of_targets_are_touched),
		LOG_TEST(what_is_there_already_changes_nothing),
		LOG_TEST(what_append_refuses_preview_refuses),
		LOG_TEST(a_refusal_stops_it),
		LOG_TEST(the_map_grows_for_a_preview_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
