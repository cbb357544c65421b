/*
 * redaction.h - taking the content of an event away for good.
 *
 * A log only grows, but the law, or decency, may ask that something be forgotten.
 * Redaction leaves of an event its number, its time of recording, its id and the
 * SHA-256 of its body; everything else goes: text, dates, actors, source.  A later
 * event says so and why.  Since the tree is built over that hash, the root, every
 * proof, and every signed head stay as they were.
 *
 * What is gone counts no more, whatever point of the log a question is asked from:
 * answers as known before the redaction change, and say that they lack it.  What it
 * had corrected or retracted is as if it had not been.  It cannot be undone.
 *
 * What this does not do: a short or guessable body can be found again by trying, since
 * its hash stays; the file keeps old pages until ent_log_compact(); backups, exports
 * and other copies keep what they have.
 */
#ifndef ENTENTE_REDACTION_H
#define ENTENTE_REDACTION_H

#include "log.h"

#ifdef __cplusplus
extern "C" {
#endif

struct ent_redaction {
	uint64_t seq; /* the event whose content is gone */
	uint64_t by;  /* the event that says so */
};

/* All-zero but for now_us and reason. */
struct ent_redact_options {
	int64_t now_us;     /* as in struct ent_append_options */
	const char *reason; /* kept in the log: it must not repeat what goes */
	const char *coder;  /* who does it; NULL = not said */
};

/*
 * Take the content of event seq away, and append the event that says so: an
 * event.retracted whose data has "redacted": true.  Both or neither, durably.  Where
 * it is redacted already, that is success and changes nothing: out->appended is 0.
 * out->first_known_seq is the event that says so.
 *
 * ENT_EINPUT     the log has no such event; or reason or coder breaks a rule of events
 * ENT_ECONFLICT  it is itself the event that says so of another one
 * Others as ent_log_append().
 */
ENT_API int ent_log_redact(struct ent_log *log, uint64_t seq,
			   const struct ent_redact_options *options,
			   struct ent_appended *out, struct ent_error *err);

/*
 * The redacted events up to number known, ascending.  *out is owned: ent_free(); it is
 * NULL where *out_n is 0.
 */
ENT_API int ent_log_redactions(struct ent_log *log, uint64_t known,
			       struct ent_redaction **out, size_t *out_n,
			       struct ent_error *err);

#ifdef __cplusplus
}
#endif

#endif
