/*
 * lists.c - exercises, commitments and signals: what is shown event by event.
 *
 * An event that is no fact is a signal, whatever its type: it is shown, and never
 * undoes a fact.
 */
#include "state/fold.h"

/* An exercise that has a name is an entry of its list, by its last event. */
int reduce_exercise(struct fold *fold, const struct row *row,
		    struct ent_error *err)
{
	if (!row->name)
		return fold_entry(fold, LIST_EXERCISES, row, err);
	return fold_put(fold, row->alliance, ASPECT_EXERCISE, row->name, row,
			VALUE_SET, err);
}

int reduce_commitment(struct fold *fold, const struct row *row,
		      struct ent_error *err)
{
	return fold_entry(fold, LIST_COMMITMENTS, row, err);
}

int reduce_signal(struct fold *fold, const struct row *row,
		  struct ent_error *err)
{
	return fold_entry(fold, LIST_SIGNALS, row, err);
}
