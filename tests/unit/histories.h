/*
 * histories.h - random rows, many of few slots, and histories of them.
 */
#ifndef TESTS_HISTORIES_H
#define TESTS_HISTORIES_H

#include "check.h"

#include <stdlib.h>

#include "state/fold.h"

enum { ROWS_MAX = 60, HISTORIES = 4000, SHUFFLES = 4, ALLIANCES = 2, DAYS = 20 };
enum { FIRST_ACTOR = 11, ACTORS = 3, FIRST_NAME = 31, NAMES = 2 };

static uint64_t dice_state;

static inline uint64_t dice(uint64_t sides)
{
	uint64_t z = dice_state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (z ^ z >> 31) % sides;
}

static inline int32_t day_of(uint64_t range)
{
	return (int32_t)dice(range);
}

/* A day, a span, or one that is open at an end. */
static inline void throw_days(int32_t *lo, int32_t *hi)
{
	*lo = *hi = day_of(DAYS);
	if (dice(3) == 0)
		*hi += day_of(8);
	if (dice(12) == 0)
		*lo = ENT_DAY_OPEN_START;
	if (dice(20) == 0)
		*hi = ENT_DAY_OPEN_END;
}

static inline void throw_until(struct row *row)
{
	row->until_lo = row->until_hi = ENT_DAY_OPEN_END;
	if (dice(5) != 0)
		return;
	row->until_lo = row->until_hi =
		(row->lo == ENT_DAY_OPEN_START ? 0 : row->lo) + day_of(10);
	if (dice(3) == 0)
		row->until_hi += day_of(4);
}

static inline uint32_t throw_actor(void)
{
	return FIRST_ACTOR + (uint32_t)dice(ACTORS);
}

/* Many rows of few slots: dissolutions and leads among memberships. */
static inline uint8_t throw_type(void)
{
	static const uint8_t often[] = {
		TYPE_MEMBER_JOINED,    TYPE_MEMBER_FROZEN,
		TYPE_MEMBER_WITHDREW,  TYPE_MEMBER_APPLIED,
		TYPE_ALLIANCE_LED,     TYPE_ALLIANCE_FOUNDED,
		TYPE_CHAIR_ASSUMED,    TYPE_EXERCISE_HELD,
		TYPE_ACCUSATION_MADE,  TYPE_AID_SENT,
	};

	if (dice(14) == 0)
		return TYPE_ALLIANCE_DISSOLVED;
	return dice(4) == 0 ? (uint8_t)dice(TYPE_COUNT) :
			      often[dice(COUNT(often))];
}

static inline struct row throw_row(uint64_t seq)
{
	struct row row = { .seq = seq,
			   .published_hi = day_of(DAYS),
			   .type = throw_type(),
			   .modality = dice(4) ? MODALITY_FACT :
						 (uint8_t)dice(5) };

	throw_days(&row.lo, &row.hi);
	throw_until(&row);
	row.phase = (uint8_t)vocabulary_row(row.type)->type.phase;
	row.actor = throw_actor();
	row.alliance = 1 + (uint32_t)dice(ALLIANCES);
	if (vocabulary_row(row.type)->type.weighed) {
		row.target = dice(3) ? throw_actor() : 0;
		row.alliance = dice(4) ? row.alliance : 0;
	}
	if (row.type == TYPE_ALLIANCE_FOUNDED) {
		row.flags = (uint8_t)dice(16);
		row.name = row.flags & ROW_HAS_LEAD ? throw_actor() : 0;
	} else if (row.type == TYPE_CHAIR_ASSUMED || dice(2)) {
		row.name = FIRST_NAME + (uint32_t)dice(NAMES);
	}
	return row;
}

struct history {
	struct row rows[ROWS_MAX];
	size_t count;
	struct selection selection;
	uint64_t dead[ROWS_MAX];
};

static inline void throw_history(struct history *h, uint64_t seed)
{
	dice_state = seed;
	*h = (struct history){ .count = 1 + dice(ROWS_MAX) };
	for (size_t i = 0; i < h->count; i++)
		h->rows[i] = throw_row(i + 1);
	h->selection = (struct selection){
		.basis = { .at = day_of(DAYS + 8), .known = dice(h->count + 2),
			   .has_published = dice(4) == 0,
			   .published = day_of(DAYS) },
		.dead_seqs = h->dead,
	};
	for (size_t i = 0; i < h->count; i++)
		if (dice(8) == 0)
			h->dead[h->selection.dead_count++] = i + 1;
}

static inline void shuffle(struct row *rows, size_t count)
{
	for (size_t i = count; i > 1; i--) {
		size_t other = (size_t)dice(i);
		struct row row = rows[i - 1];

		rows[i - 1] = rows[other];
		rows[other] = row;
	}
}

#endif
