/*
 * review_screen.h - one candidate as a person sees it.
 */
#ifndef CLI_REVIEW_SCREEN_H
#define CLI_REVIEW_SCREEN_H

#include "review.h"

/* Draw item number at (from 0); said: what the last key did, or empty. */
void screen_item(const struct review *review, size_t at, const char *said);

/* Behind the last one. */
void screen_end(const struct review *review, const char *said);

void screen_help(void);

#endif
