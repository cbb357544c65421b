/*
 * test_why.c - the events behind a value, and why others are not.
 */
#include "logs.h"

#define EVENT(type, actor, date) \
	"'type':'" type "','alliance':'A','actor':'" actor "','date':'" date "'"
#define FOUNDED(date) \
	"'type':'alliance.founded','alliance':'A','date':'" date "'"

static const char *rule_name(enum ent_rule rule)
{
	static const char *const names[] = {
		[ENT_DECIDES] = "decides",
		[ENT_ALSO_POSSIBLE] = "possible",
		[ENT_ADDS] = "adds",
		[ENT_DISPLACED_DATE] = "date",
		[ENT_DISPLACED_PHASE] = "phase",
		[ENT_DISPLACED_SEQ] = "seq",
		[ENT_RAN_OUT] = "ran-out",
		[ENT_NOT_YET] = "not-yet",
		[ENT_NOT_PUBLISHED] = "not-published",
		[ENT_CORRECTED] = "corrected",
		[ENT_RETRACTED] = "retracted",
		[ENT_NOT_FACT] = "not-fact",
		[ENT_NO_EFFECT] = "no-effect",
	};

	return names[rule];
}

/* Reasons as "SEQ RULE[ by SEQ], ..." and the value as JSON. */
static void check_why_on(const struct ent_basis *basis, const char *pointer,
			 const char *value, const char *reasons)
{
	struct ent_why *why = NULL;
	struct ent_error err;
	char got[1024] = "";
	int rc = ent_why(logs_log, basis, pointer, &why, &err);

	if (rc != ENT_OK)
		fail_msg("%s: %d: %s", pointer, rc, rc < 0 ? err.msg : "end");
	for (size_t i = 0; i < ent_why_count(why); i++) {
		struct ent_reason reason = ent_why_get(why, i);

		sprintf(got + strlen(got), "%s%d %s", i ? ", " : "",
			(int)reason.event->seq, rule_name(reason.rule));
		if (reason.by_seq)
			sprintf(got + strlen(got), " by %d",
				(int)reason.by_seq);
	}
	assert_string_equal(got, reasons);
	check_value(ent_why_value(why), value);
	assert_int_equal(ent_why_basis(why).at, basis->at);
	ent_why_free(why);
}

static void check_why(const char *date, const char *pointer, const char *value,
		      const char *reasons)
{
	struct ent_basis basis = logs_basis(date);

	check_why_on(&basis, pointer, value, reasons);
}

static void check_end(const char *date, const char *pointer)
{
	struct ent_basis basis = logs_basis(date);
	struct ent_why *why = NULL;

	assert_int_equal(ent_why(logs_log, &basis, pointer, &why, NULL),
			 ENT_END);
	assert_null(why);
}

static void check_usage(const char *pointer, const char *msg)
{
	struct ent_basis basis = logs_basis("2010");
	struct ent_why *why = NULL;
	struct ent_error err;

	check_failure(ent_why(logs_log, &basis, pointer, &why, &err),
		      ENT_EUSAGE, &err, msg);
	assert_null(why);
}

static void what_decides_comes_first(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001-01-01"),
	       EVENT("member.frozen", "ARM", "2003-01-01"),
	       EVENT("member.invited", "ARM", "2000-01-01"),
	       EVENT("member.withdrew", "ARM", "2020-01-01"),
	       EVENT("member.joined", "BLR", "2002-01-01"));
	check_why("2010", "/A/members/ARM/status", "'frozen'",
		  "2 decides, 4 not-yet, 1 date by 2, 3 date by 2");
	check_why("2002", "/A/members/ARM/since", "'2001-01-01'",
		  "1 decides, 4 not-yet, 2 not-yet, 3 date by 1");
}

static void one_day_is_ordered_by_phase_and_number(void **state)
{
	(void)state;
	APPEND(EVENT("member.expelled", "ARM", "2001-01-01"),
	       EVENT("member.joined", "ARM", "2001-01-01"),
	       EVENT("member.withdrew", "ARM", "2001-01-01"),
	       EVENT("member.frozen", "ARM", "2001-01-01"));
	check_why("2010", "/A/former/ARM/status", "'withdrawn'",
		  "3 decides, 1 seq by 3, 4 phase by 3, 2 phase by 3");
}

static void other_possible_deciders_come_second(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "1992"),
	       EVENT("member.not_renewed", "ARM", "1999"),
	       EVENT("member.frozen", "ARM", "1998-01-01"));
	check_why("1999-06-01", "/A/former/ARM/possible/1", "'lapsed'",
		  "2 decides, 3 possible, 1 date by 2");
	check_why("1999", "/A/former/ARM/certainty", "'certain'",
		  "2 decides, 3 date by 2, 1 date by 2");
}

static void what_ran_out_says_so(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001-01-01"),
	       EVENT("member.frozen", "ARM", "2002-01-01")
	       ",'until':'2002-12-31'");
	check_why("2003", "/A/members/ARM/status", "'member'",
		  "1 decides, 2 ran-out");
	check_why("2002", "/A/members/ARM/status", "'frozen'",
		  "2 decides, 1 date by 2");
}

static void what_is_taken_back_names_by_whom(void **state)
{
	struct ent_basis early = logs_basis("2010");

	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001-01-01"),
	       EVENT("member.frozen", "ARM", "2002-01-01"),
	       "'type':'event.retracted','retracts':'#2','data':{'reason':'r'}",
	       EVENT("member.joined", "ARM", "2001-02-01")
	       ",'corrects':'#1'");
	check_why("2010", "/A/members/ARM/status", "'member'",
		  "4 decides, 2 retracted by 3, 1 corrected by 4");
	early.known = 2;
	check_why_on(&early, "/A/members/ARM/status", "'frozen'",
		     "2 decides, 1 date by 2");
}

static void what_is_no_fact_decides_nothing(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001-01-01"),
	       EVENT("member.withdrew", "ARM", "2002-01-01")
	       ",'modality':'possible'",
	       EVENT("member.frozen", "ARM", "2003-01-01")
	       ",'modality':'claim','attributed_to':'AZE'");
	check_why("2010", "/A/members/ARM/status", "'member'",
		  "1 decides, 3 not-fact, 2 not-fact");
}

static void what_was_not_published_says_so(void **state)
{
	struct ent_basis basis = logs_basis("2010");

	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001-01-01")
	       ",'source':{'title':'T','published':'2002'}",
	       EVENT("member.frozen", "ARM", "2002-01-01")
	       ",'source':{'title':'T','published':'2004'}",
	       EVENT("member.frozen", "ARM", "2001-06-01"));
	basis.has_published = true;
	basis.published = logs_day("2003");
	check_why_on(&basis, "/A/members/ARM/status", "'member'",
		     "1 decides, 2 not-published, 3 not-published");
}

static void a_dissolution_without_effect_says_so(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001-01-01"),
	       EVENT("member.withdrew", "ARM", "2002-01-01"),
	       EVENT("member.joined", "BLR", "2001-01-01"),
	       "'type':'alliance.dissolved','alliance':'A','date':'2003-01-01'");
	check_why("2010", "/A/former/ARM/status", "'withdrawn'",
		  "2 decides, 4 no-effect, 1 date by 2");
	check_why("2010", "/A/former/BLR/status", "'dissolved'",
		  "4 decides, 3 date by 4");
	check_why("2010", "/A/status", "'dissolved'", "4 decides");
}

static void a_stance_is_a_sum(void **state)
{
	(void)state;
	APPEND(EVENT("accusation.made", "ARM", "2001"),
	       EVENT("meeting.held", "ARM", "2001"),
	       EVENT("meeting.held", "BLR", "2001"),
	       EVENT("accusation.made", "ARM", "1991"));
	check_why("2002", "/A/stance/ARM/score", "-10", "2 adds, 1 adds");
	check_why("2002", "/A/stance/ARM/counts/meeting.held", "1",
		  "2 adds, 1 adds");
	check_end("2002", "/A/stance/KAZ/score");
}

static void an_entry_has_one_event(void **state)
{
	(void)state;
	APPEND(EVENT("statement.made", "ARM", "2001"),
	       EVENT("statement.made", "BLR", "2000"));
	check_why("2010", "/A/signals/0/actor", "'BLR'", "2 decides");
	check_why("2010", "/A/signals/1/actor", "'ARM'", "1 decides");
	check_end("2010", "/A/signals/2");
	check_end("2000", "/A/signals/1");
	check_end("2010", "/A/signals/18446744073709551615");
	check_end("2010", "/A/exercises/0");
}

static void attributes_have_reasons(void **state)
{
	(void)state;
	APPEND(FOUNDED("2000-01-01")
	       ",'data':{'name':'N','lead':'RUS','kind':'K'}",
	       EVENT("alliance.led", "KAZ", "2001-01-01"),
	       "'type':'alliance.renamed','alliance':'A','date':'2002-01-01','data':{'name':'M'}",
	       FOUNDED("1999-01-01"));
	check_why("2010", "/A/name", "'M'", "3 decides, 1 date by 3");
	check_why("2010", "/A/lead", "'KAZ'", "2 decides, 1 date by 2");
	check_why("2010", "/A/kind", "'K'", "1 decides");
	check_why("2010", "/A/founded", "'2000-01-01'",
		  "1 decides, 4 date by 1");
	check_why("2010", "/A/status", "'active'", "1 decides, 4 date by 1");
	check_end("2010", "/A/predecessor");
}

static void joined_has_its_own_reasons(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001-01-01"),
	       EVENT("member.frozen", "ARM", "2003-01-01"),
	       EVENT("member.joined", "ARM", "2000-01-01"));
	check_why("2010", "/A/members/ARM/joined", "'2001-01-01'",
		  "1 decides, 3 date by 1");
}

/* The group does not matter, and what is empty now may have had events. */
static void a_membership_is_found_in_any_group(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001-01-01"),
	       EVENT("member.joined", "BLR", "2001-01-01")
	       ",'until':'2001-12-31'");
	check_why("2010", "/A/members/ARM/status", "'member'", "1 decides");
	check_why("2010", "/A/former/ARM/status", "'member'", "1 decides");
	check_why("2010", "/A/candidates/ARM/status", "'member'", "1 decides");
	check_why("2010", "/A/members/BLR/status", "null", "2 ran-out");
	check_why("1999", "/A/members/ARM/status", "null", "1 not-yet");
}

static void roles_may_need_escapes(void **state)
{
	(void)state;
	APPEND(EVENT("chair.assumed", "ARM", "2001-01-01")
	       ",'data':{'name':'a/b~c'}",
	       EVENT("chair.assumed", "BLR", "2000-01-01")
	       ",'data':{'name':'a/b~c'}",
	       EVENT("chair.assumed", "KAZ", "2000-01-01"));
	check_why("2010", "/A/chairs/a~1b~0c/actor", "'ARM'",
		  "1 decides, 2 date by 1");
	check_why("2010", "/A/chairs/chair",
		  "{'actor':'KAZ','certainty':'certain','since':'2000-01-01','until':null}",
		  "3 decides");
}

static void what_was_never_named_has_no_events(void **state)
{
	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001-01-01"));
	check_end("2010", "/B/status");
	check_end("2010", "/B/members/ARM");
	check_end("2010", "/A/members/KAZ/status");
	check_end("2010", "/A/chairs/chair");
	check_end("2010", "/A/name");
}

static void bad_pointers_are_refused(void **state)
{
	static const char part[] =
		"the pointer ends before %s: /ALLIANCE/members/ACTOR/status, for example";
	static const char nothing[] =
		"'%s' names no part of an alliance: status, name, founded, lead, kind, predecessor, chairs, members, candidates, former, exercises, commitments, signals or stance";
	static const struct {
		const char *pointer, *form, *word;
	} rows[] = {
		{ "", part, "an alliance" },
		{ "/A", part, "a part of the alliance" },
		{ "/B", part, "a part of the alliance" },
		{ "/A/members", part, "an element" },
		{ "/A/signals", part, "an element" },
		{ "/A/flags", nothing, "flags" },
		{ "/B/flags", nothing, "flags" },
		{ "/A/", nothing, "" },
		{ "/A/signals/x", "'%s' is no position in a list", "x" },
		{ "/A/signals/-1", "'%s' is no position in a list", "-1" },
		{ "/A/signals/1x", "'%s' is no position in a list", "1x" },
		{ "/A/signals/ 1", "'%s' is no position in a list", " 1" },
		{ "A/status", "a JSON Pointer starts with %s", "/" },
		{ "/A/chairs/a~2", "in a JSON Pointer ~ is written %s",
		  "~0 and / is written ~1" },
	};

	(void)state;
	APPEND(EVENT("member.joined", "ARM", "2001-01-01"));
	for (size_t i = 0; i < COUNT(rows); i++) {
		char msg[512];

		/* The format is one of the rows above. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		snprintf(msg, sizeof(msg), rows[i].form, rows[i].word);
#pragma GCC diagnostic pop
		check_usage(rows[i].pointer, msg);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LOG_TEST(what_decides_comes_first),
		LOG_TEST(one_day_is_ordered_by_phase_and_number),
		LOG_TEST(other_possible_deciders_come_second),
		LOG_TEST(what_ran_out_says_so),
		LOG_TEST(what_is_taken_back_names_by_whom),
		LOG_TEST(what_is_no_fact_decides_nothing),
		LOG_TEST(what_was_not_published_says_so),
		LOG_TEST(a_dissolution_without_effect_says_so),
		LOG_TEST(a_stance_is_a_sum),
		LOG_TEST(an_entry_has_one_event),
		LOG_TEST(attributes_have_reasons),
		LOG_TEST(joined_has_its_own_reasons),
		LOG_TEST(a_membership_is_found_in_any_group),
		LOG_TEST(roles_may_need_escapes),
		LOG_TEST(what_was_never_named_has_no_events),
		LOG_TEST(bad_pointers_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
