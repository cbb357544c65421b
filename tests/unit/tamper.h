/*
 * tamper.h - a log, a note of its head that is kept elsewhere, and hands in the
 * log's files.
 */
#ifndef TESTS_TAMPER_H
#define TESTS_TAMPER_H

#include "logs.h"

#include <fcntl.h>
#include <lmdb.h>

#include "ground/be.h"
#include "log/log.h"
#include "log/record.h"

enum {
	GROUPS = 8,
	GROUP = 6,
	EVENTS = GROUPS * GROUP,
	UNDER_NODES = 32 / GROUP, /* groups whose leaves stored nodes are above */
	NOTED = 36,
	PLACES = 100
};

/* ---- a log, and what is known of it elsewhere ------------------------------- */

static struct ent_key *key;
static char base[64];        /* the folder with the log as it was */
static char *note;           /* of its first NOTED events */
static size_t note_len;
static struct ent_head whole; /* of all of them */

/* Numbers that are the same each time. */
static uint64_t dice_state;

static inline unsigned dice(unsigned below)
{
	dice_state = dice_state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(dice_state >> 33) % below;
}

/* Events 1 to count, as they were; but for event changed, which tells otherwise. */
static inline void build(unsigned count, unsigned changed)
{
	for (unsigned group = 0; group * GROUP < count; group++) {
		char fields[GROUP][96];
		const char *events[GROUP + 1] = { NULL };

		for (unsigned i = 0; i < GROUP; i++) {
			unsigned seq = group * GROUP + i + 1;

			snprintf(fields[i], sizeof(fields[i]),
				 "'type':'x.t','date':'2001','id':'#%u','object':'%s'",
				 seq, seq == changed ? "otherwise" : "as it was");
			events[i] = seq <= count ? fields[i] : NULL;
		}
		logs_append_at(1000 * (group + 1), events);
	}
}

static inline void open_log(bool create)
{
	struct ent_log_options options = { .create = create };

	assert_int_equal(ent_log_open(logs_dir, &options, &logs_log, NULL), ENT_OK);
}

static inline void close_log(void)
{
	ent_log_close(logs_log);
	logs_log = NULL;
}

static inline struct ent_head head_now(void)
{
	struct ent_head now;

	assert_int_equal(ent_log_head(logs_log, &now.size, &now.root, NULL), ENT_OK);
	return now;
}

static inline int make_base(void **state)
{
	struct ent_head noted;

	(void)state;
	strcpy(base, "/tmp/entente-test-XXXXXX");
	if (!mkdtemp(base) || ent_key_new("example.org/a", &key, NULL) < 0)
		return -1;
	snprintf(logs_dir, sizeof(logs_dir), "%s/log", base);
	open_log(true);
	build(EVENTS, 0);
	whole = head_now();
	noted.size = NOTED;
	assert_int_equal(ent_log_root(logs_log, NOTED, &noted.root, NULL), ENT_OK);
	close_log();
	return ent_note_write(&noted, NULL, key, &note, &note_len, NULL);
}

static inline int remove_base(void **state)
{
	(void)state;
	ent_free(note);
	ent_key_free(key);
	return nftw(base, logs_remove, 16, FTW_DEPTH | FTW_PHYS);
}

/* The log that is attacked is a copy, in a folder of its own. */
static inline void copy_base(void)
{
	char from[96], to[112];
	uint8_t piece[65536];
	ssize_t n;
	int in, out;

	assert_int_equal(logs_make_folder(NULL), 0);
	assert_int_equal(mkdir(logs_dir, 0700), 0);
	snprintf(from, sizeof(from), "%s/log/data.mdb", base);
	snprintf(to, sizeof(to), "%s/data.mdb", logs_dir);
	in = open(from, O_RDONLY);
	out = open(to, O_WRONLY | O_CREAT | O_EXCL, 0600);
	assert_true(in >= 0 && out >= 0);
	while ((n = read(in, piece, sizeof(piece))) > 0)
		assert_int_equal(write(out, piece, (size_t)n), n);
	close(in);
	close(out);
	open_log(false);
}

/* ---- hands in the files ------------------------------------------------------ */

struct hands {
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi dbi;
	uint8_t key[8], value[65536];
	size_t key_len, len;
};

static inline void reach_in(struct hands *h, const char *table)
{
	close_log();
	assert_int_equal(mdb_env_create(&h->env), 0);
	mdb_env_set_maxdbs(h->env, 16);
	assert_int_equal(mdb_env_open(h->env, logs_dir, MDB_NOSYNC, 0600), 0);
	assert_int_equal(mdb_txn_begin(h->env, NULL, 0, &h->txn), 0);
	assert_int_equal(mdb_dbi_open(h->txn, table, 0, &h->dbi), 0);
}

static inline unsigned entries(const struct hands *h)
{
	MDB_stat stat;

	assert_int_equal(mdb_stat(h->txn, h->dbi, &stat), 0);
	return (unsigned)stat.ms_entries;
}

/* A copy of entry number index of the table. */
static inline void take(struct hands *h, unsigned index)
{
	MDB_cursor *cursor;
	MDB_val k, v;

	assert_int_equal(mdb_cursor_open(h->txn, h->dbi, &cursor), 0);
	assert_int_equal(mdb_cursor_get(cursor, &k, &v, MDB_FIRST), 0);
	while (index-- > 0)
		assert_int_equal(mdb_cursor_get(cursor, &k, &v, MDB_NEXT), 0);
	assert_true(k.mv_size <= sizeof(h->key) || k.mv_size == 14);
	h->key_len = k.mv_size < sizeof(h->key) ? k.mv_size : sizeof(h->key);
	memcpy(h->key, k.mv_data, h->key_len);
	assert_true(v.mv_size <= sizeof(h->value));
	memcpy(h->value, v.mv_data, v.mv_size);
	h->len = v.mv_size;
	mdb_cursor_close(cursor);
}

static inline void put(struct hands *h)
{
	MDB_val k = { h->key_len, h->key }, v = { h->len, h->value };

	assert_int_equal(mdb_put(h->txn, h->dbi, &k, &v, 0), 0);
}

static inline void drop(struct hands *h)
{
	MDB_val k = { h->key_len, h->key };

	assert_int_equal(mdb_del(h->txn, h->dbi, &k, NULL), 0);
}

static inline void let_go(struct hands *h)
{
	assert_int_equal(mdb_txn_commit(h->txn), 0);
	mdb_env_close(h->env);
	open_log(false);
}

/* Put the marks of a block in hand right, as its events are now. */
static inline void fix_marks(struct hands *h)
{
	struct block block;
	struct record record;
	struct ent_hash leaf;

	assert_int_equal(block_read(be64_get(h->key),
				    (struct ent_bytes){ h->value, h->len }, &block,
				    NULL), ENT_OK);
	for (uint32_t i = 0; i < block.count; i++) {
		assert_int_equal(block_get(&block, block.first + i, &record, NULL),
				 ENT_OK);
		assert_int_equal(record_leaf(&record, &leaf, NULL), ENT_OK);
		memcpy(h->value + 12 + 12 * i + 4, leaf.bytes, MARK_BYTES);
	}
}

#endif
