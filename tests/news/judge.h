/*
 * judge.h - the events proposed for one item against those expected of it.
 */
#ifndef NEWS_JUDGE_H
#define NEWS_JUDGE_H

#include "match.h"

enum { JUDGE_ROWS_MAX = 64 };

/* What became of a row: the event that was found for it, or NULL. */
struct judge_row {
	const json_t *row;
	const struct ent_value *event;
	bool optional;    /* counts neither way */
	bool modality_ok;
	bool date_ok;
};

struct judgement {
	struct judge_row rows[JUDGE_ROWS_MAX];
	size_t rows_n;
	const struct ent_value *extra[JUDGE_ROWS_MAX]; /* that nobody expects */
	size_t extra_n;
};

/* Pair rows and events, the best matches first.  Both are borrowed by *out.
 * false where there are more than JUDGE_ROWS_MAX of either. */
bool judge(const json_t *item, struct ent_candidate *const *candidates,
	   size_t candidates_n, struct judgement *out);

/* All that is required is there and right, and nothing else is. */
bool judge_passes(const struct judgement *judgement);

#endif
