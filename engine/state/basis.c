/*
 * basis.c - the events that are known, published, and neither corrected nor
 * retracted.
 */
#include "state/basis.h"

#include "ground/mem.h"

#include <stdlib.h>

const struct fix *selection_killer(const struct selection *s, uint64_t seq)
{
	const size_t *at = map_find(&s->dead, (struct map_key){ seq, 0 });

	return at ? &s->fixes[*at] : NULL;
}

bool selection_alive(const struct selection *s, const struct row *row)
{
	return selection_has(s, row->seq, row->published_hi) &&
	       !selection_killer(s, row->seq);
}

/* The first of dead_seqs that is not below seq, in [lo, hi). */
static size_t search(const uint64_t *seqs, size_t lo, size_t hi, uint64_t seq)
{
	while (lo < hi) {
		size_t middle = lo + (hi - lo) / 2;

		if (seqs[middle] < seq)
			lo = middle + 1;
		else
			hi = middle;
	}
	return lo;
}

bool alive_span_move(struct alive_span *span, const struct selection *s,
		     uint64_t seq)
{
	enum { NEAR = 4 };
	const uint64_t *dead = s->dead_seqs;
	size_t at = span->next, near = s->dead_count - at;
	size_t end = near < NEAR ? s->dead_count : at + NEAR;

	if (seq < span->from)
		at = search(dead, 0, at, seq);
	else if (end < s->dead_count && dead[end] < seq)
		at = search(dead, end, s->dead_count, seq);
	else
		at = search(dead, at, end, seq);
	*span = (struct alive_span){
		.from = at > 0 ? dead[at - 1] + 1 : 0,
		.to = at < s->dead_count ? dead[at] : UINT64_MAX,
		.next = at,
	};
	return seq < span->to;
}

static int by_number(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return a < b ? -1 : a > b;
}

/* Fixes of the log by their targets once more, now only those in effect. */
static int list_dead(struct selection *s, struct ent_error *err)
{
	s->dead_seqs = mem_raw(s->dead.count * sizeof(*s->dead_seqs));
	if (!s->dead_seqs)
		return mem_error(err);
	for (size_t i = 0; i < s->fixes_count; i++) {
		const uint64_t target = s->fixes[i].target;
		const size_t *at = map_find(&s->dead,
					    (struct map_key){ target, 0 });

		if (at && *at == i)
			s->dead_seqs[s->dead_count++] = target;
	}
	if (s->dead_count > 0)
		qsort(s->dead_seqs, s->dead_count, sizeof(*s->dead_seqs),
		      by_number);
	return ENT_OK;
}

static bool is_in(const struct fix *fix, const void *arg)
{
	return selection_has(arg, fix->by, fix->published_hi);
}

int selection_find_killer(struct store_txn *txn, const struct selection *s,
			  uint64_t seq, struct fix *out, struct ent_error *err)
{
	return fix_in_effect(txn, seq, is_in, s, out, err);
}

/* One day beyond the calendar on each side: a trail steps there. */
static int check_day(int32_t day, struct ent_error *err)
{
	if (day >= ent_day(1, 1, 1) - 1 && day <= ent_day(9999, 12, 31) + 1)
		return ENT_OK;
	return ent_error_set(err, ENT_EUSAGE,
			     "day %ld is not in the years 0001 to 9999",
			     (long)day);
}

int selection_make_basis(struct store_txn *txn, const struct ent_basis *basis,
			 struct selection *out, struct ent_error *err)
{
	struct selection s = { .basis = *basis };
	uint64_t last = 0;
	int rc = check_day(basis->at, err);

	if (rc == ENT_OK)
		rc = log_last(txn, &last, err);
	if (rc < 0)
		return rc;
	if (s.basis.known > last)
		s.basis.known = last;
	*out = s;
	return ENT_OK;
}

int selection_make(struct store_txn *txn, const struct ent_basis *basis,
		   struct selection *out, struct ent_error *err)
{
	struct selection s = { 0 };
	int rc = selection_make_basis(txn, basis, &s, err);

	if (rc == ENT_OK)
		rc = fix_list(txn, 0, &s.fixes, &s.fixes_count, err);
	if (rc == ENT_OK)
		rc = fix_find_dead(s.fixes, s.fixes_count, is_in, &s, &s.dead,
				   err);
	if (rc == ENT_OK)
		rc = list_dead(&s, err);
	if (rc < 0) {
		selection_release(&s);
		return rc;
	}
	*out = s;
	return ENT_OK;
}

void selection_release(struct selection *selection)
{
	mem_free(selection->fixes);
	mem_free(selection->dead_seqs);
	map_release(&selection->dead);
	*selection = (struct selection){ 0 };
}
