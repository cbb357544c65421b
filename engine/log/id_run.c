/*
 * id_run.c - packing and searching sorted ids.
 */
#include "log/id_run.h"

#include "ground/be.h"
#include "ground/le.h"
#include "ground/mix.h"

enum {
	HEAD_BYTES = 16,
	BUCKET_BYTES = 4,
	SEQ_BYTES = 4,
	BITS_MIN = 8, /* so that a rest has at most 5 bytes */
	BITS_WIDE = 16,
	BITS_MAX = 28,
	ENTRIES_OF_BUCKET = 8
};

uint64_t id_hash(const struct ent_id *id)
{
	return mix(be64_get(id->bytes) + mix(be64_get(id->bytes + 8))) >>
	       (64 - ID_HASH_BITS);
}

int id_entry_compare(const void *left, const void *right)
{
	const struct id_entry *a = left, *b = right;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return a->seq < b->seq ? -1 : a->seq > b->seq;
}

/* ---- packing --------------------------------------------------------------- */

static unsigned bits_for(size_t count)
{
	unsigned bits = BITS_MIN;

	while (bits < BITS_MAX && count >> bits > ENTRIES_OF_BUCKET)
		bits++;
	return bits;
}

static unsigned rest_bytes_of(unsigned bits)
{
	return bits >= BITS_WIDE ? 4 : 5;
}

static void add_buckets(const struct id_entry *entries, size_t count,
			unsigned bits, struct buf *out)
{
	size_t i = 0;

	for (uint64_t bucket = 0; bucket < (uint64_t)1 << bits; bucket++) {
		le_add(out, i, BUCKET_BYTES);
		while (i < count &&
		       entries[i].hash >> (ID_HASH_BITS - bits) == bucket)
			i++;
	}
	le_add(out, count, BUCKET_BYTES);
}

void id_run_pack(const struct id_entry *entries, size_t count, uint64_t first,
		 struct buf *out)
{
	unsigned bits = bits_for(count), rest = rest_bytes_of(bits);

	le_add(out, count, 4);
	le_add(out, bits, 1);
	le_add(out, rest, 1);
	le_add(out, 0, 2);
	le_add(out, first, 8);
	add_buckets(entries, count, bits, out);
	for (size_t i = 0; i < count; i++)
		le_add(out, entries[i].hash, rest);
	for (size_t i = 0; i < count; i++)
		le_add(out, entries[i].seq - first, SEQ_BYTES);
}

/* ---- reading ---------------------------------------------------------------- */

static size_t buckets_bytes(unsigned bits)
{
	return (((size_t)1 << bits) + 1) * BUCKET_BYTES;
}

int id_run_read(struct ent_bytes value, struct id_run *out,
		struct ent_error *err)
{
	const uint8_t *at = value.data;
	struct id_run run = { 0 };
	size_t wanted = HEAD_BYTES;

	if (value.len >= HEAD_BYTES) {
		run.count = le32_get(at);
		run.bits = at[4];
		run.rest_bytes = at[5];
		run.first = le64_get(at + 8);
	}
	if (run.bits < BITS_MIN || run.bits > BITS_MAX ||
	    run.rest_bytes != rest_bytes_of(run.bits))
		return ent_error_set(err, ENT_ECORRUPT,
				     "ids in %zu bytes, by %u bits", value.len,
				     run.bits);
	wanted += buckets_bytes(run.bits) +
		  (size_t)run.count * (run.rest_bytes + SEQ_BYTES);
	if (value.len != wanted)
		return ent_error_set(err, ENT_ECORRUPT,
				     "%u ids in %zu bytes instead of %zu",
				     run.count, value.len, wanted);
	run.buckets = at + HEAD_BYTES;
	run.rests = run.buckets + buckets_bytes(run.bits);
	run.seqs = run.rests + (size_t)run.count * run.rest_bytes;
	*out = run;
	return ENT_OK;
}

static uint64_t rest_of(const struct id_run *run, uint32_t i)
{
	const uint8_t *at = run->rests + (size_t)i * run->rest_bytes;
	uint64_t rest = le32_get(at);

	return run->rest_bytes == 4 ? rest : rest | (uint64_t)at[4] << 32;
}

static uint32_t bucket_start(const struct id_run *run, uint64_t bucket)
{
	return le32_get(run->buckets + bucket * BUCKET_BYTES);
}

uint64_t id_run_seq(const struct id_run *run, uint32_t i)
{
	return run->first + le32_get(run->seqs + (size_t)i * SEQ_BYTES);
}

struct id_entry id_run_entry(const struct id_run *run, uint32_t i,
			     uint32_t *bucket)
{
	unsigned rest_bits = 8 * run->rest_bytes;
	uint64_t top;

	while (*bucket + 1 < (uint32_t)1 << run->bits &&
	       bucket_start(run, *bucket + 1) <= i)
		++*bucket;
	top = ((uint64_t)*bucket << (ID_HASH_BITS - run->bits)) >> rest_bits;
	return (struct id_entry){ top << rest_bits | rest_of(run, i),
				  id_run_seq(run, i) };
}

void id_run_bucket(const struct id_run *run, uint64_t hash, uint32_t *out_from,
		   uint32_t *out_end)
{
	uint64_t bucket = hash >> (ID_HASH_BITS - run->bits);
	uint32_t from = bucket_start(run, bucket);
	uint32_t end = bucket_start(run, bucket + 1);

	*out_from = from;
	*out_end = end > run->count || end < from ? from : end;
}

uint32_t id_run_search(const struct id_run *run, uint64_t hash, uint32_t from,
		       uint32_t end)
{
	uint64_t rest = hash & (((uint64_t)1 << 8 * run->rest_bytes) - 1);

	while (from < end && rest_of(run, from) != rest)
		from++;
	return from;
}

void id_run_expect(const struct id_run *run, uint64_t hash)
{
	__builtin_prefetch(run->buckets +
			   (hash >> (ID_HASH_BITS - run->bits)) * BUCKET_BYTES);
}
