/*
 * store.h - the door to LMDB: tables, transactions, cursors, and a map that
 * grows by itself.
 *
 * What is a promise is written in one kind of way only: events are appended and
 * never put again, what follows from them is put once.  What is a cache of those may
 * be taken away and put anew.  The one exception is what has to be forgotten:
 * store_replace().
 */
#ifndef ENGINE_STORE_H
#define ENGINE_STORE_H

#include "entente/log.h"

enum store_table {
	STORE_META,
	STORE_EVENTS,  /* first seq -> block of events */
	STORE_COLUMNS, /* first seq -> their columns */
	STORE_IDS,     /* hash of an id, seq -> nothing: those that wait */
	STORE_ID_RUNS, /* first seq -> sorted ids */
	STORE_TREE,    /* place -> node */
	STORE_FIXES,   /* target seq, fixing seq -> how */
	STORE_FIXERS,  /* fixing seq, target seq -> nothing */
	STORE_CHECKPOINTS, /* kind, code, first seq -> rows by series */
	STORE_CODES,   /* text -> code */
	STORE_TEXTS,   /* code -> text */
	STORE_TABLES
};

/* A positive return of writing calls and of commit: the map was full.  Abort,
 * store_grow(), and do it all again. */
enum { STORE_GROW = 2 };

enum { STORE_MAP_BYTES = 64 << 20, STORE_LOCK_MS = 10000 };

struct store;
struct store_txn;
struct store_cursor;

struct store_options {
	bool read_only;
	bool create;
	uint64_t map_bytes;       /* 0 = STORE_MAP_BYTES */
	unsigned lock_timeout_ms; /* 0 = STORE_LOCK_MS */
	uint32_t format;          /* written on creation; newer is refused */
	unsigned trust;           /* enum ent_trust */
};

/* Error codes as ent_log_open(). */
int store_open(const char *dir, const struct store_options *options,
	       struct store **out, struct ent_error *err);
void store_close(struct store *store);

/* Double the map.  No transaction of this store may be open. */
int store_grow(struct store *store, struct ent_error *err);

/* Wait until all that was committed is on disk. */
int store_sync(struct store *store, struct ent_error *err);

int store_begin_read(struct store *store, struct store_txn **out,
		     struct ent_error *err);

/* Waits for other writers, up to the time of the options: ENT_EBUSY.  no_sync:
 * the commit returns before the data is on disk.  ENT_EUSAGE: a transaction of
 * this store is open, as within a callback. */
int store_begin_write(struct store *store, bool no_sync, struct store_txn **out,
		      struct ent_error *err);

/* Frees txn, also when it fails. */
int store_commit(struct store_txn *txn, struct ent_error *err);
void store_abort(struct store_txn *txn); /* NULL is allowed */

/* *out is borrowed: it dies with the transaction or its next write.  ENT_END. */
int store_get(struct store_txn *txn, enum store_table table,
	      struct ent_bytes key, struct ent_bytes *out,
	      struct ent_error *err);

/* The entry of the greatest key <= key; borrowed likewise.  ENT_END. */
int store_get_floor(struct store_txn *txn, enum store_table table,
		    struct ent_bytes key, struct ent_bytes *out_key,
		    struct ent_bytes *out, struct ent_error *err);

/* ENT_ECORRUPT where the key is there already. */
int store_put(struct store_txn *txn, enum store_table table,
	      struct ent_bytes key, struct ent_bytes value,
	      struct ent_error *err);

/*
 * store_put() for keys that come ascending.  While *at_end they are tried at the
 * end of the table, where LMDB fills pages whole; the first that does not belong
 * there makes *at_end false.
 */
int store_put_ascending(struct store_txn *txn, enum store_table table,
			struct ent_bytes key, struct ent_bytes value,
			bool *at_end, struct ent_error *err);

/* The key must come behind every key of the table. */
int store_append(struct store_txn *txn, enum store_table table,
		 struct ent_bytes key, struct ent_bytes value,
		 struct ent_error *err);

/* In place of the entry of that key, which is forgotten.  STORE_GROW. */
int store_replace(struct store_txn *txn, enum store_table table,
		  struct ent_bytes key, struct ent_bytes value,
		  struct ent_error *err);

/* Take an entry away.  ENT_END: there is none.  STORE_GROW. */
int store_delete(struct store_txn *txn, enum store_table table,
		 struct ent_bytes key, struct ent_error *err);

/* Take all entries of a table away.  STORE_GROW. */
int store_clear(struct store_txn *txn, enum store_table table,
		struct ent_error *err);

int store_count(struct store_txn *txn, enum store_table table, uint64_t *out,
		struct ent_error *err);

/* Bytes of the pages that a table fills. */
int store_table_bytes(struct store_txn *txn, enum store_table table,
		      uint64_t *out, struct ent_error *err);

int store_cursor_open(struct store_txn *txn, enum store_table table,
		      struct store_cursor **out, struct ent_error *err);
void store_cursor_close(struct store_cursor *cursor); /* before its txn */

/* Called for an entry, which is borrowed; ENT_END ends the walk. */
typedef int store_entry_fn(struct ent_bytes key, struct ent_bytes value,
			   void *arg, struct ent_error *err);

/* Call each() for the entries from the first key >= from on. */
int store_each(struct store_txn *txn, enum store_table table,
	       struct ent_bytes from, store_entry_fn *each, void *arg,
	       struct ent_error *err);

/* Below every key. */
extern const struct ent_bytes store_start;

/* Go to the first key >= from, to the next, to the last.  ENT_END.  Behind a next
 * that failed there is nothing more, and keys that do not ascend are damage: so
 * walks end, whatever the pages hold. */
int store_cursor_seek(struct store_cursor *cursor, struct ent_bytes from,
		      struct ent_bytes *out_key, struct ent_bytes *out_value,
		      struct ent_error *err);
int store_cursor_next(struct store_cursor *cursor, struct ent_bytes *out_key,
		      struct ent_bytes *out_value, struct ent_error *err);
int store_cursor_last(struct store_cursor *cursor, struct ent_bytes *out_key,
		      struct ent_bytes *out_value, struct ent_error *err);

/* Bytes of the file that are in use. */
int store_file_bytes(struct store *store, uint64_t *out, struct ent_error *err);

/* Those that died keep nothing back then, and are not counted. */
void store_clear_readers(struct store *store);

struct store_readers {
	unsigned count;  /* slots in use, by any process */
	long oldest;     /* the process that reads the oldest state, where that is
	                  * not the last one; else 0 */
	uint64_t behind; /* how many commits old that state is */
};

int store_readers(struct store *store, struct store_readers *out,
		  struct ent_error *err);

#endif
