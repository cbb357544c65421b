/*
 * id_run.h - the ids of a span of events, sorted by a hash of them: about 9 bytes an
 * id, and found by looking at two or three lines of the processor's cache.
 *
 *   count (4), bits of a bucket (1), bytes of a rest (1), 0 (2), first event (8)
 *   buckets: where each begins (4), and the end
 *   rests: what of the hash the bucket does not say (4 or 5 bytes each)
 *   events: their number from the first on (4 each)
 *
 * Numbers are little-endian.  The hash has 48 bits, so what is found is likely and
 * not sure: who asks compares the whole id.
 */
#ifndef ENGINE_ID_RUN_H
#define ENGINE_ID_RUN_H

#include "entente/id.h"
#include "ground/buf.h"

enum { ID_HASH_BITS = 48 };

struct id_entry {
	uint64_t hash; /* id_hash() */
	uint64_t seq;
};

/* 48 bits that depend on all of the id, whatever pattern ids follow. */
uint64_t id_hash(const struct ent_id *id);

/* A packed run; borrowed from its transaction. */
struct id_run {
	uint64_t first;
	uint32_t count;
	unsigned bits, rest_bytes;
	const uint8_t *buckets, *rests, *seqs;
};

int id_entry_compare(const void *left, const void *right);

/* Entries in the order of id_entry_compare(), of at most 2^32 events from first. */
void id_run_pack(const struct id_entry *entries, size_t count, uint64_t first,
		 struct buf *out);

/* ENT_ECORRUPT: its parts do not fill the value. */
int id_run_read(struct ent_bytes value, struct id_run *out,
		struct ent_error *err);

/* Entry i of all, in order.  bucket: 0 at first, and kept between calls. */
struct id_entry id_run_entry(const struct id_run *run, uint32_t i,
			     uint32_t *bucket);

/* Where entries of the hash may be: [*out_from, *out_end). */
void id_run_bucket(const struct id_run *run, uint64_t hash, uint32_t *out_from,
		   uint32_t *out_end);

/* The first entry in [from, end) of the hash, or end. */
uint32_t id_run_search(const struct id_run *run, uint64_t hash, uint32_t from,
		       uint32_t end);
uint64_t id_run_seq(const struct id_run *run, uint32_t i);

/* Have the memory at hand in which the hash's bucket will be looked up. */
void id_run_expect(const struct id_run *run, uint64_t hash);

#endif
