/*
 * review_tty.h - keys from a terminal: one at a time, as they are pressed.  However
 * the program ends or stops, the terminal is left as it was.
 */
#ifndef CLI_REVIEW_TTY_H
#define CLI_REVIEW_TTY_H

#include "text.h"

enum {
	TTY_END = -1,    /* there will be no more keys */
	TTY_REDRAW = -2  /* the size changed, or the program was stopped */
};

/* Take keys from the standard input, or from /dev/tty where that is data.  0, or
 * the exit code after a message; tty_stop() ends it. */
int tty_start(bool from_dev_tty);
void tty_stop(void); /* also where it was never started */

/* The file descriptor of the terminal. */
int tty_fd(void);

/* The next key: an ASCII character, TTY_END or TTY_REDRAW.  What a function key
 * sends is passed over. */
int tty_key(void);

/* Hand the terminal to another program, and take it back.  In between, what
 * interrupts that one does not end this one. */
void tty_lend(void);
void tty_take_back(void);

/* Print question (safe already; emptied) and take a line, typed with the terminal's
 * own means of editing, without its newline.  Returns false where none came (end
 * of file). */
bool tty_line(struct text *question, struct text *out);

#endif
