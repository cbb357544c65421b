/*
 * model.h - a folded state as sorted arrays of numbers: what a diff compares
 * without opening an event.
 */
#ifndef ENGINE_MODEL_H
#define ENGINE_MODEL_H

#include "state/fold.h"

/* The stance of an actor in an alliance. */
struct stance {
	uint32_t alliance;
	uint32_t actor;
	int64_t score;
	uint32_t counts[TYPE_COUNT];
	uint64_t *seqs; /* ascending; only of a model with causes */
	size_t seqs_count;
};

struct model {
	struct ent_basis basis;
	struct ent_hash head;
	uint32_t *alliances; /* that are shown, ascending */
	size_t alliances_count;
	struct cell *cells; /* that are not empty or may not be, by key */
	size_t cells_count;
	struct entry *entries; /* by alliance, list, place; of each list those that
	                        * the view asks for */
	size_t entries_count;
	struct stance *stances; /* by alliance, actor */
	size_t stances_count;
	int32_t shared_until; /* of lists that is left out which any day from this
	                       * one on has too; ENT_DAY_OPEN_START for nothing */
	const char **user_texts; /* of the caller's reducers; [number - 1] */
	size_t user_texts_count;
};

/* Everything of the model is in arena.  causes: stances say of which events they
 * are made. */
int model_make(struct store_txn *txn, const struct ent_basis *basis,
	       const struct ent_view *view, bool causes, struct arena *arena,
	       struct model *out, struct ent_error *err);

/* From a fold that has ended all but the stances; basis and head are left to the
 * caller. */
int model_settle(struct fold *fold, struct arena *arena, struct model *model,
		 struct ent_error *err);

/* The same in the fastest way: what replay shows, which is without the events of
 * stances and with as many entries of lists as the view asks for; or all of it. */
int model_shown(struct store_txn *txn, const struct ent_basis *basis,
		const struct ent_view *view, struct arena *arena,
		struct model *out, struct ent_error *err);
int model_whole(struct store_txn *txn, const struct ent_basis *basis,
		const struct ent_view *view, struct arena *arena,
		struct model *out, struct ent_error *err);

/* The whole but for what two states have in common: entries of lists that any day
 * from shared_until on has too, by the same knowledge. */
int model_part(struct store_txn *txn, const struct ent_basis *basis,
	       const struct ent_view *view, int32_t shared_until,
	       struct arena *arena, struct model *out, struct ent_error *err);

/* How many entries the last list had left out; all-zero at first. */
struct left_out {
	uint64_t known; /* of the model, whose shared_until stays the same */
	uint32_t alliance;
	enum list list;
	size_t count;
};

/* The place of entry i in its whole list.  *memory spares counting again for the
 * next one of the same list. */
int model_entry_place(struct store_txn *txn, const struct model *model, size_t i,
		      struct left_out *memory, size_t *out,
		      struct ent_error *err);

/* Only the cells of memberships, without the log's head. */
int model_look_up_members(struct store_txn *txn, const struct ent_basis *basis,
			  const struct ent_view *view, struct arena *arena,
			  struct model *out, struct ent_error *err);

/* The first event in the order of the fold that names the alliance and counts; 0
 * for none. */
int model_first_event(struct store_txn *txn, const struct ent_basis *basis,
		      uint32_t alliance, uint64_t *out, struct ent_error *err);

/* The codes of the view's alliances that the log has seen; SIZE_MAX for all. */
int model_codes(struct store_txn *txn, const struct ent_view *view,
		struct arena *arena, uint32_t **out, size_t *out_count,
		struct ent_error *err);

/* Needs the cells and the alliances. */
int model_make_stances(const struct fold *fold, struct arena *arena,
		       struct model *model, struct ent_error *err);

/* The cell of a slot, or NULL. */
const struct cell *model_cell(const struct model *model, struct slot_key key);

/* The index of the first entry of a list. */
size_t model_first_entry(const struct model *model, uint32_t alliance,
			 enum list list);

bool model_shows(const struct model *model, uint32_t alliance);

bool cell_equal(const struct cell *a, const struct cell *b);
bool stance_equal(const struct stance *a, const struct stance *b);

#endif
