/*
 * stance.c - what weighs in the stance of an actor: facts and claims of the last
 * five years.  Who it weighs for is settled when the leads are known.
 */
#include "state/fold.h"

static int note_cause(struct fold *fold, const struct weight *weight,
		      uint64_t seq, struct ent_error *err)
{
	int rc = mem_grow(&fold->causes, &fold->causes_room,
			  fold->causes_count + 1, sizeof(*fold->causes), err);

	if (rc == ENT_OK)
		fold->causes[fold->causes_count++] =
			(struct cause){ *weight, seq };
	return rc;
}

int reduce_stance(struct fold *fold, const struct row *row, uint32_t alliance,
		  struct ent_error *err)
{
	const struct weight weight = { .alliance = alliance,
				       .actor = row->actor,
				       .target = row->target,
				       .type = row->type };
	int rc = tallies_add(&fold->tallies, &weight, err);

	if (rc == ENT_OK && fold->ask.causes)
		rc = note_cause(fold, &weight, row->seq, err);
	return rc;
}
