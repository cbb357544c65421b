/*
 * redactions.h - what an answer lacks: events whose content was taken away.
 */
#ifndef CLI_REDACTIONS_H
#define CLI_REDACTIONS_H

#include "text.h"

/* "\n1 event is redacted, and counts no more: #5 (by #11)\n", or nothing where there is
 * none. */
void redactions_print(const struct ent_redaction *items, size_t count);

/* Those up to event known.  0, or an exit code after a message. */
int redactions_print_known(struct ent_log *log, uint64_t known);

/* `,"redacted":[{"by":11,"seq":5}]`, or nothing. */
int redactions_json(struct ent_log *log, uint64_t known, struct text *out);

#endif
