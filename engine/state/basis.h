/*
 * basis.h - which events a question stands on: section 5, first half.
 */
#ifndef ENGINE_BASIS_H
#define ENGINE_BASIS_H

#include "entente/state.h"
#include "log/fixes.h"
#include "log/log.h"
#include "log/row_walk.h"

struct selection {
	struct ent_basis basis; /* known is the last event looked at */
	struct fix *fixes;      /* of the log, the latest first */
	size_t fixes_count;
	struct map dead;        /* target -> index of the alive fix in fixes */
};

/* Only what it stands on, without what is dead: for rows that are known to be
 * alive. */
int selection_make_basis(struct store_txn *txn, const struct ent_basis *basis,
			 struct selection *out, struct ent_error *err);
int selection_make(struct store_txn *txn, const struct ent_basis *basis,
		   struct selection *out, struct ent_error *err);
void selection_release(struct selection *selection);

/* Recorded by then, and published by then where that is asked. */
bool selection_has(const struct selection *s, uint64_t seq,
		   int32_t published_hi);

/* What corrected or retracted event seq in this basis, or NULL: it is alive. */
const struct fix *selection_killer(const struct selection *s, uint64_t seq);

/* In the basis and alive. */
bool selection_alive(const struct selection *s, const struct row *row);

#endif
