/*
 * diff.h - collecting the changes between two models.
 */
#ifndef ENGINE_DIFF_H
#define ENGINE_DIFF_H

#include "entente/diff.h"
#include "state/render.h"
#include "state/whole.h"

struct ent_diff {
	struct arena arena;
	struct renderer renderer; /* keeps the causes */
	struct ent_change *changes;
	size_t count;
	size_t room;
	struct ent_basis from, to;
	struct ent_hash from_head, to_head;
	struct ent_redaction *redactions;
	size_t redactions_count;
};

/* One comparison: everything that a change needs to say. */
struct comparing {
	struct ent_diff *diff;
	const struct model *a;
	const struct model *b;
	struct selection *selection_b;
	struct left_out left_out;
	const struct whole *whole; /* all entries of a's lists, where the models have
	                            * only some of them; or NULL */
	enum ent_part part;
	int32_t day;
};

/* Events behind one change, in the order in which they are told. */
struct causes {
	uint64_t *seqs;
	size_t count;
	size_t room;
};

/* Compare a and b, and add what changed to the diff, by path. */
int changes_collect(struct comparing *c, struct ent_error *err);

int changes_of_lists(struct comparing *c, struct ent_error *err);
int changes_of_stances(struct comparing *c, struct ent_error *err);

/* ---- adding single changes; nothing where from and to are the same --------- */

/* The path /alliance/part[/element][/leaf]. */
int change_path(struct comparing *c, uint32_t alliance, const char *part,
		const char *element, const char *leaf, struct buf *out,
		struct ent_error *err);

/* NULL and ENT_NULL are the same: nothing there. */
int change_add(struct comparing *c, const char *path,
	       const struct ent_value *from, const struct ent_value *to,
	       const struct causes *causes, struct ent_error *err);
int change_add_leaf(struct comparing *c, uint32_t alliance, const char *part,
		    const char *element, const char *leaf,
		    const struct ent_value *from, const struct ent_value *to,
		    const struct causes *causes, struct ent_error *err);

/* The same for each of the NULL-terminated keys of two maps. */
int change_add_leaves(struct comparing *c, uint32_t alliance, const char *part,
		      const char *element, const struct ent_value *from,
		      const struct ent_value *to, const char *const *keys,
		      const struct causes *causes, struct ent_error *err);

int causes_add(struct causes *causes, uint64_t seq, struct ent_error *err);

/* The deciders of a slot before and after (0 for none): the new one, and what
 * ended the old one. */
int causes_of_slot(struct comparing *c, const struct cell *a,
		   const struct cell *b, struct causes *out,
		   struct ent_error *err);

/* Why an event that was there is there no more: its killer, or itself. */
int causes_of_end(struct comparing *c, uint64_t seq, struct causes *out,
		  struct ent_error *err);

/* Every step from the state a to that of the world at `to`, by the same knowledge. */
int diff_trail(struct store_txn *txn, const struct ent_view *view,
	       const struct model *a, const struct ent_basis *to,
	       struct ent_diff *diff, struct ent_error *err);

/* ent_diff() within a transaction of the caller's. */
int diff_in(struct store_txn *txn, const struct ent_basis *from,
	    const struct ent_basis *to, const struct ent_diff_options *options,
	    struct ent_diff **out, struct ent_error *err);

#endif
