/*
 * trail_rows.h - all rows of a basis in memory, by what they bear on and by the days
 * on which that may change: so a step of a trail takes few of them.
 */
#ifndef ENGINE_TRAIL_ROWS_H
#define ENGINE_TRAIL_ROWS_H

#include "state/checkpoint/series.h"
#include "state/fold.h"

/* A row bears on a series; see trail_rows.c for those that are no series of
 * checkpoints. */
struct bearing {
	uint64_t group, series;
	uint32_t row;
	uint32_t step; /* of the first of a series: the last that took it */
};

/* On this day what the row does may change. */
struct turn {
	int32_t day;
	uint32_t row;
};

struct trail_rows {
	struct row *items; /* in the order of the fold */
	size_t count, room;
	uint32_t *steps; /* the last that took the row */
	struct bearing *bearings;
	size_t bearings_count, bearings_room;
	struct turn *turns; /* by day */
	size_t turns_count, turns_room;

	/* Of the step under way: both its days, and what it takes. */
	uint32_t step;
	int32_t earlier, later;
	struct row *taken; /* each once */
	size_t taken_count, taken_room;
};

/* Those that turn on days in (after, last], and all that they may be seen with.  The
 * caller releases *out, also after a failure. */
int trail_rows_make(struct store_txn *txn, const struct selection *selection,
		    int32_t after, int32_t last, struct trail_rows *out,
		    struct ent_error *err);
void trail_rows_release(struct trail_rows *rows);

/* The next step is one between these two days. */
void trail_rows_begin(struct trail_rows *rows, int32_t a, int32_t b);

/* ---- taking rows for the step ------------------------------------------------- */

int take_row(struct trail_rows *rows, uint32_t row, struct ent_error *err);
int take_series(struct trail_rows *rows, uint64_t group, uint64_t series,
		struct ent_error *err);

/* All memberships of an alliance. */
int take_members(struct trail_rows *rows, uint32_t alliance,
		 struct ent_error *err);

/* What tells whether the alliance is shown on each of the two days; where it is not
 * on both of them for sure, all of it. */
int take_shown(struct trail_rows *rows, uint32_t alliance,
	       struct ent_error *err);

/* What weighs in the stances of an actor on either day. */
int take_weights(struct trail_rows *rows, uint32_t actor, struct ent_error *err);

/* The same of each actor who did something to the target. */
int take_aimed(struct trail_rows *rows, uint32_t target, struct ent_error *err);

/* The first of a series, or what stands there instead; NULL behind all.  The series goes
 * on as long as trail_rows_in() says so. */
struct bearing *trail_rows_series(const struct trail_rows *rows, uint64_t group,
				  uint64_t series);
bool trail_rows_in(const struct trail_rows *rows, const struct bearing *bearing,
		   uint64_t group, uint64_t series);

#endif
