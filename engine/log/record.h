/*
 * record.h - an event between JSON, its struct and its stored bytes.
 *
 * Stored: recorded_us (8 bytes, big-endian), id (16 bytes), body (canonical
 * MessagePack).  Its leaf in the tree is
 *     SHA-256(0x00 || seq || recorded_us || id || SHA-256(body))
 * with seq and recorded_us as 8 big-endian bytes.  The body's digest stands
 * between so that a body can be taken away and the tree still be checked.
 */
#ifndef ENGINE_RECORD_H
#define ENGINE_RECORD_H

#include "entente/event.h"
#include "ground/buf.h"
#include "ground/mem.h"

enum { RECORD_HEAD_BYTES = 24 };

/* ent_event_parse() into *out, which borrows from arena; also gives the canonical
 * body, in place of what body held. */
int record_parse(const char *json, size_t len, struct arena *arena,
		 struct ent_event *out, struct buf *body, struct ent_error *err);

/* Append the stored bytes of event (recorded_us and id taken from it). */
int record_pack(const struct ent_event *event, struct buf *out,
		struct ent_error *err);

/* The body within stored bytes.  ENT_ECORRUPT: fewer than RECORD_HEAD_BYTES. */
int record_body(struct ent_bytes stored, struct ent_bytes *out,
		struct ent_error *err);

int64_t record_recorded_us(struct ent_bytes stored); /* long enough */
struct ent_id record_id(struct ent_bytes stored);

/* The leaf of stored bytes at seq. */
int record_leaf(uint64_t seq, struct ent_bytes stored, struct ent_hash *out,
		struct ent_error *err);

/*
 * The event in stored bytes, whose leaf must be *leaf.  *out is owned:
 * ent_event_free().
 *
 * ENT_ECORRUPT  "event 7: its bytes do not have the hash in the tree", or what
 *               codec_scan() says
 */
int record_unpack(uint64_t seq, struct ent_bytes stored,
		  const struct ent_hash *leaf, struct ent_event **out,
		  struct ent_error *err);

#endif
