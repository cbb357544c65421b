/*
 * codes.h - small numbers for the texts that indexes compare: codes of alliances
 * and actors, roles of chairs, names of exercises.  A text keeps its number.
 */
#ifndef ENGINE_CODES_H
#define ENGINE_CODES_H

#include "doors/store.h"
#include "ground/mem.h"

/* The number of text, or ENT_END where the log has never seen it. */
int codes_find(struct store_txn *txn, const char *text, uint32_t *out,
	       struct ent_error *err);

/* The number of text, which gets the next one when it is new; STORE_GROW. */
int codes_intern(struct store_txn *txn, const char *text, uint32_t *out,
		 struct ent_error *err);

/* Forget the text of a number, for good: "(redacted 17)" stands in its place.
 * STORE_GROW. */
int codes_forget(struct store_txn *txn, uint32_t code, struct ent_error *err);

/* The text of a number, copied into arena.  ENT_ECORRUPT: no such number. */
int codes_text(struct store_txn *txn, uint32_t code, struct arena *arena,
	       const char **out, struct ent_error *err);

#endif
