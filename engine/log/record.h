/*
 * record.h - an event between JSON, its struct and its stored bytes.
 *
 * The leaf of an event in the tree is
 *     SHA-256(0x00 || seq || recorded_us || id || SHA-256(body))
 * with seq and recorded_us as 8 big-endian bytes.  The body's digest stands
 * between so that a body could be taken away and the tree still be checked.
 */
#ifndef ENGINE_RECORD_H
#define ENGINE_RECORD_H

#include "entente/event.h"
#include "ground/buf.h"
#include "ground/mem.h"
#include "log/block.h"

/* ent_event_parse() into *out, which borrows from arena; also gives the canonical
 * body (of a redacted event its hash), in place of what body held, and whether the
 * id is the one that it gives. */
int record_parse(const char *json, size_t len, struct arena *arena,
		 struct ent_event *out, struct buf *body, bool *out_derived,
		 struct ent_error *err);

/* Its id: the stored one, else that of the body. */
struct ent_id record_id(const struct record *record);

int record_leaf(const struct record *record, struct ent_hash *out,
		struct ent_error *err);

/*
 * The leaf, which must begin with the record's mark.
 *
 * ENT_ECORRUPT  "its bytes do not have the hash in the tree"
 */
int record_check(const struct record *record, struct ent_hash *out,
		 struct ent_error *err);

/*
 * The event of a record, its leaf checked.  *out is owned: ent_event_free().
 *
 * ENT_ECORRUPT  "event 7: its bytes do not have the hash in the tree", or what
 *               codec_scan() says
 */
int record_unpack(const struct record *record, struct ent_event **out,
		  struct ent_error *err);

#endif
