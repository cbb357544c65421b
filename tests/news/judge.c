/*
 * judge.c - see judge.h.
 */
#include <string.h>

#include "judge.h"

/* 0 where they do not match; what is required goes before what is optional. */
static int fit(const struct judge_row *row, const struct ent_value *event)
{
	if (!match_key(row->row, event))
		return 0;
	return 1 + 8 * !row->optional + 4 * match_modality(row->row, event) +
	       2 * match_date(row->row, event);
}

struct pair {
	size_t row;
	size_t event;
	int fit;
};

static struct pair best_pair(const struct judgement *judgement,
			     const struct ent_value *const *events, size_t n)
{
	struct pair best = { 0, 0, 0 };

	for (size_t r = 0; r < judgement->rows_n; r++) {
		if (judgement->rows[r].event)
			continue;
		for (size_t e = 0; e < n; e++) {
			int fits = events[e] ? fit(&judgement->rows[r], events[e])
					     : 0;

			if (fits > best.fit)
				best = (struct pair){ r, e, fits };
		}
	}
	return best;
}

static void pair_up(struct judgement *judgement,
		    const struct ent_value **events, size_t n)
{
	struct pair pair = best_pair(judgement, events, n);

	while (pair.fit > 0) {
		struct judge_row *row = &judgement->rows[pair.row];

		row->event = events[pair.event];
		row->modality_ok = match_modality(row->row, row->event);
		row->date_ok = match_date(row->row, row->event);
		events[pair.event] = NULL;
		pair = best_pair(judgement, events, n);
	}
}

/* Says no more than what an open row has been met by already. */
static bool is_repeated(const struct judgement *judgement,
			const struct ent_value *event)
{
	for (size_t r = 0; r < judgement->rows_n; r++) {
		const json_t *row = judgement->rows[r].row;

		if (match_is_open(row) && match_key(row, event) &&
		    match_modality(row, event) && match_date(row, event))
			return true;
	}
	return false;
}

bool judge(const json_t *item, struct ent_candidate *const *candidates,
	   size_t candidates_n, struct judgement *out)
{
	const json_t *expect = json_object_get(item, "expect");
	const struct ent_value *events[JUDGE_ROWS_MAX];

	memset(out, 0, sizeof(*out));
	out->rows_n = json_array_size(expect);
	if (out->rows_n > JUDGE_ROWS_MAX || candidates_n > JUDGE_ROWS_MAX)
		return false;
	for (size_t i = 0; i < out->rows_n; i++) {
		out->rows[i].row = json_array_get(expect, i);
		out->rows[i].optional = json_is_true(
			json_object_get(out->rows[i].row, "opt"));
	}
	for (size_t i = 0; i < candidates_n; i++)
		events[i] = candidates[i]->event;
	pair_up(out, events, candidates_n);
	for (size_t i = 0; i < candidates_n; i++) {
		if (events[i] && !is_repeated(out, events[i]))
			out->extra[out->extra_n++] = events[i];
	}
	return true;
}

bool judge_passes(const struct judgement *judgement)
{
	for (size_t i = 0; i < judgement->rows_n; i++) {
		const struct judge_row *row = &judgement->rows[i];

		if (!row->event && !row->optional)
			return false;
		if (row->event && !row->modality_ok)
			return false;
		if (row->event && !row->optional && !row->date_ok)
			return false;
	}
	return judgement->extra_n == 0;
}
