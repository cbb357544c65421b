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
	uint64_t *dead_seqs;    /* its targets, ascending */
	size_t dead_count;
};

/* Only what it stands on, without what is dead: for rows that are known to be
 * alive. */
int selection_make_basis(struct store_txn *txn, const struct ent_basis *basis,
			 struct selection *out, struct ent_error *err);
int selection_make(struct store_txn *txn, const struct ent_basis *basis,
		   struct selection *out, struct ent_error *err);
void selection_release(struct selection *selection);

/* Recorded by then, and published by then where that is asked. */
static inline bool selection_has(const struct selection *s, uint64_t seq,
				 int32_t published_hi)
{
	if (seq > s->basis.known)
		return false;
	return !s->basis.has_published ||
	       (published_hi != ENT_DAY_OPEN_END &&
		published_hi <= s->basis.published);
}

/* What corrected or retracted event seq in this basis, or NULL: it is alive. */
const struct fix *selection_killer(const struct selection *s, uint64_t seq);

/* The same of one event, looked up: a selection without what is dead will do.
 * ENT_END: it is alive. */
int selection_find_killer(struct store_txn *txn, const struct selection *s,
			  uint64_t seq, struct fix *out, struct ent_error *err);

/* In the basis and alive. */
bool selection_alive(const struct selection *s, const struct row *row);

/* Numbers between two that are dead.  { 0 } is an empty span. */
struct alive_span {
	uint64_t from, to; /* [from, to) */
	size_t next;       /* where dead_seqs goes on */
};

/* Move the span to where seq is; false: it is dead. */
bool alive_span_move(struct alive_span *span, const struct selection *s,
		     uint64_t seq);

/* The same as selection_alive(), for many rows, mostly by ascending numbers: only
 * few of them need to be looked up. */
static inline bool selection_alive_by(const struct selection *s,
				      struct alive_span *span,
				      const struct row *row)
{
	return selection_has(s, row->seq, row->published_hi) &&
	       ((row->seq >= span->from && row->seq < span->to) ||
		alive_span_move(span, s, row->seq));
}

#endif
