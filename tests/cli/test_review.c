/*
 * test_review.c - review as a person meets it: at a terminal, key by key.
 *
 *     test_review PROGRAM
 *
 * The program runs at a pseudo terminal of its own; what it draws is read until
 * the words that are waited for stand there.
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum { WAIT_MS = 10000, PEEK_MS = 20, SCREEN_MAX = 1 << 20 };

static char program[4096];
static char folder[64];
static unsigned passed, failed;
static const char *test_name;

__attribute__((format(printf, 2, 3)))
static bool check(bool good, const char *fmt, ...)
{
	va_list args;

	if (good) {
		passed++;
		return true;
	}
	failed++;
	printf("  FAIL  %s: ", test_name);
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
	return false;
}

static void die(const char *what)
{
	perror(what);
	exit(2);
}

/* ---- files ------------------------------------------------------------- */

static const char *path(const char *name)
{
	static char paths[4][128];
	static unsigned turn;
	char *out = paths[turn++ % 4];

	snprintf(out, sizeof(paths[0]), "%s/%s", folder, name);
	return out;
}

static void write_file(const char *name, const char *text, mode_t mode)
{
	FILE *file = fopen(path(name), "w");

	if (!file || fputs(text, file) < 0 || fclose(file) != 0 ||
	    chmod(path(name), mode) != 0)
		die(name);
}

/* What a command prints; static. */
__attribute__((format(printf, 1, 2)))
static const char *output(const char *fmt, ...)
{
	static char text[65536];
	char command[8192], arguments[2048];
	va_list args;
	FILE *pipe;
	size_t len;

	va_start(args, fmt);
	vsnprintf(arguments, sizeof(arguments), fmt, args);
	va_end(args);
	snprintf(command, sizeof(command), "cd '%s' && '%s' %s 2>&1", folder,
		 program, arguments);
	pipe = popen(command, "r");
	if (!pipe)
		die("popen");
	len = fread(text, 1, sizeof(text) - 1, pipe);
	text[len] = '\0';
	pclose(pipe);
	return text;
}

static void check_has(const char *text, const char *part)
{
	check(strstr(text, part) != NULL, "no \"%s\" in: %s", part, text);
}

static void check_has_not(const char *text, const char *part)
{
	check(strstr(text, part) == NULL, "\"%s\" in: %s", part, text);
}

/* ---- the terminal ------------------------------------------------------ */

struct session {
	int master;
	int slave; /* kept open, to ask for its settings */
	pid_t pid;
	struct termios before;
	char *screen; /* all that was drawn */
	size_t len;
	size_t seen; /* waited for up to here */
	bool lost;   /* something did not come: wait no longer */
};

static void set_size(const struct session *session, unsigned short columns)
{
	struct winsize size = { .ws_row = 40, .ws_col = columns };

	if (ioctl(session->master, TIOCSWINSZ, &size) != 0)
		die("TIOCSWINSZ");
}

static void open_terminal(struct session *session)
{
	const char *name;

	session->master = posix_openpt(O_RDWR | O_NOCTTY);
	if (session->master < 0 || grantpt(session->master) != 0 ||
	    unlockpt(session->master) != 0)
		die("posix_openpt");
	name = ptsname(session->master);
	session->slave = name ? open(name, O_RDWR | O_NOCTTY) : -1;
	if (session->slave < 0 ||
	    tcgetattr(session->slave, &session->before) != 0)
		die("the terminal");
	set_size(session, 100);
}

/* In a session of its own, so that the terminal is its terminal. */
static void child(const struct session *session, const char *command)
{
	char name[64];

	snprintf(name, sizeof(name), "%s", ptsname(session->master));
	setsid();
	for (int fd = 0; fd < 3; fd++) {
		close(fd);
		if (open(name, O_RDWR) != fd)
			_exit(120);
	}
	ioctl(0, TIOCSCTTY, 0);
	close(session->master);
	close(session->slave);
	if (chdir(folder) != 0)
		_exit(121);
	setenv("TERM", "xterm", 1);
	setenv("ENTENTE", program, 1);
	setenv("TMPDIR", folder, 1);
	unsetenv("NO_COLOR");
	unsetenv("ENTENTE_LOG");
	unsetenv("VISUAL");
	setenv("EDITOR", "./editor", 1);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(122);
}

/* command is for the shell; $ENTENTE is the program. */
static struct session start(const char *command)
{
	struct session session = { 0 };

	open_terminal(&session);
	session.screen = calloc(1, SCREEN_MAX);
	if (!session.screen)
		die("calloc");
	fflush(stdout);
	session.pid = fork();
	if (session.pid < 0)
		die("fork");
	if (session.pid == 0)
		child(&session, command);
	return session;
}

/* Read what is there, waiting for it so long; false when nothing comes. */
static bool read_some(struct session *session, int wait_ms)
{
	struct pollfd wait = { .fd = session->master, .events = POLLIN };
	ssize_t n;

	if (session->len + 4096 > SCREEN_MAX || poll(&wait, 1, session->lost ? PEEK_MS : wait_ms) <= 0)
		return false;
	n = read(session->master, session->screen + session->len, 4096);
	if (n <= 0)
		return false;
	session->len += (size_t)n;
	session->screen[session->len] = '\0';
	return true;
}

/* Wait until text is drawn, behind what was waited for before. */
static void see(struct session *session, const char *text)
{
	const char *found;

	while (!(found = strstr(session->screen + session->seen, text)))
		if (!read_some(session, WAIT_MS))
			break;
	if (check(found != NULL, "\"%s\" is not drawn; but: %s", text,
		  session->screen + session->seen))
		session->seen = (size_t)(found - session->screen) + strlen(text);
	else
		session->lost = true;
}

static void press(const struct session *session, const char *keys)
{
	if (write(session->master, keys, strlen(keys)) != (ssize_t)strlen(keys))
		die("write to the terminal");
}

static bool is_raw(const struct session *session)
{
	struct termios now;

	return tcgetattr(session->slave, &now) == 0 && !(now.c_lflag & ICANON) &&
	       !(now.c_lflag & ECHO);
}

static bool is_as_before(const struct session *session)
{
	struct termios now;

	return tcgetattr(session->slave, &now) == 0 &&
	       now.c_lflag == session->before.c_lflag &&
	       now.c_iflag == session->before.c_iflag &&
	       now.c_oflag == session->before.c_oflag;
}

/* The length of a code that moves home, clears or colours; 0: it is another. */
static size_t code_length(const char *at)
{
	size_t digits = strspn(at + (at[1] != '\0') + 1, "0123456789;");

	if (at[1] != '[' || at[2 + digits] == '\0' ||
	    !strchr("HJm", at[2 + digits]))
		return 0;
	return 3 + digits;
}

/* Nothing else that a terminal acts on may be on the screen. */
static void check_harmless(const struct session *session)
{
	for (const char *at = session->screen; *at; at++) {
		unsigned char byte = (unsigned char)*at;
		size_t len = byte == 0x1b ? code_length(at) : 1;

		if (len == 0 || byte == 0x7f ||
		    (byte < 0x20 && !strchr("\r\n\t\x1b", byte))) {
			check(false, "the byte 0x%02x on the screen", byte);
			return;
		}
		at += len - 1;
	}
	check_has_not(session->screen, "\xE2\x80\xAE");
	check_has_not(session->screen, "\xC2\x9B");
}

/* The status that the shell ended with. */
static int end(struct session *session)
{
	int status = -1, waits = WAIT_MS / PEEK_MS;

	while (waitpid(session->pid, &status, WNOHANG) == 0) {
		if (read_some(session, PEEK_MS) || --waits > 0)
			continue;
		check(session->lost, "the program does not end");
		kill(session->pid, SIGKILL);
	}
	while (read_some(session, 0))
		;
	check(is_as_before(session), "the terminal is not as it was");
	check_harmless(session);
	close(session->master);
	close(session->slave);
	free(session->screen);
	return WIFEXITED(status) ? WEXITSTATUS(status) :
				   128 + WTERMSIG(status);
}

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

static int remove_entry(const char *name, const struct stat *st, int flag,
			struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(name);
}

static void begin(const char *name, const char *candidates)
{
	test_name = name;
	strcpy(folder, "/tmp/entente-review-XXXXXX");
	if (!mkdtemp(folder))
		die("mkdtemp");
	write_file("in.jsonl", candidates, 0600);
	write_file("base.jsonl",
		   "{\"type\":\"member.joined\",\"alliance\":\"CSTO\",\"actor\":"
		   "\"ARM\",\"date\":\"1992\",\"source\":{\"title\":\"T\"}}\n",
		   0600);
	check_has(output("append base.jsonl"), "appended event 1");
}

static void finish(void)
{
	nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
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
	close(session.master);
	close(session.slave);
	free(session.screen);
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

/* A bare chroot has none: nothing of this can be tried there. */
static bool has_terminals(void)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY);
	bool works = master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0;

	if (master >= 0)
		close(master);
	return works;
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
