/*
 * test_reducer.c - folds of the caller's own.
 */
#include "logs.h"

#define OWN(date, value) \
	"'type':'x.seat','actor':'ARM','date':'" date "','data':{'text':'" value "'}"

/* Puts data.text of `x.seat` events into a slot for each actor. */
static int seats(const struct ent_event *event, struct ent_puts *puts, void *arg,
		 struct ent_error *err)
{
	unsigned *calls = arg;
	const char *text = ent_value_get_text(event->data, "text");

	if (calls)
		++*calls;
	if (strcmp(event->type, "x.seat") != 0 || !text)
		return ENT_OK;
	return ent_put(puts, event->actor, text, err);
}

static int stop(const struct ent_event *event, struct ent_puts *puts, void *arg,
		struct ent_error *err)
{
	(void)puts;
	return event->seq == 2 ? ent_error_set(err, *(int *)arg, "stopped") :
				 ENT_OK;
}

static void check_slots(const char *date, const char *expected)
{
	struct ent_reducer reducer = { .name = "seats", .reduce = seats };
	struct ent_view view = { .reducers = &reducer, .reducers_count = 1 };
	struct ent_basis basis = logs_basis(date);
	struct ent_state *state = logs_replay(&basis, &view);

	check_value(ent_state_slots(state), expected);
	ent_state_free(state);
}

#define SEAT(value, events)                                              \
	"{'seats':{'ARM':{'certainty':'certain','events':[" events       \
	"],'value':'" value "'}}}"

static void without_reducers_there_are_no_slots(void **state)
{
	struct ent_basis basis = logs_basis("2010");
	struct ent_state *replay;

	(void)state;
	APPEND(OWN("2001", "a"));
	replay = logs_replay(&basis, NULL);
	check_value(ent_state_slots(replay), "{}");
	check_value(ent_state_alliances(replay), "{}");
	ent_state_free(replay);
}

static void a_slot_has_the_last_value(void **state)
{
	(void)state;
	APPEND(OWN("2001-01-01", "a"), OWN("2003-01-01", "c"),
	       OWN("2002-01-01", "b")); /* late */
	check_slots("2000", "{'seats':{}}");
	check_slots("2001", SEAT("a", "1"));
	check_slots("2002", SEAT("b", "3"));
	check_slots("2003", SEAT("c", "2"));
}

static void a_value_ends_with_its_until(void **state)
{
	(void)state;
	APPEND(OWN("2001-01-01", "a"),
	       OWN("2002-01-01", "b") ",'until':'2002-12-31'",
	       "'type':'x.seat','actor':'BLR','date':'2002-01-01','until':'2002-06-30','data':{'text':'d'}");
	check_slots("2002-12-31", SEAT("b", "2"));
	check_slots("2003-01-01", SEAT("a", "1"));
}

static void what_is_taken_back_is_not_seen(void **state)
{
	struct ent_basis basis = logs_basis("2010");
	unsigned calls = 0;
	struct ent_reducer reducer = { "seats", seats, &calls };
	struct ent_view view = { .reducers = &reducer, .reducers_count = 1 };
	struct ent_state *replay;

	(void)state;
	APPEND(OWN("2001-01-01", "a"), OWN("2002-01-01", "b"),
	       "'type':'event.retracted','retracts':'#2','data':{'reason':'r'}",
	       OWN("2003-01-01", "c") ",'corrects':'#1'",
	       OWN("2012-01-01", "d"));
	replay = logs_replay(&basis, &view);
	check_value(ent_state_slots(replay), SEAT("c", "4"));
	assert_int_equal(calls, 1);
	ent_state_free(replay);
	calls = 0;
	basis.known = 2;
	replay = logs_replay(&basis, &view);
	check_value(ent_state_slots(replay), SEAT("b", "2"));
	assert_int_equal(calls, 2);
	ent_state_free(replay);
}

static void dates_known_in_part_leave_it_open(void **state)
{
	(void)state;
	APPEND(OWN("2001", "b"), OWN("2002", "a"));
	check_slots("2001-06-01",
		    "{'seats':{'ARM':{'certainty':'possible','events':[1],"
		    "'possible':['b','none'],'value':'b'}}}");
	check_slots("2002-06-01",
		    "{'seats':{'ARM':{'certainty':'possible','events':[2,1],"
		    "'possible':['a','b'],'value':'a'}}}");
	check_slots("2002-12-31", SEAT("a", "2"));
}

static void an_empty_slot_may_not_be(void **state)
{
	(void)state;
	APPEND(OWN("../2005", "a"));
	check_slots("2004",
		    "{'seats':{'ARM':{'certainty':'possible','events':[1],"
		    "'possible':['a','none'],'value':null}}}");
}

/* Whatever the modality and the type. */
static void a_reducer_sees_every_event(void **state)
{
	struct ent_basis basis = logs_basis("2010");
	unsigned calls = 0;
	struct ent_reducer reducer = { "seats", seats, &calls };
	struct ent_view view = { .reducers = &reducer, .reducers_count = 1 };

	(void)state;
	APPEND("'type':'member.joined','alliance':'A','actor':'ARM','date':'2001'",
	       "'type':'member.withdrew','alliance':'A','actor':'ARM','date':'2001','modality':'possible'",
	       "'type':'statement.made','actor':'ARM','date':'2001'",
	       OWN("2001", "a") ",'modality':'denied'");
	ent_state_free(logs_replay(&basis, &view));
	assert_int_equal(calls, 4);
}

static void several_reducers_do_not_meet(void **state)
{
	struct ent_basis basis = logs_basis("2010");
	struct ent_reducer reducers[] = { { .name = "z", .reduce = seats },
					  { .name = "b", .reduce = seats } };
	struct ent_view view = { .reducers = reducers, .reducers_count = 2 };
	struct ent_state *replay;

	(void)state;
	APPEND(OWN("2001-01-01", "a"));
	replay = logs_replay(&basis, &view);
	check_value(ent_state_slots(replay),
		    "{'b':{'ARM':{'certainty':'certain','events':[1],'value':'a'}},"
		    "'z':{'ARM':{'certainty':'certain','events':[1],'value':'a'}}}");
	ent_state_free(replay);
}

/* Ours give the same answer whether or not others listen. */
static void a_reducer_changes_no_other_answer(void **state)
{
	struct ent_basis basis = logs_basis("2010");
	struct ent_reducer reducer = { .name = "seats", .reduce = seats };
	struct ent_view view = { .reducers = &reducer, .reducers_count = 1 };
	struct ent_hash with, without;
	struct ent_state *replay;

	(void)state;
	APPEND("'type':'member.joined','alliance':'A','actor':'ARM','date':'2001'",
	       OWN("2001", "a"));
	replay = logs_replay(&basis, &view);
	with = ent_state_digest(replay);
	ent_state_free(replay);
	replay = logs_replay(&basis, NULL);
	without = ent_state_digest(replay);
	ent_state_free(replay);
	assert_memory_equal(&with, &without, sizeof(with));
}

static void its_failure_passes_through(void **state)
{
	static const int codes[] = { ENT_EINPUT, ENT_ENOMEM, -77 };
	struct ent_basis basis = logs_basis("2010");
	struct ent_state *replay = NULL;
	struct ent_error err;

	(void)state;
	APPEND(OWN("2001", "a"), OWN("2002", "b"));
	for (size_t i = 0; i < COUNT(codes); i++) {
		int code = codes[i];
		struct ent_reducer reducer = { "stop", stop, &code };
		struct ent_view view = { .reducers = &reducer,
					 .reducers_count = 1 };

		check_failure(ent_replay(logs_log, &basis, &view, &replay,
					 &err), code, &err, "stopped");
		assert_null(replay);
	}
	basis.at = logs_day("2001"); /* the second is not seen */
	{
		int code = ENT_EINPUT;
		struct ent_reducer reducer = { "stop", stop, &code };
		struct ent_view view = { .reducers = &reducer,
					 .reducers_count = 1 };

		ent_state_free(logs_replay(&basis, &view));
	}
}

/* A reducer that puts what its argument says. */
struct texts_to_put {
	const char *path, *value;
};

static int put_texts(const struct ent_event *event, struct ent_puts *puts, void *arg,
		     struct ent_error *err)
{
	const struct texts_to_put *texts = arg;

	(void)event;
	return ent_put(puts, texts->path, texts->value, err);
}

static void what_it_puts_are_texts(void **state)
{
	static const struct {
		struct texts_to_put texts;
		const char *what; /* is wrong; NULL: nothing */
	} rows[] = {
		{ { "p", "v" }, NULL },		{ { NULL, "v" }, "path" },
		{ { "", "v" }, "path" },	{ { "\xff", "v" }, "path" },
		{ { "p", NULL }, "value" },	{ { "p", "" }, "value" },
		{ { "p", "a\xc3" }, "value" },
	};
	struct ent_basis basis = logs_basis("2010");

	(void)state;
	APPEND(OWN("2001", "a"));
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct texts_to_put texts = rows[i].texts;
		struct ent_reducer reducer = { "own", put_texts, &texts };
		struct ent_view view = { .reducers = &reducer,
					 .reducers_count = 1 };
		struct ent_state *answer = NULL;
		struct ent_error err;
		int rc = ent_replay(logs_log, &basis, &view, &answer, &err);
		char msg[96];

		ent_state_free(answer);
		if (!rows[i].what) {
			assert_int_equal(rc, ENT_OK);
			continue;
		}
		snprintf(msg, sizeof(msg),
			 "the %s that a reducer puts is empty or not UTF-8",
			 rows[i].what);
		check_failure(rc, ENT_EINPUT, &err, msg);
		assert_null(answer);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LOG_TEST(without_reducers_there_are_no_slots),
		LOG_TEST(a_slot_has_the_last_value),
		LOG_TEST(a_value_ends_with_its_until),
		LOG_TEST(what_is_taken_back_is_not_seen),
		LOG_TEST(dates_known_in_part_leave_it_open),
		LOG_TEST(an_empty_slot_may_not_be),
		LOG_TEST(a_reducer_sees_every_event),
		LOG_TEST(several_reducers_do_not_meet),
		LOG_TEST(a_reducer_changes_no_other_answer),
		LOG_TEST(its_failure_passes_through),
		LOG_TEST(what_it_puts_are_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
