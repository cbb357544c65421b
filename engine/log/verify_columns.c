/*
 * verify_columns.c - deriving columns again.
 */
#include "log/verify_columns.h"

#include "ground/be.h"
#include "ground/mem.h"
#include "log/block.h"

#include <string.h>

enum { KEY_BYTES = 8 };

static int make_room(struct column_check *check, struct ent_error *err)
{
	if (check->stored)
		return ENT_OK;
	check->stored = mem_new((size_t)2 * BLOCK_EVENTS, sizeof(struct row));
	if (!check->stored)
		return mem_error(err);
	check->derived = check->stored + BLOCK_EVENTS;
	return ENT_OK;
}

static bool is_within(const struct columns *columns, uint64_t seq)
{
	return seq >= columns->first && seq - columns->first < columns->count;
}

/* The block that seq is in, read and unpacked. */
static int find_block(struct column_check *check, uint64_t seq,
		      struct ent_error *err)
{
	struct ent_bytes key, value;
	uint8_t wanted[KEY_BYTES];
	int rc = make_room(check, err);

	be64_put(wanted, seq);
	if (rc == ENT_OK)
		rc = store_get_floor(check->txn, STORE_COLUMNS,
				     (struct ent_bytes){ wanted, KEY_BYTES },
				     &key, &value, err);
	if (rc != ENT_OK)
		return rc;
	if (key.len != KEY_BYTES)
		return ENT_END;
	check->blocks += be64_get(key.data) != check->block;
	check->block = be64_get(key.data);
	rc = columns_read(check->block, value, &check->columns, err);
	if (rc == ENT_OK && !is_within(&check->columns, seq))
		rc = ENT_END;
	if (rc == ENT_OK)
		rc = columns_unpack(&check->columns, check->stored, err);
	if (rc != ENT_OK)
		check->columns.count = 0;
	else
		memcpy(check->derived, check->stored,
		       check->columns.count * sizeof(struct row));
	return rc;
}

static bool same_row(const struct row *a, const struct row *b)
{
	if (a->type == TYPE_RETRACTED)
		return b->type == TYPE_RETRACTED;
	return row_compare(a, b) == 0 && a->hi == b->hi &&
	       a->until_lo == b->until_lo && a->until_hi == b->until_hi &&
	       a->published_hi == b->published_hi &&
	       a->alliance == b->alliance && a->actor == b->actor &&
	       a->target == b->target && a->name == b->name &&
	       a->type == b->type && a->modality == b->modality &&
	       a->flags == b->flags;
}

static int check_bytes(struct column_check *check, struct ent_error *err)
{
	struct buf *packed = &check->packed;

	buf_clear(packed);
	columns_pack(check->derived, check->columns.count, packed);
	if (buf_check(packed, err) < 0)
		return ENT_ENOMEM;
	return packed->len == check->columns.value.len &&
			       memcmp(packed->data, check->columns.value.data,
				      packed->len) == 0 ?
		       ENT_OK : ENT_END;
}

int column_check_row(struct column_check *check, uint64_t seq,
		     const struct row *row, struct ent_error *err)
{
	int rc = is_within(&check->columns, seq) ? ENT_OK :
						   find_block(check, seq, err);
	size_t i = (size_t)(seq - check->columns.first);

	if (rc != ENT_OK)
		return rc;
	if (row && !same_row(row, &check->stored[i])) {
		/* One finding for it is enough: the block is not held to it. */
		return ENT_END;
	}
	if (row)
		check->derived[i] = *row;
	return i + 1 == check->columns.count ? check_bytes(check, err) : ENT_OK;
}

void column_check_release(struct column_check *check)
{
	buf_release(&check->packed);
	mem_free(check->stored);
	*check = (struct column_check){ 0 };
}
