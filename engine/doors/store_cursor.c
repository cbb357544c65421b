/*
 * store_cursor.c - walks over tables, which end whatever the pages hold.
 */
#include "doors/store_private.h"

#include "ground/mem.h"

#include <assert.h>
#include <string.h>

enum { KEY_MAX = 511 }; /* LMDB's */

struct store_cursor {
	const struct store_txn *txn;
	MDB_cursor *cursor;
	bool failed;
	size_t key_len; /* of where it stands */
	uint8_t key[KEY_MAX];
};

/* LMDB knows the first key >= one only. */
static int seek_floor(MDB_cursor *cursor, MDB_val wanted, MDB_val *key,
		      MDB_val *value)
{
	int rc;

	*key = wanted;
	rc = mdb_cursor_get(cursor, key, value, MDB_SET_RANGE);
	if (rc == MDB_NOTFOUND)
		return mdb_cursor_get(cursor, key, value, MDB_LAST);
	if (rc != 0 || (key->mv_size == wanted.mv_size &&
			memcmp(key->mv_data, wanted.mv_data,
			       wanted.mv_size) == 0))
		return rc;
	return mdb_cursor_get(cursor, key, value, MDB_PREV);
}

/* A reader keeps its cursor: many questions search one table again and again. */
static int search(struct store_txn *txn, enum store_table table,
		  struct ent_bytes wanted, MDB_val *key, MDB_val *value)
{
	MDB_cursor *cursor = txn->searching[table];
	int rc = 0;

	if (!cursor)
		rc = mdb_cursor_open(txn->txn, txn->store->tables[table],
				     &cursor);
	if (rc != 0)
		return rc;
	rc = seek_floor(cursor, store_val(wanted), key, value);
	if (txn->writes)
		mdb_cursor_close(cursor);
	else
		txn->searching[table] = cursor;
	return rc;
}

int store_get_floor(struct store_txn *txn, enum store_table table,
		    struct ent_bytes key, struct ent_bytes *out_key,
		    struct ent_bytes *out, struct ent_error *err)
{
	MDB_val k, v;
	int rc = search(txn, table, key, &k, &v);

	if (rc == MDB_NOTFOUND)
		return ENT_END;
	if (rc == 0)
		rc = store_check_lengths(txn, k, v);
	if (rc != 0)
		return store_error(err, rc, store_table_names[table]);
	*out_key = store_bytes(k);
	*out = store_bytes(v);
	return ENT_OK;
}

int store_cursor_open(struct store_txn *txn, enum store_table table,
		      struct store_cursor **out, struct ent_error *err)
{
	struct store_cursor *cursor = mem_new(1, sizeof(*cursor));
	int rc;

	if (!cursor)
		return mem_error(err);
	cursor->txn = txn;
	rc = mdb_cursor_open(txn->txn, txn->store->tables[table],
			     &cursor->cursor);
	if (rc != 0) {
		mem_free(cursor);
		return store_error(err, rc, store_table_names[table]);
	}
	*out = cursor;
	return ENT_OK;
}

void store_cursor_close(struct store_cursor *cursor)
{
	if (!cursor)
		return;
	mdb_cursor_close(cursor->cursor);
	mem_free(cursor);
}

/* Pages that are damaged may lead in a circle. */
static bool is_behind(const struct store_cursor *cursor, MDB_val key)
{
	size_t least = key.mv_size < cursor->key_len ? key.mv_size :
						       cursor->key_len;
	int order = memcmp(key.mv_data, cursor->key, least);

	return order > 0 || (order == 0 && key.mv_size > cursor->key_len);
}

static int fail_cursor(struct store_cursor *cursor, int code,
		       struct ent_error *err)
{
	cursor->failed = true;
	return store_error(err, code, "read the log");
}

static int move(struct store_cursor *cursor, MDB_cursor_op op, MDB_val key,
		struct ent_bytes *out_key, struct ent_bytes *out_value,
		struct ent_error *err)
{
	MDB_val value;
	int rc = mdb_cursor_get(cursor->cursor, &key, &value, op);

	if (rc == MDB_NOTFOUND)
		return ENT_END;
	if (rc == 0)
		rc = store_check_lengths(cursor->txn, key, value);
	if (rc != 0)
		return fail_cursor(cursor, rc, err);
	if (key.mv_size > KEY_MAX ||
	    (op == MDB_NEXT && !is_behind(cursor, key)))
		return fail_cursor(cursor, MDB_CORRUPTED, err);
	memcpy(cursor->key, key.mv_data, key.mv_size);
	cursor->key_len = key.mv_size;
	cursor->failed = false;
	*out_key = store_bytes(key);
	*out_value = store_bytes(value);
	return ENT_OK;
}

int store_cursor_seek(struct store_cursor *cursor, struct ent_bytes from,
		      struct ent_bytes *out_key, struct ent_bytes *out_value,
		      struct ent_error *err)
{
	return move(cursor, MDB_SET_RANGE, store_val(from), out_key, out_value,
		    err);
}

int store_cursor_next(struct store_cursor *cursor, struct ent_bytes *out_key,
		      struct ent_bytes *out_value, struct ent_error *err)
{
	if (cursor->failed)
		return ENT_END;
	return move(cursor, MDB_NEXT, (MDB_val){ 0, NULL }, out_key, out_value,
		    err);
}

int store_cursor_last(struct store_cursor *cursor, struct ent_bytes *out_key,
		      struct ent_bytes *out_value, struct ent_error *err)
{
	return move(cursor, MDB_LAST, (MDB_val){ 0, NULL }, out_key, out_value,
		    err);
}

const struct ent_bytes store_start = { "", 1 };

int store_each(struct store_txn *txn, enum store_table table,
	       struct ent_bytes from, store_entry_fn *each, void *arg,
	       struct ent_error *err)
{
	struct store_cursor *cursor = NULL;
	struct ent_bytes key = { 0 }, value = { 0 };
	int rc = store_cursor_open(txn, table, &cursor, err);

	assert(rc != ENT_OK || cursor);
	if (rc == ENT_OK)
		rc = store_cursor_seek(cursor, from, &key, &value, err);
	while (rc == ENT_OK && (rc = each(key, value, arg, err)) == ENT_OK)
		rc = store_cursor_next(cursor, &key, &value, err);
	store_cursor_close(cursor);
	return rc < 0 ? rc : ENT_OK;
}
