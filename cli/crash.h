/*
 * crash.h - the last words of a program that a damaged log has killed.
 */
#ifndef CLI_CRASH_H
#define CLI_CRASH_H

/* The log is memory that the system maps: where its pages lie, reading them can
 * raise a signal.  Exit with CLI_DAMAGE and a message instead. */
void crash_prepare(void);

#endif
