/*
 * hold.c - the plain value of a slot on a day.
 */
#include "state/slots.h"

#include <assert.h>

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
			assert(plain);
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
