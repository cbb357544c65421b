/*
 * state_text.h - the state of one alliance as people read it.
 */
#ifndef CLI_STATE_TEXT_H
#define CLI_STATE_TEXT_H

#include "text.h"

/* member: the alliance's code and state; when: "at the end of ...". */
void state_print(const struct ent_member *member, const char *when);

#endif
