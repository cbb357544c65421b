/*
 * calls_private.h - what the files with interposed calls share.
 */
#ifndef FAULT_CALLS_PRIVATE_H
#define FAULT_CALLS_PRIVATE_H

#include "calls.h"

#define INTERPOSE __attribute__((visibility("default")))

/* What the plan says of the call that is made now; errno is set. */
enum fault_kind calls_turn(const char *name);

/* Of a call that is done whole or not at all: must it fail now? */
bool calls_refused(const char *name);

/* Whoever waits for such calls. */
void calls_tell(enum calls_what what);

#endif
