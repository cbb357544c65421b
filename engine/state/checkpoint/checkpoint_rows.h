/*
 * checkpoint_rows.h - the rows that a question about one alliance stands on, found
 * through checkpoints: few, however long the log is.
 */
#ifndef ENGINE_CHECKPOINT_ROWS_H
#define ENGINE_CHECKPOINT_ROWS_H

#include "ground/mem.h"
#include "state/checkpoint/legs.h"

/* What is asked, and where to look. */
struct lookup {
	struct store_txn *txn;
	uint64_t known;
	int32_t day;
	size_t last;       /* entries of each list; 0 for all */
	bool members_only; /* nothing but what decides memberships */
	bool with_seqs;    /* tallies tell their events */
	int32_t shared_until; /* of lists leave out what any later day has too;
	                       * ENT_DAY_OPEN_START: leave nothing out */
	struct spans spans;
	struct span tail;  /* known events behind the checkpoints */
	bool has_tail;
};

struct found_rows {
	struct row *items;
	size_t count, room;
};

int lookup_begin(struct store_txn *txn, uint64_t known, int32_t day,
		 size_t last, struct lookup *out, struct ent_error *err);

/* One group in every checkpoint, and of the tail; released by the caller, also
 * after a failure. */
struct places {
	struct group groups[LEGS_MAX];
	size_t count;
	struct buf tail; /* the packed group of the tail */
};

int lookup_group(const struct lookup *lookup, uint64_t group,
		 struct places *out, struct ent_error *err);
void places_release(struct places *places);

/*
 * The rows of an alliance that decide its state on the day, or may: all of them
 * alive and known, and none that matters left out.  What weighs in stances is not
 * among them.  Appended to *out, in no order; the caller frees it.
 */
int lookup_rows(const struct lookup *lookup, uint32_t alliance,
		struct found_rows *out, struct ent_error *err);

/*
 * How many rows of a series (of an alliance) were left out that stand ahead of an
 * item: known, alive, begun by shared_until, and without an end.  But for the last
 * of them: that one is there.
 */
int lookup_left_out(const struct lookup *lookup, uint32_t alliance,
		    uint64_t series, const struct item *ahead_of, size_t *out,
		    struct ent_error *err);

/* Stances: events of each type by each actor, counted. */
struct stance_count {
	uint32_t actor;
	uint32_t counts[TYPE_COUNT];
};

/* An event that is counted in a tally. */
struct tallied {
	uint32_t actor;
	uint64_t seq;
};

struct stance_counts {
	struct stance_count *items; /* by actor */
	size_t count, room;
	struct tallied *events; /* by actor, seq; none without with_seqs */
	size_t events_count, events_room;
};

/* Count what weighs in the stances towards an alliance on the day: what names it,
 * and what is aimed at its lead (0 for none) and does not.  The caller releases
 * *out, also after a failure. */
int lookup_counts(const struct lookup *lookup, uint32_t alliance,
		   uint32_t lead, int32_t after, struct stance_counts *out,
		   struct ent_error *err);
void stance_counts_release(struct stance_counts *tallies);

#endif
