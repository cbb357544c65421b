/*
 * test_review.c - review as a person meets it: at a terminal, key by key.
 *
 *     test_review PROGRAM
 */
#include "terminal.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void quit(struct session *session)
{
	int code;

	press(session, "q");
	code = end(session);
	check(code == 0, "exit code %d", code);
}

/* ---- what is reviewed -------------------------------------------------- */

#define SOURCE \
	"\"source\":{\"publisher\":\"Example\",\"published\":\"2024-02-23\"," \
	"\"url\":\"https://example.org/a\"}"
#define ABOUT(article, start) \
	"\"candidate\":{\"article\":\"" article "\",\"before\":\"Once.\"," \
	"\"after\":\"Then.\",\"file\":\"a.txt\",\"rule\":\"r\"," \
	"\"quote\":\"We have frozen it.\",\"score\":800,\"start\":" start ","

#define FROZEN \
	"{\"type\":\"member.frozen\",\"alliance\":\"CSTO\",\"actor\":\"ARM\"," \
	"\"date\":\"2024-02\"," SOURCE ",\"data\":{\"article\":\"aa\"}," \
	ABOUT("aa", "0") "\"end\":18,\"trigger\":[8,14]}}\n"
#define FROZEN_AGAIN \
	"{\"type\":\"member.frozen\",\"alliance\":\"CSTO\",\"actor\":\"ARM\"," \
	"\"date\":\"2024-02-22\",\"source\":{\"title\":\"Other\"}," \
	"\"data\":{\"article\":\"bb\"}," \
	ABOUT("bb", "0") "\"end\":18,\"trigger\":[8,14]}}\n"
#define SAID \
	"{\"type\":\"accusation.made\",\"alliance\":\"CSTO\",\"actor\":\"ARM\"," \
	"\"target\":\"AZE\",\"date\":\"2024-03\"," SOURCE "," \
	ABOUT("cc", "0") "\"end\":18,\"trigger\":[0,2]}}\n"
#define HOSTILE \
	"{\"type\":\"x.h\",\"date\":\"2024\",\"summary\":\"gone\\u202e back\"," \
	"\"source\":{\"title\":\"\\ufefft\"},\"candidate\":{\"quote\":" \
	"\"\\u001b]0;title\\u0007 \\u001b[2J\\u202eright \\u009b31m left\"," \
	"\"before\":\"\\u001b[31m\",\"note\":\"\\u001b[5m\",\"rule\":\"\\u0007\"," \
	"\"start\":0,\"end\":30,\"trigger\":[2,9]}}\n"

static const char review[] = "\"$ENTENTE\" review --coder maria in.jsonl";
static const char again[] = "exec \"$ENTENTE\" review --coder maria in.jsonl";

static void begin(const char *name, const char *candidates)
{
	begin_in_folder(name);
	write_file("in.jsonl", candidates, 0600);
	write_file("base.jsonl",
		   "{\"type\":\"member.joined\",\"alliance\":\"CSTO\",\"actor\":"
		   "\"ARM\",\"date\":\"1992\",\"source\":{\"title\":\"T\"}}\n",
		   0600);
	check_has(output("append base.jsonl"), "appended event 1");
}

/* ---- tests ------------------------------------------------------------- */

static void test_accept(void)
{
	struct session session;

	begin("accept", FROZEN SAID);
	session = start(review);
	see(&session, "1 of 2");
	see(&session, "member.frozen 2024-02 CSTO ARM");
	see(&session, "ARM: member \xE2\x86\x92 frozen");
	see(&session, "We have \x1b[1;7mfrozen\x1b[0m it.");
	see(&session, "Example, 2024-02-23, https://example.org/a");
	see(&session, "[a]ccept");
	check(is_raw(&session), "keys need a newline");
	press(&session, "a");
	see(&session, "2 of 2");
	see(&session, "appended event 2");
	check_has(output("log --json"), "\"coder\":\"maria\"");
	quit(&session);
	check_has(output("show 2"), "member.frozen");
	check_has(output("verify"), "2 events");
	finish();
}

static void test_decisions_stay(void)
{
	struct session session;

	begin("decisions stay", FROZEN SAID HOSTILE);
	session = start(review);
	see(&session, "[a]ccept");
	press(&session, "r");
	see(&session, "2 of 3");
	see(&session, "rejected");
	see(&session, "[a]ccept");
	press(&session, "s");
	see(&session, "3 of 3");
	see(&session, "[a]ccept");
	press(&session, "R");
	see(&session, "Why not?");
	press(&session, "not an event\n");
	see(&session, "the last of 3");
	press(&session, "q");
	see(&session, "accepted 0, rejected 2, skipped 1, not seen 0");
	check(end(&session) == 0, "exit code");
	session = start(again);
	see(&session, "1 of 1");
	see(&session, "accusation.made");
	see(&session, "[a]ccept");
	quit(&session);
	check_has(output("log"), "member.joined");
	check_has_not(output("log"), "member.frozen");
	finish();
}

static void test_claim(void)
{
	struct session session;

	begin("claim", FROZEN SAID);
	session = start(review);
	see(&session, "[a]ccept");
	press(&session, "c");
	see(&session, "Who says so? [Example]: ");
	press(&session, "\n");
	see(&session, "appended event 2, a claim");
	see(&session, "[a]ccept");
	press(&session, "c");
	see(&session, "Who says so?");
	press(&session, "TASS\n");
	see(&session, "appended event 3, a claim");
	quit(&session);
	check_has(output("show 2 --json"), "\"attributed_to\":\"Example\"");
	check_has(output("show 3 --json"), "\"attributed_to\":\"TASS\"");
	check_has(output("show 3 --json"), "\"modality\":\"claim\"");
	finish();
}

static void test_edit(void)
{
	struct session session;

	begin("edit", FROZEN);
	write_file("editor", "#!/bin/sh\n"
			     "ls -l \"$1\" | cut -c1-10 >mode\n"
			     "sed 's/2024-02\"/2024-02-22\"/' \"$1\" >n\n"
			     "cat n >\"$1\"\n", 0700);
	session = start(review);
	see(&session, "[a]ccept");
	press(&session, "e");
	see(&session, "edited; a accepts it");
	see(&session, "member.frozen 2024-02-22 CSTO ARM");
	see(&session, "We have \x1b[1;7mfrozen\x1b[0m it.");
	see(&session, "[a]ccept");
	check(is_raw(&session), "keys need a newline behind the editor");
	press(&session, "a");
	see(&session, "appended event 2");
	quit(&session);
	check_has(output("show 2 --json"), "\"date\":\"2024-02-22\"");
	check_has(output("log >/dev/null; cat mode"), "-rw-------");
	check_has(output("log >/dev/null; cat entente.lmdb/review.jsonl"),
		  "\"decision\":\"edited\"");
	check_has_not(output("log >/dev/null; ls"), "entente-");
	session = start(again);
	see(&session, "nothing to review (1 decided before)");
	check(end(&session) == 0, "exit code");
	finish();
}

static void test_edit_goes_wrong(void)
{
	struct session session;

	begin("edit goes wrong", FROZEN);
	write_file("editor", "#!/bin/sh\nsed -i 's/member.frozen/member.froze/' "
			     "\"$1\"\n", 0700);
	session = start(review);
	see(&session, "[a]ccept");
	press(&session, "e");
	see(&session, "line 13, column 11: there is no type \"member.froze\"");
	see(&session, "[e]dit again, or [g]ive up?");
	press(&session, "g");
	see(&session, "given up");
	see(&session, "member.frozen 2024-02 CSTO ARM");
	see(&session, "[a]ccept");
	write_file("editor", "#!/bin/sh\nexit 1\n", 0700);
	press(&session, "e");
	see(&session, "the editor \"./editor\" failed");
	see(&session, "[a]ccept");
	write_file("editor", "#!/bin/sh\n:\n", 0700);
	press(&session, "e");
	see(&session, "nothing was changed");
	see(&session, "[a]ccept");
	quit(&session);
	check_has_not(output("log"), "member.frozen");
	finish();
}

static void test_undo(void)
{
	struct session session;

	begin("undo", FROZEN SAID);
	session = start(review);
	see(&session, "[a]ccept");
	press(&session, "u");
	see(&session, "there is nothing to undo");
	see(&session, "[a]ccept");
	press(&session, "r");
	see(&session, "2 of 2");
	press(&session, "u");
	see(&session, "1 of 2");
	see(&session, "undone");
	see(&session, "[a]ccept");
	press(&session, "a");
	see(&session, "appended event 2");
	see(&session, "[a]ccept");
	press(&session, "u");
	see(&session, "1 of 2");
	see(&session, "event 3 takes back event 2");
	see(&session, "ARM: member \xE2\x86\x92 frozen");
	check_has(output("replay 2025 --json"), "\"status\":\"member\"");
	see(&session, "[a]ccept");
	press(&session, "a");
	see(&session, "event 2 holds again, by event 4");
	check_has(output("replay 2025 --json"), "\"status\":\"frozen\"");
	see(&session, "[a]ccept");
	press(&session, "u");
	see(&session, "event 5 takes back event 2");
	see(&session, "[a]ccept");
	quit(&session);
	session = start(again);
	see(&session, "1 of 2");
	see(&session, "[a]ccept");
	quit(&session);
	finish();
}

static void test_further_source(void)
{
	struct session session;

	begin("further source", FROZEN FROZEN_AGAIN SAID);
	session = start(review);
	see(&session, "[a]ccept");
	press(&session, "m");
	see(&session, "the log has no event that says the same");
	see(&session, "[a]ccept");
	press(&session, "a");
	see(&session, "2 of 3");
	see(&session, "the log has this as event 2: a further source");
	see(&session, "[a]dd as a further source");
	press(&session, "a");
	see(&session, "appended event 3, a further source");
	check_has(output("show 3"), "x.source");
	see(&session, "[a]ccept");
	press(&session, "u");
	see(&session, "event 4 takes back event 3");
	see(&session, "[n]ew");
	press(&session, "n");
	see(&session, "appended event 5");
	check_has(output("show 5"), "member.frozen");
	see(&session, "[a]ccept");
	quit(&session);
	finish();
}

static void test_resize(void)
{
	struct session session;
	size_t longest = 0, column = 0;

	begin("resize", FROZEN);
	session = start(review);
	see(&session, "[a]ccept");
	set_size(&session, 40);
	see(&session, "1 of 1");
	see(&session, "[?]");
	for (size_t i = session.seen; i-- > 0;) {
		if (session.screen[i] == 'H') /* back to where it was drawn */
			break;
		column = session.screen[i] == '\n' ? 0 : column + 1;
		longest = column > longest ? column : longest;
	}
	check(longest <= 60, "a line of %zu bytes in 40 columns", longest);
	check_has_not(session.screen + session.seen, "\n\n\n");
	quit(&session);
	finish();
}

static void test_interrupt(void)
{
	struct session session;
	int code;

	begin("interrupt", FROZEN SAID);
	session = start(again);
	see(&session, "[a]ccept");
	press(&session, "a");
	see(&session, "2 of 2");
	see(&session, "[a]ccept");
	press(&session, "\x03");
	code = end(&session);
	check(code == 128 + SIGINT, "exit code %d", code);
	check_has(output("log"), "member.frozen");
	session = start(again);
	see(&session, "1 of 1");
	see(&session, "[a]ccept");
	kill(session.pid, SIGTERM);
	code = end(&session);
	check(code == 128 + SIGTERM, "exit code %d", code);
	finish();
}

/* At the line for a claim the terminal is not raw: there too. */
static void test_interrupt_at_a_line(void)
{
	struct session session;
	int code;

	begin("interrupt at a line", FROZEN);
	session = start(again);
	see(&session, "[a]ccept");
	press(&session, "c");
	see(&session, "Who says so?");
	press(&session, "\x04");
	see(&session, "called off");
	see(&session, "[a]ccept");
	press(&session, "c");
	see(&session, "Who says so?");
	press(&session, "\x03");
	code = end(&session);
	check(code == 128 + SIGINT, "exit code %d", code);
	check_has_not(output("log"), "frozen");
	finish();
}

static void test_kill_loses_nothing(void)
{
	struct session session;

	begin("kill", FROZEN SAID);
	session = start(again);
	see(&session, "[a]ccept");
	press(&session, "a");
	see(&session, "appended event 2");
	kill(session.pid, SIGKILL);
	waitpid(session.pid, NULL, 0);
	release(&session);
	/* Cut off in the middle of the next decision. */
	check_has(output("log >/dev/null; printf '{\"at\":\"2024' "
			 ">>entente.lmdb/review.jsonl; echo cut"), "cut");
	session = start(again);
	see(&session, "1 of 1");
	see(&session, "accusation.made");
	see(&session, "[a]ccept");
	press(&session, "r");
	see(&session, "the last of 1");
	quit(&session);
	session = start(again);
	see(&session, "nothing to review (2 decided before)");
	end(&session);
	finish();
}

static void test_stop_and_go_on(void)
{
	struct session session;

	begin("stop and go on", FROZEN);
	session = start("set -m; \"$ENTENTE\" review --coder maria in.jsonl; "
			"echo STOPPED; fg >/dev/null");
	see(&session, "[a]ccept");
	check(is_raw(&session), "keys need a newline");
	press(&session, "\x1a");
	see(&session, "STOPPED");
	see(&session, "[a]ccept");
	check(is_raw(&session), "keys need a newline behind a stop");
	press(&session, "a");
	see(&session, "appended event 2");
	quit(&session);
	finish();
}

static void test_hostile_text(void)
{
	struct session session;

	begin("hostile text", HOSTILE);
	session = start(review);
	see(&session, "\\x1b]\x1b[1;7m0;title\x1b[0m\\x07");
	see(&session, "[a]ccept");
	press(&session, "c");
	see(&session, "Who says so?");
	press(&session, "me\n");
	see(&session, "appended event 2, a claim");
	quit(&session);
	finish();
}

static void test_data_from_a_pipe(void)
{
	struct session session;

	begin("data from a pipe", FROZEN);
	session = start("cat in.jsonl | \"$ENTENTE\" review --coder maria");
	see(&session, "[a]ccept");
	press(&session, "?");
	see(&session, "any key goes on");
	press(&session, "x");
	see(&session, "[a]ccept");
	press(&session, "\x1b[A"); /* an arrow is no key of ours, nor is its A */
	press(&session, "a");
	see(&session, "appended event 2");
	press(&session, "\x04");
	check(end(&session) == 0, "exit code");
	finish();
}

static void test_long_text_is_cut(void)
{
	struct session session;
	char *line = malloc(300000);

	if (!line)
		die("malloc");
	strcpy(line, "{\"type\":\"x.l\",\"date\":\"2024\",\"source\":{\"title\":"
		     "\"T\"},\"candidate\":{\"rule\":\"r\",\"quote\":\"");
	for (int i = 0; i < 100000; i++)
		strcat(line + 2 * i, "\xC3\xA9");
	strcat(line, "\",\"end\":9}}\n");
	begin("long text is cut", line);
	free(line);
	session = start(review);
	see(&session, "\xE2\x80\xA6");
	see(&session, "[a]ccept");
	check(session.len < 8000, "%zu bytes are drawn", session.len);
	quit(&session);
	finish();
}

static void test_no_colour(void)
{
	struct session session;

	begin("no colour", FROZEN);
	session = start("NO_COLOR=1 \"$ENTENTE\" review in.jsonl");
	see(&session, "We have \xC2\xBB" "frozen\xC2\xAB it.");
	see(&session, "[a]ccept");
	quit(&session);
	finish();
}

static void test_log_is_made_by_the_first_decision(void)
{
	struct session session;

	begin("new log", FROZEN);
	session = start("\"$ENTENTE\" --log new review in.jsonl");
	see(&session, "ARM: not in the log \xE2\x86\x92 frozen");
	see(&session, "[a]ccept");
	check_has(output("log >/dev/null; ls"), "in.jsonl");
	check_has_not(output("log >/dev/null; ls"), "new");
	press(&session, "r");
	see(&session, "the last of 1");
	quit(&session);
	check_has(output("log >/dev/null; cat new/review.jsonl"), "rejected");
	check_has(output("--log new stat"), "events");
	finish();
}

static void test_two_at_once(void)
{
	struct session one, other;

	begin("two at once", FROZEN SAID HOSTILE);
	one = start(review);
	see(&one, "[a]ccept");
	other = start(again);
	see(&other, "[a]ccept");
	press(&one, "a");
	see(&one, "appended event 2");
	see(&one, "[a]ccept");
	press(&other, "r");
	see(&other, "2 of 3");
	see(&other, "this one was decided in another review meanwhile");
	see(&other, "[a]ccept");
	press(&other, "r");
	see(&other, "rejected");
	see(&other, "[a]ccept");
	press(&one, "a");
	see(&one, "3 of 3");
	see(&one, "this one was decided in another review meanwhile");
	see(&one, "[a]ccept");

	/* Taken back by one, it is open to the other. */
	press(&other, "u");
	see(&other, "undone");
	see(&other, "[a]ccept");
	press(&one, "u");
	see(&one, "2 of 3");
	see(&one, "[a]ccept");
	press(&one, "a");
	see(&one, "appended event 3");
	see(&one, "[a]ccept");
	quit(&one);
	quit(&other);
	check_has(output("verify"), "3 events");
	finish();
}

/* On a full disk, say: the event is there, whatever becomes of the decision. */
static void test_decision_that_cannot_be_kept(void)
{
	struct session session;
	int code;

	begin("decision not kept", FROZEN SAID);
	session = start("exec \"$ENTENTE\" review --decisions no/such/folder "
			"in.jsonl");
	see(&session, "[a]ccept");
	press(&session, "a");
	see(&session, "write no/such/folder");
	see(&session, "event 2 is in the log all the same");
	code = end(&session);
	check(code == 4, "exit code %d", code);
	check_has(output("show 2"), "member.frozen");
	session = start(again);
	see(&session, "the log has this as event 2, from the same article");
	see(&session, "[a]lready there");
	quit(&session);
	finish();
}

static void test_undoing_that_cannot_be_kept(void)
{
	struct session session;
	int code;

	begin("undoing not kept", FROZEN SAID);
	check(mkdir(path("d"), 0700) == 0, "mkdir");
	session = start("exec \"$ENTENTE\" review --decisions d/f in.jsonl");
	see(&session, "[a]ccept");
	press(&session, "a");
	see(&session, "appended event 2");
	see(&session, "[a]ccept");
	check(unlink(path("d/f")) == 0 && rmdir(path("d")) == 0, "rmdir");
	press(&session, "u");
	see(&session, "write d/f");
	see(&session, "event 3 is in the log all the same");
	code = end(&session);
	check(code == 4, "exit code %d", code);
	finish();
}

int main(int argc, char **argv)
{
	if (argc != 2 || !realpath(argv[1], program)) {
		fprintf(stderr, "usage: test_review PROGRAM\n");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGPIPE, SIG_IGN);
	if (!has_terminals()) {
		printf("  skip  review: this system has no pseudo terminals\n"
		       "review: 0 passed, 0 failed, 1 skipped\n");
		return 0;
	}
	test_accept();
	test_decisions_stay();
	test_claim();
	test_edit();
	test_edit_goes_wrong();
	test_undo();
	test_further_source();
	test_resize();
	test_interrupt();
	test_interrupt_at_a_line();
	test_kill_loses_nothing();
	test_stop_and_go_on();
	test_hostile_text();
	test_data_from_a_pipe();
	test_long_text_is_cut();
	test_no_colour();
	test_log_is_made_by_the_first_decision();
	test_two_at_once();
	test_decision_that_cannot_be_kept();
	test_undoing_that_cannot_be_kept();
	printf("review: %u passed, %u failed, 0 skipped\n", passed, failed);
	return failed > 0;
}
