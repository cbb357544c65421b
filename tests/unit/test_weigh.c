/*
 * test_weigh.c - what a log says to a candidate.
 */
#include "logs.h"

#include "news/candidates/weigh.h"

#define HISTORY                                                             \
	"'type':'alliance.founded','alliance':'CSTO','date':'1992-05-15',"  \
	"'data':{'name':'Treaty','lead':'RUS'}",                            \
	"'type':'member.joined','alliance':'CSTO','actor':'ARM',"           \
	"'date':'1992-05-15'",                                              \
	"'type':'member.joined','alliance':'CSTO','actor':'AZE',"           \
	"'date':'1993'",                                                    \
	"'type':'member.not_renewed','alliance':'CSTO','actor':'AZE',"      \
	"'date':'1999-04-02'",                                              \
	"'type':'member.frozen','alliance':'CSTO','actor':'ARM',"           \
	"'date':'2024-02'",                                                 \
	"'type':'chair.assumed','alliance':'CSTO','actor':'ARM',"           \
	"'date':'2022-01','until':'2022-11'"

static struct ent_candidate *parse(const char *fields)
{
	struct ent_candidate *candidate = NULL;
	const char *json = logs_event(fields);
	struct ent_error err;

	if (ent_candidate_parse(json, strlen(json), &candidate, &err) < 0)
		fail_msg("%s: %s", json, err.msg);
	return candidate;
}

static void check_text(const char *what, const char *is, const char *expected)
{
	if ((is || expected) && (!is || !expected || strcmp(is, expected) != 0))
		fail_msg("%s: %s, not %s", what, is ? is : "(none)",
			 expected ? expected : "(none)");
}

/* NULL for what it must not have. */
static void check_weighed(const char *fields, int score, const char *effect,
			  const char *note)
{
	struct ent_candidate *candidate = parse(fields);
	struct ent_error err;

	if (ent_candidate_weigh(candidate, logs_log, &err) < 0)
		fail_msg("%s", err.msg);
	check_text("effect", candidate->effect, effect);
	check_text("note", candidate->note, note);
	if (candidate->score != score)
		fail_msg("%s: score %d, not %d", fields, candidate->score, score);
	ent_candidate_free(candidate);
}

#define MEMBER(type, actor, date) \
	"'type':'member." type "','alliance':'CSTO','actor':'" actor \
	"','date':'" date "'"

/* ---- effects ----------------------------------------------------------- */

static void test_effects_on_members(void **state)
{
	(void)state;
	APPEND(HISTORY);
	check_weighed(MEMBER("suspended", "ARM", "2020"), 1000,
		      "ARM: member \xE2\x86\x92 suspended", NULL);
	check_weighed(MEMBER("joined", "KGZ", "2020"), 1000,
		      "KGZ: not in the log \xE2\x86\x92 member", NULL);
	check_weighed(MEMBER("joined", "AZE", "2020"), 1000,
		      "AZE: lapsed \xE2\x86\x92 member", NULL);
	check_weighed(MEMBER("withdrew", "ARM", "2025"), 1000,
		      "ARM: frozen \xE2\x86\x92 withdrawn", NULL);
	check_weighed(MEMBER("reactivated", "ARM", "2025"), 1000,
		      "ARM: frozen \xE2\x86\x92 member", NULL);
	check_weighed(MEMBER("announced_withdrawal", "ARM", "2024-06-12"), 1000,
		      "ARM: frozen \xE2\x86\x92 leaving", NULL);
}

static void test_effects_on_the_alliance(void **state)
{
	(void)state;
	APPEND(HISTORY);
	check_weighed("'type':'chair.assumed','alliance':'CSTO','actor':'ARM',"
		      "'date':'2020'", 1000, "CSTO: chair none \xE2\x86\x92 ARM",
		      NULL);
	APPEND(MEMBER("joined", "KGZ", "2000"));
	check_weighed("'type':'chair.assumed','alliance':'CSTO','actor':'KGZ',"
		      "'date':'2022-05'", 1000, "CSTO: chair ARM \xE2\x86\x92 KGZ",
		      NULL);
	check_weighed("'type':'chair.assumed','alliance':'CSTO','actor':'KGZ',"
		      "'date':'2022-05','data':{'name':'secretary'}", 1000,
		      "CSTO: secretary none \xE2\x86\x92 KGZ", NULL);
	check_weighed("'type':'alliance.renamed','alliance':'CSTO','date':'2002',"
		      "'data':{'name':'Organization'}", 1000,
		      "CSTO: name Treaty \xE2\x86\x92 Organization", NULL);
	check_weighed("'type':'alliance.led','alliance':'CSTO','actor':'RUS',"
		      "'date':'2002'", 1000, "no change", NULL);
	check_weighed("'type':'alliance.led','alliance':'CSTO','actor':'KAZ',"
		      "'date':'2002'", 1000, "CSTO: lead RUS \xE2\x86\x92 KAZ",
		      NULL);
	check_weighed("'type':'alliance.dissolved','alliance':'CSTO',"
		      "'date':'2030'", 1000,
		      "CSTO: active \xE2\x86\x92 dissolved", NULL);
}

static void test_effects_on_lists(void **state)
{
	(void)state;
	APPEND(HISTORY);
	check_weighed("'type':'exercise.held','alliance':'CSTO','date':'2020',"
		      "'data':{'name':'E'}", 1000, "adds an exercise", NULL);
	check_weighed("'type':'aid.sent','alliance':'CSTO','actor':'RUS',"
		      "'date':'2020'", 1000, "adds a commitment", NULL);
	check_weighed("'type':'statement.made','alliance':'CSTO','actor':'RUS',"
		      "'date':'2020'", 1000, "adds a signal", NULL);
}

static void test_what_is_no_fact_is_a_signal(void **state)
{
	(void)state;
	APPEND(HISTORY);
	check_weighed(MEMBER("withdrew", "ARM", "2025") ",'modality':'possible'",
		      1000, "shown as a signal: possible", NULL);
	check_weighed(MEMBER("withdrew", "ARM", "2025") ",'modality':'claim',"
		      "'attributed_to':'TASS'", 1000, "shown as a signal: claim",
		      NULL);
}

/* Of what the log has never heard, it can say that, and nothing is wrong. */
static void test_what_is_not_in_the_log(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		check_weighed("'type':'member.suspended','alliance':'AU',"
			      "'actor':'MLI','date':'2021-06-01'", 1000,
			      "MLI: not in the log \xE2\x86\x92 suspended", NULL);
		check_weighed("'type':'member.joined','alliance':'AU',"
			      "'actor':'ARM','date':'2021'", 1000,
			      "ARM: not in the log \xE2\x86\x92 member", NULL);
		check_weighed("'type':'alliance.founded','alliance':'AU',"
			      "'date':'2002-07-09'", 1000,
			      "AU: not in the log \xE2\x86\x92 active", NULL);
		check_weighed("'type':'alliance.renamed','alliance':'AU',"
			      "'date':'2002','data':{'name':'Union'}", 1000,
			      "AU: name not in the log \xE2\x86\x92 Union", NULL);
		check_weighed("'type':'chair.assumed','alliance':'AU','actor':"
			      "'ZAF','date':'2020'", 1000,
			      "AU: chair not in the log \xE2\x86\x92 ZAF", NULL);
		check_weighed("'type':'statement.made','alliance':'AU','actor':"
			      "'MLI','date':'2020'", 1000, "adds a signal", NULL);
		check_weighed("'type':'member.withdrew','alliance':'AU','actor':"
			      "'MLI','date':'2025','modality':'possible'", 1000,
			      "shown as a signal: possible", NULL);
		if (i == 0)
			APPEND(HISTORY);
	}
	APPEND("'type':'statement.made','actor':'KGZ','date':'1999'");
	check_weighed(MEMBER("joined", "KGZ", "2020"), 1000,
		      "KGZ: none \xE2\x86\x92 member", NULL);
}

static void test_without_a_log_nothing_is_in_it(void **state)
{
	struct ent_candidate *candidate =
		parse(MEMBER("suspended", "MLI", "2021"));

	(void)state;
	assert_int_equal(ent_candidate_weigh(candidate, NULL, NULL), ENT_OK);
	check_text("effect", candidate->effect,
		   "MLI: not in the log \xE2\x86\x92 suspended");
	check_text("note", candidate->note, NULL);
	assert_int_equal(candidate->score, 1000);
	ent_candidate_free(candidate);
}

static void test_what_has_no_effect(void **state)
{
	(void)state;
	APPEND(HISTORY);
	check_weighed("'type':'accusation.made','actor':'ARM','target':'RUS',"
		      "'date':'2024'", 1000, NULL, NULL);
	check_weighed("'type':'x.own','alliance':'CSTO','actor':'ARM',"
		      "'date':'2024'", 1000, NULL, NULL);
}

/* ---- what cannot be ---------------------------------------------------- */

static void check_nonsense(const char *fields, const char *effect,
			   const char *what)
{
	char note[128];

	snprintf(note, sizeof(note), "as the log has it, %s", what);
	check_weighed(fields, 200, effect, note);
}

static void test_what_no_member_does(void **state)
{
	static const char *const types[][2] = {
		{ "withdrew", "withdrawn" },   { "suspended", "suspended" },
		{ "frozen", "frozen" },        { "not_renewed", "lapsed" },
		{ "expelled", "expelled" },    { "reactivated", "member" },
		{ "announced_withdrawal", "leaving" },
	};
	char fields[256], effect[64];

	(void)state;
	APPEND(HISTORY);
	for (size_t i = 0; i < COUNT(types); i++) {
		snprintf(fields, sizeof(fields), MEMBER("%s", "GEO", "2020"),
			 types[i][0]);
		snprintf(effect, sizeof(effect), "GEO: not in the log \xE2\x86\x92 %s",
			 types[i][1]);
		check_nonsense(fields, effect, "GEO is no member then");
	}
	check_nonsense(MEMBER("withdrew", "AZE", "2020"),
		       "AZE: lapsed \xE2\x86\x92 withdrawn",
		       "AZE is no member then");
	check_nonsense("'type':'chair.assumed','alliance':'CSTO','actor':'GEO',"
		       "'date':'2020'", "CSTO: chair none \xE2\x86\x92 GEO",
		       "GEO is no member then");
}

static void test_who_only_leaves_says_nothing_of_others(void **state)
{
	static const char *const leave[] = {
		MEMBER("withdrew", "MLI", "2025-01-29"),
		MEMBER("withdrew", "BFA", "2025-01-29"),
		MEMBER("withdrew", "NER", "2025-01-29")
	};

	(void)state;
	for (size_t i = 0; i < COUNT(leave); i++) {
		struct ent_candidate *candidate = parse(leave[i]);

		assert_int_equal(ent_candidate_weigh(candidate, logs_log, NULL),
				 ENT_OK);
		check_text("note", candidate->note, NULL);
		assert_int_equal(candidate->score, 1000);
		ent_candidate_free(candidate);
		APPEND(leave[i]);
	}
	check_weighed(MEMBER("frozen", "TGO", "2026"), 1000,
		      "TGO: not in the log \xE2\x86\x92 frozen", NULL);
	check_weighed(MEMBER("withdrew", "TGO", "../2026"), 1000,
		      "TGO: not in the log \xE2\x86\x92 withdrawn", NULL);

	/* Nor does it know who was there before the first came. */
	APPEND(MEMBER("joined", "GIN", "2025-03-01"));
	check_weighed(MEMBER("withdrew", "TGO", "2025-02"), 1000,
		      "TGO: not in the log \xE2\x86\x92 withdrawn", NULL);
	check_nonsense(MEMBER("withdrew", "TGO", "2026"),
		       "TGO: not in the log \xE2\x86\x92 withdrawn",
		       "TGO is no member then");
}

static void test_order_of_leaving_does_not_matter(void **state)
{
	(void)state;
	APPEND(MEMBER("joined", "MLI", "1975"), MEMBER("joined", "NER", "1975"));
	APPEND(MEMBER("withdrew", "MLI", "2025-01-29"));
	check_weighed(MEMBER("withdrew", "NER", "2025-01-29"), 1000,
		      "NER: member \xE2\x86\x92 withdrawn", NULL);
	check_nonsense(MEMBER("withdrew", "BFA", "2025-01-29"),
		       "BFA: not in the log \xE2\x86\x92 withdrawn",
		       "BFA is no member then");
	APPEND(MEMBER("withdrew", "NER", "2025-01-29"));
	check_nonsense(MEMBER("withdrew", "BFA", "2025-01-29"),
		       "BFA: not in the log \xE2\x86\x92 withdrawn",
		       "BFA is no member then");
}

static void test_what_is_no_fact_makes_no_member(void **state)
{
	static const char *const modalities[] = {
		"'claim','attributed_to':'TASS'", "'possible'", "'denied'",
		"'planned'"
	};
	char fields[256];

	(void)state;
	for (size_t i = 0; i < COUNT(modalities); i++) {
		snprintf(fields, sizeof(fields), MEMBER("joined", "GIN", "1975")
			 ",'modality':%s", modalities[i]);
		APPEND(fields);
	}
	check_weighed(MEMBER("withdrew", "TGO", "2020"), 1000,
		      "TGO: not in the log \xE2\x86\x92 withdrawn", NULL);

	APPEND(HISTORY);
	check_nonsense(MEMBER("withdrew", "GIN", "2020"),
		       "GIN: none \xE2\x86\x92 withdrawn",
		       "GIN is no member then");
	for (size_t i = 0; i < COUNT(modalities); i++) {
		snprintf(fields, sizeof(fields), MEMBER("withdrew", "ARM", "2019")
			 ",'modality':%s", modalities[i]);
		APPEND(fields);
	}
	check_weighed(MEMBER("suspended", "ARM", "2020"), 1000,
		      "ARM: member \xE2\x86\x92 suspended", NULL);
}

static void test_what_is_so_already(void **state)
{
	(void)state;
	APPEND(HISTORY);
	check_nonsense(MEMBER("frozen", "ARM", "2025"), "no change",
		       "ARM is frozen already");
	check_nonsense(MEMBER("joined", "ARM", "2025"),
		       "ARM: frozen \xE2\x86\x92 member",
		       "ARM is a member already");
	check_nonsense(MEMBER("applied", "ARM", "2020"),
		       "ARM: member \xE2\x86\x92 applicant",
		       "ARM is a member already");
	check_nonsense(MEMBER("reactivated", "ARM", "2020"), "no change",
		       "ARM is neither frozen nor suspended then");
	APPEND(MEMBER("suspended", "ARM", "2026"));
	check_nonsense(MEMBER("suspended", "ARM", "2028"), "no change",
		       "ARM is suspended already");
}

static void test_founding_and_end(void **state)
{
	(void)state;
	APPEND(HISTORY,
	       "'type':'alliance.dissolved','alliance':'CSTO','date':'2030-06'");
	check_nonsense("'type':'alliance.founded','alliance':'CSTO',"
		       "'date':'2002-10-07'", "no change",
		       "CSTO is there already");
	check_nonsense("'type':'statement.made','alliance':'CSTO','actor':'RUS',"
		       "'date':'1980'", "adds a signal",
		       "CSTO is not founded by then");
	check_nonsense("'type':'statement.made','alliance':'CSTO','actor':'RUS',"
		       "'date':'2031'", "adds a signal",
		       "CSTO is dissolved by then");
	check_nonsense("'type':'alliance.dissolved','alliance':'CSTO',"
		       "'date':'2040'", "no change", "CSTO is dissolved already");
	check_weighed("'type':'alliance.founded','alliance':'CSTO',"
		      "'date':'2035'", 1000, "CSTO: dissolved \xE2\x86\x92 active",
		      NULL);
}

static void test_founding_behind_members(void **state)
{
	(void)state;
	APPEND(MEMBER("joined", "ARM", "1992"), MEMBER("joined", "UZB", "1992"),
	       MEMBER("withdrew", "UZB", "1999"));
	check_nonsense("'type':'alliance.founded','alliance':'CSTO',"
		       "'date':'2002'", "CSTO: unknown \xE2\x86\x92 active",
		       "CSTO has had members before");
	check_weighed("'type':'alliance.founded','alliance':'CSTO',"
		      "'date':'1992'", 1000, "CSTO: unknown \xE2\x86\x92 active",
		      NULL);
}

static void test_days_left_open_are_given_the_benefit(void **state)
{
	(void)state;
	APPEND(HISTORY);
	/* AZE was a member for a part of 1999. */
	check_weighed(MEMBER("withdrew", "AZE", "1999"), 1000,
		      "AZE: member \xE2\x86\x92 withdrawn", NULL);
	/* ... and some time before now. */
	check_nonsense(MEMBER("withdrew", "AZE", "../2020"),
		       "AZE: lapsed \xE2\x86\x92 withdrawn",
		       "AZE is no member then");
	/* The freeze may have been on any day of February. */
	check_weighed(MEMBER("reactivated", "ARM", "2024-02-10"), 1000,
		      "ARM: frozen \xE2\x86\x92 member", NULL);
	/* A denial says that it was not so. */
	check_weighed(MEMBER("withdrew", "GEO", "2020") ",'modality':'denied'",
		      1000, "shown as a signal: denied", NULL);
	check_nonsense(MEMBER("withdrew", "GEO", "2020") ",'modality':'planned'",
		       "shown as a signal: planned", "GEO is no member then");
}

/* ---- already there ----------------------------------------------------- */

static void check_already(const char *fields, const char *id, int score,
			  const char *note)
{
	struct ent_candidate *candidate = parse(fields);
	struct ent_error err;

	if (ent_candidate_weigh(candidate, logs_log, &err) < 0)
		fail_msg("%s", err.msg);
	check_text("already", candidate->already, id ? logs_json(id) : NULL);
	check_text("note", candidate->note, note);
	assert_int_equal(candidate->score, score);
	if (id)
		check_text("effect", candidate->effect, "no change");
	ent_candidate_free(candidate);
}

static const char fifth[] = "the log has this as event 5: a further source of "
			      "the same fact";

static void test_same_fact(void **state)
{
	(void)state;
	APPEND(HISTORY);
	check_already(MEMBER("frozen", "ARM", "2024-02"), "#5", 1000, fifth);
	check_already(MEMBER("frozen", "ARM", "2024-02-23"), "#5", 1000, fifth);
	check_already(MEMBER("frozen", "ARM", "2024"), "#5", 1000, fifth);
	check_already(MEMBER("frozen", "ARM", "../2025"), "#5", 1000, fifth);
}

static void test_possibly_the_same(void **state)
{
	(void)state;
	APPEND(HISTORY);
	check_already(MEMBER("frozen", "ARM", "2024-01-20"), NULL, 400,
		      "possibly event 5 again");
	check_already(MEMBER("frozen", "ARM", "2024-02/2024-05"), "#5", 1000,
		      fifth);
	check_already(MEMBER("frozen", "ARM", "2024-01-20/2024-02-03"), NULL, 400,
		      "possibly event 5 again");
	check_already(MEMBER("frozen", "ARM", "2023-11"), NULL, 1000, NULL);
}

static void test_another_fact(void **state)
{
	(void)state;
	APPEND(HISTORY);
	check_already(MEMBER("frozen", "ARM", "2024-02")
		      ",'modality':'possible'", NULL, 1000, NULL);
	check_already(MEMBER("frozen", "KGZ", "2024-02"), NULL, 200,
		      "as the log has it, KGZ is no member then");
}

static void test_object_and_name_tell_apart(void **state)
{
	static const char ratified[] =
		"'type':'treaty.ratified','alliance':'NATO','actor':'TUR',"
		"'date':'2023'";
	char fields[256];

	(void)state;
	APPEND("'type':'treaty.ratified','alliance':'NATO','actor':'TUR',"
	       "'object':'FIN','date':'2023-03-30'",
	       "'type':'exercise.held','alliance':'NATO','date':'2023-06',"
	       "'data':{'name':'Defender'}");
	snprintf(fields, sizeof(fields), "%s,'object':'SWE'", ratified);
	check_already(fields, NULL, 1000, NULL);
	snprintf(fields, sizeof(fields), "%s,'object':'FIN'", ratified);
	check_already(fields, "#1", 1000, "the log has this as event 1: a further "
		      "source of the same fact");
	check_already(ratified, NULL, 400, "possibly event 1 again");
	check_already("'type':'exercise.held','alliance':'NATO','date':'2023',"
		      "'data':{'name':'Saber'}", NULL, 1000, NULL);
	check_already("'type':'exercise.held','alliance':'NATO','date':'2023',"
		      "'data':{'name':'Defender'}", "#2", 1000,
		      "the log has this as event 2: a further source of the same "
		      "fact");
}

static void test_what_happens_often(void **state)
{
	static const char said[] = "'type':'statement.made','actor':'RUS','target':"
				   "'ARM','date':";
	char fields[256];

	(void)state;
	APPEND("'type':'statement.made','actor':'RUS','date':'2024-03-10'");
	snprintf(fields, sizeof(fields), "%s'2024-03'", said);
	check_already(fields, "#1", 1000, "the log has this as event 1: a further "
		      "source of the same fact");
	snprintf(fields, sizeof(fields), "%s'../2024-05'", said);
	check_already(fields, NULL, 400, "possibly event 1 again");
	snprintf(fields, sizeof(fields), "%s'2024-04-10'", said);
	check_already(fields, NULL, 1000, "possibly event 1 again");
}

static void test_what_was_taken_back_is_not_there(void **state)
{
	(void)state;
	APPEND(HISTORY);
	APPEND("'type':'event.retracted','retracts':'#5','data':{'reason':'r'}");
	check_already(MEMBER("frozen", "ARM", "2024-02"), NULL, 1000, NULL);
	APPEND("'type':'event.retracted','retracts':'#7','data':{'reason':'r'}");
	check_already(MEMBER("frozen", "ARM", "2024-02"), "#5", 1000, fifth);
}

static void test_same_article_is_no_further_source(void **state)
{
	(void)state;
	APPEND(MEMBER("joined", "ARM", "1992") ",'data':{'article':'aa'}");
	check_already(MEMBER("joined", "ARM", "1992") ",'candidate':{"
		      "'article':'aa'}", "#1", 1000,
		      "the log has this as event 1, from the same article");
	check_already(MEMBER("joined", "ARM", "1992") ",'candidate':{"
		      "'article':'bb'}", "#1", 1000,
		      "the log has this as event 1: a further source of the same "
		      "fact");
}

static bool is_same_report(const char *fields)
{
	struct ent_candidate *candidate = parse(fields);
	bool same;

	assert_int_equal(ent_candidate_weigh(candidate, logs_log, NULL), ENT_OK);
	assert_non_null(candidate->already);
	same = candidate->same_report;
	ent_candidate_free(candidate);
	return same;
}

static void test_same_address_or_id_is_the_same_report(void **state)
{
#define JOINED MEMBER("joined", "ARM", "1992")
	(void)state;
	APPEND(JOINED ",'source':{'url':'u'}");
	assert_true(is_same_report(JOINED ",'source':{'url':'u'}"));
	assert_false(is_same_report(JOINED ",'source':{'url':'v'}"));
	assert_false(is_same_report(JOINED ",'source':{'title':'u'}"));
	assert_true(is_same_report(JOINED ",'id':'#1'"));
#undef JOINED
}

/* ---- again and again --------------------------------------------------- */

static void test_weighing_anew_starts_anew(void **state)
{
	struct ent_candidate *candidate =
		parse(MEMBER("frozen", "ARM", "2025") ",'candidate':{'score':700,"
		      "'note':'own'}");
	struct ent_candidate *back = NULL;
	char *json = NULL;
	size_t len = 0;

	(void)state;
	APPEND(HISTORY);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(ent_candidate_weigh(candidate, logs_log, NULL),
				 ENT_OK);
		assert_int_equal(candidate->score, 200);
		check_text("note", candidate->note, "own; as the log has it, ARM is "
			   "frozen already");
	}
	assert_int_equal(ent_candidate_json(candidate, &json, &len, NULL), ENT_OK);
	assert_int_equal(ent_candidate_parse(json, len, &back, NULL), ENT_OK);
	APPEND("'type':'event.retracted','retracts':'#6','data':{'reason':'r'}");
	assert_int_equal(ent_candidate_weigh(back, logs_log, NULL), ENT_OK);
	assert_int_equal(back->score, 700);
	check_text("note", back->note, "own");
	check_text("effect", back->effect, "ARM: member \xE2\x86\x92 frozen");
	ent_free(json);
	ent_candidate_free(candidate);
	ent_candidate_free(back);
}

static void test_another_event_is_weighed_anew(void **state)
{
	const char *json;
	struct ent_candidate *candidate =
		parse(MEMBER("frozen", "ARM", "2025") ",'candidate':{'score':700,"
		      "'note':'own','rule':'r','quote':'q','end':1}");
	struct ent_candidate *edited = NULL;
	struct ent_error err;

	(void)state;
	APPEND(HISTORY);
	assert_int_equal(ent_candidate_weigh(candidate, logs_log, NULL), ENT_OK);
	assert_int_equal(candidate->score, 200);
	json = logs_event(MEMBER("froze", "ARM", "2025"));
	assert_int_equal(ent_candidate_edit(candidate, json, strlen(json), &edited,
					    &err), ENT_EINPUT);
	assert_null(edited);
	json = logs_event(MEMBER("withdrew", "ARM", "2025"));
	assert_int_equal(ent_candidate_edit(candidate, json, strlen(json), &edited,
					    NULL), ENT_OK);
	ent_candidate_free(candidate);
	assert_int_equal(edited->score, 700);
	check_text("note", edited->note, "own");
	check_text("rule", edited->rule, "r");
	check_text("quote", edited->quote, "q");
	check_text("effect", edited->effect, NULL);
	assert_int_equal(ent_candidate_weigh(edited, logs_log, NULL), ENT_OK);
	check_text("effect", edited->effect, "ARM: frozen \xE2\x86\x92 withdrawn");
	check_text("note", edited->note, "own");
	ent_candidate_free(edited);
}

/* ---- against another candidate ----------------------------------------- */

static void check_compared(const char *fields, const char *earlier, int rc,
			   bool already, const char *note)
{
	struct ent_candidate *candidate = parse(fields), *other = parse(earlier);

	assert_int_equal(ent_candidate_compare(candidate, other, NULL), rc);
	check_text("note", candidate->note, note);
	if (already)
		check_text("already", candidate->already,
			   ent_value_get_text(other->event, "id"));
	else
		assert_null(candidate->already);
	ent_candidate_free(candidate);
	ent_candidate_free(other);
}

static void test_earlier_candidate(void **state)
{
	(void)state;
	check_compared(MEMBER("frozen", "ARM", "2024-02-23"),
		       MEMBER("frozen", "ARM", "2024-02"), ENT_OK, true,
		       "the same as one before it: a further source of the same "
		       "fact");
	check_compared(MEMBER("frozen", "ARM", "2024-03-01"),
		       MEMBER("frozen", "ARM", "2024-02"), ENT_OK, false,
		       "possibly the same as one before it");
	check_compared(MEMBER("frozen", "ARM", "2025"),
		       MEMBER("frozen", "ARM", "2024-02"), ENT_END, false, NULL);
	check_compared(MEMBER("frozen", "KAZ", "2024-02"),
		       MEMBER("frozen", "ARM", "2024-02"), ENT_END, false, NULL);
	check_compared("'type':'x.source','date':'2024'",
		       "'type':'x.source','date':'2024'", ENT_END, false, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LOG_TEST(test_effects_on_members),
		LOG_TEST(test_effects_on_the_alliance),
		LOG_TEST(test_effects_on_lists),
		LOG_TEST(test_what_is_no_fact_is_a_signal),
		LOG_TEST(test_what_is_not_in_the_log),
		LOG_TEST(test_without_a_log_nothing_is_in_it),
		LOG_TEST(test_what_has_no_effect),
		LOG_TEST(test_what_no_member_does),
		LOG_TEST(test_who_only_leaves_says_nothing_of_others),
		LOG_TEST(test_order_of_leaving_does_not_matter),
		LOG_TEST(test_what_is_no_fact_makes_no_member),
		LOG_TEST(test_what_is_so_already),
		LOG_TEST(test_founding_and_end),
		LOG_TEST(test_founding_behind_members),
		LOG_TEST(test_days_left_open_are_given_the_benefit),
		LOG_TEST(test_same_fact),
		LOG_TEST(test_possibly_the_same),
		LOG_TEST(test_another_fact),
		LOG_TEST(test_object_and_name_tell_apart),
		LOG_TEST(test_what_happens_often),
		LOG_TEST(test_what_was_taken_back_is_not_there),
		LOG_TEST(test_same_article_is_no_further_source),
		LOG_TEST(test_same_address_or_id_is_the_same_report),
		LOG_TEST(test_weighing_anew_starts_anew),
		LOG_TEST(test_another_event_is_weighed_anew),
		cmocka_unit_test(test_earlier_candidate),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
