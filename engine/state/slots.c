/*
 * slots.c - keeping the puts that can still matter.
 *
 * V is the day of the fold.  What is left out, by the kind of the slot:
 *
 * SLOT_LAST     Every put but one: the last in the order of the fold that counts
 *               at V and has not run out.
 *
 * SLOT_POSSIBLE Let x be a put that must hold at V: its day is not behind V,
 *               wherever it falls, and its until cannot be past.  Whatever days
 *               are chosen, x is in effect at V, so that nothing before x decides.
 *               A put e whose latest place by V lies before the earliest place of
 *               x is before x in every choice in which it has happened by V at
 *               all.  It decides nothing, nor does it put up the wall that
 *               certainty.c asks for, which x puts up further on.  In the fold
 *               itself, too, e lies before x, which counts and has not run out.
 *               An open start changes nothing in that: its earliest place is
 *               before all days, so that it drops nobody, but its latest place is
 *               as good as any.  And a put that is over by V for sure, or dated
 *               behind V, is not in effect in any choice.
 *
 * SLOT_SWEPT    A sweep looks at the value at its own place p.  If p is behind x,
 *               x or something behind x is in effect there - its until reaches V,
 *               and p is not behind V - so e is not seen.  If p is before x, so is
 *               all that the sweep does, and x hides it at V and from every sweep
 *               behind x.  So e may be dropped here too.  But what is over by V
 *               may have been in effect at p, so it stays until some x drops it.
 *               Sweeps themselves are all kept: they drop nothing, since whether
 *               they take effect depends on the slot, and what one slot cannot
 *               see of them another can.
 *
 * e before x and x before y make e before y, so what is kept does not depend on
 * the order in which the puts came.  Fewer puts are fewer choices, too: slots
 * where certainty_until.c would have had to give up may be tried now.
 */
#include "state/slots.h"

#include <assert.h>
#include <string.h>

static_assert(sizeof(struct slot) == 64, "a slot fills a cache line");

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

/* ---- finding a slot ------------------------------------------------------- */

static inline uint64_t hash_key(struct slot_key key)
{
	return positions_hash((uint64_t)key.scope << 32 | key.aspect,
			      key.element);
}

static uint64_t hash_slot(const void *items, size_t position)
{
	return hash_key(((const struct slot *)items)[position].key);
}

static inline bool is_slot(const struct slot *slot, struct slot_key key)
{
	return slot->key.element == key.element &&
	       slot->key.scope == key.scope && slot->key.aspect == key.aspect;
}

static inline struct slot *find(const struct slots *slots, struct slot_key key)
{
	const struct positions *index = &slots->index;
	size_t place;

	if (index->room == 0)
		return NULL;
	for (place = positions_home(index, hash_key(key)); index->at[place];
	     place = positions_next(index, place)) {
		struct slot *slot = &slots->items[index->at[place] - 1];

		if (is_slot(slot, key))
			return slot;
	}
	return NULL;
}

static int make(struct slots *slots, struct slot_key key, struct slot **out,
		struct ent_error *err)
{
	int rc = mem_grow(&slots->items, &slots->room, slots->count + 1,
			  sizeof(*slots->items), err);

	if (rc == ENT_OK)
		rc = positions_add(&slots->index, hash_key(key), hash_slot,
				   slots->items, err);
	if (rc < 0)
		return rc;
	*out = &slots->items[slots->count++];
	**out = (struct slot){ .key = key };
	return ENT_OK;
}

const struct slot *slots_find(const struct slots *slots, struct slot_key key)
{
	return find(slots, key);
}

void slots_release(struct slots *slots)
{
	for (size_t i = 0; i < slots->count; i++)
		if (slots->items[i].room > 0)
			mem_free(slots->items[i].as.many);
	for (size_t i = 0; i < slots->sweeps_count; i++)
		mem_free(slots->sweeps[i].puts.items);
	mem_free(slots->items);
	mem_free(slots->sweeps);
	positions_release(&slots->index);
	map_release(&slots->sweeps_index);
	*slots = (struct slots){ 0 };
}

/* ---- putting ---------------------------------------------------------------- */

static inline struct put put_of(const struct row *row, uint32_t value,
				uint32_t over)
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

/* In order; mostly it is the last. */
static void insert(struct put *items, size_t count, const struct put *put)
{
	size_t at = count;

	while (at > 0 && put_compare(&items[at - 1], put) > 0)
		at--;
	memmove(items + at + 1, items + at, (count - at) * sizeof(*items));
	items[at] = *put;
}

static inline struct put *items_of(struct slot *slot)
{
	return slot->room > 0 ? slot->as.many : &slot->as.one;
}

struct puts slot_puts(const struct slot *slot)
{
	const struct put *one = &slot->as.one;

	return (struct puts){ .items = slot->room > 0 ? slot->as.many :
							(struct put *)one,
			      .count = slot->count,
			      .room = slot->room };
}

static int add(struct slot *slot, const struct put *put, struct ent_error *err)
{
	struct put *many = slot->room > 0 ? slot->as.many : NULL;
	size_t room = slot->room;
	int rc;

	if (slot->room == 0 && slot->count == 0) {
		slot->as.one = *put;
		slot->count = 1;
		return ENT_OK;
	}
	if (slot->count >= UINT32_MAX / 2)
		return mem_error(err);
	rc = mem_grow(&many, &room, slot->count + 1, sizeof(*many), err);
	if (rc < 0)
		return rc;
	if (slot->room == 0)
		many[0] = slot->as.one;
	slot->as.many = many;
	slot->room = (uint32_t)room;
	insert(many, slot->count++, put);
	return ENT_OK;
}

/* Behind this place lies all that can decide: the latest earliest place of those
 * that must hold.  false: there is none. */
static bool wall_of(const struct put *items, size_t count, int32_t day,
		    struct place *out)
{
	for (; count > 0; count--) {
		if (!put_must_hold(&items[count - 1], day))
			continue;
		*out = put_earliest(&items[count - 1]);
		return true;
	}
	return false;
}

static void drop_before(struct slot *slot, struct place wall, int32_t day)
{
	struct put *items = items_of(slot);
	uint32_t kept = 0;

	for (uint32_t i = 0; i < slot->count; i++)
		if (place_compare(put_latest(&items[i], day), wall) >= 0)
			items[kept++] = items[i];
	slot->count = kept;
}

/* Nearly always there is one put, and the other replaces it or comes too late.
 * false: it is not that simple. */
static inline bool put_single(struct slot *slot, const struct row *row,
			      uint32_t value, int32_t day)
{
	struct put *one = &slot->as.one;

	if (slot->room > 0 || slot->count != 1)
		return false;
	if (one->hi < row->lo && row->hi <= day && row->until_lo >= day) {
		*one = put_of(row, value, 0);
		return true;
	}
	return row->hi < one->lo && put_must_hold(one, day);
}

static int put_possible(struct slot *slot, const struct row *row,
			uint32_t value, int32_t day, struct ent_error *err)
{
	const struct put put = put_of(row, value, 0);
	struct place wall;

	if (wall_of(items_of(slot), slot->count, day, &wall) &&
	    place_compare(put_latest(&put, day), wall) < 0)
		return ENT_OK;
	if (put_must_hold(&put, day))
		drop_before(slot, put_earliest(&put), day);
	return add(slot, &put, err);
}

static void put_last(struct slot *slot, const struct row *row, uint32_t value)
{
	if (slot->count > 0 && place_compare(row_place(row),
					     put_earliest(&slot->as.one)) < 0)
		return;
	slot->as.one = put_of(row, value, 0);
	slot->count = 1;
}

/* Can it matter in any slot of the kind? */
static inline bool matters(const struct row *row, enum slot_kind kind,
			   int32_t day)
{
	if (row->lo > day)
		return false;
	if (kind != SLOT_SWEPT && row->until_hi < day)
		return false;
	return kind != SLOT_LAST || row->lo != ENT_DAY_OPEN_START ||
	       row->hi <= day;
}

int slots_put(struct slots *slots, struct slot_key key, enum slot_kind kind,
	      const struct row *row, uint32_t value, struct ent_error *err)
{
	struct slot *slot;
	int rc;

	if (!matters(row, kind, slots->day))
		return ENT_OK;
	slot = find(slots, key);
	if (!slot) {
		rc = make(slots, key, &slot, err);
		if (rc < 0)
			return rc;
	}
	if (kind == SLOT_LAST) {
		put_last(slot, row, value);
		return ENT_OK;
	}
	return put_single(slot, row, value, slots->day) ?
		       ENT_OK :
		       put_possible(slot, row, value, slots->day, err);
}

/* ---- sweeps ------------------------------------------------------------------- */

static int add_sweep(struct puts *puts, const struct put *put,
		     struct ent_error *err)
{
	int rc = mem_grow(&puts->items, &puts->room, puts->count + 1,
			  sizeof(*puts->items), err);

	if (rc == ENT_OK)
		insert(puts->items, puts->count++, put);
	return rc;
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
	const struct put put = put_of(row, value, over);
	int rc;

	if (put.lo > slots->day)
		return ENT_OK;
	if (at)
		return add_sweep(&slots->sweeps[*at].puts, &put, err);
	rc = mem_grow(&slots->sweeps, &slots->sweeps_room,
		      slots->sweeps_count + 1, sizeof(*slots->sweeps), err);
	if (rc == ENT_OK)
		rc = map_add(&slots->sweeps_index, sweep_key(scope, aspect),
			     slots->sweeps_count, err);
	if (rc < 0)
		return rc;
	slots->sweeps[slots->sweeps_count] =
		(struct sweep){ .scope = scope, .aspect = aspect };
	return add_sweep(&slots->sweeps[slots->sweeps_count++].puts, &put, err);
}

const struct puts *slots_sweeps_of(const struct slots *slots,
				   struct slot_key key)
{
	const size_t *at = map_find(&slots->sweeps_index,
				    sweep_key(key.scope, key.aspect));

	return at ? &slots->sweeps[*at].puts : NULL;
}
