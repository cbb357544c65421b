/*
 * test_state_basis.c - what a replay stands on, what it lists, and stances.
 */
#include "logs.h"

#define EVENT(type, actor, date) \
	"'type':'" type "','alliance':'A','actor':'" actor "','date':'" date "'"
#define AGAINST(type, actor, target, date) \
	"'type':'" type "','actor':'" actor "','target':'" target \
	"','date':'" date "'"
#define PUBLISHED(date) ",'source':{'title':'T','published':'" date "'}"
#define RETRACTS(n) \
	"'type':'event.retracted','retracts':'#" n "','data':{'reason':'r'}"

/* ---- basis -------------------------------------------------------------------- */

static void check_known(uint64_t known, const char *pointer,
			const char *expected)
{
	struct ent_basis basis = logs_basis("2010");

	basis.known = known;
	check_basis(&basis, pointer, expected);
}

static void only_what_is_known_counts(void **state)
{
	struct ent_basis basis = logs_basis("2010");
	struct ent_hash root, head;
	struct ent_state *replay;

	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001"),
	       EVENT("member.withdrew", "ARM", "2002"));
	check_known(0, "", "{}");
	check_known(1, "/A/members/ARM/status", "'member'");
	check_known(2, "/A/former/ARM/status", "'withdrawn'");
	check_known(99, "/A/former/ARM/status", "'withdrawn'");
	basis.known = 1;
	replay = logs_replay(&basis, NULL);
	head = ent_state_head(replay);
	assert_int_equal(ent_log_root(logs_log, 1, &root, NULL), ENT_OK);
	assert_memory_equal(&head, &root, sizeof(root));
	assert_int_equal(ent_state_basis(replay).known, 1);
	ent_state_free(replay);
	basis.known = 99; /* beyond the last means the last */
	replay = logs_replay(&basis, NULL);
	assert_int_equal(ent_state_basis(replay).known, 2);
	ent_state_free(replay);
}

static void corrections_chain(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001"),             /* 1 */
	       EVENT("member.invited", "ARM", "2001") ",'corrects':'#1'",
	       RETRACTS("2"),                                     /* 1 is back */
	       RETRACTS("3"),                                     /* 2 is back */
	       RETRACTS("1"),                                     /* no matter */
	       RETRACTS("2"));                                    /* nothing left */
	check_known(1, "/A/members/ARM/status", "'member'");
	check_known(2, "/A/candidates/ARM/status", "'invited'");
	check_known(3, "/A/members/ARM/status", "'member'");
	check_known(4, "/A/candidates/ARM/status", "'invited'");
	check_known(5, "/A/candidates/ARM/status", "'invited'");
	check_known(6, "", "{}");
}

static void two_corrections_of_one_event_both_hold(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001"),
	       EVENT("member.joined", "BLR", "2001") ",'corrects':'#1'",
	       EVENT("member.joined", "KAZ", "2001") ",'corrects':'#1'");
	check_known(3, "/A/members/ARM", "null");
	check_known(3, "/A/members/BLR/status", "'member'");
	check_known(3, "/A/members/KAZ/status", "'member'");
}

static void check_published(const char *by, const char *pointer,
			    const char *expected)
{
	struct ent_basis basis = logs_basis("2030");

	basis.has_published = true;
	basis.published = logs_day(by);
	check_basis(&basis, pointer, expected);
}

/* Surely by the end of the day; without a date, never. */
static void only_what_was_surely_published_counts(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001") PUBLISHED("2001-02"),
	       EVENT("member.joined", "BLR", "2001"),
	       EVENT("member.joined", "KAZ", "2001") PUBLISHED("2003/.."));
	check_published("2001-02-27", "", "{}");
	check_published("2001-02-28", "/A/members/ARM/status", "'member'");
	check_published("2001-02", "/A/members/ARM/status", "'member'");
	check_published("9999", "/A/members/BLR", "null");
	check_published("9999", "/A/members/KAZ", "null");
}

static void what_is_not_published_takes_nothing_back(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001") PUBLISHED("2001"),
	       EVENT("member.joined", "BLR", "2001") PUBLISHED("2003")
	       ",'corrects':'#1'",
	       EVENT("member.joined", "KAZ", "2001") PUBLISHED("2001"),
	       RETRACTS("3"));
	check_published("2002", "/A/members/ARM/status", "'member'");
	check_published("2002", "/A/members/BLR", "null");
	check_published("2003", "/A/members/ARM", "null");
	check_published("2003", "/A/members/BLR/status", "'member'");
	check_published("2003", "/A/members/KAZ/status", "'member'");
	check_known(4, "/A/members/KAZ", "null");
}

static void only_the_alliances_asked_for_are_shown(void **state)
{
	static const char *const codes[] = { "B", "C", "NONE" };
	struct ent_view view = { .alliances = codes, .alliances_count = 3 };
	struct ent_basis basis = logs_basis("2005");
	struct ent_state *replay;

	(void)state;
	APPEND("'type':'alliance.founded','alliance':'A','date':'2001'",
	       "'type':'alliance.founded','alliance':'B','date':'2001'",
	       "'type':'alliance.founded','alliance':'C','date':'2001'",
	       AGAINST("accusation.made", "ARM", "RUS", "2002"),
	       "'type':'alliance.led','alliance':'B','actor':'RUS','date':'2001'");
	replay = logs_replay(&basis, &view);
	assert_int_equal(ent_state_alliances(replay)->len, 2);
	check_value(ent_value_at(ent_state_alliances(replay), "/B/stance"),
		    "{'ARM':{'class':'strained','counts':{'accusation.made':1},'score':-20}}");
	check_value(ent_value_at(ent_state_alliances(replay), "/C/stance"),
		    "{}");
	ent_state_free(replay);
	view.alliances_count = 0;
	replay = logs_replay(&basis, &view);
	check_value(ent_state_alliances(replay), "{}");
	ent_state_free(replay);
}

/* Also where an event weighs in one of them by its alliance, and in another by
 * its target. */
static void some_alliances_are_shown_as_among_all(void **state)
{
	static const char *const choices[][3] = {
		{ "A", "B", "C" }, { "C", "B", "A" }, { "B", "A", "A" },
		{ "C", NULL, NULL }, { "B", "C", NULL },
	};
	struct ent_basis basis = logs_basis("2005");
	struct ent_state *all;

	(void)state;
	APPEND("'type':'alliance.led','alliance':'A','actor':'RUS','date':'2001'",
	       "'type':'alliance.led','alliance':'B','actor':'RUS','date':'2001'",
	       "'type':'alliance.led','alliance':'B','actor':'BLR','date':'2002'",
	       "'type':'alliance.led','alliance':'C','actor':'BLR','date':'2001'",
	       AGAINST("accusation.made", "ARM", "RUS", "2002"),
	       AGAINST("accusation.made", "ARM", "BLR", "2002")
	       ",'alliance':'A'",
	       EVENT("meeting.held", "ARM", "2003"));
	all = logs_replay(&basis, NULL);
	check_value(ent_value_at(ent_state_alliances(all), "/A/stance/ARM/score"),
		    "-30");
	check_value(ent_value_at(ent_state_alliances(all), "/B/stance/ARM/score"),
		    "-20");
	check_value(ent_value_at(ent_state_alliances(all), "/C/stance/ARM/score"),
		    "-20");
	for (size_t i = 0; i < COUNT(choices); i++) {
		struct ent_view view = { .alliances = choices[i] };
		struct ent_state *some;

		while (view.alliances_count < 3 &&
		       choices[i][view.alliances_count])
			view.alliances_count++;
		some = logs_replay(&basis, &view);
		for (size_t j = 0; j < view.alliances_count; j++)
			assert_true(ent_value_equal(
				ent_value_get(ent_state_alliances(some),
					      choices[i][j]),
				ent_value_get(ent_state_alliances(all),
					      choices[i][j])));
		ent_state_free(some);
	}
	ent_state_free(all);
}

/* ---- lists ---------------------------------------------------------------------- */

static void an_entry_shows_its_event(void **state)
{
	(void)state;
	APPEND("'type':'obligation.refused','alliance':'A','actor':'ARM','target':'BLR',"
	       "'object':'O','date':'2001','until':'2003','modality':'claim',"
	       "'attributed_to':'KAZ','summary':'S','coder':'C'",
	       EVENT("aid.sent", "ARM", "2002"));
	check_at("2002", "/A/signals",
		 "[{'actor':'ARM','attributed_to':'KAZ','date':'2001','id':'#1',"
		 "'modality':'claim','object':'O','seq':1,'summary':'S',"
		 "'target':'BLR','type':'obligation.refused','until':'2003'}]");
	check_at("2002", "/A/commitments",
		 "[{'actor':'ARM','date':'2002','id':'#2','modality':'fact','seq':2,"
		 "'type':'aid.sent'}]");
	check_at("2004-01-01", "/A/signals", "[]");
	check_at("2000", "", "{}");
}

/* The numbers of a list's entries, as text. */
static void check_list(const char *date, const char *list, size_t last,
		       const char *wanted)
{
	struct ent_basis basis = logs_basis(date);
	struct ent_view view = { .last = last };
	struct ent_state *state = logs_replay(&basis, &view);
	const struct ent_value *entries;
	char pointer[32], got[64] = "";

	snprintf(pointer, sizeof(pointer), "/A/%s", list);
	entries = ent_value_at(ent_state_alliances(state), pointer);
	assert_non_null(entries);
	for (size_t i = 0; i < entries->len; i++)
		sprintf(got + strlen(got), "%d",
			(int)ent_value_get(&entries->as.items[i],
					   "seq")->as.integer);
	assert_string_equal(got, wanted);
	ent_state_free(state);
}

static void each_type_has_its_list(void **state)
{
	(void)state;
	APPEND(EVENT("obligation.invoked", "ARM", "2001"),
	       EVENT("troops.refused", "ARM", "2001"),
	       EVENT("statement.made", "ARM", "2001"),
	       EVENT("treaty.ratified", "ARM", "2001"),
	       EVENT("exercise.held", "ARM", "2001"),
	       EVENT("member.frozen", "ARM", "2001") ",'modality':'possible'",
	       EVENT("exercise.held", "ARM", "2001") ",'modality':'planned'",
	       EVENT("aid.sent", "ARM", "2001") ",'modality':'denied'",
	       AGAINST("statement.made", "ARM", "RUS", "2001"),
	       EVENT("x.own", "ARM", "2001") ",'modality':'possible'");
	check_list("2001", "commitments", 0, "12");
	check_list("2001", "signals", 0, "34678");
	check_list("2001", "exercises", 0, "5");
	check_at("2001", "/A/members", "{}");
}

static void entries_stand_in_the_order_of_the_fold(void **state)
{
	(void)state;
	APPEND(EVENT("statement.made", "ARM", "2003"),
	       EVENT("statement.made", "ARM", "2001"),
	       EVENT("statement.made", "ARM", "2002") ",'until':'2002'",
	       EVENT("statement.made", "ARM", "../2000"),
	       EVENT("statement.made", "ARM", "2001"));
	check_list("2002", "signals", 0, "4253");
	check_list("2003", "signals", 0, "4251");
	check_list("2003", "signals", 2, "51");
	check_list("2003", "signals", 4, "4251");
	check_list("2003", "signals", 5, "4251");
	check_list("2000-12-31", "signals", 0, "4");
}

/* The last word on a named exercise is its entry. */
static void exercises_go_by_name(void **state)
{
	(void)state;
	APPEND(EVENT("exercise.held", "ARM", "2003") ",'data':{'name':'N'}",
	       EVENT("exercise.cancelled", "ARM", "2004")
	       ",'data':{'name':'N'},'until':'2005'",
	       EVENT("exercise.held", "ARM", "2003"),
	       EVENT("exercise.declined", "ARM", "2004"),
	       EVENT("exercise.held", "ARM", "2002") ",'data':{'name':'M'}");
	check_list("2003", "exercises", 0, "513");
	check_list("2004", "exercises", 0, "5324");
	check_list("2006", "exercises", 0, "5134");
}

/* ---- stance ------------------------------------------------------------------------ */

static void check_stance(const char *date, const char *actor,
			 const char *expected)
{
	char pointer[64];

	snprintf(pointer, sizeof(pointer), "/A/stance/%s", actor);
	check_at(date, pointer, expected);
}

static void a_stance_is_a_sum_of_weights(void **state)
{
	(void)state;
	APPEND(EVENT("accusation.made", "ARM", "2001"),
	       EVENT("accusation.made", "ARM", "2001"),
	       EVENT("meeting.held", "ARM", "2001"),
	       EVENT("statement.made", "ARM", "2001"),
	       EVENT("conflict.attacked", "ARM", "2001")
	       ",'modality':'claim','attributed_to':'AZE'",
	       EVENT("aid.sent", "ARM", "2001") ",'modality':'planned'",
	       EVENT("aid.sent", "ARM", "2001") ",'modality':'possible'",
	       EVENT("aid.sent", "ARM", "2001") ",'modality':'denied'",
	       EVENT("member.frozen", "ARM", "2001"),
	       EVENT("aid.sent", "ARM", "../2001"));
	check_stance("2001", "ARM",
		     "{'class':'defiant','counts':{'accusation.made':2,"
		     "'conflict.attacked':1,'meeting.held':1,'statement.made':1},"
		     "'score':-130}");
	check_at("2001", "/A/stance/AZE", "null");
}

static void what_is_against_the_lead_counts_once(void **state)
{
	(void)state;
	APPEND("'type':'alliance.founded','alliance':'A','date':'2000','data':{'lead':'RUS'}",
	       AGAINST("accusation.made", "ARM", "RUS", "2001"),
	       AGAINST("accusation.made", "ARM", "BLR", "2001"),
	       AGAINST("meeting.declined", "ARM", "RUS", "2001")
	       ",'alliance':'A'",
	       AGAINST("meeting.declined", "ARM", "RUS", "2001")
	       ",'alliance':'B'",
	       EVENT("alliance.led", "BLR", "2002"));
	check_stance("2001", "ARM",
		     "{'class':'defiant','counts':{'accusation.made':1,"
		     "'meeting.declined':2},'score':-120}");
	/* the lead of the day that is asked about */
	check_stance("2002", "ARM",
		     "{'class':'distancing','counts':{'accusation.made':1,"
		     "'meeting.declined':1},'score':-70}");
	check_at("2002", "/B/stance/ARM/score", "-50");
}

/* V - 1826 exclusive: the event of 2001-01-01 counts for the last time on
 * 2005-12-31, which is 1825 days later, and V - 1826 = 2001-01-01 comes after. */
static void a_window_of_five_years_ends(void **state)
{
	(void)state;
	APPEND(EVENT("accusation.made", "ARM", "2001-01-01")
	       ",'until':'2001-01-01'");
	assert_int_equal(ent_day(2006, 1, 1) - ent_day(2001, 1, 1), 1826);
	check_stance("2000-12-31", "ARM", "null");
	check_stance("2001-01-01", "ARM/score", "-20");
	check_stance("2005-12-31", "ARM/score", "-20");
	check_stance("2006-01-01", "ARM", "null");
	check_at("2006-01-01", "/A/stance", "{}");
}

static void every_class_has_its_bounds(void **state)
{
	static const struct {
		int64_t score;
		const char *name;
	} rows[] = { { 0, "aligned" }, { 1000, "aligned" },
		     { -1, "strained" }, { -49, "strained" },
		     { -50, "distancing" }, { -99, "distancing" },
		     { -100, "defiant" }, { -5000, "defiant" } };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(ent_stance_class(rows[i].score),
				    rows[i].name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LOG_TEST(only_what_is_known_counts),
		LOG_TEST(corrections_chain),
		LOG_TEST(two_corrections_of_one_event_both_hold),
		LOG_TEST(only_what_was_surely_published_counts),
		LOG_TEST(what_is_not_published_takes_nothing_back),
		LOG_TEST(only_the_alliances_asked_for_are_shown),
		LOG_TEST(some_alliances_are_shown_as_among_all),
		LOG_TEST(an_entry_shows_its_event),
		LOG_TEST(each_type_has_its_list),
		LOG_TEST(entries_stand_in_the_order_of_the_fold),
		LOG_TEST(exercises_go_by_name),
		LOG_TEST(a_stance_is_a_sum_of_weights),
		LOG_TEST(what_is_against_the_lead_counts_once),
		LOG_TEST(a_window_of_five_years_ends),
		cmocka_unit_test(every_class_has_its_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
