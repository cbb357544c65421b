/*
 * block.c - packing events into blocks, and finding one in them.
 */
#include "log/block.h"

#include "ground/be.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

enum {
	KEY_BYTES = 8,
	HEAD_BYTES = 12,
	END_BYTES = 4,
	ENTRY_BYTES = END_BYTES + MARK_BYTES,
	ID_BYTES = sizeof(struct ent_id)
};

static const uint32_t HAS_ID = 0x80000000u, REDACTED = 0x40000000u;

/* ---- reading ------------------------------------------------------------ */

int block_read(uint64_t first, struct ent_bytes value, struct block *out,
	       struct ent_error *err)
{
	const uint8_t *at = value.data;
	uint64_t count = value.len >= HEAD_BYTES ? be32_get(at + 8) : 0;
	size_t entries = (size_t)count * ENTRY_BYTES;

	if (count == 0 || count > BLOCK_EVENTS ||
	    value.len - HEAD_BYTES < entries)
		return ent_error_set(err, ENT_ECORRUPT,
				     "the block of event %" PRIu64
				     " has %zu bytes, too few for %" PRIu64 " events",
				     first, value.len, count);
	*out = (struct block){
		.first = first,
		.count = (uint32_t)count,
		.recorded_us = (int64_t)be64_get(at),
		.ends = at + HEAD_BYTES,
		.rest = { at + HEAD_BYTES + entries,
			  value.len - HEAD_BYTES - entries },
	};
	return ENT_OK;
}

static uint32_t entry_of(const struct block *block, uint32_t i)
{
	return be32_get(block->ends + (size_t)i * ENTRY_BYTES);
}

static uint32_t end_of(uint32_t entry)
{
	return entry & ~(HAS_ID | REDACTED);
}

size_t block_behind(const struct block *block)
{
	uint32_t end = end_of(entry_of(block, block->count - 1));

	return end < block->rest.len ? block->rest.len - end : 0;
}

int block_get(const struct block *block, uint64_t seq, struct record *out,
	      struct ent_error *err)
{
	uint32_t i = (uint32_t)(seq - block->first), entry = entry_of(block, i);
	uint32_t start = i > 0 ? end_of(entry_of(block, i - 1)) : 0;
	uint32_t end = end_of(entry), id_bytes = entry & HAS_ID ? ID_BYTES : 0;
	uint32_t least = id_bytes +
			 (entry & REDACTED ? (uint32_t)sizeof(struct ent_hash) : 0);
	const uint8_t *at = block->rest.data;

	assert(seq >= block->first && i < block->count);
	if (end > block->rest.len || start > end || end - start < least ||
	    (entry & REDACTED && end - start > least))
		return ent_error_set(err, ENT_ECORRUPT,
				     "event %" PRIu64 " is at bytes %u to %u of %zu",
				     seq, start, end, block->rest.len);
	*out = (struct record){
		.seq = seq,
		.recorded_us = block->recorded_us,
		.body = { at + start + id_bytes, end - start - id_bytes },
		.has_id = id_bytes != 0,
		.redacted = (entry & REDACTED) != 0,
	};
	if (out->redacted)
		out->body_hash = out->body.data;
	memcpy(out->stored_id.bytes, at + start, id_bytes);
	memcpy(out->mark, block->ends + (size_t)i * ENTRY_BYTES + END_BYTES,
	       MARK_BYTES);
	return ENT_OK;
}

static int read_key(struct ent_bytes key, uint64_t *out, struct ent_error *err)
{
	if (key.len != KEY_BYTES)
		return ent_error_set(err, ENT_ECORRUPT,
				     "a key of the events has %zu bytes instead of 8",
				     key.len);
	*out = be64_get(key.data);
	return ENT_OK;
}

static int read_entry(struct ent_bytes key, struct ent_bytes value,
		      struct block *out, struct ent_error *err)
{
	uint64_t first = 0;
	int rc = read_key(key, &first, err);

	return rc < 0 ? rc : block_read(first, value, out, err);
}

int block_find(struct store_txn *txn, uint64_t seq, struct block *out,
	       struct ent_error *err)
{
	struct ent_bytes key, value;
	struct block block;
	uint8_t wanted[KEY_BYTES];
	int rc;

	be64_put(wanted, seq);
	rc = store_get_floor(txn, STORE_EVENTS,
			     (struct ent_bytes){ wanted, sizeof(wanted) }, &key,
			     &value, err);
	if (rc == ENT_OK)
		rc = read_entry(key, value, &block, err);
	if (rc != ENT_OK)
		return rc;
	if (seq - block.first >= block.count)
		return ENT_END;
	*out = block;
	return ENT_OK;
}

int block_walk_begin(struct store_txn *txn, struct block_walk *out,
		     struct ent_error *err)
{
	*out = (struct block_walk){ 0 };
	return store_cursor_open(txn, STORE_EVENTS, &out->cursor, err);
}

int block_walk_next(struct block_walk *walk, struct block *out,
		    struct ent_error *err)
{
	static const struct ent_bytes start = { "", 1 };
	struct ent_bytes key, value;
	int rc;

	if (walk->broken)
		return ENT_END;
	if (walk->started)
		rc = store_cursor_next(walk->cursor, &key, &value, err);
	else
		rc = store_cursor_seek(walk->cursor, start, &key, &value, err);
	walk->started = true;
	walk->broken = rc < 0;
	return rc == ENT_OK ? read_entry(key, value, out, err) : rc;
}

void block_walk_end(struct block_walk *walk)
{
	store_cursor_close(walk->cursor);
	walk->cursor = NULL;
}

int block_last(struct store_txn *txn, uint64_t *out, struct ent_error *err)
{
	static const uint8_t beyond[KEY_BYTES] = { 0xff, 0xff, 0xff, 0xff,
						   0xff, 0xff, 0xff, 0xff };
	struct ent_bytes key, value;
	struct block block;
	int rc = store_get_floor(txn, STORE_EVENTS,
				 (struct ent_bytes){ beyond, sizeof(beyond) },
				 &key, &value, err);

	if (rc == ENT_OK)
		rc = read_entry(key, value, &block, err);
	if (rc == ENT_OK)
		*out = block.first + block.count - 1;
	else if (rc == ENT_END)
		*out = 0;
	return rc < 0 ? rc : ENT_OK;
}

/* ---- writing ------------------------------------------------------------ */

void block_add(struct block_writer *writer, const struct record *record)
{
	uint32_t bits = (record->has_id ? HAS_ID : 0) |
			(record->redacted ? REDACTED : 0);
	uint8_t entry[ENTRY_BYTES];

	if (record->has_id)
		buf_add(&writer->rest, record->stored_id.bytes, ID_BYTES);
	buf_add(&writer->rest, record->body.data, record->body.len);
	be32_put(entry, (uint32_t)writer->rest.len | bits);
	memcpy(entry + END_BYTES, record->mark, MARK_BYTES);
	buf_add(&writer->entries, entry, sizeof(entry));
	writer->count++;
}

bool block_is_full(const struct block_writer *writer)
{
	return writer->count == BLOCK_EVENTS || writer->rest.len >= BLOCK_BYTES;
}

typedef int put_fn(struct store_txn *txn, enum store_table table,
		   struct ent_bytes key, struct ent_bytes value,
		   struct ent_error *err);

static int flush(struct block_writer *writer, struct store_txn *txn,
		 put_fn *put, struct ent_error *err)
{
	uint8_t head[HEAD_BYTES], key[KEY_BYTES];
	int rc;

	if (writer->count == 0)
		return ENT_OK;
	be64_put(head, (uint64_t)writer->recorded_us);
	be32_put(head + 8, writer->count);
	buf_clear(&writer->value);
	buf_add(&writer->value, head, sizeof(head));
	buf_add(&writer->value, writer->entries.data, writer->entries.len);
	buf_add(&writer->value, writer->rest.data, writer->rest.len);
	writer->value.failed |= writer->entries.failed | writer->rest.failed;
	be64_put(key, writer->first);
	rc = buf_check(&writer->value, err);
	if (rc == ENT_OK)
		rc = put(txn, STORE_EVENTS,
			 (struct ent_bytes){ key, sizeof(key) },
			 (struct ent_bytes){ writer->value.data,
					     writer->value.len }, err);
	writer->first += writer->count;
	writer->count = 0;
	buf_clear(&writer->entries);
	buf_clear(&writer->rest);
	return rc;
}

int block_flush(struct block_writer *writer, struct store_txn *txn,
		struct ent_error *err)
{
	return flush(writer, txn, store_append, err);
}

int block_replace(struct block_writer *writer, struct store_txn *txn,
		  struct ent_error *err)
{
	return flush(writer, txn, store_replace, err);
}

void block_writer_release(struct block_writer *writer)
{
	buf_release(&writer->entries);
	buf_release(&writer->rest);
	buf_release(&writer->value);
}
