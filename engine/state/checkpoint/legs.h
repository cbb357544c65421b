/*
 * legs.h - one series, wherever its rows are: a walk from a day backwards over the
 * checkpoints that have some of them.
 */
#ifndef ENGINE_LEGS_H
#define ENGINE_LEGS_H

#include "doors/store.h"
#include "state/checkpoint/checkpoint.h"

enum { LEGS_MAX = SPANS_MAX + 1 };

/*
 * The rows [first, at) of a series in one checkpoint.  It is opened when it may have
 * the next row: most are never looked at, because a newer row is sure.
 */
struct leg {
	const struct group *group;
	uint32_t series; /* its number in the group */
	bool open;
	int32_t bound;   /* no row of it begins later, by the day asked about */
	uint32_t first, at;
	struct item head; /* of row at - 1; without the dates of a vague row */
};

struct legs {
	struct store_txn *txn;
	uint64_t known;
	int32_t day;
	uint64_t series;
	struct leg items[LEGS_MAX];
	size_t count;
	uint64_t marked; /* the event that the last mark was about, or 0 */
};

/* How many of the rows [first, end) begin on day or before. */
uint32_t legs_upper(const struct group *group, uint32_t first, uint32_t end,
		    int32_t day);

/* Add a leg: what of a series of the group begins by the day, and is known. */
void legs_add(struct legs *legs, const struct group *group, uint32_t series);

/*
 * The next row that is alive, from the last in the order of the fold to the first.
 * ENT_END before the first.
 */
int legs_next(struct legs *legs, struct item *out, struct ent_error *err);

/* Called for a row. */
typedef int legs_row_fn(const struct item *item, void *arg,
			struct ent_error *err);

/* Is it in its list on every day from that one on? */
bool item_is_shared(const struct item *item, int32_t day);

/* Of the rows that legs_next() did not give yet: those whose day may be day or
 * later, and that are not shared. */
int legs_reaching(struct legs *legs, int32_t day, int32_t shared_until,
		  legs_row_fn *each, void *arg, struct ent_error *err);

/* Is event seq corrected or retracted, as known? */
int legs_is_dead(struct store_txn *txn, uint64_t seq, uint64_t known,
		 bool *out, struct ent_error *err);

#endif
