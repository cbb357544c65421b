/*
 * diff.c - two bases: what more knowledge changed, then what the world changed.
 */
#include "state/diff.h"

#include "log/log.h"
#include "log/redact.h"

/* ---- steps ------------------------------------------------------------------------ */

/* One comparison from basis a to basis b; *model is that of a, and becomes that
 * of b. */
struct steps {
	struct store_txn *txn;
	struct ent_view view;
	struct ent_diff *diff;
	struct arena arena; /* of the model */
	struct model model;
	int32_t shared_until; /* of both models */
};

static int step(struct steps *s, const struct ent_basis *to,
		enum ent_part part, struct ent_error *err)
{
	struct selection selection = { 0 };
	struct model next = { 0 };
	struct comparing c = { .diff = s->diff,
			       .a = &s->model,
			       .b = &next,
			       .selection_b = &selection,
			       .part = part,
			       .day = to->at };
	struct arena arena = { 0 };
	int rc = model_part(s->txn, to, &s->view, s->shared_until, &arena,
			    &next, err);

	if (rc == ENT_OK)
		rc = selection_make_basis(s->txn, to, &selection, err);
	if (rc == ENT_OK)
		rc = changes_collect(&c, err);
	selection_release(&selection);
	if (rc < 0) {
		arena_release(&arena);
		return rc;
	}
	arena_release(&s->arena);
	s->arena = arena;
	s->model = next;
	return ENT_OK;
}

/* The model of a basis that has been reached without it. */
static int arrive(struct steps *s, const struct ent_basis *at,
		  struct ent_error *err)
{
	arena_release(&s->arena);
	s->model = (struct model){ 0 };
	return model_part(s->txn, at, &s->view, s->shared_until, &s->arena,
			  &s->model, err);
}

/* Does a know less than b: fewer events, or less of what was published? */
static bool knows_less(const struct ent_basis *a, const struct ent_basis *b)
{
	if (a->known != b->known)
		return a->known < b->known;
	if (a->has_published != b->has_published)
		return a->has_published;
	return a->has_published && a->published < b->published;
}

static bool same_knowledge(const struct ent_basis *a, const struct ent_basis *b)
{
	return a->known == b->known && a->has_published == b->has_published &&
	       (!a->has_published || a->published == b->published);
}

/* What the world changed, at what is known at the basis to. */
static int step_world(struct steps *s, const struct ent_basis *to, bool trail,
		      struct ent_error *err)
{
	int rc;

	if (!trail)
		return step(s, to, ENT_WORLD, err);
	rc = diff_trail(s->txn, &s->view, &s->model, to, s->diff, err);
	return rc < 0 ? rc : arrive(s, to, err);
}

/* The same question twice: the answer needs no state.  ENT_END: it is not. */
static int run_same(struct steps *s, const struct ent_basis *from,
		    const struct ent_basis *to, struct ent_error *err)
{
	struct selection a = { 0 }, b = { 0 };
	struct ent_diff *diff = s->diff;
	int rc = selection_make_basis(s->txn, from, &a, err);

	if (rc == ENT_OK)
		rc = selection_make_basis(s->txn, to, &b, err);
	if (rc == ENT_OK && (a.basis.at != b.basis.at ||
			     !same_knowledge(&a.basis, &b.basis)))
		return ENT_END;
	if (rc == ENT_OK)
		rc = log_root(s->txn, a.basis.known, &diff->from_head, err);
	diff->to_head = diff->from_head;
	diff->from = diff->to = a.basis;
	return rc;
}

/* With one step from day to day by the same knowledge, entries that both days have
 * need not be walked. */
static int prepare(struct steps *s, const struct ent_basis *from,
		   const struct ent_basis *to, bool trail,
		   struct ent_error *err)
{
	struct selection a = { 0 }, b = { 0 };
	int rc = selection_make_basis(s->txn, from, &a, err);

	if (rc == ENT_OK)
		rc = selection_make_basis(s->txn, to, &b, err);
	s->shared_until = ENT_DAY_OPEN_START;
	if (rc == ENT_OK && !trail && same_knowledge(&a.basis, &b.basis))
		s->shared_until = from->at < to->at ? from->at : to->at;
	return rc;
}

/*
 * More knowledge comes before the change of the world, so that the world is seen
 * with all that is known; for the same reason less knowledge comes behind it.
 * That makes the way back the same way.
 */
static int run(struct steps *s, const struct ent_basis *from,
	       const struct ent_basis *to, bool trail, struct ent_error *err)
{
	struct ent_diff *diff = s->diff;
	struct ent_basis middle, end = *to;
	uint64_t last = 0;
	int rc = prepare(s, from, to, trail, err);

	if (rc == ENT_OK)
		rc = model_part(s->txn, from, &s->view, s->shared_until,
				&s->arena, &s->model, err);
	if (rc == ENT_OK)
		rc = log_last(s->txn, &last, err);
	if (rc < 0)
		return rc;
	diff->from = s->model.basis;
	diff->from_head = s->model.head;
	end.known = to->known < last ? to->known : last;
	if (same_knowledge(&diff->from, &end)) {
		rc = step_world(s, &end, trail, err);
	} else if (knows_less(&end, &diff->from)) {
		middle = diff->from;
		middle.at = end.at;
		rc = step_world(s, &middle, trail, err);
		if (rc == ENT_OK)
			rc = step(s, &end, ENT_KNOWLEDGE, err);
	} else {
		middle = end;
		middle.at = from->at;
		rc = step(s, &middle, ENT_KNOWLEDGE, err);
		if (rc == ENT_OK)
			rc = step_world(s, &end, trail, err);
	}
	diff->to = s->model.basis;
	diff->to_head = s->model.head;
	return rc;
}

/* What the later knowledge has. */
static uint64_t known_to(const struct ent_diff *diff)
{
	return diff->from.known > diff->to.known ? diff->from.known :
						   diff->to.known;
}

int diff_in(struct store_txn *txn, const struct ent_basis *from,
	    const struct ent_basis *to, const struct ent_diff_options *options,
	    struct ent_diff **out, struct ent_error *err)
{
	static const struct ent_diff_options defaults;
	const struct ent_diff_options *o = options ? options : &defaults;
	struct ent_diff *diff = mem_new(1, sizeof(*diff));
	struct steps steps = {
		.txn = txn,
		.view = { .alliances = o->alliances,
			  .alliances_count = o->alliances_count,
			  .no_checkpoints = o->no_checkpoints },
		.diff = diff,
	};
	int rc;

	if (!diff)
		return mem_error(err);
	diff->renderer.txn = txn;
	diff->renderer.arena = &diff->arena;
	rc = run_same(&steps, from, to, err);
	if (rc == ENT_END)
		rc = run(&steps, from, to, o->trail, err);
	if (rc == ENT_OK)
		rc = redact_list(txn, known_to(diff), &diff->redactions,
				 &diff->redactions_count, err);
	arena_release(&steps.arena);
	diff->renderer.txn = NULL; /* from here on it only keeps the causes */
	if (rc < 0) {
		ent_diff_free(diff);
		return rc;
	}
	*out = diff;
	return ENT_OK;
}

int ent_diff(struct ent_log *log, const struct ent_basis *from,
	     const struct ent_basis *to, const struct ent_diff_options *options,
	     struct ent_diff **out, struct ent_error *err)
{
	struct store_txn *txn = NULL;
	int rc = store_begin_read(log->store, &txn, err);

	if (rc == ENT_OK)
		rc = diff_in(txn, from, to, options, out, err);
	store_abort(txn);
	return rc;
}

void ent_diff_free(struct ent_diff *diff)
{
	if (!diff)
		return;
	renderer_release(&diff->renderer);
	mem_free(diff->changes);
	mem_free(diff->redactions);
	arena_release(&diff->arena);
	mem_free(diff);
}

size_t ent_diff_count(const struct ent_diff *diff)
{
	return diff->count;
}

const struct ent_change *ent_diff_get(const struct ent_diff *diff, size_t i)
{
	return &diff->changes[i];
}

const struct ent_redaction *ent_diff_redactions(const struct ent_diff *diff,
						size_t *out_n)
{
	*out_n = diff->redactions_count;
	return diff->redactions;
}

struct ent_basis ent_diff_from(const struct ent_diff *diff)
{
	return diff->from;
}

struct ent_basis ent_diff_to(const struct ent_diff *diff)
{
	return diff->to;
}

struct ent_hash ent_diff_from_head(const struct ent_diff *diff)
{
	return diff->from_head;
}

struct ent_hash ent_diff_to_head(const struct ent_diff *diff)
{
	return diff->to_head;
}
