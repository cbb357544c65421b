/*
 * question.h - what a JSON Pointer into `alliances` asks about.
 */
#ifndef ENGINE_QUESTION_H
#define ENGINE_QUESTION_H

#include "ground/buf.h"
#include "state/render.h"

struct question {
	uint32_t alliance;
	enum {
		ASKS_ATTRIBUTE,
		ASKS_CHAIR,
		ASKS_MEMBER,
		ASKS_JOINED,
		ASKS_ENTRY,
		ASKS_STANCE
	} about;
	enum aspect aspect; /* of an attribute */
	uint32_t element;   /* actor or role */
	enum list list;
	size_t index; /* of an entry */
	struct buf leaf; /* what is left of the pointer */
};

/*
 * Read the pointer.  The caller releases *q, also after a failure.
 *
 * ENT_END     it names an alliance, an actor or a role that the log never saw
 * ENT_EUSAGE  it is no pointer, or names no part of an alliance
 */
int question_read(struct store_txn *txn, const char *pointer,
		  struct question *q, struct ent_error *err);
void question_release(struct question *q);

#endif
