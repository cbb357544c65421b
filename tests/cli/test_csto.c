/*
 * test_csto.c - what the project promises of its main example, through the
 * program and nothing else.
 *
 *     test_csto PROGRAM FIXTURES
 */
#include <ftw.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MEMBER "/alliances/CSTO/members/"
#define FORMER "/alliances/CSTO/former/"

static const char *program, *fixtures;
static char folder[64] = "/tmp/entente-csto-XXXXXX";
static unsigned passed, failed;

__attribute__((format(printf, 2, 3)))
static bool check(bool good, const char *fmt, ...)
{
	va_list args;

	if (good) {
		passed++;
		return true;
	}
	failed++;
	printf("  FAIL  ");
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
	return false;
}

/* ---- the program --------------------------------------------------------------- */

/* What the program prints, whole; free() it.  *out_exit is its exit code.  A NUL
 * is no part of what is printed. */
static char *run(const char *log, const char *arguments, int *out_exit)
{
	char command[1024];
	size_t room = 1 << 20, len = 0, got;
	char *text = malloc(room);
	FILE *pipe;
	int status;

	snprintf(command, sizeof(command), "'%s' --log '%s/%s' %s", program,
		 folder, log, arguments);
	pipe = popen(command, "r");
	if (!text || !pipe) {
		perror(command);
		exit(2);
	}
	while ((got = fread(text + len, 1, room - len - 1, pipe)) > 0) {
		len += got;
		if (room - len < 4096) {
			room *= 2;
			text = realloc(text, room);
			if (!text)
				exit(2);
		}
	}
	text[len] = '\0';
	status = pclose(pipe);
	*out_exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
	return text;
}

/* One JSON document; json_decref() it. */
static json_t *ask(const char *log, const char *arguments)
{
	json_error_t error;
	int code = 0;
	char *text = run(log, arguments, &code);
	json_t *document = json_loads(text, 0, &error);

	check(code == 0, "%s: exit %d", arguments, code);
	check(document != NULL, "%s: no JSON: %s", arguments, error.text);
	free(text);
	return document;
}

static json_t *replay(const char *log, const char *date)
{
	char arguments[64];

	snprintf(arguments, sizeof(arguments), "replay %s --last 0 --json",
		 date);
	return ask(log, arguments);
}

/* What a path of keys and positions names; NULL where nothing. */
static const json_t *at(const json_t *value, const char *path)
{
	char key[64];

	while (value && *path == '/') {
		size_t len = strcspn(++path, "/");

		snprintf(key, sizeof(key), "%.*s", (int)len, path);
		value = json_is_array(value) ?
				json_array_get(value, strtoul(key, NULL, 10)) :
				json_object_get(value, key);
		path += len;
	}
	return value;
}

/* expected is JSON with ' for ". */
static void check_value(const json_t *document, const char *path,
			const char *what, const char *expected)
{
	const json_t *value = at(document, path);
	char json[512], *got;
	size_t i = 0;
	json_t *wanted;

	for (; expected[i] && i + 1 < sizeof(json); i++)
		json[i] = (char)(expected[i] == '\'' ? '"' : expected[i]);
	json[i] = '\0';
	wanted = json_loads(json, JSON_DECODE_ANY, NULL);
	got = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_SORT_KEYS) :
		      NULL;
	check(wanted && value && json_equal(value, wanted),
	      "%s: %s is %s, not %s", what, path, got ? got : "absent", json);
	free(got);
	json_decref(wanted);
}

struct expectation {
	const char *date, *path, *json;
};

static void check_dates(const char *log, const struct expectation *rows,
			size_t count)
{
	for (size_t i = 0; i < count; i++) {
		json_t *document = replay(log, rows[i].date);

		check_value(document, rows[i].path, rows[i].date, rows[i].json);
		json_decref(document);
	}
}

/* ---- what is promised ------------------------------------------------------------- */

static void check_append(const char *log, const char *file, int events,
			 int first)
{
	char arguments[512];
	json_t *answer;

	snprintf(arguments, sizeof(arguments), "append '%s/%s' --json",
		 fixtures, file);
	answer = ask(log, arguments);
	check(json_integer_value(at(answer, "/appended")) == events,
	      "%s: not %d events", file, events);
	check(json_integer_value(at(answer, "/first_seq")) == first,
	      "%s: does not start at %d", file, first);
	json_decref(answer);
}

static void check_verify(const char *log, int events)
{
	json_t *answer = ask(log, "verify --json");

	check(json_is_true(at(answer, "/ok")), "verify %s: not ok", log);
	check(json_array_size(at(answer, "/findings")) == 0,
	      "verify %s: findings", log);
	check(json_integer_value(at(answer, "/events")) == events,
	      "verify %s: not %d events", log, events);
	json_decref(answer);
}

static void members_come_and_go(void)
{
	static const struct expectation rows[] = {
		{ "1991", "/alliances/CSTO/members", "{}" },
		{ "1995", MEMBER "ARM/status", "'member'" },
		{ "1995", MEMBER "ARM/certainty", "'certain'" },
		{ "1995", MEMBER "AZE/status", "'member'" },
		{ "1995", MEMBER "AZE/certainty", "'certain'" },
		{ "1995", MEMBER "GEO/status", "'member'" },
		{ "1995", MEMBER "GEO/certainty", "'certain'" },
		{ "1995", MEMBER "RUS/status", "'member'" },
		{ "1995", MEMBER "RUS/certainty", "'certain'" },
		{ "1998", MEMBER "AZE/certainty", "'certain'" },
		{ "1999-06-15", FORMER "AZE/status", "'lapsed'" },
		{ "1999-06-15", FORMER "AZE/possible", "['lapsed','member']" },
		{ "1999-06-15", FORMER "GEO/status", "'lapsed'" },
		{ "1999-06-15", FORMER "GEO/possible", "['lapsed','member']" },
		{ "1999", FORMER "AZE/certainty", "'certain'" },
		{ "1999", FORMER "GEO/certainty", "'certain'" },
		{ "2012", FORMER "UZB/status", "'withdrawn'" },
		{ "2012", FORMER "UZB/since", "'2012'" },
		{ "2021-06-01", "/alliances/CSTO/chairs/chair/actor", "'ARM'" },
		{ "2024-01-31", MEMBER "ARM/status", "'member'" },
		{ "2024-02-10", MEMBER "ARM/status", "'frozen'" },
		{ "2024-02-10", MEMBER "ARM/certainty", "'possible'" },
		{ "2024-02-10", MEMBER "ARM/possible", "['frozen','member']" },
		{ "2024-02-29", MEMBER "ARM/status", "'frozen'" },
		{ "2024-02-29", MEMBER "ARM/certainty", "'certain'" },
		{ "2025-07-18", MEMBER "ARM/status", "'frozen'" },
		{ "2025-07-18", MEMBER "BLR/status", "'member'" },
		{ "2025-07-18", MEMBER "KAZ/status", "'member'" },
		{ "2025-07-18", MEMBER "KGZ/status", "'member'" },
		{ "2025-07-18", MEMBER "RUS/status", "'member'" },
		{ "2025-07-18", MEMBER "TJK/status", "'member'" },
		{ "2025-07-18", FORMER "AZE/status", "'lapsed'" },
		{ "2025-07-18", FORMER "GEO/status", "'lapsed'" },
		{ "2025-07-18", FORMER "UZB/status", "'withdrawn'" },
		{ "2025-07-18", "/alliances/CSTO/lead", "'RUS'" },
		{ "2025-07-18", "/alliances/CSTO/status", "'active'" },
	};
	json_t *state = replay("log", "2022-01-01");
	const json_t *chair = at(state, "/alliances/CSTO/chairs/chair");

	check_dates("log", rows, sizeof(rows) / sizeof(rows[0]));
	check(at(state, "/alliances/CSTO") && (!chair ||
	      json_is_null(json_object_get(chair, "actor"))),
	      "2022-01-01: there is a chair");
	json_decref(state);
}

/* The possible withdrawal is told, and undoes nothing. */
static void what_is_only_possible_is_a_signal(void)
{
	json_t *state = replay("log", "2025-07-18"), *signal;
	unsigned found = 0;
	size_t i;

	json_array_foreach(at(state, "/alliances/CSTO/signals"), i, signal) {
		const char *type = json_string_value(at(signal, "/type"));
		const char *actor = json_string_value(at(signal, "/actor"));
		const char *how = json_string_value(at(signal, "/modality"));

		found += type && actor && how &&
			 strcmp(type, "member.withdrew") == 0 &&
			 strcmp(actor, "ARM") == 0 &&
			 strcmp(how, "possible") == 0;
	}
	check(found == 1, "2025-07-18: %u possible withdrawals of ARM", found);
	json_decref(state);
}

static void stances_are_those_of_the_readme(const char *log, size_t column)
{
	static const struct {
		const char *actor;
		struct {
			int score;
			const char *name;
		} in[2]; /* csto.jsonl, and both files */
	} rows[] = {
		{ "ARM", { { -20, "strained" }, { -49, "strained" } } },
		{ "KAZ", { { -140, "defiant" }, { -106, "defiant" } } },
		{ "KGZ", { { -90, "distancing" }, { -23, "strained" } } },
		{ "BLR", { { -40, "strained" }, { 53, "aligned" } } },
		{ "TJK", { { -40, "strained" }, { 43, "aligned" } } },
		{ "RUS", { { 34, "aligned" }, { 117, "aligned" } } },
		{ "CSTO", { { -40, "strained" }, { -80, "distancing" } } },
	};
	json_t *state = replay(log, "2025-07-18");

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char path[96], expected[32];

		snprintf(path, sizeof(path), "/alliances/CSTO/stance/%s/score",
			 rows[i].actor);
		snprintf(expected, sizeof(expected), "%d",
			 rows[i].in[column].score);
		check_value(state, path, log, expected);
		snprintf(path, sizeof(path), "/alliances/CSTO/stance/%s/class",
			 rows[i].actor);
		snprintf(expected, sizeof(expected), "'%s'",
			 rows[i].in[column].name);
		check_value(state, path, log, expected);
	}
	json_decref(state);
}

static bool has_source(const json_t *event)
{
	return json_is_string(at(event, "/source/url")) ||
	       json_is_string(at(event, "/source/publisher")) ||
	       json_is_string(at(event, "/source/title"));
}

static void every_change_has_a_cause_with_a_source(void)
{
	json_t *diff = ask("log", "diff 1999-01-01 2025-07-18 -a CSTO --json");
	json_t *change, *cause;
	bool froze = false, lapsed = false;
	size_t i, c;

	check(json_array_size(at(diff, "/changes")) > 20, "diff: too short");
	json_array_foreach(at(diff, "/changes"), i, change) {
		const char *path = json_string_value(at(change, "/path"));
		const char *to = json_string_value(at(change, "/to"));
		unsigned sources = 0;

		json_array_foreach(at(change, "/causes"), c, cause)
			sources += has_source(cause);
		check(sources > 0, "diff: %s has no cause with a source",
		      path ? path : "?");
		if (!path || !to)
			continue;
		froze |= strcmp(path, "/CSTO/members/ARM/status") == 0 &&
			 strcmp(to, "frozen") == 0;
		lapsed |= strcmp(path, "/CSTO/members/AZE/certainty") == 0 &&
			  strcmp(to, "certain") == 0;
	}
	check(froze, "diff: ARM is not frozen");
	check(lapsed, "diff: AZE has not surely lapsed");
	json_decref(diff);
}

static void why_names_the_freeze(void)
{
	json_t *why = ask("log",
			  "why /CSTO/members/ARM/status --at 2024-02-29 --json");
	const json_t *joined = NULL;
	json_t *reason;
	size_t i;

	check_value(why, "/value", "why", "'frozen'");
	check_value(why, "/reasons/0/rule", "why", "'decides'");
	check_value(why, "/reasons/0/event/type", "why", "'member.frozen'");
	check_value(why, "/reasons/0/event/date", "why", "'2024-02'");
	check_value(why, "/reasons/0/event/source/publisher", "why",
		    "'Forbes'");
	json_array_foreach(at(why, "/reasons"), i, reason) {
		const char *type = json_string_value(at(reason, "/event/type"));

		if (type && strcmp(type, "member.joined") == 0)
			joined = reason;
		check(has_source(at(reason, "/event")), "why: no source");
	}
	check_value(joined, "/rule", "why", "'displaced_by_date'");
	check(json_equal(at(joined, "/by"), at(why, "/reasons/0/event/seq")),
	      "why: the joining is not displaced by the freeze");
	json_decref(why);
}

/* Exported and appended anew, it is the same state. */
static void an_export_carries_everything(void)
{
	char arguments[128];
	json_t *state = replay("log", "2025-07-18"), *again;
	int code = 0;

	snprintf(arguments, sizeof(arguments), "export > '%s/export.jsonl'",
		 folder);
	free(run("log", arguments, &code));
	check(code == 0, "export: exit %d", code);
	snprintf(arguments, sizeof(arguments), "append '%s/export.jsonl'",
		 folder);
	free(run("copy", arguments, &code));
	check(code == 0, "append of an export: exit %d", code);
	again = replay("copy", "2025-07-18");
	check(json_is_string(at(state, "/digest")) &&
	      json_equal(at(state, "/digest"), at(again, "/digest")),
	      "the digest of an exported log is another");
	check_verify("copy", 143);
	json_decref(state);
	json_decref(again);
}

static int remove_one(const char *path, const struct stat *st, int flag,
		      struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

int main(int argc, char **argv)
{
	if (argc != 3 || !mkdtemp(folder)) {
		fprintf(stderr, "usage: test_csto PROGRAM FIXTURES\n");
		return 2;
	}
	program = argv[1];
	fixtures = argv[2];
	check_append("log", "csto.jsonl", 54, 1);
	check_verify("log", 54);
	members_come_and_go();
	what_is_only_possible_is_a_signal();
	stances_are_those_of_the_readme("log", 0);
	every_change_has_a_cause_with_a_source();
	why_names_the_freeze();
	check_append("log", "csto-others.jsonl", 89, 55);
	check_verify("log", 143);
	stances_are_those_of_the_readme("log", 1);
	an_export_carries_everything();
	nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	printf("csto: %u passed, %u failed, 0 skipped\n", passed, failed);
	return failed ? 1 : 0;
}
