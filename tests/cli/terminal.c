/*
 * terminal.c - the program at a pseudo terminal of its own.
 */
#include "terminal.h"

#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SCREEN_MAX = 1 << 20 };

char program[4096];
char folder[64];
unsigned passed, failed;

static const char *test_name;

bool check(bool good, const char *fmt, ...)
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

void die(const char *what)
{
	perror(what);
	exit(2);
}

/* ---- files ------------------------------------------------------------- */

const char *path(const char *name)
{
	static char paths[4][128];
	static unsigned turn;
	char *out = paths[turn++ % 4];

	snprintf(out, sizeof(paths[0]), "%s/%s", folder, name);
	return out;
}

void write_file(const char *name, const char *text, mode_t mode)
{
	FILE *file = fopen(path(name), "w");

	if (!file || fputs(text, file) < 0 || fclose(file) != 0 ||
	    chmod(path(name), mode) != 0)
		die(name);
}

const char *output(const char *fmt, ...)
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

void check_has(const char *text, const char *part)
{
	check(strstr(text, part) != NULL, "no \"%s\" in: %s", part, text);
}

void check_has_not(const char *text, const char *part)
{
	check(strstr(text, part) == NULL, "\"%s\" in: %s", part, text);
}

/* ---- the terminal ------------------------------------------------------ */

void set_size(const struct session *session, unsigned short columns)
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
	signal(SIGINT, SIG_DFL); /* jobs in the background have it ignored */
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(122);
}

struct session start(const char *command)
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

bool read_some(struct session *session, int wait_ms)
{
	struct pollfd wait = { .fd = session->master, .events = POLLIN };
	ssize_t n;

	if (session->len + 4096 > SCREEN_MAX ||
	    poll(&wait, 1, session->lost ? PEEK_MS : wait_ms) <= 0)
		return false;
	n = read(session->master, session->screen + session->len, 4096);
	if (n <= 0)
		return false;
	session->len += (size_t)n;
	session->screen[session->len] = '\0';
	return true;
}

void see(struct session *session, const char *text)
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

void press(const struct session *session, const char *keys)
{
	if (write(session->master, keys, strlen(keys)) != (ssize_t)strlen(keys))
		die("write to the terminal");
}

bool is_raw(const struct session *session)
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
	    !strchr("HJKm", at[2 + digits]))
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

int wait_end(struct session *session)
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
	return WIFEXITED(status) ? WEXITSTATUS(status) :
				   128 + WTERMSIG(status);
}

void release(struct session *session)
{
	close(session->master);
	close(session->slave);
	free(session->screen);
}

int end(struct session *session)
{
	int code = wait_end(session);

	release(session);
	return code;
}

/* ---- a folder for each test -------------------------------------------- */

static int remove_entry(const char *name, const struct stat *st, int flag,
			struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(name);
}

void begin_in_folder(const char *name)
{
	test_name = name;
	strcpy(folder, "/tmp/entente-test-XXXXXX");
	if (!mkdtemp(folder))
		die("mkdtemp");
}

void finish(void)
{
	nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

bool has_terminals(void)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY);
	bool works = master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0;

	if (master >= 0)
		close(master);
	return works;
}
