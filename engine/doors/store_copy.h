/*
 * store_copy.h - a store written anew in a hidden folder, and put in its place whole.
 *
 * Until then a crash leaves a folder that nobody takes for a log; the next copy to
 * the same place clears it away.
 */
#ifndef ENGINE_STORE_COPY_H
#define ENGINE_STORE_COPY_H

#include "doors/store.h"

struct store_copy;

/*
 * Make the hidden folder of a copy that is to become the folder dest.  *out is owned:
 * store_copy_end().
 *
 * ENT_ECONFLICT  there is something at dest; an empty folder may be there where that
 *                is allowed
 */
int store_copy_begin(const char *dest, bool may_be_empty,
		     struct store_copy **out, struct ent_error *err);

/* The same within the folder of store, for a copy that is to take its place. */
int store_copy_begin_within(const struct store *store, struct store_copy **out,
			    struct ent_error *err);

const char *store_copy_dir(const struct store_copy *copy); /* borrowed */
uint64_t store_copy_bytes(const struct store_copy *copy);  /* of its file */

/*
 * All that txn sees, written anew in the order of keys: no page is free or half
 * empty.  On disk afterwards.  progress in bytes, about.
 */
int store_copy_fill(struct store_copy *copy, struct store_txn *txn,
		    uint32_t format, ent_progress_fn *progress, void *arg,
		    struct ent_error *err);

/*
 * The bytes of the store's file in the folder dir, which is not opened.
 *
 * ENT_ENOLOG     there is none, or no regular file
 * ENT_ECONFLICT  somebody wrote it meanwhile
 */
int store_copy_fill_from(struct store_copy *copy, const char *dir,
			 ent_progress_fn *progress, void *arg,
			 struct ent_error *err);

/* Give it the name dest.  Who looks finds all of it there, or nothing. */
int store_copy_name(struct store_copy *copy, struct ent_error *err);

/*
 * Put it in place of the files of store, whose writers are locked out: a writing
 * transaction of it is open.  The handle can only be closed then, and so can those
 * of others: they are told with their next transaction.
 */
int store_copy_swap(struct store_copy *copy, struct store *store,
		    struct ent_error *err);

/* NULL is allowed.  Removes what was not put in place. */
void store_copy_end(struct store_copy *copy);

#endif
