/*
 * test_reference.c - the reference against answers that were worked out by hand,
 * and against itself: every day or few days, with and without mistakes.
 *
 * It needs no engine.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "generate.h"
#include "patch_apply.h"
#include "reference.h"

enum { FAULT_HISTORIES = 200, COMPARED = 300 };

static unsigned passed, failed;

static void check(bool ok, const char *what)
{
	if (ok) {
		passed++;
		return;
	}
	failed++;
	printf("FAILED: %s\n", what);
}

/*
 * One line a case: events as TYPE|ACTOR|DATE|UNTIL, `;` between them, all of
 * alliance A, ids 1, 2, 3 ...; the day of the question; a pointer; what it names.
 * For chairs and alliances ACTOR is who takes it; `-` where there is none.  A
 * retraction is `event.retracted|N`.  `=N` behind UNTIL corrects event N.
 */
struct row {
	const char *events;
	const char *at;
	const char *pointer;
	const char *want; /* JSON; NULL: nothing there */
};

static const struct row rows[] = {
	/* a fact, and one that came later but was recorded before */
	{ "member.joined|X|1992|", "1992-12-31", "/A/members/X/certainty",
	  "\"certain\"" },
	{ "member.joined|X|1992|", "1992-06-30", "/A/members/X/possible",
	  "[\"member\",\"none\"]" },
	{ "member.joined|X|1992|", "1991-12-31", "", "{}" },
	{ "member.withdrew|X|1999-05-01|;member.joined|X|1992|", "2000-01-01",
	  "/A/former/X/status", "\"withdrawn\"" },
	{ "member.withdrew|X|1999-05-01|;member.joined|X|1992|", "2000-01-01",
	  "/A/former/X/joined", "\"1992\"" },
	{ "member.joined|X|1992|;member.frozen|X|2024-02|", "2025-07-18",
	  "/A/members/X",
	  "{\"certainty\":\"certain\",\"events\":[\"2\"],\"joined\":\"1992\","
	  "\"since\":\"2024-02\",\"status\":\"frozen\"}" },
	{ "member.joined|X|1992|;member.frozen|X|2024-02|", "2024-02-15",
	  "/A/members/X",
	  "{\"certainty\":\"possible\",\"events\":[\"2\",\"1\"],"
	  "\"joined\":\"1992\",\"possible\":[\"frozen\",\"member\"],"
	  "\"since\":\"2024-02\",\"status\":\"frozen\"}" },
	{ "member.joined|X|1992|;member.frozen|X|2024-02|", "2024-02-29",
	  "/A/members/X/certainty", "\"certain\"" },
	/* open starts: never in 1950, from the end of 2012 on */
	{ "member.joined|X|../2012|", "1950-01-01", "/A/members", "{}" },
	{ "member.joined|X|../2012|", "1950-01-01", "/A/candidates/X",
	  "{\"certainty\":\"possible\",\"events\":[\"1\"],\"joined\":null,"
	  "\"possible\":[\"member\",\"none\"],\"since\":null,"
	  "\"status\":\"none\"}" },
	{ "member.joined|X|../2012|", "2012-12-30", "/A/candidates/X/status",
	  "\"none\"" },
	{ "member.joined|X|../2012|", "2012-12-31", "/A/members/X/certainty",
	  "\"certain\"" },
	{ "member.joined|X|../2012|", "2012-12-31", "/A/members/X/since",
	  "\"../2012\"" },
	{ "member.joined|X|../2012|;member.withdrew|X|2012|", "2012-12-31",
	  "/A/former/X/possible", "[\"member\",\"withdrawn\"]" },
	/* both within one year: either may have been the last */
	{ "member.joined|X|1999|;member.withdrew|X|1999|", "2000-01-01",
	  "/A/former/X/events", "[\"2\",\"1\"]" },
	{ "member.joined|X|1999|;member.withdrew|X|1999|", "1999-06-01",
	  "/A/former/X/possible", "[\"member\",\"none\",\"withdrawn\"]" },
	/* same day: endings behind changes behind openings, whatever the seq */
	{ "member.withdrew|X|1999-01-01|;member.joined|X|1999-01-01|",
	  "1999-01-01", "/A/former/X/certainty", "\"certain\"" },
	/* until: afterwards what the other events give */
	{ "member.joined|X|1990|;member.suspended|X|2000-01-01|2000-12-31",
	  "2001-01-01", "/A/members/X/status", "\"member\"" },
	{ "member.joined|X|1990|;member.suspended|X|2000-01-01|2000",
	  "2000-06-01", "/A/members/X/possible", "[\"member\",\"suspended\"]" },
	{ "member.joined|X|1990|;member.suspended|X|2000-01-01|2000-12-31",
	  "2000-12-31", "/A/members/X/certainty", "\"certain\"" },
	{ "member.joined|X|1990-01-01|1990-01-05", "1990-01-06", "/A/members",
	  "{}" },
	{ "member.joined|X|1990-01-01|1990-01-05", "1990-01-06",
	  "/A/candidates", "{}" },
	/* chairs */
	{ "chair.assumed|KGZ|2025-01|2025", "2025-07-18", "/A/chairs/chair",
	  "{\"actor\":\"KGZ\",\"certainty\":\"possible\","
	  "\"possible\":[\"KGZ\",\"none\"],\"since\":\"2025-01\","
	  "\"until\":\"2025\"}" },
	{ "chair.assumed|KGZ|2025-01|2025", "2026-01-01", "/A/chairs", "{}" },
	{ "chair.assumed|KGZ|../2025|", "2024-01-01", "/A/chairs/chair",
	  "{\"actor\":null,\"certainty\":\"possible\","
	  "\"possible\":[\"KGZ\",\"none\"],\"since\":null,\"until\":null}" },
	{ "chair.assumed|KGZ|2025-01|;chair.assumed|KGZ|2025-06|",
	  "2025-06-10", "/A/chairs/chair/certainty", "\"certain\"" },
	/* dissolution: what is current on its day, and only that */
	{ "member.joined|X|1990|;alliance.dissolved|-|1991-07-01|",
	  "1991-07-01", "/A/former/X",
	  "{\"certainty\":\"certain\",\"events\":[\"2\"],\"joined\":\"1990\","
	  "\"since\":\"1991-07-01\",\"status\":\"dissolved\"}" },
	{ "member.joined|X|1990|;member.withdrew|X|1991-06-30|;"
	  "alliance.dissolved|-|1991-07-01|", "1991-07-01",
	  "/A/former/X/status", "\"withdrawn\"" },
	{ "member.invited|X|1990|;alliance.dissolved|-|1991-07-01|",
	  "1991-07-01", "/A/candidates/X/status", "\"invited\"" },
	{ "member.joined|X|1990|;alliance.dissolved|-|1991|", "1991-07-01",
	  "/A/former/X/possible", "[\"dissolved\",\"member\"]" },
	{ "member.joined|X|1991|;alliance.dissolved|-|1991-07-01|",
	  "1991-12-31", "/A/former/X/possible", "[\"dissolved\",\"member\"]" },
	{ "member.joined|X|1990|1991-06-30;alliance.dissolved|-|1991-07-01|",
	  "1991-07-01", "/A/former", "{}" },
	{ "member.joined|X|1990|;alliance.dissolved|-|1991-07-01|1991-07-31",
	  "1991-08-01", "/A/members/X/status", "\"member\"" },
	/* retractions and corrections */
	{ "member.joined|X|1990|;event.retracted|1", "2000-01-01", "", "{}" },
	{ "member.joined|X|1990|;event.retracted|1;event.retracted|2",
	  "2000-01-01", "/A/members/X/status", "\"member\"" },
	{ "member.joined|X|1990|;member.joined|X|1995|=1", "1994-01-01", "",
	  "{}" },
	{ "member.joined|X|1990|;member.joined|X|1995|=1;event.retracted|2",
	  "1994-01-01", "/A/members/X/since", "\"1990\"" },
	/* the five years of a stance: 1,826 days ago is out */
	{ "accusation.made|X|2020-01-01|", "2024-12-30", "/A/stance/X",
	  "{\"class\":\"strained\",\"counts\":{\"accusation.made\":1},"
	  "\"score\":-20}" },
	{ "accusation.made|X|2020-01-01|", "2024-12-31", "/A/stance", "{}" },
	{ "conflict.attacked|X|2020-01-01|;meeting.held|X|2020|", "2020-02-01",
	  "/A/stance/X/class", "\"distancing\"" },
	{ "accusation.made|X|../2020|", "2020-12-31", "/A/stance", "{}" },
	/* an alliance that nobody founded */
	{ "member.joined|X|1992|", "1993-01-01", "/A/status", "\"unknown\"" },
	{ "alliance.founded|-|1992|;alliance.dissolved|-|1992|", "1993-01-01",
	  "/A/status", "\"dissolved\"" },
	{ "alliance.led|X|1992|;alliance.led|Y|1991|", "1993-01-01", "/A/lead",
	  "\"X\"" },
};

static void set_text(json_t *map, const char *key, const char *text, size_t len)
{
	if (len && strncmp(text, "-", len) != 0)
		json_object_set_new(map, key, json_stringn(text, len));
}

/* One event of a row; where the next begins, or NULL. */
static const char *read_event(const char *text, json_t *events)
{
	static const char *const keys[] = { "type", "actor", "date", "until" };
	size_t len = strcspn(text, ";");
	const char *end = text + len;
	json_t *event = json_object();
	json_t *id = json_sprintf("%zu", json_array_size(events) + 1);

	for (size_t i = 0; i < 4 && text < end; i++) {
		size_t n = strcspn(text, "|;=");

		set_text(event, keys[i], text, n);
		text += n;
		if (*text == '|')
			text++;
	}
	if (*text == '=')
		set_text(event, "corrects", text + 1,
			 (size_t)(end - text) - 1);
	if (strcmp(json_string_value(json_object_get(event, "type")),
		   "event.retracted") == 0) {
		json_object_set(event, "retracts",
				json_object_get(event, "actor"));
		json_object_del(event, "actor");
	} else {
		json_object_set_new(event, "alliance", json_string("A"));
	}
	json_object_set_new(event, "id", id);
	json_array_append_new(events, event);
	return *end ? end + 1 : NULL;
}

static void check_row(const struct row *row)
{
	json_t *events = json_array();
	json_t *want = json_loads(row->want, JSON_DECODE_ANY, NULL);
	struct reference_basis basis = { .known = 99, .last = 20 };
	struct reference_days day = { 0, 0 };
	json_t *got;

	for (const char *at = row->events; at;)
		at = read_event(at, events);
	reference_days_read(row->at, &day);
	basis.at = day.hi;
	got = reference_replay(events, &basis, REFERENCE_RIGHT);
	check(want && json_equal(pointer_get(got, row->pointer), want),
	      row->events);
	if (!want || !json_equal(pointer_get(got, row->pointer), want)) {
		printf("at %s, %s should be %s\n", row->at, row->pointer,
		       row->want);
		json_dumpf(got, stdout, JSON_INDENT(1) | JSON_SORT_KEYS);
		printf("\n");
	}
	json_decref(got);
	json_decref(want);
	json_decref(events);
}

static const struct {
	const char *text;
	const char *first, *last; /* NULL: no date at all; "" open */
} dates[] = {
	{ "2024-02-23", "2024-02-23", "2024-02-23" },
	{ "2024-02", "2024-02-01", "2024-02-29" },
	{ "2023-02-XX", "2023-02-01", "2023-02-28" },
	{ "1900-02", "1900-02-01", "1900-02-28" },
	{ "2000-02?", "2000-02-01", "2000-02-29" },
	{ "2024", "2024-01-01", "2024-12-31" },
	{ "2024-XX-XX", "2024-01-01", "2024-12-31" },
	{ "2024-XX", "2024-01-01", "2024-12-31" },
	{ "201X", "2010-01-01", "2019-12-31" },
	{ "19XX", "1900-01-01", "1999-12-31" },
	{ "000X", "0001-01-01", "0009-12-31" },
	{ "2024-21", "2024-03-01", "2024-05-31" },
	{ "2024-22", "2024-06-01", "2024-08-31" },
	{ "2024-23", "2024-09-01", "2024-11-30" },
	{ "2023-24", "2023-12-01", "2024-02-29" },
	{ "9999-24", "9999-12-01", "9999-12-31" },
	{ "2024-02-23T23:30:00-02:00", "2024-02-24", "2024-02-24" },
	{ "2024-03-01T00:30+01:00", "2024-02-29", "2024-02-29" },
	{ "2024-02/2024-03-05~", "2024-02-01", "2024-03-05" },
	{ "../2012", "", "2012-12-31" },
	{ "2012/..", "2012-01-01", "" },
	{ "XXXX", "", "" },
	{ "../..", NULL, NULL },
	{ "2024-02-30", NULL, NULL },
	{ "2024-13", NULL, NULL },
	{ "2024/2023", NULL, NULL },
	{ "0000", NULL, NULL },
	{ "24", NULL, NULL },
};

static bool is_day(long day, const char *text)
{
	char got[11];

	if (!*text)
		return day == REFERENCE_BEFORE_ALL || day == REFERENCE_AFTER_ALL;
	reference_day_text(day, got);
	return strcmp(got, text) == 0;
}

static void check_dates(void)
{
	struct reference_days days;

	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
		bool ok = reference_days_read(dates[i].text, &days);

		if (!dates[i].first)
			check(!ok, dates[i].text);
		else
			check(ok && is_day(days.lo, dates[i].first) &&
				      is_day(days.hi, dates[i].last),
			      dates[i].text);
	}
	check(reference_day(1970, 1, 1) == 0 && reference_day(2000, 3, 1) == 11017,
	      "days are counted from 1970");
}

/* RFC 6902, appendix A, as far as it is about the three operations. */
static const struct {
	const char *document, *patch, *want; /* NULL: it must fail */
} patches[] = {
	{ "{\"a\":1}", "[{\"op\":\"add\",\"path\":\"/b\",\"value\":2}]",
	  "{\"a\":1,\"b\":2}" },
	{ "{\"a\":[1,3]}",
	  "[{\"op\":\"add\",\"path\":\"/a/1\",\"value\":2}]",
	  "{\"a\":[1,2,3]}" },
	{ "{\"a\":[1]}", "[{\"op\":\"add\",\"path\":\"/a/-\",\"value\":2}]",
	  "{\"a\":[1,2]}" },
	{ "{\"a\":1,\"b\":2}", "[{\"op\":\"remove\",\"path\":\"/b\"}]",
	  "{\"a\":1}" },
	{ "{\"a\":[1,2]}", "[{\"op\":\"remove\",\"path\":\"/a/0\"}]",
	  "{\"a\":[2]}" },
	{ "{\"a/b\":1}",
	  "[{\"op\":\"replace\",\"path\":\"/a~1b\",\"value\":2}]",
	  "{\"a/b\":2}" },
	{ "{\"~1\":1}",
	  "[{\"op\":\"replace\",\"path\":\"/~01\",\"value\":2}]",
	  "{\"~1\":2}" },
	{ "{}", "[{\"op\":\"replace\",\"path\":\"\",\"value\":[]}]", "[]" },
	{ "{}", "[{\"op\":\"replace\",\"path\":\"/a\",\"value\":1}]", NULL },
	{ "{}", "[{\"op\":\"remove\",\"path\":\"/a\"}]", NULL },
	{ "{}", "[{\"op\":\"add\",\"path\":\"/a/b\",\"value\":1}]", NULL },
	{ "[1]", "[{\"op\":\"add\",\"path\":\"/2\",\"value\":1}]", NULL },
	{ "[1]", "[{\"op\":\"add\",\"path\":\"/01\",\"value\":1}]", NULL },
	{ "[1]", "[{\"op\":\"test\",\"path\":\"/0\",\"value\":1}]", NULL },
};

static void check_patches(void)
{
	for (size_t i = 0; i < sizeof(patches) / sizeof(patches[0]); i++) {
		json_t *document = json_loads(patches[i].document, 0, NULL);
		json_t *patch = json_loads(patches[i].patch, 0, NULL);
		json_t *want = patches[i].want
				       ? json_loads(patches[i].want, 0, NULL)
				       : NULL;
		bool done = patch_apply(&document, patch);

		check(want ? done && json_equal(document, want) : !done,
		      patches[i].patch);
		json_decref(document);
		json_decref(patch);
		json_decref(want);
	}
}

/* Few days must find what every day finds. */
static void check_few_days(uint64_t seed)
{
	struct dice dice = { ~seed };
	json_t *events = generate_history(seed);
	struct reference_basis basis = generate_basis(&dice, events);
	json_t *every = reference_replay(events, &basis, REFERENCE_RIGHT);
	json_t *few;

	reference_prefer_few_days(true);
	few = reference_replay(events, &basis, REFERENCE_RIGHT);
	reference_prefer_few_days(false);
	check(json_equal(every, few), "few days find what every day finds");
	json_decref(every);
	json_decref(few);
	json_decref(events);
}

static bool shows(uint64_t seed, enum reference_fault fault)
{
	struct dice dice = { ~seed };
	json_t *events = generate_history(seed);
	bool differs = false;

	for (int i = 0; i < 5 && !differs; i++) {
		struct reference_basis basis = generate_basis(&dice, events);
		json_t *right = reference_replay(events, &basis, REFERENCE_RIGHT);
		json_t *wrong = reference_replay(events, &basis, fault);

		differs = !json_equal(right, wrong);
		json_decref(right);
		json_decref(wrong);
	}
	json_decref(events);
	return differs;
}

int main(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_row(&rows[i]);
	check_dates();
	check_patches();
	for (uint64_t seed = 1; seed <= COMPARED; seed++)
		check_few_days(seed);
	for (int fault = 1; fault < REFERENCE_FAULTS; fault++) {
		unsigned seen = 0;

		for (uint64_t seed = 1; seed <= FAULT_HISTORIES; seed++)
			seen += shows(seed, (enum reference_fault)fault);
		printf("mistake %d shows in %u of %d histories\n", fault, seen,
		       FAULT_HISTORIES);
		check(seen > 0, "a mistake would be seen");
	}
	check(reference_skipped() == 0, "no slot had too many choices");
	printf("property reference: %u passed, %u failed, 0 skipped\n", passed,
	       failed);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
