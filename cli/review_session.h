/*
 * review_session.h - one sitting of a person: what was decided, step by step, and
 * the way back.
 *
 * What is accepted is in the log, on disk, before the next one is shown, and the
 * decision is written behind that: whatever ends the program, nothing is lost, and
 * at worst one candidate comes again that the log has already.  What another sitting
 * decided in the meantime is passed over.
 */
#ifndef CLI_REVIEW_SESSION_H
#define CLI_REVIEW_SESSION_H

#include "review.h"

struct step {
	size_t at;
	enum decision decision; /* DECISION_NONE: skipped */
	uint64_t seq;           /* of the event that was appended, or 0 */
};

struct session {
	struct review *review;
	size_t at;
	struct step *steps; /* what undo goes back along */
	size_t steps_count;
	size_t steps_cap;
	struct text said; /* shown above the next candidate */
	int rc;           /* not 0: it is over, and a message was printed */
	uint64_t accepted, rejected, skipped;
};

void session_release(struct session *session);

struct review_item *session_current(const struct session *session);

/* Show what above the next candidate. */
void session_say(struct session *session, const char *what);

/* Each decides about the current candidate and steps on; or says why not, or sets
 * rc. */
void session_accept(struct session *session);  /* its event, as it is */
void session_claim(struct session *session, const char *who);
void session_support(struct session *session); /* as a further source */
void session_reject(struct session *session, const char *reason); /* or NULL */
void session_skip(struct session *session);

/* Take the last step back. */
void session_undo(struct session *session);

#endif
