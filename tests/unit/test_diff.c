/*
 * test_diff.c - what changed, of which kind, in which part, and by which events.
 */
#include "logs.h"

#define EVENT(type, actor, date) \
	"'type':'" type "','alliance':'A','actor':'" actor "','date':'" date "'"
#define ARM "/A/members/ARM/"

static struct ent_diff *diff_of(const struct ent_basis *from,
				const struct ent_basis *to, bool trail)
{
	struct ent_diff_options options = { .trail = trail };
	struct ent_diff *diff = NULL;
	struct ent_error err;

	if (ent_diff(logs_log, from, to, &options, &diff, &err) < 0)
		fail_msg("%s", err.msg);
	return diff;
}

static void add_value(char *out, const struct ent_value *value)
{
	char *text = NULL;

	if (!value) {
		strcat(out, "-");
		return;
	}
	assert_int_equal(ent_value_json(value, ENT_JSON_CANONICAL, &text, NULL,
					NULL), ENT_OK);
	strcat(out, text);
	ent_free(text);
}

/* "KIND PART[DAY] PATH: FROM > TO by SEQ SEQ" a line; the day of a trail. */
static void check_bases(const struct ent_basis *from, const struct ent_basis *to,
			bool trail, const char *expected)
{
	static const char *const kinds[] = { "added", "removed", "changed" };
	struct ent_diff *diff = diff_of(from, to, trail);
	static char got[8192];

	got[0] = '\0';
	for (size_t i = 0; i < ent_diff_count(diff); i++) {
		const struct ent_change *change = ent_diff_get(diff, i);
		char day[ENT_DAY_TEXT_SIZE];

		sprintf(got + strlen(got), "%s%s ", kinds[change->kind],
			change->part == ENT_KNOWLEDGE ? " known" : "");
		ent_day_text(change->day, day);
		if (trail)
			sprintf(got + strlen(got), "%s ", day);
		sprintf(got + strlen(got), "%s: ", change->path);
		add_value(got, change->from);
		strcat(got, " > ");
		add_value(got, change->to);
		strcat(got, " by");
		for (size_t c = 0; c < change->causes_count; c++)
			sprintf(got + strlen(got), " %d",
				(int)change->causes[c]->seq);
		strcat(got, "\n");
	}
	assert_string_equal(got, logs_json(expected));
	ent_diff_free(diff);
}

static void check_diff(const char *from, const char *to, const char *expected)
{
	struct ent_basis a = logs_basis(from), b = logs_basis(to);

	check_bases(&a, &b, false, expected);
}

static void what_is_the_same_has_no_changes(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001-01-01"));
	check_diff("2002", "2002", "");
	check_diff("2002", "2003", "");
	check_diff("1990", "1991", "");
	ent_diff_free(NULL);
}

static void a_membership_is_added_leaf_by_leaf(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001-01-01"));
	check_diff("2000", "2002",
		   "added " ARM "certainty: - > 'certain' by 1\n"
		   "added " ARM "events: - > ['#1'] by 1\n"
		   "added " ARM "joined: - > '2001-01-01' by 1\n"
		   "added " ARM "since: - > '2001-01-01' by 1\n"
		   "added " ARM "status: - > 'member' by 1\n"
		   "added /A/status: - > 'unknown' by 1\n");
}

static void backwards_is_the_inverse(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001-01-01"));
	check_diff("2002", "2000",
		   "removed " ARM "certainty: 'certain' > - by 1\n"
		   "removed " ARM "events: ['#1'] > - by 1\n"
		   "removed " ARM "joined: '2001-01-01' > - by 1\n"
		   "removed " ARM "since: '2001-01-01' > - by 1\n"
		   "removed " ARM "status: 'member' > - by 1\n"
		   "removed /A/status: 'unknown' > - by 1\n");
}

/* The group changes, the path does not; the new decider is the cause. */
static void a_displacement_has_one_cause(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001-01-01"),
	       EVENT("member.withdrew", "ARM", "2005-01-01"));
	check_diff("2002", "2006",
		   "changed " ARM "events: ['#1'] > ['#2'] by 2\n"
		   "changed " ARM "since: '2001-01-01' > '2005-01-01' by 2\n"
		   "changed " ARM "status: 'member' > 'withdrawn' by 2\n");
	check_diff("2006", "2002",
		   "changed " ARM "events: ['#2'] > ['#1'] by 1 2\n"
		   "changed " ARM "since: '2005-01-01' > '2001-01-01' by 1 2\n"
		   "changed " ARM "status: 'withdrawn' > 'member' by 1 2\n");
}

static void what_ran_out_is_a_cause_of_its_end(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001-01-01"),
	       EVENT("member.frozen", "ARM", "2002-01-01")
	       ",'until':'2002-12-31'");
	check_diff("2002", "2003",
		   "changed " ARM "events: ['#2'] > ['#1'] by 1 2\n"
		   "changed " ARM "since: '2002-01-01' > '2001-01-01' by 1 2\n"
		   "changed " ARM "status: 'frozen' > 'member' by 1 2\n");
}

static void a_chair_that_runs_out_is_removed(void **state)
{
	(void)state;
	APPEND(EVENT("chair.assumed", "ARM", "2001-01-01")
	       ",'until':'2002-12-31'");
	check_diff("2002", "2003",
		   "removed /A/chairs/chair/actor: 'ARM' > - by 1\n"
		   "removed /A/chairs/chair/certainty: 'certain' > - by 1\n"
		   "removed /A/chairs/chair/since: '2001-01-01' > - by 1\n"
		   "removed /A/chairs/chair/until: '2002-12-31' > - by 1\n");
}

static void certainty_is_a_change_too(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001"));
	check_diff("2001-06-01", "2001",
		   "changed " ARM "certainty: 'possible' > 'certain' by 1\n"
		   "removed " ARM "possible: ['member','none'] > - by 1\n");
}

static void check_known(uint64_t from, uint64_t to, const char *expected)
{
	struct ent_basis a = logs_basis("2010"), b = a;

	a.known = from;
	b.known = to;
	check_bases(&a, &b, false, expected);
}

/* The cause of an end is the event that took back, not what it took back. */
static void what_was_taken_back_names_by_whom(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001-01-01"),
	       EVENT("member.withdrew", "ARM", "2002-01-01"),
	       "'type':'event.retracted','retracts':'#2','data':{'reason':'r'}",
	       EVENT("member.joined", "ARM", "2001-02-01")
	       ",'corrects':'#1'",
	       "'type':'event.retracted','retracts':'#4','data':{'reason':'r'}");
	check_known(2, 3,
		    "changed known " ARM "events: ['#2'] > ['#1'] by 1 3\n"
		    "changed known " ARM "since: '2002-01-01' > '2001-01-01' by 1 3\n"
		    "changed known " ARM "status: 'withdrawn' > 'member' by 1 3\n");
	check_known(3, 4,
		    "changed known " ARM "events: ['#1'] > ['#4'] by 4\n"
		    "changed known " ARM "joined: '2001-01-01' > '2001-02-01' by 4\n"
		    "changed known " ARM "since: '2001-01-01' > '2001-02-01' by 4\n");
	check_known(4, 5,
		    "changed known " ARM "events: ['#4'] > ['#1'] by 1 5\n"
		    "changed known " ARM "joined: '2001-02-01' > '2001-01-01' by 1 5\n"
		    "changed known " ARM "since: '2001-02-01' > '2001-01-01' by 1 5\n");
}

/* On the first day with more known, then to the second day: they compose. */
static void knowledge_comes_before_the_world(void **state)
{
	struct ent_basis a = logs_basis("2001"), b = logs_basis("2003");

	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001-01-01"),
	       EVENT("member.frozen", "ARM", "2001-02-01"),
	       EVENT("member.suspended", "ARM", "2002-01-01"));
	a.known = 1;
	b.known = 3;
	check_bases(&a, &b, true,
		    "changed known 2001-12-31 " ARM "events: ['#1'] > ['#2'] by 2\n"
		    "changed known 2001-12-31 " ARM "since: '2001-01-01' > '2001-02-01' by 2\n"
		    "changed known 2001-12-31 " ARM "status: 'member' > 'frozen' by 2\n"
		    "changed 2002-01-01 " ARM "events: ['#2'] > ['#3'] by 3\n"
		    "changed 2002-01-01 " ARM "since: '2001-02-01' > '2002-01-01' by 3\n"
		    "changed 2002-01-01 " ARM "status: 'frozen' > 'suspended' by 3\n");
}

static void a_trail_shows_what_cancels_out(void **state)
{
	struct ent_basis a = logs_basis("2001"), b = logs_basis("2005");

	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001-01-01"),
	       EVENT("member.frozen", "ARM", "2002-01-01")
	       ",'until':'2003-05-05'");
	check_diff("2001", "2005", "");
	check_bases(&a, &b, true,
		    "changed 2002-01-01 " ARM "events: ['#1'] > ['#2'] by 2\n"
		    "changed 2002-01-01 " ARM "since: '2001-01-01' > '2002-01-01' by 2\n"
		    "changed 2002-01-01 " ARM "status: 'member' > 'frozen' by 2\n"
		    "changed 2003-05-06 " ARM "events: ['#2'] > ['#1'] by 1 2\n"
		    "changed 2003-05-06 " ARM "since: '2002-01-01' > '2001-01-01' by 1 2\n"
		    "changed 2003-05-06 " ARM "status: 'frozen' > 'member' by 1 2\n");
}

/* On the day on which somebody takes the chair, another accuses who led the alliance before:
 * that is nothing to the alliance. */
static void a_trail_knows_who_leads(void **state)
{
	struct ent_basis a = logs_basis("2002-05-04"), b = logs_basis("2002-05-06");

	(void)state;
	APPEND("'type':'alliance.founded','alliance':'A','date':'2000-01-01',"
	       "'data':{'lead':'OLD'}",
	       "'type':'alliance.led','alliance':'A','actor':'NEW','date':'2001-01-01'",
	       EVENT("aid.sent", "BLR", "2002-01-01"),
	       EVENT("chair.assumed", "ARM", "2002-05-05"),
	       "'type':'accusation.made','actor':'BLR','target':'OLD','date':'2002-05-05'");
	check_bases(&a, &b, true,
		    "added 2002-05-05 /A/chairs/chair/actor: - > 'ARM' by 4\n"
		    "added 2002-05-05 /A/chairs/chair/certainty: - > 'certain' by 4\n"
		    "added 2002-05-05 /A/chairs/chair/since: - > '2002-05-05' by 4\n");
}

/* An entry is one leaf, at its place in the whole list of the side that has it. */
static void entries_and_stances_change(void **state)
{
	static const char entry[] =
		"{'actor':'ARM','date':'2002-01-01','id':'#2','modality':'fact','seq':2,'type':'accusation.made'}";
	char expected[1024];

	(void)state;
	APPEND(EVENT("statement.made", "ARM", "2001-01-01"),
	       EVENT("accusation.made", "ARM", "2002-01-01"));
	snprintf(expected, sizeof(expected),
		 "added /A/signals/1: - > %s by 2\n"
		 "changed /A/stance/ARM/class: 'aligned' > 'strained' by 2\n"
		 "added /A/stance/ARM/counts/accusation.made: - > 1 by 2\n"
		 "changed /A/stance/ARM/score: 0 > -20 by 2\n", entry);
	check_diff("2001", "2002", expected);
	check_diff("2005-12-31", "2006-01-01",
		   "removed /A/stance/ARM/counts/statement.made: 1 > - by 1\n");
}

static void only_the_alliances_asked_for(void **state)
{
	static const char *const codes[] = { "B" };
	struct ent_diff_options options = { .alliances = codes,
					    .alliances_count = 1 };
	struct ent_basis a = logs_basis("2000"), b = logs_basis("2002");
	struct ent_diff *diff = NULL;

	(void)state;
	APPEND("'type':'alliance.founded','alliance':'A','date':'2001'",
	       "'type':'alliance.founded','alliance':'B','date':'2001'");
	assert_int_equal(ent_diff(logs_log, &a, &b, &options, &diff, NULL),
			 ENT_OK);
	assert_int_equal(ent_diff_count(diff), 2);
	assert_string_equal(ent_diff_get(diff, 0)->path, "/B/founded");
	assert_string_equal(ent_diff_get(diff, 1)->path, "/B/status");
	ent_diff_free(diff);
}

static void the_document_is_that_of_the_contract(void **state)
{
	struct ent_basis a = logs_basis("2001-12"), b = logs_basis("2002-01");
	struct ent_hash root;
	char hex[ENT_HASH_TEXT_SIZE], expected[2048];
	char *json = NULL;
	struct ent_diff *diff;

	(void)state;
	APPEND("'type':'alliance.renamed','alliance':'A','date':'2001-01-01','data':{'name':'N'}",
	       "'type':'alliance.renamed','alliance':'A','date':'2002-01-01','data':{'name':'M'}");
	ent_log_head(logs_log, NULL, &root, NULL);
	ent_hash_text(&root, hex);
	snprintf(expected, sizeof(expected),
		 "{'changes':[{'causes':[{'date':'2002-01-01','id':'#2','seq':2,"
		 "'source':{'title':'T'},'type':'alliance.renamed'}],"
		 "'day':'2002-01-31','from':'N','kind':'changed','part':'world',"
		 "'path':'/A/name','to':'M'}],"
		 "'from':{'at':'2001-12-31','head':'%s','known':2,'published':null},"
		 "'to':{'at':'2002-01-31','head':'%s','known':2,'published':null}}",
		 hex, hex);
	diff = diff_of(&a, &b, false);
	assert_int_equal(ent_diff_json(diff, &json, NULL, NULL), ENT_OK);
	assert_string_equal(json, logs_json(expected));
	ent_free(json);
	ent_diff_free(diff);
}

/* ---- patches -------------------------------------------------------------------  */

static void check_patch(const char *from, const char *to, const char *expected)
{
	struct ent_basis a = logs_basis(from), b = logs_basis(to);
	struct ent_state *x = logs_replay(&a, NULL), *y = logs_replay(&b, NULL);
	char *json = NULL;
	size_t len = 0;

	assert_int_equal(ent_state_patch(x, y, &json, &len, NULL), ENT_OK);
	assert_string_equal(json, logs_json(expected));
	assert_int_equal(len, strlen(json));
	ent_free(json);
	ent_state_free(x);
	ent_state_free(y);
}

static void patches_add_remove_and_replace(void **state)
{
	(void)state;
	APPEND("'type':'alliance.renamed','alliance':'A','date':'2001-01-01','data':{'name':'N'}",
	       "'type':'alliance.renamed','alliance':'A','date':'2002-01-01','data':{'name':'M'}",
	       EVENT("chair.assumed", "ARM", "2003-01-01")
	       ",'data':{'name':'a/b~'},'until':'2003-12-31'",
	       EVENT("member.frozen", "ARM", "2005-01-01"),
	       EVENT("member.withdrew", "ARM", "2006-01-01"));
	check_patch("2001", "2001", "[]");
	check_patch("2001", "2002",
		    "[{'op':'replace','path':'/A/name','value':'M'}]");
	check_patch("2002", "2003",
		    "[{'op':'add','path':'/A/chairs/a~1b~0','value':"
		    "{'actor':'ARM','certainty':'certain','since':'2003-01-01','until':'2003-12-31'}}]");
	check_patch("2003", "2004",
		    "[{'op':'remove','path':'/A/chairs/a~1b~0'}]");
	check_patch("2005", "2006",
		    "[{'op':'add','path':'/A/former/ARM','value':"
		    "{'certainty':'certain','events':['#5'],'joined':null,"
		    "'since':'2006-01-01','status':'withdrawn'}},"
		    "{'op':'remove','path':'/A/members/ARM'}]");
}

static void patches_keep_what_lists_share(void **state)
{
	(void)state;
	APPEND(EVENT("aid.sent", "ARM", "2001-01-01"),
	       EVENT("aid.sent", "BLR", "2002-01-01") ",'until':'2004-12-31'",
	       EVENT("aid.sent", "KAZ", "2003-01-01"));
	check_patch("2006-12-30", "2006-12-30", "[]");
	check_patch("2004-12-31", "2005-01-01",
		    "[{'op':'remove','path':'/A/commitments/1'}]");
	check_patch("2005-01-01", "2004-12-31",
		    "[{'op':'add','path':'/A/commitments/1','value':"
		    "{'actor':'BLR','date':'2002-01-01','id':'#2','modality':'fact','seq':2,"
		    "'type':'aid.sent','until':'2004-12-31'}}]");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LOG_TEST(what_is_the_same_has_no_changes),
		LOG_TEST(a_membership_is_added_leaf_by_leaf),
		LOG_TEST(backwards_is_the_inverse),
		LOG_TEST(a_displacement_has_one_cause),
		LOG_TEST(what_ran_out_is_a_cause_of_its_end),
		LOG_TEST(a_chair_that_runs_out_is_removed),
		LOG_TEST(certainty_is_a_change_too),
		LOG_TEST(what_was_taken_back_names_by_whom),
		LOG_TEST(knowledge_comes_before_the_world),
		LOG_TEST(a_trail_shows_what_cancels_out),
		LOG_TEST(a_trail_knows_who_leads),
		LOG_TEST(entries_and_stances_change),
		LOG_TEST(only_the_alliances_asked_for),
		LOG_TEST(the_document_is_that_of_the_contract),
		LOG_TEST(patches_add_remove_and_replace),
		LOG_TEST(patches_keep_what_lists_share),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
