/*
 * test_state.c - replays, against expectations written by hand.
 */
#include "logs.h"

#define EVENT(type, actor, date) \
	"'type':'" type "','alliance':'A','actor':'" actor "','date':'" date "'"
#define ALLIANCE(type, date) \
	"'type':'" type "','alliance':'A','date':'" date "'"

struct row {
	const char *date, *pointer, *expected;
};

static void check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		check_at(rows[i].date, rows[i].pointer, rows[i].expected);
}

static void an_empty_log_has_no_alliances(void **state)
{
	struct ent_basis basis = logs_basis("2000");
	struct ent_state *replay = logs_replay(&basis, NULL);
	char *json = NULL;

	(void)state;
	assert_int_equal(ent_state_json(replay, &json, NULL, NULL), ENT_OK);
	/* the digest is that of the two bytes {} */
	assert_string_equal(json, logs_json(
		"{'alliances':{},'basis':{'at':'2000-12-31',"
		"'head':'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',"
		"'known':0,'published':null},"
		"'digest':'44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'}"));
	ent_free(json);
	ent_state_free(replay);
	ent_state_free(NULL);
}

static void an_alliance_has_all_its_keys(void **state)
{
	(void)state;
	APPEND(ALLIANCE("alliance.founded", "2000-05-01"));
	check_at("2000-04-30", "", "{}");
	check_at("2000-05-01", "",
		 "{'A':{'candidates':{},'chairs':{},'commitments':[],'exercises':[],"
		 "'former':{},'founded':'2000-05-01','lead':null,'members':{},"
		 "'name':null,'signals':[],'stance':{},'status':'active'}}");
}

static void a_founding_says_what_it_says(void **state)
{
	static const struct row rows[] = {
		{ "2000-12-31", "/A/name", "'N'" },
		{ "2000-12-31", "/A/kind", "'defence'" },
		{ "2000-12-31", "/A/lead", "'RUS'" },
		{ "2000-12-31", "/A/predecessor", "'P'" },
		{ "2000-12-31", "/A/founded", "'2000'" },
		{ "2001-12-31", "/A/name", "'M'" },
		{ "2002-12-31", "/A/lead", "'KAZ'" },
		{ "2003-12-31", "/A/lead", "'KAZ'" },
		{ "2003-12-31", "/A/status", "'dissolved'" },
		{ "2003-12-31", "/A/founded", "'2000'" },
	};

	(void)state;
	APPEND(ALLIANCE("alliance.founded", "2000")
	       ",'data':{'name':'N','kind':'defence','lead':'RUS','predecessor':'P'}",
	       ALLIANCE("alliance.renamed", "2001") ",'data':{'name':'M'}",
	       EVENT("alliance.led", "KAZ", "2002"),
	       ALLIANCE("alliance.dissolved", "2003"));
	check_rows(rows, COUNT(rows));
}

static void an_alliance_that_nobody_founded_is_unknown(void **state)
{
	static const struct row rows[] = {
		{ "1999", "/A", "null" },
		{ "2001", "/A/status", "'unknown'" },
		{ "2001", "/A/founded", "null" },
		{ "2001", "/A/kind", "null" },
		{ "2001", "/B", "null" },
		{ "2001", "/C", "null" },
		{ "2001", "/D/status", "'unknown'" },
	};

	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2000"),
	       "'type':'x.y','alliance':'C','date':'2000'",
	       "'type':'alliance.founded','alliance':'D','date':'2000','modality':'planned'");
	check_rows(rows, COUNT(rows));
}

#define MEMBER(status, since, joined, event)                                  \
	"{'certainty':'certain','events':['" event "'],'joined':" joined      \
	",'since':'" since "','status':'" status "'}"

/* Each type gives its status, in its group, and no other group has it. */
static void every_type_of_membership_has_its_status(void **state)
{
	static const struct {
		const char *type, *status, *group;
	} rows[] = {
		{ "member.applied", "applicant", "candidates" },
		{ "member.invited", "invited", "candidates" },
		{ "member.joined", "member", "members" },
		{ "member.suspended", "suspended", "members" },
		{ "member.frozen", "frozen", "members" },
		{ "member.reactivated", "member", "members" },
		{ "member.announced_withdrawal", "leaving", "members" },
		{ "member.withdrew", "withdrawn", "former" },
		{ "member.not_renewed", "lapsed", "former" },
		{ "member.expelled", "expelled", "former" },
	};
	static const char *const groups[] = { "members", "candidates",
					      "former" };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char fields[256], expected[256], pointer[64];

		logs_remove_folder(state);
		assert_int_equal(logs_make(state), 0);
		snprintf(fields, sizeof(fields),
			 EVENT("%s", "ARM", "2001-02-03"), rows[i].type);
		APPEND(fields);
		snprintf(expected, sizeof(expected),
			 "{'ARM':" MEMBER("%s", "2001-02-03", "%s", "#1") "}",
			 strcmp(rows[i].type, "member.joined") == 0 ?
				 "'2001-02-03'" : "null",
			 rows[i].status);
		for (size_t g = 0; g < COUNT(groups); g++) {
			snprintf(pointer, sizeof(pointer), "/A/%s", groups[g]);
			check_at("2001-02-03", pointer,
				 strcmp(groups[g], rows[i].group) == 0 ?
					 expected : "{}");
			check_at("2001-02-02", pointer, "null");
		}
	}
}

static void a_membership_goes_through_groups(void **state)
{
	static const struct row rows[] = {
		{ "2001", "/A/candidates/ARM",
		  MEMBER("applicant", "2001-01-01", "null", "#1") },
		{ "2002", "/A/members/ARM",
		  MEMBER("member", "2002-01-01", "'2002-01-01'", "#2") },
		{ "2003", "/A/members/ARM",
		  MEMBER("frozen", "2003-01-01", "'2002-01-01'", "#3") },
		{ "2004", "/A/members/ARM",
		  MEMBER("member", "2004-01-01", "'2002-01-01'", "#4") },
		{ "2005", "/A/former/ARM",
		  MEMBER("withdrawn", "2005-01-01", "'2002-01-01'", "#5") },
		{ "2006", "/A/members/ARM",
		  MEMBER("member", "2006-01-01", "'2006-01-01'", "#6") },
		{ "2006", "/A/former", "{}" },
		{ "2006", "/A/candidates", "{}" },
	};

	(void)state;
	APPEND(EVENT("member.applied", "ARM", "2001-01-01"),
	       EVENT("member.joined", "ARM", "2002-01-01"),
	       EVENT("member.frozen", "ARM", "2003-01-01"),
	       EVENT("member.reactivated", "ARM", "2004-01-01"),
	       EVENT("member.withdrew", "ARM", "2005-01-01"),
	       EVENT("member.joined", "ARM", "2006-01-01"));
	check_rows(rows, COUNT(rows));
}

static void the_order_of_recording_does_not_matter(void **state)
{
	(void)state;
	APPEND(EVENT("member.withdrew", "ARM", "2005-01-01"),
	       EVENT("member.joined", "ARM", "2002-01-01")); /* late */
	check_at("2003", "/A/members/ARM",
		 MEMBER("member", "2002-01-01", "'2002-01-01'", "#2"));
	check_at("2006", "/A/former/ARM",
		 MEMBER("withdrawn", "2005-01-01", "'2002-01-01'", "#1"));
}

static void on_one_day_openings_come_before_changes_before_endings(void **state)
{
	(void)state;
	APPEND(EVENT("member.withdrew", "ARM", "2002-01-01"),
	       EVENT("member.frozen", "ARM", "2002-01-01"),
	       EVENT("member.joined", "ARM", "2002-01-01"),
	       EVENT("member.frozen", "BLR", "2002-01-01"),
	       EVENT("member.joined", "BLR", "2002-01-01"),
	       EVENT("member.suspended", "KAZ", "2002-01-01"),
	       EVENT("member.frozen", "KAZ", "2002-01-01"));
	check_at("2002", "/A/former/ARM/status", "'withdrawn'");
	check_at("2002", "/A/members/BLR/status", "'frozen'");
	check_at("2002", "/A/members/KAZ/status", "'frozen'");
}

#define POSSIBLE(status, since, joined, possible, events)                     \
	"{'certainty':'possible','events':[" events "],'joined':" joined      \
	",'possible':[" possible "],'since':" since ",'status':'" status "'}"

static void dates_known_in_part_make_answers_possible(void **state)
{
	static const struct row rows[] = {
		{ "1991-12-31", "/A", "null" },
		{ "1992-01-01", "/A/members/ARM",
		  POSSIBLE("member", "'1992'", "'1992'", "'member','none'",
			   "'#1'") },
		{ "1992-12-30", "/A/members/ARM/certainty", "'possible'" },
		{ "1992-12-31", "/A/members/ARM",
		  MEMBER("member", "1992", "'1992'", "#1") },
		{ "1998-12-31", "/A/members/ARM/certainty", "'certain'" },
		{ "1999-06-15", "/A/former/ARM",
		  POSSIBLE("lapsed", "'1999'", "'1992'", "'lapsed','member'",
			   "'#2','#1'") },
		{ "1999-12-31", "/A/former/ARM",
		  MEMBER("lapsed", "1999", "'1992'", "#2") },
	};

	(void)state;
	APPEND(EVENT("member.joined", "ARM", "1992"),
	       EVENT("member.not_renewed", "ARM", "1999"));
	check_rows(rows, COUNT(rows));
}

static void an_unknown_start_is_never_today(void **state)
{
	static const struct row rows[] = {
		{ "1950", "/A/members", "{}" },
		{ "1950", "/A/candidates/ARM",
		  POSSIBLE("none", "null", "null", "'member','none'", "'#1'") },
		{ "2012-12-30", "/A/members", "{}" },
		{ "2012-12-30", "/A/candidates/ARM/status", "'none'" },
		{ "2012-12-31", "/A/members/ARM",
		  MEMBER("member", "../2012", "'../2012'", "#1") },
		{ "2013", "/A/members/BLR",
		  MEMBER("member", "XXXX", "'XXXX'", "#2") },
	};

	(void)state;
	APPEND(EVENT("member.joined", "ARM", "../2012"),
	       EVENT("member.joined", "BLR", "XXXX")
	       ",'source':{'title':'T','published':'2013'}");
	check_rows(rows, COUNT(rows));
}

/* The withdrawal of 2012 comes after the joining that may be as late. */
static void an_open_start_stands_before_everything(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "../2012"),
	       EVENT("member.withdrew", "ARM", "2010-01-01"));
	check_at("2013", "/A/former/ARM",
		 POSSIBLE("withdrawn", "'2010-01-01'", "'../2012'",
			  "'member','withdrawn'", "'#2','#1'"));
}

static void what_ran_out_gives_way_to_what_was_before(void **state)
{
	static const struct row rows[] = {
		{ "2003-06-01", "/A/members/ARM/status", "'frozen'" },
		{ "2003-06-01", "/A/members/ARM/certainty", "'certain'" },
		{ "2003-06-30", "/A/members/ARM/status", "'frozen'" },
		{ "2003-07-01", "/A/members/ARM",
		  MEMBER("member", "2002-01-01", "'2002-01-01'", "#1") },
		/* until 2004: some day of it */
		{ "2004-01-01", "/A/members/BLR/certainty", "'certain'" },
		{ "2004-01-02", "/A/members/BLR",
		  POSSIBLE("member", "'2003-01-01'", "'2003-01-01'",
			   "'member','none'", "'#3'") },
		{ "2004-12-31", "/A/members/BLR/certainty", "'possible'" },
		{ "2005-01-01", "/A/members/BLR", "null" },
	};

	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2002-01-01"),
	       EVENT("member.frozen", "ARM", "2003-01-01")
	       ",'until':'2003-06-30'",
	       EVENT("member.joined", "BLR", "2003-01-01") ",'until':'2004'");
	check_rows(rows, COUNT(rows));
}

static void joined_is_the_last_joining_that_holds(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001-01-01"),
	       EVENT("member.withdrew", "ARM", "2002-01-01"),
	       EVENT("member.joined", "ARM", "2003-01-01")
	       ",'until':'2003-12-31'");
	check_at("2003-06-01", "/A/members/ARM/joined", "'2003-01-01'");
	check_at("2004-06-01", "/A/former/ARM",
		 MEMBER("withdrawn", "2002-01-01", "'2001-01-01'", "#2"));
}

static void a_dissolution_ends_what_is_current(void **state)
{
	static const struct row rows[] = {
		{ "2009", "/A/members/ARM/status", "'member'" },
		{ "2010", "/A/status", "'dissolved'" },
		{ "2010", "/A/former/ARM",
		  MEMBER("dissolved", "2010-07-01", "'2001-01-01'", "#4") },
		{ "2010", "/A/former/BLR/status", "'dissolved'" },
		{ "2010", "/A/former/KAZ/status", "'expelled'" },
		{ "2010", "/A/candidates/KGZ/status", "'applicant'" },
		{ "2010", "/A/members", "{}" },
		{ "2011", "/A/members/TJK/status", "'member'" },
	};

	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001-01-01"),
	       EVENT("member.frozen", "BLR", "2001-01-01"),
	       EVENT("member.expelled", "KAZ", "2001-01-01"),
	       ALLIANCE("alliance.dissolved", "2010-07-01"),
	       EVENT("member.applied", "KGZ", "2001-01-01"),
	       EVENT("member.joined", "TJK", "2011-01-01"));
	check_rows(rows, COUNT(rows));
}

#define CHAIR(actor, since, until)                                            \
	"{'actor':" actor ",'certainty':'certain','since':" since             \
	",'until':" until "}"

static void a_role_has_one_holder(void **state)
{
	static const struct row rows[] = {
		{ "2001", "/A/chairs/chair", CHAIR("'ARM'", "'2001'", "null") },
		{ "2002", "/A/chairs/chair",
		  CHAIR("'BLR'", "'2002-01-01'", "'2002-12-31'") },
		/* back to what was before */
		{ "2003", "/A/chairs/chair", CHAIR("'ARM'", "'2001'", "null") },
		{ "2003", "/A/chairs/secretary ~/",
		  "null" },
		{ "2003", "/A/chairs/secretary ~0~1",
		  CHAIR("'KAZ'", "'2001'", "null") },
		{ "2001-06-01", "/A/chairs/chair",
		  "{'actor':'ARM','certainty':'possible','possible':['ARM','none'],"
		  "'since':'2001','until':null}" },
		{ "2004-06-01", "/A/chairs/guest",
		  "{'actor':null,'certainty':'possible','possible':['KGZ','none'],"
		  "'since':null,'until':null}" },
		{ "2005-01-01", "/A/chairs/guest", "null" },
	};

	(void)state;
	APPEND(EVENT("chair.assumed", "ARM", "2001"),
	       EVENT("chair.assumed", "BLR", "2002-01-01")
	       ",'until':'2002-12-31'",
	       EVENT("chair.assumed", "KAZ", "2001")
	       ",'data':{'name':'secretary ~/'}",
	       EVENT("chair.assumed", "KGZ", "../2005")
	       ",'until':'2004-12-31','data':{'name':'guest'}");
	check_rows(rows, COUNT(rows));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LOG_TEST(an_empty_log_has_no_alliances),
		LOG_TEST(an_alliance_has_all_its_keys),
		LOG_TEST(a_founding_says_what_it_says),
		LOG_TEST(an_alliance_that_nobody_founded_is_unknown),
		LOG_TEST(every_type_of_membership_has_its_status),
		LOG_TEST(a_membership_goes_through_groups),
		LOG_TEST(the_order_of_recording_does_not_matter),
		LOG_TEST(on_one_day_openings_come_before_changes_before_endings),
		LOG_TEST(dates_known_in_part_make_answers_possible),
		LOG_TEST(an_unknown_start_is_never_today),
		LOG_TEST(an_open_start_stands_before_everything),
		LOG_TEST(what_ran_out_gives_way_to_what_was_before),
		LOG_TEST(joined_is_the_last_joining_that_holds),
		LOG_TEST(a_dissolution_ends_what_is_current),
		LOG_TEST(a_role_has_one_holder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
