/*
 * puts.h - what events put into a slot, and the places of the fold's order.
 */
#ifndef ENGINE_PUTS_H
#define ENGINE_PUTS_H

#include "entente/date.h"
#include "log/row.h"

/* A place in the order of the fold. */
struct place {
	int32_t day;
	uint8_t phase;
	uint64_t seq;
};

/* From this event on the slot has the value. */
struct put {
	int32_t lo, hi;
	int32_t until_lo, until_hi;
	uint64_t seq;
	uint32_t value;
	uint32_t over; /* of a sweep: a bit for each value (< 32) that it changes;
	                * 0 for a plain put */
	uint8_t phase;
};

struct puts {
	struct put *items; /* in order (lo, phase, seq) */
	size_t count;
	size_t room;
};

static inline int place_compare(struct place a, struct place b)
{
	if (a.day != b.day)
		return a.day < b.day ? -1 : 1;
	if (a.phase != b.phase)
		return a.phase < b.phase ? -1 : 1;
	return a.seq < b.seq ? -1 : a.seq > b.seq;
}

static inline struct place row_place(const struct row *row)
{
	return (struct place){ row->lo, row->phase, row->seq };
}

/* The earliest place of a put: that of the fold. */
static inline struct place put_earliest(const struct put *put)
{
	return (struct place){ put->lo, put->phase, put->seq };
}

/* Its latest place, if it lies in effect by day. */
static inline struct place put_latest(const struct put *put, int32_t day)
{
	return (struct place){ put->hi < day ? put->hi : day, put->phase,
			       put->seq };
}

static inline int put_compare(const struct put *a, const struct put *b)
{
	return place_compare(put_earliest(a), put_earliest(b));
}

static inline bool put_counts(const struct put *put, int32_t day)
{
	return put->lo == ENT_DAY_OPEN_START ? put->hi <= day : put->lo <= day;
}

static inline bool put_ran_out(const struct put *put, int32_t day)
{
	return put->until_hi < day;
}

/* Its until may have passed by day. */
static inline bool put_may_be_over(const struct put *put, int32_t day)
{
	return put->until_lo < day;
}

/* In effect on the day whatever days are chosen. */
static inline bool put_must_hold(const struct put *put, int32_t day)
{
	return put->hi <= day && !put_may_be_over(put, day);
}

/* In effect on the day for some choice. */
static inline bool put_may_hold(const struct put *put, int32_t day)
{
	return put->lo <= day && !put_ran_out(put, day);
}

#endif
