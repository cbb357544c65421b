/*
 * stop.h - SIGINT and SIGTERM: how a command ends when it is told to.
 *
 * From the start, and wherever there is nothing to put in order, the first signal
 * ends the program at once, the terminal's line of progress wiped.  Nothing is
 * lost by that: what is in the log was committed, and a transaction that is not
 * finished is none.  Where something must be put in order first, the signal is
 * only noted, and the program ends by it a little later; a second one ends it at
 * once all the same.
 *
 * A signal that was ignored when the program began stays ignored (nohup, jobs in
 * the background).
 *
 * Threads of one's own must block these signals, so that they come to the one
 * that writes the log.
 */
#ifndef CLI_STOP_H
#define CLI_STOP_H

#include "cli.h"

void stop_prepare(void);

/* From now on a signal ends the program at once, and does so here where one was
 * noted before.  What is said then ("append: stopped: ...", and a hint; either
 * may be NULL) is copied, and cut at some 500 bytes. */
void stop_at_once(const char *why, const char *hint);

/* From now on the first signal is noted: look at stop_asked() where it is safe to
 * end. */
void stop_later(void);
bool stop_asked(void);

/* At the very end: die by the signal that was noted, so that the shell sees it. */
void stop_die(void);

#endif
