/*
 * causes.c - which events are behind a change.
 */
#include "state/diff.h"

int causes_add(struct causes *causes, uint64_t seq, struct ent_error *err)
{
	int rc;

	for (size_t i = 0; i < causes->count; i++)
		if (causes->seqs[i] == seq)
			return ENT_OK;
	rc = mem_grow(&causes->seqs, &causes->room, causes->count + 1,
		      sizeof(*causes->seqs), err);
	if (rc == ENT_OK)
		causes->seqs[causes->count++] = seq;
	return rc;
}

int causes_of_end(struct comparing *c, uint64_t seq, struct causes *out,
		  struct ent_error *err)
{
	struct fix fix = { .by = seq };
	int rc = selection_find_killer(c->diff->renderer.txn, c->selection_b,
				       seq, &fix, err);

	return rc < 0 ? rc : causes_add(out, fix.by, err);
}

/* Does the old decider itself say why it decides no more?  Not when it is alive
 * and in effect still: then the new decider displaced it. */
static int ended_by_itself(struct comparing *c, uint64_t seq, bool *out,
			   struct ent_error *err)
{
	const struct ent_event *event = NULL;
	int32_t day = c->b->basis.at;
	int rc = render_event(&c->diff->renderer, seq, &event, err);

	if (rc < 0)
		return rc;
	*out = !selection_has(c->selection_b, seq,
			      event_published_hi(event)) ||
	       (event->when.lo == ENT_DAY_OPEN_START ? event->when.hi > day :
						       event->when.lo > day) ||
	       (event->until && event->held.hi < day);
	return ENT_OK;
}

static int add_end_of(struct comparing *c, uint64_t old, bool displaced,
		      struct causes *out, struct ent_error *err)
{
	bool by_itself = false;
	struct fix fix;
	int rc = selection_find_killer(c->diff->renderer.txn, c->selection_b,
				       old, &fix, err);

	if (rc != ENT_END)
		return rc < 0 ? rc : causes_add(out, fix.by, err);
	rc = ended_by_itself(c, old, &by_itself, err);
	if (rc == ENT_OK && (by_itself || !displaced))
		rc = causes_add(out, old, err);
	return rc;
}

int causes_of_slot(struct comparing *c, const struct cell *a,
		   const struct cell *b, struct causes *out,
		   struct ent_error *err)
{
	uint64_t old = a ? a->decider : 0, now = b ? b->decider : 0;
	int rc = ENT_OK;

	if (now)
		rc = causes_add(out, now, err);
	if (rc == ENT_OK && old && old != now)
		rc = add_end_of(c, old, now != 0, out, err);
	for (size_t i = 0; rc == ENT_OK && out->count == 0 && b &&
			   i < b->events_count; i++)
		rc = causes_add(out, b->events[i], err);
	for (size_t i = 0; rc == ENT_OK && out->count == 0 && a &&
			   i < a->events_count; i++)
		rc = causes_of_end(c, a->events[i], out, err);
	return rc;
}
