/*
 * block.h - events as they are stored: those that one append recorded, up to
 * BLOCK_EVENTS of them, in one value under the number of the first.
 *
 *   recorded_us (8), count (4)
 *   for each event: end (4), mark (8)
 *   for each event: id (16) where it is not the one that its body gives, body
 *
 * end counts from the start of the third part; its top bit says that the id is
 * there, the next one that the body was taken away: then its SHA-256 stands in its
 * place.  mark is the first 8 bytes of the event's leaf in the tree.  Numbers are
 * big-endian.  Many events in a value cost LMDB no header, no key and no rest of
 * a page for each.
 */
#ifndef ENGINE_BLOCK_H
#define ENGINE_BLOCK_H

#include "doors/store.h"
#include "entente/id.h"
#include "ground/buf.h"

enum {
	BLOCK_EVENTS = 1024,
	BLOCK_BYTES = 256 << 10, /* a block that is longer gets no more events */
	MARK_BYTES = 8
};

/* One stored event; borrowed from its transaction. */
struct record {
	uint64_t seq;
	int64_t recorded_us;
	struct ent_bytes body;   /* canonical MessagePack without the id */
	const struct ent_hash *body_hash; /* NULL: not known yet */
	bool redacted;           /* body is its hash */
	bool has_id;             /* else the id is that of the body */
	struct ent_id stored_id;
	uint8_t mark[MARK_BYTES];
};

/* A block that was read; borrowed from its transaction. */
struct block {
	uint64_t first;
	uint32_t count;
	int64_t recorded_us;
	const uint8_t *ends;
	struct ent_bytes rest;
};

/* ENT_ECORRUPT: fewer bytes than its count asks for. */
int block_read(uint64_t first, struct ent_bytes value, struct block *out,
	       struct ent_error *err);

/* Event seq, which must be one of the block's.  ENT_ECORRUPT: its end is not
 * behind that of the event before it, and within the block. */
int block_get(const struct block *block, uint64_t seq, struct record *out,
	      struct ent_error *err);

/* How many bytes stand behind its last event: those are no event's. */
size_t block_behind(const struct block *block);

/* The block that event seq is in.  ENT_END. */
int block_find(struct store_txn *txn, uint64_t seq, struct block *out,
	       struct ent_error *err);

/* A walk over all blocks.  ENT_END after the last, and behind a page that cannot be
 * stepped over.  A block that cannot be read is no reason to end. */
struct block_walk {
	struct store_cursor *cursor;
	bool started;
	bool broken; /* the table's pages cannot be read: no call gets further */
};

int block_walk_begin(struct store_txn *txn, struct block_walk *out,
		     struct ent_error *err);
int block_walk_next(struct block_walk *walk, struct block *out,
		    struct ent_error *err);
void block_walk_end(struct block_walk *walk);

/* The number of the last event; 0 for none. */
int block_last(struct store_txn *txn, uint64_t *out, struct ent_error *err);

/* Blocks being written.  { 0 } but for first and recorded_us. */
struct block_writer {
	uint64_t first;
	int64_t recorded_us;
	uint32_t count;
	struct buf entries, rest;
	struct buf value; /* scratch */
};

/* Its body or hash, its mark, and where it has one its id. */
void block_add(struct block_writer *writer, const struct record *record);
bool block_is_full(const struct block_writer *writer);

/* Write what was added, if anything, and start the next block.  STORE_GROW. */
int block_flush(struct block_writer *writer, struct store_txn *txn,
		struct ent_error *err);

/* The same, in the place of the block that was there. */
int block_replace(struct block_writer *writer, struct store_txn *txn,
		  struct ent_error *err);
void block_writer_release(struct block_writer *writer);

#endif
