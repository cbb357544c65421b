/*
 * review_edit.h - an event in the reviewer's own editor.
 */
#ifndef CLI_REVIEW_EDIT_H
#define CLI_REVIEW_EDIT_H

#include "review.h"

enum edit_end { EDIT_SAME, EDIT_DONE, EDIT_FAILED };

/*
 * Let the person edit the event until it is one, or was given up.  EDIT_DONE: the
 * item has the new one.  said: what is worth saying; emptied first.
 */
enum edit_end review_edit(struct review_item *item, struct text *said);

#endif
