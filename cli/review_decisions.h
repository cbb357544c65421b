/*
 * review_decisions.h - what was decided about candidates, kept beside the log so
 * that nobody is asked twice: one line of JSON for each decision, only ever added.
 * The last one about a candidate holds.
 */
#ifndef CLI_REVIEW_DECISIONS_H
#define CLI_REVIEW_DECISIONS_H

#include "text.h"

enum decision {
	DECISION_NONE,
	DECISION_ACCEPTED,
	DECISION_CLAIMED,   /* accepted as a claim */
	DECISION_EDITED,    /* accepted after it was edited */
	DECISION_SUPPORTED, /* accepted as a further source */
	DECISION_REJECTED,
	DECISION_UNDONE
};

struct decided {
	struct ent_hash key;
	enum decision decision;
	size_t order;
};

struct decisions {
	struct text path;
	struct decided *items; /* sorted by key, then order */
	size_t count;
	size_t cap;
	int64_t size; /* of the file, when it was read last */
	int64_t last; /* where the last line that was read began */
};

/* name: the file; NULL: review.jsonl in the folder of the log.  One that is not
 * there is empty.  0, or the exit code after a message; likewise below. */
int decisions_read(struct decisions *decisions, const char *log,
		   const char *name);
void decisions_release(struct decisions *decisions);

/* Read what was added since, as by a review at another terminal. */
int decisions_update(struct decisions *decisions);

/* Is it settled what becomes of that candidate? */
bool decisions_settled(const struct decisions *decisions,
		       const struct ent_hash *key);

struct decision_note {
	const struct ent_hash *key;
	enum decision decision;
	const char *by;     /* NULL where nobody is named */
	const char *event;  /* id of the event that came of it, or NULL */
	const char *reason; /* or NULL */
};

/* Add the line of one decision, made now, to text. */
void decisions_line(struct text *text, const struct decision_note *note);

/* Add such lines to the file; they are on disk on return. */
int decisions_append(const struct decisions *decisions, const struct text *lines);

#endif
