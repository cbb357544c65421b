/*
 * why.c - the events behind one value, and why the others of its slot are not.
 */
#include "state/state.h"

#include "state/question.h"

#include <stdlib.h>

/* A reason, and the row that says where it stands. */
struct told {
	struct ent_reason reason;
	struct row row;
};

struct ent_why {
	struct arena arena;
	struct renderer renderer; /* keeps the events */
	struct model model;
	struct ent_value entry;
	const struct ent_value *value;
	struct told *reasons;
	size_t count, room;
};

/* ---- collecting reasons -------------------------------------------------------------- */

static int add_reason(struct ent_why *why, const struct row *row,
		      enum ent_rule rule, uint64_t by, struct ent_error *err)
{
	struct ent_reason reason = { .rule = rule, .by_seq = by };
	int rc = render_event(&why->renderer, row->seq, &reason.event, err);

	if (rc == ENT_OK)
		rc = mem_grow(&why->reasons, &why->room, why->count + 1,
			      sizeof(*why->reasons), err);
	if (rc == ENT_OK)
		why->reasons[why->count++] = (struct told){ reason, *row };
	return rc;
}

/* Does the row bear on the slot that is asked about? */
static bool bears(const struct question *q, const struct row *row)
{
	enum family family = vocabulary_row(row->type)->family;

	switch (q->about) {
	case ASKS_MEMBER:
		return (family == FAMILY_MEMBER && row->actor == q->element) ||
		       row->type == TYPE_ALLIANCE_DISSOLVED;
	case ASKS_JOINED:
		return row->type == TYPE_MEMBER_JOINED &&
		       row->actor == q->element;
	case ASKS_CHAIR:
		return row->type == TYPE_CHAIR_ASSUMED &&
		       row->name == q->element;
	case ASKS_ATTRIBUTE:
		break;
	default:
		return false;
	}
	switch (q->aspect) {
	case ASPECT_STATUS:
		return row->type == TYPE_ALLIANCE_FOUNDED ||
		       row->type == TYPE_ALLIANCE_DISSOLVED;
	case ASPECT_NAME:
		return row->type == TYPE_ALLIANCE_RENAMED ||
		       (row->flags & ROW_HAS_NAME);
	case ASPECT_LEAD:
		return row->type == TYPE_ALLIANCE_LED ||
		       (row->flags & ROW_HAS_LEAD);
	case ASPECT_KIND:
		return row->flags & ROW_HAS_KIND;
	case ASPECT_PREDECESSOR:
		return row->flags & ROW_HAS_PREDECESSOR;
	default:
		return row->type == TYPE_ALLIANCE_FOUNDED;
	}
}

static bool decides_otherwise(const struct cell *cell, uint64_t seq)
{
	for (size_t i = 0; cell && i < cell->events_count; i++)
		if (cell->events[i] == seq)
			return true;
	return false;
}

static enum ent_rule displaced_rule(const struct row *row,
				    const struct ent_event *winner)
{
	const struct ent_type *type = ent_type_find(winner->type);

	if (row->lo != winner->when.lo)
		return ENT_DISPLACED_DATE;
	if (type && type->phase != row->phase)
		return ENT_DISPLACED_PHASE;
	return ENT_DISPLACED_SEQ;
}

static int rule_of(struct ent_why *why, const struct selection *selection,
		   const struct cell *cell, const struct row *row,
		   enum ent_rule *out, uint64_t *out_by, struct ent_error *err)
{
	const struct fix *fix = selection_killer(selection, row->seq);
	int32_t day = selection->basis.at;
	const struct ent_event *winner = NULL;
	int rc = ENT_OK;

	*out_by = 0;
	if (fix) {
		*out = fix->retracts ? ENT_RETRACTED : ENT_CORRECTED;
		*out_by = fix->by;
	} else if (!selection_has(selection, row->seq, row->published_hi))
		*out = ENT_NOT_PUBLISHED;
	else if (row->modality != MODALITY_FACT)
		*out = ENT_NOT_FACT;
	else if (cell && cell->decider == row->seq)
		*out = ENT_DECIDES;
	else if (decides_otherwise(cell, row->seq))
		*out = ENT_ALSO_POSSIBLE;
	else if (!row_counts(row, day))
		*out = ENT_NOT_YET;
	else if (row_ran_out(row, day))
		*out = ENT_RAN_OUT;
	else if (cell && cell->decider &&
		 (row->type != TYPE_ALLIANCE_DISSOLVED ||
		  cell->key.aspect != ASPECT_MEMBER)) {
		rc = render_event(&why->renderer, cell->decider, &winner, err);
		if (rc == ENT_OK)
			*out = displaced_rule(row, winner);
		*out_by = cell->decider;
	} else
		*out = ENT_NO_EFFECT;
	return rc;
}

static int collect_slot(struct ent_why *why, const struct question *q,
			const struct selection *selection,
			const struct cell *cell, struct ent_error *err)
{
	struct row_walk walk = { 0 };
	const struct row *row;
	enum ent_rule rule = ENT_NO_EFFECT;
	uint64_t by = 0;
	int rc = row_walk_begin(why->renderer.txn, q->alliance,
				ENT_DAY_OPEN_START, ENT_DAY_OPEN_END, &walk,
				err);

	while (rc == ENT_OK && row_walk_next(&walk, &row)) {
		if (!bears(q, row) || row->seq > selection->basis.known)
			continue;
		rc = rule_of(why, selection, cell, row, &rule, &by, err);
		if (rc == ENT_OK)
			rc = add_reason(why, row, rule, by, err);
	}
	row_walk_end(&walk);
	return rc;
}

/* A membership that only a dissolution bears on is none. */
static void drop_lone_sweeps(struct ent_why *why, const struct question *q)
{
	if (q->about != ASKS_MEMBER)
		return;
	for (size_t i = 0; i < why->count; i++)
		if (why->reasons[i].row.type != TYPE_ALLIANCE_DISSOLVED)
			return;
	why->count = 0;
}

static int add_by_seq(struct ent_why *why, uint64_t seq, enum ent_rule rule,
		      struct ent_error *err)
{
	struct row row = { .seq = seq };

	return add_reason(why, &row, rule, 0, err);
}

/* ---- the answer ------------------------------------------------------------------------- */

static int answer_stance(struct ent_why *why, const struct question *q,
			 struct ent_error *err)
{
	int rc = ENT_OK;

	for (size_t i = 0; i < why->model.stances_count; i++) {
		const struct stance *stance = &why->model.stances[i];

		if (stance->alliance != q->alliance ||
		    stance->actor != q->element)
			continue;
		rc = render_stance(&why->renderer, stance, &why->entry, err);
		for (size_t s = stance->seqs_count; rc == ENT_OK && s-- > 0;)
			rc = add_by_seq(why, stance->seqs[s], ENT_ADDS, err);
	}
	return rc;
}

static int answer_entry(struct ent_why *why, const struct question *q,
			struct ent_error *err)
{
	size_t first = model_first_entry(&why->model, q->alliance, q->list);
	const struct entry *entry;
	int rc;

	if (q->index >= why->model.entries_count - first)
		return ENT_OK;
	entry = &why->model.entries[first + q->index];
	if (entry->alliance != q->alliance || entry->list != q->list)
		return ENT_OK;
	rc = render_entry(&why->renderer, entry, &why->entry, err);
	if (rc == ENT_OK)
		rc = add_by_seq(why, entry->seq, ENT_DECIDES, err);
	return rc;
}

static int answer_slot(struct ent_why *why, const struct question *q,
		       const struct selection *selection,
		       struct ent_error *err)
{
	struct slot_key key = { q->alliance, ASPECT_MEMBER, q->element };
	struct slot_key asked;
	int rc;

	if (q->about == ASKS_ATTRIBUTE)
		key = (struct slot_key){ q->alliance, q->aspect, 0 };
	else if (q->about == ASKS_CHAIR)
		key.aspect = ASPECT_CHAIR;
	asked = key;
	if (q->about == ASKS_JOINED)
		asked.aspect = ASPECT_JOINED;
	rc = collect_slot(why, q, selection, model_cell(&why->model, asked),
			  err);
	drop_lone_sweeps(why, q);
	if (rc < 0 || !model_shows(&why->model, q->alliance))
		return rc;
	if (q->about == ASKS_ATTRIBUTE)
		return render_attribute(&why->renderer, &why->model,
					q->alliance, q->aspect, &why->entry,
					err);
	if (q->about == ASKS_CHAIR)
		return render_chair(&why->renderer, model_cell(&why->model, key),
				    &why->entry, err);
	return render_member(&why->renderer, &why->model,
			     model_cell(&why->model, key), &why->entry, err);
}

static int rank(enum ent_rule rule)
{
	return rule == ENT_DECIDES ? 0 : rule == ENT_ALSO_POSSIBLE ? 1 : 2;
}

/* Deciders first, then the latest first. */
static int by_rank(const void *left, const void *right)
{
	const struct told *a = left, *b = right;
	int order = rank(a->reason.rule) - rank(b->reason.rule);

	return order != 0 ? order : row_compare(&b->row, &a->row);
}

static void sort_reasons(struct ent_why *why)
{
	if (why->count > 0)
		qsort(why->reasons, why->count, sizeof(*why->reasons), by_rank);
}

static int answer(struct ent_why *why, const struct question *q,
		  const struct ent_basis *basis, struct ent_error *err)
{
	static const struct ent_view everything;
	struct selection selection = { 0 };
	int rc = selection_make(why->renderer.txn, basis, &selection, err);

	if (rc == ENT_OK)
		rc = model_whole(why->renderer.txn, basis, &everything,
				 &why->arena, &why->model, err);
	if (rc == ENT_OK && q->about == ASKS_STANCE)
		rc = answer_stance(why, q, err);
	else if (rc == ENT_OK && q->about == ASKS_ENTRY)
		rc = answer_entry(why, q, err);
	else if (rc == ENT_OK)
		rc = answer_slot(why, q, &selection, err);
	if (rc == ENT_OK && q->about != ASKS_STANCE && q->about != ASKS_ENTRY)
		sort_reasons(why);
	selection_release(&selection);
	if (rc == ENT_OK)
		rc = value_find(&why->entry, q->leaf.data, &why->value, err);
	if (rc < 0)
		return rc;
	if (why->value && why->value->kind == ENT_NULL)
		why->value = NULL;
	return why->count > 0 ? ENT_OK : ENT_END;
}

int ent_why(struct ent_log *log, const struct ent_basis *basis,
	    const char *pointer, struct ent_why **out, struct ent_error *err)
{
	struct ent_why *why = mem_new(1, sizeof(*why));
	struct question question = { 0 };
	struct store_txn *txn = NULL;
	int rc;

	if (!why)
		return mem_error(err);
	why->entry = value_null();
	rc = store_begin_read(log->store, &txn, err);
	why->renderer.txn = txn;
	why->renderer.arena = &why->arena;
	if (rc == ENT_OK)
		rc = question_read(txn, pointer, &question, err);
	if (rc == ENT_OK)
		rc = answer(why, &question, basis, err);
	store_abort(txn);
	question_release(&question);
	why->renderer.txn = NULL;
	if (rc != ENT_OK) {
		ent_why_free(why);
		return rc;
	}
	*out = why;
	return ENT_OK;
}

void ent_why_free(struct ent_why *why)
{
	if (!why)
		return;
	renderer_release(&why->renderer);
	mem_free(why->reasons);
	arena_release(&why->arena);
	mem_free(why);
}

const struct ent_value *ent_why_value(const struct ent_why *why)
{
	return why->value;
}

const struct ent_value *ent_why_entry(const struct ent_why *why)
{
	return &why->entry;
}

struct ent_basis ent_why_basis(const struct ent_why *why)
{
	return why->model.basis;
}

struct ent_hash ent_why_head(const struct ent_why *why)
{
	return why->model.head;
}

size_t ent_why_count(const struct ent_why *why)
{
	return why->count;
}

struct ent_reason ent_why_get(const struct ent_why *why, size_t i)
{
	return why->reasons[i].reason;
}
