/*
 * terminal.h - the program as a person meets it: at a pseudo terminal of its own.
 * What it draws is read until the words that are waited for stand there.
 */
#ifndef TESTS_CLI_TERMINAL_H
#define TESTS_CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

enum { WAIT_MS = 10000, PEEK_MS = 20 };

extern char program[4096]; /* its path */
extern char folder[64];    /* of the test that runs; commands run there */
extern unsigned passed, failed;

/* ---- checks and files -------------------------------------------------- */

__attribute__((format(printf, 2, 3)))
bool check(bool good, const char *fmt, ...);
void check_has(const char *text, const char *part);
void check_has_not(const char *text, const char *part);
void die(const char *what); /* the test itself cannot go on: errno says why */

/* A folder of its own for a test of that name, and its end. */
void begin_in_folder(const char *name);
void finish(void);

const char *path(const char *name); /* in the folder; static, four in turn */
void write_file(const char *name, const char *text, mode_t mode);

/* What a command of the program prints; static. */
__attribute__((format(printf, 1, 2)))
const char *output(const char *fmt, ...);

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

/* A bare chroot has none: nothing of this can be tried there. */
bool has_terminals(void);

/* command is for the shell; $ENTENTE is the program. */
struct session start(const char *command);
void set_size(const struct session *session, unsigned short columns);

/* Read what is there, waiting for it so long; false when nothing comes. */
bool read_some(struct session *session, int wait_ms);

/* Wait until text is drawn, behind what was waited for before. */
void see(struct session *session, const char *text);
void press(const struct session *session, const char *keys);
bool is_raw(const struct session *session);

/* The exit code, or 128 and the signal.  All that was drawn is on the screen, and
 * goes with release(); end() does both. */
int wait_end(struct session *session);
void release(struct session *session);
int end(struct session *session);

#endif
