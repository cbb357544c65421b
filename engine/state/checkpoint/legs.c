/*
 * legs.c - walking a series backwards.
 */
#include "state/checkpoint/legs.h"

#include "log/fixes.h"

/* ---- alive ---------------------------------------------------------------- */

static bool is_known(const struct fix *fix, const void *arg)
{
	return fix->by <= *(const uint64_t *)arg;
}

int legs_is_dead(struct store_txn *txn, uint64_t seq, uint64_t known,
		 bool *out, struct ent_error *err)
{
	struct fix fix;
	int rc = fix_in_effect(txn, seq, is_known, &known, &fix, err);

	if (rc < 0)
		return rc;
	*out = rc == ENT_OK;
	return ENT_OK;
}

/* ---- one leg --------------------------------------------------------------- */

/* Where day would be if rows were spread evenly over their days. */
static uint32_t guess(const struct group *group, uint32_t first, uint32_t end,
		      int32_t day)
{
	int64_t from = group_lo(group, first), to = group_lo(group, end - 1);

	if (from == ENT_DAY_OPEN_START || day <= from || to <= from)
		return first + (end - first) / 2;
	return first + (uint32_t)((uint64_t)(end - 1 - first) *
				  (uint64_t)(day - from) / (uint64_t)(to - from));
}

/* Close the bounds around the guess, so that the search stays in few pages. */
static void narrow(const struct group *group, uint32_t *first, uint32_t *end,
		   int32_t day)
{
	uint32_t at = guess(group, *first, *end, day), step = 16;

	if (group_lo(group, at) <= day) {
		while (*end - at > step && group_lo(group, at + step) <= day)
			at += step, step *= 4;
		*first = at;
		*end = *end - at > step ? at + step + 1 : *end;
		return;
	}
	while (at - *first > step && group_lo(group, at - step) > day)
		at -= step, step *= 4;
	*end = at + 1;
	*first = at - *first > step ? at - step : *first;
}

uint32_t legs_upper(const struct group *group, uint32_t first, uint32_t end,
		    int32_t day)
{
	uint32_t start = first;

	if (end > first && group_lo(group, end - 1) <= day)
		return end - first;
	if (end > first + 64)
		narrow(group, &first, &end, day);
	while (first < end) {
		uint32_t middle = first + (end - first) / 2;

		if (group_lo(group, middle) <= day)
			first = middle + 1;
		else
			end = middle;
	}
	return first - start;
}

/* Whole chunks of what is not known yet are stepped over. */
static void skip_unknown(struct leg *leg, uint64_t known)
{
	const struct group *g = leg->group;

	while (leg->at > leg->first && group_seq(g, leg->at - 1) > known) {
		uint32_t chunk = (leg->at - 1) / GROUP_CHUNK * GROUP_CHUNK;

		if (group_chunk_lowest(g, leg->at - 1) <= known)
			leg->at--;
		else
			leg->at = chunk > leg->first ? chunk : leg->first;
	}
}

static void load_head(struct leg *leg)
{
	const struct group *g = leg->group;
	uint32_t row = leg->at - 1;
	uint8_t type = group_type(g, row);

	leg->head.seq = group_seq(g, row);
	leg->head.lo = group_lo(g, row);
	leg->head.phase = type < TYPE_COUNT ?
				  (uint8_t)vocabulary_row(type)->type.phase :
				  0;
	leg->head.fixed = group_is_fix(g, row);
}

/* ---- all of them ------------------------------------------------------------ */

void legs_add(struct legs *legs, const struct group *group, uint32_t series)
{
	struct leg *leg = &legs->items[legs->count];
	int32_t from, to;

	group_series_days(group, series, &from, &to);
	if (from > legs->day)
		return;
	leg->group = group;
	leg->series = series;
	leg->open = false;
	leg->bound = to < legs->day ? to : legs->day;
	legs->count++;
}

static void open_leg(const struct legs *legs, struct leg *leg)
{
	uint32_t end;

	leg->open = true;
	group_series_rows(leg->group, leg->series, &leg->first, &end);
	leg->at = leg->first +
		  legs_upper(leg->group, leg->first, end, legs->day);
	skip_unknown(leg, legs->known);
	if (leg->at > leg->first)
		load_head(leg);
}

/* A mark lies behind its row, so that it is met first. */
static bool is_behind(const struct item *a, const struct item *b)
{
	int order = item_compare_place(a, b);

	return order > 0 || (order == 0 && a->fixed);
}

static struct leg *last_open(struct legs *legs)
{
	struct leg *last = NULL;

	for (size_t i = 0; i < legs->count; i++) {
		struct leg *leg = &legs->items[i];

		if (leg->open && leg->at > leg->first &&
		    (!last || is_behind(&leg->head, &last->head)))
			last = leg;
	}
	return last;
}

/* The one that is not open and may have the latest row. */
static struct leg *last_closed(struct legs *legs)
{
	struct leg *last = NULL;

	for (size_t i = 0; i < legs->count; i++) {
		struct leg *leg = &legs->items[i];

		if (!leg->open && (!last || leg->bound > last->bound))
			last = leg;
	}
	return last;
}

static struct leg *last_leg(struct legs *legs)
{
	struct leg *open = last_open(legs), *closed;

	while ((closed = last_closed(legs)) &&
	       (!open || closed->bound >= open->head.lo)) {
		open_leg(legs, closed);
		open = last_open(legs);
	}
	return open;
}

static void step(struct legs *legs, struct leg *leg)
{
	leg->at--;
	skip_unknown(leg, legs->known);
	if (leg->at > leg->first)
		load_head(leg);
}

int legs_next(struct legs *legs, struct item *out, struct ent_error *err)
{
	struct leg *leg;
	bool dead = false;
	int rc = ENT_OK;

	while ((leg = last_leg(legs))) {
		uint32_t row = leg->at - 1;
		uint64_t seq = leg->head.seq;

		if (leg->head.fixed)
			legs->marked = seq;
		else if (seq == legs->marked)
			rc = legs_is_dead(legs->txn, seq, legs->known, &dead,
					  err);
		else
			dead = false;
		if (rc == ENT_OK && !leg->head.fixed && !dead)
			rc = group_item(leg->group, leg->series, row, out, err);
		else if (rc == ENT_OK)
			rc = ENT_END;
		step(legs, leg);
		if (rc != ENT_END)
			return rc;
		rc = ENT_OK;
	}
	return ENT_END;
}

bool item_is_shared(const struct item *item, int32_t day)
{
	return item->lo <= day && item->lo != ENT_DAY_OPEN_START &&
	       item->until_hi == ENT_DAY_OPEN_END;
}

/* Vague rows are few enough to ask of each whether it is alive. */
static int give_vague(const struct legs *legs, const struct leg *leg,
		      uint32_t row, int32_t shared_until, legs_row_fn *each,
		      void *arg, struct ent_error *err)
{
	struct item item;
	bool dead = false;
	int rc = ENT_OK;

	if (group_is_fix(leg->group, row) ||
	    group_seq(leg->group, row) > legs->known)
		return ENT_OK;
	rc = group_item(leg->group, leg->series, row, &item, err);
	if (rc < 0 || item_is_shared(&item, shared_until))
		return rc;
	rc = legs_is_dead(legs->txn, item.seq, legs->known, &dead, err);
	return rc == ENT_OK && !dead ? each(&item, arg, err) : rc;
}

int legs_reaching(struct legs *legs, int32_t day, int32_t shared_until,
		  legs_row_fn *each, void *arg, struct ent_error *err)
{
	int rc = ENT_OK;

	for (size_t l = 0; rc == ENT_OK && l < legs->count; l++) {
		struct leg *leg = &legs->items[l];
		uint32_t i;

		if (group_series_reach(leg->group, leg->series) < day)
			continue;
		if (!leg->open)
			open_leg(legs, leg);
		i = group_vagues_before(leg->group, leg->series, leg->at);
		while (rc == ENT_OK && i-- > 0) {
			struct vague vague = group_vague(leg->group, i);

			if (vague.row < leg->first || vague.row >= leg->at ||
			    vague.reach < day)
				break;
			if (vague.hi >= day)
				rc = give_vague(legs, leg, vague.row,
						shared_until, each, arg, err);
		}
	}
	return rc;
}
