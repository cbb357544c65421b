/*
 * lists.c - exercises, commitments and signals: what is shown event by event.
 *
 * An event that is no fact is a signal, whatever its type: it is shown, and never
 * undoes a fact.
 */
#include "state/fold.h"

static int reduce_exercise(struct fold *fold, const struct row *row,
			   struct ent_error *err)
{
	if (!row->name)
		return fold_entry(fold, LIST_EXERCISES, row, err);
	return fold_put(fold, row->alliance, ASPECT_EXERCISE, row->name, row,
			VALUE_SET, err);
}

int reduce_lists(struct fold *fold, const struct row *row,
		 struct ent_error *err)
{
	if (!row->alliance)
		return ENT_OK;
	if (row->modality != MODALITY_FACT)
		return fold_entry(fold, LIST_SIGNALS, row, err);
	switch (vocabulary_row(row->type)->family) {
	case FAMILY_EXERCISE:
		return reduce_exercise(fold, row, err);
	case FAMILY_COMMITMENT:
		return fold_entry(fold, LIST_COMMITMENTS, row, err);
	case FAMILY_SIGNAL:
		return fold_entry(fold, LIST_SIGNALS, row, err);
	default:
		return ENT_OK;
	}
}
