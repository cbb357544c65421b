/*
 * proof.h - that an event is in a log, as one document that is checked without the
 * log; and the proofs of RFC 6962 that it rests on.
 *
 * The document is JSON, one line, keys sorted, hashes in lower-case hex:
 *
 *     {"event":{"body":"83a5...","id":"3f2c...","recorded_us":1700000000000000,
 *               "seq":7},
 *      "format":"entente-proof-1",
 *      "head":{"root":"0a1b...","size":54},
 *      "leaf_index":6,
 *      "note":"example.org/a\n54\n...\n\n— example.org/a 1VkG...\n",
 *      "path":["5c6d...", ...]}
 *
 * body is the stored MessagePack; in its place a redacted event (redaction.h) has
 * body_sha256, and then that is all that is proved of it.  The leaf is SHA-256(0x00, seq, recorded_us, id,
 * SHA-256(body)), numbers as 8 big-endian bytes, id as 16; path are the hashes of
 * RFC 6962, 2.1.1.  note is that of head.h, or null.
 *
 * A root says nothing of how many leaves are below it.  So size is proved by a
 * signed note alone: without one a proof holds for the root, and for sizes in which
 * the event's way up to the root has the same turns.
 */
#ifndef ENTENTE_PROOF_H
#define ENTENTE_PROOF_H

#include "event.h"
#include "head.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { ENT_PROOF_HASHES_MAX = 64, ENT_PROOF_BYTES_MAX = 1048576 };

/*
 * Prove that event seq is in the log as it is now; event, size and root are of one
 * snapshot.  key, origin: as ent_note_write(); without a key the document has no
 * note.  The proof is checked before it is given.  *out is owned, ends with a NUL,
 * has no newline, and goes to ent_free(); *out_len may be NULL.
 *
 * ENT_END       the log has no such event
 * ENT_ECORRUPT  the log is damaged: the event is not what its tree says
 * ENT_EINPUT    as ent_note_write()
 */
ENT_API int ent_prove(struct ent_log *log, uint64_t seq, const char *origin,
		      const struct ent_key *key, char **out, size_t *out_len,
		      struct ent_error *err);

struct ent_proven {
	struct ent_event *event; /* owned: ent_event_free() */
	struct ent_head head;    /* of the log that it is in */
	bool has_note;
	struct ent_note note;    /* of that head; where there is one */
};

/*
 * Check such a document.  key: whose signature the note must have; NULL to look at
 * none, and then head is what the document says, to be compared with one that is
 * known.
 *
 * ENT_EINPUT  it is no such document, or its event breaks a rule of events
 * ENT_EPROOF  the event is not in that tree, the note is of another head, there is
 *             none though a key was given, or its signature does not hold
 */
ENT_API int ent_proof_check(const char *json, size_t len,
			    const struct ent_public *key,
			    struct ent_proven *out, struct ent_error *err);

/* ---- the proofs by themselves ------------------------------------------- */

/*
 * The hashes that show that the log's first `from` events are the beginning of its
 * first `to`.
 *
 * ENT_EINPUT    the log has fewer than `to` events, or to < from
 * ENT_ECORRUPT  the log is damaged
 */
ENT_API int ent_consistency(struct ent_log *log, uint64_t from, uint64_t to,
			    struct ent_hash out[ENT_PROOF_HASHES_MAX],
			    size_t *out_count, struct ent_error *err);

/* ENT_EPROOF: they do not show it. */
ENT_API int ent_consistency_check(const struct ent_head *from,
				  const struct ent_head *to,
				  const struct ent_hash hashes[], size_t count,
				  struct ent_error *err);

#ifdef __cplusplus
}
#endif

#endif
