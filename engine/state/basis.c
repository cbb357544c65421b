/*
 * basis.c - the events that are known, published, and neither corrected nor
 * retracted.
 */
#include "state/basis.h"


bool selection_has(const struct selection *s, uint64_t seq,
		   int32_t published_hi)
{
	if (seq > s->basis.known)
		return false;
	return !s->basis.has_published ||
	       (published_hi != ENT_DAY_OPEN_END &&
		published_hi <= s->basis.published);
}

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

static bool is_in(const struct fix *fix, const void *arg)
{
	return selection_has(arg, fix->by, fix->published_hi);
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
	map_release(&selection->dead);
	*selection = (struct selection){ 0 };
}
