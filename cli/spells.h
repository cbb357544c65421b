/*
 * spells.h - memberships as spells: from when to when an actor had a status.
 */
#ifndef CLI_SPELLS_H
#define CLI_SPELLS_H

#include "text.h"

/* The whole log as CSV (RFC 4180, LF); 0 or the exit code after a message. */
int spells_csv(struct ent_log *log, struct text *out);

#endif
