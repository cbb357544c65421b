/*
 * chair.c - offices of an alliance: one holder for each role.
 */
#include "state/fold.h"

int reduce_chair(struct fold *fold, const struct row *row,
		 struct ent_error *err)
{
	return fold_put(fold, row->alliance, ASPECT_CHAIR, row->name, row,
			row->actor, err);
}
