/*
 * state.c - replay: fold, render, digest.
 */
#include "state/state.h"

#include "doors/hash.h"
#include "log/redact.h"

static int make_digest(const struct ent_value *alliances, struct ent_hash *out,
		       struct ent_error *err)
{
	struct buf json = { 0 };
	struct ent_bytes bytes;
	int rc;

	value_write(alliances, ENT_JSON_CANONICAL, &json);
	rc = buf_check(&json, err);
	bytes = (struct ent_bytes){ json.data, json.len };
	if (rc == ENT_OK)
		rc = hash_parts(&bytes, 1, out, err);
	buf_release(&json);
	return rc;
}

int state_replay_in(struct store_txn *txn, const struct ent_basis *basis,
		    const struct ent_view *view, struct ent_state **out,
		    struct ent_error *err)
{
	static const struct ent_view defaults;
	const struct ent_view *v = view ? view : &defaults;
	struct ent_state *state = mem_new(1, sizeof(*state));
	struct renderer r = { .txn = txn };
	int rc;

	if (!state)
		return mem_error(err);
	r.arena = &state->arena;
	rc = model_shown(txn, basis, v, &state->arena, &state->model, err);
	if (rc == ENT_OK)
		rc = render_alliances(&r, &state->model, v->last,
				      &state->alliances, err);
	if (rc == ENT_OK)
		rc = render_user_slots(&r, &state->model, v, &state->slots,
				       err);
	if (rc == ENT_OK)
		rc = make_digest(&state->alliances, &state->digest, err);
	if (rc == ENT_OK)
		rc = redact_list(txn, state->model.basis.known,
				 &state->redactions, &state->redactions_count,
				 err);
	renderer_release(&r);
	if (rc < 0) {
		ent_state_free(state);
		return rc;
	}
	*out = state;
	return ENT_OK;
}

int ent_replay(struct ent_log *log, const struct ent_basis *basis,
	       const struct ent_view *view, struct ent_state **out,
	       struct ent_error *err)
{
	struct store_txn *txn = NULL;
	int rc = store_begin_read(log->store, &txn, err);

	if (rc == ENT_OK)
		rc = state_replay_in(txn, basis, view, out, err);
	store_abort(txn);
	return rc;
}

void ent_state_free(struct ent_state *state)
{
	if (!state)
		return;
	arena_release(&state->arena);
	mem_free(state->redactions);
	mem_free(state);
}

struct ent_basis ent_state_basis(const struct ent_state *state)
{
	return state->model.basis;
}

struct ent_hash ent_state_head(const struct ent_state *state)
{
	return state->model.head;
}

const struct ent_value *ent_state_alliances(const struct ent_state *state)
{
	return &state->alliances;
}

const struct ent_value *ent_state_slots(const struct ent_state *state)
{
	return &state->slots;
}

const struct ent_redaction *ent_state_redactions(const struct ent_state *state,
						 size_t *out_n)
{
	*out_n = state->redactions_count;
	return state->redactions;
}

struct ent_hash ent_state_digest(const struct ent_state *state)
{
	return state->digest;
}

int ent_state_json(const struct ent_state *state, char **out, size_t *out_len,
		   struct ent_error *err)
{
	struct arena arena = { 0 };
	struct ent_value map = value_map(), basis, digest;
	char hex[ENT_HASH_TEXT_SIZE];
	int rc;

	ent_hash_text(&state->digest, hex);
	rc = render_basis(&arena, &state->model.basis, &state->model.head,
			  &basis, err);
	if (rc == ENT_OK)
		rc = value_text(&arena, hex, &digest, err);
	if (rc == ENT_OK)
		rc = value_put(&arena, &map, "alliances", state->alliances,
			       err);
	if (rc == ENT_OK)
		rc = value_put(&arena, &map, "basis", basis, err);
	if (rc == ENT_OK)
		rc = value_put(&arena, &map, "digest", digest, err);
	if (rc == ENT_OK)
		rc = render_redactions(&arena, state->redactions,
				       state->redactions_count, &map, err);
	if (rc == ENT_OK)
		rc = ent_value_json(&map, ENT_JSON_SAFE, out, out_len, err);
	arena_release(&arena);
	return rc;
}
