/*
 * stance.c - what weighs in the stance of an actor: facts and claims of the last
 * five years.  Who it weighs for is settled when the leads are known.
 */
#include "state/fold.h"

int reduce_stance(struct fold *fold, const struct row *row,
		  struct ent_error *err)
{
	int rc;

	if (!row_weighs(row) || !row->actor || row_has_open_start(row) ||
	    row->lo > fold->day ||
	    (int64_t)row->lo <= (int64_t)fold->day - STANCE_DAYS)
		return ENT_OK;
	rc = mem_grow(&fold->weights, &fold->weights_room,
		      fold->weights_count + 1, sizeof(*fold->weights), err);
	if (rc == ENT_OK)
		fold->weights[fold->weights_count++] =
			(struct weight){ .alliance = row->alliance,
					 .actor = row->actor,
					 .target = row->target,
					 .type = row->type,
					 .seq = row->seq };
	return rc;
}
