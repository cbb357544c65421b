/*
 * review_tty.c - keys from a terminal.
 *
 * What signal handlers need is static.  They call only what POSIX allows there;
 * tcsetattr() is allowed.
 */
#include "review_tty.h"
#include "cli.h"
#include "out.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { ESCAPE = 27, ESCAPE_WAIT_MS = 25, LINE_MAX_BYTES = 4096 };

static int fd = -1;
static bool own_fd;
static struct termios saved; /* as it was found */
static struct termios raw;
static volatile sig_atomic_t started; /* the terminal is raw */
static volatile sig_atomic_t redraw;

static const int deadly[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
static const int others[] = { SIGTSTP, SIGCONT, SIGWINCH };

enum {
	DEADLY = sizeof(deadly) / sizeof(*deadly),
	OTHERS = sizeof(others) / sizeof(*others)
};

static struct sigaction before[DEADLY + OTHERS];

/* ---- signals ----------------------------------------------------------- */

/* Die of it, as the shell expects, once the terminal is what it was. */
static void on_deadly(int number)
{
	static const char newline[] = "\n";
	int was = errno;

	if (started)
		tcsetattr(fd, TCSANOW, &saved);
	if (write(STDOUT_FILENO, newline, 1) < 0)
		errno = was;
	signal(number, SIG_DFL);
	raise(number); /* comes when this handler returns */
}

static void on_continue(int number)
{
	int was = errno;

	(void)number;
	if (started)
		tcsetattr(fd, TCSANOW, &raw);
	redraw = 1;
	errno = was;
}

static void on_resize(int number)
{
	(void)number;
	redraw = 1;
}

static void on_stop(int number);

static void handle(int number, void (*handler)(int), struct sigaction *old)
{
	struct sigaction action = { .sa_handler = handler };

	/* No SA_RESTART: a read that waits for a key must come back. */
	sigemptyset(&action.sa_mask);
	sigaction(number, &action, old);
}

/* Stop for real with the terminal as it was; go on raw. */
static void on_stop(int number)
{
	sigset_t set;
	int was = errno;

	if (started)
		tcsetattr(fd, TCSANOW, &saved);
	signal(number, SIG_DFL);
	raise(number);
	sigemptyset(&set);
	sigaddset(&set, number);
	sigprocmask(SIG_UNBLOCK, &set, NULL); /* stops here */
	sigprocmask(SIG_BLOCK, &set, NULL);
	handle(number, on_stop, NULL);
	if (started)
		tcsetattr(fd, TCSANOW, &raw);
	redraw = 1;
	errno = was;
}

static void take_signals(void)
{
	for (int i = 0; i < DEADLY; i++)
		handle(deadly[i], on_deadly, &before[i]);
	handle(SIGTSTP, on_stop, &before[DEADLY]);
	handle(SIGCONT, on_continue, &before[DEADLY + 1]);
	handle(SIGWINCH, on_resize, &before[DEADLY + 2]);
}

static void give_signals_back(void)
{
	for (int i = 0; i < DEADLY; i++)
		sigaction(deadly[i], &before[i], NULL);
	for (int i = 0; i < OTHERS; i++)
		sigaction(others[i], &before[DEADLY + i], NULL);
}

/* ---- start and stop ---------------------------------------------------- */

static int open_terminal(bool from_dev_tty)
{
	own_fd = from_dev_tty;
	fd = from_dev_tty ? open("/dev/tty", O_RDWR | O_CLOEXEC) : STDIN_FILENO;
	if (fd >= 0 && tcgetattr(fd, &saved) == 0)
		return CLI_DONE;
	fail_errno(CLI_USAGE, "review: there is no terminal to take keys from");
	hint("run it in a terminal, or accept what passes with --accept-all");
	if (fd >= 0 && own_fd)
		close(fd);
	fd = -1;
	return CLI_USAGE;
}

int tty_start(bool from_dev_tty)
{
	int rc = open_terminal(from_dev_tty);

	if (rc != CLI_DONE)
		return rc;
	raw = saved;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	take_signals();
	started = 1;
	tcsetattr(fd, TCSADRAIN, &raw);
	return CLI_DONE;
}

void tty_stop(void)
{
	if (fd < 0)
		return;
	started = 0;
	tcsetattr(fd, TCSADRAIN, &saved);
	give_signals_back();
	if (own_fd)
		close(fd);
	fd = -1;
}

int tty_fd(void)
{
	return fd;
}

void tty_lend(void)
{
	started = 0;
	tcsetattr(fd, TCSADRAIN, &saved);
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
}

void tty_take_back(void)
{
	handle(SIGINT, on_deadly, NULL);
	handle(SIGQUIT, on_deadly, NULL);
	started = 1;
	tcsetattr(fd, TCSADRAIN, &raw);
	redraw = 0;
}

/* ---- keys -------------------------------------------------------------- */

/* false: nothing stands behind it, so that it was a key by itself. */
static bool next_of_sequence(char *byte)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };

	return poll(&wait, 1, ESCAPE_WAIT_MS) > 0 && read(fd, byte, 1) == 1;
}

/* Function keys send several bytes at once: ESC [ ... letter, ESC O letter, or
 * ESC and a letter (ECMA-48). */
static void pass_over_sequence(void)
{
	char byte = 0;

	if (!next_of_sequence(&byte) || (byte != '[' && byte != 'O'))
		return;
	while (next_of_sequence(&byte) && (byte < 0x40 || byte > 0x7e))
		;
}

int tty_key(void)
{
	unsigned char byte;
	ssize_t n;

	for (;;) {
		if (redraw) {
			redraw = 0;
			return TTY_REDRAW;
		}
		n = read(fd, &byte, 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0 || byte == raw.c_cc[VEOF])
			return TTY_END;
		if (byte == ESCAPE)
			pass_over_sequence();
		else if (byte < 0x80)
			return byte;
	}
}

/* The terminal is ready for the answer before the question is there. */
bool tty_line(struct text *question, struct text *out)
{
	bool any = false;
	char byte = 0;
	ssize_t n;

	text_clear(out);
	tcsetattr(fd, TCSADRAIN, &saved);
	out_text(question);
	out_flush();
	for (;;) {
		n = read(fd, &byte, 1);
		if (n < 0 && errno == EINTR)
			continue;
		any = any || n == 1;
		if (n != 1 || byte == '\n')
			break;
		if (byte != '\0' && out->len < LINE_MAX_BYTES)
			text_bytes(out, &byte, 1);
	}
	tcsetattr(fd, TCSADRAIN, &raw);
	return any;
}
