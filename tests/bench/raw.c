/*
 * raw.c - LMDB by itself: the same bytes under integer keys, and with that an
 * index by id and one by time.  What no log on LMDB can be faster than.
 */
#include <lmdb.h>
#include <string.h>
#include <sys/stat.h>

#include "clock.h"
#include "peer.h"

enum { TIME_KEY = 13 };

struct raw {
	struct peer peer;
	bool indexed;
	MDB_env *env;
	MDB_dbi log, ids, time;
	char *path;
};

static void check(int rc, const char *what)
{
	if (rc != 0)
		die("raw LMDB: %s: %s", what, mdb_strerror(rc));
}

static struct raw *raw_of(struct peer *peer)
{
	return (struct raw *)peer;
}

static void create(struct peer *peer)
{
	struct raw *raw = raw_of(peer);
	MDB_txn *txn;

	free(raw->path);
	raw->path = bench_path(raw->indexed ? "raw-indexed" : "raw");
	mkdir(raw->path, 0700);
	check(mdb_env_create(&raw->env), "create");
	check(mdb_env_set_maxdbs(raw->env, 3), "tables");
	check(mdb_env_set_mapsize(raw->env, (size_t)1 << 36), "map");
	check(mdb_env_open(raw->env, raw->path, 0, 0600), "open");
	check(mdb_txn_begin(raw->env, NULL, 0, &txn), "begin");
	check(mdb_dbi_open(txn, "log", MDB_CREATE | MDB_INTEGERKEY, &raw->log),
	      "log");
	check(mdb_dbi_open(txn, "ids", MDB_CREATE, &raw->ids), "ids");
	check(mdb_dbi_open(txn, "time", MDB_CREATE, &raw->time), "time");
	check(mdb_txn_commit(txn), "commit");
}

static void put_index(struct raw *raw, MDB_txn *txn, const struct row *row)
{
	unsigned char key_bytes[TIME_KEY], columns[16] = { row->type };
	uint32_t day = (uint32_t)row->day ^ 0x80000000u;
	uint64_t seq = row->seq;
	MDB_val key = { sizeof(row->id), (void *)(uintptr_t)&row->id };
	MDB_val val = { sizeof(seq), &seq };

	check(mdb_put(txn, raw->ids, &key, &val, 0), "id");
	for (int i = 0; i < 4; i++)
		key_bytes[i] = (unsigned char)(day >> (24 - 8 * i));
	key_bytes[4] = row->phase;
	for (int i = 0; i < 8; i++)
		key_bytes[5 + i] = (unsigned char)(seq >> (56 - 8 * i));
	key = (MDB_val){ sizeof(key_bytes), key_bytes };
	val = (MDB_val){ sizeof(columns), columns };
	check(mdb_put(txn, raw->time, &key, &val, 0), "time");
}

static double append(struct peer *peer, const struct chunk *chunk)
{
	struct raw *raw = raw_of(peer);
	double start = now();

	for (size_t i = 0; i < chunk->count;) {
		size_t end = batch_end(chunk, i);
		MDB_txn *txn;

		check(mdb_txn_begin(raw->env, NULL, 0, &txn), "begin");
		for (; i < end; i++) {
			const struct row *row = &chunk->rows[i];
			uint64_t seq = row->seq;
			MDB_val key = { sizeof(seq), &seq };
			MDB_val val = { row->body_len,
					chunk->bodies.data + row->body_at };

			check(mdb_put(txn, raw->log, &key, &val, MDB_APPEND),
			      "put");
			if (raw->indexed)
				put_index(raw, txn, row);
		}
		check(mdb_txn_commit(txn), "commit");
	}
	return now() - start;
}

/* Eight bytes at a time: all of them are read, little is done with them. */
static uint64_t touch(const void *data, size_t len)
{
	uint64_t sum = 0, part;
	size_t at = 0;

	for (; at + 8 <= len; at += 8) {
		memcpy(&part, (const char *)data + at, 8);
		sum += part;
	}
	for (; at < len; at++)
		sum += ((const unsigned char *)data)[at];
	return sum;
}

double raw_scan(struct peer *peer, uint64_t *out_sum)
{
	struct raw *raw = raw_of(peer);
	MDB_cursor *cursor;
	MDB_val key, val;
	MDB_txn *txn;
	double start = now();
	int rc;

	*out_sum = 0;
	check(mdb_txn_begin(raw->env, NULL, MDB_RDONLY, &txn), "begin");
	check(mdb_cursor_open(txn, raw->log, &cursor), "cursor");
	while ((rc = mdb_cursor_get(cursor, &key, &val, MDB_NEXT)) == 0)
		*out_sum += touch(val.mv_data, val.mv_size);
	check(rc == MDB_NOTFOUND ? 0 : rc, "scan");
	mdb_cursor_close(cursor);
	mdb_txn_abort(txn);
	return now() - start;
}

static uint64_t bytes(struct peer *peer)
{
	return folder_bytes(raw_of(peer)->path);
}

static void close_raw(struct peer *peer)
{
	mdb_env_close(raw_of(peer)->env);
}

const char *raw_version(void)
{
	return mdb_version(NULL, NULL, NULL);
}

struct peer *raw_peer(void)
{
	static struct raw raw = { .peer = {
		.name = "raw LMDB, the log alone",
		.create = create,
		.append = append,
		.bytes = bytes,
		.close = close_raw,
	} };

	return &raw.peer;
}

struct peer *raw_indexed_peer(void)
{
	static struct raw raw = { .indexed = true, .peer = {
		.name = "raw LMDB, log, ids and time",
		.limit_s = 60,
		.create = create,
		.append = append,
		.bytes = bytes,
		.close = close_raw,
	} };

	return &raw.peer;
}
