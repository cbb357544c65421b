/*
 * state.h - an answered state: its model and its documents.
 */
#ifndef ENGINE_STATE_H
#define ENGINE_STATE_H

#include "entente/redaction.h"
#include "state/render.h"

struct ent_state {
	struct arena arena;
	struct model model;
	struct ent_value alliances;
	struct ent_value slots;
	struct ent_hash digest;
	struct ent_redaction *redactions; /* of events that the basis has */
	size_t redactions_count;
};

/* ent_replay() within a transaction of the caller's. */
int state_replay_in(struct store_txn *txn, const struct ent_basis *basis,
		    const struct ent_view *view, struct ent_state **out,
		    struct ent_error *err);

#endif
