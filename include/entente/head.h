/*
 * head.h - heads of a log that are noted elsewhere: how many events it had, and the
 * root of the tree over them.  Whoever has such a note finds any change to what was
 * in the log then, also where its keeper made all of it anew.
 *
 *     origin                     the log's name
 *     54                         events
 *     qM7rl...=                  root, base64
 *                                an empty line; up to here and the next only where
 *     — name 1VkG2...=           it is signed: a line for each signature
 *
 * This is a checkpoint of C2SP tlog-checkpoint, signed as C2SP signed-note says:
 * Ed25519 over the lines above the empty one.
 */
#ifndef ENTENTE_HEAD_H
#define ENTENTE_HEAD_H

#include "key.h"
#include "log.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
	ENT_ORIGIN_SIZE = 256,       /* with the NUL */
	ENT_NOTE_BYTES_MAX = 131072,
	ENT_NOTE_SIGNATURES_MAX = 64
};

/* What ent_log_head() gives, in one snapshot. */
struct ent_head {
	uint64_t size; /* events */
	struct ent_hash root;
};

/*
 * Write the note of a head: signed where key is not NULL.  origin: NULL for the
 * key's name, or "entente" where there is no key.  *out is owned, ends with a NUL
 * and goes to ent_free(); *out_len (may be NULL) is without it.
 *
 * ENT_EINPUT  origin is empty, of more than 255 bytes, no UTF-8, or has a control
 */
ENT_API int ent_note_write(const struct ent_head *head, const char *origin,
			   const struct ent_key *key, char **out,
			   size_t *out_len, struct ent_error *err);

struct ent_note {
	char origin[ENT_ORIGIN_SIZE];
	struct ent_head head;
	unsigned signatures; /* lines of them, whether they hold or not */
	bool is_signed;      /* a key was given, and its signature holds */
};

/*
 * Read a note, and check its signature where key is not NULL.  Signatures of other
 * keys are not looked at.  Text that nobody signed is read as well; with a key it is
 * refused.
 *
 * ENT_EINPUT  the text is no note of a head
 * ENT_EPROOF  the key did not sign it, or its signature does not hold
 */
ENT_API int ent_note_read(const char *text, size_t len,
			  const struct ent_public *key, struct ent_note *out,
			  struct ent_error *err);

/*
 * Show that the log with the head now has the events of old at its beginning, by a
 * proof between both roots.  now: NULL for what the log has.  now must have been
 * read from this log, at any time.
 *
 * ENT_EPROOF    now has fewer events than old, or others: what was in the log was
 *               changed or taken away, or the note is another log's
 * ENT_EINPUT    the log has fewer events than now
 * ENT_ECORRUPT  the log is damaged
 */
ENT_API int ent_head_extends(struct ent_log *log, const struct ent_head *old,
			     const struct ent_head *now, struct ent_error *err);

/*
 * A signature over the bytes of a file as minisign writes it (prehashed: Ed25519
 * over BLAKE2b-512).  comment: the trusted comment, which it covers too; one line.
 * *out is owned: ent_free().
 *
 * ENT_EINPUT  comment has a control in it, or more than 255 bytes
 */
ENT_API int ent_minisign(const struct ent_key *key, struct ent_bytes file,
			 const char *comment, char **out, size_t *out_len,
			 struct ent_error *err);

#ifdef __cplusplus
}
#endif

#endif
