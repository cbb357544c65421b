/*
 * standing.c - memberships without texts.
 */
#include "entente/standing.h"

#include "log/codes.h"
#include "state/checkpoint/checkpoint_rows.h"
#include "state/model.h"

#include <string.h>

struct ent_standings {
	struct arena arena;
	struct ent_standing *items;
	size_t count;
};

const char *ent_standing_status(unsigned n)
{
	return n < STATUS_COUNT ? status_text(n) : NULL;
}

/* ---- names ------------------------------------------------------------------ */

/* A code's text never changes, so the log keeps those that it was asked for. */
static int name_of(struct ent_log *log, struct store_txn *txn, uint32_t code,
		   const char **out, struct ent_error *err)
{
	struct log_names *names = &log->names;
	size_t before = names->room;
	int rc = mem_grow(&names->items, &names->room, (size_t)code + 1,
			  sizeof(*names->items), err);

	if (rc < 0)
		return rc;
	for (size_t i = before; i < names->room; i++)
		names->items[i] = NULL;
	if (!names->items[code])
		rc = codes_text(txn, code, &names->arena, &names->items[code],
				err);
	if (rc == ENT_OK)
		*out = names->items[code];
	return rc;
}

/* ---- one question ------------------------------------------------------------- */

static int add_cell(struct ent_log *log, struct store_txn *txn,
		    const struct cell *cell, struct ent_standings *out,
		    struct ent_error *err)
{
	struct ent_standing *standing = &out->items[out->count];
	int rc = name_of(log, txn, (uint32_t)cell->key.element,
			 &standing->actor, err);

	standing->status = status_text(cell->value);
	standing->seq = cell->decider;
	standing->certain = cell->certain;
	standing->possible = 0;
	for (size_t i = 0; !cell->certain && i < cell->possible_count; i++)
		standing->possible |= (uint64_t)1 << cell->possible[i];
	out->count += rc == ENT_OK;
	return rc;
}

static int add_cells(struct ent_log *log, struct store_txn *txn,
		     const struct model *model, struct ent_standings *out,
		     struct ent_error *err)
{
	int rc = ENT_OK;

	out->items = arena_alloc(&out->arena, model->cells_count *
						      sizeof(*out->items));
	if (!out->items)
		return mem_error(err);
	for (size_t i = 0; rc == ENT_OK && i < model->cells_count; i++)
		if (model->cells[i].key.aspect == ASPECT_MEMBER)
			rc = add_cell(log, txn, &model->cells[i], out, err);
	return rc;
}

static int stand(struct ent_log *log, struct store_txn *txn,
		 const struct ent_basis *basis, const char *alliance,
		 struct ent_standings *out, struct ent_error *err)
{
	const struct ent_view view = { .alliances = &alliance,
				       .alliances_count = 1 };
	struct arena arena = { 0 };
	struct model model = { 0 };
	int rc = basis->has_published ?
			 model_make(txn, basis, &view, false, &arena,
				    &model, err) :
			 model_look_up_members(txn, basis, &view, &arena,
					       &model, err);

	if (rc == ENT_OK)
		rc = add_cells(log, txn, &model, out, err);
	arena_release(&arena);
	return rc;
}

int ent_standings(struct ent_log *log, const struct ent_basis *basis,
		  const char *alliance, struct ent_standings **out,
		  struct ent_error *err)
{
	struct ent_standings *standings = mem_new(1, sizeof(*standings));
	struct store_txn *txn = NULL;
	int rc = standings ? store_begin_read(log->store, &txn, err) :
			     mem_error(err);

	if (rc == ENT_OK)
		rc = stand(log, txn, basis, alliance, standings, err);
	store_abort(txn);
	if (rc < 0) {
		ent_standings_free(standings);
		return rc;
	}
	*out = standings;
	return ENT_OK;
}

void ent_standings_free(struct ent_standings *standings)
{
	if (!standings)
		return;
	arena_release(&standings->arena);
	mem_free(standings);
}

size_t ent_standings_count(const struct ent_standings *standings)
{
	return standings->count;
}

const struct ent_standing *
ent_standings_get(const struct ent_standings *standings, size_t i)
{
	return &standings->items[i];
}
