/*
 * test_verify.c - one thing changed behind the log's back, and what verify says.
 */
#include "verifying.h"

static void a_healthy_log_has_no_findings(void **state)
{
	struct ent_verified out = verify();
	struct ent_hash head;

	(void)state;
	assert_string_equal(findings, "");
	assert_int_equal(out.findings, 0);
	assert_int_equal(out.events, EVENTS);
	assert_int_equal(ent_log_head(logs_log, NULL, &head, NULL), ENT_OK);
	assert_memory_equal(&out.head, &head, sizeof(head));
}

static void an_empty_log_is_healthy(void **state)
{
	struct ent_verified out = verify();

	(void)state;
	assert_int_equal(out.findings, 0);
	assert_int_equal(out.events, 0);
	assert_int_equal(ent_log_verify(logs_log, NULL, NULL, NULL, &out,
					NULL),
			 ENT_OK);
}

static void missing_events_are_named(void **state)
{
	static const struct damage row = { "events", 2, DROP, 0, NULL };

	(void)state;
	damage_log(&row);
	assert_int_equal(verify().events, 70 - 1);
	assert_non_null(strstr(findings, "3 it is missing; 4 follows\n"));
}

static void a_changed_body_is_never_shown(void **state)
{
	static const struct damage row = { "events", 0, FLIP, AT_DATE, NULL };
	struct ent_event *event = NULL;
	struct ent_state *state_out = NULL;
	struct ent_basis basis = logs_basis("2010");
	struct ent_cursor *cursor = NULL;
	struct ent_error err;

	(void)state;
	damage_log(&row);
	check_failure(ent_log_get(logs_log, 2, &event, &err), ENT_ECORRUPT,
		      &err, "event 2: its bytes do not have the hash in the tree");
	assert_null(event);
	check_failure(ent_replay(logs_log, &basis, NULL, &state_out, &err),
		      ENT_ECORRUPT, &err,
		      "event 2: its bytes do not have the hash in the tree");
	assert_null(state_out);
	assert_int_equal(ent_log_read(logs_log, NULL, &cursor, NULL), ENT_OK);
	assert_int_equal(ent_cursor_next(cursor, &event, NULL), ENT_OK);
	ent_event_free(event);
	assert_int_equal(ent_cursor_next(cursor, &event, NULL), ENT_ECORRUPT);
	ent_cursor_close(cursor);
	assert_int_equal(ent_log_get(logs_log, 1, &event, NULL), ENT_OK);
	ent_event_free(event);
}

/* ---- progress ----------------------------------------------------------------- */

enum { MANY = 9000 };

static int make_many(void **state)
{
	struct ent_batch *batch = NULL;

	if (logs_make(state) != 0 || ent_batch_new(&batch, NULL) < 0)
		return -1;
	for (int i = 0; i < MANY; i++)
		logs_draft(batch, "'type':'x.note','date':'2000'", NULL);
	assert_int_equal(ent_log_append(logs_log, batch, NULL,
					&(struct ent_appended){ 0 }, NULL),
			 ENT_OK);
	ent_batch_free(batch);
	return 0;
}

/* Whatever bit of the ids is another, it is found. */
static void changed_id_runs(void **state)
{
	for (int at = 0; at < 24; at++) {
		struct damage row = { "id_runs", 0, FLIP, at < 20 ? at : -at,
				      NULL };

		if (at > 0) {
			logs_remove_folder(state);
			assert_int_equal(make_many(state), 0);
		}
		if (at == 6 || at == 7)
			continue; /* nothing is in there */
		damage_log(&row);
		assert_true(verify().findings > 0);
	}
}

struct calls {
	int count, stop_at; /* the call that asks to stop; 0: none */
	uint64_t done;
};

static int count_call(uint64_t done, uint64_t total, void *arg)
{
	struct calls *calls = arg;

	assert_int_equal(total, MANY);
	assert_true(done > calls->done && done <= total);
	calls->done = done;
	return ++calls->count == calls->stop_at;
}

static void progress_is_told(void **state)
{
	struct calls calls = { 0 };
	struct ent_verified out = { 0 };

	(void)state;
	assert_int_equal(ent_log_verify(logs_log, NULL, count_call, &calls,
					&out, NULL),
			 ENT_OK);
	assert_int_equal(calls.count, 2);
	assert_int_equal(calls.done, 8192);
	assert_int_equal(out.events, MANY);
}

static void progress_can_stop(void **state)
{
	struct ent_verified out = { .events = 77 };
	struct ent_error err;

	(void)state;
	for (int at = 1; at <= 2; at++) {
		struct calls calls = { .stop_at = at };
		char msg[64];

		snprintf(msg, sizeof(msg), "stopped after %d of 9000 events",
			 at * 4096);
		check_failure(ent_log_verify(logs_log, NULL, count_call, &calls,
					     &out, &err),
			      ENT_ESTOPPED, &err, msg);
		assert_int_equal(calls.count, at);
		assert_int_equal(out.events, 77);
	}
	/* The log is as usable as before. */
	assert_int_equal(ent_log_verify(logs_log, NULL, NULL, NULL, &out, NULL),
			 ENT_OK);
	assert_int_equal(out.events, MANY);
}

#define MANY_TEST(f) SETUP_TEST(make_many, f)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIVE_TEST(a_healthy_log_has_no_findings),
		LOG_TEST(an_empty_log_is_healthy),
		SETUP_TEST(make_seventy, missing_events_are_named),
		FIVE_TEST(a_changed_body_is_never_shown),
		MANY_TEST(changed_id_runs),
		MANY_TEST(progress_is_told),
		MANY_TEST(progress_can_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
