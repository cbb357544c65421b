/*
 * slots.c - keeping puts, and the plain value of a slot on a day.
 */
#include "state/slots.h"

static struct map_key map_key_of(struct slot_key key)
{
	return (struct map_key){ (uint64_t)key.scope << 32 | key.aspect,
				 key.element };
}

int slot_key_compare(struct slot_key a, struct slot_key b)
{
	if (a.scope != b.scope)
		return a.scope < b.scope ? -1 : 1;
	if (a.aspect != b.aspect)
		return a.aspect < b.aspect ? -1 : 1;
	if (a.element != b.element)
		return a.element < b.element ? -1 : 1;
	return 0;
}

static struct put put_of(const struct row *row, uint32_t value, uint32_t over)
{
	return (struct put){ .lo = row->lo,
			     .hi = row->hi,
			     .until_lo = row->until_lo,
			     .until_hi = row->until_hi,
			     .seq = row->seq,
			     .value = value,
			     .over = over,
			     .phase = row->phase };
}

static int add(struct puts *puts, struct put put, struct ent_error *err)
{
	int rc = mem_grow(&puts->items, &puts->room, puts->count + 1,
			  sizeof(put), err);

	if (rc == ENT_OK)
		puts->items[puts->count++] = put;
	return rc;
}

int slots_put(struct slots *slots, struct slot_key key, const struct row *row,
	      uint32_t value, struct ent_error *err)
{
	const size_t *at = map_find(&slots->index, map_key_of(key));
	int rc;

	if (at)
		return add(&slots->items[*at].puts, put_of(row, value, 0), err);
	rc = mem_grow(&slots->items, &slots->room, slots->count + 1,
		      sizeof(*slots->items), err);
	if (rc == ENT_OK)
		rc = map_add(&slots->index, map_key_of(key), slots->count, err);
	if (rc < 0)
		return rc;
	slots->items[slots->count] = (struct slot){ .key = key };
	return add(&slots->items[slots->count++].puts, put_of(row, value, 0),
		   err);
}

static struct map_key sweep_key(uint32_t scope, uint32_t aspect)
{
	return (struct map_key){ scope, aspect };
}

int slots_sweep(struct slots *slots, uint32_t scope, uint32_t aspect,
		const struct row *row, uint32_t value, uint32_t over,
		struct ent_error *err)
{
	const size_t *at = map_find(&slots->sweeps_index,
				    sweep_key(scope, aspect));
	struct put put = put_of(row, value, over);
	int rc;

	if (at)
		return add(&slots->sweeps[*at].puts, put, err);
	rc = mem_grow(&slots->sweeps, &slots->sweeps_room,
		      slots->sweeps_count + 1, sizeof(*slots->sweeps), err);
	if (rc == ENT_OK)
		rc = map_add(&slots->sweeps_index, sweep_key(scope, aspect),
			     slots->sweeps_count, err);
	if (rc < 0)
		return rc;
	slots->sweeps[slots->sweeps_count] =
		(struct sweep){ .scope = scope, .aspect = aspect };
	return add(&slots->sweeps[slots->sweeps_count++].puts, put, err);
}

const struct puts *slots_sweeps_of(const struct slots *slots,
				   struct slot_key key)
{
	const size_t *at = map_find(&slots->sweeps_index,
				    sweep_key(key.scope, key.aspect));

	return at ? &slots->sweeps[*at].puts : NULL;
}

const struct slot *slots_find(const struct slots *slots, struct slot_key key)
{
	const size_t *at = map_find(&slots->index, map_key_of(key));

	return at ? &slots->items[*at] : NULL;
}

void slots_release(struct slots *slots)
{
	for (size_t i = 0; i < slots->count; i++)
		mem_free(slots->items[i].puts.items);
	for (size_t i = 0; i < slots->sweeps_count; i++)
		mem_free(slots->sweeps[i].puts.items);
	mem_free(slots->items);
	mem_free(slots->sweeps);
	map_release(&slots->index);
	map_release(&slots->sweeps_index);
	*slots = (struct slots){ 0 };
}

bool put_counts(const struct put *put, int32_t day)
{
	return put->lo == ENT_DAY_OPEN_START ? put->hi <= day : put->lo <= day;
}

bool put_ran_out(const struct put *put, int32_t day)
{
	return put->until_hi < day;
}

int put_compare(const struct put *a, const struct put *b)
{
	if (a->lo != b->lo)
		return a->lo < b->lo ? -1 : 1;
	if (a->phase != b->phase)
		return a->phase < b->phase ? -1 : 1;
	return a->seq < b->seq ? -1 : a->seq > b->seq;
}

/* The last plain put that counts and has not run out. */
static const struct put *last_plain(const struct puts *puts, int32_t day)
{
	for (size_t i = puts->count; i-- > 0;)
		if (put_counts(&puts->items[i], day) &&
		    !put_ran_out(&puts->items[i], day))
			return &puts->items[i];
	return NULL;
}

/* The last of done[] that has not run out on the day of a sweep. */
static const struct put *held_at(const struct put *const *done, size_t count,
				 int32_t day)
{
	while (count-- > 0)
		if (!put_ran_out(done[count], day))
			return done[count];
	return NULL;
}

static bool takes(const struct put *sweep, const struct put *held)
{
	return held && held->value < 32 && (sweep->over >> held->value & 1);
}

/* Puts and sweeps in one order; done[] collects those that take effect. */
static size_t walk_both(const struct puts *puts, const struct puts *sweeps,
			int32_t day, const struct put **done)
{
	size_t i = 0, j = 0, count = 0;

	while (i < puts->count || j < sweeps->count) {
		const struct put *plain = i < puts->count ? &puts->items[i] :
							    NULL;
		const struct put *sweep =
			j < sweeps->count ? &sweeps->items[j] : NULL;

		if (!sweep || (plain && put_compare(plain, sweep) < 0)) {
			i++;
			if (put_counts(plain, day))
				done[count++] = plain;
			continue;
		}
		j++;
		if (put_counts(sweep, day) &&
		    takes(sweep, held_at(done, count, sweep->lo)))
			done[count++] = sweep;
	}
	return count;
}

const struct put *slot_hold(const struct puts *puts, const struct puts *sweeps,
			    int32_t day, struct arena *arena, int *out_rc,
			    struct ent_error *err)
{
	const struct put **done;
	size_t count;

	*out_rc = ENT_OK;
	if (!sweeps || sweeps->count == 0)
		return last_plain(puts, day);
	done = arena_alloc(arena, (puts->count + sweeps->count) * sizeof(*done));
	if (!done) {
		*out_rc = mem_error(err);
		return NULL;
	}
	count = walk_both(puts, sweeps, day, done);
	return held_at(done, count, day);
}
