/*
 * verify_private.h - one verifying under way: what the files of it share.
 */
#ifndef ENGINE_VERIFY_PRIVATE_H
#define ENGINE_VERIFY_PRIVATE_H

#include "log/tree.h"
#include "log/verify.h"
#include "log/verify_columns.h"

struct verifying {
	struct store_txn *txn;
	ent_finding_fn *finding;
	ent_progress_fn *progress;
	void *arg;
	uint64_t total; /* events that the log has */
	struct ent_verified result;
	struct tree_edge edge;
	int64_t recorded_us;
	struct column_check columns;
	uint64_t fixes, nodes, redacted; /* entries that there must be */
	bool codes_told;      /* that some of them are wrong */
	int failed;           /* a check could not be made: no memory, no disk */
	struct ent_error err; /* why */
};

/* Something is wrong; seq is 0 where it is no event's. */
void verify_find(struct verifying *v, uint64_t seq, const char *fmt, ...)
	ENT_PRINTF(3, 4);

/* Is what a check returned a finding?  That something is not there or is broken
 * is one; that there was no memory to look is not, and ends the verifying. */
bool verify_is_wrong(struct verifying *v, int rc, const struct ent_error *why);

/* When all that must be there is, and no table has more entries than that, the tables
 * hold nothing else. */
int verify_counts(struct verifying *v, struct ent_error *err);

#endif
