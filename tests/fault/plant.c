/*
 * plant.c - faults that are planted in the engine when a test is linked, by
 * --wrap, so that nothing of them stands in the engine.
 *
 * They show that the simulator finds what it is made to find.  In all runs,
 * checkpoints are made of far fewer events than usual, so that small logs have
 * many of them, and join them; and some transactions free pages that they took at
 * the end of the file, as large joins do, so that the file ends before its last
 * page.
 */
#include "doors/store_copy.h"
#include "state/checkpoint/checkpoint.h"

#include "plant.h"

#include <stdlib.h>
#include <string.h>

enum { CHECKPOINT_LEAST = 6, SCRATCH_BYTES = 20000, SCRATCH_TURN = 4 };

enum plant plant;

/* ---- checkpoints of few events --------------------------------------------- */

int __real_checkpoint_update(struct store_txn *txn, uint64_t last,
			     uint64_t least, uint64_t rows_max,
			     struct ent_error *err);
int __wrap_checkpoint_update(struct store_txn *txn, uint64_t last,
			     uint64_t least, uint64_t rows_max,
			     struct ent_error *err);

int __real_store_put(struct store_txn *, enum store_table, struct ent_bytes,
		     struct ent_bytes, struct ent_error *);
int __real_store_replace(struct store_txn *, enum store_table, struct ent_bytes,
			 struct ent_bytes, struct ent_error *);
int __real_store_delete(struct store_txn *, enum store_table, struct ent_bytes,
			struct ent_error *);

static int scratch(struct store_txn *txn, struct ent_error *err)
{
	static const uint8_t key[] = { 0xff }, value[SCRATCH_BYTES];
	const struct ent_bytes at = { key, sizeof(key) };
	int rc = __real_store_put(txn, STORE_CHECKPOINTS, at,
				  (struct ent_bytes){ value, sizeof(value) },
				  err);

	return rc == ENT_OK ?
		       __real_store_delete(txn, STORE_CHECKPOINTS, at, err) :
		       rc;
}

int __wrap_checkpoint_update(struct store_txn *txn, uint64_t last,
			     uint64_t least, uint64_t rows_max,
			     struct ent_error *err)
{
	int rc = last % SCRATCH_TURN == 0 ? scratch(txn, err) : ENT_OK;

	if (rc != ENT_OK)
		return rc;
	if (least > CHECKPOINT_LEAST)
		least = CHECKPOINT_LEAST;
	return __real_checkpoint_update(txn, last, least, rows_max, err);
}

/* ---- what a transaction wrote ------------------------------------------------- */

struct change {
	enum store_table table;
	bool takes; /* an entry away; without a key: all of them */
	uint8_t *key, *value;
	size_t key_len, value_len;
};

static struct change *changes;
static size_t changes_count, changes_room;

static uint8_t *copy(struct ent_bytes bytes)
{
	uint8_t *to = malloc(bytes.len + 1);

	if (!to)
		abort();
	if (bytes.len > 0)
		memcpy(to, bytes.data, bytes.len);
	return to;
}

static void note(enum store_table table, struct ent_bytes key,
		 const struct ent_bytes *value)
{
	struct change *change;

	if (plant != PLANT_CHECKPOINTS_APART)
		return;
	if (changes_count == changes_room) {
		changes_room = changes_room ? changes_room * 2 : 64;
		changes = realloc(changes, changes_room * sizeof(*changes));
		if (!changes)
			abort();
	}
	change = &changes[changes_count++];
	*change = (struct change){ .table = table,
				   .takes = !value,
				   .key = key.data ? copy(key) : NULL,
				   .key_len = key.len };
	if (value) {
		change->value = copy(*value);
		change->value_len = value->len;
	}
}

static void forget(void)
{
	for (size_t i = 0; i < changes_count; i++) {
		free(changes[i].key);
		free(changes[i].value);
	}
	changes_count = 0;
}

int __wrap_store_put(struct store_txn *, enum store_table, struct ent_bytes,
		     struct ent_bytes, struct ent_error *);
int __real_store_put_ascending(struct store_txn *, enum store_table,
			       struct ent_bytes, struct ent_bytes, bool *,
			       struct ent_error *);
int __wrap_store_put_ascending(struct store_txn *, enum store_table,
			       struct ent_bytes, struct ent_bytes, bool *,
			       struct ent_error *);
int __real_store_append(struct store_txn *, enum store_table, struct ent_bytes,
			struct ent_bytes, struct ent_error *);
int __wrap_store_append(struct store_txn *, enum store_table, struct ent_bytes,
			struct ent_bytes, struct ent_error *);
int __wrap_store_replace(struct store_txn *, enum store_table, struct ent_bytes,
			 struct ent_bytes, struct ent_error *);
int __wrap_store_delete(struct store_txn *, enum store_table, struct ent_bytes,
			struct ent_error *);
int __real_store_clear(struct store_txn *, enum store_table,
		       struct ent_error *);
int __wrap_store_clear(struct store_txn *, enum store_table,
		       struct ent_error *);

int __wrap_store_put(struct store_txn *txn, enum store_table table,
		     struct ent_bytes key, struct ent_bytes value,
		     struct ent_error *err)
{
	note(table, key, &value);
	return __real_store_put(txn, table, key, value, err);
}

int __wrap_store_put_ascending(struct store_txn *txn, enum store_table table,
			       struct ent_bytes key, struct ent_bytes value,
			       bool *at_end, struct ent_error *err)
{
	note(table, key, &value);
	return __real_store_put_ascending(txn, table, key, value, at_end, err);
}

int __wrap_store_append(struct store_txn *txn, enum store_table table,
			struct ent_bytes key, struct ent_bytes value,
			struct ent_error *err)
{
	note(table, key, &value);
	return __real_store_append(txn, table, key, value, err);
}

int __wrap_store_replace(struct store_txn *txn, enum store_table table,
			 struct ent_bytes key, struct ent_bytes value,
			 struct ent_error *err)
{
	note(table, key, &value);
	return __real_store_replace(txn, table, key, value, err);
}

int __wrap_store_delete(struct store_txn *txn, enum store_table table,
			struct ent_bytes key, struct ent_error *err)
{
	note(table, key, NULL);
	return __real_store_delete(txn, table, key, err);
}

int __wrap_store_clear(struct store_txn *txn, enum store_table table,
		       struct ent_error *err)
{
	note(table, (struct ent_bytes){ NULL, 0 }, NULL);
	return __real_store_clear(txn, table, err);
}

/* ---- transactions --------------------------------------------------------------- */

static struct store *last_store;   /* that a transaction was begun on */
static struct store_txn *postponed; /* acknowledged, and not committed */

int __real_store_commit(struct store_txn *, struct ent_error *);
int __wrap_store_commit(struct store_txn *, struct ent_error *);
int __real_store_begin_read(struct store *, struct store_txn **,
			    struct ent_error *);
int __wrap_store_begin_read(struct store *, struct store_txn **,
			    struct ent_error *);
int __real_store_begin_write(struct store *, bool, struct store_txn **,
			     struct ent_error *);
int __wrap_store_begin_write(struct store *, bool, struct store_txn **,
			     struct ent_error *);
void __real_store_close(struct store *);
void __wrap_store_close(struct store *);

static void commit_postponed(void)
{
	struct store_txn *txn = postponed;

	postponed = NULL;
	if (txn)
		__real_store_commit(txn, NULL);
}

int __wrap_store_begin_read(struct store *store, struct store_txn **out,
			    struct ent_error *err)
{
	commit_postponed();
	return __real_store_begin_read(store, out, err);
}

int __wrap_store_begin_write(struct store *store, bool no_sync,
			     struct store_txn **out, struct ent_error *err)
{
	commit_postponed();
	forget();
	last_store = store;
	return __real_store_begin_write(store, no_sync, out, err);
}

void __wrap_store_close(struct store *store)
{
	commit_postponed();
	__real_store_close(store);
}

static int redo(struct store_txn *txn, const struct change *change,
		struct ent_error *err)
{
	struct ent_bytes key = { change->key, change->key_len };
	struct ent_bytes value = { change->value, change->value_len };

	if (!change->takes)
		return __real_store_replace(txn, change->table, key, value, err);
	if (change->key)
		return __real_store_delete(txn, change->table, key, err);
	return __real_store_clear(txn, change->table, err);
}

/* Do again what the transaction did to checkpoints, or all else that it did. */
static int redo_part(bool checkpoints, struct ent_error *err)
{
	struct store_txn *txn = NULL;
	int rc = __real_store_begin_write(last_store, false, &txn, err);

	for (size_t i = 0; rc == ENT_OK && i < changes_count; i++)
		if ((changes[i].table == STORE_CHECKPOINTS) == checkpoints) {
			rc = redo(txn, &changes[i], err);
			if (rc == ENT_END)
				rc = ENT_OK;
		}
	if (rc == ENT_OK)
		return __real_store_commit(txn, err);
	store_abort(txn);
	return rc;
}

static bool touches_checkpoints(void)
{
	for (size_t i = 0; i < changes_count; i++)
		if (changes[i].table == STORE_CHECKPOINTS)
			return true;
	return false;
}

int __wrap_store_commit(struct store_txn *txn, struct ent_error *err)
{
	int rc;

	if (plant == PLANT_EARLY_ACK) {
		postponed = txn;
		return ENT_OK;
	}
	if (plant != PLANT_CHECKPOINTS_APART || !touches_checkpoints())
		return __real_store_commit(txn, err);
	store_abort(txn);
	rc = redo_part(true, err);
	return rc == ENT_OK ? redo_part(false, err) : rc;
}

/* ---- copies ---------------------------------------------------------------------- */

static bool copying;

int __real_store_copy_fill(struct store_copy *, struct store_txn *, uint32_t,
			   ent_progress_fn *, void *, struct ent_error *);
int __wrap_store_copy_fill(struct store_copy *, struct store_txn *, uint32_t,
			   ent_progress_fn *, void *, struct ent_error *);
int __real_store_sync(struct store *, struct ent_error *);
int __wrap_store_sync(struct store *, struct ent_error *);
int __real_store_sync_names(const char *, struct ent_error *);
int __wrap_store_sync_names(const char *, struct ent_error *);
int __real_store_sync_folder(const char *, struct ent_error *);
int __wrap_store_sync_folder(const char *, struct ent_error *);

int __wrap_store_copy_fill(struct store_copy *copy, struct store_txn *txn,
			   uint32_t format, ent_progress_fn *progress, void *arg,
			   struct ent_error *err)
{
	int rc;

	copying = true;
	rc = __real_store_copy_fill(copy, txn, format, progress, arg, err);
	copying = false;
	return rc;
}

int __wrap_store_sync(struct store *store, struct ent_error *err)
{
	return plant == PLANT_COPY_UNSYNCED && copying ?
		       ENT_OK :
		       __real_store_sync(store, err);
}

int __wrap_store_sync_folder(const char *dir, struct ent_error *err)
{
	return plant == PLANT_NAMES_UNSYNCED ?
		       ENT_OK :
		       __real_store_sync_folder(dir, err);
}

int __wrap_store_sync_names(const char *dir, struct ent_error *err)
{
	return plant == PLANT_OPEN_UNSYNCED ? ENT_OK :
					      __real_store_sync_names(dir, err);
}
