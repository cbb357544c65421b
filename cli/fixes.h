/*
 * fixes.h - what corrects or retracts an event, and whether that itself holds.
 */
#ifndef CLI_FIXES_H
#define CLI_FIXES_H

#include <entente/entente.h>

struct fix {
	uint64_t seq;
	size_t of;          /* the index of what it fixes */
	uint64_t undone_by; /* a fix of it that holds; 0: this one holds */
};

/* The event itself, then its fixes, then theirs, and so on. */
struct fixes {
	struct fix *items;
	size_t count;
};

/* 0, or the exit code after a message; give it to fixes_release() either way. */
int fixes_read(struct ent_log *log, uint64_t seq, struct fixes *out);
void fixes_release(struct fixes *fixes);

/* "retracted" or "corrected": what event seq does; NULL after a message. */
const char *fixes_verb(struct ent_log *log, uint64_t seq);

#endif
